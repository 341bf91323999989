"""Functions that move entries: reshape, transpose, join, split, index."""

import _lens
import _laws
from _arrays.core import Array, as_array, dims, is_scalar, last_size, make, numbers_of, places_of, product, size_of


def _list(x):
    return list(x) if isinstance(x, (list, tuple)) else [x]


def axis_of(axis, ndim):
    return axis + ndim if axis < 0 else axis


def resolve_shape(old, new):
    """`new` with its -1 worked out from the sizes of `old`."""
    new = size_of(new)
    if _lens.is_unknown(new):
        return _lens.ending_with(None) if _lens.certain(_lens.last_item(new) == -1) else new
    if len(new) == 1 and isinstance(new[0], (list, tuple)):
        new = size_of(new[0])
    new = [_lens.placeholder(i) if _lens.certain(d is None) else d for i, d in enumerate(new)]
    if not any([_lens.certain(d == -1) for d in new]):
        return tuple(new)
    if _lens.is_unknown(old):
        return tuple([_lens.unknown("size of reshape") if _lens.certain(d == -1) else d for d in new])
    known = product([d for d in new if not _lens.certain(d == -1)])
    total = product(old)
    if _lens.certain(total == 0):
        return tuple([0 if _lens.certain(d == -1) else d for d in new])
    rest = _quotient(total, known)
    return tuple([rest if _lens.certain(d == -1) else d for d in new])


def _quotient(total, known):
    if _lens.is_placeholder(total) or _lens.is_placeholder(known):
        exact = total // known
        return exact if not _lens.is_placeholder(exact) else _lens.placeholder(0)
    if _lens.certain(total % known != 0):
        raise ValueError("cannot reshape %s entries into groups of %s" % (total, known))
    return total // known


def reshape(a, shape=None, *rest, newshape=None, order="C", name=None, **kwargs):
    a = as_array(a)
    if _lens.certain(shape is None):
        shape = newshape
    if rest and (_lens.is_unknown(shape) or not isinstance(shape, (list, tuple))):
        shape = (shape,) + tuple([r for r in rest if not isinstance(r, str)])
    old = dims(a)
    new = resolve_shape(old, shape)
    if _lens.is_unknown(a):
        return a if _lens.is_unknown(new) else make([], new)
    if not _lens.is_unknown(new) and not _lens.is_unknown(old):
        before, after = product(old), product(new)
        hidden = _lens.is_placeholder(before) or _lens.is_placeholder(after)
        if not hidden and _lens.certain(before != after):
            raise ValueError("cannot reshape %s entries as %s" % (before, new))
    return make([a], new, a._dtype, a.law, a._data)


def ravel(a, *args, **kwargs):
    return reshape(a, (-1,))


def transpose(a, axes=None, *rest, **kwargs):
    a = as_array(a)
    axes = kwargs.get("perm", kwargs.get("dimensions", axes))
    if axes is not None and not isinstance(axes, (list, tuple)):
        axes = (axes,) + tuple(rest)
    shape = dims(a)
    if _lens.is_unknown(shape) or _lens.is_unknown(axes):
        return make([a], _permuted(shape, axes), a._dtype, a.law)
    if axes is None:
        axes = list(range(len(shape)))[::-1]
    axes = [axis_of(i, len(shape)) for i in axes]
    data = a._data if len(shape) < 2 else None
    if data is None and a._data is not None and len(shape) == 2 and axes == [1, 0]:
        rows, cols = shape
        data = [a._data[i * cols + j] for j in range(cols) for i in range(rows)]
    return make([a], tuple([shape[i] for i in axes]), a._dtype, a.law, data)


def _permuted(shape, axes):
    """What is known of an unknown shape after its axes were put in another order: the place of its last size."""
    if _lens.is_unknown(axes) or axes is None:
        return _lens.unknown("permuted shape")
    last = len(axes) - 1
    return tuple([shape[-1] if axis_of(a, last + 1) == last else _lens.unknown("permuted size") for a in axes])


def swapaxes(a, axis1, axis2):
    n = len(as_array(a).shape)
    order = list(range(n))
    i, j = axis_of(axis1, n), axis_of(axis2, n)
    order[i], order[j] = order[j], order[i]
    return transpose(a, order)


def moveaxis(a, source, destination):
    n = len(as_array(a).shape)
    sources = [axis_of(i, n) for i in _list(source)]
    targets = [axis_of(i, n) for i in _list(destination)]
    order = [i for i in range(n) if i not in sources]
    for target, origin in sorted(zip(targets, sources)):
        order.insert(target, origin)
    return transpose(a, order)


def rollaxis(a, axis, start=0):
    n = len(as_array(a).shape)
    axis, start = axis_of(axis, n), axis_of(start, n)
    return moveaxis(a, axis, start - 1 if start > axis else start)


def expand_dims(a, axis=0, *args, **kwargs):
    a = as_array(a)
    shape = list(dims(a))
    n = len(shape) + len(_list(axis))
    for i in sorted([axis_of(i, n) for i in _list(axis)]):
        shape.insert(i, 1)
    return make([a], tuple(shape), a._dtype, a.law, a._data)


def squeeze(a, axis=None, *args, **kwargs):
    a = as_array(a)
    shape = dims(a)
    if axis is None:
        kept = tuple([d for d in shape if not _lens.certain(d == 1)])
    else:
        drop = [axis_of(i, len(shape)) for i in _list(axis)]
        kept = tuple([d for i, d in enumerate(shape) if i not in drop])
    return make([a], kept, a._dtype, a.law, a._data)


def broadcast_to(a, shape, *args, **kwargs):
    a = as_array(a)
    value = _laws.constant_value(a.law)
    return make([a], size_of(shape), a._dtype, None if value is None else a.law)


def concatenate(arrays, axis=0, *args, **kwargs):
    if _lens.is_unknown(arrays):
        return arrays
    arrays = [as_array(a) for a in arrays]
    for a in arrays:
        if _lens.is_unknown(a) or _lens.is_unknown(a.shape):
            return _joined_open(arrays, axis)
    if axis is None:
        arrays, axis = [ravel(a) for a in arrays], 0
    shape = list(dims(arrays[0]))
    axis = axis_of(axis, len(shape))
    total = 0
    for a in arrays:
        total = total + dims(a)[axis]
        for i, d in enumerate(dims(a)):
            if i != axis and _lens.is_placeholder(shape[i]):
                shape[i] = d
    shape[axis] = total
    data = None
    if axis == 0 and all([a._data is not None for a in arrays]):
        data = [v for a in arrays for v in a._data]
    law = _laws.common([a.law for a in arrays])
    return make(arrays, tuple(shape), arrays[0]._dtype, law, data)


def _joined_open(arrays, axis):
    """Arrays joined where a shape is not known: joined at the last axis, their last sizes add up."""
    total = 0 if _lens.certain(axis == -1) else None
    for a in arrays:
        last = last_size(a)
        total = None if _lens.certain(total is None) or _lens.certain(last is None) else total + last
    return make([a for a in arrays if not _lens.is_unknown(a)], _lens.ending_with(total))


def stack(arrays, axis=0, *args, **kwargs):
    if _lens.is_unknown(arrays):
        return arrays
    return concatenate([expand_dims(a, axis) for a in arrays], axis)


def vstack(arrays, *args, **kwargs):
    return concatenate([reshape(a, (1, -1)) if len(dims(a)) < 2 else a for a in arrays], 0)


def hstack(arrays, *args, **kwargs):
    arrays = [as_array(a) for a in arrays]
    return concatenate(arrays, 0 if len(arrays[0].shape) == 1 else 1)


def dstack(arrays, *args, **kwargs):
    return concatenate([expand_dims(a, 2) if len(dims(a)) == 2 else a for a in arrays], 2)


def _part(a, axis, size):
    shape = list(dims(a))
    shape[axis] = size
    return make([a], tuple(shape), a._dtype, _laws.entries(a.law))


def split(a, indices_or_sections, axis=0, **kwargs):
    """NumPy's: a list says where parts begin."""
    a, sections = as_array(a), indices_or_sections
    if _lens.is_unknown(a) or _lens.is_unknown(a.shape) or _lens.is_unknown(sections):
        return _open_parts(a, sections, axis)
    axis = axis_of(axis, len(a.shape))
    total = dims(a)[axis]
    if isinstance(sections, Array):
        sections = sections.tolist()
    if isinstance(sections, (list, tuple)):
        edges = [0] + list(sections) + [total]
        return [_part(a, axis, edges[i + 1] - edges[i]) for i in range(len(edges) - 1)]
    return [_part(a, axis, total // sections) for _ in range(sections)]


def parts_of_sizes(a, sizes, axis=0):
    """Parts along an axis by their sizes, of which one may be -1: what the others leave."""
    a = as_array(a)
    if _lens.is_unknown(a) or _lens.is_unknown(a.shape):
        if not _lens.certain(axis == -1):
            return [_lens.unknown("part of an array") for _ in sizes]
        lasts = [None if _lens.certain(size == -1) else size for size in sizes]
        return [make([] if _lens.is_unknown(a) else [a], _lens.ending_with(last)) for last in lasts]
    axis = axis_of(axis, len(a.shape))
    rest = dims(a)[axis]
    for size in sizes:
        rest = rest if _lens.certain(size == -1) else rest - size
    return [_part(a, axis, rest if _lens.certain(size == -1) else size) for size in sizes]


def _open_parts(a, sections, axis):
    """Equal parts of an array of unknown rank: along its last axis their last sizes are known."""
    if not _lens.certain(axis == -1) or not isinstance(sections, int):
        return _lens.unknown("parts of an array")
    last = last_size(a)
    size = None if _lens.certain(last is None) else last // sections
    return [make([] if _lens.is_unknown(a) else [a], _lens.ending_with(size)) for _ in range(sections)]


def array_split(a, sections, axis=0):
    a = as_array(a)
    total = dims(a)[axis]
    return [_part(a, axis, total // sections + (1 if i < total % sections else 0)) for i in range(sections)]


def unstack(a, num=None, axis=0, **kwargs):
    a = as_array(a)
    axis = axis_of(axis, len(a.shape))
    count = dims(a)[axis] if num is None else num
    return [squeeze(_part(a, axis, 1), axis) for _ in range(count)]


def pad(a, pad_width, mode="constant", *args, **kwargs):
    a = as_array(a)
    pad_width = kwargs.get("paddings", pad_width)
    if isinstance(pad_width, Array):
        pad_width = pad_width.tolist()
    shape = dims(a)
    if _lens.is_unknown(shape):
        kept = isinstance(pad_width, (list, tuple)) and _lens.certain(tuple(pad_width[-1:]) == ((0, 0),))
        return make([a], _lens.ending_with(shape[-1] if kept else None), a._dtype)
    if is_scalar(pad_width):
        pad_width = [(pad_width, pad_width)] * len(shape)
    elif is_scalar(pad_width[0]):
        pad_width = [tuple(pad_width)] * len(shape)
    pads = [tuple(p) if len(p) >= 2 else (p[0], p[0]) for p in pad_width]
    return make([a], tuple([d + p[0] + p[1] for d, p in zip(shape, pads)]), a._dtype)


def tile(a, reps, *args, **kwargs):
    a = as_array(a)
    reps = list(size_of(kwargs.get("multiples", reps)))
    shape = list(dims(a))
    while len(reps) < len(shape):
        reps.insert(0, 1)
    while len(shape) < len(reps):
        shape.insert(0, 1)
    value = _laws.constant_value(a.law)
    data = a._data * reps[0] if a._data is not None and len(shape) == 1 else None
    return make([a], tuple([d * r for d, r in zip(shape, reps)]), a._dtype, None if value is None else a.law, data)


def repeat(a, repeats, axis=None, *args, **kwargs):
    a = as_array(a)
    shape = list(dims(a)) if axis is not None else [product(dims(a))]
    axis = axis_of(axis or 0, len(shape))
    counts = repeats.tolist() if isinstance(repeats, Array) else repeats
    data = a._data if len(shape) == 1 else None
    if is_scalar(counts):
        shape[axis] = shape[axis] * counts
        data = data and [one for one in data for _ in range(counts)]
    else:
        shape[axis] = sum(counts)
        data = data and [one for one, count in zip(data, counts) for _ in range(count)]
    return make([a], tuple(shape), a._dtype, a.law if _laws.is_constant(a.law) else None, data)


def flip(a, axis=None, *args, **kwargs):
    a = as_array(a)
    is_whole = axis is None or len(dims(a)) == 1
    return make([a], dims(a), a._dtype, a.law, a._data[::-1] if a._data is not None and is_whole else None)


def roll(a, *args, **kwargs):
    a = as_array(a)
    return make([a], dims(a), a._dtype, a.law)


def meshgrid(*arrays, indexing="xy", **kwargs):
    arrays = [as_array(a) for a in arrays]
    shape = [dims(a)[0] for a in arrays]
    if indexing == "xy" and len(shape) > 1:
        shape[0], shape[1] = shape[1], shape[0]
    return [make([a], tuple(shape), a._dtype) for a in arrays]


def take(a, indices, axis=None, *args, **kwargs):
    a = as_array(a)
    index_shape = dims(indices)
    if axis is None:
        return make([a], index_shape, a._dtype)
    shape = dims(a)
    axis = axis_of(axis, len(shape))
    if _lens.is_unknown(index_shape):
        return make([a], _lens.ending_with(None if axis == len(shape) - 1 else shape[-1]), a._dtype)
    return make([a], shape[:axis] + tuple(index_shape) + shape[axis + 1 :], a._dtype, _laws.entries(a.law))


def _sliced(size, s):
    """How many of `size` entries a slice keeps."""
    if s.start is None and s.step is None and _lens.certain(s.stop is size):
        return size
    if _lens.is_unknown(s.start) or _lens.is_unknown(s.stop) or _lens.is_unknown(s.step):
        return _lens.unknown("size of a slice")
    if s.step is None and s.start is None and s.stop is None:
        return size
    if isinstance(size, int) and not _lens.is_symbol(size):
        bounds = [s.start, s.stop, s.step]
        bounds = [b.item() if isinstance(b, Array) else b for b in bounds]
        if all([b is None or (isinstance(b, int) and not _lens.is_symbol(b)) for b in bounds]):
            return len(range(*slice(*bounds).indices(size)))
        if bounds[0] is None and bounds[2] is None and isinstance(bounds[1], int):
            return bounds[1]
        return _lens.unknown("size of a slice")
    if s.step is not None:
        if s.start is None and s.stop is None and _lens.certain(s.step == -1):
            return size
        return _lens.unknown("size of a slice")
    start, stop = s.start or 0, s.stop
    if stop is None:
        return size - start if _lens.certain(start >= 0) else -start
    if _lens.certain(start >= 0) and _lens.certain(stop < 0):
        return size - start + stop
    if start == 0 and _lens.certain(stop == size):
        return size
    return _lens.unknown("size of a slice")


def getitem(a, index):
    if _lens.is_unknown(index) or _lens.is_unknown(a.shape):
        return _lens.unknown("part of an array")
    if isinstance(index, str) or a._dtype == "object":
        return _lens.unknown("entry of an array")
    mask = index if isinstance(index, Array) and index._dtype == "bool" else None
    index = list(index) if isinstance(index, tuple) else [index]
    shape = list(dims(a))
    if any([_lens.is_unknown(i) for i in index]):
        return _lens.unknown("part of an array")
    used = len([i for i in index if i is not None and i is not Ellipsis])
    if not any([i is Ellipsis for i in index]):
        index.append(Ellipsis)
    result, position, gathered, gather_at = [], 0, (), None
    for item in index:
        if not _lens.is_unknown(item) and item is Ellipsis:
            rest = len(shape) - used
            result = result + shape[position : position + rest]
            position = position + rest
        elif _lens.certain(item is None):
            result.append(1)
        elif isinstance(item, slice):
            result.append(_sliced(shape[position], item))
            position = position + 1
        elif _lens.is_unknown(item):
            return _lens.unknown("part of an array")
        elif is_scalar(item) or (isinstance(item, Array) and len(item.shape) == 0):
            position = position + 1
        else:
            item = as_array(item)
            if gather_at is None:
                gather_at = len(result)
            if item._dtype == "bool":
                gathered = (_lens.unknown("entries a mask keeps"),)
                position = position + len(item.shape)
            else:
                longer = len(dims(item)) > len(gathered)
                gathered = tuple(dims(item)) if longer or not gathered else gathered
                position = position + 1
    if gather_at is not None:
        result = result[:gather_at] + list(gathered) + result[gather_at:]
    known = numbers_of(a)
    places = None if known is None else places_of(tuple(index) if mask is None else mask, shape)
    data = None if places is None else [known[place] for place in places]
    if data is not None and len(result) == 0:
        return data[0]
    if data is not None and mask is not None:
        result = [len(data)]
    is_whole = all([i is Ellipsis or (isinstance(i, slice) and i.step is None) for i in index]) and (
        _lens.certain(result == shape)
    )
    part = make([a], tuple(result), a._dtype, a.law if is_whole else _laws.entries(a.law), data)
    if a._mutable and mask is None and gather_at is None:
        part._part_of = (a, tuple(index))
    return _lens.flow("getitem", [a], part)


def _moving(function, name="reshape"):
    """The same function, seen by the flow through a model: entries only move."""

    def moved(*args, **kwargs):
        given = args[0] if args else None
        parts = list(given) if isinstance(given, (list, tuple)) else [given]
        return _lens.flow(name, parts, function(*args, **kwargs))

    return moved


reshape, ravel, moveaxis = [_moving(f) for f in (reshape, ravel, moveaxis)]
transpose, swapaxes = _moving(transpose, "transpose"), _moving(swapaxes, "transpose")
expand_dims, squeeze, broadcast_to, concatenate, stack = [
    _moving(f) for f in (expand_dims, squeeze, broadcast_to, concatenate, stack)
]
split, array_split, unstack, pad, tile = [_moving(f) for f in (split, array_split, unstack, pad, tile)]
repeat, flip, roll, take = [_moving(f) for f in (repeat, flip, roll, take)]


def install():
    """Gives arrays the methods of this file."""
    Array.__getitem__ = getitem
    Array.reshape = reshape
    Array.transpose = transpose
    Array.T = property(lambda self: transpose(self))
    Array.mT = property(lambda self: swapaxes(self, -1, -2))
    Array.ravel = ravel
    Array.flatten = ravel
    Array.squeeze = squeeze
    Array.swapaxes = swapaxes
    Array.repeat = repeat
    Array.take = take
