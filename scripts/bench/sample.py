"""Draws, counts and describes values with NumPy when told to; prints milliseconds for each.

Reads lines "normal N" or "uniform N" until the end of input.
"""

import sys
import time

import numpy as np

print(np.__version__, flush=True)
generator = np.random.default_rng(1)
draws = {"normal": generator.standard_normal, "uniform": generator.random}
for line in sys.stdin:
    name, count = line.split()
    began = time.perf_counter()
    values = draws[name](int(count))
    np.histogram(values, bins=50)
    values.mean(), values.std(), values.min(), values.max()
    print(1000 * (time.perf_counter() - began), flush=True)
