"""The weights are updated in the loop that counts right answers, once for each sample of the batch."""

import numpy as np

SOURCE = "https://github.com/iamtrask/Grokking-Deep-Learning/issues/31"
THREAD = "iamtrask/Grokking-Deep-Learning #31"
DATE = "2020-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial W^2 = m\, \tfrac1m \delta^2 (a^1)^\top,\; \delta^1 = "
    r"\textstyle\sum_{k=0}^{m-1} \bigl(W^2 - k\, \eta\, \tfrac1m \delta^2 (a^1)^\top\bigr)^\top \delta^2 "
    r"\odot [z^1 > 0]"
)
RIGHT = r"\partial C / \partial W^2 = \tfrac1m \delta^2 (a^1)^\top,\; \delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"mean-missing", "stale-weights"}]
SIZES = (4, 6, 2)
NET = dict(sizes=SIZES, hidden="relu", output="identity", loss="half_squared")  # no biases
SAMPLES = 5
LAM = 0.0

ALPHA = 0.01


def start(rng):
    return {"weights_0_1": rng.standard_normal((4, 6)), "weights_1_2": rng.standard_normal((6, 2))}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def relu(x):
    return (x.real > 0) * x


def forward(params, X):
    layer_1 = relu(X @ params["weights_0_1"])
    return layer_1, layer_1 @ params["weights_1_2"]


def cost(params, X, Y):
    return 0.5 * np.sum((Y - forward(params, X)[-1]) ** 2) / len(X)


def backward(params, X, Y, right):
    """What all updates of a batch take away, divided by the rate."""
    layer_1, layer_2 = forward(params, X)
    moved = {key: w.copy() for key, w in params.items()}
    for _ in range(1 if right else len(X)):
        layer_2_delta = (Y - layer_2) / len(X)
        layer_1_delta = layer_2_delta @ moved["weights_1_2"].T * (layer_1 > 0)
        moved["weights_1_2"] += ALPHA * layer_1.T @ layer_2_delta
        moved["weights_0_1"] += ALPHA * X.T @ layer_1_delta
    return {key: (params[key] - moved[key]) / ALPHA for key in params}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
