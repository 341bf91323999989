"""jax.random."""

import _lens
import _laws
from _arrays.core import as_array, dims, is_scalar, size_of
from _arrays.create import created
from _arrays.random_laws import _known
from _jax.array import JaxArray


class _Key(JaxArray):
    """A key, or a list of keys. Keys of one `_key_name` give the same values; `_own` is the shape of one."""

    _key_name = None
    _own = (2,)

    def __getitem__(self, index):
        if isinstance(index, int) and len(self.shape) == len(self._own) + 1 and isinstance(self.shape[0], int):
            return _key("%s[%d]" % (self._key_name, index % self.shape[0]), self._own, self._own)
        return JaxArray.__getitem__(self, index)


def _key(name, shape=(2,), own=(2,)):
    out = _Key._result([], shape, "uint32", None, None)
    out._key_name, out._own = name, own
    return out


def name_of(key):
    """What decides the values a key gives; None where there is none, or where it is one of nobody knows how many."""
    if _lens.is_unknown(key):
        return _lens.identity(key)
    return key._key_name if isinstance(key, _Key) else None


def PRNGKey(seed=0, **kwargs):
    return _key("key(%s)" % _lens.identity(seed))


def key(seed=0, **kwargs):
    """A key of the newer kind: one value, not two numbers."""
    return _key("key(%s)" % _lens.identity(seed), (), ())


def first_key(seed, use):
    """The first that a stream of this seed gives for a use."""
    return _key("stream(%s) %s" % (_lens.identity(seed), use))


def split(key, num=2):
    own = key._own if isinstance(key, _Key) else (2,)
    return _key("%s.split(%s)" % (name_of(key), _lens.identity(num)), size_of(num) + own, own)


def fold_in(key, data):
    own = key._own if isinstance(key, _Key) else (2,)
    return _key("%s.fold_in(%s)" % (name_of(key), _lens.identity(data)), own, own)


def clone(key, *args, **kwargs):
    return key


wrap_key_data = key_data = clone


def _draw(what, key, shape, law, parameters, dtype="float32"):
    drawn = _laws.drawn_with(law(*parameters), name_of(key)) if _known(*parameters) else None
    return created(JaxArray, shape, dtype or "float32", drawn, None, what)


def normal(key, shape=(), dtype="float32", **kwargs):
    return _draw("normal", key, shape, _laws.normal, (0.0, 1.0), dtype)


def uniform(key, shape=(), dtype="float32", minval=0.0, maxval=1.0, **kwargs):
    return _draw("uniform", key, shape, _laws.uniform, (minval, maxval), dtype)


def truncated_normal(key, lower=-2.0, upper=2.0, shape=None, dtype="float32", **kwargs):
    return _draw(
        "truncated_normal", key, shape, lambda a, b: _laws.truncated_normal(0.0, 1.0, a, b), (lower, upper), dtype
    )


def orthogonal(key, n, shape=(), dtype="float32", m=None):
    sizes = (n, n if m is None else m)
    law = _laws.drawn_with(_laws.orthogonal(1.0, sizes), name_of(key))
    return created(JaxArray, size_of(shape) + sizes, dtype, law, None, "orthogonal")


def _other(what, dtype="float32"):
    def draw(key, *args, shape=None, **kwargs):
        if shape is None:
            shapes = [a for a in args if isinstance(a, (tuple, list))]
            shape = shapes[0] if shapes else ()
        return created(JaxArray, shape, dtype, None, None, what)

    return draw


randint, gumbel, exponential = _other("randint", "int32"), _other("gumbel"), _other("exponential")
laplace, cauchy, gamma, beta, poisson = _other("laplace"), _other("cauchy"), _other("gamma"), _other("beta"), _other("poisson")
rademacher, maxwell, t = _other("rademacher"), _other("maxwell"), _other("t")


def bernoulli(key, p=0.5, shape=None, **kwargs):
    return created(JaxArray, dims(p) if shape is None else shape, "bool", None, None, "bernoulli")


def _vectors(what, rows, shape):
    """Draws of vectors that are as long as a parameter's rows."""
    lead = rows[:-1] if shape is None else size_of(shape)
    return created(JaxArray, lead + rows[-1:], "float32", None, None, what)


def dirichlet(key, alpha, shape=None, *args, **kwargs):
    return _vectors("dirichlet", dims(alpha), shape)


def multivariate_normal(key, mean, cov, shape=None, *args, **kwargs):
    return _vectors("multivariate_normal", dims(mean), shape)


def categorical(key, logits, axis=-1, shape=None, **kwargs):
    logits = as_array(logits)
    kept = tuple([d for i, d in enumerate(dims(logits)) if i != axis % len(logits.shape)])
    return JaxArray._result([], kept if shape is None else size_of(shape), "int32", None, None)


def permutation(key, x, *args, **kwargs):
    if isinstance(x, int):
        return JaxArray._result([], (x,), "int32", None, None)
    return as_array(x)


shuffle = permutation


def choice(key, a, shape=(), replace=True, p=None, axis=0, **kwargs):
    """Of the first so many numbers, or entries along an axis of an array."""
    if is_scalar(a):
        return created(JaxArray, shape, "int32", None, None, "choice")
    sizes = dims(a)
    at = axis % len(sizes)
    return created(JaxArray, sizes[:at] + size_of(shape) + sizes[at + 1 :], "float32", None, None, "choice")
