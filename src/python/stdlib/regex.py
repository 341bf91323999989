"""Patterns as `re` reads them; one that only `regex` reads is unknown."""
import re as _re
from re import *


def compile(pattern, flags=0, **kwargs):
    try:
        return _re.compile(pattern, flags)
    except _re.error:
        return unknown("a pattern that re does not read")


def match(pattern, string, flags=0, **kwargs):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0, **kwargs):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0, **kwargs):
    return compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0, **kwargs):
    return compile(pattern, flags).sub(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0, **kwargs):
    return compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0, **kwargs):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0, **kwargs):
    return compile(pattern, flags).finditer(string)
