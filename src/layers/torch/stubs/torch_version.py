"""torch.torch_version: a text that is compared by its numbers."""

import operator

from packaging.version import InvalidVersion, Version


def _version(one):
    return Version(".".join([str(part) for part in one]) if isinstance(one, (tuple, list)) else str(one))


def _by_numbers(compare):
    def method(self, other):
        try:
            return compare(_version(self), _version(other))
        except InvalidVersion:
            return compare(str(self), str(other))

    return method


class TorchVersion(str):
    __lt__ = _by_numbers(operator.lt)
    __le__ = _by_numbers(operator.le)
    __gt__ = _by_numbers(operator.gt)
    __ge__ = _by_numbers(operator.ge)
    __eq__ = _by_numbers(operator.eq)
    __ne__ = _by_numbers(operator.ne)
    __hash__ = str.__hash__


__version__ = TorchVersion("2.13.0")
