# input=64,256
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, depth=12):
        super().__init__()
        self.hidden = nn.ModuleList([nn.Linear(256, 256, bias=False) for _ in range(depth)])
        for one in self.hidden:
            nn.init.xavier_uniform_(one.weight, gain=nn.init.calculate_gain("tanh"))

    def forward(self, x):
        for one in self.hidden:
            x = torch.tanh(one(x))
        return x
