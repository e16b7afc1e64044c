"""The delta of a hidden unit is the last delta divided by the unit's weight, and the next unit goes on from it."""

import numpy as np

SOURCE = "https://github.com/DMaterka/backpropagation_py/commit/0609bf4"
THREAD = "DMaterka/backpropagation_py 0609bf4"
DATE = "2019-06"
KIND = "gradient"
FORMULA = r"\delta^1_j = \delta^1_{j-1}\, \sigma'(z^1_j) / w^2_{1j},\; \delta^1_0 = \delta^2_n"
RIGHT = r"\delta^1_j = \sigma'(z^1_j) \textstyle\sum_k w^2_{kj}\, \delta^2_k"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """No biases, which the program does not train rightly."""
    return [rng.standard_normal((n, k)) for k, n in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def forward(weights, x):
    sums, values = [], [x]
    for W in weights:
        sums.append(W @ values[-1])
        values.append(sigmoid(sums[-1]))
    return sums, values


def cost(weights, X, Y):
    return sum(0.5 * np.sum((y - forward(weights, x)[1][-1]) ** 2) for x, y in zip(X, Y)) / len(X)


def grad(weights, X, Y):
    grads = [np.zeros_like(W) for W in weights]
    for x, y in zip(X, Y):
        sums, values = forward(weights, x)
        error = values[2] - y
        for k in range(SIZES[2]):
            delta = sigmoid_prime(sums[1][k]) * error[k]
            grads[1][k] += delta * values[1] / len(X)
        for j in range(SIZES[1]):
            delta = delta / weights[1][0, j] * sigmoid_prime(sums[0][j])
            grads[0][j] += delta * values[0] / len(X)
    return grads


def repaired(weights, X, Y):
    grads = [np.zeros_like(W) for W in weights]
    for x, y in zip(X, Y):
        sums, values = forward(weights, x)
        deltas = sigmoid_prime(sums[1]) * (values[2] - y)
        grads[1] += np.outer(deltas, values[1]) / len(X)
        for j in range(SIZES[1]):
            delta = deltas @ weights[1][:, j] * sigmoid_prime(sums[0][j])
            grads[0][j] += delta * values[0] / len(X)
    return grads
