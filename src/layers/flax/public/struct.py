"""flax.struct."""

import dataclasses


def dataclass(cls=None, **kwargs):
    if cls is None:
        return lambda c: dataclass(c)
    made = dataclasses.dataclass(cls)

    def replace(self, **changes):
        return dataclasses.replace(self, **changes)

    made.replace = replace
    return made


def field(pytree_node=True, **kwargs):
    kwargs.pop("metadata", None)
    return dataclasses.field(**kwargs)


class PyTreeNode:
    def __init_subclass__(cls, **kwargs):
        dataclass(cls)
