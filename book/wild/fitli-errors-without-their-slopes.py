"""The error of a layer is sent down before it is multiplied by the layer's slopes."""

import numpy as np

SOURCE = "https://github.com/Fitli/NN-from-scratch/commit/0694c2e"
THREAD = "Fitli/NN-from-scratch 0694c2e"
DATE = "2021-01"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^2)^\top e^2 \odot \sigma'(z^1),\; e^2 = (W^3)^\top \delta^3"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \sigma'(z^1),\; \delta^2 = (W^3)^\top \delta^3 \odot \sigma'(z^2)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"error-for-delta"}, {"slope-missing"}]
SIZES = (3, 4, 4, 3)
NET = dict(sizes=SIZES, hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The weights of all layers, then the biases."""
    weights = [rng.standard_normal((k, n)) for k, n in zip(SIZES, SIZES[1:])]
    return weights, [rng.standard_normal(n) for n in SIZES[1:]]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    weights, biases = params
    layers = [X]
    for W, b in zip(weights[:-1], biases[:-1]):
        layers.append(1 / (1 + np.exp(-(layers[-1] @ W + b))))
    z = layers[-1] @ weights[-1] + biases[-1]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return [*layers, e / e.sum(axis=1, keepdims=True)]


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[-1])) / len(X)


def grad(params, X, Y):
    weights, biases = params
    layers = forward(params, X)
    error = (layers[-1] - Y) / len(X)
    deltas, bias_deltas = [None] * len(weights), [None] * len(biases)
    for i in reversed(range(len(weights))):
        gradient = error
        if i < len(weights) - 1:
            gradient = error * layers[i + 1] * (1 - layers[i + 1])
        error = error @ weights[i].T
        deltas[i] = layers[i].T @ gradient
        bias_deltas[i] = gradient.sum(axis=0)
    return deltas, bias_deltas


def repaired(params, X, Y):
    weights, biases = params
    layers = forward(params, X)
    error = (layers[-1] - Y) / len(X)
    deltas, bias_deltas = [None] * len(weights), [None] * len(biases)
    for i in reversed(range(len(weights))):
        gradient = error
        if i < len(weights) - 1:
            gradient = error * layers[i + 1] * (1 - layers[i + 1])
        error = gradient @ weights[i].T
        deltas[i] = layers[i].T @ gradient
        bias_deltas[i] = gradient.sum(axis=0)
    return deltas, bias_deltas
