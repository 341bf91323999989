import os.path as _text
from _evaluator import unknown


class PurePath:
    def __init__(self, *parts):
        joined = _text.join(*[_text.fspath(part) for part in parts]) if parts else "."
        self._path = _text.normpath(joined) if joined else "."

    def __fspath__(self):
        return self._path

    def __str__(self):
        return self._path

    def __repr__(self):
        return f"PosixPath({self._path!r})"

    def __truediv__(self, other):
        return self.__class__(self._path, other)

    def __rtruediv__(self, other):
        return self.__class__(other, self._path)

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._path == other._path

    def __hash__(self):
        return hash(self._path)

    def __lt__(self, other):
        return self._path < other._path

    @property
    def name(self):
        return _text.basename(self._path)

    @property
    def suffix(self):
        return _text.splitext(self._path)[1]

    @property
    def stem(self):
        return _text.splitext(self.name)[0]

    @property
    def parent(self):
        return self.__class__(_text.dirname(self._path) or ".")

    @property
    def parents(self):
        found = []
        current = self
        while current.parent != current:
            current = current.parent
            found.append(current)
        return found

    @property
    def parts(self):
        root = ("/",) if self._path.startswith("/") else ()
        return root + tuple([part for part in self._path.split("/") if part])

    def joinpath(self, *others):
        return self.__class__(self._path, *others)

    def with_suffix(self, suffix):
        return self.__class__(_text.splitext(self._path)[0] + suffix)

    def with_name(self, name):
        return self.parent / name

    def as_posix(self):
        return self._path

    def is_absolute(self):
        return self._path.startswith("/")


class Path(PurePath):
    def exists(self):
        return unknown("exists")

    is_file = is_dir = stat = iterdir = glob = rglob = owner = relative_to = exists

    def mkdir(self, mode=511, parents=False, exist_ok=False):
        pass

    unlink = touch = rmdir = rename = write_text = write_bytes = mkdir

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._path, mode)

    def read_text(self, encoding=None, errors=None):
        with open(self._path) as file:
            return file.read()

    def read_bytes(self):
        return unknown("read_bytes")

    def resolve(self, strict=False):
        return self if self.is_absolute() else unknown("resolve")

    absolute = resolve

    def expanduser(self):
        return unknown("expanduser") if self._path.startswith("~") else self

    @classmethod
    def cwd(cls):
        return unknown("cwd")

    @classmethod
    def home(cls):
        return unknown("home")


PosixPath = WindowsPath = Path
PurePosixPath = PureWindowsPath = PurePath
