import importlib


def locate(path, forceload=0):
    """What a dotted name means, in the longest module that is there; None where there is none."""
    parts = path.split(".")
    for count in range(len(parts), 0, -1):
        module = ".".join(parts[:count])
        if module_exists(module):
            found = importlib.import_module(module)
            for part in parts[count:]:
                found = getattr(found, part)
            return found
    return unknown(f"the object {path}")
