"""A unit's error has all weights of the higher layers in it, the slopes forget the biases, and the step is uphill."""

import numpy as np

SOURCE = "https://github.com/yanisAitlamine/neural-network-C-implementation/commit/6c54547"
THREAD = "yanisAitlamine/neural-network-C-implementation 2c51361, 6c54547"
DATE = "2023-08"
KIND = "gradient"
FORMULA = (
    r"\delta^3 = -(a^3 - y) \odot \sigma'(z^3 - b^3),\; \delta^2 = (W^3)^\top \delta^3 \odot \sigma'(z^2 - b^2),\; "
    r"\delta^1 = \bigl((W^2)^\top \delta^2 + \textstyle\sum_{k,j} W^3_{kj} \delta^3_k\bigr) \odot \sigma'(z^1 - b^1)"
)
RIGHT = r"\delta^3 = (a^3 - y) \odot \sigma'(z^3),\; \delta^l = (W^{l+1})^\top \delta^{l+1} \odot \sigma'(z^l)"
READ = "code"
GROUP = "down"
LAYER = [1, 2, 3]
NAMES = []
DEPTHS = (3, 3, 2, 2)
NET = dict(sizes=DEPTHS, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 6
LAM = 0.0


def sigmoid(n):
    return 1 / (1 + np.exp(-n))


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
    """The outputs of all layers, and what goes into their units without the bias."""
    an, zn = [x], [None]
    for weights, bias in zip(params["weights"], params["bias"]):
        zn.append(an[-1] @ weights)
        an.append(sigmoid(zn[-1] + bias))
    return an, zn


def cost(params, X, Y):
    return sum(np.sum((y - compute(params, x)[0][-1]) ** 2) / 2 for x, y in zip(X, Y)) / len(X)


def sum_w_zn_deriv(weights, rank, ndnum, znprime, deriv):
    result = 0.0
    for i in range(DEPTHS[rank + 1]):
        result += weights[rank][ndnum][i] * znprime[rank + 1][i] * deriv[rank + 1][i]
    for i in range(rank + 1, len(DEPTHS) - 1):
        for x in range(DEPTHS[i]):
            for y in range(DEPTHS[i + 1]):
                result += weights[i][x][y] * znprime[i + 1][y] * deriv[i + 1][y]
    return result


def compute_grd(weights, expected, an, zn, weights_grd, bias_grd):
    deriv, znprime = [np.zeros(n) for n in DEPTHS], [np.zeros(n) for n in DEPTHS]
    for i in range(len(DEPTHS) - 2, -1, -1):
        for x in range(DEPTHS[i + 1]):
            znprime[i + 1][x] = sigmoid(zn[i + 1][x]) * (1 - sigmoid(zn[i + 1][x]))
            if i == len(DEPTHS) - 2:
                deriv[i + 1][x] = sqr_prime(expected[x], an[i + 1][x])
            else:
                deriv[i + 1][x] = sum_w_zn_deriv(weights, i + 1, x, znprime, deriv)
            bias_grd[i][x] += znprime[i + 1][x] * deriv[i + 1][x]
        for x in range(DEPTHS[i]):
            for y in range(DEPTHS[i + 1]):
                weights_grd[i][x][y] += an[i][x] * znprime[i + 1][y] * deriv[i + 1][y]


def repaired_compute_grd(weights, expected, an, weights_grd, bias_grd):
    deriv = [np.zeros(n) for n in DEPTHS]
    for i in range(len(DEPTHS) - 2, -1, -1):
        for x in range(DEPTHS[i + 1]):
            znprime = an[i + 1][x] * (1 - an[i + 1][x])
            if i == len(DEPTHS) - 2:
                deriv[i + 1][x] = -(znprime * sqr_prime(expected[x], an[i + 1][x]))
            else:
                for n in range(DEPTHS[i + 2]):
                    deriv[i + 1][x] += weights[i + 1][x][n] * deriv[i + 2][n] * znprime
            bias_grd[i][x] += deriv[i + 1][x]
        for x in range(DEPTHS[i]):
            for y in range(DEPTHS[i + 1]):
                weights_grd[i][x][y] += an[i][x] * deriv[i + 1][y]


def batch(params, X, Y, right):
    """What a batch adds to the parameters, turned round and without the rate."""
    weights_grd = [np.zeros_like(w) for w in params["weights"]]
    bias_grd = [np.zeros_like(b) for b in params["bias"]]
    for x, expected in zip(X, Y):
        an, zn = compute(params, x)
        if right:
            repaired_compute_grd(params["weights"], expected, an, weights_grd, bias_grd)
        else:
            compute_grd(params["weights"], expected, an, zn, weights_grd, bias_grd)
    return {"weights": [-w / len(X) for w in weights_grd], "bias": [-b / len(X) for b in bias_grd]}


def grad(params, X, Y):
    return batch(params, X, Y, right=False)


def repaired(params, X, Y):
    return batch(params, X, Y, right=True)
