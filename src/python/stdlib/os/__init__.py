"""A declared environment: POSIX, no environment variables, nothing known of the disk or the machine."""
from _evaluator import unknown
from os import path
from os.path import fspath

name = "posix"
sep = "/"
linesep = "\n"
pathsep = ":"
devnull = "/dev/null"
curdir = "."
pardir = ".."
O_RDONLY = 0


class _Environment(dict):
    def copy(self):
        return dict(self)


environ = _Environment()


class PathLike:
    pass


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    pass


def makedirs(name, mode=511, exist_ok=False):
    pass


mkdir = remove = unlink = rmdir = removedirs = rename = replace = chdir = chmod = symlink = kill = makedirs


def getcwd():
    return unknown("getcwd")


listdir = scandir = walk = stat = getpid = cpu_count = system = popen = urandom = getlogin = uname = sched_getaffinity = (
    lambda *args, **options: unknown("os")
)
