"""einops: axes by name, for the arrays of every framework."""

import _lens
from _arrays.core import Array, make, product
from _arrays.products import einsum as _array_einsum
from _arrays.shaping import broadcast_to


class _Pattern:
    """`b (h p) c -> b c h`: groups of names on both sides, an ellipsis spelled out for a number of axes."""

    def __init__(self, pattern, rank):
        before, _, after = [_groups(side) for side in pattern.partition("->")]
        count = rank - len(before) + 1 if any([_ELLIPSIS in group for group in before]) else 0
        self.before, self.after = _spelled(before, count), _spelled(after, count)
        self.names = [name for group in self.before for name in group]


_ELLIPSIS = "..."


def _groups(side):
    """A list of names for each axis, empty where its size is 1; an ellipsis outside brackets stands for itself."""
    groups, group = [], None
    for token in side.replace("(", " ( ").replace(")", " ) ").split():
        if token == "(":
            group = []
        elif token == ")":
            groups.append(group)
            group = None
        elif group is not None:
            group += [] if token == "1" else [token]
        else:
            groups.append(token if token == _ELLIPSIS else [] if token == "1" else [token])
    return groups


def _spelled(groups, count):
    open_names = [_ELLIPSIS + str(i) for i in range(count)]
    spelled = []
    for group in groups:
        if group == _ELLIPSIS:
            spelled += [[name] for name in open_names]
        else:
            spelled.append([one for name in group for one in (open_names if name == _ELLIPSIS else [name])])
    return spelled


def _sizes(pattern, shape, given):
    """The size of each name: given, or what the axis it is in leaves for it."""
    sizes = dict(given)
    for i, group in enumerate(pattern.before):
        open_names = [name for name in group if name not in sizes]
        if len(open_names) == 1:
            others = product([sizes[name] for name in group if name in sizes])
            whole = _axis(shape, i, i == len(pattern.before) - 1)
            sizes[open_names[0]] = whole if len(group) == 1 else whole // others
        else:
            sizes.update({name: _lens.unknown("the axis " + name) for name in open_names})
    return sizes


def _axis(shape, i, is_last):
    """The size of an axis; of a shape of unknown rank the last may be known."""
    if not _lens.is_unknown(shape):
        return shape[i]
    return shape[-1] if is_last else _lens.unknown("an axis")


def _moved(x, shape):
    """An array whose entries are at other places."""
    out = make([x], tuple(shape), x._dtype, x.law)
    return _lens.flow("reshape", [x], out)


def _reshaped(x, shape):
    return _moved(x, shape) if isinstance(x, Array) else x.reshape(*shape)


def _permuted(x, order):
    if list(order) == list(range(len(order))):
        return x
    return _moved(x, [x.shape[i] for i in order]) if isinstance(x, Array) else x.permute(*order)


def _unread():
    return _lens.unknown("what einops makes of something unknown")


def _read(x, pattern, given):
    """The pattern and its sizes; None where nobody knows what x is, or how many axes the ellipsis stands for."""
    if _lens.is_unknown(x) or isinstance(x, (list, tuple)):
        return None, None
    shape = x.shape
    if _lens.is_unknown(shape) and _ELLIPSIS in pattern:
        return None, None
    read = _Pattern(pattern, 0 if _lens.is_unknown(shape) else len(shape))
    return read, _sizes(read, shape, given)


def _final(read, sizes):
    return [product([sizes[name] for name in group]) for group in read.after]


def rearrange(tensor, pattern, **axes_lengths):
    read, sizes = _read(tensor, pattern, axes_lengths)
    if read is None:
        return _unread()
    x = _reshaped(tensor, [sizes[name] for name in read.names])
    order = [read.names.index(name) for group in read.after for name in group]
    return _reshaped(_permuted(x, order), _final(read, sizes))


def repeat(tensor, pattern, **axes_lengths):
    read, sizes = _read(tensor, pattern, axes_lengths)
    if read is None:
        return _unread()
    wanted = [name for group in read.after for name in group]
    kept = [name for name in wanted if name in read.names]
    x = _permuted(_reshaped(tensor, [sizes[name] for name in read.names]), [read.names.index(name) for name in kept])
    x = _reshaped(x, [sizes[name] if name in kept else 1 for name in wanted])
    whole = tuple([sizes[name] for name in wanted])
    x = broadcast_to(x, whole) if isinstance(x, Array) else x.expand(*whole)
    return _reshaped(x, _final(read, sizes))


_EXTREMES = {"max": "amax", "min": "amin"}


def reduce(tensor, pattern, reduction, **axes_lengths):
    read, sizes = _read(tensor, pattern, axes_lengths)
    if read is None or not isinstance(reduction, str):
        return _unread()
    kept = [name for group in read.after for name in group]
    left = [name for name in read.names if name in kept]
    x = _reshaped(tensor, [sizes[name] for name in read.names])
    gone = tuple([i for i, name in enumerate(read.names) if name not in kept])
    if gone:
        method = reduction if isinstance(x, Array) else _EXTREMES.get(reduction, reduction)
        x = getattr(x, method)(gone)
    return _reshaped(_permuted(x, [left.index(name) for name in kept]), _final(read, sizes))


def einsum(*tensors_and_pattern):
    *tensors, pattern = tensors_and_pattern
    letters = {}
    for name in pattern.replace(",", " ").replace("->", " ").split():
        letters.setdefault(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(letters)])

    def short(side):
        return "".join(["..." if name == "..." else letters[name] for name in side.split()])

    before, _, after = pattern.partition("->")
    equation = ",".join([short(side) for side in before.split(",")]) + "->" + short(after)
    if all([isinstance(one, Array) for one in tensors]):
        return _array_einsum(equation, *tensors)
    import torch

    return torch.einsum(equation, *tensors)


def parse_shape(x, pattern):
    return {name: size for name, size in zip(pattern.split(), x.shape) if name != "_"}
