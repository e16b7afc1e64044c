"""A softmax computes its whole Jacobian and keeps the diagonal, below a cross-entropy."""

import numpy as np

SOURCE = "https://github.com/pocketpy/cTensor/pull/31"
THREAD = "pocketpy/cTensor PR #31"
DATE = "2025-07"
KIND = "gradient"
FORMULA = r"\delta^2 = g \odot a^2 \odot (1 - a^2),\; g = -y / a^2"
RIGHT = r"\delta^2 = a^2 \odot (g - g \cdot a^2),\; g = -y / a^2"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = [{"softmax-diagonal"}]
SIZES = (3, 5, 4)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def relu(z):
    return z * (z.real > 0)


def softmax(z):
    e = np.exp(z)
    return e / e.sum(1, keepdims=True)


def start(rng):
    n, h, k = SIZES
    shapes = {"weight_1": (n, h), "bias_1": (1, h), "weight_2": (h, k), "bias_2": (1, k)}
    return {key: rng.standard_normal(shape) for key, shape in shapes.items()}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    z = X @ params["weight_1"] + params["bias_1"]
    return z, relu(z), softmax(relu(z) @ params["weight_2"] + params["bias_2"])


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def gradient_of_softmax(g, s, right):
    jacobian = s[:, :, None] * (np.eye(s.shape[1]) - s[:, None, :])
    if right:
        return np.einsum("ijk,ik->ij", jacobian, g)
    return g * np.einsum("ijj->ij", jacobian)


def backward(params, X, Y, right):
    z, h, s = forward(params, X)
    d2 = gradient_of_softmax(-Y / s / len(X), s, right)
    d1 = d2 @ params["weight_2"].T * (z > 0)
    return {
        "weight_1": X.T @ d1,
        "bias_1": d1.sum(0, keepdims=True),
        "weight_2": h.T @ d2,
        "bias_2": d2.sum(0, keepdims=True),
    }


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
