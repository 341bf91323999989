"""Attention."""

import string

import _lens
from _arrays.core import open_dims, size_of
from _keras import initializers
from _keras.core import EinsumDense
from _keras.layer import Layer, _shape_of
from _keras.simple import Dropout, Softmax
from _keras.tensors import Tensor, flatten
from _keras.openshape import last_of


def _projection(free, bound, out):
    """Equation that keeps `free` axes, sums `bound` ones and makes `out` new ones; and its bias axes."""
    letters = string.ascii_lowercase
    kept, summed = letters[:free], letters[free : free + bound]
    made = letters[free + bound : free + bound + out]
    return kept + summed + "," + summed + made + "->" + kept + made, made


class _Projections(Layer):
    """Query, key, value and output are dense layers over heads, made when the shapes are known."""

    def _run_build(self, written, args, kwargs):
        args = [_of_sequence(shape) for shape in args]
        super()._run_build(written, args, {name: _of_sequence(kwargs[name]) for name in kwargs})

    def _dense(self, name, shape, bound, sizes):
        rank = len(shape)
        equation, bias_axes = _projection(rank - bound, bound, len(sizes))
        layer = EinsumDense(
            equation, output_shape=(None,) * (rank - bound - 1) + tuple(sizes),
            bias_axes=bias_axes if self._use_bias else None, name=name,
            kernel_initializer=_fresh(self._kernel_initializer), bias_initializer=_fresh(self._bias_initializer),
        )  # fmt: skip
        layer._move_site(self._site)
        return layer

    def _built_dense(self, name, shape, bound, sizes):
        layer = self._dense(name, shape, bound, sizes)
        layer.build(shape)
        return layer

    def _result(self, query):
        shape = self.compute_output_shape(_shape_of(query))
        return Tensor._result([], open_dims(shape), query._dtype, None, None)


def _of_sequence(shape):
    """A shape nobody knows is taken for that of sequences: no weight hangs on how many axes there are."""
    return (None, None, last_of(shape)) if _lens.is_unknown(shape) else shape


def _fresh(initializer):
    """A copy, so that the axes one layer finds do not stick to the next."""
    if isinstance(initializer, initializers.Initializer):
        return type(initializer).from_config(initializer.get_config())
    return initializer


class MultiHeadAttention(_Projections):
    def __init__(
        self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None,
        attention_axes=None, sliding_window=None, flash_attention=None, kernel_initializer="glorot_uniform",
        bias_initializer="zeros", use_gate=False, **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        key_dim = _lens.size(key_dim)
        self._num_heads, self._key_dim = _lens.size(num_heads), key_dim
        self._value_dim = key_dim if _lens.certain(value_dim is None) else _lens.size(value_dim)
        self._dropout, self._use_bias, self._use_gate = dropout, use_bias, use_gate
        self._attention_axes = attention_axes
        self._output_shape = None if _lens.certain(output_shape is None) else size_of(output_shape)
        self._kernel_initializer = initializers.get(kernel_initializer)
        self._bias_initializer = initializers.get(bias_initializer)

    def _get_common_kwargs_for_sublayer(self):
        """What derived attentions give the projections that they make themselves."""
        return {
            "kernel_initializer": _fresh(self._kernel_initializer),
            "bias_initializer": _fresh(self._bias_initializer),
        }

    def _build_attention(self, rank):
        self._softmax, self._dropout_layer = Softmax(), Dropout(self._dropout)

    num_heads = property(lambda self: self._num_heads)
    key_dim = property(lambda self: self._key_dim)
    value_dim = property(lambda self: self._value_dim)

    def build(self, query_shape, value_shape=None, key_shape=None):
        value_shape = query_shape if _lens.certain(value_shape is None) else value_shape
        key_shape = value_shape if _lens.certain(key_shape is None) else key_shape
        heads = (self._num_heads, self._key_dim)
        self._query_dense = self._built_dense("query", query_shape, 1, heads)
        self._key_dense = self._built_dense("key", key_shape, 1, heads)
        if self._use_gate:
            self._gate_dense = self._built_dense("gate", query_shape, 1, (self._num_heads, self._value_dim))
        self._value_dense = self._built_dense("value", value_shape, 1, (self._num_heads, self._value_dim))
        self._softmax, self._dropout_layer = Softmax(), Dropout(self._dropout)
        last = last_of(query_shape)
        out = (last,) if _lens.certain(self._output_shape is None) else self._output_shape
        self._output_dense = self._built_dense(
            "attention_output", tuple(query_shape[:-1]) + (self._num_heads, self._value_dim), 2, out
        )
        self.built = True

    def call(
        self, query, value=None, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None,
        return_attention_scores=False, training=None, use_causal_mask=False, mask=None,
    ):  # fmt: skip
        out = self._result(query)
        if not return_attention_scores:
            return out
        if _lens.is_unknown(out.shape):
            return out, out
        lengths = (out.shape[1], value.shape[1])
        return out, Tensor._result([], (out.shape[0], self._num_heads) + lengths, "float32", None, None)

    def compute_output_shape(self, query_shape, *args):
        if _lens.is_unknown(query_shape):
            return query_shape if self._output_shape is None else _lens.ending_with(self._output_shape[-1])
        if self._output_shape is None:
            return tuple(query_shape)
        return tuple(query_shape[:-1]) + self._output_shape

    def _symbolic_outputs(self, args, kwargs):
        return self._trace(args, kwargs)


class GroupQueryAttention(_Projections):
    def __init__(
        self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, sliding_window=None,
        flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", use_gate=False, **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.head_dim, self.num_query_heads = head_dim, num_query_heads
        self.num_key_value_heads, self._use_bias, self.use_gate = num_key_value_heads, use_bias, use_gate
        self._kernel_initializer = initializers.get(kernel_initializer)
        self._bias_initializer = initializers.get(bias_initializer)

    def build(self, query_shape, value_shape=None, key_shape=None):
        value_shape = query_shape if _lens.certain(value_shape is None) else value_shape
        key_shape = value_shape if _lens.certain(key_shape is None) else key_shape
        few, many = (self.num_key_value_heads, self.head_dim), (self.num_query_heads, self.head_dim)
        self._query_dense = self._built_dense("query", query_shape, 1, many)
        self._key_dense = self._built_dense("key", key_shape, 1, few)
        if self.use_gate:
            self._gate_dense = self._built_dense("gate", query_shape, 1, many)
        self._value_dense = self._built_dense("value", value_shape, 1, few)
        self._softmax, self._dropout_layer = Softmax(), Dropout(0.0)
        last = last_of(query_shape)
        self._output_dense = self._built_dense("attention_output", (None, None) + many, 2, (last,))
        self.built = True

    def call(self, query, value=None, key=None, *args, return_attention_scores=False, **kwargs):
        out = self._result(query)
        return (out, _lens.unknown("attention scores")) if return_attention_scores else out

    def compute_output_shape(self, query_shape, *args):
        return query_shape

    def _symbolic_outputs(self, args, kwargs):
        return self._trace(args, kwargs)


GroupedQueryAttention = GroupQueryAttention


class Attention(Layer):
    """Dot-product attention over [query, value] or [query, value, key]."""

    _own_build = True
    _default_initializers = {"scale": "ones", "concat_score_weight": "ones"}

    def __init__(self, use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.use_scale, self.score_mode, self.dropout = use_scale, score_mode, dropout

    def build(self, input_shape):
        self.scale = self.concat_score_weight = None
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
        if self.score_mode == "concat":
            self.concat_score_weight = self.add_weight(name="concat_score_weight", shape=(), initializer="ones")
        self.built = True

    def call(self, inputs, mask=None, return_attention_scores=False, training=False, use_causal_mask=False):
        query, value = inputs[0], inputs[1]
        if _lens.is_unknown(query.shape) or _lens.is_unknown(value.shape):
            out = Tensor._result([], _lens.unknown("shape of an unknown input"), "float32", None, None)
        else:
            out = Tensor._result([], tuple(query.shape[:-1]) + tuple(value.shape[-1:]), "float32", None, None)
        if not return_attention_scores:
            return out
        return out, Tensor._result([], (query.shape[0], query.shape[1], value.shape[1]), "float32", None, None)


class AdditiveAttention(Attention):
    _default_initializers = {"scale": "glorot_uniform"}

    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape):
        self.scale = None
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(input_shape[0][-1],), initializer="glorot_uniform")
        self.built = True
