"""The derivative of a hyperbolic tangent, in its form for the input, is given the neuron's output."""

import numpy as np

SOURCE = "https://github.com/nikwolfe7/neural-network/commit/7b89335"
THREAD = "nikwolfe7/neural-network 7b89335"
DATE = "2015-10"
KIND = "gradient"
FORMULA = r"\delta^2 = (a^2 - y) / \cosh^2 a^2,\; \delta^1 = (W^2)^\top \delta^2 / \cosh^2 a^1"
RIGHT = r"\delta^2 = (a^2 - y) \odot (1 - a^2 \odot a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot (1 - a^1 \odot a^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"slope-of-a-throughout"}, {"slope-of-a"}]
SIZES = (2, 4, 2)
NET = dict(sizes=SIZES, hidden="tanh", output="tanh", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """An edge from the bias is the last of a neuron's."""
    return [rng.standard_normal((k, n + 1)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(-1, 1, (SAMPLES, SIZES[-1]))


def tanh_derivative(output):
    return 1.0 / np.cosh(output) ** 2


def tanh_derivative_repaired(output):
    return 1.0 - output**2


def outputs(edges, instance):
    layers = [instance]
    for layer in edges:
        layers.append(np.tanh(layer @ np.append(layers[-1], 1.0)))
    return layers


def cost(edges, X, Y):
    return np.mean([0.5 * np.sum((outputs(edges, x)[-1] - y) ** 2) for x, y in zip(X, Y)])


def backpropagate(edges, X, Y, derivative):
    grads = [np.zeros_like(layer) for layer in edges]
    for x, y in zip(X, Y):
        layers = outputs(edges, x)
        gradient = (layers[-1] - y) * derivative(layers[-1]) / len(X)
        for number in reversed(range(len(edges))):
            grads[number] += np.outer(gradient, np.append(layers[number], 1.0))
            gradient = gradient @ edges[number][:, :-1] * derivative(layers[number])
    return grads


def grad(edges, X, Y):
    return backpropagate(edges, X, Y, tanh_derivative)


def repaired(edges, X, Y):
    return backpropagate(edges, X, Y, tanh_derivative_repaired)
