"""scipy.stats: the distributions that weights are drawn from."""

import _laws
from numpy.random import _global, draw


class _Continuous:
    def __init__(self, name, count, law):
        self._name, self._count, self._law = name, count, law

    def __call__(self, *args, **kwargs):
        return _Frozen(self, args, kwargs)

    freeze = __call__

    def rvs(self, *args, size=1, random_state=None, **kwargs):
        """Shape parameters, then `loc`, `scale` and `size`, each by place or by name."""
        given = list(args)
        shapes = [kwargs[n] if n in kwargs else given.pop(0) for n in ("a", "b")[: self._count]]
        loc = kwargs["loc"] if "loc" in kwargs else given.pop(0) if given else 0.0
        scale = kwargs["scale"] if "scale" in kwargs else given.pop(0) if given else 1.0
        return draw(_global, given.pop(0) if given else size, self._name, self._law, (*shapes, loc, scale))


class _Frozen:
    def __init__(self, distribution, args, kwargs):
        self._distribution, self._args, self._kwargs = distribution, args, kwargs

    def rvs(self, size=1, random_state=None):
        return self._distribution.rvs(*self._args, size=size, **self._kwargs)


def _truncated(a, b, loc, scale):
    return _laws.truncated_normal(loc, scale, loc + a * scale, loc + b * scale)


def _uniform(loc, scale):
    return _laws.uniform(loc, loc + scale)


truncnorm = _Continuous("truncnorm", 2, _truncated)
norm = _Continuous("norm", 0, _laws.normal)
uniform = _Continuous("uniform", 0, _uniform)
