"""A declared environment: no variables, no files but those that may be read."""
import os.path as path

name = "posix"
sep = "/"
linesep = "\n"
pathsep = ":"
curdir = "."
pardir = ".."
devnull = "/dev/null"
environ = {}
error = OSError


class PathLike:
    pass


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def fspath(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


def _nothing(*args, **kwargs):
    pass


makedirs = mkdir = remove = unlink = rmdir = rename = replace = chdir = chmod = symlink = system = kill = _nothing
