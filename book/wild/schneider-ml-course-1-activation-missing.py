"""In a derivation for logistic regression the slope of the sigmoid is one minus the activation."""

import numpy as np

SOURCE = "https://github.com/schneider128k/machine_learning_course/issues/1"
THREAD = "schneider128k/machine_learning_course #1"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\delta = \frac{a - y}{a (1 - a)}\, (1 - a)"
RIGHT = r"\delta = \frac{a - y}{a (1 - a)}\, a\, (1 - a) = a - y"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 1)
NET = dict(sizes=SIZES, output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    ((W, b),) = params
    return (sigmoid(X @ W + b),)


def cost(params, X, Y):
    p = forward(params, X)[-1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def backward(params, X, Y, right):
    a = forward(params, X)[-1]
    d = (a - Y) / (a * (1 - a)) * (a * (1 - a) if right else 1 - a) / len(X)
    return [(X.T @ d, d.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
