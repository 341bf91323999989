import fnmatch as _fnmatch
import glob as _glob
import os as _os
import os.path as _path


class PurePath(_os.PathLike):
    def __init__(self, *parts):
        self._text = _path.normpath(_path.join(*parts)) if parts else "."

    def __fspath__(self):
        return self._text

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"PosixPath({self._text!r})"

    def __truediv__(self, other):
        return self.__class__(self._text, str(other))

    def __rtruediv__(self, other):
        return self.__class__(str(other), self._text)

    def joinpath(self, *others):
        return self.__class__(self._text, *[str(one) for one in others])

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self._text < other._text

    @property
    def name(self):
        return _path.basename(self._text)

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def suffix(self):
        return _path.splitext(self.name)[1]

    @property
    def parent(self):
        return self.__class__(_path.dirname(self._text) or ".")

    @property
    def parents(self):
        found = []
        one = self
        while one.parent != one:
            one = one.parent
            found.append(one)
        return found

    @property
    def parts(self):
        return tuple(part for part in self._text.split("/") if part)

    def with_suffix(self, suffix):
        return self.__class__(_path.splitext(self._text)[0] + suffix)

    def with_name(self, name):
        return self.parent / name

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    @property
    def suffixes(self):
        return ["." + one for one in self.name.lstrip(".").split(".")[1:]]

    def is_relative_to(self, other):
        return self._text == str(other) or self._text.startswith(str(other).rstrip("/") + "/")

    def relative_to(self, other):
        if not self.is_relative_to(other):
            raise ValueError(f"{self._text!r} is not in the subpath of {str(other)!r}")
        return self.__class__(self._text[len(str(other)):].lstrip("/"))

    def match(self, pattern):
        return _fnmatch.fnmatchcase(self._text if "/" in pattern else self.name, pattern)

    def as_posix(self):
        return self._text

    def is_absolute(self):
        return self._text.startswith("/")


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(".")

    @classmethod
    def home(cls):
        return cls("~")

    def resolve(self, strict=False):
        return self

    absolute = expanduser = resolve

    def exists(self):
        return _path.exists(self._text)

    def is_file(self):
        return _path.isfile(self._text)

    def is_dir(self):
        return _path.isdir(self._text)

    def iterdir(self):
        return iter([self / one for one in _os.listdir(self._text)])

    def glob(self, pattern):
        return iter([self.__class__(one) for one in _glob.glob(self._text + "/" + pattern, recursive=True)])

    def rglob(self, pattern):
        return self.glob("**/" + pattern)

    def open(self, mode="r", *args, **kwargs):
        return open(self._text, mode)

    def read_text(self, *args, **kwargs):
        return open(self._text).read()

    def mkdir(self, *args, **kwargs):
        pass

    unlink = mkdir

    def touch(self, *args, **kwargs):
        open(self._text, "w")

    write_text = touch


PosixPath = Path
PurePosixPath = PurePath
