"""Keras's tensors: symbolic ones that remember the graph, eager ones, and variables."""

import _lens
import _laws
from _arrays.core import Array, close_dims, dtype_name, product, size_of
from _keras.state import auto_name, current_path, session


class Shape(tuple):
    """A tensor's shape: a tuple that also answers what code written for TensorFlow asks of a `TensorShape`."""

    def as_list(self):
        return list(self)

    @property
    def ndims(self):
        return len(self)

    rank = ndims

    @property
    def dims(self):
        return list(self)

    def num_elements(self):
        return product(self)

    def is_fully_defined(self):
        return all([d is not None for d in self])

    def with_rank(self, rank):
        return self

    with_rank_at_least = with_rank

    def is_compatible_with(self, other):
        if _lens.is_unknown(other):
            return _lens.unknown("whether two shapes fit")
        if len(self) != len(other):
            return False
        return all([one is None or two is None or one == two for one, two in zip(self, other)])

    def assert_is_compatible_with(self, *args):
        return None

    def concatenate(self, other):
        return type(self)(tuple(self) + tuple(other))

    assert_same_rank = assert_has_rank = assert_is_fully_defined = assert_is_compatible_with


def shape_tuple(shape):
    """A shape as tensors have it; what nobody knows stays as it is."""
    return Shape(shape) if not _lens.is_unknown(shape) and isinstance(shape, tuple) else shape


class Tensor(Array):
    """A value inside `call`, or an eager result. It never changes in place."""

    _rank = 5
    _mutable = False

    @classmethod
    def _result(cls, parents, shape, dtype, law, data):
        return super()._result(parents, shape_tuple(shape), dtype, law, data)

    def get_shape(self):
        return self.shape

    def __array__(self, *args, **kwargs):
        return Array(self.shape, self._dtype, self.law, self._data)


class Node:
    """One use of an operation: what went in, what came out."""

    def __init__(self, operation, parents, outputs, is_cut=False, arguments=None):
        self.operation = operation
        self.arguments = arguments  # what a layer was called with
        self.is_cut = is_cut  # something went in whose own past is not known
        self.parents = [p for p in parents if isinstance(p, KerasTensor)]
        self.outputs = outputs
        self.is_input = not self.parents
        for i, output in enumerate(outputs):
            output._keras_history = History(operation, self, i)


class History:
    def __init__(self, operation, node, tensor_index):
        self.operation = operation
        self.node = node
        self.tensor_index = tensor_index

    def __getitem__(self, i):
        return (self.operation, self.node, self.tensor_index)[i]


class _Step:
    """A function of tensors in a functional graph (`x + y`, `ops.reshape(x, …)`): it has no weights."""

    weights = []

    def __init__(self, name="operation"):
        self.name = name


class KerasTensor(Array):
    """A placeholder in a functional graph; free dimensions are None."""

    _rank = 10
    _mutable = False

    def __init__(self, shape=(), dtype="float32", sparse=False, record_history=True, name=None, **kwargs):
        Array.__init__(self, shape_tuple(size_of(shape)), dtype)
        self.name = name or auto_name("keras_tensor")
        self.sparse = sparse

    @classmethod
    def _result(cls, parents, shape, dtype, law, data):
        out = symbolic(shape, dtype)
        Node(_Step(), parents, [out])
        return out

    def get_shape(self):
        return self.shape

    _keras_shape = _shape_val = property(get_shape)  # what Keras 2 and TensorFlow 1 kept it as

    @property
    def node(self):
        return self._keras_history.node

    def type_spec(self):
        return self


def symbolic(shape, dtype="float32"):
    """A new symbolic tensor outside any graph."""
    out = KerasTensor.__new__(KerasTensor)
    out.shape = shape_tuple(close_dims(shape))
    out._dtype = dtype_name(dtype)
    out.law = None
    out._data = None
    out.name = "keras_tensor"
    out.sparse = False
    return out


def is_tensor(x):
    return isinstance(x, Array) and not isinstance(x, KerasTensor)


def is_keras_tensor(x):
    return isinstance(x, KerasTensor)


class Variable(Array):
    """A weight. `law` is what it is drawn from now; `default_law` what Keras draws if nobody says."""

    _rank = 4
    _mutable = False

    def __init__(
        self,
        initializer=None,
        shape=None,
        dtype=None,
        trainable=True,
        autocast=True,
        aggregation="none",
        synchronization="auto",
        name=None,
        **kwargs,
    ):
        law, axes, value = None, None, initializer
        if _lens.is_unknown(initializer) and shape is not None:
            value = None  # whatever draws it, the shape is the one that is asked for
        elif callable(initializer):
            shape = size_of(shape if shape is not None else ())
            value = initializer(shape, dtype=dtype or session.floatx)
            axes = getattr(initializer, "_axes", None)
        if isinstance(value, (bool, int, float)):
            law = _laws.constant(value)
            shape = () if shape is None else shape
        elif isinstance(value, Array):
            law = value.law
            shape = value.shape if shape is None else shape
        elif shape is None:
            shape = getattr(value, "shape", _lens.unknown("shape of a variable"))
        Array.__init__(self, shape_tuple(size_of(shape)), dtype or getattr(value, "_dtype", session.floatx), law)
        self.name = name or auto_name("variable")
        parent = current_path()
        self.path = parent + "/" + self.name if parent else self.name
        self.trainable = trainable
        self.default_law = law
        self.fan_axes = axes
        self.owner = None
        self.regularizer = None
        self.constraint = None
        self.site = _lens.site()
        self._made_by = "keras.Variable"
        _lens.created(self, "variable")

    @classmethod
    def _result(cls, parents, shape, dtype, law, data):
        return Tensor._result(parents, shape, dtype, None, data)

    @property
    def value(self):
        return Tensor._result([], self.shape, self._dtype, self.law, None)

    @property
    def handle(self):
        return self

    def read_value(self):
        return self.value

    def numpy(self):
        array = Array(self.shape, self._dtype, self.law)
        if self.owner is not None:
            array.site = self.site  # the layer's weight, shown there
        return array

    __array__ = numpy

    def assign(self, value, *args, **kwargs):
        if isinstance(value, (bool, int, float)):
            self.law = _laws.constant(value)
        elif _lens.is_unknown(value):
            self.law = None
        else:
            self.law = _laws.drawn_with(getattr(value, "law", None), None)  # a copy of values on purpose
        return self

    def _changed(self, value, *args, **kwargs):
        self.law = None
        return self

    assign_add = assign_sub = scatter_update = _changed

    def load(self, value, *args, **kwargs):
        self.assign(value)

    def initialized_value(self):
        return self.value

    def __repr__(self):
        return "<Variable path=" + self.path + ", shape=" + str(self.shape) + ">"


def flatten(structure):
    """Leaves of nested lists, tuples and dictionaries."""
    if _lens.is_unknown(structure):
        return [structure]
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten(structure[key])]
    if isinstance(structure, (list, tuple)):
        return [leaf for item in structure for leaf in flatten(item)]
    return [structure]


def map_structure(function, structure):
    if _lens.is_unknown(structure):
        return function(structure)
    if isinstance(structure, dict):
        return {key: map_structure(function, value) for key, value in structure.items()}
    if isinstance(structure, list):
        return [map_structure(function, item) for item in structure]
    if isinstance(structure, tuple):
        return tuple([map_structure(function, item) for item in structure])
    return function(structure)
