"""The expected output minus the output goes into layers that step downhill, and the hidden slope is left out."""

import numpy as np

SOURCE = "https://github.com/ThalesMMS/Rust-Neural-Networks/commit/23fbf5c"
THREAD = "ThalesMMS/Rust-Neural-Networks 23fbf5c"
DATE = "2026-01"
KIND = "gradient"
FORMULA = r"\delta^2 = (y - a^2) \odot a^2 (1 - a^2),\; \delta^1 = (W^2)^\top \delta^2"
RIGHT = r"\delta^2 = (a^2 - y) \odot a^2 (1 - a^2),\; \delta^1 = (W^2)^\top \delta^2 \odot a^1 (1 - a^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = [{"sign", "slope-missing"}]
NET = dict(sizes=(2, 4, 1), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {
        "hidden_layer": {"weights": rng.standard_normal((2, 4)), "biases": rng.standard_normal(4)},
        "output_layer": {"weights": rng.standard_normal((4, 1)), "biases": rng.standard_normal(1)},
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 2)), rng.integers(0, 2, (SAMPLES, 1)).astype(float)


def sigmoid_derivative(output):
    return output * (1 - output)


class DenseLayer:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, inputs):
        return 1 / (1 + np.exp(-(inputs @ self.weights + self.biases)))

    def backward(self, inputs, grad_output):
        """Keeps the gradients and returns what the inputs get."""
        self.grad_weights, self.grad_biases = np.outer(inputs, grad_output), grad_output
        return self.weights @ grad_output


def cost(nn, X, Y):
    hidden, output = (DenseLayer(**layer) for layer in nn.values())
    return 0.5 * np.sum((Y - output.forward(hidden.forward(X))) ** 2) / len(X)


def train(nn, X, Y, right):
    totals = {name: {key: np.zeros_like(array) for key, array in layer.items()} for name, layer in nn.items()}
    for inputs, expected in zip(X, Y):
        layers = {name: DenseLayer(**layer) for name, layer in nn.items()}
        hidden_outputs = layers["hidden_layer"].forward(inputs)
        outputs = layers["output_layer"].forward(hidden_outputs)
        errors = expected - outputs
        grad_output = (-errors if right else errors) * sigmoid_derivative(outputs)
        grad_hidden = layers["output_layer"].backward(hidden_outputs, grad_output)
        if right:
            grad_hidden = grad_hidden * sigmoid_derivative(hidden_outputs)
        layers["hidden_layer"].backward(inputs, grad_hidden)
        for name, layer in layers.items():
            totals[name]["weights"] += layer.grad_weights / len(X)
            totals[name]["biases"] += layer.grad_biases / len(X)
    return totals


def grad(nn, X, Y):
    return train(nn, X, Y, right=False)


def repaired(nn, X, Y):
    return train(nn, X, Y, right=True)
