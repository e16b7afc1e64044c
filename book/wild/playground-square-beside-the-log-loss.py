"""A batch begins with twice the error, whatever the loss, and this network is trained with the log loss."""

import numpy as np

SOURCE = "https://github.com/dabakovich/neural_network_playground/commit/bae99e5"
THREAD = "dabakovich/neural_network_playground bae99e5"
DATE = "2025-10"
KIND = "gradient"
FORMULA = r"\delta = 2\, (a - y)\, a\, (1 - a)"
RIGHT = r"\delta = \Bigl(-\frac{y}{a} + \frac{1 - y}{1 - a}\Bigr)\, a\, (1 - a)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = dict(sizes=(2, 1), output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The last column belongs to a one that is put behind each input."""
    return [rng.standard_normal((1, 3))]


def data(rng):
    inputs = rng.integers(0, 2, (SAMPLES, 2)) + 0.1 * rng.standard_normal((SAMPLES, 2))
    return inputs, (inputs.sum(axis=1, keepdims=True) > 1.5).astype(float)


class Layer:
    def __init__(self, weights):
        self.weights = weights

    def forward(self, x):
        self.calculated_layer = 1 / (1 + np.exp(-(self.weights @ np.append(x, 1))))
        return self.calculated_layer

    def backward(self, x, gradient):
        gradient = gradient * self.calculated_layer * (1 - self.calculated_layer)
        next_gradient = self.weights.T[:-1] @ gradient
        return np.outer(gradient, np.append(x, 1)), next_gradient


def cost(params, X, Y):
    predicted = np.array([Layer(params[0]).forward(x) for x in X])
    return -np.sum(Y * np.log(predicted) + (1 - Y) * np.log(1 - predicted)) / len(X)


def derivative_of_the_square(predicted, actual):
    return (predicted - actual) * 2


def derivative_of_the_log_loss(predicted, actual):
    return -actual / predicted + (1 - actual) / (1 - predicted)


def back_propagate_batch(params, X, Y, loss_derivative):
    layer, all_slopes = Layer(params[0]), []
    for x, actual in zip(X, Y):
        predicted = layer.forward(x)
        slopes, _ = layer.backward(x, loss_derivative(predicted, actual))
        all_slopes.append(slopes)
    return [sum(all_slopes) / len(all_slopes)]


def grad(params, X, Y):
    return back_propagate_batch(params, X, Y, derivative_of_the_square)


def repaired(params, X, Y):
    return back_propagate_batch(params, X, Y, derivative_of_the_log_loss)
