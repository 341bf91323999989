import re

_PRE = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}
_RANK = {"a": 0, "b": 1, "rc": 2}
_PATTERN = re.compile(
    r"\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)"
    r"(?:[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?(\d*))?"
    r"(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?"
    r"(?:[-_.]?(dev)[-_.]?(\d*))?"
    r"(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*"
)
_INFINITY = float("inf")


class InvalidVersion(ValueError):
    pass


def parse(version):
    return version if is_unknown(version) else Version(version)


class Version:
    """A version as PEP 440 writes and orders them."""

    def __init__(self, version):
        found = _PATTERN.fullmatch(version.lower())
        if found is None:
            raise InvalidVersion(f"Invalid version: {version!r}")
        epoch, release, pre, pre_number, post, post_word, post_number, dev, dev_number, local = found.groups()
        self.epoch = int(epoch or 0)
        self.release = tuple(int(part) for part in release.split("."))
        self.pre = (_PRE.get(pre, pre), int(pre_number or 0)) if pre else None
        self.post = int(post or post_number or 0) if post or post_word else None
        self.dev = int(dev_number or 0) if dev else None
        self.local = ".".join(re.split("[-_.]", local)) if local else None
        self._key = self._ordered()

    def _ordered(self):
        release = list(self.release)
        while release and release[-1] == 0:
            release.pop()
        if self.pre is not None:
            pre = (_RANK[self.pre[0]], self.pre[1])
        else:
            pre = (-1,) if self.post is None and self.dev is not None else (3,)
        local = self.local.split(".") if self.local else []
        return (
            self.epoch,
            tuple(release),
            pre,
            -1 if self.post is None else self.post,
            _INFINITY if self.dev is None else self.dev,
            tuple((int(part), "") if part.isdigit() else (-1, part) for part in local),
        )

    @property
    def major(self):
        return self._part(0)

    @property
    def minor(self):
        return self._part(1)

    @property
    def micro(self):
        return self._part(2)

    def _part(self, index):
        return self.release[index] if index < len(self.release) else 0

    @property
    def base_version(self):
        epoch = f"{self.epoch}!" if self.epoch else ""
        return epoch + ".".join(map(str, self.release))

    @property
    def public(self):
        pre = f"{self.pre[0]}{self.pre[1]}" if self.pre else ""
        post = "" if self.post is None else f".post{self.post}"
        dev = "" if self.dev is None else f".dev{self.dev}"
        return self.base_version + pre + post + dev

    @property
    def is_prerelease(self):
        return self.pre is not None or self.dev is not None

    @property
    def is_postrelease(self):
        return self.post is not None

    @property
    def is_devrelease(self):
        return self.dev is not None

    def __str__(self):
        return self.public + (f"+{self.local}" if self.local else "")

    def __repr__(self):
        return f"<Version('{self}')>"

    def __hash__(self):
        return hash(self._key)

    def __eq__(self, other):
        return self._key == other._key if isinstance(other, Version) else NotImplemented

    def __lt__(self, other):
        return self._key < other._key if isinstance(other, Version) else NotImplemented

    def __le__(self, other):
        return self._key <= other._key if isinstance(other, Version) else NotImplemented

    def __gt__(self, other):
        return self._key > other._key if isinstance(other, Version) else NotImplemented

    def __ge__(self, other):
        return self._key >= other._key if isinstance(other, Version) else NotImplemented
