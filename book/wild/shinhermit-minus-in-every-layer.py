"""The minus of the derivative of an error is written again in each hidden layer."""

import numpy as np

SOURCE = "https://github.com/shinhermit/neural_network/commit/00da989"
THREAD = "shinhermit/neural_network 00da989"
DATE = "2012-09"
KIND = "gradient"
FORMULA = r"\delta^1 = -a^1 (1 - a^1) \odot (W^2)^\top \delta^2,\; \delta^2 = -a^2 (1 - a^2) \odot (y - a^2)"
RIGHT = r"\delta^1 = a^1 (1 - a^1) \odot (W^2)^\top \delta^2,\; \delta^2 = -a^2 (1 - a^2) \odot (y - a^2)"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"sign"}]
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


def back_propagation(net, X, Y, right):
    """The corrections, which are subtracted."""
    corrections = [[np.zeros_like(unit) for unit in layer] for layer in net]
    for x, y in zip(X, Y):
        outputs, last = evaluate(net, x), len(net) - 1
        delta = [[0.0] * len(layer) for layer in net]
        for i, expected in enumerate(y):
            calculated = outputs[-1][i]
            delta[last][i] = -calculated * (1 - calculated) * (expected - calculated)
        for j in reversed(range(last)):
            for i in range(len(net[j])):
                forward_influence = 0
                for successor, unit in enumerate(net[j + 1]):
                    forward_influence += delta[j + 1][successor] * unit[i]
                calculated = outputs[j + 1][i] if right else -outputs[j + 1][i]
                delta[j][i] = calculated * (1 - outputs[j + 1][i]) * forward_influence
        for j in range(len(net)):
            for i in range(len(net[j])):
                corrections[j][i] += delta[j][i] * outputs[j] / len(X)
    return corrections


def grad(net, X, Y):
    return back_propagation(net, X, Y, right=False)


def repaired(net, X, Y):
    return back_propagation(net, X, Y, right=True)
