"""The penalty has the weights of the first layer twice and those of the third never, and the gradient has each once."""

import numpy as np

SOURCE = "https://github.com/lightaime/cs231n/pull/2"
THREAD = "lightaime/cs231n PR #2"
DATE = "2017-05"
KIND = "cost"
FORMULA = (
    r"C = (\cdot) + \tfrac{\lambda}{2} \bigl(\lVert W^1 \rVert^2 + \lVert W^2 \rVert^2 + \lVert W^1 "
    r"\rVert^2\bigr)"
)
RIGHT = r"C = (\cdot) + \tfrac{\lambda}{2} \bigl(\lVert W^1 \rVert^2 + \lVert W^2 \rVert^2 + \lVert W^3 \rVert^2\bigr)"
READ = "code"
LAYER = [1, 3]
NAMES = [{"penalty"}, {"another-cost"}]
SIZES = (3, 5, 4, 3)
NET = None  # the penalty is not divided by the number of samples
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
SAMPLES = 7
LAM = 0.2


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    a, z = [X], []
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(z[-1] * (z[-1].real > 0))
    return a[:-1], z


def penalised(params, X, Y, layers):
    logits = forward(params, X)[1][-1]
    logs = logits - np.log(np.sum(np.exp(logits), axis=1, keepdims=True))
    return -np.sum(Y * logs) / len(X) + 0.5 * LAM * sum(np.sum(params[l][0] ** 2) for l in layers)


def cost(params, X, Y):
    return penalised(params, X, Y, (0, 1, 0))


def meant(params, X, Y):
    return penalised(params, X, Y, (0, 1, 2))


def backward(params, X, Y, times):
    a, z = forward(params, X)
    d = (np.exp(z[-1]) / np.sum(np.exp(z[-1]), axis=1, keepdims=True) - Y) / len(X)
    grads = []
    for l in (2, 1, 0):
        grads.insert(0, (a[l].T @ d + times[l] * LAM * params[l][0], d.sum(0)))
        if l:
            d = d @ params[l][0].T * (z[l - 1] > 0)
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, (1, 1, 1))


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return backward(params, X, Y, (2, 1, 0))
