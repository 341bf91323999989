from torch import nn

fc1 = nn.Linear(784, 256)
act = nn.ReLU()
fc2 = nn.Linear(256, 10)
nn.init.kaiming_normal_(fc2.weight, nonlinearity="relu")
