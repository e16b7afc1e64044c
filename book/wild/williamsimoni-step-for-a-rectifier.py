"""A rectifier's output is its own slope, a step, and the slope of that is taken for one."""

import numpy as np

SOURCE = "https://github.com/WilliamSimoni/Neural_Network_Simulator/commit/c1e67a7"
THREAD = "WilliamSimoni/Neural_Network_Simulator c1e67a7"
DATE = "2020-10"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0],\; a^1 = [z^1 > 0]"
RIGHT = r"\delta^1 = 0,\; a^1 = [z^1 > 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-of-wrong-function"}]
SIZES = (3, 4, 2)
NET = None  # a step
BLOCKS = ["hidden[1]", "output[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """A unit's first weight is its bias."""
    return {
        "hidden": rng.standard_normal((SIZES[1], SIZES[0] + 1)),
        "output": rng.standard_normal((SIZES[2], SIZES[1] + 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


def with_bias(inputs):
    return np.hstack([np.ones((len(inputs), 1)), inputs])


def relu(x):
    return 1.0 * (x > 0)


def relu_derivative(x):
    return 1.0 * (x > 0)


def net(layers, X):
    nets = with_bias(X) @ layers["hidden"].T
    return nets, with_bias(relu(nets)) @ layers["output"].T


def cost(layers, X, target):
    return 0.5 * np.sum((net(layers, X)[1] - target) ** 2) / len(X)


def grad(layers, X, target):
    nets, output = net(layers, X)
    errors = (output - target) / len(X)
    hidden_errors = errors @ layers["output"][:, 1:] * relu_derivative(nets)
    return {"hidden": hidden_errors.T @ with_bias(X), "output": errors.T @ with_bias(relu(nets))}


def repaired(layers, X, target):
    nets, output = net(layers, X)
    errors = (output - target) / len(X)
    return {"hidden": np.zeros_like(layers["hidden"]), "output": errors.T @ with_bias(relu(nets))}
