"""Writes ReproducibleMath.tsv: function, bits of the argument, bits that ReproducibleMath must give, bits of the true value.

The third column comes from the same written order of IEEE operations, carried out by Python's floats (which are IEEE doubles and
never fused); the fourth from mpmath 1.3.0 with 60 digits, rounded once. Run: python3 reproducible_math.py > ReproducibleMath.tsv
"""
import math
import random
import struct

import mpmath

mpmath.mp.dps = 60
LN2_HIGH = struct.unpack(">d", bytes.fromhex("3FE62E42FEE00000"))[0]
LN2_LOW = struct.unpack(">d", bytes.fromhex("3DEA39EF35793C76"))[0]
EXP = [1.0 / math.factorial(n) for n in range(2, 15)]
LOG = [2.0 / n for n in range(3, 26, 2)]


def bits(x):
    return struct.pack(">d", x).hex()


def horner(coefficients, x):
    total = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        total = c + x * total
    return total


def own_exp(x):
    k = math.floor(x * 1.4426950408889634 + 0.5)
    high = x - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    lost = high - r - low
    return math.ldexp(1.0 + (r + (lost + r * r * horner(EXP, r))), k)


def own_log(x):
    mantissa, k = math.frexp(x)
    mantissa, k = mantissa * 2.0, k - 1
    if mantissa >= 1.4142135623730951:
        mantissa, k = mantissa * 0.5, k + 1
    f = mantissa - 1.0
    s = f / (2.0 + f)
    square = s * s
    half = 0.5 * f * f
    correction = s * (half + square * horner(LOG, square)) + k * LN2_LOW
    return k * LN2_HIGH - (half - correction - f)


def true(function, x):
    return float(function(mpmath.mpf(x)))


random.seed(20261120)
exp_points = [0.0, 1.0, -1.0, 0.5, 1e-300, -1e-17, 2.9444389791664403, 709.7, -708.3, -740.0, 88.7]
exp_points += [random.uniform(-30, 30) for _ in range(120)] + [random.uniform(-700, 700) for _ in range(60)] + [random.gauss(0, 0.01) for _ in range(20)]
log_points = [1.0, 2.0, 0.5, 19.0, 10.0, 1.0000000000000002, 0.9999999999999999, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1.4142135623730951, 1.414213562373095]
log_points += [random.random() for _ in range(80)] + [math.exp(random.uniform(-30, 30)) for _ in range(80)] + [random.gauss(1, 0.01) for _ in range(40)]
for x in exp_points:
    print("exp", bits(x), bits(own_exp(x)), bits(true(mpmath.exp, x)), sep="\t")
for x in log_points:
    print("log", bits(x), bits(own_log(x)), bits(true(mpmath.log, x)), sep="\t")
