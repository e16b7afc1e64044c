"""A try at a network that would not learn takes one from the influence of a unit, and goes uphill."""

import numpy as np

SOURCE = "https://github.com/shinhermit/neural_network/commit/6099d1d"
THREAD = "shinhermit/neural_network 6099d1d"
DATE = "2012-09"
KIND = "gradient"
FORMULA = r"\delta^2 = y - a^2,\; \delta^1 = a^1 \odot \bigl((W^2)^\top \delta^2 - 1\bigr)"
RIGHT = r"\delta^2 = -a^2 (1 - a^2) \odot (y - a^2),\; \delta^1 = a^1 (1 - a^1) \odot (W^2)^\top \delta^2"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 7
LAM = 0.0


def start(rng):
    """The weights of each unit, layer by layer."""
    return [[rng.standard_normal(n) for _ in range(k)] for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def evaluate(net, inputs):
    outputs = [inputs]
    for layer in net:
        outputs.append(np.array([1 / (1 + np.exp(-(unit @ outputs[-1]))) for unit in layer]))
    return outputs


def cost(net, X, Y):
    return 0.5 * sum(np.sum((y - evaluate(net, x)[-1]) ** 2) for x, y in zip(X, Y)) / len(X)


def delta_of_an_output(calculated, expected, right):
    if right:
        return -1 * calculated * (1 - calculated) * (expected - calculated)
    return expected - calculated


def delta_of_a_hidden_unit(calculated, forward_influence, right):
    if right:
        return calculated * (1 - calculated) * forward_influence
    return calculated * (forward_influence - 1)


def back_propagation(net, X, Y, right):
    """The corrections, which are subtracted."""
    corrections = [[np.zeros_like(unit) for unit in layer] for layer in net]
    for x, y in zip(X, Y):
        outputs, last = evaluate(net, x), len(net) - 1
        delta = [[0.0] * len(layer) for layer in net]
        for i, expected in enumerate(y):
            delta[last][i] = delta_of_an_output(outputs[-1][i], expected, right)
        for j in reversed(range(last)):
            for i in range(len(net[j])):
                forward_influence = 0
                for successor, unit in enumerate(net[j + 1]):
                    forward_influence += delta[j + 1][successor] * unit[i]
                delta[j][i] = delta_of_a_hidden_unit(outputs[j + 1][i], forward_influence, right)
        for j in range(len(net)):
            for i in range(len(net[j])):
                corrections[j][i] += delta[j][i] * outputs[j] / len(X)
    return corrections


def grad(net, X, Y):
    return back_propagation(net, X, Y, right=False)


def repaired(net, X, Y):
    return back_propagation(net, X, Y, right=True)
