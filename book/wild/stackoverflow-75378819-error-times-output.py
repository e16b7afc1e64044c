"""The delta of a softmax output is the error times the output."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/75378819/issues-with-calculating-new-weights-in-a-neural-network"
THREAD = "Stack Overflow 75378819"
DATE = "2023-02"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot a^2"
RIGHT = r"\delta^2 = a^2 \odot \bigl((a^2 - y) - (a^2 - y) \cdot a^2\bigr)"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}, {"activation-for-slope"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="softmax", output="softmax", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    """No biases; softmax in every layer."""
    return [rng.standard_normal((k, n)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    X, Y = rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    a1 = softmax(params[0] @ X, axis=0)
    return a1, softmax(params[1] @ a1, axis=0)


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def pulled(g, a):
    return a * (g - np.sum(g * a, 0))


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    a1, a2 = forward(params, X)
    e = (a2 - Y) / X.shape[1]
    d2 = pulled(e, a2) if right else e * a2
    d1 = pulled(params[1].T @ d2, a1)
    return [d1 @ X.T, d2 @ a1.T]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
