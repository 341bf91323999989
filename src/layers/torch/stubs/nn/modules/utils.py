from collections.abc import Iterable

from _lens import is_unknown
from torch._native import unknown


def _ntuple(n, name="parse"):
    def parse(x):
        is_iterable = isinstance(x, Iterable)
        # A number or that many of them: whichever it is, so many sizes.
        if is_unknown(is_iterable):
            return tuple(unknown("a size that is not known") for _ in range(n))
        return tuple(x) if is_iterable else (x,) * n

    parse.__name__ = name
    return parse


_single = _ntuple(1, "_single")
_pair = _ntuple(2, "_pair")
_triple = _ntuple(3, "_triple")
_quadruple = _ntuple(4, "_quadruple")


def _reverse_repeat_tuple(t, n):
    return tuple(x for x in reversed(t) for _ in range(n))


def _list_with_default(out_size, defaults):
    if isinstance(out_size, int):
        return out_size
    return [v if v is not None else d for v, d in zip(out_size, defaults[-len(out_size):])]


def consume_prefix_in_state_dict_if_present(state_dict, prefix):
    for key in list(state_dict.keys()):
        if key.startswith(prefix):
            state_dict[key[len(prefix):]] = state_dict.pop(key)
