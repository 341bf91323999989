"""scipy.stats: the distributions that weights are drawn from."""

import _laws
import _lens
import math
from numpy.random import _global, draw


class _Continuous:
    def __init__(self, name, count, law, moments):
        self._name, self._count, self._law = name, count, law
        self._moments = moments

    def __call__(self, *args, **kwargs):
        return _Frozen(self, args, kwargs)

    freeze = __call__

    def __getattr__(self, name):
        return _lens.unknown(f"{name} of a distribution")

    def _parameters(self, given, named):
        """Shape parameters, then `loc` and `scale`, each by place or by name; `given` keeps what follows."""
        shapes = [named[n] if n in named else given.pop(0) for n in ("a", "b")[: self._count]]
        loc = named["loc"] if "loc" in named else given.pop(0) if given else 0.0
        scale = named["scale"] if "scale" in named else given.pop(0) if given else 1.0
        return (*shapes, loc, scale)

    def rvs(self, *args, size=1, random_state=None, **kwargs):
        given = list(args)
        parameters = self._parameters(given, kwargs)
        return draw(_global, given.pop(0) if given else size, self._name, self._law, parameters)

    def mean(self, *args, **kwargs):
        *shapes, loc, scale = self._parameters(list(args), kwargs)
        return loc + scale * self._moments(*shapes)[0]

    def var(self, *args, **kwargs):
        *shapes, loc, scale = self._parameters(list(args), kwargs)
        return scale**2 * self._moments(*shapes)[1]

    def std(self, *args, **kwargs):
        return math.sqrt(self.var(*args, **kwargs))


class _Frozen:
    def __init__(self, distribution, args, kwargs):
        self._distribution, self._args, self._kwargs = distribution, args, kwargs

    def __getattr__(self, name):
        return _lens.unknown(f"{name} of a distribution")

    def rvs(self, size=1, random_state=None):
        return self._distribution.rvs(*self._args, size=size, **self._kwargs)

    def mean(self):
        return self._distribution.mean(*self._args, **self._kwargs)

    def var(self):
        return self._distribution.var(*self._args, **self._kwargs)

    def std(self):
        return self._distribution.std(*self._args, **self._kwargs)


def _truncated(a, b, loc, scale):
    return _laws.truncated_normal(loc, scale, loc + a * scale, loc + b * scale)


def _uniform(loc, scale):
    return _laws.uniform(loc, loc + scale)


def _truncated_moments(a, b):
    """Mean and variance of a standard normal variable between `a` and `b`."""
    low, high = [math.exp(-x * x / 2) / math.sqrt(2 * math.pi) for x in (a, b)]
    mass = (math.erf(b / math.sqrt(2)) - math.erf(a / math.sqrt(2))) / 2
    mean = (low - high) / mass
    return mean, 1 + (a * low - b * high) / mass - mean**2


truncnorm = _Continuous("truncnorm", 2, _truncated, _truncated_moments)
norm = _Continuous("norm", 0, _laws.normal, lambda: (0.0, 1.0))
uniform = _Continuous("uniform", 0, _uniform, lambda: (0.5, 1 / 12))
