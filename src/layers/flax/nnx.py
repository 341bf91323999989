"""flax.nnx: modules whose variables exist as soon as they are made."""

import _lens
from _arrays.core import Array, as_array, dims, extended, make, product, resized, size_of
from _arrays.elementwise import binary, same_shape
from _arrays.products import contracted
from _arrays.shaping import axis_of
from _flax.conv import conv_shape, conv_transpose_shape, sizes_of
from _flax.linen import (
    default_embed_init, default_kernel_init, flattened, ones, orthogonal_init, zeros,
)  # fmt: skip
from _jax.array import JaxArray, jax_array
from _jax.opened import open_array, shaped, with_last
from jax.nn import initializers
from jax.random import PRNGKey, first_key


class Variable(JaxArray):
    """A box around a value; it acts as the value in computations."""

    _rank = 2

    def __init__(self, value=None, **metadata):
        if isinstance(value, Array):
            value = jax_array(value)
            JaxArray.__init__(self, value.shape, value._dtype, value.law)
            self._fan_axes = getattr(value, "_fan_axes", None)
            self._drawn_shape = getattr(value, "_drawn_shape", None)
        else:
            JaxArray.__init__(self, getattr(value, "shape", ()), "float32")
            self._plain = value
        self.default_law = getattr(value, "default_law", None) or self.law
        self._name = getattr(value, "_name", "")
        self.owner = getattr(value, "owner", None)
        self.site = getattr(value, "site", None) or _lens.site()
        _lens.created(self, "variable")

    @classmethod
    def _result(cls, parents, shape, dtype, law, data):
        return JaxArray._result(parents, shape, dtype, None, data)

    @property
    def value(self):
        plain = getattr(self, "_plain", None)
        return JaxArray._result([], self.shape, self._dtype, self.law, None) if plain is None else plain

    @value.setter
    def value(self, value):
        self.law = getattr(value, "law", None)
        if isinstance(value, Array):
            self.shape = value.shape

    def get_value(self):
        return self.value

    def set_value(self, value):
        self.value = value

    def __setitem__(self, index, value):
        if index is Ellipsis:
            self.value = value
        else:
            self.law = None

    @property
    def type(self):
        return type(self)


def _kind(name):
    return type(name, (Variable,), {})


class Param(Variable):
    pass


class BatchStat(Variable):
    pass


Cache, Intermediate, RngState, RngKey, RngCount = [
    _kind(n) for n in ("Cache", "Intermediate", "RngState", "RngKey", "RngCount")
]
LoRAParam, Metric, OptState, Perturbation = [_kind(n) for n in ("LoRAParam", "Metric", "OptState", "Perturbation")]
VariableState = Variable


class Rngs:
    """Streams of keys. Those of one seed give the layer that is drawn with them first the same values."""

    _first = None  # the layer that took the first keys

    def __init__(self, default=None, **streams):
        self._streams = streams
        self._seed = streams.get("params", default)

    def _key(self, layer, name):
        """The key of a weight of the first layer; None for those after it."""
        if self._first is None:
            self._first = layer
        if self._first is not layer or _lens.certain(self._seed is None) or len(_making) < 2:
            return None
        return first_key(self._seed, "%s of #%s" % (name, _lens.identity(_making[-2])))

    def __call__(self, *args):
        return PRNGKey(_lens.unknown("the next key of a stream"))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, name):
        return self

    def fork(self, *args, **kwargs):
        return Rngs()


RngStream = Rngs

_making = []  # a mark for each module whose constructor runs, innermost last


class _ModuleMeta(type):
    def __call__(cls, *args, **kwargs):
        _making.append(object())
        try:
            return type.__call__(cls, *args, **kwargs)
        finally:
            _making.pop()


def _seen(call):
    """A layer's call, seen by the flow through a model."""

    def run(self, *args, **kwargs):
        out = call(self, *args, **kwargs)
        self._ran = True
        _lens.flow_layer(self, list(args), [out])
        return out

    run.__wrapped__ = call
    return run


class Module(metaclass=_ModuleMeta):
    """Its variables are found through its attributes."""

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        object.__setattr__(self, "_site", _lens.site())
        object.__setattr__(self, "_rngs", kwargs.get("rngs"))
        _lens.created(self, "layer")
        return self

    def __init_subclass__(cls, **kwargs):
        if cls.__module__ == "_flax.nnx" and "__call__" in cls.__dict__:
            cls.__call__ = _seen(cls.__call__)

    def _param(self, init, shape, name, kind=Param, flat=None, default=None):
        """A variable drawn now, with a note of what this layer draws by default."""
        key = self._rngs._key(self, name) if isinstance(self._rngs, Rngs) else None
        value = flattened(init, shape, flat)(key) if flat is not None else init(key, shape)
        variable = kind(value)
        if not isinstance(value, Array):
            return variable
        variable.owner, variable.site, variable._name = self, self._site, name
        default = self._default_inits.get(name) if default is None else default
        if default is not None and default is not init:
            variable.default_law = default(None, flat or shape).law
        return variable

    _default_inits = {}

    def train(self, *args, **kwargs):
        return None

    eval = set_attributes = set_mode = train

    def sow(self, *args, **kwargs):
        return False

    def perturb(self, name, value, *args, **kwargs):
        return value

    def iter_modules(self):
        return iter_modules(self)

    def __hash__(self):
        return id(self)


Object = Pytree = Module


def children(node):
    """Attributes, or the entries of a list or dictionary, in the order nnx sorts them."""
    if _lens.is_unknown(node):
        return []
    if isinstance(node, (list, tuple)):
        return list(enumerate(node))
    if isinstance(node, dict):
        return sorted(node.items(), key=lambda pair: str(pair[0]))
    if isinstance(node, (List, Sequential)):
        return _attributes(node)
    if isinstance(node, Module):
        return _attributes(node)
    return []


def _attributes(node):
    names = sorted([n for n in node.__dict__ if n not in ("_site", "_ran")])
    if isinstance(node, List):
        return list(enumerate(node._items))
    return [(n, node.__dict__[n]) for n in names]


def leaves(node, path=(), seen=None):
    """(path, variable) of everything below, each variable once."""
    seen = {} if seen is None else seen
    if _lens.is_unknown(node):
        return []
    if isinstance(node, Variable):
        if id(node) in seen:
            return []
        seen[id(node)] = True
        return [(path, node)]
    if isinstance(node, (Module, list, tuple, dict)):
        if id(node) in seen:
            return []
        seen[id(node)] = True
        return [leaf for name, child in children(node) for leaf in leaves(child, path + (name,), seen)]
    return []


def iter_modules(node, path=()):
    found = []
    for name, child in children(node):
        if not _lens.is_unknown(child) and isinstance(child, (Module, list, tuple, dict)):
            found = found + iter_modules(child, path + (name,))
    return found + ([(path, node)] if isinstance(node, Module) else [])


iter_graph = iter_modules


class State(dict):
    """A nested dictionary of variables, also read by attribute."""

    def __getattr__(self, name):
        if name in self:
            return self[name]
        raise AttributeError(name)

    def flat_state(self):
        return to_flat_state(self)

    def to_pure_dict(self):
        return self


def _wanted(variable, path, filters):
    if not filters:
        return True
    kind = filters[0]
    return kind is Ellipsis or kind is True or (isinstance(kind, type) and isinstance(variable, kind))


def state(node, *filters):
    def one(kinds):
        out = State()
        for path, variable in leaves(node):
            if _wanted(variable, path, kinds):
                place = out
                for name in path[:-1]:
                    place = place.setdefault(name, State())
                if path:
                    place[path[-1]] = variable
        return out

    if len(filters) > 1:
        return tuple([one((f,)) for f in filters])
    return one(filters)


variables = state


class GraphDef:
    def __init__(self, node):
        self._node = node


graphdef = GraphDef


def split(node, *filters):
    states = state(node, *filters)
    return (GraphDef(node),) + (states if isinstance(states, tuple) else (states,))


def merge(graph, *states):
    return graph._node


def update(node, *states):
    return None


def clone(node, *args):
    return node


def to_flat_state(tree):
    out = []

    def walk(value, path):
        if isinstance(value, dict):
            for name in value:
                walk(value[name], path + (name,))
        else:
            out.append((path, value))

    walk(tree, ())
    return out


def eval_shape(function, *args, **kwargs):
    return function(*args, **kwargs)


def jit(function=None, *args, **kwargs):
    return function if function is not None else (lambda f: f)


remat = checkpoint = jit


def grad(function, *args, **kwargs):
    return lambda model, *a, **k: state(model, Param)


def value_and_grad(function, *args, **kwargs):
    return lambda model, *a, **k: (function(model, *a, **k), state(model, Param))


def _stack_variables(node, size, axis):
    """What a mapped constructor gives: every variable with one axis more."""
    for _, variable in leaves(node):
        if not _lens.is_unknown(variable.shape):
            shape = list(variable.shape)
            shape.insert(axis, size)
            if variable._drawn_shape is None:
                variable._drawn_shape = variable.shape
            variable.shape = tuple(shape)
    return node


def _first_size(args, places):
    for value, place in zip(args, places):
        if isinstance(place, int) and isinstance(value, Array):
            return value.shape[place]
    return _lens.unknown("size of a mapped axis")


def vmap(function=None, *, in_axes=0, out_axes=0, axis_size=None, **kwargs):
    if function is None:
        return lambda f: vmap(f, in_axes=in_axes, out_axes=out_axes, axis_size=axis_size)

    def mapped(*args):
        places = list(in_axes) if isinstance(in_axes, (tuple, list)) else [in_axes] * len(args)
        size = axis_size if axis_size is not None else _first_size(args, places)
        inner = [_without_axis(a, p) for a, p in zip(args, places)]
        out = function(*inner)
        axis = out_axes if isinstance(out_axes, int) else 0
        if isinstance(out, Module):
            return _stack_variables(out, size, axis)
        return make([out], (size,) + tuple(out.shape), out._dtype) if isinstance(out, Array) else out

    return mapped


def _without_axis(value, place):
    if isinstance(value, Array) and isinstance(place, int):
        kept = tuple([d for i, d in enumerate(value.shape) if i != place % len(value.shape)])
        return make([value], kept, value._dtype, value.law)
    return value


def split_rngs(*args, **kwargs):
    if args and callable(args[0]) and not isinstance(args[0], Rngs):
        return args[0]
    return lambda f: f


def scan(function=None, **kwargs):
    def run(*args):
        return _lens.unknown("result of a scan")

    return run if function is not None else (lambda f: run)


class List(Module):
    def __init__(self, items=None):
        self._items = list(items or [])

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def __getitem__(self, i):
        return self._items[i]

    def __setitem__(self, i, value):
        self._items[i] = value

    def append(self, item):
        self._items.append(item)

    def extend(self, items):
        self._items.extend(items)


class Dict(Module):
    def __init__(self, *args, **kwargs):
        for name, value in dict(*args, **kwargs).items():
            setattr(self, name, value)

    def __getitem__(self, name):
        return getattr(self, name)

    def __setitem__(self, name, value):
        setattr(self, name, value)

    def items(self):
        return [(n, v) for n, v in self.__dict__.items() if n != "_site"]


class Sequential(Module):
    def __init__(self, *fns):
        self.layers = list(fns)

    def __call__(self, *args, **kwargs):
        out = None
        for i, layer in enumerate(self.layers):
            if i == 0:
                out = layer(*args, **kwargs)
            else:
                out = layer(*out) if isinstance(out, tuple) else layer(out)
        return out


# ── layers ──


def _tuple(x):
    return tuple(x) if isinstance(x, (list, tuple)) else (x,)


class _Kernel(Module):
    _default_inits = {"kernel": default_kernel_init, "bias": zeros, "scale": ones, "embedding": default_embed_init}


class Linear(_Kernel):
    def __init__(
        self, in_features, out_features, *, use_bias=True, kernel_init=default_kernel_init, bias_init=zeros,
        rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.out_features, self.use_bias = in_features, out_features, use_bias
        default = kwargs.get("default_kernel_init")
        self.kernel = self._param(kernel_init, (in_features, out_features), "kernel", Param, None, default)
        self.bias = self._param(bias_init, (out_features,), "bias") if use_bias else None

    def __call__(self, inputs):
        return with_last(inputs, self.out_features)


class LinearGeneral(_Kernel):
    def __init__(
        self, in_features, out_features, *, axis=-1, batch_axis=None, use_bias=True, kernel_init=default_kernel_init,
        bias_init=zeros, rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.out_features = _tuple(in_features), _tuple(out_features)
        self.axis, self.batch_axis = _tuple(axis), batch_axis or {}
        batch = tuple(self.batch_axis.values())
        wide = product(self.out_features)
        flat = (product(batch) * product(self.in_features), wide)
        shape = batch + self.in_features + self.out_features
        self.kernel = self._param(kernel_init, shape, "kernel", Param, flat)
        bias_shape = batch + self.out_features
        self.bias = self._param(bias_init, bias_shape, "bias", Param, batch + (wide,)) if use_bias else None

    def __call__(self, inputs):
        shape = inputs.shape
        if _lens.is_unknown(shape):
            return make([inputs], _lens.ending_with(self.out_features[-1]), inputs._dtype)
        axes = [axis_of(a, len(shape)) for a in self.axis]
        kept = tuple([d for i, d in enumerate(shape) if i not in axes])
        return make([inputs], kept + self.out_features, inputs._dtype)


class Einsum(_Kernel):
    def __init__(
        self, einsum_str, kernel_shape, bias_shape=None, *, kernel_init=default_kernel_init, bias_init=zeros,
        rngs=None, **kwargs,
    ):  # fmt: skip
        self.einsum_str, self.kernel_shape, self.bias_shape = einsum_str, tuple(kernel_shape), bias_shape
        self.kernel = self._param(kernel_init, self.kernel_shape, "kernel")
        self.bias = None if bias_shape is None else self._param(bias_init, size_of(bias_shape), "bias")

    def __call__(self, inputs, einsum_str=None):
        equation = einsum_str or self.einsum_str
        return contracted(equation, inputs, self.kernel.value)


class Conv(_Kernel):
    def __init__(
        self, in_features, out_features, kernel_size, strides=1, *, padding="SAME", input_dilation=1,
        kernel_dilation=1, feature_group_count=1, use_bias=True, kernel_init=default_kernel_init, bias_init=zeros,
        rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.out_features = in_features, out_features
        self.kernel_size, self.strides, self.padding = sizes_of(kernel_size), strides, padding
        self.kernel_dilation, self.feature_group_count = kernel_dilation, feature_group_count
        shape = self.kernel_size + (in_features // feature_group_count, out_features)
        self.kernel = self._param(kernel_init, shape, "kernel")
        self.bias = self._param(bias_init, (out_features,), "bias") if use_bias else None

    def __call__(self, inputs):
        out = conv_shape(
            inputs.shape, self.kernel_size, self.strides, self.padding, self.kernel_dilation, self.out_features
        )
        return shaped(inputs, out, self.out_features)


class ConvTranspose(_Kernel):
    def __init__(
        self, in_features, out_features, kernel_size, strides=None, *, padding="SAME", kernel_dilation=None,
        use_bias=True, kernel_init=default_kernel_init, bias_init=zeros, transpose_kernel=False, rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.out_features = in_features, out_features
        self.kernel_size, self.strides, self.padding = sizes_of(kernel_size), strides, padding
        self.kernel_dilation, self.transpose_kernel = kernel_dilation, transpose_kernel
        ends = (out_features, in_features) if transpose_kernel else (in_features, out_features)
        self.kernel = self._param(kernel_init, self.kernel_size + ends, "kernel")
        self.bias = self._param(bias_init, (out_features,), "bias") if use_bias else None

    def __call__(self, inputs):
        out = conv_transpose_shape(
            inputs.shape, self.kernel_size, self.strides, self.padding, self.kernel_dilation, self.out_features
        )
        return shaped(inputs, out, self.out_features)


class Embed(_Kernel):
    def __init__(self, num_embeddings, features, *, embedding_init=default_embed_init, rngs=None, **kwargs):
        self.num_embeddings, self.features = num_embeddings, features
        self.embedding = self._param(embedding_init, (num_embeddings, features), "embedding")

    def __call__(self, inputs):
        inputs = as_array(inputs)
        return make([inputs], extended(inputs.shape, self.features), "float32")

    def attend(self, query):
        return with_last(query, self.num_embeddings)


class _Norm(_Kernel):
    def __init__(
        self, num_features, *, use_bias=True, use_scale=True, bias_init=zeros, scale_init=ones, rngs=None, **kwargs
    ):
        self.num_features = num_features
        self.scale = self._param(scale_init, (num_features,), "scale") if use_scale else None
        self.bias = self._param(bias_init, (num_features,), "bias") if use_bias else None

    def __call__(self, x, *args, **kwargs):
        return same_shape(x)


class LayerNorm(_Norm):
    pass


class RMSNorm(_Norm):
    def __init__(self, num_features, *, use_scale=True, scale_init=ones, rngs=None, **kwargs):
        super().__init__(num_features, use_bias=False, use_scale=use_scale, scale_init=scale_init)


class InstanceNorm(_Norm):
    pass


class GroupNorm(_Norm):
    def __init__(self, num_features, num_groups=32, group_size=None, **kwargs):
        super().__init__(num_features, **kwargs)


class BatchNorm(_Norm):
    def __init__(self, num_features, **kwargs):
        super().__init__(num_features, **kwargs)
        self.mean = self._param(zeros, (num_features,), "mean", BatchStat)
        self.var = self._param(ones, (num_features,), "var", BatchStat)


class Dropout(Module):
    def __init__(self, rate, **kwargs):
        self.rate = rate

    def __call__(self, inputs, *args, **kwargs):
        return same_shape(inputs)


class PReLU(Module):
    def __init__(self, negative_slope_init=0.01, **kwargs):
        self.negative_slope = self._param(initializers.constant(negative_slope_init), (), "negative_slope")

    def __call__(self, inputs):
        return same_shape(inputs)


class MultiHeadAttention(Module):
    def __init__(
        self, num_heads, in_features, qkv_features=None, out_features=None, num_kv_heads=None, in_kv_features=None,
        *, kernel_init=default_kernel_init, out_kernel_init=None, bias_init=zeros, out_bias_init=None, use_bias=True,
        normalize_qk=False, rngs=None, **kwargs,
    ):  # fmt: skip
        self.num_heads, self.in_features = num_heads, in_features
        self.qkv_features = in_features if _lens.certain(qkv_features is None) else qkv_features
        self.out_features = in_features if _lens.certain(out_features is None) else out_features
        width = self.qkv_features // num_heads
        few = num_heads if _lens.certain(num_kv_heads is None) else num_kv_heads
        source = in_features if _lens.certain(in_kv_features is None) else in_kv_features
        inits = {"kernel_init": kernel_init, "bias_init": bias_init, "use_bias": use_bias}
        self.query = self._part("query", LinearGeneral((in_features,), (num_heads, width), **inits))
        self.key = self._part("key", LinearGeneral((source,), (few, width), **inits))
        self.value = self._part("value", LinearGeneral((source,), (few, width), **inits))
        self.query_ln = self._part("query_ln", LayerNorm(width, use_bias=False)) if normalize_qk else None
        self.key_ln = self._part("key_ln", LayerNorm(width, use_bias=False)) if normalize_qk else None
        self.out = self._part("out", LinearGeneral(
            (num_heads, width), (self.out_features,), axis=(-2, -1), kernel_init=out_kernel_init or kernel_init,
            bias_init=out_bias_init or bias_init, use_bias=use_bias,
        ))  # fmt: skip

    def _part(self, name, layer):
        """A layer inside: it is reported where this one is made."""
        object.__setattr__(layer, "_site", self._site)
        for _, weight in leaves(layer):
            weight.site, weight._path = self._site, (name, weight._name)
        return layer

    def __call__(self, inputs_q, inputs_k=None, inputs_v=None, **kwargs):
        inputs_k = inputs_q if inputs_k is None else inputs_k
        inputs_v = inputs_k if inputs_v is None else inputs_v
        projected = [self.query(inputs_q), self.key(inputs_k), self.value(inputs_v)]
        attended = same_shape(projected[0])
        _lens.flow("_attention", projected, attended)
        return self.out(attended)


class RNNCellBase(Module):
    def initialize_carry(self, input_shape, *args, **kwargs):
        return JaxArray._result([], tuple(input_shape[:-1]) + (self.hidden_features,), "float32", None, None)

    def __call__(self, carry, inputs):
        h = with_last(inputs, self.hidden_features)
        return (h, h), h


def _linear(into, out, use_bias, kernel_init, bias_init, default=None):
    return Linear(
        into, out, use_bias=use_bias, kernel_init=kernel_init, bias_init=bias_init, default_kernel_init=default
    )


class LSTMCell(RNNCellBase):
    def __init__(
        self, in_features, hidden_features, *, kernel_init=default_kernel_init, recurrent_kernel_init=orthogonal_init,
        bias_init=zeros, rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.hidden_features = in_features, hidden_features
        for gate in ("ii", "if_", "ig", "io"):
            setattr(self, gate, _linear(in_features, hidden_features, False, kernel_init, bias_init))
        for gate in ("hi", "hf", "hg", "ho"):
            setattr(self, gate, _linear(hidden_features, hidden_features, True, recurrent_kernel_init, bias_init, orthogonal_init))


class OptimizedLSTMCell(RNNCellBase):
    def __init__(
        self, in_features, hidden_features, *, kernel_init=default_kernel_init, recurrent_kernel_init=orthogonal_init,
        bias_init=zeros, rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.hidden_features = in_features, hidden_features
        wide = 4 * hidden_features
        self.dense_i = _linear(in_features, wide, False, kernel_init, bias_init)
        self.dense_h = _linear(hidden_features, wide, True, recurrent_kernel_init, bias_init, orthogonal_init)


class GRUCell(RNNCellBase):
    def __init__(
        self, in_features, hidden_features, *, kernel_init=default_kernel_init, recurrent_kernel_init=orthogonal_init,
        bias_init=zeros, rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.hidden_features = in_features, hidden_features
        wide = 3 * hidden_features
        self.dense_i = _linear(in_features, wide, True, kernel_init, bias_init)
        self.dense_h = _linear(hidden_features, wide, False, recurrent_kernel_init, bias_init, orthogonal_init)


class SimpleCell(RNNCellBase):
    def __init__(
        self, in_features, hidden_features, *, kernel_init=default_kernel_init, recurrent_kernel_init=orthogonal_init,
        bias_init=zeros, rngs=None, **kwargs,
    ):  # fmt: skip
        self.in_features, self.hidden_features = in_features, hidden_features
        self.dense_i = _linear(in_features, hidden_features, True, kernel_init, bias_init)
        self.dense_h = _linear(hidden_features, hidden_features, False, recurrent_kernel_init, bias_init, orthogonal_init)


class RNN(Module):
    def __init__(self, cell, *, time_major=False, return_carry=False, **kwargs):
        self.cell, self.return_carry = cell, return_carry

    def __call__(self, inputs, **kwargs):
        out = with_last(inputs, self.cell.hidden_features)
        return (out, out) if self.return_carry else out


class Bidirectional(Module):
    def __init__(self, forward_rnn, backward_rnn, **kwargs):
        self.forward_rnn, self.backward_rnn = forward_rnn, backward_rnn

    def __call__(self, inputs, **kwargs):
        forward, backward = self.forward_rnn(inputs), self.backward_rnn(inputs)
        return with_last(inputs, forward.shape[-1] + backward.shape[-1])


class LoRA(Module):
    def __init__(
        self, in_features, lora_rank, out_features, *, base_module=None,
        a_initializer=initializers.he_uniform(), b_initializer=zeros, rngs=None, **kwargs,
    ):  # fmt: skip
        self.lora_a = self._param(a_initializer, (in_features, lora_rank), "lora_a", LoRAParam)
        self.lora_b = self._param(b_initializer, (lora_rank, out_features), "lora_b", LoRAParam)
        self.base_module, self.out_features = base_module, out_features

    def __call__(self, inputs):
        return with_last(inputs, self.out_features)
