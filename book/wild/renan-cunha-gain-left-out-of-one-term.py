"""The gain is in two of the three terms of a batch normalisation's gradient, and missing in the first."""

import numpy as np

SOURCE = "https://github.com/renan-cunha/BatchNormalization/commit/0089a81"
THREAD = "renan-cunha/BatchNormalization 0089a81"
DATE = "2020-05"
KIND = "gradient"
FORMULA = (
    r"\frac{\partial C}{\partial z} = \frac{g}{s} + \frac{2}{m} (z - \mu)\, \frac{\partial C}{\partial s^2} + "
    r"\frac{1}{m} \frac{\partial C}{\partial \mu},\; g = \frac{\partial C}{\partial (\gamma \hat z + \beta)}"
)
RIGHT = (
    r"\frac{\partial C}{\partial z} = \frac{\gamma g}{s} + \frac{2}{m} (z - \mu)\, \frac{\partial C}{\partial s^2} + "
    r"\frac{1}{m} \frac{\partial C}{\partial \mu},\; g = \frac{\partial C}{\partial (\gamma \hat z + \beta)}"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 3)
EPS = 1e-3
NET = None  # a batch normalisation
BLOCKS = ["W[1]", "gamma[1]", "beta[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((3, 4)),
        rng.uniform(0.5, 2, (1, 4)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((4, 3)),
        rng.standard_normal((1, 3)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(params, X):
    W1, gamma, beta, W2, b2 = params
    z = X @ W1
    centred = z - z.mean(0, keepdims=True)
    s = np.sqrt(np.mean(centred**2, axis=0, keepdims=True) + EPS)
    hidden = sigmoid(gamma * centred / s + beta)
    return centred, s, hidden, sigmoid(hidden @ W2 + b2)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p))


def backward(params, X, Y, right):
    _, gamma, _, W2, _ = params
    centred, s, hidden, p = forward(params, X)
    d2 = p - Y
    g = d2 @ W2.T * hidden * (1 - hidden)
    scaled, m = g * gamma, len(X)
    d_var = np.sum(-0.5 * scaled * centred / s**3, axis=0, keepdims=True)
    d_mean = -np.sum(scaled / s, axis=0, keepdims=True)
    d1 = (scaled if right else g) / s + 2 * d_var * centred / m + d_mean / m
    return [
        X.T @ d1,
        np.sum(g * centred / s, axis=0, keepdims=True),
        g.sum(0, keepdims=True),
        hidden.T @ d2,
        d2.sum(0, keepdims=True),
    ]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
