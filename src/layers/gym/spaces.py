"""Spaces: what can be observed and done."""

import numpy as np
from _gym_nobody import nobody_knows


class Space:
    def __init__(self, shape=None, dtype=None, seed=None):
        self._shape = None if shape is None else tuple(shape)
        self.dtype = None if dtype is None else np.dtype(dtype)

    @property
    def shape(self):
        return self._shape

    def sample(self, *args, **options):
        return nobody_knows("a sample of a space")

    def contains(self, x):
        return nobody_knows("whether something lies in a space")

    def seed(self, seed=None):
        return nobody_knows("a seed")


class Box(Space):
    def __init__(self, low, high, shape=None, dtype=np.float32, seed=None):
        if shape is None:
            shape = np.shape(low) or np.shape(high) or (1,)
        super().__init__(shape, dtype)
        self.low = np.full(self._shape, low) if np.isscalar(low) else low
        self.high = np.full(self._shape, high) if np.isscalar(high) else high


class Discrete(Space):
    def __init__(self, n, seed=None, start=0, dtype=np.int64):
        super().__init__((), dtype)
        self.n = n
        self.start = start


class MultiDiscrete(Space):
    def __init__(self, nvec, dtype=np.int64, seed=None, start=None):
        self.nvec = np.array(nvec)
        super().__init__(self.nvec.shape, dtype)


class MultiBinary(Space):
    def __init__(self, n, seed=None):
        self.n = n
        super().__init__((n,) if isinstance(n, int) else tuple(n), np.int8)


class Dict(Space):
    def __init__(self, spaces=None, seed=None, **more):
        super().__init__()
        self.spaces = {**dict(spaces or {}), **more}

    def __getitem__(self, key):
        return self.spaces[key]

    def __iter__(self):
        return iter(self.spaces)

    def __len__(self):
        return len(self.spaces)

    def keys(self):
        return self.spaces.keys()

    def values(self):
        return self.spaces.values()

    def items(self):
        return self.spaces.items()


class Tuple(Space):
    def __init__(self, spaces, seed=None):
        super().__init__()
        self.spaces = tuple(spaces)

    def __getitem__(self, index):
        return self.spaces[index]

    def __len__(self):
        return len(self.spaces)


def flatdim(space):
    if isinstance(space, Discrete):
        return space.n
    if isinstance(space, MultiDiscrete):
        return sum(space.nvec.tolist())
    if isinstance(space, (Dict, Tuple)):
        parts = space.spaces.values() if isinstance(space, Dict) else space.spaces
        return sum([flatdim(one) for one in parts])
    size = 1
    for one in space.shape:
        size *= one
    return size


def batched(space, count):
    """The same of several environments at once."""
    if isinstance(space, Discrete):
        return MultiDiscrete([space.n] * count)
    if isinstance(space, Box):
        return Box(nobody_knows("bounds"), nobody_knows("bounds"), (count,) + space.shape, space.dtype)
    return nobody_knows("a space of several environments")
