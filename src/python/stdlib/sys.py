platform = "linux"
byteorder = "little"
maxsize = 9223372036854775807
argv = [""]
executable = ""
warnoptions = []
flags = None
version = "3.11.0 (main) [GCC]"


class _Stream:
    """Where a program reads and writes: nobody knows what comes in, and what goes out is not kept."""

    encoding = "utf-8"
    closed = False

    def write(self, text):
        return len(text)

    def flush(self, *args):
        return None

    writelines = close = reconfigure = flush

    def isatty(self):
        return False

    def fileno(self):
        return 1

    def read(self, size=-1):
        return input()

    readline = read


stdout, stderr, stdin = _Stream(), _Stream(), _Stream()
__stdout__, __stderr__ = stdout, stderr


class _VersionInfo(tuple):
    @property
    def major(self):
        return self[0]

    @property
    def minor(self):
        return self[1]

    @property
    def micro(self):
        return self[2]


version_info = _VersionInfo((3, 11, 0, "final", 0))
hexversion = 0x030B00F0


class _Implementation:
    name = "cpython"


implementation = _Implementation()


def exit(code=None):
    raise SystemExit(code)


def exc_info():
    return None, None, None


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    pass


def intern(string):
    return string


def getdefaultencoding():
    return "utf-8"


def is_finalizing():
    return False
