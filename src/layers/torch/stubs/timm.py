"""What models of other repositories take from timm, for where timm itself is not installed."""

import math
from collections.abc import Iterable
from itertools import repeat

import torch
from torch import nn
from torch._native import nobody_knows


def to_ntuple(n):
    def convert(x):
        return tuple(x) if isinstance(x, Iterable) and not isinstance(x, str) else tuple(repeat(x, n))

    return convert


_ntuple = to_ntuple
to_1tuple, to_2tuple, to_3tuple, to_4tuple = [to_ntuple(n) for n in (1, 2, 3, 4)]


def make_divisible(v, divisor=8, min_value=None, round_limit=0.9):
    nearest = max(min_value or divisor, int(v + divisor / 2) // divisor * divisor)
    return nearest + divisor if nearest < round_limit * v else nearest


def register_model(function):
    return function


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0):
    """The bounds are of the values, not in standard deviations."""
    return nn.init.trunc_normal_(tensor, mean, std, a, b)


def trunc_normal_tf_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0):
    with torch.no_grad():
        nn.init.trunc_normal_(tensor, 0.0, 1.0, a, b)
        return tensor.mul_(std).add_(mean)


def variance_scaling_(tensor, scale=1.0, mode="fan_in", distribution="normal"):
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(tensor)
    fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
    std = math.sqrt(scale / fan)
    with torch.no_grad():
        if distribution == "truncated_normal":
            # The standard deviation of a standard normal cut at 2.
            trunc_normal_tf_(tensor, std=std / 0.87962566103423978)
        elif distribution == "normal":
            tensor.normal_(std=std)
        elif distribution == "uniform":
            tensor.uniform_(-math.sqrt(3) * std, math.sqrt(3) * std)
        else:
            raise ValueError("invalid distribution " + distribution)


def lecun_normal_(tensor):
    variance_scaling_(tensor, distribution="truncated_normal")


def drop_path(x, drop_prob=0.0, training=False, scale_by_keep=True):
    return x


class DropPath(nn.Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        super().__init__()
        self.drop_prob = drop_prob
        self.scale_by_keep = scale_by_keep

    def forward(self, x):
        return x


class LayerScale(nn.Module):
    def __init__(self, dim, init_values=1e-5, inplace=False):
        super().__init__()
        self.gamma = nn.Parameter(init_values * torch.ones(dim))

    def forward(self, x):
        return x * self.gamma


class Mlp(nn.Module):
    def __init__(
        self,
        in_features,
        hidden_features=None,
        out_features=None,
        act_layer=nn.GELU,
        norm_layer=None,
        bias=True,
        drop=0.0,
        use_conv=False,
    ):
        super().__init__()
        hidden = hidden_features or in_features
        biases = to_2tuple(bias)

        def linear(*sizes, bias):
            return nn.Conv2d(*sizes, kernel_size=1, bias=bias) if use_conv else nn.Linear(*sizes, bias=bias)

        self.fc1 = linear(in_features, hidden, bias=biases[0])
        self.act = act_layer()
        self.drop1 = nn.Dropout(to_2tuple(drop)[0])
        self.norm = nn.Identity() if norm_layer is None else norm_layer(hidden)
        self.fc2 = linear(hidden, out_features or in_features, bias=biases[1])
        self.drop2 = nn.Dropout(to_2tuple(drop)[1])

    def forward(self, x):
        return self.drop2(self.fc2(self.norm(self.drop1(self.act(self.fc1(x))))))


class PatchEmbed(nn.Module):
    def __init__(
        self,
        img_size=224,
        patch_size=16,
        in_chans=3,
        embed_dim=768,
        norm_layer=None,
        flatten=True,
        output_fmt=None,
        bias=True,
        **others,
    ):
        super().__init__()
        self.patch_size = to_2tuple(patch_size)
        self.img_size = self.grid_size = self.num_patches = None
        if img_size is not None:
            self.img_size = to_2tuple(img_size)
            self.grid_size = tuple([size // patch for size, patch in zip(self.img_size, self.patch_size)])
            self.num_patches = self.grid_size[0] * self.grid_size[1]
        self.flatten = flatten and output_fmt is None
        self._format = output_fmt
        self.proj = nn.Conv2d(in_chans, embed_dim, self.patch_size, self.patch_size, bias=bias)
        self.norm = norm_layer(embed_dim) if norm_layer else nn.Identity()

    def forward(self, x):
        x = self.proj(x)
        if self._format is not None:
            return nobody_knows("patches in another order")
        return self.norm(x.flatten(2).transpose(1, 2) if self.flatten else x)


class Attention(nn.Module):
    def __init__(self, dim, num_heads=8, *, qkv_bias=False, qk_norm=False, proj_bias=True, norm_layer=None, **drops):
        super().__init__()
        self.num_heads = num_heads
        self.head_dim = dim // num_heads
        self.scale = self.head_dim**-0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.q_norm = norm_layer(self.head_dim) if qk_norm else nn.Identity()
        self.k_norm = norm_layer(self.head_dim) if qk_norm else nn.Identity()
        self.attn_drop = nn.Dropout(0.0)
        self.proj = nn.Linear(dim, dim, bias=proj_bias)
        self.proj_drop = nn.Dropout(0.0)

    def forward(self, x):
        batch, count, width = x.shape
        qkv = self.qkv(x).reshape(batch, count, 3, self.num_heads, self.head_dim).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        x = nn.functional.scaled_dot_product_attention(self.q_norm(q), self.k_norm(k), v)
        return self.proj_drop(self.proj(x.transpose(1, 2).reshape(batch, count, width)))


class Block(nn.Module):
    def __init__(
        self,
        dim,
        num_heads,
        mlp_ratio=4.0,
        qkv_bias=False,
        *,
        qk_norm=False,
        proj_bias=True,
        init_values=None,
        act_layer=nn.GELU,
        norm_layer=nn.LayerNorm,
        mlp_layer=Mlp,
        **drops,
    ):
        super().__init__()
        self.norm1 = norm_layer(dim)
        self.attn = Attention(
            dim, num_heads, qkv_bias=qkv_bias, qk_norm=qk_norm, proj_bias=proj_bias, norm_layer=norm_layer
        )
        self.ls1 = LayerScale(dim, init_values) if init_values else nn.Identity()
        self.drop_path1 = nn.Identity()
        self.norm2 = norm_layer(dim)
        self.mlp = mlp_layer(in_features=dim, hidden_features=int(dim * mlp_ratio), act_layer=act_layer)
        self.ls2 = LayerScale(dim, init_values) if init_values else nn.Identity()
        self.drop_path2 = nn.Identity()

    def forward(self, x):
        x = x + self.drop_path1(self.ls1(self.attn(self.norm1(x))))
        return x + self.drop_path2(self.ls2(self.mlp(self.norm2(x))))
