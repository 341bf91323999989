"""Gone since torch 1.13: names that code written before takes from it."""

import collections.abc as container_abcs
from math import inf, nan

string_classes = (str, bytes)
int_classes = int
FileNotFoundError = FileNotFoundError
PY37 = PY3 = True
