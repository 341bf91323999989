"""TensorFlow's shapes and variables, of both versions."""

import _lens
import _laws
from _arrays.core import Array, dims, open_dims, size_of
from _keras import initializers as _keras_initializers
from _keras.state import current_path, name_scope
from _keras.tensors import KerasTensor, Shape, Tensor, Variable, symbolic


class Dimension(int):
    """TensorFlow 1's size, which has its number in `value`."""

    @property
    def value(self):
        return int(self)


class TensorShape(Shape):
    """`x.get_shape()`, whose sizes answer TensorFlow 1's questions too."""

    @property
    def dims(self):
        return [_dimension(d) for d in tuple(self)]

    def __getitem__(self, index):
        found = tuple.__getitem__(self, index)
        return TensorShape(found) if isinstance(index, slice) else _dimension(found)


def _dimension(d):
    if isinstance(d, int) and not _lens.is_symbol(d) and not _lens.is_unknown(d):
        return Dimension(d)
    return d


def get_shape(x):
    if not _lens.is_unknown(x.shape):
        return TensorShape(x.shape)
    last = _lens.last_item(x.shape)
    return _lens.called(x.shape, "shape") if last is None else _lens.ending_with(_dimension(last))


for _cls in (Tensor, KerasTensor, Variable):
    _cls.get_shape = get_shape
    _cls.eval = lambda self, *args, **kwargs: self.numpy()
    _cls.op = property(lambda self: self)


class _Names:
    def __init__(self):
        self.taken = {}

    def unique(self, path):
        count = self.taken.get(path, 0)
        self.taken[path] = count + 1
        return path if count == 0 else path + "_" + str(count)


graph_names = _Names()


def _scoped(name):
    scope = current_path()
    return scope + "/" + name if scope else name


class TFVariable(Variable):
    """tf.Variable: its first value says what it is drawn from."""

    def __init__(self, initial_value=None, trainable=True, *args, name=None, dtype=None, shape=None, **kwargs):
        value = initial_value() if callable(initial_value) and not isinstance(initial_value, Array) else initial_value
        if not isinstance(value, (Array, bool, int, float)) and not _lens.is_unknown(value):
            from _arrays.core import as_array

            value = as_array(value)
        if _lens.is_unknown(value):
            hidden = value.shape
            value = Tensor._result([], hidden if shape is None else size_of(shape), "float32", None, None)
        super().__init__(value, shape=shape, dtype=dtype, trainable=trainable, name=name or "Variable")
        self._made_by = "tensorflow.Variable"
        self.path = graph_names.unique(_scoped(name or "Variable")) + ":0"
        self.name = self.path

    def initializer(self):
        return None


def drawn(initializer, shape, dtype, version):
    """What an initializer of any kind gives for a shape."""
    if _lens.is_unknown(initializer):
        return Tensor._result([], size_of(shape), dtype, None, None)
    if initializer is None:
        initializer = "glorot_uniform"
    found = _keras_initializers.get(initializer)
    if hasattr(found, "draw_for_version"):
        return found.draw_for_version(shape, dtype, version)
    if isinstance(found, Array):
        return found
    value = found(shape, dtype=dtype)
    if shape is not None and not _has_known_shape(value):
        law = None if _lens.is_unknown(value) else value.law
        value = Tensor._result([], size_of(shape), dtype, law, None)
    if version == 1:  # every use has an operation of its own
        value.law = _laws.drawn_with(value.law, None)
    return value


def _has_known_shape(value):
    if _lens.is_unknown(value) or _lens.is_unknown(value.shape):
        return False
    return not any([_lens.is_unknown(size) for size in value.shape])


_variables = {}  # TensorFlow 1's graph: variables by name
shared_layers = {}  # layers of tf.layers by scope and name, for `reuse=True`
_of_module = []  # what the graph was, and the names in it, when the document's module had run


def begin_part(was_there):
    """Each part of a document begins with the graph that its module left: an empty one if this was not loaded by then."""
    if not _of_module:
        _of_module.extend([dict(one) if was_there else {} for one in (_variables, shared_layers, graph_names.taken)])
    for kept, before in zip((_variables, shared_layers), _of_module):
        kept.clear()
        kept.update(before)
    graph_names.taken = dict(_of_module[2])


_scopes = []  # (reuse, default initializer) of the variable scopes around


def get_variable(
    name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=True, *args, **kwargs
):
    path = _scoped(name) + ":0"
    if _lens.certain(path in _variables):
        return _variables[path]
    if initializer is None:
        defaults = [s.initializer for s in _scopes if s.initializer is not None]
        initializer = defaults[-1] if defaults else None
    default = drawn(None, size_of(shape), dtype, 1).law if shape is not None else None
    dtype = dtype or "float32"
    is_value = isinstance(initializer, (Array, bool, int, float))
    if _lens.certain(is_value) or (shape is None and _lens.is_unknown(initializer)):
        value = initializer
    else:  # a value says its shape itself
        value = drawn(initializer, size_of(shape), dtype, 1)
    variable = TFVariable(value, trainable, name=name, dtype=dtype)
    variable.path = variable.name = path
    variable._made_by = "tensorflow.get_variable"
    if default is not None:
        variable.default_law = default
    if not _lens.is_unknown(path):  # else every later variable would be unknown
        _variables[path] = variable
    return variable


get_variable._makes_layer = True


class variable_scope:
    """Names inside begin with `name/`; `reuse` gives variables that exist."""

    def __init__(self, name_or_scope=None, default_name=None, values=None, initializer=None, reuse=None, **kwargs):
        name = getattr(name_or_scope, "name", name_or_scope)
        self.name = default_name if name is None else name
        self.initializer, self.reuse = initializer, reuse
        self._scope = None
        if isinstance(self.name, str):
            parts = [p for p in self.name.split("/") if p]
            self._scope = [name_scope(p) for p in parts]

    def __enter__(self):
        for scope in self._scope or []:
            scope.__enter__()
        _scopes.append(self)
        return self

    def __exit__(self, *args):
        _scopes.pop()
        for scope in self._scope or []:
            scope.__exit__()

    def reuse_variables(self):
        self.reuse = True

    def set_initializer(self, initializer):
        self.initializer = initializer


def get_variable_scope():
    return _scopes[-1] if _scopes else variable_scope("")


def placeholder(dtype, shape=None, name=None):
    if shape is None:
        return symbolic(_lens.unknown("shape of a placeholder"), dtype)
    out = symbolic(size_of(shape), dtype)
    out.name = name or "Placeholder"
    return out


def reset_default_graph():
    _variables.clear()
    shared_layers.clear()
    graph_names.taken = {}
    from _keras.state import clear_session

    clear_session()
