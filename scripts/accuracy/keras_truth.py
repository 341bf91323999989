"""Makes real Keras models and writes their weights: the truth `npm run accuracy -- keras` compares with.

    python keras_truth.py SUITE OUT.jsonl [--draws]

Every builder of keras.applications with `weights=None`, and the programs of `keras_programs/`, each of which
makes a `model`. One line a model: {"model", "source", "call", "params": [[path, class, shape, [fan_in, fan_out]]]};
the first line is {"versions", "sitePackages"}. Nothing is really drawn: every initializer gives zeros. With
--draws an application of every family and the programs are drawn, and each weight has what drawn.py says of it.
"""

import inspect
import json
import os
import pathlib
import sys

os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
from drawn import drawn
from keras.src.initializers.random_initializers import compute_fans
from keras.src.initializers import random_initializers

AXES = {}


def without_drawing():
    """Initializers give zeros: a whole model takes no time."""
    for cls in vars(random_initializers).values():
        if inspect.isclass(cls) and "__call__" in vars(cls):
            cls.__call__ = lambda self, shape, dtype=None, **kwargs: keras.ops.zeros(shape, dtype or "float32")


def noting_axes():
    """Variables note the axes that their initializer counts by."""
    cls = keras.src.backend.common.variables.Variable
    make = cls.__init__

    def init(self, initializer, *args, **kwargs):
        axes = (getattr(initializer, "input_axes", None), getattr(initializer, "output_axes", None))
        AXES[id(self)] = None if None in axes else axes
        make(self, initializer, *args, **kwargs)

    cls.__init__ = init


def fans_of(variable):
    axes = AXES.get(id(variable))
    found = compute_fans(tuple(variable.shape), *axes) if axes else compute_fans(tuple(variable.shape))
    return [int(fan) for fan in found]


def owners_of(model):
    found = {}
    for layer in model._flatten_layers(include_self=True, recursive=True):
        for variable in layer._trainable_variables + layer._non_trainable_variables:
            found.setdefault(id(variable), type(layer).__name__)
    return found


def parameters_of(model):
    owners = owners_of(model)
    return [[w.path, owners.get(id(w), "?"), list(w.shape), fans_of(w)] for w in model.weights]


def draws_of(model):
    return [[w.path, *drawn(keras.ops.convert_to_numpy(w))] for w in model.weights]


# One of every family, the smallest.
DRAWN = """
ConvNeXtTiny DenseNet121 EfficientNetB0 EfficientNetV2B0 InceptionResNetV2 InceptionV3 MobileNet MobileNetV2
MobileNetV3Small NASNetMobile ResNet50 ResNet50V2 VGG16 Xception
""".split()


def applications(draws):
    for name in DRAWN if draws else dir(keras.applications):
        builder = getattr(keras.applications, name)
        if name[0].isupper() and callable(builder):
            yield name, "from keras import applications\n", f"applications.{name}(weights=None)"


def programs():
    for file in sorted(pathlib.Path(__file__).with_name("keras_programs").glob("*.py")):
        yield file.stem, file.read_text(), "model"


def main():
    _, _, out = sys.argv[:3]
    draws = "--draws" in sys.argv
    if not draws:
        without_drawing()
    noting_axes()
    with open(out, "w") as lines:
        packages = os.path.dirname(os.path.dirname(keras.__file__))
        head = {"versions": {"keras": keras.__version__}, "sitePackages": packages}
        lines.write(json.dumps(head) + "\n")
        for name, source, call in [*applications(draws), *programs()]:
            keras.backend.clear_session()
            AXES.clear()
            record = {"model": name, "source": source, "call": call}
            try:
                namespace = {}
                exec(source, namespace)
                record["params"] = (draws_of if draws else parameters_of)(eval(call, namespace))
            except Exception as error:
                record["error"] = f"{type(error).__name__}: {error}"
            lines.write(json.dumps(record) + "\n")


main()
