sep = "/"
curdir = "."


def _text(path):
    return path if isinstance(path, str) else path.__fspath__()


def join(path, *paths):
    result = _text(path)
    for one in paths:
        one = _text(one)
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


def relpath(path, start=None):
    return unknown("a relative path")


def getsize(path):
    return unknown("a file's size")


def getmtime(path):
    return unknown("a file's time")
