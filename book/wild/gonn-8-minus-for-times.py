"""In a tutorial the slope of the sigmoid has a minus where its two factors meet."""

import numpy as np

SOURCE = "https://github.com/sausheong/gonn/issues/8"
THREAD = "sausheong/gonn #8"
DATE = "2024-07"
KIND = "gradient"
FORMULA = r"\delta^l = (\cdot) \odot \bigl(a^l - (1 - a^l)\bigr)"
RIGHT = r"\delta^l = (\cdot) \odot a^l \odot (1 - a^l)"
READ = "discussion"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return {"hiddenWeights": rng.standard_normal((4, 3)), "outputWeights": rng.standard_normal((2, 4))}


def data(rng):
    return rng.standard_normal((3, SAMPLES)), rng.uniform(0.01, 0.99, (2, SAMPLES))


def forward(params, X):
    hidden = sigmoid(params["hiddenWeights"] @ X)
    return hidden, sigmoid(params["outputWeights"] @ hidden)


def cost(params, X, Y):
    return 0.5 * np.sum((Y - forward(params, X)[-1]) ** 2) / X.shape[1]


def slope(a, right):
    return a * (1 - a) if right else a - (1 - a)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    hidden, output = forward(params, X)
    d2 = (output - Y) * slope(output, right) / X.shape[1]
    d1 = params["outputWeights"].T @ d2 * slope(hidden, right)
    return {"hiddenWeights": d1 @ X.T, "outputWeights": d2 @ hidden.T}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
