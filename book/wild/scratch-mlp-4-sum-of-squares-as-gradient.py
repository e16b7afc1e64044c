"""The penalty's gradient is the penalty itself, one number added to every weight; and 1/m is missing."""

import numpy as np

SOURCE = "https://github.com/omar-florez/scratch_mlp/issues/4"
THREAD = "omar-florez/scratch_mlp #4"
DATE = "2019-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l_{jk} = \sum_i (\delta^l_i)_j (a^{l-1}_i)_k + \lambda \sum_{pq} (W^l_{pq})^2"
RIGHT = r"\partial C / \partial W^l_{jk} = \frac1m \sum_i (\delta^l_i)_j (a^{l-1}_i)_k + \frac{\lambda}{m} W^l_{jk}"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(2, 5, 3), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.1


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    sizes = NET["sizes"]
    return [rng.standard_normal((n, k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.integers(0, 2, (SAMPLES, sizes[-1])).astype(float)
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    for W in params:
        z.append(a[-1] @ W)
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return 0.5 * np.sum((p - Y) ** 2) / len(X) + LAM * sum(np.sum(W**2) for W in params) / (2 * len(X))


def backward(params, X, Y, right):
    _, (x, h1, h2) = forward(params, X)
    w1, w2 = params
    dz2 = (h2 - Y) * h2 * (1 - h2)
    dz1 = dz2 @ w2.T * h1 * (1 - h1)
    if right:
        return [(x.T @ dz1 + LAM * w1) / len(X), (h1.T @ dz2 + LAM * w2) / len(X)]
    return [x.T @ dz1 + LAM * np.square(w1).sum(), h1.T @ dz2 + LAM * np.square(w2).sum()]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
