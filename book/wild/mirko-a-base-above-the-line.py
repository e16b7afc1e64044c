"""In the derivatives of a logarithm the logarithm of the base stands above the line, where a bracket is missing."""

import numpy as np

SOURCE = "https://github.com/Mirko-A/minigrad/commit/b29d7d7"
THREAD = "Mirko-A/minigrad b29d7d7"
DATE = "2023-12"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial x = g\, \tfrac1x \log y,\; \partial C / \partial y = -g\, \tfrac{\log x}{y} \log^2 y,\; "
    r"a = \log_y x"
)
RIGHT = (
    r"\partial C / \partial x = \tfrac{g}{x \log y},\; \partial C / \partial y = -\tfrac{g \log x}{y \log^2 y},\; "
    r"a = \log_y x,\; g = \partial C / \partial a"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = None  # logarithms to any base
BLOCKS = ["W[1]", "base[1]", "V[2]", "c[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W": 0.5 * rng.standard_normal((SIZES[0], SIZES[1])),
        "base": rng.uniform(2, 4, SIZES[1]),
        "V": rng.standard_normal((SIZES[1], SIZES[2])),
        "c": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    x = 1 + np.exp(X @ params["W"])
    out = np.log(x) / np.log(params["base"])
    return x, out, out @ params["V"] + params["c"]


def cost(params, X, Y):
    return np.mean((forward(params, X)[-1] - Y) ** 2)


def log_backward(x, y, out_grad):
    return out_grad * (1 / x * np.log(y)), out_grad * (-(np.log(x) / y * np.log(y) ** 2))


def repaired_log_backward(x, y, out_grad):
    return out_grad * (1 / (x * np.log(y))), out_grad * (-(np.log(x) / (y * np.log(y) ** 2)))


def backward(params, X, Y, of_logarithm):
    x, out, predicted = forward(params, X)
    e = 2 * (predicted - Y) / Y.size
    x_grad, base_grad = of_logarithm(x, params["base"], e @ params["V"].T)
    return {"W": X.T @ (x_grad * (x - 1)), "base": base_grad.sum(axis=0), "V": out.T @ e, "c": e.sum(axis=0)}


def grad(params, X, Y):
    return backward(params, X, Y, log_backward)


def repaired(params, X, Y):
    return backward(params, X, Y, repaired_log_backward)
