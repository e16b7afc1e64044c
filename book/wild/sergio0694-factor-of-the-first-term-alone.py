"""The factor of a batch normalisation's gradient stands before its first term, for want of a pair of brackets."""

import numpy as np

SOURCE = "https://github.com/Sergio0694/NeuralNetwork.NET/commit/05ff573"
THREAD = "Sergio0694/NeuralNetwork.NET 05ff573"
DATE = "2018-01"
KIND = "gradient"
FORMULA = (
    r"\frac{\partial C}{\partial z_i} = \frac{\gamma}{m s}\, m g_i - \textstyle\sum_k g_k - \frac{z_i - "
    r"\mu}{s^2} \sum_k g_k (z_k - \mu)"
)
RIGHT = (
    r"\frac{\partial C}{\partial z_i} = \frac{\gamma}{m s} \Bigl(m g_i - \textstyle\sum_k g_k - \frac{z_i - "
    r"\mu}{s^2} \sum_k g_k (z_k - \mu)\Bigr)"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
EPS = 1e-3
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "V[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((SIZES[0], SIZES[1])),
        rng.uniform(0.5, 2, SIZES[1]),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    W, gamma, beta, V, c = params
    z = X @ W
    centred = z - z.mean(0)
    variance = np.mean(centred**2, axis=0) + EPS
    hidden = np.tanh(gamma * centred / np.sqrt(variance) + beta)
    return z, centred, variance, hidden, hidden @ V + c


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    _, centred, variance, hidden, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params[3].T * (1 - hidden**2)
    root, m = np.sqrt(variance), len(X)
    factor = params[1] / (m * root)
    rest = g.sum(0) + centred / variance * np.sum(g * centred, axis=0)
    delta = factor * (m * g - rest) if right else factor * m * g - rest
    return [X.T @ delta, np.sum(g * centred / root, axis=0), g.sum(0), hidden.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
