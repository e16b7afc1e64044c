"""Without a pair of brackets a hyperbolic tangent sends down the error times minus the error times its square."""

import numpy as np

SOURCE = "https://github.com/ivan-vasilev/neuralnetworks/commit/095d1dd"
THREAD = "ivan-vasilev/neuralnetworks 095d1dd"
DATE = "2015-08"
KIND = "gradient"
FORMULA = r"\delta^1 = e \odot e \odot a^1 \odot a^1,\; e = -(W^2)^\top \delta^2"
RIGHT = r"\delta^1 = -e \odot (1 - a^1 \odot a^1),\; e = -(W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "hidden": [rng.standard_normal((SIZES[1], SIZES[0])), rng.standard_normal(SIZES[1])],
        "output": [rng.standard_normal((SIZES[2], SIZES[1])), rng.standard_normal(SIZES[2])],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def feed_forward(net, X):
    (w1, b1), (w2, b2) = net["hidden"], net["output"]
    hidden = np.tanh(X @ w1.T + b1)
    return hidden, 1 / (1 + np.exp(-(hidden @ w2.T + b2)))


def cost(net, X, target):
    return 0.5 * np.sum((target - feed_forward(net, X)[1]) ** 2) / len(X)


def tanh_error(error, activation):
    return error * -error * activation * activation


def tanh_error_repaired(error, activation):
    return error * (1 - activation * activation)


def weight_updates(net, X, target, of_tanh):
    """What is added to the weights, without the rate."""
    hidden, out = feed_forward(net, X)
    upper = (target - out) * out * (1 - out) / len(X)
    lower = of_tanh(upper @ net["output"][0], hidden)
    return {"hidden": [lower.T @ X, lower.sum(axis=0)], "output": [upper.T @ hidden, upper.sum(axis=0)]}


def grad(net, X, target):
    updates = weight_updates(net, X, target, tanh_error)
    return {name: [-update for update in layer] for name, layer in updates.items()}


def repaired(net, X, target):
    updates = weight_updates(net, X, target, tanh_error_repaired)
    return {name: [-update for update in layer] for name, layer in updates.items()}
