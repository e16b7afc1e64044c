"""In an equation of lecture notes the derivative of the activation gets lost between a layer and the one below it."""

import numpy as np

SOURCE = "https://github.com/SciML/SciMLBook/issues/164"
THREAD = "SciML/SciMLBook #164"
DATE = "2025-08"
KIND = "gradient"
FORMULA = r"\bar a^l = (W^{l+1})^\top \bar a^{l+1},\; \delta^l = \bar a^l \odot \tanh'(z^l)"
RIGHT = r"\bar a^l = (W^{l+1})^\top \delta^{l+1},\; \delta^l = \bar a^l \odot \tanh'(z^l)"
READ = "discussion"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"error-for-delta"}]
SIZES = (3, 4, 5, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(-0.9, 0.9, (SIZES[-1], SAMPLES))


def forward(params, X):
    v = [X]
    for W, b in params:
        v.append(np.tanh(W @ v[-1] + b))
    return v


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / X.shape[1]


def backward(params, X, Y, right):
    v, out = forward(params, X), []
    v_bar = (v[-1] - Y) / X.shape[1]
    for l in (3, 2, 1):
        r_bar = v_bar * (1 - v[l] ** 2)
        out.insert(0, (r_bar @ v[l - 1].T, r_bar.sum(1, keepdims=True)))
        v_bar = params[l - 1][0].T @ (r_bar if right else v_bar)
    return out


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
