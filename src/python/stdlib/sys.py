platform = "linux"
byteorder = "little"
maxsize = 9223372036854775807
argv = [""]
executable = ""
warnoptions = []
flags = None
stdout = stderr = stdin = None
version = "3.11.0 (main) [GCC]"


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
