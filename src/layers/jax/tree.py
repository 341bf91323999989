"""Trees of arrays: nested dictionaries, lists and tuples."""

import _lens
from _arrays.core import Array


def tree_map(function, tree, *rest, **kwargs):
    if _lens.is_unknown(tree):
        return tree
    if isinstance(tree, dict):
        out = {key: tree_map(function, value, *[r[key] for r in rest]) for key, value in tree.items()}
        return type(tree)(out) if type(tree) is not dict else out
    if isinstance(tree, list):
        return [tree_map(function, v, *[r[i] for r in rest]) for i, v in enumerate(tree)]
    if isinstance(tree, tuple):
        values = [tree_map(function, v, *[r[i] for r in rest]) for i, v in enumerate(tree)]
        return type(tree)(*values) if hasattr(tree, "_fields") else tuple(values)
    if tree is None:
        return None
    if _is_node(tree):
        children, extra = tree.tree_flatten()
        return type(tree).tree_unflatten(extra, [tree_map(function, c) for c in children])
    return function(tree, *rest)


tree_multimap = tree_map


def tree_leaves(tree, is_leaf=None):
    if _lens.is_unknown(tree) or (is_leaf is not None and is_leaf(tree)):
        return [tree]
    if isinstance(tree, dict):
        return [leaf for key in sorted(tree) for leaf in tree_leaves(tree[key], is_leaf)]
    if isinstance(tree, (list, tuple)):
        return [leaf for value in tree for leaf in tree_leaves(value, is_leaf)]
    if _is_node(tree):
        return [leaf for value in tree.tree_flatten()[0] for leaf in tree_leaves(value, is_leaf)]
    return [] if tree is None else [tree]


def _is_node(value):
    """Whether an object says itself what is below it."""
    return not isinstance(value, (Array, type)) and hasattr(value, "tree_flatten")


def tree_flatten(tree, is_leaf=None):
    return tree_leaves(tree, is_leaf), tree


def tree_unflatten(treedef, leaves):
    remaining = list(leaves)

    def rebuild(tree):
        if _lens.is_unknown(tree):
            return tree
        if isinstance(tree, dict):
            made = {key: rebuild(tree[key]) for key in sorted(tree)}
            return {key: made[key] for key in tree}
        if isinstance(tree, (list, tuple)):
            return type(tree)([rebuild(v) for v in tree])
        return None if tree is None else remaining.pop(0)

    return rebuild(treedef)


def tree_structure(tree, *args, **kwargs):
    return tree


def tree_map_with_path(function, tree, *rest, **kwargs):
    return _with_path(function, tree, ())


def _with_path(function, tree, path):
    if _lens.is_unknown(tree):
        return tree
    if isinstance(tree, dict):
        return {key: _with_path(function, value, path + (DictKey(key),)) for key, value in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)([_with_path(function, v, path + (SequenceKey(i),)) for i, v in enumerate(tree)])
    return function(path, tree)


class DictKey:
    def __init__(self, key):
        self.key = key

    def __str__(self):
        return "['" + str(self.key) + "']"


class SequenceKey:
    def __init__(self, idx):
        self.idx = self.key = idx


def tree_reduce(function, tree, *initial):
    leaves = tree_leaves(tree)
    total = initial[0] if initial else leaves.pop(0)
    for leaf in leaves:
        total = function(total, leaf)
    return total


def tree_all(tree):
    return all(tree_leaves(tree))


def register_pytree_node(*args, **kwargs):
    return None


def register_pytree_node_class(cls):
    return cls


register_dataclass = register_pytree_with_keys = register_pytree_node


def Partial(function, *args, **kwargs):
    return lambda *more, **named: function(*args, *more, **{**kwargs, **named})
