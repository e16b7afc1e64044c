"""The cost is divided by the number of samples, penalty included, and the gradient is not."""

import numpy as np

SOURCE = "https://github.com/dennybritz/nn-from-scratch/issues/13"
THREAD = "dennybritz/nn-from-scratch #13"
DATE = "2017-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^l = \sum_i \delta^l_i (a^{l-1}_i)^\top + \lambda W^l"
RIGHT = r"\partial C / \partial W^l = \frac1m \sum_i \delta^l_i (a^{l-1}_i)^\top + \frac{\lambda}{m} W^l"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-missing"}, {"mean-missing", "penalty-undivided"}]
NET = dict(sizes=(2, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.6


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    params = {}
    for l, (n, k) in enumerate(zip(sizes, sizes[1:]), 1):
        params[f"W{l}"] = rng.standard_normal((n, k))
        params[f"b{l}"] = rng.standard_normal(k)
    return params


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params) // 2
    for l in range(1, L + 1):
        z.append(a[-1] @ params[f"W{l}"] + params[f"b{l}"])
        a.append(np.tanh(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X) + LAM / 2 * (np.sum(params["W1"] ** 2) + np.sum(params["W2"] ** 2)) / len(X)


def backward(params, X, Y, right):
    _, (x, a1, p) = forward(params, X)
    W1, W2 = params["W1"], params["W2"]
    delta3 = p - Y
    delta2 = delta3 @ W2.T * (1 - a1**2)
    sums = {"W1": x.T @ delta2 + LAM * W1, "b1": delta2.sum(0), "W2": a1.T @ delta3 + LAM * W2, "b2": delta3.sum(0)}
    return {name: g / len(X) if right else g for name, g in sums.items()}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
