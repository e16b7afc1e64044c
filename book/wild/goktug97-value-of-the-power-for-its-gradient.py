"""A power sends down its own value times its derivative, and not the gradient that has come to it."""

import numpy as np

SOURCE = "https://github.com/goktug97/minigrad/commit/2c69796"
THREAD = "goktug97/minigrad 2c69796"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial u = n\, u^{n-1} \odot a,\; a = u^n"
RIGHT = r"\partial C / \partial u = n\, u^{n-1} \odot g,\; a = u^n,\; g = \partial C / \partial a"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # powers of a layer
BLOCKS = ["w[1]", "b[1]", "v[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0

EXPONENT = 3.0


def start(rng):
    return {
        "w": 0.5 * rng.standard_normal((SIZES[0], SIZES[1])),
        "b": 0.5 * rng.standard_normal(SIZES[1]),
        "v": rng.standard_normal((SIZES[1], SIZES[2])),
        "c": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Power:
    def __init__(self, child, exponent):
        self.child, self.exponent = child, exponent
        self.data = child**exponent
        self.grad = np.zeros_like(self.data)

    def backward(self):
        return self.exponent * self.child ** (self.exponent - 1) * self.data


class RepairedPower(Power):
    def backward(self):
        return self.exponent * self.child ** (self.exponent - 1.0) * self.grad


def cost(params, X, Y):
    power = Power(X @ params["w"] + params["b"], EXPONENT)
    return 0.5 * np.sum((power.data @ params["v"] + params["c"] - Y) ** 2) / len(X)


def backward(params, X, Y, kind):
    power = kind(X @ params["w"] + params["b"], EXPONENT)
    e = (power.data @ params["v"] + params["c"] - Y) / len(X)
    power.grad += e @ params["v"].T
    child_grad = power.backward()
    return {"w": X.T @ child_grad, "b": child_grad.sum(0), "v": power.data.T @ e, "c": e.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, Power)


def repaired(params, X, Y):
    return backward(params, X, Y, RepairedPower)
