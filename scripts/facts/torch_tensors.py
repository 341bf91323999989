"""Records what torch gives for small tensor expressions: shape, element type and values.

    python scripts/facts/torch_tensors.py test/facts/torch_tensors.json
"""

import json
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

VALUES = """
torch.linspace(0, 0.1, 12)
torch.linspace(0, 0.3, 7).tolist()[3]
[x.item() for x in torch.linspace(0, 0.1, sum([2, 2, 6, 2]))]
torch.linspace(-1, 1, 5, dtype=torch.float64)
torch.arange(5)
torch.arange(1, 2, 0.25)
torch.arange(10, 0, -3)
torch.arange(0, 10, 2).float() / 10
torch.logspace(0, 2, 3)
torch.eye(2, 3)
torch.full((2, 2), 3)
torch.full((2,), 0.5)
torch.zeros(2, 3)
torch.ones((2, 1), dtype=torch.long)
torch.tensor([[1, 2], [3, 4]])
torch.tensor(3.5)
torch.tensor([True, False])
torch.tensor([1, 2.5])
torch.tensor([0.1, 0.2], dtype=torch.float64)
torch.tensor(0.1, dtype=torch.float16)
torch.tensor(0.1, dtype=torch.bfloat16)
torch.tensor([[1., 2.], [3., 4.]]).T
torch.tensor([1., 2., 3.]) * 2 + 1
2 ** torch.arange(4)
1 / (10000 ** (torch.arange(0, 8, 2).float() / 8))
torch.exp(torch.arange(0, 6, 2).float() * (-9.210340371976184 / 6))
torch.arange(6).view(2, 3)
torch.arange(6).reshape(3, -1)[1]
torch.arange(6).view(2, 3).transpose(0, 1)
torch.arange(6).view(2, 3).t().reshape(-1)
torch.arange(24).view(2, 3, 4).permute(2, 0, 1)[1]
torch.arange(24).view(2, 3, 4)[:, 1:, ::2]
torch.arange(24).view(2, 3, 4)[..., -1]
torch.arange(6)[None, :, None].shape
torch.arange(6).unsqueeze(0).squeeze().shape
torch.arange(6)[torch.tensor([0, 2, 5])]
torch.arange(12).view(3, 4)[[0, 2]]
torch.arange(12).view(3, 4)[:, [1, 3]]
torch.arange(12).view(3, 4)[torch.arange(3), torch.arange(3)]
torch.arange(6)[torch.arange(6) > 2]
torch.arange(10).split(4)[2]
[len(x) for x in torch.arange(10).split(4)]
[x.tolist() for x in torch.arange(6).split([1, 2, 3])]
[x.tolist() for x in torch.arange(7).chunk(3)]
[x.tolist() for x in torch.linspace(0, 1, 5).split([2, 3])]
torch.stack([torch.arange(3), torch.arange(3) + 1])
torch.stack([torch.arange(3), torch.arange(3) + 1], dim=1)
torch.cat([torch.zeros(2), torch.ones(1)])
torch.cat([torch.arange(4).view(2, 2), torch.arange(2).view(2, 1)], dim=1)
torch.stack(torch.meshgrid([torch.arange(2), torch.arange(3)], indexing='ij'))
torch.stack(torch.meshgrid(torch.arange(2), torch.arange(3), indexing='xy'))
torch.flatten(torch.stack(torch.meshgrid([torch.arange(2), torch.arange(2)], indexing='ij')), 1)
torch.arange(3)[:, None] - torch.arange(3)[None, :]
torch.arange(6).sum()
torch.arange(6).float().mean()
torch.arange(6).view(2, 3).sum(0)
torch.arange(6).view(2, 3).sum(-1, keepdim=True)
torch.arange(6).view(2, 3).max()
torch.arange(6).view(2, 3).max(dim=1)[0]
torch.arange(6).view(2, 3).argmax(1)
torch.tensor([3., 1., 2.]).sort()[0]
torch.tensor([3., 1., 2.]).argsort(descending=True)
torch.cumsum(torch.arange(5), 0)
torch.arange(6).view(2, 3).cumsum(1)
torch.cumprod(torch.tensor([1., 2., 3.]), dim=0)
torch.unique(torch.tensor([3, 1, 3, 2]))
torch.unique(torch.tensor([3, 1, 3, 2]), return_counts=True)[1]
torch.tensor([1, 4, 9]).diff()
torch.diff(torch.tensor([1., 4., 9.]))
torch.round(torch.tensor([0.5, 1.5, 2.4]))
torch.tensor([0.5, 1.5, -2.4]).floor()
torch.clamp(torch.arange(5), 1, 3)
torch.clamp(torch.tensor([0.1, 5.0]), max=1.0)
torch.tensor([1.7, -1.7]).int()
torch.tensor([7, -7]) // 2
torch.tensor([7, -7]) % 4
torch.div(torch.tensor([7, -7]), 2, rounding_mode='floor')
torch.div(torch.tensor([7., -7.]), 2, rounding_mode='trunc')
torch.tensor([7, 8]) / 2
torch.tensor([1, 2]) + 0.5
torch.tensor([1, 2]) > 1
torch.tensor([1., 2.], dtype=torch.float64) + torch.tensor([1., 2.])
torch.tensor([1, 2]) + torch.tensor(0.5)
torch.triu(torch.ones(3, 3), diagonal=1)
torch.tril(torch.ones(2, 3))
torch.outer(torch.arange(2).float(), torch.arange(3).float())
torch.tensor([[1., 2.], [3., 4.]]) @ torch.tensor([[1., 0.], [1., 1.]])
torch.flip(torch.arange(3), dims=[0])
torch.arange(4).view(2, 2).flip(0, 1)
torch.arange(3).repeat(2).shape
torch.arange(3).expand(2, 3)
torch.repeat_interleave(torch.arange(3), 2)
torch.arange(3).numel()
torch.zeros(2, 3, 4).numel()
torch.zeros(2, 3).size(-1)
torch.zeros(2, 3).shape[0]
list(torch.zeros(2, 3).size())
torch.zeros(2, 3).dim()
torch.zeros(2, 3).new_ones(4)
torch.ones_like(torch.zeros(2, 3))
torch.tensor([1, 2, 3]).prod().item()
bool(torch.tensor([1]) == 1)
int(torch.tensor(5.7))
float(torch.tensor(0.1))
len(torch.zeros(4, 2))
[row.sum().item() for row in torch.arange(6).view(2, 3)]
torch.diag(torch.arange(2))
torch.diagonal(torch.arange(4).view(2, 2))
torch.diag(torch.arange(2), 1)
torch.diag(torch.arange(1, 3), -1)
torch.diag(torch.arange(6).view(2, 3), 1)
torch.arange(12).view(2, 3, 2).diagonal(dim1=1, dim2=2)
torch.arange(12).view(3, 4).diagonal(-1)
torch.diag_embed(torch.arange(1, 5).view(2, 2))
torch.tril_indices(3, 3)
torch.triu_indices(3, 4, 1)
torch.where(torch.arange(3) > 1, 1, 0).shape
torch.arange(3).tolist() + [1]
torch.sin(torch.tensor([0.5]))
torch.sigmoid(torch.tensor([0.5]))
torch.log(torch.tensor([0.5]))
torch.tensor([2.0]).pow(0.5)
torch.tensor([4.0]).sqrt().item()
torch.tensor([0.1]).item()
torch.movedim(torch.zeros(2, 3, 4), 0, -1).shape
torch.zeros(2, 12).unflatten(1, (3, 4)).shape
torch.index_select(torch.arange(6).view(2, 3), 1, torch.tensor([2, 0]))
torch.tensor_split(torch.arange(7), 3)[0]
torch.finfo(torch.float32).max
torch.finfo(torch.float32).eps
torch.float32 == torch.float
str(torch.float32)
torch.device('cuda:1').index
str(torch.device('cpu'))
torch.nn.init.calculate_gain('relu')
torch.nn.init.calculate_gain('leaky_relu', 0.2)
torch.nn.init._calculate_fan_in_and_fan_out(torch.zeros(4, 3, 2, 2))
isinstance(nn.Parameter(torch.zeros(1)), torch.Tensor)
nn.Parameter(torch.zeros(2, 3)).shape
""".strip().splitlines()

SHAPES = """
nn.Conv2d(3, 8, 3, stride=2, padding=1)(torch.zeros(1, 3, 33, 32))
nn.Conv1d(3, 8, 3, dilation=2)(torch.zeros(1, 3, 33))
nn.Conv3d(3, 8, (1, 3, 3), padding='same')(torch.zeros(1, 3, 5, 8, 8))
nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1, output_padding=1)(torch.zeros(1, 3, 7, 7))
nn.MaxPool2d(3, 2, ceil_mode=True)(torch.zeros(1, 3, 32, 31))
nn.MaxPool2d(2)(torch.zeros(1, 3, 33, 32))
nn.AvgPool2d(3, 1, 1)(torch.zeros(1, 3, 8, 8))
nn.AdaptiveAvgPool2d((1, None))(torch.zeros(1, 3, 8, 9))
nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())(torch.zeros(2, 1, 28, 28))
nn.Linear(3, 4)(torch.zeros(2, 5, 3))
nn.Embedding(10, 4)(torch.zeros(2, 5, dtype=torch.long))
nn.LSTM(3, 4, 2, bidirectional=True, batch_first=True)(torch.zeros(2, 5, 3))[0]
nn.LSTM(3, 4, 2, bidirectional=True, batch_first=True)(torch.zeros(2, 5, 3))[1][0]
nn.GRU(3, 4)(torch.zeros(2, 5, 3))[1]
nn.MultiheadAttention(8, 2, batch_first=True)(torch.zeros(2, 5, 8), torch.zeros(2, 6, 8), torch.zeros(2, 6, 8))[1]
nn.TransformerEncoderLayer(8, 2)(torch.zeros(2, 5, 8))
nn.BatchNorm2d(3)(torch.zeros(1, 3, 4, 4))
nn.Upsample(scale_factor=2)(torch.zeros(1, 3, 4, 5))
nn.PixelShuffle(2)(torch.zeros(1, 8, 4, 5))
nn.Unfold(3, padding=1)(torch.zeros(1, 3, 4, 5))
nn.ZeroPad2d((1, 2, 3, 4))(torch.zeros(1, 3, 4, 5))
nn.GLU(1)(torch.zeros(1, 4, 5))
F.interpolate(torch.zeros(1, 3, 4, 5), size=(7, 8))
F.pad(torch.zeros(1, 3, 4), (1, 1))
F.one_hot(torch.zeros(3, dtype=torch.long), 5)
torch.einsum('bij,bjk->bik', torch.zeros(2, 3, 4), torch.zeros(2, 4, 5))
torch.einsum('...i,ij->...j', torch.zeros(2, 3, 4), torch.zeros(4, 5))
torch.zeros(2, 3, 4) @ torch.zeros(4, 5)
torch.zeros(2, 1, 3, 4) @ torch.zeros(5, 4, 6)
torch.bmm(torch.zeros(2, 3, 4), torch.zeros(2, 4, 5))
torch.zeros(2, 3, 4).flatten(1)
torch.zeros(2, 3, 4).mean((1, 2))
torch.zeros(2, 3, 4).norm(dim=-1, keepdim=True)
torch.zeros(2, 3) + torch.zeros(3, 1, 1)
F.scaled_dot_product_attention(torch.zeros(2, 3, 4), torch.zeros(2, 5, 4), torch.zeros(2, 5, 6))
torch.topk(torch.zeros(3, 7), 2)[1]
torch.linalg.qr(torch.rand(5, 3))[0]
torch.linalg.qr(torch.rand(5, 3))[1]
torch.linalg.qr(torch.rand(5, 3), mode="complete")[0]
torch.svd(torch.rand(5, 3))[0]
torch.svd(torch.rand(3, 5))[2]
torch.svd(torch.rand(3, 5), some=False)[2]
torch.linalg.svd(torch.rand(2, 5, 3))[0]
torch.linalg.svd(torch.rand(5, 3), full_matrices=False)[2]
torch.linalg.svdvals(torch.rand(5, 3))
torch.linalg.lu(torch.rand(4, 3))[1]
torch.linalg.lu(torch.rand(4, 3))[2]
torch.linalg.eigh(torch.eye(3))[0]
torch.linalg.inv(torch.eye(3))
torch.eye(3).inverse()
torch.pinverse(torch.rand(5, 3))
torch.slogdet(torch.eye(3))[1]
torch.linalg.norm(torch.rand(5, 3), dim=-1)
torch.linalg.vector_norm(torch.rand(5, 3))
torch.linalg.matrix_norm(torch.rand(2, 5, 3))
torch.block_diag(torch.rand(2, 3), torch.rand(4), torch.rand(2, 1))
torch.kron(torch.rand(2, 3), torch.rand(4, 5))
torch.cdist(torch.rand(2, 4, 3), torch.rand(2, 5, 3))
torch.fft.rfft(torch.rand(2, 9))
torch.fft.irfft(torch.rand(2, 5))
torch.fft.irfft(torch.rand(2, 5), n=9)
torch.fft.rfft2(torch.rand(2, 6, 8))
torch.fft.irfft2(torch.rand(2, 6, 5), s=(6, 9))
torch.fft.fftn(torch.rand(2, 6, 8), dim=(0, 1))
torch.fft.rfftn(torch.rand(2, 6, 8), s=(4, 6))
torch.fft.fft2(torch.rand(2, 6, 8)).real
torch.fft.rfft(torch.rand(8)).abs()
torch.fft.fftfreq(6)
torch.exp(-1j * torch.rand(2, 3)).imag
2j * torch.rand(3).double()
torch.fft.rfftfreq(7)
torch.stft(torch.rand(2, 1600), 256, 64, return_complex=True)
torch.stft(torch.rand(1600), 256, hop_length=100, center=False, onesided=False, return_complex=True)
nn.Conv2d(4, 4, 3, groups=4, bias=False)(torch.zeros(4, 8, 8))
torch.rand(2, 3).softmax(-1)
torch.randint(0, 5, (2, 3))
torch.randperm(5)
""".strip().splitlines()


def described(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "dtype": str(value.dtype).split(".")[1], "values": value.detach().cpu().tolist()}
    return {"value": list(value) if isinstance(value, (tuple, torch.Size)) else value}


def main():
    records = [{"expr": expr, **described(eval(expr))} for expr in VALUES]
    for expr in SHAPES:
        result = described(eval(expr))
        del result["values"]
        records.append({"expr": expr, **result})
    with open(sys.argv[1], "w") as file:
        file.write('{"torch":"%s","records":[\n' % torch.__version__.split("+")[0])
        file.write(",\n".join(json.dumps(record, separators=(",", ":")) for record in records))
        file.write("\n]}\n")


if __name__ == "__main__":
    main()
