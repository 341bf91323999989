import flax.linen as nn
import jax
import jax.numpy as jnp


class Mlp(nn.Module):
    features: tuple = (64, 32)
    classes: int = 10

    @nn.compact
    def __call__(self, x):
        for width in self.features:
            x = nn.relu(nn.Dense(width)(x))
        return nn.Dense(self.classes, kernel_init=nn.initializers.zeros)(x)


class Cnn(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.avg_pool(nn.relu(nn.Conv(32, (3, 3))(x)), (2, 2), strides=(2, 2))
        x = nn.avg_pool(nn.relu(nn.Conv(64, (3, 3), padding="VALID")(x)), (2, 2), strides=(2, 2))
        x = x.reshape((x.shape[0], -1))
        return nn.Dense(10)(nn.relu(nn.Dense(256)(x)))


class Residual(nn.Module):
    width: int
    strides: tuple = (1, 1)

    def setup(self):
        self.first = nn.Conv(self.width, (3, 3), self.strides, use_bias=False)
        self.norms = [nn.BatchNorm(use_running_average=False, scale_init=i) for i in (nn.initializers.ones, nn.initializers.zeros)]
        self.second = nn.Conv(self.width, (3, 3), use_bias=False)
        self.shortcut = nn.Conv(self.width, (1, 1), self.strides, name="projection")

    def __call__(self, x):
        y = nn.relu(self.norms[0](self.first(x)))
        return nn.relu(self.norms[1](self.second(y)) + self.shortcut(x))


class Stack(nn.Module):
    depth: int = 3

    @nn.compact
    def __call__(self, tokens):
        x = nn.Embed(100, 32)(tokens) + self.param("positions", nn.initializers.normal(0.02), (1, tokens.shape[1], 32))
        for i in range(self.depth):
            y = nn.LayerNorm()(x)
            x = x + nn.MultiHeadDotProductAttention(num_heads=4, name=f"attention_{i}")(y, y)
            x = x + nn.Sequential([nn.Dense(64), nn.gelu, nn.Dense(32)])(nn.LayerNorm()(x))
        return nn.Dense(100, use_bias=False)(x)


class Step(nn.Module):
    width: int

    @nn.compact
    def __call__(self, carry, x):
        y = nn.tanh(nn.Dense(self.width)(jnp.concatenate([carry, x], axis=-1)))
        return y, nn.Dense(4)(y)


class Scanned(nn.Module):
    @nn.compact
    def __call__(self, x):
        steps = nn.scan(Step, variable_broadcast="params", split_rngs={"params": False}, in_axes=1, out_axes=1)
        _, y = steps(16)(jnp.zeros((x.shape[0], 16)), x)
        layers = nn.scan(
            lambda_block(8), variable_axes={"params": 0}, split_rngs={"params": True}, length=3
        )
        y, _ = layers(name="deep")(nn.Dense(8)(y), None)
        return nn.RNN(nn.GRUCell(12))(y)


def lambda_block(width):
    class Deep(nn.Module):
        @nn.compact
        def __call__(self, x, _):
            return x + nn.remat(nn.Dense)(width)(x), None

    return Deep


KEY = jax.random.PRNGKey(0)
mlp = Mlp().init(KEY, jnp.ones((1, 20)))
cnn = Cnn().init(KEY, jnp.ones((1, 28, 28, 1)))
residual = Residual(24, (2, 2)).init(KEY, jnp.ones((2, 16, 16, 8)))
stack = Stack().init(KEY, jnp.ones((2, 11), jnp.int32))
scanned = Scanned().init(KEY, jnp.ones((2, 5, 3)))
