"""The pullback of a square multiplies by twice the square, and not by twice what was squared."""

import numpy as np

SOURCE = "https://github.com/PassiveLogic/differentiable-swift-examples/pull/14"
THREAD = "PassiveLogic/differentiable-swift-examples PR #14"
DATE = "2023-12"
KIND = "gradient"
FORMULA = r"(x^2)' = 2 x^2"
RIGHT = r"(x^2)' = 2 x"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = [{"formula"}]
NET = dict(sizes=(3, 1), output="identity", loss="mse")  # the thread has the square alone: the cost of a linear model
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal(3), rng.standard_normal(1)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


def squared(input):
    return input * input


def vjpSquared(value, right):
    output = squared(value)

    def pullback(tangentVector):
        if right:
            return tangentVector * 2 * value
        return tangentVector * 2 * output

    return output, pullback


def cost(params, X, Y):
    w, b = params
    return sum(squared(w @ x + b[0] - y[0]) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    w, b = params
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for x, y in zip(X, Y):
        _, pullback = vjpSquared(w @ x + b[0] - y[0], right)
        d = pullback(1.0 / len(X))
        dw += d * x
        db += d
    return [dw, db]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
