"""The two partial derivatives of an angle have each other's signs."""

import numpy as np

SOURCE = "https://github.com/EnzymeAD/Enzyme-JAX/pull/2066"
THREAD = "EnzymeAD/Enzyme-JAX PR #2066"
DATE = "2026-02"
KIND = "gradient"
FORMULA = (
    r"\partial \varphi / \partial u = \frac{-v}{u^2 + v^2},\; \partial \varphi / \partial v = \frac{u}{u^2 + "
    r"v^2},\; \varphi = \mathrm{atan2}(u, v)"
)
RIGHT = (
    r"\partial \varphi / \partial u = \frac{v}{u^2 + v^2},\; \partial \varphi / \partial v = \frac{-u}{u^2 + "
    r"v^2},\; \varphi = \mathrm{atan2}(u, v)"
)
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"sign"}]
SIZES = (3, 4, 2)
NET = None  # an angle of two outputs
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[0], SIZES[1])),
        "b1": rng.standard_normal(SIZES[1]),
        "W2": rng.standard_normal((SIZES[1], SIZES[2])),
        "b2": rng.standard_normal(SIZES[2]),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.uniform(-1, 1, SAMPLES)


def forward(params, X):
    h = np.tanh(X @ params["W1"] + params["b1"])
    out = h @ params["W2"] + params["b2"]
    return h, out[:, 0], out[:, 1]


def angle(u, v):
    return 2 * np.arctan((np.sqrt(u * u + v * v) - v) / u)


def cost(params, X, Y):
    _, u, v = forward(params, X)
    return 0.5 * np.sum((angle(u, v) - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    h, u, v = forward(params, X)
    e = (angle(u, v) - Y) / (u * u + v * v) / len(X)
    d2 = np.stack([e * v, -e * u] if right else [-e * v, e * u], axis=1)
    d1 = d2 @ params["W2"].T * (1 - h * h)
    return {"W1": X.T @ d1, "b1": d1.sum(0), "W2": h.T @ d2, "b2": d2.sum(0)}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
