"""haiku.transform and its like: a function that makes modules → one that draws their parameters, one that uses them."""

import _lens
from _haiku.module import Frame, frame, within
from _jax.tree import tree_map


class Transformed:
    def __init__(self, function, has_state=False, has_rng=True):
        self._function, self._has_state, self._has_rng = function, has_state, has_rng
        self._site, self._own, self._ran = _lens.site(), None, False
        _lens.created(self, "transformed")

    def init(self, rng=None, *args, **kwargs):
        self._ran = True
        self._own = Frame()
        out = within(self._own, self._function, args, kwargs)
        _lens.flow_end([out])
        return (self._own.params, self._own.state) if self._has_state else self._own.params

    def apply(self, params, *args, **kwargs):
        args = list(args)
        state = kwargs.pop("state", None)
        if self._has_state and state is None and args:
            state = args.pop(0)
        if self._has_rng and "rng" not in kwargs and args:
            args.pop(0)
        kwargs.pop("rng", None)
        out = within(self._frame(params, state), self._function, args, kwargs)
        self._ran = True
        return (out, state) if self._has_state else out

    def _frame(self, params, state):
        """Of parameters that nobody knows: those that the function draws."""
        if isinstance(params, dict):
            return Frame(params, state if isinstance(state, dict) else None)
        if self._own is None:
            self._own = Frame()
        return self._own

    def __iter__(self):
        return iter((self.init, self.apply))

    def __getitem__(self, i):
        return (self.init, self.apply)[i]


TransformedWithState = Transformed


def transform(f, *, apply_rng=True):
    return Transformed(f, has_rng=apply_rng)


def transform_with_state(f):
    return Transformed(f, has_state=True)


def without_apply_rng(f):
    if isinstance(f, MultiTransformed):
        return MultiTransformed(f._function, f._has_state, False)
    return Transformed(f._function, f._has_state, False)


def with_empty_state(f):
    return Transformed(f._function, True, f._has_rng)


def without_state(f):
    return Transformed(f._function, False, f._has_rng)


class MultiTransformed(Transformed):
    """Of a function that gives one to start with, and a tree of others that share its modules."""

    def init(self, *args, **kwargs):
        first = Transformed(lambda *inputs, **named: self._function()[0](*inputs, **named), self._has_state)
        self._ran, first._ran = True, True
        out = first.init(*args, **kwargs)
        self._own = first._own
        return out

    @property
    def apply(self):
        _, template = within(Frame(), self._function, (), {})
        places = _places(template)
        picked = [self._one(path) for path in places]
        return _rebuilt(template, iter(picked))

    def _one(self, path):
        def call(*inputs, **named):
            chosen = self._function()[1]
            for key in path:
                chosen = chosen[key]
            return chosen(*inputs, **named)

        one = Transformed(call, self._has_state, self._has_rng)
        one._ran, one._own = True, self._own
        return one.apply


def multi_transform(f):
    return MultiTransformed(f)


def multi_transform_with_state(f):
    return MultiTransformed(f, has_state=True)


def _places(tree):
    """Where in nested tuples, lists and dictionaries the functions are."""
    if isinstance(tree, dict):
        return [(key,) + rest for key in tree for rest in _places(tree[key])]
    if isinstance(tree, (list, tuple)):
        return [(i,) + rest for i, one in enumerate(tree) for rest in _places(one)]
    return [()]


def _rebuilt(tree, functions):
    return tree_map(lambda _: next(functions), tree)


def lift(init_fn, *, name="lifted", **kwargs):
    """The parameters of an inner transformed function become those of the module around it."""

    def lifted(*args, **named):
        inner = init_fn(*args, **named)
        frame().params.update(inner if isinstance(inner, dict) else {})
        return inner

    return lifted


transparent_lift = lift


def running_init():
    return True
