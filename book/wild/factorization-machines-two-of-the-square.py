"""The squared error of a factorisation machine is differentiated without its two."""

import numpy as np

SOURCE = "https://github.com/btwardow/FactorizationMachines.jl/commit/26c96e7"
THREAD = "btwardow/FactorizationMachines.jl 26c96e7"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial \hat y = \hat y - y,\; \ell = (\hat y - y)^2"
RIGHT = r"\partial \ell / \partial \hat y = 2\,(\hat y - y)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"two-missing"}, {"factor"}]
FEATURES, FACTORS = 4, 2
NET = None  # a factorisation machine
BLOCKS = ["w0[1]", "w[1]", "V[1]"]
SAMPLES = 7
LAM = 0.0


def sqerr(p, y):
    return (p - y) ** 2


def sqerr_deriv(p, y):
    return p - y


def sqerr_deriv_repaired(p, y):
    return 2 * (p - y)


def start(rng):
    return [rng.standard_normal(1), rng.standard_normal(FEATURES), rng.standard_normal((FACTORS, FEATURES))]


def data(rng):
    return rng.standard_normal((SAMPLES, FEATURES)), rng.standard_normal((SAMPLES, 1))


def predict(params, x):
    """The prediction, and the sum of each factor."""
    w0, w, V = params
    f_sum = np.zeros(FACTORS, V.dtype)
    prediction = w0[0] + w @ x
    for f in range(FACTORS):
        sum_sqr = 0.0
        for i in range(FEATURES):
            d = V[f, i] * x[i]
            f_sum[f] += d
            sum_sqr += d * d
        prediction = prediction + 0.5 * (f_sum[f] * f_sum[f] - sum_sqr)
    return prediction, f_sum


def cost(params, X, Y):
    return sum(sqerr(predict(params, x)[0], y) for x, (y,) in zip(X, Y))


def gradient(params, X, Y, deriv):
    V = params[-1]
    to_w0, to_w, to_V = (np.zeros_like(p) for p in params)
    for x, (y,) in zip(X, Y):
        p, f_sum = predict(params, x)
        mult = deriv(p, y)
        to_w0 += mult
        to_w += mult * x
        for f in range(FACTORS):
            for i in range(FEATURES):
                to_V[f, i] += mult * (f_sum[f] * x[i] - V[f, i] * x[i] ** 2)
    return [to_w0, to_w, to_V]


def grad(params, X, Y):
    return gradient(params, X, Y, sqerr_deriv)


def repaired(params, X, Y):
    return gradient(params, X, Y, sqerr_deriv_repaired)
