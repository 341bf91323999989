"""Two hidden layers in PyTorch, once as PyTorch draws them and once as ReLU wants them."""

from torch import nn


class Default(nn.Module):
    """Nothing said: kaiming_uniform_(a=√5), which is U(±1/√fan-in)."""

    def __init__(self, inputs=784, hidden=256, classes=10):
        super().__init__()
        self.fc1 = nn.Linear(inputs, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, classes)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.out(self.act(self.fc2(self.act(self.fc1(x)))))


class Initialised(nn.Module):
    """He normal where a ReLU follows, zero biases."""

    def __init__(self, inputs=784, hidden=256, classes=10):
        super().__init__()
        self.body = nn.Sequential(
            nn.Linear(inputs, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
        )
        self.out = nn.Linear(hidden, classes)
        for module in self.body:
            if isinstance(module, nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                nn.init.zeros_(module.bias)

    def forward(self, x):
        return self.out(self.body(x))


default = Default()
initialised = Initialised()
