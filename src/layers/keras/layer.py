"""The base of all Keras layers: tracking of weights and sublayers, building, calling."""

import _lens
from _arrays.core import Array, as_array, close_dims, open_dims, size_of
from _keras import initializers
from _keras.state import auto_name, current_path, name_scope, session
from _keras.tensors import (
    KerasTensor, Node, Tensor, Variable, flatten, map_structure, shape_tuple, symbolic,
)  # fmt: skip


class TrackedList(list):
    """A list held by a layer: layers put into it later are found too."""

    def __init__(self, owner, values):
        list.__init__(self, values)
        self._owner = owner

    def append(self, value):
        list.append(self, value)
        self._owner._track(value)

    def insert(self, index, value):
        list.insert(self, index, value)
        self._owner._track(value)

    def extend(self, values):
        for value in values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self


class TrackedDict(dict):
    def __init__(self, owner, values):
        dict.__init__(self, values)
        self._owner = owner

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value)
        self._owner._track(value)

    def update(self, values):
        for key in values:
            self[key] = values[key]


# Public names of Keras's own layers and models that change no weight's first draw.
UNMODELLED = (
    "compile_from_config compute_loss compute_loss_and_updates compute_metrics enable_lora get_build_config "
    "get_compile_config get_initial_state get_metrics_result get_quantization_layer_structure get_state_tree "
    "inner_loop input_dtype jax_state_sync jit_compile make_predict_function make_test_function "
    "make_train_function metrics_names metrics_variables predict_step quantization_mode quantized_build "
    "quantized_call rematerialized_call run_eagerly set_state_tree stateless_call stateless_compute_loss "
    "symbolic_call test_step train_step variable_serialization_spec optimizer loss history compiled_loss "
    "compiled_metrics stop_training save_spec distribute_strategy"
).split()


class DTypePolicy:
    def __init__(self, name="float32"):
        name = getattr(name, "name", name) or "float32"
        self.name = name
        self.compute_dtype = name.replace("mixed_", "")
        self.variable_dtype = "float32" if name.startswith("mixed_") else name


class InputSpec:
    def __init__(self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None, **kwargs):
        self.dtype, self.shape, self.ndim = dtype, shape, ndim
        self.max_ndim, self.min_ndim, self.axes = max_ndim, min_ndim, axes or {}


def _weight_arguments(args, given):
    """Names of what `add_weight` is given by position; before Keras 3 the first is the name."""
    first_is_name = len(args) > 0 and ("shape" in given or _is_a(args[0], str))
    if first_is_name or (len(args) > 1 and _is_a(args[1], (tuple, list))):
        return ("name", "shape", "dtype", "initializer", "regularizer", "trainable", "constraint")
    return ("shape", "initializer", "dtype", "trainable", "autocast", "regularizer", "constraint")


def _is_a(value, kind):
    return not _lens.is_unknown(value) and isinstance(value, kind)


class Layer:
    _default_initializers = {}  # by weight name: what Keras uses if nobody says otherwise
    _tracks = False
    _parent_path = None
    _input_shape_arg = None
    _own_build = False  # a built-in `build` that is called with the first input's shape alone

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        set_raw = object.__setattr__
        set_raw(self, "_given", (args, kwargs))
        set_raw(self, "_variables_on", [])
        set_raw(self, "_variables_off", [])
        set_raw(self, "_layers", [])
        set_raw(self, "_losses", [])
        set_raw(self, "_inbound_nodes", [])
        set_raw(self, "built", False)
        set_raw(self, "_path", None)
        set_raw(self, "name", None)
        set_raw(self, "_site", _lens.site())
        set_raw(self, "_trainable", True)
        written = self.build

        def build(*args, **kwargs):
            return self._run_build(written, args, kwargs)

        set_raw(self, "build", build)
        set_raw(self, "_tracks", True)
        _lens.created(self, "layer")
        return self

    def __init__(
        self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs
    ):
        self.name = name if name is not None else auto_name(type(self).__name__)
        self._trainable = trainable
        self.dtype_policy = DTypePolicy(dtype or session.floatx)
        self.input_spec = None
        self.supports_masking = True
        shape = kwargs.pop("input_shape", None)
        if "input_dim" in kwargs:
            shape = (kwargs.pop("input_dim"),)
            if "input_length" in kwargs:
                shape = (kwargs.pop("input_length"),) + shape
        batch = kwargs.pop("batch_input_shape", None)
        if _lens.is_unknown(batch) or batch is not None:
            shape = batch if _lens.is_unknown(batch) else tuple(batch[1:])
        if not _lens.certain(shape is None):
            self._input_shape_arg = shape
        weights = kwargs.pop("weights", None)
        if weights is not None:
            self._initial_weights = weights
        for key in kwargs:
            if key not in ("input_length",):
                setattr(self, key, kwargs[key])

    def __getattr__(self, name):
        if name in UNMODELLED:
            return _lens.unknown("the attribute " + name + " of a layer")
        raise AttributeError(type(self).__name__ + " has no attribute " + name)

    # ── tracking ──

    def __setattr__(self, name, value):
        if self._tracks and name != "_layers":
            value = self._track(value)
            if self.built is True and name.endswith("_initializer"):
                object.__setattr__(self, "_late", (name, [one.law for one in self._variables_on]))
        object.__setattr__(self, name, value)

    def _describe(self):
        """Who reads what it was made with may make it anew."""
        object.__setattr__(self, "_late", None)
        for layer in self._layers:
            layer._describe()

    def _track(self, value):
        """Notes the weights and layers in `value`; gives back what is to be stored."""
        if _lens.is_unknown(value):
            return value
        if isinstance(value, Variable):
            self._track_variable(value)
        elif isinstance(value, Layer):
            if value is not self and not any([value is layer for layer in self._layers]):
                self._layers.append(value)
        elif isinstance(value, TrackedList) or isinstance(value, TrackedDict):
            for item in value.values() if isinstance(value, dict) else value:
                self._track(item)
        elif type(value) is list:
            value = TrackedList(self, [self._track(item) for item in value])
        elif type(value) is dict:
            value = TrackedDict(self, {key: self._track(item) for key, item in value.items()})
        elif type(value) is tuple:
            for item in value:
                self._track(item)
        return value

    def _track_variable(self, variable):
        known = self._variables_on + self._variables_off
        if not any([variable is v for v in known]):
            if variable.owner is None:
                variable.owner = self
            (self._variables_on if variable.trainable else self._variables_off).append(variable)

    def add_weight(self, *args, **given):
        return self._add_weight(**dict(zip(_weight_arguments(args, given), args)), **given)

    def _add_weight(
        self, shape=None, initializer=None, dtype=None, trainable=True, regularizer=None, constraint=None, name=None,
        **kwargs,
    ):  # fmt: skip
        shape = () if _lens.certain(shape is None) else size_of(shape)
        dtype = dtype or self.variable_dtype
        if initializer is None:
            whole = isinstance(dtype, str) and "float" not in dtype
            initializer = "zeros" if whole else "glorot_uniform"
        with name_scope(self.name, caller=self):
            variable = Variable(
                initializers.get(initializer), shape=shape, dtype=dtype, trainable=trainable, name=name
            )
        variable.site = self._site
        variable._made_by = "keras.layers.Layer.add_weight"
        variable.owner = self
        default = self._default_initializers.get(name)
        if default is not None and default != initializer:
            default = initializers.get(default)
            if variable.fan_axes is not None:
                default = default.from_config({"input_axes": variable.fan_axes[0], "output_axes": variable.fan_axes[1]})
            variable.default_law = default(shape).law
        variable.regularizer = regularizer
        variable.constraint = constraint
        self._track_variable(variable)
        return variable

    add_variable = add_weight

    @property
    def weights(self):
        found = {id(w): w for w in self._variables_on + self._variables_off}
        for layer in self._layers:
            for weight in [] if _lens.is_unknown(layer) else layer.weights:
                found[id(weight)] = weight
        return list(found.values())

    variables = weights

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        object.__setattr__(self, "_trainable", value)
        for variable in self._variables_on:
            variable.trainable = value
        for layer in self._layers:
            layer.trainable = value

    @property
    def trainable_weights(self):
        return [w for w in self.weights if w.trainable] if self._trainable else []

    @trainable_weights.setter
    def trainable_weights(self, weights):  # layers of Keras 1 and 2 say it themselves
        self._track(list(weights))

    @property
    def non_trainable_weights(self):
        return [w for w in self.weights if not w.trainable] if self._trainable else self.weights

    @non_trainable_weights.setter
    def non_trainable_weights(self, weights):
        self._track(list(weights))

    trainable_variables = trainable_weights
    non_trainable_variables = non_trainable_weights

    def get_weights(self):
        return [w.numpy() for w in self.weights]

    def set_weights(self, weights):
        for variable, value in zip(self.weights, weights):
            variable.assign(value)

    def count_params(self):
        total = 0
        for weight in self.weights:
            total = total + weight.size
        return total

    @property
    def dtype(self):
        return self.dtype_policy.variable_dtype

    variable_dtype = dtype

    @property
    def compute_dtype(self):
        return self.dtype_policy.compute_dtype

    @property
    def path(self):
        return self._path

    # ── building ──

    def _open_name_scope(self):
        if self._parent_path is None:
            object.__setattr__(self, "_parent_path", current_path())
        return name_scope(self.name, caller=self)

    def build(self, input_shape=None):
        self.built = True

    def _run_build(self, written, args, kwargs):
        """What `layer.build(…)` does: the written `build`, inside the layer's name scope."""
        with self._open_name_scope():
            object.__setattr__(self, "_path", current_path())
            written(*args, **kwargs)
        object.__setattr__(self, "_late", None)
        self.built = True
        self._take_initial_weights()

    def _take_initial_weights(self):
        given = getattr(self, "_initial_weights", None)
        if given is not None:
            self.set_weights(given)
            self._initial_weights = None

    def _is_built(self):
        """Where nobody knows, its weights say it: they are made once, be it in a loop that may not run."""
        if not _lens.is_unknown(self.built):
            return self.built
        return not _lens.certain(len(self._variables_on) == 0)

    def _maybe_build(self, args, kwargs):
        if self._is_built():
            return
        if self._has_own("build"):
            shapes = [_shape_of(a) for a in args]
            if self._own_build:
                self.build(shapes[0] if shapes else _shape_of(list(kwargs.values())[0]))
                return
            names = [n for n in _lens.parameter_names(type(self).build)[1:] if n != "**"]
            bound = _bind(self.call, args, kwargs)
            wanted = {n + "_shape": _shape_of(v) for n, v in bound.items() if _holds_tensors(v)}
            # Keras 2 gave the first shape whatever else a `build` might take.
            if len(names) <= 1 or names[0] not in wanted:
                self.build(*(shapes[:1] or [None]))
                return
            self.build(**{n: wanted[n] for n in names if n in wanted})
            return
        with self._open_name_scope():
            object.__setattr__(self, "_path", current_path())

    def _has_own(self, method):
        return getattr(type(self), method) is not getattr(Layer, method)

    def _is_redefined(self, method, other):
        """Whether a class redefines a method whose result another, written further up, foretold."""
        for cls in type(self).__mro__:
            if other in cls.__dict__:
                return False
            if method in cls.__dict__:
                return True
        return False

    def build_from_config(self, config):
        if "input_shape" in config:
            self.build(config["input_shape"])

    # ── calling ──

    def call(self, *args, **kwargs):
        raise NotImplementedError

    def compute_output_shape(self, input_shape, *args, **kwargs):
        spec = self.compute_output_spec(map_shapes(symbolic, input_shape))
        return map_structure(lambda t: t.shape, spec)

    def compute_output_spec(self, *args, **kwargs):
        outputs = self._trace(args, kwargs)
        return map_structure(_close, outputs)

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    def __call__(self, *args, **kwargs):
        args = [_convert(a) for a in args]
        leaves = flatten(args) + [x for key in kwargs for x in flatten(kwargs[key])]
        graph = [x for x in leaves if not _lens.is_unknown(x) and isinstance(x, KerasTensor)]
        is_cut = any([_lens.is_unknown(x) for x in flatten(args)])
        with self._open_name_scope():
            self._maybe_build(args, kwargs)
        with self._open_name_scope():
            if graph or is_cut:
                outputs = self._symbolic_outputs(args, kwargs)
            else:
                outputs = self.call(*args, **self._call_arguments(kwargs))
        self.built = True
        if graph or is_cut:
            outputs = map_structure(_close, outputs)
            made = [x for x in flatten(outputs) if isinstance(x, KerasTensor)]
            self._inbound_nodes.append(Node(self, graph, made, is_cut, (args, kwargs)))
        _lens.flow_layer(self, leaves, flatten(outputs))
        return outputs

    def _symbolic_outputs(self, args, kwargs):
        if self._has_own("compute_output_shape"):
            if self._is_redefined("call", "compute_output_shape"):
                return self._trace(args, kwargs)
            if self._layers and not self._has_own("build"):
                self._trace(args, kwargs)  # builds the sublayers
            shape = self.compute_output_shape(_shape_of(args[0]) if args else None)
            return map_shapes(lambda s: symbolic(s, self.compute_dtype), shape)
        if self._has_own("compute_output_spec"):
            return self.compute_output_spec(*args, **kwargs)
        return self._trace(args, kwargs)

    def _trace(self, args, kwargs):
        """Runs `call` on stand-ins whose free dimensions are symbols."""
        args = [map_structure(_open, a) for a in args]
        kwargs = {key: map_structure(_open, value) for key, value in kwargs.items()}
        return self.call(*args, **self._call_arguments(kwargs))

    def _call_arguments(self, kwargs):
        """`training` and `mask` are dropped where `call` does not take them."""
        dropped = [key for key in ("training", "mask") if key in kwargs]
        if not dropped:
            return kwargs
        names = _lens.parameter_names(self.call)
        if "**" in names:
            return kwargs
        return {key: value for key, value in kwargs.items() if key not in dropped or key in names}

    # ── configuration ──

    def get_config(self):
        self._describe()
        args, kwargs = self._given
        config = {"name": self.name, "trainable": self._trainable}
        for name, value in zip(_lens.parameter_names(self.__init__), args):
            config[name] = initializers.renewed(value)
        for name in kwargs:
            config[name] = initializers.renewed(kwargs[name])
        config["name"] = self.name
        return config

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def _move_site(self, site):
        """Weights made later are reported where the original was written."""
        object.__setattr__(self, "_site", site)
        for layer in self._layers:
            layer._move_site(site)

    def _copy(self, **changes):
        """A fresh, unbuilt layer made by the same call."""
        self._describe()
        args, kwargs = self._given
        given = {name: initializers.renewed(kwargs[name]) for name in kwargs}
        return type(self)(*[initializers.renewed(value) for value in args], **{**given, **changes})

    def add_loss(self, *args, **kwargs):
        return None

    add_metric = add_update = quantize = save_own_variables = load_own_variables = add_loss
    losses = property(lambda self: [])
    metrics = property(lambda self: [])
    updates = property(lambda self: [])

    @property
    def input(self):
        parents = self._inbound_nodes[0].parents
        return parents[0] if len(parents) == 1 else parents

    @property
    def output(self):
        outputs = self._inbound_nodes[0].outputs
        return outputs[0] if len(outputs) == 1 else outputs

    @property
    def input_shape(self):
        return map_structure(lambda t: t.shape, self.input)

    @property
    def output_shape(self):
        return map_structure(lambda t: t.shape, self.output)

    def __repr__(self):
        return "<" + type(self).__name__ + " name=" + str(self.name) + ">"


def _bind(function, args, kwargs):
    names = [n for n in _lens.parameter_names(function) if n != "**"]
    bound = dict(zip(names, args))
    bound.update(kwargs)
    return bound


def _holds_tensors(value):
    leaves = flatten(value)
    return len(leaves) > 0 and all([_lens.is_unknown(x) or isinstance(x, Array) for x in leaves])


def _convert(value):
    """NumPy arrays, variables and lists of numbers become eager tensors."""
    if _lens.is_unknown(value) or isinstance(value, (KerasTensor, Tensor)):
        return value
    if isinstance(value, Array):
        return Tensor._result([], value.shape, value._dtype, value.law, value._data)
    if isinstance(value, (list, tuple)):
        leaves = flatten(value)
        if leaves and all([not _lens.is_unknown(x) and isinstance(x, (int, float)) for x in leaves]):
            return _convert(as_array(value))
        return type(value)([_convert(v) for v in value])
    if isinstance(value, dict):
        return {key: _convert(v) for key, v in value.items()}
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return _convert(as_array(value))
    return value


def _shape_of(value):
    return map_structure(_leaf_shape, value)


def _leaf_shape(x):
    if _lens.is_unknown(x):
        return _lens.called(x.shape, "input_shape")
    if not isinstance(x, Array):
        return None
    return x.shape if _lens.is_unknown(x.shape) else shape_tuple(close_dims(x.shape))


def _open(x):
    if _lens.is_unknown(x):
        return x
    if isinstance(x, KerasTensor):
        return _lens.flow_same(tensor_of(x.shape, x._dtype), x)
    return x


def tensor_of(shape, dtype="float32"):
    """An eager tensor of a shape with free dimensions."""
    return Tensor._result([], open_dims(shape), dtype, None, None)


def _close(x):
    if _lens.is_unknown(x):
        return _lens.flow_same(symbolic(_lens.unknown("shape of an unknown output")), x)
    if isinstance(x, KerasTensor):
        if x._keras_history is None:
            return x
        return _lens.flow_same(symbolic(x.shape, x._dtype), x)
    if isinstance(x, Array):
        return _lens.flow_same(symbolic(x.shape, x._dtype), x)
    return x


def is_shape(x):
    return isinstance(x, (tuple, list)) and all([_is_size(d) for d in x])


def _is_size(d):
    if _lens.is_unknown(d):
        return _lens.last_item(d) is None  # else it is a shape
    return d is None or not isinstance(d, (tuple, list, dict))


def map_shapes(function, shapes):
    """Applies a function to each shape of a nest of shapes."""
    if _lens.is_unknown(shapes) or is_shape(shapes):
        return function(shapes if _lens.is_unknown(shapes) else shape_tuple(tuple(shapes)))
    if isinstance(shapes, dict):
        return {key: map_shapes(function, value) for key, value in shapes.items()}
    return type(shapes)([map_shapes(function, s) for s in shapes])


class ShapeLayer(Layer):
    """A built-in layer: what it does to a shape is all there is to know."""

    _own_build = True

    def call(self, inputs, *args, **kwargs):
        shape = self.compute_output_shape(_shape_of(inputs))
        leaves = [x for x in flatten(inputs) if not _lens.is_unknown(x) and isinstance(x, Array)]
        dtype = leaves[0]._dtype if leaves else "float32"
        return map_shapes(lambda s: tensor_of(s, dtype), shape)

    def compute_output_shape(self, input_shape):
        return input_shape
