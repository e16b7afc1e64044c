"""Writes everything with one power of e and plain Python."""


import math


def one_unit(x, w, b, y):
    e = math.exp(-b - w * x)
    error = 1 / (1 + e) - y
    steepness = e / (1 + e) / (1 + e)
    by_bias = steepness * error
    return error, steepness, x, x * by_bias, by_bias
