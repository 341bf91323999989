"""Writes src/init/generated/mills.ts: a Chebyshev series of the Mills ratio of the normal distribution.

R(x) = (1 - Phi(x)) / phi(x) for x >= 0. The half line is mapped on [-1, 1] by t = (x - K) / (x + K), and
(x + 1) R(x), which stays between 1 and 1.26, is expanded there (after Shepherd and Laframboise, Mathematics
of Computation 36, 1981, who did so for erfc). Run with mpmath: python scripts/facts/mills.py
"""
from pathlib import Path

from mpmath import cos, erfc, exp, inf, mp, mpf, pi, sqrt

mp.dps = 60
K = mpf(4)
NODES = 200


def scaled(x):
    return (x + 1) * erfc(x / sqrt(2)) / 2 * exp(x * x / 2) * sqrt(2 * pi)


def at(t):
    return mpf(1) if t == 1 else scaled(K * (1 + t) / (1 - t))


angles = [(j + mpf(1) / 2) * pi / NODES for j in range(NODES)]
values = [at(cos(angle)) for angle in angles]
coefficients = []
for k in range(60):
    total = sum(value * cos(k * angle) for value, angle in zip(values, angles))
    coefficients.append(total * (1 if k == 0 else 2) / NODES)
while abs(coefficients[-1]) < mpf("2e-18"):
    coefficients.pop()

lines = [
    "// Written by scripts/facts/mills.py; change that and run it again.",
    "",
    "/** The series runs in t = (x - MILLS_SCALE) / (x + MILLS_SCALE). */",
    f"export const MILLS_SCALE = {int(K)};",
    "/** Chebyshev coefficients of (x + 1) R(x), R the Mills ratio of the normal distribution, for x >= 0. */",
    "export const MILLS_COEFFICIENTS: readonly number[] = [",
    *(f"  {float(c)!r}," for c in coefficients),
    "];",
    "",
]
target = Path(__file__).parents[2] / "src" / "init" / "generated" / "mills.ts"
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text("\n".join(lines), encoding="utf-8")
print(len(coefficients), "coefficients")
