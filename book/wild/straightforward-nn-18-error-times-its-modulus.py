"""What goes down is a function of the error made for the purpose: its square, and beyond one a logarithm."""

import numpy as np

SOURCE = "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/pull/18"
THREAD = "MatthieuHernandez/StraightforwardNeuralNetwork PR #18"
DATE = "2020-08"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = e\, \vert e \vert \text{ where } \vert e \vert < 1,\; \delta^2 = \mathrm{sign}(e) "
    r"\log_2(\vert e \vert + 1) \text{ elsewhere},\; e = a^2 - y"
)
RIGHT = r"\delta^2 = 2\, e,\; e = a^2 - y"
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="sigmoid", output="identity", loss="mse")
SAMPLES = 8
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    return [{"weights": rng.standard_normal((k, n)), "bias": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), 1.5 * rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    h = sigmoid(X @ params[0]["weights"].T + params[0]["bias"])
    return h, h @ params[1]["weights"].T + params[1]["bias"]


def cost(params, X, Y):
    return np.sum((forward(params, X)[-1] - Y) ** 2) / len(X)


def calculate_error(err):
    return np.where(abs(err) < 1, err * abs(err), np.sign(err) * np.log2(abs(err) + 1))


def backward(params, X, Y, right):
    h, outputs = forward(params, X)
    errors = 2 * (Y - outputs) if right else calculate_error(Y - outputs)
    d2 = -errors / len(X)
    d1 = d2 @ params[1]["weights"] * h * (1 - h)
    return [{"weights": d1.T @ X, "bias": d1.sum(0)}, {"weights": d2.T @ h, "bias": d2.sum(0)}]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
