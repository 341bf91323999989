# input=16,100,1,1
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        def block(i, o, stride, padding):
            return [nn.ConvTranspose2d(i, o, 4, stride, padding, bias=False), nn.BatchNorm2d(o), nn.ReLU(True)]
        self.main = nn.Sequential(
            *block(100, 256, 1, 0), *block(256, 128, 2, 1), *block(128, 64, 2, 1),
            nn.ConvTranspose2d(64, 3, 4, 2, 1, bias=False), nn.Tanh(),
        )
        self.apply(weights_init)

    def forward(self, x):
        return self.main(x)


def weights_init(m):
    if m.__class__.__name__.find("Conv") != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
    elif m.__class__.__name__.find("BatchNorm") != -1:
        nn.init.normal_(m.weight.data, 1.0, 0.02)
        nn.init.constant_(m.bias.data, 0)
