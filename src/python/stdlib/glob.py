import fnmatch
import os
import os.path as _path


def has_magic(pattern):
    return "*" in pattern or "?" in pattern or "[" in pattern


def _is_absent(folder):
    """Whether the folder above one says that it is not there. A relative one may be meant at several places."""
    above, name = _path.split(_path.normpath(folder))
    if not above.startswith("/") or not name:
        return False
    names = os.listdir(above)
    return _is_absent(above) if is_unknown(names) else name not in names


def _below(folder, parts, shown):
    """Paths under a folder, `shown` being what is written before them."""
    if not parts:
        return [shown]
    first, rest = parts[0], parts[1:]
    if not has_magic(first):
        there = _path.join(folder, first)
        return _below(there, rest, _path.join(shown, first)) if rest or _path.exists(there) else []
    names = os.listdir(folder)
    if is_unknown(names) and _is_absent(folder):
        return []
    names = [one for one in names if not one.startswith(".")]
    folders = [one for one in names if _path.isdir(_path.join(folder, one)) is True]
    found = []
    if first == "**":
        found += _below(folder, rest, shown)
        for one in folders:
            found += _below(_path.join(folder, one), parts, _path.join(shown, one))
        return found
    for one in fnmatch.filter(folders if rest else names, first):
        found += _below(_path.join(folder, one), rest, _path.join(shown, one))
    return found


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    root = "/" if pathname.startswith("/") else ""
    parts = [part for part in pathname.split("/") if part]
    if not recursive:
        parts = ["*" if part == "**" else part for part in parts]
    start = root or (os.fspath(root_dir) if root_dir is not None else ".")
    plain = 0
    while plain < len(parts) - 1 and not has_magic(parts[plain]):
        plain += 1
    head = "/".join(parts[:plain])
    return _below(_path.join(start, head) if head else start, parts[plain:], root + head)


def iglob(pathname, **options):
    return iter(glob(pathname, **options))


def escape(pathname):
    return "".join("[" + one + "]" if one in "*?[" else one for one in pathname)
