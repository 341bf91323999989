"""Small functions of flax.linen."""

import _lens
from _arrays.core import as_array, dims, make
from _flax.conv import pool


def merge_param(name, a, b):
    return a if b is None else b


def make_causal_mask(x, *args, **kwargs):
    x = as_array(x)
    if _lens.is_unknown(x) or _lens.is_unknown(x.shape):
        return _lens.unknown("the mask of something unknown")
    shape = dims(x)
    return make([x], shape[:-1] + (1, shape[-1], shape[-1]), "float32")


def make_attention_mask(query_input, key_input, *args, **kwargs):
    if any([_lens.is_unknown(one) or _lens.is_unknown(as_array(one).shape) for one in (query_input, key_input)]):
        return _lens.unknown("the mask of something unknown")
    a, b = dims(query_input), dims(key_input)
    return make([as_array(query_input)], a[:-1] + (1, a[-1], b[-1]), "float32")


def combine_masks(*masks, **kwargs):
    given = [m for m in masks if m is not None]
    return given[0] if given else None
