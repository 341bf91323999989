"""Paths as text, the way POSIX writes them. What is on the disk is unknown."""
from _evaluator import unknown

sep = "/"
curdir = "."
pardir = ".."
extsep = "."


def fspath(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


def join(path, *paths):
    path = fspath(path)
    for part in paths:
        part = fspath(part)
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path = path + part
        else:
            path = path + "/" + part
    return path


def split(path):
    path = fspath(path)
    cut = path.rfind("/") + 1
    head = path[:cut]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, path[cut:]


def basename(path):
    return split(path)[1]


def dirname(path):
    return split(path)[0]


def splitext(path):
    path = fspath(path)
    base = path.rfind("/") + 1
    dot = path.rfind(".")
    if dot <= base or path[base:dot].strip(".") == "":
        return path, ""
    return path[:dot], path[dot:]


def isabs(path):
    return fspath(path).startswith("/")


def normpath(path):
    path = fspath(path)
    root = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and (parts and parts[-1] != ".."):
            parts.pop()
        elif part != ".." or not root:
            parts.append(part)
    return root + "/".join(parts) or "."


def abspath(path):
    path = fspath(path)
    return normpath(path) if isabs(path) else unknown("abspath")


realpath = abspath


def expanduser(path):
    return unknown("expanduser") if fspath(path).startswith("~") else path


def expandvars(path):
    return unknown("expandvars") if "$" in fspath(path) else path


def normcase(path):
    return fspath(path)


def commonprefix(paths):
    shortest = min(paths)
    longest = max(paths)
    for index, character in enumerate(shortest):
        if character != longest[index]:
            return shortest[:index]
    return shortest


def exists(path):
    return unknown("exists")


isfile = isdir = islink = lexists = getsize = getmtime = relpath = ismount = samefile = exists
