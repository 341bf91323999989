"""What was drawn, in a few numbers: the truth that distributions are compared with."""

import numpy

QUANTILES = 64
MAX_SORTED = 100_000


def drawn(values):
    """[count, min, max, mean, std, quantiles]; the quantiles are those of at most 100,000 values, at (i + ½)/64."""
    values = numpy.asarray(values, dtype=numpy.float64).ravel()
    if values.size == 0:
        return [0, 0, 0, 0, 0, []]
    some = numpy.sort(values[numpy.linspace(0, values.size - 1, min(values.size, MAX_SORTED)).astype(numpy.int64)])
    at = ((numpy.arange(QUANTILES) + 0.5) / QUANTILES * some.size).astype(numpy.int64)
    moments = [values.min(), values.max(), values.mean(), values.std()]
    return [values.size, *(float(moment) for moment in moments), some[at].tolist()]
