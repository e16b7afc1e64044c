"""Without momentum a step returns before the decay of the parameters is added to the gradient."""

import numpy as np

SOURCE = "https://github.com/ml-explore/mlx/issues/440"
THREAD = "ml-explore/mlx #440"
DATE = "2024-01"
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\cdot),\; \partial C / \partial b = (\cdot)"
RIGHT = r"\partial C / \partial W = (\cdot) + \lambda W,\; \partial C / \partial b = (\cdot) + \lambda b"
READ = "code"
GROUP = "penalty"
LAYER = [1, 2]
NAMES = [{"penalty-missing"}, {"penalty"}]
SIZES = (3, 4, 2)
NET = None  # a penalty on the biases too
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

WEIGHT_DECAY, MOMENTUM = 0.2, 0.0


def start(rng):
    return {
        "layers": [
            {"weight": rng.standard_normal((k, n)), "bias": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])
        ]
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def forward(params, X):
    first, second = params["layers"]
    h = np.tanh(X @ first["weight"].T + first["bias"])
    return h, h @ second["weight"].T + second["bias"]


def cost(params, X, Y):
    decay = sum(np.sum(p**2) for layer in params["layers"] for p in layer.values())
    return 0.5 * np.sum((forward(params, X)[-1] - Y) ** 2) / len(X) + 0.5 * WEIGHT_DECAY * decay


def along(gradient, parameter, right):
    """What a step goes along."""
    if MOMENTUM <= 0 and not right:
        return gradient
    return gradient + WEIGHT_DECAY * parameter


def backward(params, X, Y, right):
    first, second = params["layers"]
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ second["weight"] * (1 - h**2)
    grads = [{"weight": d1.T @ X, "bias": d1.sum(0)}, {"weight": d2.T @ h, "bias": d2.sum(0)}]
    pairs = zip(grads, params["layers"])
    return {"layers": [{name: along(g[name], layer[name], right) for name in g} for g, layer in pairs]}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
