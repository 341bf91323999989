"""Writes test/facts/tails.json: distribution functions, quantiles and moments with 50 digits, far into the tails.

Run with mpmath and scipy (for the law of Kolmogorov's statistic): python scripts/facts/tails.py
"""
import json
from pathlib import Path

from mpmath import betainc, erfc, exp, findroot, gamma, linspace, log, mp, mpf, pi, quad, sqrt
from scipy.stats import kstwo

mp.dps = 50


def tail(x):
    return erfc(mpf(x) / sqrt(2)) / 2


def normal_rows():
    points = [-37.5, -30.123, -20, -13.7, -8.1, -5, -3.3, -2, -1, -0.5, -0.1, 0, 0.3, 1.7, 4, 8]
    return [{"x": x, "cdf": float(tail(-x)), "pdf": float(exp(-mpf(x) ** 2 / 2) / sqrt(2 * pi))} for x in points]


def quantile_rows():
    rows = []
    for p in [1e-300, 1e-100, 1e-20, 1e-9, 1e-5, 0.01, 0.3, 0.9, 0.999999]:
        start = -sqrt(-2 * log(mpf(p))) if p < 0.4 else mpf(1)
        rows.append({"p": p, "x": float(findroot(lambda z: log(tail(-z) / mpf(p)), start))})
    return rows


def truncated_rows():
    rows = []
    windows = [(-2, 2), (-1, 3), (-0.01, 0.02), (0, 1), (5, 6), (10, 1e9), (-1e5, -8), (0, 3.5), (1, 1.001), (37, 38)]
    for low, high in windows:
        mode = min(max(mpf(0), mpf(low)), mpf(high))
        a, b = max(mpf(low), mode - 45), min(mpf(high), mode + 45)
        pieces = linspace(a, b, 9 if b - a < 5 else 91)
        weight = lambda x: exp(-(x - mode) * (x + mode) / 2)
        mass = quad(weight, pieces)
        mean = quad(lambda x: x * weight(x), pieces) / mass
        variance = quad(lambda x: (x - mean) ** 2 * weight(x), pieces) / mass
        fourth = quad(lambda x: (x - mean) ** 4 * weight(x), pieces) / mass
        middle = (a + b) / 2 if b - a < 5 else mode + (b - mode) / 40
        below = quad(weight, linspace(a, middle, 41)) / mass
        rows.append(
            {
                "low": low,
                "high": high,
                "mean": float(mean) if abs(mean) > mpf(10) ** -30 else 0.0,
                "std": float(sqrt(variance)),
                "kurtosis": float(fourth / variance**2),
                "x": float(middle),
                "cdf": float(below),
            }
        )
    return rows


def sphere_rows():
    rows = []
    for n in [2, 3, 4, 5, 16, 64, 1000, 40000]:
        for x in [0.001, 0.01, 0.05, 0.1, 0.3, 0.7]:
            t = mpf(x)
            a = (mpf(n) - 1) / 2
            below = betainc(a, mpf(1) / 2, 0, (1 - t) * (1 + t), regularized=True) / 2
            density = gamma(mpf(n) / 2) / sqrt(pi) / gamma(a) * (1 - t * t) ** ((mpf(n) - 3) / 2)
            if below > mpf(10) ** -290:
                rows.append({"n": n, "x": x, "cdf": float(below), "pdf": float(density)})
    return rows


def kolmogorov_rows():
    rows = []
    for n in [1, 2, 5, 10, 50, 140, 141, 1000, 100000]:
        for z in [0.3, 0.6, 0.9, 1.4, 1.9, 2.5, 4]:
            d = z / n**0.5
            if 0.5 / n < d < 1:
                rows.append({"n": n, "d": d, "tail": float(kstwo.sf(d, n))})
    return rows


document = {
    "normal": normal_rows(),
    "quantiles": quantile_rows(),
    "truncated": truncated_rows(),
    "sphere": sphere_rows(),
    "kolmogorov": kolmogorov_rows(),
}
lines = []
for name, rows in document.items():
    lines.append(f"{json.dumps(name)}:[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
target = Path(__file__).parents[2] / "test" / "facts" / "tails.json"
target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
