"""keras.preprocessing.sequence."""

import _lens
from _arrays.core import Array, as_array
from _keras.inert import inert_class

TimeseriesGenerator = inert_class("TimeseriesGenerator")


def pad_sequences(sequences, maxlen=None, *args, **kwargs):
    shape = getattr(sequences, "shape", None)
    count = _lens.unknown("number of sequences") if shape is None or _lens.is_unknown(shape) else shape[0]
    if maxlen is None:
        maxlen = _lens.unknown("length of the longest sequence")
    return Array((count, maxlen), "int32")
