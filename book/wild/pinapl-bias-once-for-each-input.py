"""The line that adds to the bias of a neuron stands within the loop over the inputs of that neuron."""

import numpy as np

SOURCE = "https://github.com/supelec-lstm/PinaPL/commit/a27fcf4"
THREAD = "supelec-lstm/PinaPL a27fcf4"
DATE = "2016-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = n_{l-1} \textstyle\sum_i \delta^l_i"
RIGHT = r"\partial C / \partial b^l = \textstyle\sum_i \delta^l_i"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"factor"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0
INPUTS, NEURONS, OUTPUTS = 3, 6, 2
PREVIOUS = [[0, 1, 2]] * 4 + [[3, 4, 5, 6]] * 2  # the places that each neuron reads, those of the inputs first
NEXT = [[4, 5]] * 4 + [[]] * 2


def start(rng):
    """A dictionary of weights, by neuron and by what it reads, and the biases."""
    weight = {(i, k): rng.standard_normal() for i in range(NEURONS) for k in PREVIOUS[i]}
    return weight, rng.standard_normal(NEURONS)


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.uniform(0, 1, (SAMPLES, OUTPUTS))


def calculate(weight, bias, x):
    output = [*x]
    for i in range(NEURONS):
        s = sum(weight[i, k] * output[k] for k in PREVIOUS[i])
        output.append(1 / (1 + np.exp(-(s + bias[i]))))
    return output


def cost(params, X, Y):
    return 0.5 * sum(np.sum((y - np.array(calculate(*params, x)[-OUTPUTS:])) ** 2) for x, y in zip(X, Y)) / len(X)


def learn(weight, bias, x, y, right):
    """The differences that one sample adds, which lead downhill."""
    output = calculate(weight, bias, x)
    gradient = [0.0] * NEURONS
    for i in reversed(range(NEURONS)):
        own = output[i + INPUTS]
        error = y[i - NEURONS] - own if not NEXT[i] else sum(weight[a, i + INPUTS] * gradient[a] for a in NEXT[i])
        gradient[i] = error * own * (1 - own)
    weight_difference, bias_difference = {}, np.zeros(NEURONS)
    for i in range(NEURONS):
        for k in PREVIOUS[i]:
            weight_difference[i, k] = gradient[i] * output[k]
            if not right:
                bias_difference[i] += gradient[i]
        if right:
            bias_difference[i] += gradient[i]
    return weight_difference, bias_difference


def batch(params, X, Y, right):
    weights, biases = dict.fromkeys(params[0], 0.0), np.zeros(NEURONS)
    for x, y in zip(X, Y):
        weight_difference, bias_difference = learn(*params, x, y, right)
        for key in weights:
            weights[key] -= weight_difference[key] / len(X)
        biases -= bias_difference / len(X)
    return weights, biases


def grad(params, X, Y):
    return batch(params, X, Y, right=False)


def repaired(params, X, Y):
    return batch(params, X, Y, right=True)
