class JSONDecodeError(ValueError):
    pass


class JSONEncoder:
    pass


class JSONDecoder:
    pass


def loads(s, **kwargs):
    return parse(s)


def load(fp, **kwargs):
    return loads(fp.read())


def _text(value, indent, level, separators, sort_keys, default):
    item, pair = separators
    if is_unknown(value):
        return unknown("JSON text of something unknown")
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, (int, float)):
        return repr(value)
    pad = "\n" + " " * (indent * (level + 1)) if indent is not None else ""
    end = "\n" + " " * (indent * level) if indent is not None else ""
    if isinstance(value, dict):
        keys = sorted(value) if sort_keys else list(value)
        parts = [pad + quote(str(k)) + pair + _text(value[k], indent, level + 1, separators, sort_keys, default) for k in keys]
        return "{" + item.join(parts) + (end if parts else "") + "}"
    if isinstance(value, (list, tuple)):
        parts = [pad + _text(one, indent, level + 1, separators, sort_keys, default) for one in value]
        return "[" + item.join(parts) + (end if parts else "") + "]"
    if default is not None:
        return _text(default(value), indent, level, separators, sort_keys, default)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def dumps(obj, *, indent=None, separators=None, sort_keys=False, default=None, **kwargs):
    if separators is None:
        separators = (", " if indent is None else ",", ": ")
    return _text(obj, indent, 0, separators, sort_keys, default)


def dump(obj, fp, **kwargs):
    fp.write(dumps(obj, **kwargs))
