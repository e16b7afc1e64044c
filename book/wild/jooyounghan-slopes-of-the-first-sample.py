"""The slopes of a sigmoid are computed when there are none yet, so that all samples have those of the first."""

import numpy as np

SOURCE = "https://github.com/jooyounghan/neural_network_with_cpp/commit/b713d9e"
THREAD = "jooyounghan/neural_network_with_cpp b713d9e"
DATE = "2021-08"
KIND = "gradient"
FORMULA = r"\delta^1_i = (W^2)^\top \delta^2_i \odot \sigma'(z^1_1),\; i = 1, \dots, m"
RIGHT = r"\delta^1_i = (W^2)^\top \delta^2_i \odot \sigma'(z^1_i),\; i = 1, \dots, m"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((SIZES[0], SIZES[1])),
        rng.standard_normal((1, SIZES[1])),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal((1, SIZES[2])),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Sigmoid:
    def __init__(self):
        self.grad = None

    def forward(self, v_input):
        data = 1 / (1 + np.exp(-v_input))
        if self.grad is None:
            self.grad = data * (1 - data)
        return data

    def backward(self, v):
        return v * self.grad


class RepairedSigmoid(Sigmoid):
    def forward(self, v_input):
        data = 1 / (1 + np.exp(-v_input))
        self.grad = data * (1 - data)
        return data


def cost(params, X, Y):
    w1, b1, w2, b2 = params
    total = 0.0
    for x, y in zip(X, Y):
        out = Sigmoid().forward(x @ w1 + b1) @ w2 + b2
        total += 0.5 * np.sum((out - y) ** 2)
    return total / len(X)


def over_all_samples(function, params, X, Y):
    w1, b1, w2, b2 = params
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        hidden = function.forward(x @ w1 + b1)
        upper = (hidden @ w2 + b2 - y) / len(X)
        lower = function.backward(upper @ w2.T)
        for total, part in zip(grads, (np.outer(x, lower), lower, hidden.T @ upper, upper)):
            total += part
    return grads


def grad(params, X, Y):
    return over_all_samples(Sigmoid(), params, X, Y)


def repaired(params, X, Y):
    return over_all_samples(RepairedSigmoid(), params, X, Y)
