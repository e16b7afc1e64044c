"""A rectifier is zero where its input is positive, and so is its slope, so that the two agree with each other."""

import numpy as np

SOURCE = "https://github.com/MatthieuHernandez/StraightforwardNeuralNetwork/commit/51e99d1"
THREAD = "MatthieuHernandez/StraightforwardNeuralNetwork 51e99d1"
DATE = "2021-03"
KIND = "cost"
FORMULA = r"a^1 = z^1\, [z^1 \le 0],\; f'(z) = [z \le 0]"
RIGHT = r"a^1 = z^1\, [z^1 > 0],\; f'(z) = [z > 0]"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-network"}, {"another-cost"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="half_squared")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [{"weights": rng.standard_normal((k, n)), "bias": rng.standard_normal(k)} for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(0, 1, (SAMPLES, SIZES[-1]))


def function(x):
    return np.where(x > 0.0, 0.0, x)


def derivative(x):
    return np.where(x > 0.0, 0.0, 1.0)


def outputs(layers, X, activation):
    hidden, output = layers
    sums = X @ hidden["weights"].T + hidden["bias"]
    return sums, 1 / (1 + np.exp(-(activation(sums) @ output["weights"].T + output["bias"])))


def cost(layers, X, Y):
    return 0.5 * np.sum((outputs(layers, X, function)[1] - Y) ** 2) / len(X)


def meant(layers, X, Y):
    return 0.5 * np.sum((outputs(layers, X, lambda x: np.where(x > 0.0, x, 0.0))[1] - Y) ** 2) / len(X)


def grad(layers, X, Y):
    sums, out = outputs(layers, X, function)
    errors = (out - Y) * out * (1 - out) / len(X)
    back = errors @ layers[1]["weights"] * derivative(sums)
    return [
        {"weights": back.T @ X, "bias": back.sum(axis=0)},
        {"weights": errors.T @ function(sums), "bias": errors.sum(axis=0)},
    ]


repaired = grad  # it is that of the cost as it is
