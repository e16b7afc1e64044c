"""The fast form of a rectifier's slope has its two values exchanged."""

import numpy as np

SOURCE = "https://github.com/oysteijo/simd_neuralnet/commit/76ae42b"
THREAD = "oysteijo/simd_neuralnet 76ae42b"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \le 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}, {"relu-mask"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal(n), rng.standard_normal((k, n))) for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    (b1, W1), (b2, W2) = params
    hidden = np.maximum(X @ W1 + b1, 0)
    return hidden, hidden @ W2 + b2


def cost(params, X, Y):
    return np.mean((forward(params, X)[1] - Y) ** 2)


def relu_derivative(activation, ar):
    zero, ones = np.zeros_like(ar), np.ones_like(ar)
    return np.where(activation <= 0, ones, zero) * ar


def relu_derivative_repaired(activation, ar):
    zero, ones = np.zeros_like(ar), np.ones_like(ar)
    return np.where(activation <= 0, zero, ones) * ar


def backpropagation(params, X, Y, derivative):
    hidden, out = forward(params, X)
    upper = 2 * (out - Y) / Y.size
    lower = derivative(hidden, upper @ params[1][1].T)
    return [(lower.sum(axis=0), X.T @ lower), (upper.sum(axis=0), hidden.T @ upper)]


def grad(params, X, Y):
    return backpropagation(params, X, Y, relu_derivative)


def repaired(params, X, Y):
    return backpropagation(params, X, Y, relu_derivative_repaired)
