"""Runs files' own code, statement by statement, and writes the weights that each place of the source makes.

    python sites_truth.py FOLDER OUT.jsonl

The truth `npm run accuracy -- sites-run` compares with. This runs code that others wrote, each file in a process of its
own, where there is `unshare` without a network. A statement that fails, or takes longer than LIMIT seconds, is left
where it stands; Keras trains nothing, and its data sets are zeros of the right shape. Functions that need no arguments
and that nothing called are called at the end, and classes too. One line a file: {"file", "sites": [{"cell"?, "line",
"column", "endLine", "endColumn", "cut", "made": [[[name, shape, drawn or null], …], …]}]}, lists of weights of
the different layers made there; "cut" where a statement of the file failed, so that calls may be missing or names be others'. A bare weight's place is the expression that gives it (see call_sites.py).
"""

import ast
import contextlib
import importlib
import inspect
import io
import itertools
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "callSites"))
import sites_makers
from call_sites import aliases_of, bare_weights, cells_of, imports_of, parsed, sites_of
from drawn import drawn

LIMIT = 5
IMPORT_LIMIT = 30
FILE_LIMIT = 40
BYTES = 5 << 30
DRAWS_KEPT = 3
PRELOADED = ("numpy", "tensorflow", "keras", "jax", "flax.linen", "flax.nnx")
os.environ.update(CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", MPLBACKEND="Agg", JAX_PLATFORMS="cpu")


class TooLong(BaseException):
    pass


def stop(*_):
    raise TooLong


class Record:
    """What was made where. A place is (file name of the code, line, end line, column, end column)."""

    def __init__(self):
        self.layers = []
        self.places = {}
        self.arrays = []

    def note_layer(self, layer, same_as=None):
        if same_as is None:
            if id(layer) in self.places:
                return
            place = self.place_of(sys._getframe(2))
        else:
            place = self.places.get(id(same_as))
        if place is not None:
            self.places[id(layer)] = place
            self.layers.append((layer, place))

    @staticmethod
    def place_of(frame):
        while frame is not None and not frame.f_code.co_filename.startswith("cell "):
            frame = frame.f_back
        if frame is None:
            return None
        place = next(itertools.islice(frame.f_code.co_positions(), frame.f_lasti // 2, None))
        return (frame.f_code.co_filename, *place)

    def note_array(self, value, *place):
        weights = [["", list(getattr(value, "shape", ())), sites_makers.kept(value)]]
        with contextlib.suppress(Exception):
            if hasattr(value, "shape") and None not in weights[0][1]:
                self.arrays.append((weights, place))
        return value

    def made(self):
        found = {}
        for weights, place in self.arrays:
            found.setdefault(place, []).append(weights)
        for layer, place in self.layers:
            with contextlib.suppress(Exception):
                found.setdefault(place, []).append(sites_makers.weights_of(layer))
        return {place: different(made) for place, made in found.items() if any(made)}


def different(made):
    """A few lists of weights for each set of shapes: one place may draw in several ways."""
    by_shapes = {}
    for weights in filter(None, made):
        same = by_shapes.setdefault(json.dumps([[name, shape] for name, shape, _ in weights]), [])
        if len(same) < DRAWS_KEPT:
            same.append([[name, shape, None if v is None else drawn(v)] for name, shape, v in weights])
    return list(itertools.chain.from_iterable(by_shapes.values()))


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


class Noting(ast.NodeTransformer):
    """Expressions that give bare weights tell their values."""

    def __init__(self, nodes, cell):
        self.nodes, self.cell = nodes, cell

    def visit(self, node):
        self.generic_visit(node)
        if id(node) not in self.nodes:
            return node
        place = (self.cell, node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)
        called = ast.Call(ast.Name("note_array__", ast.Load()), [node, *map(ast.Constant, place)], [])
        return ast.fix_missing_locations(ast.copy_location(called, node))


class Run:
    """One file's statements in one namespace, each with its time."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.failed = 0

    def limited(self, work, seconds):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                work()
        except (Exception, SystemExit, TooLong) as error:
            self.failed += 1
            if "--verbose" in sys.argv:
                print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def statement(self, node, name):
        code = compile(ast.Module([node], []), name, "exec")
        seconds = IMPORT_LIMIT if isinstance(node, (ast.Import, ast.ImportFrom)) else LIMIT
        self.limited(lambda: exec(code, self.namespace), seconds)

    def uncalled(self, seen):
        """Functions and classes of the file that need no arguments and did not run."""
        for name, value in list(self.namespace.items()):
            code = getattr(getattr(value, "__init__", None) if inspect.isclass(value) else value, "__code__", None)
            if code is None or not code.co_filename.startswith("cell ") or code in seen or re.match(r"main|train|test|run|plot", name):
                continue
            with contextlib.suppress(TypeError, ValueError):
                inspect.signature(value).bind()
                self.limited(value, LIMIT)


def observe(path):
    cells = [(f"cell {index}", *parsed(text)) for index, text in cells_of(path)]
    trees = [tree for _, tree, _ in cells if tree is not None]
    text = "\n".join(source for _, _, source in cells if source)
    record = Record()
    sites_makers.note_all(record.note_layer, text)
    for name in ("keras", "tf_keras"):
        if name in sys.modules:
            without_training(sys.modules[name])
    table = imports_of(trees, {})
    aliases_of(trees, table)
    run = Run({"__name__": "__main__", "__file__": str(path), "note_array__": record.note_array})
    signal.signal(signal.SIGALRM, stop)
    os.chdir(path.parent)
    sys.path.insert(0, str(path.parent))
    seen = set()
    sys.setprofile(lambda frame, event, _: seen.add(frame.f_code) if frame.f_code.co_filename[:5] == "cell " else None)
    for name, tree, _ in cells:
        if tree is None:
            run.failed += 1
            continue
        nodes = {id(node) for _, node in bare_weights(tree, table)}
        for node in tree.body:
            run.statement(Noting(nodes, name).visit(node), name)
    sys.setprofile(None)
    run.uncalled(seen)
    sources = {name: source for name, _, source in cells}
    return [row(place, made, sources) | {"cut": run.failed > 0} for place, made in record.made().items()]


def row(place, made, sources):
    name, line, end_line, column, end_column = place
    lines = sources[name].split("\n")

    def utf16(line, offset):
        before = lines[line - 1].encode()[:offset].decode(errors="replace")
        return len(before.encode("utf-16-le")) // 2 + 1

    at = {"line": line, "column": utf16(line, column), "endLine": end_line, "endColumn": utf16(end_line, end_column)}
    return at | {"made": made} | ({} if name == "cell None" else {"cell": int(name[5:])})


def alone(path, out):
    """Writes what one file makes, from a process of its own, where it ends in time."""
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
            sys.stdin = open(os.devnull)
            if "--verbose" not in sys.argv:
                for stream in (1, 2):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            rows = observe(path)
            with open(out, "a") as lines:
                lines.write("".join([json.dumps({"file": str(path), "sites": rows}) + "\n"] if rows else []))
        finally:
            os._exit(0)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(FILE_LIMIT)
    os.waitpid(child, 0)
    signal.alarm(0)


def files_of(folder):
    """Those with calls of layers or bare weights that the text alone shows."""
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    for path in found:
        if path.suffix in (".py", ".ipynb") and path.is_file():
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, AttributeError, TypeError):
                if any(sites_of(path)):
                    yield path


def main():
    warnings.simplefilter("ignore")
    if shutil.which("unshare") and "--offline" not in sys.argv:
        os.execvp("unshare", ["unshare", "-n", sys.executable, *sys.argv, "--offline"])
    folder, out = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
    for name in PRELOADED:  # once, not in each file's process
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    out.write_text(json.dumps({"folder": str(folder)}) + "\n")
    for path in files_of(folder):
        alone(path, out)


main()
