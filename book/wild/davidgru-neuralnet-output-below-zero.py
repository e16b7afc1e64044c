"""The slope of a ReLU asks whether its output is below zero, where it never is."""

import numpy as np

SOURCE = "https://github.com/davidgru/neuralnet/commit/ed7438c"
THREAD = "davidgru/neuralnet ed7438c"
DATE = "2023-11"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 \ge 0] = (W^2)^\top \delta^2"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [a^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"relu-mask"}, {"slope-missing"}]
SIZES = (3, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 9
LAM = 0.0


def softmax(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def start(rng):
    sizes = list(zip(SIZES, SIZES[1:]))
    return {
        "weights": [rng.standard_normal((k, n)) for n, k in sizes],
        "bias": [rng.standard_normal(k) for _, k in sizes],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, W2), (b1, b2) = params["weights"], params["bias"]
    z = X @ W1.T + b1
    a = z * (z.real > 0)
    return a, softmax(a @ W2.T + b2)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def drelu(f, right):
    return np.where(f <= 0 if right else f < 0, 0.0, 1.0)


def backward(params, X, Y, right):
    a, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["weights"][1] * drelu(a, right)
    return {"weights": [d1.T @ X, d2.T @ a], "bias": [d1.sum(0), d2.sum(0)]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
