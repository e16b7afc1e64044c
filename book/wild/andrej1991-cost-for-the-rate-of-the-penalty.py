"""The penalty of a cost is multiplied by the cost where its rate should be, and its sum of squares is never cleared."""

import numpy as np

SOURCE = "https://github.com/andrej1991/neural_networks/commit/f96958d"
THREAD = "andrej1991/neural_networks f96958d"
DATE = "2019-11"
KIND = "cost"
FORMULA = r"C_i = (C_{i-1} + c_i) \bigl(1 + \tfrac{i}{2n} \textstyle\sum_l \lVert W^l \rVert^2\bigr),\; C = C_n / n"
RIGHT = r"C_i = C_{i-1} + c_i + \tfrac{\lambda}{2n} \textstyle\sum_l \lVert W^l \rVert^2,\; C = C_n / n"
READ = "code"
LAYER = [1, 2]
NAMES = [{"penalty"}, {"another-cost"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 5
LAM = 0.4


def start(rng):
    return [(rng.standard_normal((k, n)), rng.standard_normal((k, 1))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def outputs_of(layers, x):
    outputs = [x[:, None]]
    for weights, biases in layers:
        outputs.append(1 / (1 + np.exp(-(weights @ outputs[-1] + biases))))
    return outputs


def quadratic(layers, x, y):
    return 0.5 * np.sum((outputs_of(layers, x)[-1] - y[:, None]) ** 2)


def cost(layers, X, Y):
    total, squared_sum = 0, 0
    for x, y in zip(X, Y):
        total = total + quadratic(layers, x, y)
        for weights, _ in layers:
            squared_sum = squared_sum + np.sum(weights**2)
        total = total + total / (2 * len(X)) * squared_sum
    return total / len(X)


def meant(layers, X, Y):
    total = 0
    for x, y in zip(X, Y):
        squared_sum = sum(np.sum(weights**2) for weights, _ in layers)
        total = total + quadratic(layers, x, y) + LAM / (2 * len(X)) * squared_sum
    return total / len(X)


def backpropagate(layers, x, y):
    outputs, nabla = outputs_of(layers, x), [None, None]
    delta = outputs[-1] - y[:, None]
    for i in (1, 0):
        delta = delta * outputs[i + 1] * (1 - outputs[i + 1])
        nabla[i] = (delta @ outputs[i].T, delta)
        delta = layers[i][0].T @ delta
    return nabla


def grad(layers, X, Y):
    """The gradient that the network is trained with, which is that of the cost that was meant."""
    nabla = [backpropagate(layers, x, y) for x, y in zip(X, Y)]
    weights = [sum(sample[i][0] for sample in nabla) + LAM * layers[i][0] for i in (0, 1)]
    biases = [sum(sample[i][1] for sample in nabla) for i in (0, 1)]
    return [(w / len(X), b / len(X)) for w, b in zip(weights, biases)]


def repaired(layers, X, Y):
    """The gradient of the cost as it is, sample by sample as the cost grows."""
    n, total = len(X), 0
    found = [[np.zeros_like(array) for array in layer] for layer in layers]
    squares = sum(np.sum(weights**2) for weights, _ in layers)
    for i, (x, y) in enumerate(zip(X, Y), start=1):
        before, grows = total + quadratic(layers, x, y), 1 + i * squares / (2 * n)
        for layer, new, old in zip(found, backpropagate(layers, x, y), layers):
            layer[0] = (layer[0] + new[0]) * grows + before * i / n * old[0]
            layer[1] = (layer[1] + new[1]) * grows
        total = before * grows
    return [(weights / n, biases / n) for weights, biases in found]
