"""Records the shape after every innermost module of small models, as forward hooks of real torch see it.

    python scripts/facts/torch_shapes.py > test/facts/torch_shapes.json

Each program ends with a `model`; `inputs` are the shapes it is given. Models run on the CPU in training mode.
"""

import json
import textwrap

import torch

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"

PROGRAMS = {
    "lenet": ([[2, 1, 28, 28]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
                self.conv2 = nn.Conv2d(6, 16, 5)
                self.fc1 = nn.Linear(16 * 5 * 5, 120)
                self.fc2 = nn.Linear(120, 10)
            def forward(self, x):
                x = F.max_pool2d(F.relu(self.conv1(x)), (2, 2))
                x = F.max_pool2d(F.relu(self.conv2(x)), 2)
                x = x.view(-1, self.num_flat_features(x))
                return self.fc2(F.relu(self.fc1(x)))
            def num_flat_features(self, x):
                features = 1
                for s in x.size()[1:]:
                    features *= s
                return features
        model = Net()
    """),
    "pools": ([[2, 3, 33, 31]], """
        model = nn.Sequential(
            nn.Conv2d(3, 8, (3, 5), stride=(2, 1), padding=(1, 0), dilation=(1, 2)), nn.MaxPool2d(3, 2, 1, ceil_mode=True),
            nn.AvgPool2d(2, ceil_mode=True), nn.LPPool2d(2, 3, stride=1, ceil_mode=True), nn.AdaptiveMaxPool2d((None, 2)),
            nn.Conv2d(8, 4, 3, padding="same"), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Unflatten(1, (2, 2)),
        )
    """),
    "transposed": ([[2, 16, 7, 9]], """
        model = nn.Sequential(
            nn.ConvTranspose2d(16, 8, 4, 2, 1), nn.ConvTranspose2d(8, 6, 3, stride=3, padding=1, output_padding=2, dilation=2),
            nn.Upsample(scale_factor=1.5), nn.UpsamplingBilinear2d(size=(10, 12)), nn.PixelUnshuffle(2), nn.PixelShuffle(2),
            nn.ReflectionPad2d((1, 2, 3, 4)), nn.ZeroPad2d(-1), nn.ChannelShuffle(2),
        )
    """),
    "one and three axes": ([[2, 4, 20]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.a = nn.Conv1d(4, 8, 3, stride=2)
                self.pool = nn.MaxPool1d(2)
                self.b = nn.Conv3d(2, 3, 2)
                self.c = nn.ConvTranspose1d(8, 5, 4, stride=2)
            def forward(self, x):
                x = self.pool(self.a(x))
                self.c(x)
                return self.b(x.reshape(2, 2, 4, 2, -1))
        model = Net()
    """),
    "unpooling": ([[1, 3, 8, 8]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.pool = nn.MaxPool2d(2, return_indices=True)
                self.unpool = nn.MaxUnpool2d(2)
                self.unfold = nn.Unfold(3, padding=1)
                self.fold = nn.Fold((8, 8), 3, padding=1)
            def forward(self, x):
                y, indices = self.pool(x)
                return self.fold(self.unfold(self.unpool(y, indices)))
        model = Net()
    """),
    "recurrent": ([[5, 7, 6]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.lstm = nn.LSTM(6, 8, num_layers=2, batch_first=True, bidirectional=True, proj_size=3)
                self.gru = nn.GRU(6, 9)
                self.rnn = nn.RNN(9, 4, nonlinearity="relu", batch_first=True)
                self.cell = nn.LSTMCell(4, 5)
                self.out = nn.Linear(5, 2)
            def forward(self, x):
                y, (h, c) = self.lstm(x)
                z, h = self.gru(y)
                z, h = self.rnn(z)
                h, c = self.cell(z[:, -1])
                return self.out(h)
        model = Net()
    """),
    "attention": ([[2, 10, 16]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.qkv = nn.Linear(16, 48)
                self.norm = nn.LayerNorm(16)
                self.mha = nn.MultiheadAttention(16, 4, batch_first=True, kdim=8, vdim=12)
                self.out = nn.Linear(16, 16)
                self.encoder = nn.TransformerEncoderLayer(16, 2, 32, batch_first=True, norm_first=True)
            def forward(self, x):
                B, T, C = x.shape
                q, k, v = self.qkv(self.norm(x)).reshape(B, T, 3, 4, C // 4).permute(2, 0, 3, 1, 4)
                att = (q @ k.transpose(-2, -1)) * (1.0 / k.size(-1) ** 0.5)
                y = (att.softmax(dim=-1) @ v).transpose(1, 2).reshape(B, T, C)
                y, _ = self.mha(y, y[:, :3, :8], y[:, :3, 4:])
                return self.encoder(self.out(y) + x)
        model = Net()
    """),
    "tokens": ([[3, 12]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.wte = nn.Embedding(50, 8)
                self.wpe = nn.Embedding(20, 8)
                self.bag = nn.EmbeddingBag(50, 4)
                self.head = nn.Linear(8, 50, bias=False)
            def forward(self, idx):
                idx = idx.long()
                b, t = idx.size()
                assert t <= 20
                x = self.wte(idx) + self.wpe(torch.arange(0, t, dtype=torch.long))
                self.bag(idx)
                return self.head(x[:, [-1], :])
        model = Net()
    """),
    "rotary": ([[2, 10, 16]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.wq = nn.Linear(16, 16)
                self.act = nn.Identity()
                angles = torch.outer(torch.arange(10).float(), torch.ones(4))
                self.turns = torch.polar(torch.ones_like(angles), angles)
            def forward(self, x):
                q = self.wq(x).view(2, 10, 2, 8)
                q_ = torch.view_as_complex(q.float().reshape(*q.shape[:-1], -1, 2))
                turns = self.turns.view(1, 10, 1, q_.shape[-1])
                return self.act(torch.view_as_real(q_ * turns).flatten(3))
        model = Net()
    """),
    "unet": ([[1, 3, 37, 50]], """
        class Double(nn.Sequential):
            def __init__(self, i, o):
                super().__init__(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True))
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.down1, self.down2 = Double(3, 8), Double(8, 16)
                self.up = nn.ConvTranspose2d(16, 8, 2, stride=2)
                self.out = Double(16, 4)
            def forward(self, x):
                a = self.down1(x)
                b = self.up(self.down2(F.max_pool2d(a, 2)))
                dy, dx = a.size()[2] - b.size()[2], a.size()[3] - b.size()[3]
                b = F.pad(b, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
                return self.out(torch.cat([a, b], dim=1))
        model = Net()
    """),
    "many shapes": ([[2, 3, 8, 8]], """
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                self.see = nn.ModuleList([nn.Identity() for _ in range(34)])
            def forward(self, x):
                results = [
                    x.mean((2, 3)), x.sum(-1, keepdim=True), x.amax(1), x.chunk(2, 2)[1], x.split([1, 2], 1)[1],
                    torch.stack(x.unbind(1), -1), x.unsqueeze(0), x[:, :1].squeeze(1), x[:, None, ..., ::2],
                    x.expand(4, 2, 3, 8, 8), x.repeat(1, 2, 1, 1), torch.einsum("bchw,bdhw->bcd", x, x),
                    x.flatten(2).transpose(1, 2), x.movedim(1, -1), torch.roll(x, 1, 2), x.narrow(1, 0, 2),
                    F.interpolate(x, scale_factor=0.5), F.one_hot(x.long(), 5), torch.tril(x), x.max(dim=1)[0],
                    x.topk(3, dim=-1).values, torch.bmm(x[:, 0], x[:, 1]), x.view(2, -1), x.permute(0, 2, 3, 1),
                    F.glu(x, 3), F.unfold(x, 2), x.norm(dim=1), x.cumsum(1), torch.where(x > 0, x, x.mean()),
                    x.tensor_split(3, dim=3)[0], x.tensor_split((2, 5), dim=3)[1], x[x.shape[0] - 1],
                    x.unfold(2, 4, 2), torch.addcmul(x, x[:, :1], x[..., :1]),
                ]
                return [module(one) for module, one in zip(self.see, results)]
        model = Net()
    """),
    "lazy": ([[2, 3, 9, 9]], """
        model = nn.Sequential(nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten(), nn.LazyLinear(7))
    """),
    "norms and activations": ([[2, 6, 10]], """
        model = nn.Sequential(
            nn.GroupNorm(2, 6), nn.InstanceNorm1d(6, affine=True), nn.BatchNorm1d(6), nn.LayerNorm([6, 10]), nn.PReLU(6),
            nn.Softmax(-1), nn.GLU(1), nn.Dropout1d(), nn.CELU(), nn.LogSigmoid(), nn.Hardtanh(),
        )
    """),
}  # fmt: skip


def first_tensor(value):
    if isinstance(value, torch.Tensor):
        return value
    for one in value if isinstance(value, (tuple, list)) else []:
        found = first_tensor(one)
        if found is not None:
            return found
    return None


def record(source, inputs):
    space = {}
    exec(source, space)
    model = space["model"]
    leaves = []
    for name, module in model.named_modules():
        if len(module._modules) == 0:
            module.register_forward_hook(
                lambda module, args, result, name=name: leaves.append([name, list(first_tensor(result).shape)])
            )
    model(*[torch.rand(shape) for shape in inputs])
    return leaves


def main():
    programs = []
    for name, (inputs, body) in PROGRAMS.items():
        source = HEAD + textwrap.dedent(body)
        programs.append({"name": name, "source": source, "inputs": inputs, "leaves": record(source, inputs)})
    rows = ",\n".join(json.dumps(one) for one in programs)
    print('{"made_with": "torch ' + torch.__version__.split("+")[0] + '", "programs": [\n' + rows + "\n]}")


main()
