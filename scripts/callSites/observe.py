"""Runs files' own code, statement by statement, and writes the shapes of the Keras and PyTorch layers it makes.

    unshare -n python observe.py FOLDER… > OBSERVED.jsonl

What `npm run call-sites -- --observed` compares answers with. This runs code that others wrote: use a network
namespace of its own. A statement that fails, or takes longer than LIMIT seconds, is left where it stands; nothing is
trained, and data sets are zeros of the right shape. One line a file: {"file", "sites": [{"cell"?, "line", "column",
"shapes": [["3x4", "4"], …]}]}.
"""

import ast
import contextlib
import io
import itertools
import json
import os
import pathlib
import signal
import subprocess
import sys

from call_sites import cells_of, parsed

LIMIT = 5
FILE_LIMIT = 120
os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", MPLBACKEND="Agg")


class TooLong(BaseException):
    pass


def stop(*_):
    raise TooLong


def noted(cls, made):
    """Every instance of a layer class remembers the call that made it."""
    old = cls.__init__

    def init(self, *args, **kwargs):
        if not any(layer is self for layer, _ in made[-3:]):
            frame = sys._getframe(1)
            while frame is not None and not frame.f_code.co_filename.startswith("cell "):
                frame = frame.f_back
            if frame is not None:
                positions = next(itertools.islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
                made.append((self, (frame.f_code.co_filename, positions[0], positions[2])))
        return old(self, *args, **kwargs)

    cls.__init__ = init


def without_training(keras):
    import numpy as np

    def built(self, x=None, *args, **kwargs):
        with contextlib.suppress(Exception):
            self(x[:1] if not isinstance(x, (list, tuple, dict)) else x)

    for name in ("fit", "evaluate", "predict"):
        setattr(keras.Model, name, built)
    images = {"mnist": (28, 28), "fashion_mnist": (28, 28), "cifar10": (32, 32, 3), "cifar100": (32, 32, 3)}
    for name, shape in images.items():  # as many as there are: programs reshape them to numbers they know
        training = 50000 if "cifar" in name else 60000
        label = (1,) if "cifar" in name else ()
        data = [(np.zeros((n, *shape), "uint8"), np.zeros((n, *label), "uint8")) for n in (training, 10000)]
        getattr(keras.datasets, name).load_data = lambda *a, data=tuple(data), **k: data


def shapes_of(layer):
    if hasattr(layer, "_flatten_layers"):
        found = [w for one in layer._flatten_layers() for w in one._trainable_variables + one._non_trainable_variables]
        found = [w for w in found if "seed_generator" not in w.path]
    else:
        found = list(layer.parameters())
    return ["x".join(str(d) for d in w.shape) for w in found]


def observe(path):
    made = []
    with contextlib.suppress(ImportError):
        import keras

        noted(keras.Layer, made)
        without_training(keras)
    with contextlib.suppress(ImportError):
        import torch

        noted(torch.nn.Module, made)
    namespace = {"__name__": "__main__"}
    signal.signal(signal.SIGALRM, stop)
    os.chdir(path.parent)
    sys.path.insert(0, str(path.parent))
    for index, text in cells_of(path):
        tree, source = parsed(text)
        for node in tree.body if tree is not None else []:
            code = compile(ast.Module([node], []), f"cell {index}", "exec")
            signal.setitimer(signal.ITIMER_REAL, 60 if isinstance(node, (ast.Import, ast.ImportFrom)) else LIMIT)
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(code, namespace)
            except (Exception, SystemExit, TooLong):
                pass
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    sites = {}
    for layer, place in made:
        with contextlib.suppress(Exception):
            shapes = shapes_of(layer)
            if shapes and shapes not in sites.setdefault(place, []):
                sites[place].append(shapes)
    rows = [
        {"line": line, "column": column + 1, "shapes": shapes} | ({} if name == "cell None" else {"cell": int(name[5:])})
        for (name, line, column), shapes in sites.items()
        if shapes
    ]
    print(json.dumps({"file": str(path), "sites": rows}))


def main():
    if sys.argv[1] == "--one":
        observe(pathlib.Path(sys.argv[2]))
        return
    files = [pathlib.Path(name).resolve() for name in sys.argv[1:]]
    for path in [file for one in files for file in ([one] if one.is_file() else sorted(one.rglob("*")))]:
        if path.suffix in (".py", ".ipynb"):
            with contextlib.suppress(subprocess.TimeoutExpired):
                command = [sys.executable, __file__, "--one", str(path)]
                run = subprocess.run(command, capture_output=True, text=True, timeout=FILE_LIMIT, stdin=subprocess.DEVNULL)
                print(run.stdout, end="", flush=True)


main()
