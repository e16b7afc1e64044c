"""The weights above the hidden layer are given the slope of its units in the place of what the units put out."""

import numpy as np

SOURCE = "https://github.com/jperla/MultiLabelNeuralNetwork.jl/commit/e156298"
THREAD = "jperla/MultiLabelNeuralNetwork.jl e156298"
DATE = "2014-05"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^2 = \tfrac1m \textstyle\sum_i \delta^2_i\, g'(z^1_i)^\top"
RIGHT = r"\partial C / \partial W^2 = \tfrac1m \textstyle\sum_i \delta^2_i\, g(z^1_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = []
DIMENSIONS, HIDDEN, LABELS = 3, 4, 2
NET = None  # the inputs are joined to the outputs too, and the hidden function is LeCun's
BLOCKS = ["input_hidden[1]", "hidden_output[2]", "input_output[2]"]
SAMPLES = 8
LAM = 0.0


def link_function(x):
    return 1.7159 * np.tanh(2 / 3 * x)


def link_function_prime(x):
    return 1.7159 * 2 / 3 * (1 - np.tanh(2 / 3 * x) ** 2)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_loss_prime(y, y_hat):
    return -((y / y_hat) + ((y - 1.0) / (1.0 - y_hat)))


def start(rng):
    return {
        "input_hidden": rng.standard_normal((DIMENSIONS, HIDDEN)),
        "hidden_output": rng.standard_normal((HIDDEN, LABELS)),
        "input_output": rng.standard_normal((DIMENSIONS, LABELS)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, DIMENSIONS)), rng.integers(0, 2, (SAMPLES, LABELS)).astype(float)


def forward_propagate(sln, X, i):
    hidden = X[i] @ sln["input_hidden"]
    hidden_linked = link_function(hidden)
    output = X[i] @ sln["input_output"] + hidden_linked @ sln["hidden_output"]
    return hidden, hidden_linked, output, sigmoid(output)


def cost(params, X, Y):
    total = 0.0
    for i in range(len(X)):
        y_hat = forward_propagate(params, X, i)[-1]
        total -= np.sum(Y[i] * np.log(y_hat) + (1 - Y[i]) * np.log(1 - y_hat))
    return total / len(X)


def back_propagate(sln, X, Y, i, right):
    hidden, hidden_linked, output, output_linked = forward_propagate(sln, X, i)
    deltas_output, deltas_hidden = np.zeros(LABELS), np.zeros(HIDDEN)
    for k in range(LABELS):
        deltas_output[k] = log_loss_prime(Y[i, k], output_linked[k]) * sigmoid(output[k]) * (1 - sigmoid(output[k]))
    for j in range(HIDDEN):
        for k in range(LABELS):
            deltas_hidden[j] += deltas_output[k] * sln["hidden_output"][j, k]
        deltas_hidden[j] *= link_function_prime(hidden[j])
    derivatives = {name: np.zeros_like(block) for name, block in sln.items()}
    for j in range(DIMENSIONS):
        for k in range(HIDDEN):
            derivatives["input_hidden"][j, k] = deltas_hidden[k] * X[i, j]
    for j in range(HIDDEN):
        for k in range(LABELS):
            factor = hidden_linked[j] if right else link_function_prime(hidden[j])
            derivatives["hidden_output"][j, k] = deltas_output[k] * factor
    for j in range(DIMENSIONS):
        for k in range(LABELS):
            derivatives["input_output"][j, k] = deltas_output[k] * X[i, j]
    return derivatives


def over_all_samples(params, X, Y, right):
    """Written for one sample; here the mean of all."""
    each = [back_propagate(params, X, Y, i, right) for i in range(len(X))]
    return {name: sum(d[name] for d in each) / len(X) for name in params}


def grad(params, X, Y):
    return over_all_samples(params, X, Y, right=False)


def repaired(params, X, Y):
    return over_all_samples(params, X, Y, right=True)
