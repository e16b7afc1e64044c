"""The gradient of a gain counts the sample in both places, so that its inputs are those of a diagonal."""

import numpy as np

SOURCE = "https://github.com/Sergio0694/NeuralNetwork.NET/commit/05ff573"
THREAD = "Sergio0694/NeuralNetwork.NET 05ff573"
DATE = "2018-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial \gamma_j = \textstyle\sum_i g_{i,j}\, (z_{i,i} - \mu_j) / s_j"
RIGHT = r"\partial C / \partial \gamma_j = \textstyle\sum_i g_{i,j}\, (z_{i,j} - \mu_j) / s_j"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 2)
EPS = 1e-3
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "V[2]", "c[2]"]
SAMPLES = 4
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
    z, centred, variance, hidden, out = forward(params, X)
    e = (out - Y) / len(X)
    g = e @ params[3].T * (1 - hidden**2)
    root = np.sqrt(variance)
    scaled = centred / root
    delta = params[1] / root * (g - g.mean(0) - scaled * np.mean(g * scaled, axis=0))
    inputs = z if right else np.repeat(np.diag(z)[:, None], z.shape[1], axis=1)
    gain = np.sum(g * (inputs - z.mean(0)) / root, axis=0)
    return [X.T @ delta, gain, g.sum(0), hidden.T @ e, e.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
