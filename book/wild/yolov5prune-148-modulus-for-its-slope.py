"""The derivative of the penalty's modulus is written as the value times its sign, which is the modulus again."""

import numpy as np

SOURCE = "https://github.com/midasklr/yolov5prune/issues/148"
THREAD = "midasklr/yolov5prune #148"
DATE = "2024-12"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot) + \lambda\, W \odot \mathrm{sign}(W)"
RIGHT = r"\partial C / \partial W = (\cdot) + \lambda\, \mathrm{sign}(W)"
READ = "discussion"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

L1 = 0.1


def start(rng):
    return [rng.standard_normal(shape) for shape in ((3, 5), 5, (5, 2), 2)]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1 + b1
    h = z * (z.real > 0)
    return z, h, h @ W2 + b2


def modulus(W):
    return W * np.sign(W.real)


def cost(params, X, Y):
    penalty = L1 * (np.sum(modulus(params[0])) + np.sum(modulus(params[2])))
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X) + penalty


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    W1, b1, W2, b2 = params
    d2 = (p - Y) / len(X)
    d1 = d2 @ W2.T * (z > 0)
    slope = np.sign if right else modulus
    return [X.T @ d1 + L1 * slope(W1), d1.sum(0), h.T @ d2 + L1 * slope(W2), d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
