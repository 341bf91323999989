"""The array every framework but PyTorch shares: a shape, a dtype, the law its entries are drawn
from, and, for small tables of numbers, the numbers themselves.

A law of None is unknown. A dimension may be an integer, a symbol, or None (Keras's free dimension).
"""

import _lens
import _laws

MOST_DATA = 4096  # larger tables of numbers are kept as shape and law alone


def is_scalar(x):
    return isinstance(x, (bool, int, float, complex))


def product(dims):
    total = 1
    for d in dims:
        total = total * d
    return total


# NumPy's codes of types: one letter, or a letter with the bytes of an entry.
CODES = {"e": "float16", "f": "float32", "d": "float64", "F": "complex64", "D": "complex128", "?": "bool"}
CODES |= {"b": "int8", "B": "uint8", "h": "int16", "H": "uint16", "i": "int32", "I": "uint32", "l": "int64", "L": "uint64"}
CODES |= {"f2": "float16", "f4": "float32", "f8": "float64", "c8": "complex64", "c16": "complex128"}
CODES |= {"i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8", "u2": "uint16", "u4": "uint32", "u8": "uint64"}


def dtype_name(dtype, default="float32"):
    if dtype is None:
        return default
    if isinstance(dtype, str):
        return CODES.get(dtype.lstrip("<>=|"), dtype)
    name = getattr(dtype, "name", None)
    if isinstance(name, str):
        return name
    name = getattr(dtype, "__name__", default)
    return {"float": "float32", "int": "int32", "bool_": "bool"}.get(name, name)


class DType:
    """What `x.dtype` is: equal to its name, to the class of the same name, and to itself."""

    def __init__(self, name):
        self.name = dtype_name(name)

    def __eq__(self, other):
        return self.name == dtype_name(other, "")

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return "dtype('" + self.name + "')"

    def __str__(self):
        return self.name

    @property
    def type(self):
        return self

    @property
    def base_dtype(self):
        return self

    @property
    def as_numpy_dtype(self):
        return self

    @property
    def kind(self):
        return "f" if "float" in self.name else "i"

    @property
    def is_floating(self):
        return "float" in self.name

    @property
    def is_integer(self):
        return "int" in self.name

    @property
    def itemsize(self):
        return {"64": 8, "32": 4, "16": 2}.get(self.name[-2:], 1)

    def __call__(self, value=0):
        return cast_value(value, self.name)


def cast_value(value, name):
    """`np.float32(x)`: a number stays a number, anything nested becomes an array."""
    if isinstance(value, Array):
        return value.astype(name)
    if is_scalar(value):
        if "float" in name or "complex" in name:
            return float(value)
        if name.startswith("bool"):
            return bool(value)
        return int(value)
    if isinstance(value, (list, tuple)):
        return from_nested(value, name)
    return value


def size_of(shape):
    """A shape argument as a tuple: one integer, a list, a tuple, an array of integers."""
    if _lens.is_entry_of_shape(shape):
        return (_size(shape),)
    if _lens.is_unknown(shape):
        return shape
    if _lens.certain(shape is None):
        return ()
    if isinstance(shape, Array):
        shape = shape.tolist()
    if isinstance(shape, (list, tuple)):
        return tuple([_size(d) for d in shape])
    return (_size(shape),)


def _size(d):
    if _lens.is_unknown(d) or _lens.is_symbol(d) or d is None:
        return _lens.size(d)
    if isinstance(d, Array):
        return _lens.size(d.item())
    return _lens.size(getattr(d, "value", d))  # TensorFlow 1's Dimension


def open_dims(shape):
    """Free dimensions (None) as placeholder symbols, so that sizes can be computed with them."""
    if _lens.is_unknown(shape):
        return shape
    return tuple([_lens.placeholder(i) if _lens.certain(d is None) else d for i, d in enumerate(shape)])


def close_dims(shape):
    """Sizes that hang on a free dimension become None again."""
    if _lens.is_unknown(shape):
        return shape
    return tuple([None if _lens.is_placeholder(d) else d for d in shape])


def dims(x):
    """Shape of anything array-like, with free dimensions as symbols."""
    if isinstance(x, Array):
        return open_dims(x.shape)
    if is_scalar(x):
        return ()
    if isinstance(x, (list, tuple)):
        return as_array(x).shape
    if hasattr(x, "shape"):
        return open_dims(size_of(x.shape))
    return _lens.unknown("shape of " + type(x).__name__)


def last_size(x):
    """The last size of an array; None where it is not known, or where the array has no axis."""
    return None if _lens.is_unknown(x) or is_scalar(x) else end_of(dims(x))


def end_of(shape):
    """The last size of a shape; None where it is not known, or where there is none."""
    if _lens.is_unknown(shape):
        return _lens.last_item(shape)
    return shape[-1] if len(shape) > 0 and not _lens.is_unknown(shape[-1]) else None


def resized(shape, *sizes):
    """A shape with these sizes in the place of its last one."""
    return _lens.ending_with(sizes[-1]) if _lens.is_unknown(shape) else tuple(shape[:-1]) + sizes


def extended(shape, size):
    """A shape with one more size at its end."""
    return _lens.ending_with(size) if _lens.is_unknown(shape) else tuple(shape) + (size,)


def make(parents, shape, dtype=None, law=None, data=None):
    """The result of an operation on `parents`, in the most specific of their kinds."""
    best = None
    for p in parents:
        p = getattr(p, "_array", p)
        if isinstance(p, Array) and (best is None or p._rank > best._rank):
            best = p
    cls = type(best) if best is not None else Array
    name = dtype_name(dtype, None) or (best._dtype if best is not None else "float32")
    return cls._result(parents, shape, name, law, data)


class Array:
    _rank = 0  # of two kinds of array in one operation, the higher makes the result
    _mutable = True  # numpy's `a *= b` changes `a`; jax's and TensorFlow's arrays never change
    _keras_history = None
    _is_signs = False  # entries of 1 and -1 that nobody knows: what `sign` gives
    _part_of = None  # the array whose memory it shares, and its index there
    owner = site = default_law = None  # set where the array is a layer's weight

    def __init__(self, shape=(), dtype="float32", law=None, data=None, **memory):
        """`memory` is what `np.ndarray` takes besides: a buffer, an offset, strides."""
        self.shape = shape
        self._dtype = dtype_name(dtype)
        self.law = law
        self._data = data

    @classmethod
    def _result(cls, parents, shape, dtype, law, data):
        out = cls.__new__(cls)
        out.shape = shape
        out._dtype = dtype
        out.law = law
        out._data = data
        return out

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _lens.unknown("the attribute " + name + " of an array")

    @property
    def dtype(self):
        return DType(self._dtype)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def rank(self):
        return len(self.shape)

    @property
    def size(self):
        return product(dims(self))

    @property
    def nbytes(self):
        return self.size * self.dtype.itemsize

    @property
    def at(self):
        return _AtIndex(self)

    def __len__(self):
        if not _lens.is_unknown(self.shape) and len(self.shape) == 0:
            return _lens.unknown("length of an entry")
        return self.shape[0]

    def __iter__(self):
        if _lens.is_unknown(self.shape) or len(self.shape) == 0:
            return iter(_lens.unknown("entries of an array"))
        return iter(_entries(self))

    def __bool__(self):
        return _lens.unknown("truth of an array") if self._data is None else bool(self.item())

    def __int__(self):
        return int(self.item())

    def __index__(self):
        return int(self.item())

    def __float__(self):
        return float(self.item())

    def __hash__(self):
        is_number = type(self) is Array and not _lens.is_unknown(self.shape) and self.shape == ()
        return _lens.unknown("a number that was drawn") if is_number else id(self)

    def __repr__(self):
        return "array(shape=" + str(self.shape) + ")"

    def __format__(self, spec):
        return str(self)

    def item(self, *index):
        if self._data is not None and len(self._data) == 1:
            return self._data[0]
        return _lens.unknown("an entry of an array")

    def tolist(self):
        data = numbers_of(self)
        return _lens.unknown("entries of an array") if data is None else nest(data, self.shape)

    def numpy(self):
        return Array(self.shape, self._dtype, self.law, self._data)

    def copy(self, *args, **kwargs):
        return make([self], self.shape, self._dtype, self.law, self._data)

    __copy__ = copy

    def block_until_ready(self):
        return self

    def set_shape(self, shape):
        shape = size_of(shape)
        self.shape = tuple([old if _lens.certain(new is None) else new for old, new in zip(self.shape, shape)])

    def astype(self, dtype, *args, **kwargs):
        name = dtype_name(dtype)
        law = self.law if "float" in name else None
        if law is None and _laws.is_constant(self.law):
            law = _laws.constant(cast_value(_laws.constant_value(self.law), name))
        data = self._data
        if data is not None:
            data = [cast_value(v, name) for v in data]
        return make([self], self.shape, name, law, data)

    def set_law(self, law):
        """In-place change of every entry."""
        self.become(law, None)

    def become(self, law, data):
        """In-place change, which the array sees that this is a part of."""
        self.law, self._data = law, data
        if self._part_of is not None:
            whole, index = self._part_of
            whole[index] = self

    def __setitem__(self, index, value):
        if isinstance(index, Array) and index._dtype == "bool":
            _lens.flow_in_place("where", [index, value, self], self)
        else:
            _lens.flow_in_place("unknown", [self], self)
        entries = _placed(self, index, value)
        if entries is not None:
            self.become(_laws.constant(entries[0]) if len(set(entries)) == 1 else None, entries)
            return
        whole = _lens.certain(index is Ellipsis or (isinstance(index, slice) and index == slice(None)))
        if whole and is_scalar(value):
            self.set_law(_laws.constant(value))
        elif whole and isinstance(value, Array):
            self.set_law(value.law)
        else:
            self.set_law(None)

    def resize(self, *shape, refcheck=True):
        """In place; further entries are zeros."""
        before = product(dims(self))
        self.shape = size_of(shape[0] if len(shape) == 1 else shape)
        if not _lens.certain(product(dims(self)) == before):
            self.set_law(None)

    def fill(self, value):
        self.set_law(_laws.constant(value) if is_scalar(value) else None)


def numbers_of(array):
    """The entries of a small table: those kept, or the one number that all are; None where nobody knows."""
    if array._data is not None or _lens.is_unknown(array.shape):
        return array._data
    value = _laws.constant_value(array.law)
    if value is None or any([not isinstance(d, int) or _lens.is_symbol(d) or _lens.is_placeholder(d) for d in array.shape]):
        return None
    count = product(array.shape)
    return [_stored(array, value)] * count if count <= MOST_DATA else None


def places_of(index, shape):
    """Where the entries lie that an index keeps, row after row; None where nobody knows, or for pairs of lists."""
    if isinstance(index, Array) and index._dtype == "bool":
        kept = numbers_of(index)
        if kept is None or tuple(index.shape) != tuple(shape):
            return None
        return [place for place, one in enumerate(kept) if one]
    items = [one for one in (index if isinstance(index, tuple) else (index,)) if _lens.is_unknown(one) or one is not None]
    if any([_lens.is_unknown(one) for one in items]):
        return None
    missing = len(shape) - len([one for one in items if one is not Ellipsis])
    if not any([one is Ellipsis for one in items]):
        items = items + [Ellipsis]
    axes, lists = [], 0
    for one in items:
        if one is Ellipsis:
            axes = axes + [range(d) for d in shape[len(axes) : len(axes) + missing]]
        elif isinstance(one, slice):
            axes.append(range(shape[len(axes)])[one])
        elif isinstance(one, (list, tuple, Array)) and not (isinstance(one, Array) and len(one.shape) == 0):
            one = as_array(one)
            lists = lists + 1
            if lists > 1 or len(one.shape) != 1 or one._dtype == "bool" or one._data is None:
                return None
            axes.append(one._data)
        else:
            axes.append([one])
    return _lens.offsets(shape, axes)


def _placed(array, index, value):
    """The entries of a table of numbers once others are put into it; None where not all of them are known."""
    data = None if _lens.is_unknown(value) else numbers_of(array)
    if data is None or any([_lens.is_unknown(d) for d in array.shape]):
        return None
    places = places_of(index, array.shape)
    if places is None:
        return None
    if not is_scalar(value):
        value = as_array(value)
        given = numbers_of(value)
        if given is None or len(given) == 0 or len(places) % len(given) != 0:
            return None
        # Values are repeated over the axes before their own: those of a last axis of 1 are not.
        if len(given) != len(places) and len(given) > 1 and value.shape[-1] != array.shape[-1]:
            return None
        value = given
    data = list(data)
    for turn, place in enumerate(places):
        data[place] = _stored(array, value if is_scalar(value) else value[turn % len(value)])
    return data


def _stored(array, value):
    return int(value) if "int" in str(array._dtype) and isinstance(value, float) else value


def _entries(array):
    for i in range(array.shape[0]):
        yield array[i]


class _AtIndex:
    """jax's `x.at[index].set(value)`: the same shape, entries no longer of one law."""

    def __init__(self, array):
        self._array = array

    def __getitem__(self, index):
        return self

    def _changed(self, *args, **kwargs):
        return make([self._array], self._array.shape, self._array._dtype)

    set = add = multiply = mul = divide = min = max = power = apply = _changed

    def get(self, *args, **kwargs):
        return _lens.unknown("entries of an array")


def nest(flat, shape):
    if len(shape) == 0:
        return flat[0]
    if len(shape) == 1:
        return list(flat)
    step = product(shape[1:])
    return [nest(flat[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]


def from_nested(value, dtype=None, parents=()):
    """An array from nested lists; entries that are arrays are stacked."""
    if _lens.is_unknown(value):
        return value
    if isinstance(value, Array):
        return value if dtype is None else value.astype(dtype)
    if is_scalar(value):
        default = "bool" if isinstance(value, bool) else "int64" if isinstance(value, int) else "float64"
        return make(parents, (), dtype_name(dtype, default), _laws.constant(value), [value])
    if isinstance(value, (list, tuple)):
        return _from_list(value, dtype, parents)
    if isinstance(value, (str, bytes)):
        return make(parents, (), "object")
    if hasattr(value, "__array__"):
        return value.__array__()
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return make(parents, size_of(value.shape), dtype_name(dtype, dtype_name(value.dtype)))
    if hasattr(value, "__iter__") and hasattr(value, "__len__"):
        return _from_list(list(value), dtype, parents)
    return make(parents, (), dtype)


def _from_list(value, dtype, parents):
    kind = _lens.kind_of_numbers(value)
    if kind is not None:
        law = _laws.constant(value[0]) if len(set(value)) == 1 else None
        data = list(value) if len(value) <= MOST_DATA else None
        return make(parents, (len(value),), dtype_name(dtype, kind), law, data)
    items = [from_nested(v) for v in value]
    if len(items) == 0:
        return make(parents, (0,), dtype, None, [])
    for v in items:
        if not isinstance(v, Array):
            return make(parents, _lens.unknown("ragged list"), dtype)
    inner = items[0].shape
    for v in items:
        if v.shape != inner:
            return make(parents, (len(items),), "object")
    data = []
    for v in items:
        if v._data is None or len(data) + len(v._data) > MOST_DATA:
            data = None
            break
        data.extend(v._data)
    name = dtype_name(dtype, items[0]._dtype)
    if dtype is None:
        for v in items:
            if v._dtype.startswith("float"):
                name = v._dtype
    law = _laws.common([v.law for v in items])
    return make(list(parents) + items, (len(items),) + tuple(inner), name, law, data)


def as_array(value, dtype=None):
    """Anything array-like as an array, without a copy where it is one already."""
    inner = getattr(value, "_array", None)
    if inner is not None:
        value = inner
    return from_nested(value, dtype)
