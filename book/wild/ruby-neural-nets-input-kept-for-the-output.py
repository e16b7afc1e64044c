"""A sigmoid keeps its input under the name of its output, of which the way back takes the slope."""

import numpy as np

SOURCE = "https://github.com/Muriel-Salvan/ruby-neural-nets/commit/89786ae"
THREAD = "Muriel-Salvan/ruby-neural-nets 89786ae"
DATE = "2025-09"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot z^1 \odot (1 - z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot a^1 \odot (1 - a^1)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-formula-of-z"}]
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[1], SIZES[0])),
        "b1": rng.standard_normal((SIZES[1], 1)),
        "W2": rng.standard_normal((SIZES[2], SIZES[1])),
        "b2": rng.standard_normal((SIZES[2], 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def softmax(z):
    e = np.exp(z - z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


def sigmoid_forward(z):
    output = 1 / (1 + np.exp(-z))
    return output, {"output": z}


def sigmoid_forward_repaired(z):
    output = 1 / (1 + np.exp(-z))
    return output, {"output": output}


def sigmoid_backward(da, cache):
    return da * cache["output"] * (1 - cache["output"])


def cost(params, X, Y):
    hidden, _ = sigmoid_forward(params["W1"] @ X.T + params["b1"])
    a = softmax(params["W2"] @ hidden + params["b2"])
    return np.sum(-np.sum(Y.T * np.log(a), axis=0)) / len(X)


def gradients(params, X, Y, activate):
    x, y, m = X.T, Y.T, len(X)
    hidden, cache = activate(params["W1"] @ x + params["b1"])
    a = softmax(params["W2"] @ hidden + params["b2"])
    da = -y / a / m
    dz2 = a * da - a * np.sum(a * da, axis=0)
    dz1 = sigmoid_backward(params["W2"].T @ dz2, cache)
    return {
        "W1": dz1 @ x.T,
        "b1": dz1.sum(axis=1, keepdims=True),
        "W2": dz2 @ hidden.T,
        "b2": dz2.sum(axis=1, keepdims=True),
    }


def grad(params, X, Y):
    return gradients(params, X, Y, sigmoid_forward)


def repaired(params, X, Y):
    return gradients(params, X, Y, sigmoid_forward_repaired)
