"""The function that should be tanh's derivative, (e - 1)/(e + 1) with e = exp(2x), is tanh itself."""

import numpy as np

SOURCE = "https://github.com/andersbll/nnet/issues/4"
THREAD = "andersbll/nnet #4 (comment)"
DATE = "2016-06"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \tanh(z^1)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - \tanh^2(z^1)\bigr)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X, Y


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(a[-1] @ W + b)
        a.append(np.tanh(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / len(X)


def tanh_d(x, right):
    e = np.exp(2 * x)
    t = (e - 1) / (e + 1)
    return 1 - t**2 if right else t


def backward(params, X, Y, right):
    z, a = forward(params, X)
    m, out = len(X), []
    d = a[-1] - Y
    for l in (2, 1):
        W, b = params[l - 1]
        out.insert(0, (a[l - 1].T @ d / m, d.mean(0)))
        if l > 1:
            d = d @ W.T * tanh_d(z[l - 1], right)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
