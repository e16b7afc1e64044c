"""The error goes down through the transposed weights alone; the slope of the layer it comes from is left out."""

import numpy as np

SOURCE = "https://github.com/lpapailiou/neuralnetwork/commit/aaafd84"
THREAD = "lpapailiou/neuralnetwork aaafd84"
DATE = "2021-09"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\ell^3 = a^3 - y,\; \ell^l = (W^{l+1})^\top \ell^{l+1},\; \delta^l = \ell^l \odot \sigma'(z^l)"
RIGHT = r"\ell^l = (W^{l+1})^\top \delta^{l+1},\; \delta^l = \ell^l \odot \sigma'(z^l)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"error-for-delta"}, {"slope-missing"}]
SIZES = (3, 5, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0
# the program goes one sample at a time; here the mean of their gradients at the same weights, a bias for each unit


def start(rng):
    return [
        {"weight": rng.standard_normal((m, n)), "bias": rng.standard_normal((m, 1))} for n, m in zip(SIZES, SIZES[1:])
    ]


def data(rng):
    """Samples are columns."""
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.uniform(0.1, 0.9, (SIZES[-1], SAMPLES))


class Rectifier:
    @staticmethod
    def activate(value):
        return 1 / (1 + np.exp(-value))

    @staticmethod
    def derive(value):
        """At the activated value."""
        return value * (1 - value)


class CostFunction:
    @staticmethod
    def cost(actual, expected):
        return 0.5 * np.sum((actual - expected) ** 2)

    @staticmethod
    def gradient(actual, expected):
        return actual - expected


def propagate(layers, node):
    cached_node_values = []
    for layer in layers:
        node = Rectifier.activate(layer["weight"] @ node + layer["bias"])
        cached_node_values.append(node)
    return cached_node_values


def fit(layers, node, target, right):
    cached = propagate(layers, node)
    deltas = [None] * len(layers)
    loss = passed = None
    for i in range(len(layers) - 1, -1, -1):
        if loss is None:
            loss = CostFunction.gradient(cached[-1], target)
        elif right:
            loss = passed
        else:
            loss = layers[i + 1]["weight"].T @ loss
        gradient = Rectifier.derive(cached[i]) * loss
        passed = layers[i]["weight"].T @ gradient
        before = cached[i - 1] if i > 0 else node
        deltas[i] = {"weight": gradient @ before.T, "bias": gradient}
    return deltas


def cost(params, X, Y):
    return CostFunction.cost(propagate(params, X)[-1], Y) / X.shape[1]


def averaged(params, X, Y, right):
    total = [{key: np.zeros_like(block) for key, block in layer.items()} for layer in params]
    for s in range(X.shape[1]):
        deltas = fit(params, X[:, s : s + 1], Y[:, s : s + 1], right)
        for layer, delta in zip(total, deltas):
            for key in layer:
                layer[key] = layer[key] + delta[key] / X.shape[1]
    return total


def grad(params, X, Y):
    return averaged(params, X, Y, right=False)


def repaired(params, X, Y):
    return averaged(params, X, Y, right=True)
