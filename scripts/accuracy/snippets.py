"""Runs generated snippets in the real frameworks.

Standard input: one JSON object a line, {"id", "dialect", "code", "shape", "target"}. Standard output: one
line each, {"id", "values": base64 of little-endian float64} or {"id", "error"}.
"""
import base64
import json
import math
import os
import sys
import traceback

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("KERAS_BACKEND", "jax")

import numpy as np


def run_numpy(code, shape):
    np.random.seed(7)
    scope = {"math": math}
    exec(code, scope)
    return scope["W"]


def run_torch(code, shape):
    import torch

    torch.manual_seed(7)

    class Layer(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = torch.nn.Parameter(torch.empty(shape, dtype=torch.float64))

    layer = Layer()
    exec(code, {"layer": layer, "math": math})
    return layer.weight.detach().numpy()


def argument(code):
    """The value of the `name=value` that ends the code, with the statements before it run."""
    scope = {"math": math}
    *before, last = code.rsplit("\n", 1)
    exec("\n".join(before), scope)
    exec(f"argument = dict({last})", scope)
    (value,) = scope["argument"].values()
    return value


def run_keras(code, shape):
    import keras

    keras.utils.set_random_seed(7)
    return np.asarray(keras.initializers.get(argument(code))(tuple(shape)))


def run_tensorflow(code, shape):
    import tensorflow as tf

    tf.random.set_seed(7)
    np.random.seed(7)
    scope = {}
    exec(code, scope)
    return scope["W"].numpy()


def run_jax(code, shape):
    import jax

    scope = {"key": jax.random.key(7), "math": math}
    exec(code, scope)
    return np.asarray(scope["W"])


def run_flax(code, shape):
    import jax

    return np.asarray(argument(code)(jax.random.key(7), tuple(shape), np.float32))


RUNNERS = {
    "numpy": run_numpy,
    "torch": run_torch,
    "keras": run_keras,
    "tensorflow": run_tensorflow,
    "jax": run_jax,
    "linen": run_flax,
    "nnx": run_flax,
}

for line in sys.stdin:
    case = json.loads(line)
    try:
        values = np.asarray(RUNNERS[case["dialect"]](case["code"], case["shape"]), dtype="<f8")
        if list(values.shape) != case["shape"]:
            raise AssertionError(f"shape {list(values.shape)} instead of {case['shape']}")
        answer = {"id": case["id"], "values": base64.b64encode(values.tobytes()).decode()}
    except Exception:
        answer = {"id": case["id"], "error": traceback.format_exc(limit=2).strip().splitlines()[-1]}
    print(json.dumps(answer), flush=True)
