"""flax.linen."""

from _flax.conv import pool as avg_pool
from _flax.conv import pool as max_pool
from _flax.conv import pool as min_pool
from _flax.linen import (
    BatchNorm, Bidirectional, Conv, ConvLocal, ConvLSTMCell, ConvTranspose, Dense, DenseGeneral, Dropout, Einsum, Embed,
    GroupNorm, GRUCell, InstanceNorm, LayerNorm, LSTMCell, MGUCell, MultiHeadAttention,
    MultiHeadDotProductAttention, OptimizedLSTMCell, PReLU, RMSNorm, RNN, RNNCellBase, SelfAttention, Sequential,
    SimpleCell, SpectralNorm, WeightNorm,
)  # fmt: skip
from _flax.module import (
    Module, Variable, broadcast, checkpoint, compact, compact_name_scope, jit, map_variables, named_call, nowrap, remat,
    remat_scan, scan, share_scope, vmap,
)  # fmt: skip
from _flax.pooled import combine_masks, make_attention_mask, make_causal_mask, merge_param, pool
from _keras.activations import *
from _arrays.elementwise import same_shape as normalize
from _arrays.elementwise import same_shape as standardize
from jax.nn import initializers, one_hot
from jax.nn.initializers import ones, ones_init, zeros, zeros_init
from flax.linen import initializers, linear, partitioning

activation = softmax
soft_sign = softsign


def dot_product_attention(query, key, value, *args, **kwargs):
    return standardize(query)


dot_product_attention_weights = dot_product_attention


def with_partitioning(init, *args, **kwargs):
    return init


with_logical_partitioning = with_partitioning


def with_logical_constraint(x, *args, **kwargs):
    return x


unbox = with_sharding_constraint = with_logical_constraint


def cond(pred, true_fun, false_fun, module, *args, **kwargs):
    first = true_fun(module, *args)
    false_fun(module, *args)
    return first


def init(fn, module, *args, **kwargs):
    return lambda rngs, *inputs, **named: module.init(rngs, *inputs, method=fn, **named)


def apply(fn, module, *args, **kwargs):
    return lambda variables, *inputs, **named: module.apply(variables, *inputs, method=fn, **named)


def tabulate(module, rngs, **options):
    return lambda *args, **kwargs: module.tabulate(rngs, *args, **kwargs)
