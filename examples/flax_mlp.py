"""The same network in Flax: lecun_normal is the default of every kernel."""

import jax
from flax import nnx


class Network(nnx.Module):
    def __init__(self, rngs: nnx.Rngs):
        self.fc1 = nnx.Linear(784, 256, kernel_init=jax.nn.initializers.he_normal(), rngs=rngs)
        self.out = nnx.Linear(256, 10, rngs=rngs)

    def __call__(self, x):
        return self.out(nnx.relu(self.fc1(x)))


network = Network(nnx.Rngs(0))
