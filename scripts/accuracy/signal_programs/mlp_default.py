# input=64,784
from torch import nn

Net = lambda: nn.Sequential(
    nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.Tanh(),
    nn.Linear(256, 256), nn.Sigmoid(), nn.Linear(256, 128), nn.GELU(), nn.Dropout(0.3), nn.Linear(128, 10),
)
