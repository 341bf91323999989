"""theano.shared: a named value that functions can change."""

import _lens
from _arrays.core import Array, as_array


class SharedVariable(Array):
    _rank = 4

    def __init__(self, value, name=None):
        value = as_array(value)
        Array.__init__(self, value.shape, value._dtype, value.law)
        self.name = name
        self.default_law = value.law
        self.site = getattr(value, "site", None) or _lens.site()

    @classmethod
    def _result(cls, parents, shape, dtype, law, data):
        return Array._result(parents, shape, dtype, None, data)

    def get_value(self, borrow=False, **kwargs):
        return Array(self.shape, self._dtype, self.law)

    def set_value(self, value, borrow=False):
        self.law = getattr(value, "law", None)

    def eval(self, *args):
        return self.get_value()


def shared(value=None, name=None, strict=False, allow_downcast=None, borrow=False, **kwargs):
    if _lens.is_unknown(value):
        return value
    out = SharedVariable(value, name)
    _lens.flow_alias(out, value)
    _lens.created(out, "shared")
    return out
