"""Finds calls of known layers by their syntax alone: what `npm run call-sites` counts answers for.

    python call_sites.py FOLDER… > SITES.jsonl

One line a file that has any: {"file", "sites": [{"class", "cell"?, "line", "column"}]}. A call counts where the name
before its bracket leads, through the file's own imports, to a layer with weights of a framework below; a norm that is
told to have none does not. A bare weight counts where a statement gives a name of a weight (or a function with the name
of one returns) something drawn or a variable, unless it compares it, as a mask does; its site has "endLine" and "endColumn" too, since where in the expression the weight begins is a matter of
taste. Lines and columns start at 1; columns count UTF-16 units, as editors do.
"""

import ast
import json
import pathlib
import re
import sys
import warnings

KERAS = """Dense EinsumDense Embedding Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D Conv1DTranspose
Conv2DTranspose Conv3DTranspose Convolution2DTranspose Deconvolution2D DepthwiseConv1D DepthwiseConv2D SeparableConv1D
SeparableConv2D SeparableConvolution2D LSTM GRU SimpleRNN CuDNNLSTM CuDNNGRU LSTMCell GRUCell SimpleRNNCell ConvLSTM2D
BatchNormalization LayerNormalization GroupNormalization MultiHeadAttention AdditiveAttention PReLU
LocallyConnected1D LocallyConnected2D""".split()
TORCH = """Linear Bilinear LazyLinear Embedding EmbeddingBag Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d
ConvTranspose3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose2d BatchNorm1d BatchNorm2d BatchNorm3d LazyBatchNorm1d
LazyBatchNorm2d SyncBatchNorm LayerNorm GroupNorm RMSNorm PReLU RNN LSTM GRU RNNCell LSTMCell GRUCell MultiheadAttention
TransformerEncoderLayer TransformerDecoderLayer Transformer""".split()
FLAX = """Dense DenseGeneral Conv ConvTranspose Embed BatchNorm LayerNorm GroupNorm RMSNorm LSTMCell OptimizedLSTMCell
GRUCell SimpleCell MultiHeadDotProductAttention SelfAttention MultiHeadAttention Linear LinearGeneral Einsum PReLU""".split()
HAIKU = """Linear Conv1D Conv2D Conv3D Conv2DTranspose ConvND DepthwiseConv2D Embed LayerNorm BatchNorm GroupNorm RMSNorm
LSTM GRU VanillaRNN MultiHeadAttention""".split()
EQUINOX = """Linear Conv Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d Embedding LayerNorm GroupNorm BatchNorm
RMSNorm LSTMCell GRUCell MultiheadAttention PReLU MLP""".split()
LAYERS = [
    (r"(tensorflow|tf_keras|keras|keras_core)(\.\w+)*\.layers(\.\w+)*", KERAS),
    (r"torch\.nn(\.modules(\.\w+)?)?", TORCH),
    (r"flax\.(linen|nnx)(\.\w+)?", FLAX),
    (r"haiku(\.nets)?", HAIKU),
    (r"equinox\.nn", EQUINOX),
    (r"tensorflow(\.compat\.v1)?", ["get_variable"]),
    (r"tensorflow(\.compat\.v1)?\.layers", "dense conv1d conv2d conv3d conv2d_transpose batch_normalization".split()),
]
DRAWS = [
    (r"numpy\.random", "randn normal uniform rand standard_normal random random_sample".split()),
    (r"jax\.random", "normal uniform truncated_normal orthogonal".split()),
    (r"tensorflow(\.compat\.v1)?", "Variable random_normal random_uniform truncated_normal".split()),
    (r"tensorflow(\.compat\.v1)?\.random", "normal uniform truncated_normal".split()),
    (r"theano", ["shared"]),
]
DRAW = re.compile("|".join(rf"{module}\.({'|'.join(names)})" for module, names in DRAWS))
GENERATOR = re.compile(r"\w*(rng|random_state|generator)", re.IGNORECASE)
GENERATOR_DRAW = {"normal", "uniform", "randn", "standard_normal"}
WEIGHT_NAME = re.compile(r"(?!d[A-Z_]|grad|delta|x_|old|true)(\w*(weight|theta|kernel|embedding|syn\d)\w*|[wWUV](_?\w{0,4})|\w+_[wW]\d*)")
KNOWN = re.compile("|".join(rf"{module}\.({'|'.join(names)})" for module, names in LAYERS))

FOREIGN_CELL = re.compile(r"\s*%%(?!(time|timeit|capture|prun|px)\b)")
OWN_LINE = re.compile(r"\s*([%!?]|[\w.\[\], ]+=\s*[!%])|.*\?\s*$")


def python_of(cell):
    """A cell with the lines that only IPython understands put aside; None for another language."""
    if FOREIGN_CELL.match(cell):
        return None
    lines = cell.split("\n")
    return "\n".join(re.match(r"\s*", line)[0] + "pass" if OWN_LINE.match(line) and "#" not in line else line for line in lines)


def cells_of(path):
    """(index, text) of each code cell; (None, text) of a plain file."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    if path.suffix == ".py":
        yield None, text
        return
    notebook = json.loads(text)
    for index, cell in enumerate(notebook.get("cells", [])):
        if cell.get("cell_type") == "code":
            yield index, "".join(cell.get("source", []))


def parsed(text):
    """A tree, with magics put aside only where it does not parse as it is."""
    for version in (text, python_of(text)):
        if version is not None:
            try:
                return ast.parse(version), version
            except (SyntaxError, ValueError):
                pass
    return None, None


def imports_of(trees, table):
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    name = one.asname or one.name.split(".")[0]
                    table[name] = one.name if one.asname else name
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                for one in node.names:
                    if one.name == "*":
                        for module, names in LAYERS:
                            if re.fullmatch(module, node.module):
                                table.update({name: f"{node.module}.{name}" for name in names})
                    else:
                        table[one.asname or one.name] = f"{node.module}.{one.name}"
    return table


def full_name(node, table):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in table:
        return None
    return ".".join([table[node.id], *reversed(parts)])


def aliases_of(trees, table):
    """`layers = tf.keras.layers`, `L = keras.layers`: names that stand for a module."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                if isinstance(node.value, ast.Attribute):
                    name = full_name(node.value, table)
                    if name and re.fullmatch("|".join(module for module, _ in LAYERS), name):
                        table.setdefault(node.targets[0].id, name)


def defined(trees):
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, ast.FunctionDef))}


def is_draw(call, table):
    name = full_name(call.func, table)
    if name is not None:
        return DRAW.fullmatch(name) is not None
    made = call.func
    if isinstance(made, ast.Call):  # jax.nn.initializers.he_normal()(key, shape)
        return (full_name(made.func, table) or "").startswith("jax.nn.initializers.")
    if not isinstance(made, ast.Attribute) or made.attr not in GENERATOR_DRAW:
        return False
    holder = made.value.attr if isinstance(made.value, ast.Attribute) else getattr(made.value, "id", "")
    return GENERATOR.fullmatch(holder) is not None


def name_of(target):
    """The last name of `self.W1`, `params["W1"]`, `W1`."""
    if isinstance(target, ast.Subscript):
        index = target.slice
        return index.value if isinstance(index, ast.Constant) and isinstance(index.value, str) else name_of(target.value)
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def given_names(tree):
    """(name, value) of what statements, dictionaries and functions call by a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            names = node.targets[0].elts if isinstance(node.targets[0], ast.Tuple) else node.targets
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value] * len(names)
            yield from ((name_of(name), value) for name, value in zip(names, values))
        elif isinstance(node, ast.Dict):
            yield from ((getattr(key, "value", None), value) for key, value in zip(node.keys, node.values))
        elif isinstance(node, ast.FunctionDef):
            yield from ((node.name, one.value) for one in ast.walk(node) if isinstance(one, ast.Return) and one.value)


def bare_weights(tree, table):
    """(framework's function, value) of each weight that no layer makes."""
    seen = set()
    for name, value in given_names(tree):
        if not isinstance(name, str) or not WEIGHT_NAME.fullmatch(name) or isinstance(value, ast.Dict) or id(value) in seen:
            continue
        parts = list(ast.walk(value))
        draw = next((one for one in parts if isinstance(one, ast.Call) and is_draw(one, table)), None)
        if draw is not None and not any(isinstance(one, ast.Compare) for one in parts):
            seen.add(id(value))
            yield full_name(draw.func, table) or "numpy.random", value


NORM_SWITCHES = [{"use_scale", "use_bias"}, {"create_scale", "create_offset"}, {"elementwise_affine"}, {"affine"}]


def is_bare_norm(call):
    """`LayerNorm(use_bias=False, use_scale=False)`: it has no weights."""
    off = {one.arg for one in call.keywords if isinstance(one.value, ast.Constant) and one.value.value is False}
    return any(switches <= off for switches in NORM_SWITCHES)


def sites_of(path):
    cells = [(index, *parsed(text)) for index, text in cells_of(path)]
    trees = [tree for _, tree, _ in cells if tree is not None]
    table = imports_of(trees, {})
    aliases_of(trees, table)
    for name in defined(trees):  # a class of the file's own with the same name
        table.pop(name, None)
    for index, tree, text in cells:
        if tree is None:
            continue
        lines = text.split("\n")
        cell = {} if index is None else {"cell": index}

        def column(line, offset):
            before = lines[line - 1].encode()[:offset].decode(errors="replace")
            return len(before.encode("utf-16-le")) // 2 + 1

        def begin(node):
            return {"line": node.lineno, "column": column(node.lineno, node.col_offset)}

        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = full_name(node.func, table)
                if name and KNOWN.fullmatch(name) and not is_bare_norm(node):
                    yield {"class": name} | begin(node) | cell
        for name, node in bare_weights(tree, table):
            end = {"endLine": node.end_lineno, "endColumn": column(node.end_lineno, node.end_col_offset)}
            yield {"class": name} | begin(node) | end | cell


def main():
    warnings.simplefilter("ignore")
    files = [pathlib.Path(name) for name in sys.argv[1:]]
    found = [file for one in files for file in ([one] if one.is_file() else sorted(one.rglob("*")))]
    for path in found:
        if path.suffix in (".py", ".ipynb") and path.is_file():
            try:
                sites = list(sites_of(path))
            except (SyntaxError, ValueError, RecursionError, AttributeError, TypeError):
                continue
            if sites:
                print(json.dumps({"file": str(path.resolve()), "sites": sites}))


if __name__ == "__main__":
    main()
