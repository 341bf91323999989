import os
import sys as _sys

sep = "/"
curdir = "."


def _text(path):
    return path if is_unknown(path) or isinstance(path, str) else path.__fspath__()


def join(path, *paths):
    result = _text(path)
    for one in paths:
        one = _text(one)
        if is_unknown(one):
            return one
        if one.startswith("/"):
            result = one
        elif not result or result.endswith("/"):
            result += one
        else:
            result += "/" + one
    return result


def split(path):
    path = _text(path)
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(path):
    return split(path)[1]


def dirname(path):
    return split(path)[0]


def splitext(path):
    path = _text(path)
    name = path[path.rfind("/") + 1:]
    at = name.lstrip(".").rfind(".")
    if at < 0:
        return path, ""
    cut = len(path) - (len(name.lstrip(".")) - at)
    return path[:cut], path[cut:]


def isabs(path):
    return _text(path).startswith("/")


def normpath(path):
    path = _text(path)
    if is_unknown(path):
        return path
    root = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".." or not root:
            parts.append(part)
    return root + "/".join(parts) or "."


def commonprefix(paths):
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    for index, one in enumerate(low):
        if one != high[index]:
            return low[:index]
    return low


def abspath(path):
    return normpath(path)


realpath = abspath


def expanduser(path):
    return path


def expandvars(path):
    return path


def isfile(path):
    path = _text(path)
    return False if is_folder(path) is True else file_exists(path)


def isdir(path):
    return is_folder(_text(path))


def exists(path):
    path = _text(path)
    return True if is_folder(path) is True else file_exists(path)


lexists = exists


def _listdir(path="."):
    return list_folder(_text(path))


def islink(path):
    return False


def relpath(path, start=curdir):
    """Where the working folder is nobody knows: a relative start is the folder of imports that the path is in."""
    path, start = normpath(path), normpath(start)
    if isabs(path) and not isabs(start):
        above = [one for one in _sys.path if path == one or path.startswith(one + "/")]
        if start != curdir or not above:
            return unknown("a relative path")
        start = above[0]
    elif isabs(start) and not isabs(path):
        return unknown("a relative path")
    parts = [one for one in path.split("/") if one not in ("", curdir)]
    above = [one for one in start.split("/") if one not in ("", curdir)]
    same = len(commonprefix([parts, above]))
    return "/".join([".."] * (len(above) - same) + parts[same:]) or curdir


def getsize(path):
    return unknown("a file's size")


def getmtime(path):
    return unknown("a file's time")
