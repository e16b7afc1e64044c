"""The bias gradient is the row sum of the weight gradient, as if the bias's input were the sum of the inputs."""

import numpy as np

SOURCE = "https://github.com/rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/64"
THREAD = "rust0258/Deeplearning.ai-NLP-Specialization #64, #62"
DATE = "2020-09"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i \sum_k a^{l-1}_{ik}"
RIGHT = r"\partial C / \partial b^l = \frac1m \sum_i \delta^l_i"
READ = "discussion"
GROUP = "blocks"
LAYER = [1, 2]
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(0)


def start(rng):
    sizes = NET["sizes"]
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(sizes, sizes[1:])]


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], SAMPLES)]
    return X.T, Y.T


def forward(params, X):
    z, a = [None], [X]
    L = len(params)
    for W, b in params:
        z.append(W @ a[-1] + b)
        a.append(relu(z[-1]) if len(z) <= L else softmax(z[-1]))
    return z, a


def cost(params, X, Y):
    p = forward(params, X)[1][-1]
    return -np.sum(Y * np.log(p)) / X.shape[1]


def backward(params, X, Y, right):
    z, a = forward(params, X)
    m, out = X.shape[1], []
    d = a[-1] - Y
    for l in (2, 1):
        dW = d @ a[l - 1].T / m
        out.insert(0, (dW, d.sum(1, keepdims=True) / m if right else dW.sum(1, keepdims=True)))
        if l > 1:
            d = params[l - 1][0].T @ d * (z[l - 1] > 0)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
