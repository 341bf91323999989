"""haiku.Module: modules are made, and their parameters drawn, while a transformed function runs."""

import re

import _lens
from _arrays.core import Array, make, size_of
from _jax.array import JaxArray, jax_array
from jax.random import PRNGKey

FORCED = "FORCE:"  # before a name that is used as it is


class Frame:
    """One run of a transformed function."""

    def __init__(self, params=None, state=None):
        self.params = {} if params is None else params
        self.state = {} if state is None else state
        self.running = []  # (module, method) around what runs, innermost last
        self.counts = [{}]  # how many modules bear a name already, a table for each that runs
        self.stacks = []  # numbers of equal layers around, whose weights lie in one array, outermost first


_frames = [Frame()]  # the first is for code that runs outside of every transformed function


def frame():
    return _frames[-1]


def within(one, function, args, kwargs):
    _frames.append(one)
    try:
        return function(*args, **kwargs)
    finally:
        _frames.pop()


def next_rng_key():
    return PRNGKey(_lens.unknown("a key of Haiku's own"))


def transparent(method):
    """Marks a method whose modules are named as if its caller had made them."""
    method._is_transparent = True
    return method


def name_like(name):
    def mark(method):
        method._named_like = name
        return method

    return mark


def force_name(name):
    return FORCED + name


def _snake(name):
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name).lower()


def enter(module, method):
    frame().running.append((module, method))
    frame().counts.append({})


def leave():
    frame().running.pop()
    frame().counts.pop()


def _entered(method, name):
    """A method runs with its module on the stack."""
    if getattr(method, "_is_transparent", False):
        return method
    shown = getattr(method, "_named_like", name)

    def run(self, *args, **kwargs):
        if name == "__init__" and self._is_made:
            return method(self, *args, **kwargs)  # the constructor of a base class
        self._is_made = True
        enter(self, shown)
        try:
            out = method(self, *args, **kwargs)
        finally:
            leave()
        if name == "__call__":
            self._ran = True
            _lens.flow_layer(self, list(args), [out])
        return out

    run.__name__ = name
    run.__wrapped__ = method
    run._is_entered = True
    return run


class Module:
    _is_made = False
    module_name = None
    _parameters_in = ""  # below the module's name

    def __init_subclass__(cls, **kwargs):
        own = dict(cls.__dict__)
        for name in own:
            value = own[name]
            if isinstance(value, property):
                setattr(cls, name, property(_entered(value.fget, name), value.fset))
            elif name in ("__init__", "__call__") or not name.startswith("__"):
                if hasattr(value, "__code__") and not getattr(value, "_is_entered", False):
                    setattr(cls, name, _entered(value, name))

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._site, self._params, self._ran = _lens.site(), [], False
        _lens.created(self, "layer")
        return self

    def __init__(self, name=None):
        if name is None or _lens.is_unknown(name):
            own = getattr(self, "name", None)  # the field of a dataclass
            name = own if isinstance(own, str) else _snake(type(self).__name__)
        self.module_name = name[len(FORCED) :] if name.startswith(FORCED) else _unique(self, name)
        self.name = self.module_name.split("/")[-1]

    __post_init__ = __init__

    def params_dict(self):
        return _lens.unknown("the parameters of a module by name")

    state_dict = params_dict


def _unique(module, name):
    """The name with those of the modules around it, and a number where another has it."""
    around = [i for i, (one, _) in enumerate(frame().running) if one is not module]
    caller = around[-1] if around else None
    if caller is not None:
        outer, method = frame().running[caller]
        place = {"__call__": "", "__init__": "~/"}.get(method, "~%s/" % method)
        name = "%s/%s%s" % (outer.module_name, place, name)
    counts = frame().counts[0 if caller is None else caller + 1]
    numbered = re.match(r"(.*)_(0|[1-9]\d*)$", name)
    stem, number = (numbered.group(1), int(numbered.group(2))) if numbered else (name, counts.get(name, 0))
    counts[stem] = max(counts.get(stem, 0), number + 1)
    return "%s_%d" % (stem, number) if numbered or number else stem


class name_scope:
    """What is made in here is named as if a module of this name had made it."""

    def __init__(self, name, *, method_name="__call__"):
        self.module_name, self._method = _unique(self, name), method_name

    def __enter__(self):
        enter(self, self._method)

    def __exit__(self, *exception):
        leave()


def part(owner, module):
    """A module that is a part of one of Haiku's own: it is reported where that one is made."""
    module._site = owner._site
    return module


def _current():
    running = frame().running
    return running[-1][0] if running else None


def _place():
    """Where the parameters are that are drawn now."""
    module = _current()
    return "~" if module is None else module.module_name + getattr(module, "_parameters_in", "")


def get_parameter(name, shape, dtype="float32", init=None):
    module, place = _current(), _place()
    variables = frame().params.setdefault(place, {})
    if name not in variables:
        value = init(shape, dtype) if callable(init) else init
        if _lens.is_unknown(value):
            value = JaxArray._result([], size_of(shape), "float32", None, None)
        is_array = isinstance(value, Array)
        variables[name] = _noted(_stacked(jax_array(value)), module, place, name) if is_array else value
    return _of_one_layer(variables[name])


def _stacked(value):
    """As many draws as there are equal layers."""
    sizes = tuple(frame().stacks)
    if not sizes or _lens.is_unknown(value.shape):
        return value
    out = jax_array(make([value], sizes + tuple(value.shape), value._dtype, value.law))
    out._drawn_shape = value.shape
    return out


def _of_one_layer(value):
    count = len(frame().stacks)
    if count == 0 or not isinstance(value, Array) or _lens.is_unknown(value.shape):
        return value
    return jax_array(make([value], tuple(value.shape)[count:], value._dtype, value.law))


def weight(name, shape, init, default):
    """A parameter of one of Haiku's layers, which draws it so unless the program says how."""
    chosen = default if _lens.certain(init is None) else init
    value = get_parameter(name, shape, "float32", chosen)
    stored = frame().params[_place()].get(name)
    if chosen is not default and isinstance(stored, Array):
        stored.default_law = default(shape, "float32").law
    return value


def _noted(value, module, place, name):
    """The parameter knows its module, its name, and what is drawn by default."""
    value.owner, value._name, value._path = module, name, tuple(place.split("/")) + (name,)
    value.site = _lens.site() if module is None else getattr(module, "_site", _lens.site())
    value.default_law = value.law
    value._made_by = "haiku.get_parameter"
    _lens.created(value, "variable")
    if isinstance(module, Module):
        module._params.append(value)
    return value


def get_state(name, shape=None, dtype="float32", init=None):
    module = _current()
    state = frame().state.setdefault("~" if module is None else module.module_name, {})
    if name not in state:
        state[name] = init(shape, dtype) if callable(init) else _lens.unknown("a state that nothing set")
    return state[name]


def set_state(name, value):
    """Only the first value is how it starts."""
    module = _current()
    frame().state.setdefault("~" if module is None else module.module_name, {}).setdefault(name, value)
