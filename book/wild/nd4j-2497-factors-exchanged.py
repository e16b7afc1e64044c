"""In a test the slope of the sigmoid has its second factor the wrong way round."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/nd4j/issues/2497"
THREAD = "deeplearning4j/nd4j #2497"
DATE = "2018-01"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot a^l \odot (a^l - 1)"
RIGHT = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
READ = "code"
GROUP = "slope"
LAYER = [1, 3]
NAMES = [{"sign"}]
SIZES = (3, 4, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (SIZES[-1], SAMPLES)).astype(float)


def forward(params, X):
    a = [X]
    for W, b in params:
        a.append(sigmoid(W @ a[-1] + b))
    return a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    a, out = forward(params, X), []
    sign = 1 if right else -1
    d = sign * (a[3] - Y) * a[3] * (1 - a[3]) / X.shape[1]
    for l in (3, 2, 1):
        out.insert(0, (d @ a[l - 1].T, d.sum(1, keepdims=True)))
        d = sign * params[l - 1][0].T @ d * a[l - 1] * (1 - a[l - 1])
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
