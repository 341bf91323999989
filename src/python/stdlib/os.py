"""A declared environment: no variables, no files but those that may be read."""
import os.path as path
import os.path as path_module

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
    def __class_getitem__(cls, item):
        return cls


def listdir(path="."):
    return path_module._listdir(path)


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = path_module.join(folder, name)

    def __fspath__(self):
        return self.path

    def is_dir(self, follow_symlinks=True):
        return path_module.isdir(self.path)

    def is_file(self, follow_symlinks=True):
        return path_module.isfile(self.path)


class _Entries(list):
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False


def scandir(path="."):
    folder = fspath(path)
    return _Entries([DirEntry(folder, one) for one in listdir(folder)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = fspath(top)
    names = listdir(top)
    folders = [one for one in names if path_module.isdir(path_module.join(top, one))]
    found = top, folders, [one for one in names if one not in folders]
    if topdown:
        yield found
    for one in folders:
        yield from walk(path_module.join(top, one), topdown)
    if not topdown:
        yield found


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def fspath(path):
    return path if isinstance(path, (str, bytes)) else path.__fspath__()


def _nothing(*args, **kwargs):
    pass


makedirs = mkdir = remove = unlink = rmdir = rename = replace = chdir = chmod = symlink = system = kill = _nothing
