"""keras."""

from _keras.core import Input
from _keras.initializers import Initializer
from _keras.inert import Inert as Loss
from _keras.inert import Inert as Metric
from _keras.inert import Inert as Optimizer
from _keras.inert import Inert as Regularizer
from _keras.inert import Inert as Quantizer
from _keras.inert import passing as remat
from _keras.layer import DTypePolicy, InputSpec, Layer
from _keras.models import Functional, Model, Sequential
from _keras.state import name_scope
from _keras.tensors import KerasTensor, Variable
from keras import (
    activations, backend, callbacks, config, constraints, datasets, initializers, layers, losses, metrics,
    mixed_precision, models, ops, optimizers, preprocessing, random, regularizers, saving, tree, utils, wrappers,
)  # fmt: skip

__version__ = "3.15.1"


class Operation(Layer):
    pass


class StatelessScope:
    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None


RematScope = SymbolicScope = device = StatelessScope


def version():
    return __version__
