"""Prints CPython's own syntax tree of every file named on standard input, one line of JSON a file.

A tree is one flat list in the order of `ast`'s fields: a node's class, its four positions (line, UTF-8
column, end line, end column; -1 where CPython's are known to be wrong), then its fields; a list is its length, then its items. Adjacent texts
of an f-string are joined. Nodes that only repeat what is known elsewhere (contexts, `type_ignores`) are
left out. `compareTrees.ts` reads the same order.
"""

import ast
import io
import json
import sys
import tokenize
import warnings

POSITIONS = ("lineno", "col_offset", "end_lineno", "end_col_offset")
LEFT_OUT = {"ctx", "type_comment", "type_ignores", "kind"}
# Before 3.12 what stands inside an f-string has no true position.
TRUE_POSITIONS_IN_STRINGS = sys.version_info >= (3, 12)


def encoder(cls):
    """The function that writes a node of `cls`, composed once as source text: it runs millions of times."""
    lines = ["def encode(n, out, encode_any, encode_list):", f"    out.append({cls.__name__!r})"]
    if {"lineno", "end_lineno"} <= set(cls._attributes):
        lines.append("    out += (" + ", ".join(f"n.{name}" for name in POSITIONS) + ")")
    for field in cls._fields:
        if field not in LEFT_OUT:
            lines.append(f"    v = n.{field}")
            lines.append("    if v.__class__ is list: encode_list(v, out)")
            lines.append("    elif isinstance(v, AST): encode_any(v, out)")
            lines.append("    else: out.append(v)")
    namespace = {"AST": ast.AST}
    exec("\n".join(lines), namespace)
    return namespace["encode"]


def constant(n, out, *_):
    value = n.value
    out += ("Constant", n.lineno, n.col_offset, n.end_lineno, n.end_col_offset, type(value).__name__)
    if isinstance(value, (bool, str)) or value is None:
        out.append(value)
    elif isinstance(value, bytes):
        out.append(value.decode("latin-1"))
    elif isinstance(value, int):
        out.append(hex(value))
    elif value is not ...:
        number = value.imag if isinstance(value, complex) else value
        out.append(number if number < float("inf") else "inf")
    else:
        out.append(None)


def joined(n, out, encode_any, _):
    out += ("JoinedStr", n.lineno, n.col_offset, n.end_lineno, n.end_col_offset)
    parts = []
    for part in n.values:
        text = part.value if isinstance(part, ast.Constant) else None
        if text is None:
            inner = []
            encode_any(part, inner)
            parts.append(inner)
        elif parts and isinstance(parts[-1], str):
            parts[-1] += text
        elif text:
            parts.append(text)
    out.append(len(parts))
    for part in parts:
        out += [part] if isinstance(part, str) else part


def formatted(n, out, encode_any, _):
    out += ("FormattedValue", n.lineno, n.col_offset, n.end_lineno, n.end_col_offset)
    encode_any(n.value, out)
    out.append("none" if n.conversion == -1 else chr(n.conversion))
    if n.format_spec is None:
        out.append(None)
    else:
        encode_any(n.format_spec, out)


ENCODERS = {cls: encoder(cls) for cls in vars(ast).values() if isinstance(cls, type) and issubclass(cls, ast.AST)}
ENCODERS[ast.Constant] = constant
ENCODERS[ast.JoinedStr] = joined
ENCODERS[ast.FormattedValue] = formatted


def encode_any(node, out):
    ENCODERS[node.__class__](node, out, encode_any, encode_list)


def encode_list(items, out):
    out.append(len(items))
    for item in items:
        if item is None or item.__class__ is str:
            out.append(item)
        else:
            encode_any(item, out)


def without_positions_in_strings(tree):
    for string in ast.walk(tree):
        if isinstance(string, ast.JoinedStr):
            for part in string.values:
                for node in ast.walk(part):
                    for name in POSITIONS if hasattr(node, "lineno") else ():
                        setattr(node, name, -1)


def dump(path):
    with open(path, "rb") as file:
        data = file.read()
    try:
        tree = ast.parse(data, path)
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        source = data.decode(encoding)
    except (SyntaxError, ValueError, LookupError):
        return None
    if not TRUE_POSITIONS_IN_STRINGS:
        without_positions_in_strings(tree)
    out = []
    encode_list(tree.body, out)
    return {"file": path, "source": source, "tree": out}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        found = dump(line.rstrip("\n"))
        print(json.dumps(found))
