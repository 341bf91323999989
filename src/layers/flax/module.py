"""flax.linen.Module: a dataclass whose variables are made when it is first applied."""

import dataclasses
import functools

import _lens
from _arrays.core import Array, size_of
from _flax.scope import Scope, flat, nested
from _jax.array import JaxArray, jax_array
from _jax.tree import tree_map

_stack = []  # modules whose methods are running, innermost last
_UNSET = object()
_OWN = ("parent", "name")


def compact(method):
    """Marks a method that makes its submodules as it runs."""
    method._is_compact = True
    return method


compact_name_scope = compact


def nowrap(method):
    method._is_plain = True
    return method


def _fields(cls):
    """Names and defaults of the dataclass fields, base classes first."""
    found = {}
    for base in reversed(cls.__mro__):
        if base is Module or not hasattr(base, "__dict__"):
            continue
        annotations = base.__dict__.get("__annotations__", {})
        for name in annotations:
            kind = annotations[name]
            if name in _OWN or _lens.certain("ClassVar" in str(kind)):
                continue
            found[name] = base.__dict__.get(name, found.get(name, _UNSET))
    return found


def _default(value):
    if _lens.is_unknown(value):
        return value
    if isinstance(value, dataclasses.Field):
        if value.default is not dataclasses.MISSING:
            return value.default
        if value.default_factory is not dataclasses.MISSING:
            return value.default_factory()
        return _UNSET
    return value


def _listed(name, default):
    """A field as `dataclasses.fields` lists it."""
    one = default if not _lens.is_unknown(default) and isinstance(default, dataclasses.Field) else None
    if one is None:
        one = dataclasses.field() if _lens.certain(default is _UNSET) else dataclasses.field(default=default)
    one.name = name
    return one


def _is_required(value):
    return _lens.certain(_default(value) is _UNSET)


def _wrapped(method):
    """A method runs with its module on the stack, after `setup`."""
    is_compact = getattr(method, "_is_compact", False)
    is_call = method.__name__ == "__call__"

    def run(self, *args, **kwargs):
        if self.scope is None and not is_compact:
            return method(self, *args, **kwargs)
        if self.scope is None:  # a part of the module that will call the function around
            return getattr(self.clone(parent=Scope({})), method.__name__)(*args, **kwargs)
        self._try_setup()
        _stack.append(self)
        try:
            out = method(self, *args, **kwargs)
            object.__setattr__(self, "_ran", True)
            if is_call:
                _lens.flow_layer(self, list(args), [out])
            return out
        finally:
            _stack.pop()
            if is_compact and not any([m is self for m in _stack]):
                object.__setattr__(self, "_counts", {})

    run.__name__ = method.__name__
    run.__wrapped__ = method
    run._is_compact = is_compact
    run._is_wrapped = True
    return run


class Module:
    _defaults = {}  # initializers by variable, where the class's own field does not say it

    def __init_subclass__(cls, kw_only=False, **kwargs):
        cls._field_table = _fields(cls)
        cls.__dataclass_fields__ = {name: _listed(name, cls._field_table[name]) for name in cls._field_table}
        cls._required_arguments = [name for name in cls._field_table if _is_required(cls._field_table[name])]
        cls._optional_arguments = [
            (name, cls._field_table[name]) for name in cls._field_table if name not in cls._required_arguments
        ]
        own = dict(cls.__dict__)
        for name in own:
            value = own[name]
            plain = (name.startswith("__") and name != "__call__") or name in cls._field_table
            if plain or name == "setup" or not hasattr(value, "__code__") or getattr(value, "_is_plain", False):
                continue
            if not getattr(value, "_is_wrapped", False):
                setattr(cls, name, _wrapped(value))

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        put = object.__setattr__
        put(self, "scope", None)
        put(self, "_counts", {})
        put(self, "_params", [])
        put(self, "_ready", False)
        put(self, "_setup_done", False)
        put(self, "_in_setup", False)
        put(self, "_site", _lens.site())
        _lens.created(self, "layer")
        return self

    def __init__(self, *args, **kwargs):
        put = object.__setattr__
        names = list(self._field_table)
        given = dict(zip(names + ["parent", "name"], args))
        given.update(kwargs)
        for name in names:
            value = given[name] if name in given else _default(self._field_table[name])
            if _lens.certain(value is _UNSET):
                raise TypeError(type(self).__name__ + "() misses the argument " + name)
            put(self, name, _lens.called(value, name))
        for name in list(kwargs):
            if _lens.certain(name not in names and name not in _OWN):
                raise TypeError(type(self).__name__ + "() takes no argument " + name)
        parent = given.get("parent", _UNSET)
        if _lens.certain(parent is _UNSET):
            parent = _stack[-1] if _stack else None
        put(self, "parent", parent)
        put(self, "name", given.get("name"))
        self.__post_init__()

    def __post_init__(self):
        put = object.__setattr__
        parent = self.parent
        if parent is None:
            return
        if isinstance(parent, Scope):
            put(self, "scope", parent)
        else:
            if parent.scope is None or (parent._in_setup and self.name is None):
                return
            if self.name is None:
                prefix = type(self).__name__
                count = parent._counts.get(prefix, 0)
                parent._counts[prefix] = count + 1
                put(self, "name", prefix + "_" + str(count))
            put(self, "scope", parent.scope.push(self.name))
        for name in self._field_table:
            self._adopt(name, object.__getattribute__(self, name))
        put(self, "_ready", True)

    # ── submodules held as attributes ──

    def _adopt(self, name, value):
        """Submodules in `value` become children named after the attribute."""
        waiting = []

        def adopt(suffix, item):
            if _lens.is_unknown(item):
                return item
            if isinstance(item, Module):
                if item.parent is None:
                    item = item.clone(name=item.name if item.name is not None and self._in_setup else None)
                orphan = item.parent is None or item.name is None
                if item.name is None:
                    object.__setattr__(item, "name", name + suffix)
                if orphan:
                    object.__setattr__(item, "parent", self)
                    waiting.append(item)
                return item
            if type(item) is list or type(item) is tuple:
                return type(item)([adopt(suffix + "_" + str(i), v) for i, v in enumerate(item)])
            if type(item) is dict:
                return {k: adopt(suffix + "_" + str(k), v) for k, v in item.items()}
            return item

        value = adopt("", value)
        object.__setattr__(self, name, value)
        for item in waiting:
            item.__post_init__()

    def __setattr__(self, name, value):
        if self.scope is not None and self._in_setup:
            self._adopt(name, value)
        else:
            object.__setattr__(self, name, value)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if self.scope is not None and not self._setup_done and not self._in_setup:
            self._try_setup()
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(type(self).__name__ + " has no attribute " + name)

    def setup(self):
        return None

    def _try_setup(self):
        if self._setup_done or self.scope is None or self._in_setup:
            return
        object.__setattr__(self, "_in_setup", True)
        _stack.append(self)
        try:
            self.setup()
        finally:
            _stack.pop()
            object.__setattr__(self, "_in_setup", False)
            object.__setattr__(self, "_setup_done", True)

    # ── variables ──

    def param(self, name, init_fn, *init_args, unbox=True, **init_kwargs):
        scope = self.scope
        if scope.has("params", name):
            self._params.append(scope.get("params", name))
            return _opened(scope.get("params", name), scope, "params")
        if init_args and getattr(init_fn, "_is_maker", False):
            _lens.refuse("TypeError", "this function makes an initializer and is none itself: call it, xavier_uniform()")
        value = init_fn(_key(), *init_args, **init_kwargs)
        if _lens.is_unknown(value) and init_args and isinstance(init_args[0], (tuple, list)):
            value = of_shape(init_args[0])
        if isinstance(value, Array):
            value = _named(jax_array(value), self, name, init_fn)
        scope.put("params", name, scope.stacked("params", value))
        _note(scope.get("params", name), value)
        self._params.append(value)
        return value

    def variable(self, col, name, init_fn=None, *init_args, unbox=True, **init_kwargs):
        scope = self.scope
        if not scope.has(col, name) and init_fn is not None:
            value = init_fn(*init_args, **init_kwargs)
            if isinstance(value, Array):
                value = _named(jax_array(value), self, name, None)
            scope.put(col, name, scope.stacked(col, value))
            _note(scope.get(col, name), value)
        return Variable(scope, col, name)

    def has_variable(self, col, name):
        return self.scope is not None and self.scope.has(col, name)

    def get_variable(self, col, name, default=None):
        return _opened(self.scope.get(col, name, default), self.scope, col)

    def put_variable(self, col, name, value):
        self.scope.put(col, name, value)

    def sow(self, *args, **kwargs):
        return False

    def perturb(self, name, value, *args, **kwargs):
        return value

    def make_rng(self, name="params"):
        return _key()

    def has_rng(self, name):
        return True

    def is_initializing(self):
        return self.scope is not None and self.scope.initializing

    def is_mutable_collection(self, col):
        return self.scope is not None and self.scope.initializing

    @property
    def path(self):
        return self.scope.path

    @property
    def variables(self):
        return nested(self.scope.store)

    # ── use from outside ──

    def clone(self, *, parent=None, _deep_clone=False, name=_UNSET, **updates):
        values = {n: object.__getattribute__(self, n) for n in self._field_table}
        values.update(updates)
        copy = type(self)(**values, parent=parent, name=self.name if name is _UNSET else name)
        object.__setattr__(copy, "_site", self._site)
        return copy

    def replace(self, **updates):
        return self.clone(**updates)

    copy = replace

    def bind(self, variables, *args, rngs=None, mutable=False, **kwargs):
        return self.clone(parent=Scope(flat(variables), initializing=False))

    def unbind(self):
        return self.clone(parent=None), self.variables

    def init_with_output(self, rngs, *args, method=None, mutable=None, **kwargs):
        store = {}
        module = self.clone(parent=Scope(store))
        out = _method(module, method)(*_arrays(args), **kwargs)
        _lens.flow_end([out])
        return out, nested(store)

    def init(self, rngs, *args, method=None, mutable=None, **kwargs):
        return self.init_with_output(rngs, *args, method=method, **kwargs)[1]

    lazy_init = init

    def apply(self, variables, *args, rngs=None, method=None, mutable=False, capture_intermediates=False, **kwargs):
        if _lens.is_unknown(variables):
            return _lens.unknown("output of a model whose variables are not known")
        module = self.clone(parent=Scope(flat(variables), initializing=False))
        out = _method(module, method)(*_arrays(args), **kwargs)
        return out if mutable is False else (out, variables)

    def tabulate(self, rngs, *args, **kwargs):
        for name in ("depth", "show_repeated", "console_kwargs", "compute_flops", "compute_vjp_flops"):
            kwargs.pop(name, None)
        self.init(rngs, *args, **kwargs)
        return _lens.unknown("a table of the model")

    module_paths = tabulate

    def __repr__(self):
        return type(self).__name__ + "()"


Module._field_table = {}


def _method(module, method):
    if method is None:
        return module.__call__
    if isinstance(method, str):
        return getattr(module, method)
    name = getattr(method, "__name__", None)
    if name is not None and hasattr(type(module), name):
        return getattr(module, name)
    return lambda *args, **kwargs: method(module, *args, **kwargs)


def _arrays(args):
    return [tree_map(lambda x: jax_array(x) if isinstance(x, Array) else x, a) if isinstance(a, (Array, list, tuple, dict)) else a for a in args]


def of_shape(shape):
    """What an initializer nobody knows gives for a shape."""
    return JaxArray._result([], size_of(shape), "float32", None, None)


def _key():
    from jax.random import PRNGKey

    return PRNGKey(_lens.unknown("a key of Flax's own"))


def _named(value, module, name, init_fn):
    """Notes on a variable which layer it belongs to and what that layer draws by default."""
    value.owner = module
    value.site = module._site
    value._name = name
    value._path = module.scope.path + (name,)
    value.default_law = value.law
    value._made_by = "flax.linen.Module.param" if init_fn is not None else "flax.linen.Module.variable"
    _lens.created(value, "variable")
    default = module._defaults.get(name) or type(module)._field_table.get(name + "_init")
    if default is not None and default is not _UNSET and init_fn is not None and default is not init_fn:
        if getattr(value, "_drawn_shape", None) is None and callable(default):
            value.default_law = default(_key(), value.shape).law
    return value


def _note(stored, value):
    """A stacked copy keeps the notes."""
    if stored is value or not isinstance(stored, Array) or not isinstance(value, Array):
        return
    for name in ("owner", "site", "default_law", "_name", "_path", "_drawn_shape", "_fan_axes"):
        if hasattr(value, name):
            setattr(stored, name, getattr(value, name))
    stored._drawn_shape = getattr(value, "_drawn_shape", None) or value.shape


def _opened(value, scope, collection):
    """One slice of a stacked variable, as the inner module sees it."""
    if not isinstance(value, Array):
        return value
    axes = [axis for name, axis, size in scope.axes if name == collection]
    if not axes or _lens.is_unknown(value.shape):
        return value
    from _arrays.core import make

    shape = list(value.shape)
    for axis in axes:
        shape.pop(axis)
    return make([value], tuple(shape), value._dtype, value.law)


class Variable:
    """A reference to a variable of any collection."""

    def __init__(self, scope, collection, name):
        self._scope, self.collection, self.name = scope, collection, name

    @property
    def value(self):
        return _opened(self._scope.get(self.collection, self.name), self._scope, self.collection)

    @value.setter
    def value(self, value):
        """Values change while a model runs; the first draw is what counts."""

    def is_mutable(self):
        return self._scope.initializing


# ── transformations ──


def _lifted(prefix, target, lift):
    """A class like `target` whose calls are wrapped by `lift`; its instances are named `prefix` + name."""
    if isinstance(target, functools.partial):
        return functools.partial(_lifted(prefix, target.func, lift), *target.args, **target.keywords)
    if not isinstance(target, type):
        return _lifted_method(target, lift)

    def call(self, *args, **kwargs):
        return lift(self, super(cls, self).__call__, args, kwargs)

    call.__name__ = "__call__"
    call.__wrapped__ = target.__call__
    cls = type(prefix + target.__name__, (target,), {"__call__": compact(call)})
    return cls


def _lifted_method(method, lift):
    def call(self, *args, **kwargs):
        return lift(self, lambda *a, **k: method(self, *a, **k), args, kwargs)

    call.__name__ = getattr(method, "__name__", "call")
    call.__wrapped__ = method
    call._is_compact = getattr(method, "_is_compact", False)
    return call


def _unchanged(self, inner, args, kwargs):
    return inner(*args, **kwargs)


def remat(target, *args, **kwargs):
    return _lifted("Checkpoint", target, _unchanged)


checkpoint = remat


def jit(target=None, *args, **kwargs):
    if target is None:
        return lambda t: jit(t)
    return _lifted("Jit", target, _unchanged)


def named_call(target, *args, **kwargs):
    return target


class _Broadcast:
    """What `in_axes` says of an argument that every step gets whole."""


broadcast = _Broadcast()


def _axes_of(variable_axes, size):
    if _lens.is_unknown(variable_axes):
        return []
    axes = []
    for collection, axis in dict(variable_axes).items():
        names = [collection] if isinstance(collection, str) else ["params", "batch_stats", "cache"]
        for name in names:
            if isinstance(axis, int):
                axes.append((name, axis, size))
    return axes


def _slice(tree, axis):
    def one(x):
        if not isinstance(x, Array) or axis is None:
            return x
        from _arrays.core import make

        kept = tuple([d for i, d in enumerate(x.shape) if i != axis % len(x.shape)])
        return make([x], kept, x._dtype, x.law)

    return tree_map(one, tree)


def _unslice(tree, axis, size):
    def one(x):
        if not isinstance(x, Array) or axis is None:
            return x
        from _arrays.core import make

        shape = list(x.shape)
        shape.insert(axis if axis >= 0 else len(shape) + 1 + axis, size)
        return make([x], tuple(shape), x._dtype, x.law)

    return tree_map(one, tree)


def _size(trees, axes):
    for tree, axis in zip(trees, axes):
        if isinstance(axis, int):
            sizes = []

            def note(x):
                if isinstance(x, Array):
                    sizes.append(x.shape[axis])
                return x

            tree_map(note, tree)
            if sizes:
                return sizes[0]
    return _lens.unknown("size of a mapped axis")


def _within(self, axes, run):
    """Runs with the variables of this module stacked along `axes`."""
    scope = self.scope
    object.__setattr__(self, "scope", scope.lifted(axes))
    try:
        return run()
    finally:
        object.__setattr__(self, "scope", scope)


def vmap(target, variable_axes=(), split_rngs=None, in_axes=0, out_axes=0, axis_size=None, **options):
    def lift(self, inner, args, kwargs):
        places = list(in_axes) if isinstance(in_axes, (tuple, list)) else [in_axes] * len(args)
        size = axis_size if axis_size is not None else _size(args, places)
        sliced = [_slice(a, p) for a, p in zip(args, places)]
        out = _within(self, _axes_of(variable_axes, size), lambda: inner(*sliced, **kwargs))
        return _unslice(out, out_axes if isinstance(out_axes, int) else 0, size)

    return _lifted("Vmap", target, lift)


def scan(
    target, variable_axes=(), variable_broadcast=False, variable_carry=False, split_rngs=None, in_axes=0,
    out_axes=0, length=None, reverse=False, unroll=1, **options,
):  # fmt: skip
    def lift(self, inner, args, kwargs):
        carry, xs = args[0], list(args[1:])
        places = list(in_axes) if isinstance(in_axes, (tuple, list)) else [in_axes] * len(xs)
        places = [p if isinstance(p, int) else None for p in places] + [None] * (len(xs) - len(places))
        size = length if length is not None else _size(xs, places)
        sliced = [_slice(x, p) for x, p in zip(xs, places)]
        result = _within(self, _axes_of(variable_axes, size), lambda: inner(carry, *sliced, **kwargs))
        if not isinstance(result, tuple):
            return result
        return result[0], _unslice(result[1], out_axes if isinstance(out_axes, int) else 0, size)

    return _lifted("Scan", target, lift)


def remat_scan(target, lengths=(), **options):
    def build(*args, **kwargs):
        _lens.incomplete("remat_scan")
        return _lens.unknown("remat_scan")

    return build


def map_variables(target, *args, **kwargs):
    return _lifted("MapVariables", target, _unchanged)


def share_scope(module, other):
    object.__setattr__(other, "scope", module.scope)
