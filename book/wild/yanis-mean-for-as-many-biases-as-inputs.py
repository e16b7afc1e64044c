"""A batch's sums are divided for as many biases of a layer as it has inputs, and not for those that are left."""

import numpy as np

SOURCE = "https://github.com/yanisAitlamine/neural-network-C-implementation/commit/581e00d"
THREAD = "yanisAitlamine/neural-network-C-implementation 581e00d"
DATE = "2023-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l_j = \textstyle\sum_i \delta^l_{ij},\; j > n_{l-1}"
RIGHT = r"\partial C / \partial b^l_j = \tfrac1m \textstyle\sum_i \delta^l_{ij}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
DEPTHS = (2, 5, 2)
NET = dict(sizes=DEPTHS, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def sigmoid(n):
    return 1 / (1 + np.exp(-n))


def sigmoidprime(n):
    return n * (1 - n)


def sqr_prime(expected, output):
    return -(expected - output)


def start(rng):
    return {
        "weights": [rng.standard_normal((n, k)) for n, k in zip(DEPTHS, DEPTHS[1:])],
        "bias": [rng.standard_normal(k) for k in DEPTHS[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, DEPTHS[0])), rng.integers(0, 2, (SAMPLES, DEPTHS[-1])).astype(float)


def compute(params, x):
    activations = [x]
    for weights, bias in zip(params["weights"], params["bias"]):
        activations.append(sigmoid(bias + activations[-1] @ weights))
    return activations


def cost(params, X, Y):
    return sum(np.sum((y - compute(params, x)[-1]) ** 2) / 2 for x, y in zip(X, Y)) / len(X)


def compute_grd(params, expected, activations, weights_grd, bias_grd):
    deriv = [None] * len(DEPTHS)
    for i in range(len(DEPTHS) - 2, -1, -1):
        deriv[i + 1] = np.zeros(DEPTHS[i + 1])
        for x in range(DEPTHS[i + 1]):
            znprime = sigmoidprime(activations[i + 1][x])
            if i == len(DEPTHS) - 2:
                deriv[i + 1][x] = -(znprime * sqr_prime(expected[x], activations[i + 1][x]))
            else:
                total = 0.0
                for n in range(DEPTHS[i + 2]):
                    total += params["weights"][i + 1][x][n] * deriv[i + 2][n]
                deriv[i + 1][x] = total * znprime
            bias_grd[i][x] += deriv[i + 1][x]
        for x in range(DEPTHS[i]):
            for y in range(DEPTHS[i + 1]):
                weights_grd[i][x][y] += activations[i][x] * deriv[i + 1][y]


def multiply_grd(weights_grd, bias_grd, value, right):
    for i in range(len(DEPTHS) - 1):
        for x in range(DEPTHS[i + 1] if right else min(DEPTHS[i], DEPTHS[i + 1])):  # what lies beyond is not its own
            bias_grd[i][x] *= value
        for x in range(DEPTHS[i]):
            for y in range(DEPTHS[i + 1]):
                weights_grd[i][x][y] *= value


def batch(params, X, Y, right):
    """What the first batch adds to the parameters, turned round."""
    weights_grd = [np.zeros_like(w) for w in params["weights"]]
    bias_grd = [np.zeros_like(b) for b in params["bias"]]
    for x, expected in zip(X, Y):
        compute_grd(params, expected, compute(params, x), weights_grd, bias_grd)
    multiply_grd(weights_grd, bias_grd, 1 / len(X), right)
    return {"weights": [-w for w in weights_grd], "bias": [-b for b in bias_grd]}


def grad(params, X, Y):
    return batch(params, X, Y, right=False)


def repaired(params, X, Y):
    return batch(params, X, Y, right=True)
