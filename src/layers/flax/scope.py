"""Where Flax variables live: a tree of names, one for each collection."""

import _lens
from _arrays.core import Array, make


class Scope:
    """A place in the tree. `store` is shared by the whole tree: collection → path → value."""

    def __init__(self, store, path=(), axes=(), initializing=True, mutable=True):
        self.store = store
        self.path = path
        self.axes = axes  # (collection, axis, size) that a scan or vmap around adds to each variable
        self.initializing = initializing
        self.mutable = mutable

    def push(self, name):
        return Scope(self.store, self.path + (name,), self.axes, self.initializing, self.mutable)

    def lifted(self, axes):
        return Scope(self.store, self.path, self.axes + tuple(axes), self.initializing, self.mutable)

    def has(self, collection, name):
        return self.path + (name,) in self.store.get(collection, {})

    def get(self, collection, name, default=None):
        return self.store.get(collection, {}).get(self.path + (name,), default)

    def put(self, collection, name, value):
        if collection not in self.store:
            self.store[collection] = {}
        self.store[collection][self.path + (name,)] = value

    def stacked(self, collection, value):
        """The value with the axes that transformations around this module add."""
        if not isinstance(value, Array) or _lens.is_unknown(value.shape):
            return value
        for name, axis, size in reversed(self.axes):
            if name == collection:
                shape = list(value.shape)
                shape.insert(axis if axis >= 0 else len(shape) + 1 + axis, size)
                value = make([value], tuple(shape), value._dtype, value.law)
        return value


def nested(store):
    """The variables as Flax gives them: {"params": {"Dense_0": {"kernel": …}}}."""
    out = {}
    for collection in store:
        for path in store[collection]:
            place = out.setdefault(collection, {})
            for name in path[:-1]:
                place = place.setdefault(name, {})
            place[path[-1]] = store[collection][path]
    return out


def flat(variables):
    """The other way round."""
    store = {}
    for collection in variables:
        store[collection] = {}
        _flatten(variables[collection], (), store[collection])
    return store


def _flatten(tree, path, out):
    if hasattr(tree, "items"):
        for name, value in tree.items():
            _flatten(value, path + (name,), out)
    else:
        out[path] = tree
