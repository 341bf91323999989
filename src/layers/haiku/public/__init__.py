"""haiku."""

from contextlib import contextmanager

import jax
import _lens
from _haiku.module import (
    Module, force_name, get_parameter, get_state, name_like, name_scope, next_rng_key, set_state, transparent,
)  # fmt: skip
from _haiku.nn import (
    AvgPool, BatchApply, BatchNorm, Bias, Conv1D, Conv1DLSTM, Conv1DTranspose, Conv2D, Conv2DLSTM, Conv2DTranspose,
    Conv3D, Conv3DLSTM, Conv3DTranspose, ConvND, ConvNDTranspose, DeepRNN, DepthwiseConv1D, DepthwiseConv2D,
    DepthwiseConv3D, Embed, Flatten, GroupNorm, GRU, IdentityCore, InstanceNorm, LayerNorm, Linear, LSTM, LSTMState,
    MaxPool, MultiHeadAttention, Reshape, ResetCore, RMSNorm, RNNCore, SeparableDepthwiseConv2D, Sequential, VanillaRNN,
    avg_pool, dropout, dynamic_unroll, max_pool, static_unroll,
)  # fmt: skip
from _haiku.transform import (
    MultiTransformed, Transformed, TransformedWithState, lift, multi_transform, multi_transform_with_state, running_init,
    transform, transform_with_state, transparent_lift, with_empty_state, without_apply_rng, without_state,
)  # fmt: skip
from haiku import experimental, initializers, nets
from jax.lax import cond, fori_loop, map, scan, switch, while_loop
from jax.nn import one_hot

Params = State = MutableParams = MutableState = dict
jit = remat = jax.remat
grad, value_and_grad, eval_shape = jax.grad, jax.value_and_grad, jax.eval_shape


def vmap(fun, in_axes=0, out_axes=0, axis_name=None, axis_size=None, *, split_rng=True, **kwargs):
    return jax.vmap(fun, in_axes, out_axes)


def maybe_next_rng_key():
    return next_rng_key()


def next_rng_keys(num):
    return jax.random.split(next_rng_key(), num)


def reserve_rng_keys(num):
    return None


@contextmanager
def with_rng(key):
    yield


def to_module(f):
    class ToModuleWrapper(Module):
        def __init__(self, name=None):
            super().__init__(name=f.__name__ if name is None else name)

        def __call__(self, *args, **kwargs):
            return f(*args, **kwargs)

    return ToModuleWrapper


def expand_apply(f, axis=0):
    return f


class PRNGSequence:
    """Keys without end, each another one."""

    def __init__(self, key_or_seed=0):
        self._key = jax.random.PRNGKey(key_or_seed) if isinstance(key_or_seed, int) else key_or_seed
        self._count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self._count += 1
        return jax.random.fold_in(self._key, self._count)

    next = __next__

    def take(self, num):
        return tuple([next(self) for _ in range(num)])

    def reserve(self, num):
        return None


class EmbedLookupStyle:
    ARRAY_INDEX, ONE_HOT = "ARRAY_INDEX", "ONE_HOT"
