"""jax.random."""

import _lens
import _laws
from _arrays.core import Array, as_array, dims, size_of
from _arrays.create import created
from _arrays.random_laws import _known
from _jax.array import JaxArray


def PRNGKey(seed=0, **kwargs):
    return JaxArray._result([], (2,), "uint32", None, None)


key = PRNGKey


def split(key, num=2):
    return JaxArray._result([], size_of(num) + (2,), "uint32", None, None)


def fold_in(key, data):
    return key


wrap_key_data = key_data = clone = fold_in


def _draw(what, shape, law, parameters, dtype="float32"):
    return created(JaxArray, shape, dtype or "float32", law(*parameters) if _known(*parameters) else None, None, what)


def normal(key, shape=(), dtype="float32", **kwargs):
    return _draw("normal", shape, _laws.normal, (0.0, 1.0), dtype)


def uniform(key, shape=(), dtype="float32", minval=0.0, maxval=1.0, **kwargs):
    return _draw("uniform", shape, _laws.uniform, (minval, maxval), dtype)


def truncated_normal(key, lower=-2.0, upper=2.0, shape=None, dtype="float32", **kwargs):
    return _draw(
        "truncated_normal", shape, lambda a, b: _laws.truncated_normal(0.0, 1.0, a, b), (lower, upper), dtype
    )


def orthogonal(key, n, shape=(), dtype="float32", m=None):
    sizes = (n, n if m is None else m)
    return created(JaxArray, size_of(shape) + sizes, dtype, _laws.orthogonal(1.0, sizes), None, "orthogonal")


def _other(what, dtype="float32"):
    def draw(key, *args, shape=None, **kwargs):
        if shape is None:
            shapes = [a for a in args if isinstance(a, (tuple, list))]
            shape = shapes[0] if shapes else ()
        return created(JaxArray, shape, dtype, None, None, what)

    return draw


bernoulli, randint, gumbel, exponential = _other("bernoulli", "bool"), _other("randint", "int32"), _other("gumbel"), _other("exponential")
laplace, cauchy, gamma, beta, poisson = _other("laplace"), _other("cauchy"), _other("gamma"), _other("beta"), _other("poisson")
rademacher, maxwell, dirichlet, t = _other("rademacher"), _other("maxwell"), _other("dirichlet"), _other("t")


def categorical(key, logits, axis=-1, shape=None, **kwargs):
    logits = as_array(logits)
    kept = tuple([d for i, d in enumerate(dims(logits)) if i != axis % len(logits.shape)])
    return JaxArray._result([], kept if shape is None else size_of(shape), "int32", None, None)


def permutation(key, x, *args, **kwargs):
    if isinstance(x, int):
        return JaxArray._result([], (x,), "int32", None, None)
    return as_array(x)


shuffle = permutation


def choice(key, a, shape=(), *args, **kwargs):
    return created(JaxArray, shape, "float32", None, None, "choice")
