"""Multiplies the formula out into powers of a."""


def output_delta(z, y):
    out = sigma(z)
    return -out**3 + (1 + y) * out**2 - y * out
