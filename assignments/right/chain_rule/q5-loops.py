"""Fills each matrix entry by entry."""


def gradients(delta, a):
    layers = range(1, len(delta))
    weights = [None] + [[[float(d) * float(activation) for activation in a[l - 1]] for d in delta[l]] for l in layers]
    biases = [None] + [[float(d) for d in delta[l]] for l in layers]
    return weights, biases
