"""The penalty is added to the gradient and not to the error function that is reported and checked."""

import numpy as np

SOURCE = "https://github.com/OpenANN/OpenANN/issues/143"
THREAD = "OpenANN/OpenANN #143"
DATE = "2013-08"
KIND = "cost"
FORMULA = r"C = \frac{1}{2m} \sum_i \lVert a^2_i - y_i \rVert^2"
RIGHT = r"C = \frac{1}{2m} \sum_i \lVert a^2_i - y_i \rVert^2 + \frac{\lambda}{2m} \sum_l \lVert W^l \rVert^2"
READ = "discussion"
LAYER = [1, 2]
NAMES = [{"penalty"}, {"another-cost"}]
NET = dict(sizes=(3, 5, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.5


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W.T + b)
        a.append(np.tanh(z[-1]) if len(z) <= L else z[-1])
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X)


def meant(params, X, Y):
    return cost(params, X, Y) + LAM / (2 * len(X)) * sum(np.sum(W**2) for W, b in params)


def backward(params, X, Y, right):
    """With ``right`` the gradient of the cost as it is reported, without the penalty."""
    _, (x, h, p) = forward(params, X)
    (W1, b1), (W2, b2) = params
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    decay = 0 if right else LAM / len(X)
    return [(d1.T @ x + decay * W1, d1.sum(0)), (d2.T @ h + decay * W2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
