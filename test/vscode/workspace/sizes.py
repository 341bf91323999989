"""Sizes that no layer can have, and one that no memory holds."""

import numpy as np
from torch import nn

zero = nn.Linear(0, 32)
negative = nn.Linear(-3, 32)
fraction = nn.Linear(64.5, 32)
vast = nn.Linear(10**6, 10**6)
W_negative = np.random.uniform(-0.05, 0.05, size=(-3, 32))
W_fraction = np.random.normal(0, 0.05, size=(64.5, 32))
good = nn.Linear(64, 32)
