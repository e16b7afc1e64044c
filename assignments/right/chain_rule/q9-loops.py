"""Works number by number with the math module, and puts the results back into the shape of z."""


import math


def one_number(v):
    e = math.exp(-abs(v))
    upper, lower = 1 / (1 + e), e / (1 + e)
    return (upper if v > 0 else lower), upper * lower


def sigmoid_and_slope(z):
    pairs = [one_number(float(v)) for v in np.ravel(z)]
    shape = np.shape(z)
    return np.array([p[0] for p in pairs]).reshape(shape), np.array([p[1] for p in pairs]).reshape(shape)
