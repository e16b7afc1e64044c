"""In the first version of a paper a 2 too many stands in an exponent of the slope of the mish."""

import numpy as np

SOURCE = "https://github.com/digantamisra98/Mish/issues/11"
THREAD = "digantamisra98/Mish #11"
DATE = "2019-09"
KIND = "gradient"
FORMULA = (
    r"f'(z) = e^z \omega / \delta^2,\; \delta = 2 e^{2z} + e^{2z} + 2,\; \omega = 4 (z + 1) + 4 e^{2z} + "
    r"e^{3z} + e^z (4 z + 6)"
)
RIGHT = r"f'(z) = e^z \omega / \delta^2,\; \delta = 2 e^z + e^{2z} + 2"
READ = "discussion"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 5, 1)
NET = None  # mish
BLOCKS = ["W[1]", "b[1]", "W[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"W1": rng.standard_normal((3, 5)), "b1": rng.standard_normal(5), "W2": rng.standard_normal((5, 1))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def mish(z):
    return z * np.tanh(np.log(1 + np.exp(z)))


def slope(z, right):
    omega = 4 * (z + 1) + 4 * np.exp(2 * z) + np.exp(3 * z) + np.exp(z) * (4 * z + 6)
    delta = 2 * np.exp(z if right else 2 * z) + np.exp(2 * z) + 2
    return np.exp(z) * omega / delta**2


def forward(params, X):
    z = X @ params["W1"] + params["b1"]
    return z, mish(z), mish(z) @ params["W2"]


def cost(params, X, Y):
    return 0.5 * np.mean((forward(params, X)[-1] - Y) ** 2)


def backward(params, X, Y, right):
    z, h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["W2"].T * slope(z, right)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
