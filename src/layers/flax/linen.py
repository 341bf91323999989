"""flax.linen's layers."""

from typing import Any

import _lens
from _arrays.core import Array, as_array, dims, extended, make, product, resized, size_of
from _arrays.elementwise import broadcast_shapes, same_shape
from _arrays.products import contracted
from _arrays.shaping import axis_of
from _flax.conv import conv_shape, conv_transpose_shape, sizes_of
from _jax.opened import last_size, open_array, shaped, with_last
from _jax.tree import tree_map
from _flax.module import Module, _key, compact, nowrap, of_shape
from _keras.activations import relu, sigmoid, tanh
from jax.nn import initializers

default_kernel_init = initializers.lecun_normal()
default_embed_init = initializers.variance_scaling(1.0, "fan_in", "normal", out_axis=0)
orthogonal_init = initializers.orthogonal()
zeros, ones = initializers.zeros, initializers.ones


def flattened(init, shape, flat):
    """An initializer that gets a flattened shape, as DenseGeneral's does."""

    def draw(key, *args, **kwargs):
        value = init(key, flat)
        if _lens.is_unknown(value):
            value = of_shape(flat)
        out = make([value], tuple(shape), "float32", value.law)
        out._drawn_shape = flat
        out._fan_axes = getattr(value, "_fan_axes", None)
        if init is not default_kernel_init:
            out._default_of = default_kernel_init
        return out

    return draw


class Dense(Module):
    features: int
    use_bias: bool = True
    dtype: Any = None
    param_dtype: Any = "float32"
    precision: Any = None
    kernel_init: Any = default_kernel_init
    bias_init: Any = zeros
    promote_dtype: Any = None
    dot_general: Any = None
    dot_general_cls: Any = None

    @compact
    def __call__(self, inputs):
        self.param("kernel", self.kernel_init, (last_size(inputs), self.features), self.param_dtype)
        if self.use_bias:
            self.param("bias", self.bias_init, (self.features,), self.param_dtype)
        return with_last(inputs, self.features)


def _tuple(x):
    return tuple(x) if isinstance(x, (list, tuple)) else (x,)


class DenseGeneral(Module):
    features: Any
    axis: Any = -1
    batch_dims: Any = ()
    use_bias: bool = True
    dtype: Any = None
    param_dtype: Any = "float32"
    kernel_init: Any = default_kernel_init
    bias_init: Any = zeros
    precision: Any = None
    promote_dtype: Any = None
    dot_general: Any = None
    dot_general_cls: Any = None

    _ends = None  # the sizes of the axes that are summed over, where a layer that uses this one knows them

    @compact
    def __call__(self, inputs):
        features, shape = _tuple(self.features), inputs.shape
        if _lens.is_unknown(shape):
            batch, into, rest = (), self._ends or self._open_ends(inputs), None
        else:
            axes = [axis_of(a, len(shape)) for a in _tuple(self.axis)]
            batch_axes = [axis_of(a, len(shape)) for a in _tuple(self.batch_dims)]
            batch, into = tuple([shape[a] for a in batch_axes]), tuple([shape[a] for a in axes])
            rest = tuple([d for i, d in enumerate(shape) if i not in axes and i not in batch_axes])
        flat = (product(batch) * product(into), product(features))
        self.param("kernel", flattened(self.kernel_init, batch + into + features, flat))
        if self.use_bias:
            self.param("bias", flattened(self.bias_init, batch + features, batch + (product(features),)))
        return shaped(inputs, shape if rest is None else batch + rest + features, features[-1])

    def _open_ends(self, inputs):
        return tuple([last_size(inputs) if a == -1 else _lens.unknown("input size") for a in _tuple(self.axis)])


class Einsum(Module):
    shape: Any
    einsum_str: Any = None
    use_bias: bool = True
    dtype: Any = None
    param_dtype: Any = "float32"
    precision: Any = None
    kernel_init: Any = default_kernel_init
    bias_init: Any = zeros
    promote_dtype: Any = None
    preferred_element_type: Any = None

    @compact
    def __call__(self, inputs, einsum_str=None):
        equation = (einsum_str or self.einsum_str).replace(" ", "")
        kernel = self.param("kernel", self.kernel_init, self.shape, self.param_dtype)
        terms, _, output = equation.partition("->")
        if self.use_bias:
            letters = terms.split(",")[1]
            shape = tuple([self.shape[letters.find(c)] for c in output if c in letters])
            self.param("bias", self.bias_init, shape, self.param_dtype)
        return contracted(equation, inputs, kernel)


class Conv(Module):
    features: int
    kernel_size: Any
    strides: Any = 1
    padding: Any = "SAME"
    input_dilation: Any = 1
    kernel_dilation: Any = 1
    feature_group_count: int = 1
    use_bias: bool = True
    mask: Any = None
    dtype: Any = None
    param_dtype: Any = "float32"
    precision: Any = None
    kernel_init: Any = default_kernel_init
    bias_init: Any = zeros
    promote_dtype: Any = None
    conv_general_dilated: Any = None
    conv_general_dilated_cls: Any = None

    @compact
    def __call__(self, inputs):
        kernel = sizes_of(self.kernel_size)
        channels = last_size(inputs)
        shape = kernel + (channels // self.feature_group_count, self.features)
        self.param("kernel", self.kernel_init, shape, self.param_dtype)
        if self.use_bias:
            self.param("bias", self.bias_init, (self.features,), self.param_dtype)
        out = conv_shape(
            inputs.shape, kernel, self.strides, self.padding, self.kernel_dilation, self.features, self.input_dilation
        )
        return shaped(inputs, out, self.features)


class ConvLocal(Conv):
    """A kernel of its own at each place."""

    @compact
    def __call__(self, inputs):
        kernel = sizes_of(self.kernel_size)
        out = conv_shape(inputs.shape, kernel, self.strides, self.padding, self.kernel_dilation, self.features)
        places = (_lens.unknown("output size"),) if _lens.is_unknown(out) else tuple(out[-1 - len(kernel) : -1])
        depth = product(kernel) * (last_size(inputs) // self.feature_group_count)
        self.param("kernel", self.kernel_init, places + (depth, self.features), self.param_dtype)
        if self.use_bias:
            self.param("bias", self.bias_init, places + (self.features,), self.param_dtype)
        return shaped(inputs, out, self.features)


class ConvTranspose(Module):
    features: int
    kernel_size: Any
    strides: Any = None
    padding: Any = "SAME"
    kernel_dilation: Any = None
    use_bias: bool = True
    mask: Any = None
    dtype: Any = None
    param_dtype: Any = "float32"
    precision: Any = None
    kernel_init: Any = default_kernel_init
    bias_init: Any = zeros
    transpose_kernel: bool = False
    promote_dtype: Any = None
    preferred_element_type: Any = None

    @compact
    def __call__(self, inputs):
        kernel, channels = sizes_of(self.kernel_size), last_size(inputs)
        ends = (self.features, channels) if self.transpose_kernel else (channels, self.features)
        self.param("kernel", self.kernel_init, kernel + ends, self.param_dtype)
        if self.use_bias:
            self.param("bias", self.bias_init, (self.features,), self.param_dtype)
        out = conv_transpose_shape(
            inputs.shape, kernel, self.strides, self.padding, self.kernel_dilation, self.features
        )
        return shaped(inputs, out, self.features)


class Embed(Module):
    num_embeddings: int
    features: int
    dtype: Any = None
    param_dtype: Any = "float32"
    embedding_init: Any = default_embed_init
    promote_dtype: Any = None

    def setup(self):
        self.embedding = self.param(
            "embedding", self.embedding_init, (self.num_embeddings, self.features), self.param_dtype
        )

    def __call__(self, inputs):
        inputs = as_array(inputs)
        if _lens.is_unknown(inputs):
            return open_array(self.features)
        return make([inputs], extended(inputs.shape, self.features), "float32")

    def attend(self, query):
        return with_last(query, self.num_embeddings)


class _Norm(Module):
    """Scale and bias over the feature axes."""

    def _add(self, x, axes):
        if _lens.is_unknown(x) or _lens.is_unknown(x.shape):
            shape = (last_size(x) if axes == -1 else _lens.unknown("input size"),)
        else:
            shape = tuple([x.shape[axis_of(a, len(x.shape))] for a in _tuple(axes)])
        if self.use_scale:
            self.param("scale", self.scale_init, shape, self.param_dtype)
        if getattr(self, "use_bias", False):
            self.param("bias", self.bias_init, shape, self.param_dtype)
        return shape


class LayerNorm(_Norm):
    epsilon: float = 1e-6
    dtype: Any = None
    param_dtype: Any = "float32"
    use_bias: bool = True
    use_scale: bool = True
    bias_init: Any = zeros
    scale_init: Any = ones
    reduction_axes: Any = -1
    feature_axes: Any = -1
    axis_name: Any = None
    axis_index_groups: Any = None
    use_fast_variance: bool = True
    force_float32_reductions: bool = True

    @compact
    def __call__(self, x, *, mask=None):
        self._add(x, self.feature_axes)
        return same_shape(x)


class RMSNorm(_Norm):
    epsilon: float = 1e-6
    dtype: Any = None
    param_dtype: Any = "float32"
    use_scale: bool = True
    scale_init: Any = ones
    reduction_axes: Any = -1
    feature_axes: Any = -1
    axis_name: Any = None
    axis_index_groups: Any = None
    use_fast_variance: bool = True
    force_float32_reductions: bool = True

    @compact
    def __call__(self, x, *, mask=None):
        self._add(x, self.feature_axes)
        return same_shape(x)


class BatchNorm(_Norm):
    use_running_average: Any = None
    axis: Any = -1
    momentum: float = 0.99
    epsilon: float = 1e-5
    dtype: Any = None
    param_dtype: Any = "float32"
    use_bias: bool = True
    use_scale: bool = True
    bias_init: Any = zeros
    scale_init: Any = ones
    axis_name: Any = None
    axis_index_groups: Any = None
    use_fast_variance: bool = True
    force_float32_reductions: bool = True

    @compact
    def __call__(self, x, use_running_average=None, *, mask=None):
        if _lens.is_unknown(x) or _lens.is_unknown(x.shape):
            shape = (last_size(x) if self.axis == -1 else _lens.unknown("input size"),)
        else:
            shape = tuple([x.shape[axis_of(a, len(x.shape))] for a in _tuple(self.axis)])
        self._add(x, self.axis)
        self.variable("batch_stats", "mean", lambda s: zeros(None, s), shape)
        self.variable("batch_stats", "var", lambda s: ones(None, s), shape)
        return same_shape(x)


class GroupNorm(_Norm):
    num_groups: Any = 32
    group_size: Any = None
    epsilon: float = 1e-6
    dtype: Any = None
    param_dtype: Any = "float32"
    use_bias: bool = True
    use_scale: bool = True
    bias_init: Any = zeros
    scale_init: Any = ones
    reduction_axes: Any = None
    axis_name: Any = None
    axis_index_groups: Any = None
    use_fast_variance: bool = True
    force_float32_reductions: bool = True

    @compact
    def __call__(self, x, *, mask=None):
        self._add(x, -1)
        return same_shape(x)


class InstanceNorm(_Norm):
    epsilon: float = 1e-6
    dtype: Any = None
    param_dtype: Any = "float32"
    use_bias: bool = True
    use_scale: bool = True
    bias_init: Any = zeros
    scale_init: Any = ones
    feature_axes: Any = -1
    axis_name: Any = None
    axis_index_groups: Any = None
    use_fast_variance: bool = True
    force_float32_reductions: bool = True

    @compact
    def __call__(self, x, *, mask=None):
        self._add(x, self.feature_axes)
        return same_shape(x)


class SpectralNorm(Module):
    layer_instance: Any
    n_steps: int = 1
    epsilon: float = 1e-12
    dtype: Any = None
    param_dtype: Any = "float32"
    error_on_non_matrix: bool = False
    collection_name: str = "batch_stats"

    @compact
    def __call__(self, *args, update_stats=False, **kwargs):
        out = self.layer_instance(*args, **kwargs)
        inner = self.layer_instance
        for path, value in list(inner.scope.store.get("params", {}).items()):
            if path[: len(inner.scope.path)] == inner.scope.path and len(value.shape) > 1:
                name = "/".join((inner.name,) + path[len(inner.scope.path) :])
                self.variable(self.collection_name, name + "/u", _unit_vector, value.shape[-1])
                self.variable(self.collection_name, name + "/sigma", lambda: ones(None, ()))
        return out


def _unit_vector(size):
    return initializers.normal(1.0)(None, (1, size))


class WeightNorm(Module):
    layer_instance: Any
    epsilon: float = 1e-12
    dtype: Any = None
    param_dtype: Any = "float32"
    use_scale: bool = True
    scale_init: Any = ones
    feature_axes: Any = -1
    variable_filter: Any = ("kernel",)

    @compact
    def __call__(self, *args, **kwargs):
        out = self.layer_instance(*args, **kwargs)
        inner = self.layer_instance
        for path, value in list(inner.scope.store.get("params", {}).items()):
            own = path[: len(inner.scope.path)] == inner.scope.path
            if own and path[-1] in self.variable_filter and self.use_scale and self.feature_axes is not None:
                name = "/".join((inner.name,) + path[len(inner.scope.path) :])
                shape = tuple([value.shape[a] for a in _tuple(self.feature_axes)])
                self.param(name + "/scale", self.scale_init, shape)
        return out


class Dropout(Module):
    rate: float
    broadcast_dims: Any = ()
    deterministic: Any = None
    rng_collection: str = "dropout"

    @compact
    def __call__(self, inputs, deterministic=None, rng=None):
        return same_shape(inputs)


class PReLU(Module):
    param_dtype: Any = "float32"
    negative_slope_init: float = 0.01

    @compact
    def __call__(self, inputs):
        slope = self.negative_slope_init
        self.param("negative_slope", lambda key: initializers.constant(slope)(key, ()))
        return same_shape(inputs)


class Sequential(Module):
    layers: Any

    def __call__(self, *args, **kwargs):
        out = None
        for i, layer in enumerate(self.layers):
            if i == 0:
                out = layer(*args, **kwargs)
            elif isinstance(out, tuple):
                out = layer(*out)
            elif isinstance(out, dict):
                out = layer(**out)
            else:
                out = layer(out)
        return out


# ── attention ──


class MultiHeadDotProductAttention(Module):
    num_heads: int
    dtype: Any = None
    param_dtype: Any = "float32"
    qkv_features: Any = None
    out_features: Any = None
    broadcast_dropout: bool = True
    dropout_rate: float = 0.0
    deterministic: Any = None
    precision: Any = None
    kernel_init: Any = default_kernel_init
    out_kernel_init: Any = None
    bias_init: Any = zeros
    out_bias_init: Any = None
    use_bias: bool = True
    attention_fn: Any = None
    decode: bool = False
    normalize_qk: bool = False
    force_fp32_for_softmax: bool = False
    qkv_dot_general: Any = None
    out_dot_general: Any = None
    qkv_dot_general_cls: Any = None
    out_dot_general_cls: Any = None
    qk_attn_weights_einsum_cls: Any = None
    attn_weights_value_einsum_cls: Any = None

    @compact
    def __call__(self, inputs_q, inputs_k=None, inputs_v=None, *, inputs_kv=None, mask=None, **kwargs):
        if inputs_kv is not None:
            inputs_k = inputs_v = inputs_kv
        if inputs_k is None:
            inputs_k = inputs_q
        if inputs_v is None:
            inputs_v = inputs_k
        last = last_size(inputs_q)
        width = last if _lens.certain(self.qkv_features is None) else self.qkv_features
        heads = (self.num_heads, width // self.num_heads)
        projected = []
        for name, x in (("query", inputs_q), ("key", inputs_k), ("value", inputs_v)):
            x = self._dense(heads, -1, (last_size(x),), self.kernel_init, self.bias_init, name)(x)
            if self.normalize_qk and name != "value":
                LayerNorm(name=name + "_ln", use_bias=False)(x)
            projected.append(x)
        attended = same_shape(projected[0])
        _lens.flow("_attention", projected, attended)
        out_init = self.out_kernel_init or self.kernel_init
        out_bias = self.out_bias_init or self.bias_init
        out = last if _lens.certain(self.out_features is None) else self.out_features
        return self._dense((out,), (-2, -1), heads, out_init, out_bias, "out")(attended)

    def _dense(self, features, axis, ends, kernel_init, bias_init, name):
        layer = DenseGeneral(
            features, axis=axis, use_bias=self.use_bias, kernel_init=kernel_init, bias_init=bias_init, name=name
        )
        object.__setattr__(layer, "_site", self._site)
        object.__setattr__(layer, "_ends", ends)
        return layer


class MultiHeadAttention(MultiHeadDotProductAttention):
    pass


class SelfAttention(MultiHeadDotProductAttention):
    @compact
    def __call__(self, inputs_q, mask=None, deterministic=None, **kwargs):
        return MultiHeadDotProductAttention.__call__(self, inputs_q)


# ── recurrence ──


class _Part(Module):
    """One dense map of a cell, with the cell's own initializers."""

    features: int
    use_bias: bool = True
    kernel_init: Any = default_kernel_init
    bias_init: Any = zeros

    @compact
    def __call__(self, inputs):
        self.param("kernel", self.kernel_init, (last_size(inputs), self.features))
        if self.use_bias:
            self.param("bias", self.bias_init, (self.features,))
        return with_last(inputs, self.features)


class _InitializeCarry:
    """A cell's first carry, for the shape of an input. Before Flax 0.7 the class was asked, for a batch's and a size."""

    def __get__(self, cell, cls):
        def initialize_carry(rng, shape, size=None, *args):
            if _lens.is_unknown(shape):
                return _lens.unknown("the first carry of an unknown input")
            if size is None:
                shape, size = shape[:-1], cell.features
            one = zeros(None, tuple(shape) + (size,))
            return (one, one) if cls._carries == 2 else one

        return initialize_carry


class RNNCellBase(Module):
    initialize_carry = _InitializeCarry()

    @property
    def num_feature_axes(self):
        return 1

    _carries = 1

    def _parts(self, inputs, hidden, ins, outs):
        """Dense maps of the input and of the hidden state: (name, has a bias, initial bias)."""
        for name, bias, init in ins:
            self._one(name, bias, self.kernel_init, init)(inputs)
        for name, bias, init in outs:
            self._one(name, bias, self.recurrent_kernel_init, init, "recurrent_kernel_init")(hidden)
        return make([inputs], _cell_shape(inputs, self._hidden_features), inputs._dtype)

    def _hidden(self, carry, inputs):
        """The hidden state before this step; its size is what counts, whatever `features` says."""
        h = carry[1] if isinstance(carry, (tuple, list)) and len(carry) == 2 else carry
        features = self.features
        if _lens.certain(features is None):
            features = _lens.called(_lens.unknown("the size of an unknown carry"), "carry.shape[-1]")
        if isinstance(h, Array) and not _lens.is_unknown(h.shape):
            given = h.shape[-1]
            features = features if _lens.is_unknown(given) else given
        object.__setattr__(self, "_hidden_features", features)
        return make([inputs], _cell_shape(inputs, features), "float32")

    def _one(self, name, bias, kernel_init, bias_init, field="kernel_init"):
        part = _Part(self._hidden_features, bias, kernel_init, bias_init, name=name)
        table = type(self)._field_table
        defaults = {"kernel": table[field]}
        for name in table:
            if bias and name.endswith("bias_init") and getattr(self, name) is bias_init:
                defaults["bias"] = table[name]
        object.__setattr__(part, "_defaults", defaults)
        object.__setattr__(part, "_site", self._site)
        return part


def _cell_shape(inputs, features):
    return _lens.ending_with(features) if _lens.is_unknown(inputs) else resized(inputs.shape, features)


class LSTMCell(RNNCellBase):
    features: int = None  # before Flax 0.7 the size of the carry said it
    gate_fn: Any = sigmoid
    activation_fn: Any = tanh
    kernel_init: Any = default_kernel_init
    recurrent_kernel_init: Any = orthogonal_init
    bias_init: Any = zeros
    dtype: Any = None
    param_dtype: Any = "float32"
    carry_init: Any = zeros

    _carries = 2

    @compact
    def __call__(self, carry, inputs):
        hidden = self._hidden(carry, inputs)
        ins = [(n, False, self.bias_init) for n in ("ii", "if", "ig", "io")]
        outs = [(n, True, self.bias_init) for n in ("hi", "hf", "hg", "ho")]
        h = self._parts(inputs, hidden, ins, outs)
        return (h, h), h


class OptimizedLSTMCell(LSTMCell):
    pass


class GRUCell(RNNCellBase):
    features: int = None  # before Flax 0.7 the size of the carry said it
    gate_fn: Any = sigmoid
    activation_fn: Any = tanh
    kernel_init: Any = default_kernel_init
    recurrent_kernel_init: Any = orthogonal_init
    bias_init: Any = zeros
    dtype: Any = None
    param_dtype: Any = "float32"
    carry_init: Any = zeros

    @compact
    def __call__(self, carry, inputs):
        hidden = self._hidden(carry, inputs)
        ins = [(n, True, self.bias_init) for n in ("ir", "iz", "in")]
        outs = [("hr", False, None), ("hz", False, None), ("hn", True, self.bias_init)]
        h = self._parts(inputs, hidden, ins, outs)
        return h, h


class MGUCell(RNNCellBase):
    features: int = None  # before Flax 0.7 the size of the carry said it
    gate_fn: Any = sigmoid
    activation_fn: Any = tanh
    kernel_init: Any = default_kernel_init
    recurrent_kernel_init: Any = orthogonal_init
    forget_bias_init: Any = ones
    activation_bias_init: Any = zeros
    dtype: Any = None
    param_dtype: Any = "float32"
    carry_init: Any = zeros
    reset_gate: bool = True

    @compact
    def __call__(self, carry, inputs):
        hidden = self._hidden(carry, inputs)
        ins = [("if", True, self.forget_bias_init), ("in", True, self.activation_bias_init)]
        outs = [("hf", False, None), ("hn", self.reset_gate, self.activation_bias_init)]
        h = self._parts(inputs, hidden, ins, outs)
        return h, h


class SimpleCell(RNNCellBase):
    features: int = None  # before Flax 0.7 the size of the carry said it
    activation_fn: Any = tanh
    kernel_init: Any = default_kernel_init
    recurrent_kernel_init: Any = orthogonal_init
    bias_init: Any = zeros
    dtype: Any = None
    param_dtype: Any = "float32"
    carry_init: Any = zeros
    residual: bool = False

    @compact
    def __call__(self, carry, inputs):
        hidden = self._hidden(carry, inputs)
        h = self._parts(inputs, hidden, [("i", True, self.bias_init)], [("h", False, None)])
        return h, h


class ConvLSTMCell(RNNCellBase):
    features: int
    kernel_size: Any
    strides: Any = None
    padding: Any = "SAME"
    use_bias: bool = True
    dtype: Any = None
    param_dtype: Any = "float32"
    carry_init: Any = zeros

    _carries = 2

    @compact
    def __call__(self, carry, inputs):
        hidden = self._hidden(carry, inputs)
        for name, x in (("ih", inputs), ("hh", hidden)):
            Conv(4 * self.features, self.kernel_size, strides=self.strides or 1, padding=self.padding,
                 use_bias=self.use_bias, name=name)(x)  # fmt: skip
        return (hidden, hidden), hidden


class RNN(Module):
    cell: Any
    time_major: bool = False
    return_carry: bool = False
    reverse: bool = False
    keep_order: bool = False
    unroll: int = 1
    variable_axes: Any = ()
    variable_broadcast: Any = "params"
    variable_carry: Any = False
    split_rngs: Any = ()

    def __call__(self, inputs, *, initial_carry=None, init_key=None, seq_lengths=None, **kwargs):
        axis = 0 if self.time_major else 1
        shape = inputs.shape
        step = shape if _lens.is_unknown(shape) else tuple([d for i, d in enumerate(shape) if i != axis])
        if initial_carry is None and hasattr(self.cell, "initialize_carry"):
            initial_carry = self.cell.initialize_carry(init_key, step)
        carry, out = self.cell(initial_carry, make([inputs], step, inputs._dtype))
        result = out if _lens.is_unknown(shape) else _timed(out, shape, axis)
        asked = kwargs.get("return_carry")
        return (carry, result) if (self.return_carry if asked is None else asked) else result


def _timed(out, shape, axis):
    """The output of one step, with the steps' axis; an output of several arrays is mapped."""
    if not isinstance(out, Array):
        return tree_map(lambda x: _timed(x, shape, axis) if isinstance(x, Array) else x, out)
    sizes = list(out.shape)
    sizes.insert(axis, shape[axis])
    return make([out], tuple(sizes), out._dtype)


class Bidirectional(Module):
    forward_rnn: Any
    backward_rnn: Any
    merge_fn: Any = None
    time_major: bool = False
    return_carry: bool = False

    def __call__(self, inputs, **kwargs):
        forward = self.forward_rnn(inputs)
        backward = self.backward_rnn(inputs)
        if self.merge_fn is not None:
            return self.merge_fn(forward, backward)
        if _lens.is_unknown(forward):
            return forward
        return with_last(forward, forward.shape[-1] + backward.shape[-1])
