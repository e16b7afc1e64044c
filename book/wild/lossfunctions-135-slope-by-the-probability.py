"""A reader expects the slope by the pre-activation where a loss gives the one by the probability."""

import numpy as np

SOURCE = "https://github.com/JuliaML/LossFunctions.jl/issues/135"
THREAD = "JuliaML/LossFunctions.jl #135"
DATE = "2020-06"
KIND = "right"
FORMULA = r"\partial \ell / \partial a = \frac{1 - y}{1 - a} - \frac{y}{a}"
RIGHT = r"\partial \ell / \partial z = \partial \ell / \partial a\, \sigma'(z) = a - y"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (4, 5, 1)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(0, 1, (SIZES[-1], SAMPLES))


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(W1 @ X + b1)
    return h, sigmoid(W2 @ h + b2)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / X.shape[1]


def deriv(target, output):
    return (1 - target) / (1 - output) - target / output


def backward(params, X, Y):
    h, p = forward(params, X)
    d2 = deriv(Y, p) * p * (1 - p) / X.shape[1]
    d1 = params[1][0].T @ d2 * (1 - h**2)
    return [(d1 @ X.T, d1.sum(1, keepdims=True)), (d2 @ h.T, d2.sum(1, keepdims=True))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
