"""tf.Module: variables are found through attributes, by name."""

import _lens
from _keras.layer import Layer
from _keras.state import to_snake_case
from _keras.tensors import Variable, flatten


class Module:
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._site = _lens.site()
        _lens.created(self, "layer")
        return self

    def __init__(self, name=None):
        self._name = name or to_snake_case(type(self).__name__)

    @property
    def name(self):
        return self._name

    @property
    def name_scope(self):
        from _keras.state import name_scope

        return name_scope(self._name)

    @property
    def variables(self):
        found = {}
        for name in sorted(self.__dict__):
            for item in flatten(self.__dict__[name]):
                if isinstance(item, Variable):
                    found[id(item)] = item
                elif isinstance(item, (Module, Layer)) and item is not self:
                    for variable in item.variables:
                        found[id(variable)] = variable
        return list(found.values())

    @property
    def trainable_variables(self):
        return [v for v in self.variables if v.trainable]

    @property
    def submodules(self):
        return tuple([v for v in self.__dict__.values() if isinstance(v, (Module, Layer))])

    @classmethod
    def with_name_scope(cls, method):
        return method
