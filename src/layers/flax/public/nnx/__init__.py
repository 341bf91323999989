"""flax.nnx."""

from _flax.nnx import (
    BatchNorm, BatchStat, Bidirectional, Cache, Conv, ConvTranspose, Dict, Dropout, Einsum, Embed, GraphDef, GroupNorm,
    GRUCell, InstanceNorm, Intermediate, LayerNorm, Linear, LinearGeneral, List, LoRA, LoRAParam, LSTMCell, Metric,
    Module, MultiHeadAttention, Object, OptimizedLSTMCell, OptState, Param, Perturbation, PReLU, Pytree, RMSNorm,
    RNN, RngCount, RngKey, RNNCellBase, Rngs, RngState, RngStream, Sequential, SimpleCell, State, Variable,
    VariableState, checkpoint, clone, eval_shape, grad, graphdef, iter_graph, iter_modules, jit, merge, remat, scan,
    split, split_rngs, state, to_flat_state, update, value_and_grad, variables, vmap,
)  # fmt: skip
from _flax.conv import pool as avg_pool
from _flax.conv import pool as max_pool
from _flax.pooled import combine_masks, make_attention_mask, make_causal_mask
from _keras.activations import *
from _keras.inert import Inert as MultiMetric
from _keras.inert import Inert as Optimizer
from _keras.inert import Inert as ModelAndOptimizer
from _keras.inert import nothing as display
from flax.nnx import metrics
from jax.nn import initializers, one_hot


def dot_product_attention(query, key, value, *args, **kwargs):
    return query


def with_partitioning(init, *args, **kwargs):
    return init


def cond(pred, true_fun, false_fun, *operands):
    first = true_fun(*operands)
    false_fun(*operands)
    return first


def data(value):
    return value


static = data
