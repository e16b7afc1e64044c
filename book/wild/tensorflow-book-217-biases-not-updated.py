"""The backward pass of a book's network changes the weights of each layer and not the biases."""

import numpy as np

SOURCE = "https://github.com/dragen1860/Deep-Learning-with-TensorFlow-book/issues/217"
THREAD = "dragen1860/Deep-Learning-with-TensorFlow-book #217"
DATE = "2020-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = 0"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2, 3]
NAMES = [{"bias-missing"}]
NET = dict(sizes=(2, 5, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    pairs = zip(sizes, sizes[1:])
    return [{"weights": rng.standard_normal((n, k)), "bias": rng.standard_normal(k)} for n, k in pairs]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(layers, X):
    a = [X]
    for layer in layers:
        a.append(sigmoid(a[-1] @ layer["weights"] + layer["bias"]))
    return a


def cost(layers, X, Y):
    return 0.5 * np.sum((Y - forward(layers, X)[-1]) ** 2) / len(X)


def backward(layers, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    a = forward(layers, X)
    error, out = (a[-1] - Y) / len(X), []
    for l in (3, 2, 1):
        delta = error * a[l] * (1 - a[l])
        out.insert(0, {"weights": a[l - 1].T @ delta, "bias": delta.sum(0) * right})
        error = delta @ layers[l - 1]["weights"].T
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
