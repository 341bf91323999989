"""keras.datasets: their shapes are public facts."""

import _lens
from _arrays.core import Array


class _Dataset:
    def __init__(self, train, test, shape, dtype="uint8", label_shape=()):
        self._parts = (train, test)
        self._shape, self._dtype, self._label_shape = shape, dtype, label_shape

    def load_data(self, *args, **kwargs):
        train, test = [
            (Array((n,) + self._shape, self._dtype), Array((n,) + self._label_shape, "uint8")) for n in self._parts
        ]
        return train, test

    def get_word_index(self, *args, **kwargs):
        return _lens.unknown("index of words")


class _Ragged(_Dataset):
    """Each entry is a list of its own length."""

    def load_data(self, *args, **kwargs):
        return super().load_data()


mnist = _Dataset(60000, 10000, (28, 28))
fashion_mnist = _Dataset(60000, 10000, (28, 28))
cifar10 = _Dataset(50000, 10000, (32, 32, 3), "uint8", (1,))
cifar100 = _Dataset(50000, 10000, (32, 32, 3), "uint8", (1,))
boston_housing = _Dataset(404, 102, (13,), "float64")
california_housing = _Dataset(16512, 4128, (8,), "float32")
imdb = _Ragged(25000, 25000, (), "object")
reuters = _Ragged(8982, 2246, (), "object")
