"""numpy.random: the legacy functions, RandomState and Generator draw from the same laws."""

import _lens
import _laws
from _arrays.core import Array, as_array, dims, size_of
from _arrays.create import random_array
from _arrays.elementwise import broadcast_shapes


def _is_number(x):
    return isinstance(x, (int, float)) or (isinstance(x, Array) and x.shape == ())


def _number(x):
    return x.item() if not _lens.is_unknown(x) and isinstance(x, Array) else x


def draw(generator, size, what, law, parameters):
    """`size` entries of `law(*parameters)`; parameters that are arrays give the size and hide the law."""
    hidden = [_lens.is_unknown(p) and not _lens.is_symbol(p) for p in parameters]
    if size is None and not any(hidden) and not all([_is_number(p) for p in parameters]):
        size = broadcast_shapes(*[dims(p) for p in parameters])
    numbers = [_number(p) if h or _is_number(p) else None for h, p in zip(hidden, parameters)]
    return random_array(Array, size, _laws.drawn_with(law(*numbers), generator.took(what, size)), what)


class _Draws:
    """What RandomState, Generator and the module-level functions have in common."""

    _since = None

    def start(self, seed):
        """Begins anew: from here the seed and what is drawn say the next values, while nothing unknown is called."""
        is_known = isinstance(seed, int) and not _lens.is_unknown(seed)
        self._since = (seed, "", _lens.unknown_calls()) if is_known else None

    def took(self, what, size):
        """What decides the values that are drawn now: the seed, and what it drew before; None where nobody knows."""
        if _lens.is_unknown(self._since) or self._since is None:
            return None
        seed, before, calls = self._since
        sizes = () if size is None else size_of(size)
        is_known = calls == _lens.unknown_calls() and all([isinstance(n, int) and not _lens.is_unknown(n) for n in sizes])
        self._since = (seed, before + what + str(sizes), calls) if is_known else None
        return (seed, before) if is_known else None

    def uniform(self, low=0.0, high=1.0, size=None, **kwargs):
        return draw(self, size, "uniform", _laws.uniform, (low, high))

    def normal(self, loc=0.0, scale=1.0, size=None, **kwargs):
        return draw(self, size, "normal", _laws.normal, (loc, scale))

    def standard_normal(self, size=None, *args, **kwargs):
        return draw(self, size, "standard_normal", _laws.normal, (0.0, 1.0))

    def random(self, size=None, *args, **kwargs):
        return draw(self, size, "random", _laws.uniform, (0.0, 1.0))

    def random_sample(self, size=None):
        return draw(self, size, "random_sample", _laws.uniform, (0.0, 1.0))

    ranf = sample = random_sample

    def rand(self, *shape):
        return draw(self, shape if shape else None, "rand", _laws.uniform, (0.0, 1.0))

    def randn(self, *shape):
        return draw(self, shape if shape else None, "randn", _laws.normal, (0.0, 1.0))

    def _other(self, size, what, dtype="float64"):
        self._since = None
        return random_array(Array, size, None, what, dtype)

    def randint(self, low, high=None, size=None, *args, **kwargs):
        return self._other(size, "randint", "int64")

    def integers(self, low, high=None, size=None, *args, **kwargs):
        return self._other(size, "integers", "int64")

    def binomial(self, n, p, size=None):
        return self._other(size, "binomial", "int64")

    def poisson(self, lam=1.0, size=None):
        return self._other(size, "poisson", "int64")

    def exponential(self, scale=1.0, size=None):
        return self._other(size, "exponential")

    def beta(self, a, b, size=None):
        return self._other(size, "beta")

    def gamma(self, shape, scale=1.0, size=None):
        return self._other(size, "gamma")

    def laplace(self, loc=0.0, scale=1.0, size=None):
        return self._other(size, "laplace")

    def lognormal(self, mean=0.0, sigma=1.0, size=None):
        return self._other(size, "lognormal")

    def multivariate_normal(self, mean, cov, size=None, *args, **kwargs):
        self._since = None
        lead = () if size is None else size_of(size)
        return random_array(Array, lead + tuple(dims(mean)), None, "multivariate_normal")

    def choice(self, a, size=None, *args, **kwargs):
        return self._other(size, "choice")

    def permutation(self, x, *args, **kwargs):
        self._since = None
        if isinstance(x, int):
            return Array((x,), "int64")
        x = as_array(x)
        return Array(x.shape, x._dtype, x.law)

    permuted = permutation

    def shuffle(self, x, *args, **kwargs):
        self._since = None
        if isinstance(x, Array):
            x.set_law(x.law)

    def seed(self, seed=None):
        self.start(seed)

    def get_state(self, *args, **kwargs):
        return _lens.unknown("state of a random generator")

    def set_state(self, *args, **kwargs):
        self._since = None

    def spawn(self, n):
        return [type(self)() for _ in range(n)]


class RandomState(_Draws):
    def __init__(self, seed=None):
        self.start(seed)


class Generator(_Draws):
    def __init__(self, bit_generator=None, seed=None):
        self.bit_generator = bit_generator
        self.start(seed)


class SeedSequence:
    def __init__(self, *args, **kwargs):
        pass


PCG64 = MT19937 = Philox = SFC64 = BitGenerator = SeedSequence


def default_rng(seed=None):
    return seed if isinstance(seed, Generator) else Generator(seed=seed)


_global = RandomState()
uniform, normal, standard_normal = _global.uniform, _global.normal, _global.standard_normal
random, random_sample, ranf, sample = _global.random, _global.random_sample, _global.ranf, _global.sample
rand, randn, randint, random_integers = _global.rand, _global.randn, _global.randint, _global.randint
binomial, poisson, exponential = _global.binomial, _global.poisson, _global.exponential
beta, gamma, laplace, lognormal = _global.beta, _global.gamma, _global.laplace, _global.lognormal
multivariate_normal, choice = _global.multivariate_normal, _global.choice
permutation, shuffle, seed = _global.permutation, _global.shuffle, _global.seed
get_state, set_state = _global.get_state, _global.set_state
