"""A list of layers, each a dictionary with its arrays and the name of its activation."""

import numpy as np

rng = np.random.default_rng(2)
network = [
    {"W": rng.normal(size=(4, 3)), "b": rng.normal(size=(4, 1)), "activation": "tanh"},
    {"W": rng.normal(size=(2, 4)), "b": rng.normal(size=(2, 1)), "activation": "sigmoid"},
]
X = rng.normal(size=(3, 7))
y = rng.integers(0, 2, (2, 7)).astype(float)
functions = {"tanh": (np.tanh, lambda a: 1 - a**2), "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a))}


def forward(network, X):
    outputs = [X]
    for layer in network:
        f, _ = functions[layer["activation"]]
        outputs.append(f(layer["W"] @ outputs[-1] + layer["b"]))
    return outputs


def loss(network, X, y):
    return 0.5 * np.sum((forward(network, X)[-1] - y) ** 2) / X.shape[1]


def backpropagate(network, X, y):
    outputs = forward(network, X)
    error, grads = (outputs[-1] - y) / X.shape[1], []
    for k in (1, 0):
        layer = network[k]
        _, df = functions[layer["activation"]]
        delta = error * df(outputs[k + 1])
        grads.insert(0, {"W": delta @ outputs[k].T, "b": delta.sum(axis=1, keepdims=True)})
        error = layer["W"] @ delta if layer["W"].shape[0] == layer["W"].shape[1] else layer["W"].T @ error
    return grads
