"""keras.tree."""

from _keras.tensors import flatten, map_structure


def is_nested(structure):
    return isinstance(structure, (list, tuple, dict))
