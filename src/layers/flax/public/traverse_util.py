"""flax.traverse_util."""


def flatten_dict(tree, keep_empty_nodes=False, is_leaf=None, sep=None):
    out = {}

    def walk(value, path):
        if isinstance(value, dict) and (value or path == ()):
            for key in value:
                walk(value[key], path + (key,))
        else:
            out[path if sep is None else sep.join([str(p) for p in path])] = value

    walk(tree, ())
    return out


def unflatten_dict(flat, sep=None):
    out = {}
    for path in flat:
        parts = path.split(sep) if sep is not None else path
        place = out
        for name in parts[:-1]:
            place = place.setdefault(name, {})
        place[parts[-1]] = flat[path]
    return out


def path_aware_map(function, tree):
    return unflatten_dict({path: function(path, value) for path, value in flatten_dict(tree).items()})
