# input=16,3,64,64
import torch
from torch import nn


def double(i, o):
    return nn.Sequential(
        nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True),
        nn.Conv2d(o, o, 3, padding=1), nn.GroupNorm(8, o), nn.SiLU(),
    )


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inc = double(3, 32)
        self.down = nn.Sequential(nn.MaxPool2d(2), double(32, 64))
        self.mid = nn.Sequential(nn.AvgPool2d(2), double(64, 64))
        self.up1 = nn.ConvTranspose2d(64, 64, 2, stride=2)
        self.dec1 = double(128, 32)
        self.up2 = nn.Upsample(scale_factor=2)
        self.dec2 = double(64, 32)
        self.out = nn.Conv2d(32, 2, 1)

    def forward(self, x):
        a = self.inc(x)
        b = self.down(a)
        c = self.mid(b)
        d = self.dec1(torch.cat([b, self.up1(c)], dim=1))
        e = self.dec2(torch.cat([a, self.up2(d)], dim=1))
        return self.out(e)
