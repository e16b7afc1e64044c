"""The slope function activates its argument itself, and is given what has been activated already."""

import numpy as np

SOURCE = "https://github.com/liashchynskyi/skynet/pull/1"
THREAD = "liashchynskyi/skynet PR #1"
DATE = "2020-09"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) \odot \tanh'(a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \tanh'(a^1)"
RIGHT = r"\delta^2 = (a^2 - y) \odot \tanh'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \tanh'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="tanh", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {"synapse0": rng.standard_normal((3, 4)), "synapse1": rng.standard_normal((4, 2))}


def data(rng):
    sizes = NET["sizes"]
    X = rng.standard_normal((SAMPLES, sizes[0]))
    Y = rng.standard_normal((SAMPLES, sizes[-1]))
    return X, Y


def forward(params, X):
    hidden = np.tanh(X @ params["synapse0"])
    return hidden, np.tanh(hidden @ params["synapse1"])


def cost(params, X, Y):
    """The program has no mean."""
    return 0.5 * np.sum((Y - forward(params, X)[1]) ** 2)


def backward(params, X, Y, right):
    hidden, output = forward(params, X)
    t1, t2 = (hidden, output) if right else (np.tanh(hidden), np.tanh(output))
    output_delta = (output - Y) * (1 - t2**2)
    hidden_delta = output_delta @ params["synapse1"].T * (1 - t1**2)
    return {"synapse0": X.T @ hidden_delta, "synapse1": hidden.T @ output_delta}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
