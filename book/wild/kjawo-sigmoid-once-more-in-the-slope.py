"""The slope of a sigmoid takes the sigmoid of what is the unit's output already."""

import numpy as np

SOURCE = "https://github.com/Kjawo/IAD-Multi-Layer-Perceptron/commit/7e7cc05"
THREAD = "Kjawo/IAD-Multi-Layer-Perceptron 14f5d87, 7e7cc05"
DATE = "2019-05"
KIND = "gradient"
FORMULA = r"\delta^2 = 2\, (a^2 - y) \odot \sigma'(a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(a^1)"
RIGHT = r"\delta^2 = 2\, (a^2 - y) \odot \sigma'(z^2),\; \delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
TOPOLOGY = (3, 4, 2)
NET = dict(sizes=TOPOLOGY, hidden="sigmoid", output="sigmoid", loss="mse")
SAMPLES = 6
LAM = 0.0


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x, right):
    z, y = x.shape
    d = np.zeros((z, y))
    for i in range(z):
        for j in range(y):
            if right:
                d[i, j] = x[i, j] * (1.0 - x[i, j])
            else:
                d[i, j] = sigmoid(x[i, j]) * (1.0 - sigmoid(x[i, j]))
    return d


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(TOPOLOGY, TOPOLOGY[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, TOPOLOGY[0])), rng.integers(0, 2, (SAMPLES, TOPOLOGY[-1])).astype(float)


def propagate_forward(params, x):
    outputs = [x[:, None]]
    for weights, bias in params:
        outputs.append(sigmoid(weights @ outputs[-1] + bias))
    return outputs


def cost(params, X, Y):
    return sum(np.sum((propagate_forward(params, x)[-1] - y[:, None]) ** 2) for x, y in zip(X, Y)) / len(X)


def errors(params, outputs, target, right):
    error = [None] * len(params)
    error[-1] = target - outputs[-1]
    for i in reversed(range(len(params) - 1)):
        slopes = np.diagflat(sigmoid_derivative(outputs[i + 2], right))
        error[i] = params[i + 1][0].T @ slopes @ error[i + 1]
    return error


def propagate_back(params, X, Y, right):
    """What the patterns add to the parameters, turned round and without the rate; here the mean of them."""
    totals = [(np.zeros_like(weights), np.zeros_like(bias)) for weights, bias in params]
    for x, y in zip(X, Y):
        outputs = propagate_forward(params, x)
        error = errors(params, outputs, y[:, None], right)
        for i, (weight_change, weight_change_bias) in enumerate(totals):
            change = 2 * sigmoid_derivative(outputs[i + 1], right) * error[i]
            weight_change -= change @ outputs[i].T / len(X)
            weight_change_bias -= change / len(X)
    return totals


def grad(params, X, Y):
    return propagate_back(params, X, Y, right=False)


def repaired(params, X, Y):
    return propagate_back(params, X, Y, right=True)
