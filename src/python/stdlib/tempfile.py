"""Folders that nobody else sees: what a program writes into them is kept for itself."""

import os
from io import _WrittenText

_made = []


def _name(prefix, suffix, dir):
    _made.append(None)
    return os.path.join(dir or gettempdir(), (prefix or "tmp") + str(len(_made)) + (suffix or ""))


def gettempdir():
    return "/<temporary>"


def mkdtemp(suffix=None, prefix=None, dir=None):
    return _name(prefix, suffix, dir)


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    return len(_made), _name(prefix, suffix, dir)


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self):
        return self.name

    def __exit__(self, *exc_info):
        pass

    def cleanup(self):
        pass


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, **kwargs):
    return _WrittenText(_name(prefix, suffix, dir))


TemporaryFile = SpooledTemporaryFile = NamedTemporaryFile
