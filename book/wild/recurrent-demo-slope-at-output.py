"""A reader wants the slope of a recurrent network's output at the weighted sum; a(1 - a) of the output is that."""

import copy

import numpy as np

SOURCE = "https://github.com/llSourcell/recurrent_neural_net_demo/issues/2"
THREAD = "llSourcell/recurrent_neural_net_demo #2"
DATE = "2020-03"
KIND = "right"
FORMULA = r"\delta^2_t = (a^2_t - y_t) \odot a^2_t \odot (1 - a^2_t)"
RIGHT = (
    r"C = \tfrac12 \textstyle\sum_t (y_t - a^2_t)^2,\; a^2_t = \sigma(a^1_t W_1),\; "
    r"a^1_t = \sigma(x_t W_0 + a^1_{t-1} W_h)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # a recurrent network
BLOCKS = ["W[1]", "W[2]", "Wh[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """synapse_0, synapse_1 and synapse_h."""
    return [2 * rng.random(shape) - 1 for shape in ((2, 4), (4, 1), (4, 4))]


def data(rng):
    """The bits of two numbers, the lowest first, and those of their sum."""
    a, b = rng.integers(0, 2 ** (SAMPLES - 1), 2)
    bits = lambda n: [n >> position & 1 for position in range(SAMPLES)]
    return np.array([bits(a), bits(b)], float).T, np.array(bits(a + b), float)[:, None]


def sigmoid(x):
    output = 1 / (1 + np.exp(-x))
    return output


def sigmoid_output_to_derivative(output):
    return output * (1 - output)


def forward(params, X):
    synapse_0, synapse_1, synapse_h = params
    layer_1_values, layer_2_values = [np.zeros((1, len(synapse_h)))], []
    for position in range(len(X)):
        layer_1 = sigmoid(np.dot(X[[position]], synapse_0) + np.dot(layer_1_values[-1], synapse_h))
        layer_2_values.append(sigmoid(np.dot(layer_1, synapse_1)))
        layer_1_values.append(copy.deepcopy(layer_1))
    return layer_1_values, layer_2_values


def cost(params, X, Y):
    return 0.5 * np.sum((Y - np.concatenate(forward(params, X)[1])) ** 2)


def grad(params, X, Y):
    """The author adds the rate times what is called update, the negative of the gradient."""
    synapse_0, synapse_1, synapse_h = params
    synapse_0_update, synapse_1_update, synapse_h_update = [np.zeros_like(p) for p in params]
    layer_1_values, layer_2_values = forward(params, X)
    layer_2_deltas = list()
    for position in range(len(X)):
        layer_2 = layer_2_values[position]
        layer_2_error = Y[[position]] - layer_2
        layer_2_deltas.append(layer_2_error * sigmoid_output_to_derivative(layer_2))
    future_layer_1_delta = np.zeros((1, len(synapse_h)))
    for position in range(len(X)):
        x = X[[-position - 1]]
        layer_1 = layer_1_values[-position - 1]
        prev_layer_1 = layer_1_values[-position - 2]
        layer_2_delta = layer_2_deltas[-position - 1]
        layer_1_delta = (
            future_layer_1_delta.dot(synapse_h.T) + layer_2_delta.dot(synapse_1.T)
        ) * sigmoid_output_to_derivative(layer_1)
        synapse_1_update += np.atleast_2d(layer_1).T.dot(layer_2_delta)
        synapse_h_update += np.atleast_2d(prev_layer_1).T.dot(layer_1_delta)
        synapse_0_update += x.T.dot(layer_1_delta)
        future_layer_1_delta = layer_1_delta
    return [-synapse_0_update, -synapse_1_update, -synapse_h_update]


repaired = grad
