import jax.numpy as jnp
from flax import nnx


class Block(nnx.Module):
    def __init__(self, width, *, rngs):
        self.norm = nnx.LayerNorm(width, rngs=rngs)
        self.attention = nnx.MultiHeadAttention(num_heads=2, in_features=width, decode=False, rngs=rngs)
        self.wide = nnx.Linear(width, 4 * width, rngs=rngs)
        self.narrow = nnx.Linear(4 * width, width, kernel_init=nnx.initializers.normal(0.02), rngs=rngs)


class Model(nnx.Module):
    def __init__(self, vocabulary, width, depth, *, rngs):
        self.embed = nnx.Embed(vocabulary, width, rngs=rngs)
        self.positions = nnx.Param(jnp.zeros((1, 16, width)))
        self.blocks = nnx.List([Block(width, rngs=rngs) for _ in range(depth)])
        self.head = nnx.Linear(width, vocabulary, use_bias=False, rngs=rngs)


class Cnn(nnx.Module):
    def __init__(self, rngs):
        self.conv1 = nnx.Conv(1, 32, kernel_size=(3, 3), rngs=rngs)
        self.norm1 = nnx.BatchNorm(32, rngs=rngs)
        self.conv2 = nnx.Conv(32, 64, kernel_size=(3, 3), feature_group_count=4, rngs=rngs)
        self.linear = nnx.Linear(3136, 10, rngs=rngs)


transformer = Model(50, 24, 2, rngs=nnx.Rngs(0))
cnn = Cnn(nnx.Rngs(0))
