"""Trees of values: nested dictionaries, lists and tuples. What is none of these is a leaf, None too."""

from _lens import is_unknown
from collections import OrderedDict, deque


class TreeSpec:
    """A tree without its leaves."""

    def __init__(self, tree):
        self._tree = tree
        self.num_leaves = len(tree_leaves(tree))

    def unflatten(self, leaves):
        remaining = iter(leaves)
        return tree_map(lambda leaf: next(remaining), self._tree)


def _is_leaf(tree, is_leaf):
    if is_leaf is not None and is_leaf(tree):
        return True
    named = isinstance(tree, tuple) and hasattr(tree, "_fields")
    return not named and type(tree) not in (dict, OrderedDict, list, tuple, deque)


def tree_map(func, tree, *rests, is_leaf=None):
    if is_unknown(tree):
        return tree
    if _is_leaf(tree, is_leaf):
        return func(tree, *rests)
    if isinstance(tree, dict):
        return type(tree)([(key, tree_map(func, tree[key], *[one[key] for one in rests], is_leaf=is_leaf)) for key in tree])
    made = [tree_map(func, *below, is_leaf=is_leaf) for below in zip(tree, *rests)]
    return type(tree)(*made) if hasattr(tree, "_fields") else type(tree)(made)


def tree_leaves(tree, is_leaf=None):
    if is_unknown(tree):
        return tree
    if _is_leaf(tree, is_leaf):
        return [tree]
    leaves = []
    for below in tree.values() if isinstance(tree, dict) else tree:
        leaves += tree_leaves(below, is_leaf)
    return leaves


def tree_flatten(tree, is_leaf=None):
    return tree_leaves(tree, is_leaf), TreeSpec(tree)


def tree_unflatten(leaves, treespec):
    return treespec.unflatten(leaves)


def tree_structure(tree, is_leaf=None):
    return TreeSpec(tree)


def tree_map_only(kind, func, tree, is_leaf=None):
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, kind) else leaf, tree, is_leaf=is_leaf)
