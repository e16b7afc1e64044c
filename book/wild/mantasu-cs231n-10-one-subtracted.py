"""The gradient of a softmax regression subtracts one at the right class, and a reader expects s(1 - s)."""

import numpy as np

SOURCE = "https://github.com/mantasu/cs231n/issues/10"
THREAD = "mantasu/cs231n #10"
DATE = "2023-12"
KIND = "right"
FORMULA = r"\delta_{ic} = a_{ic} - 1,\; \delta_{ik} = a_{ik}"
RIGHT = r"\delta = a - y"
READ = "discussion"
LAYER = []
NAMES = []
SIZES = (4, 3)
NET = dict(sizes=SIZES, output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis, keepdims=True)


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def cost(params, X, Y):
    ((W, b),) = params
    return -np.sum(Y * np.log(softmax(X @ W + b))) / len(X)


def backward(params, X, Y):
    ((W, b),) = params
    d = softmax(X @ W + b)
    d[np.arange(len(X)), Y.argmax(1)] -= 1
    return [(X.T @ d / len(X), d.sum(0) / len(X))]


def grad(params, X, Y):
    return backward(params, X, Y)


repaired = grad
