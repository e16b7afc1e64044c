"""Every hidden layer starts from what the output layer sends down, instead of what the layer above it does."""

import numpy as np

SOURCE = "https://github.com/fanghao6666/neural-networks-and-deep-learning/pull/7"
THREAD = "fanghao6666/neural-networks-and-deep-learning PR #7"
DATE = "2019-04"
KIND = "gradient"
FORMULA = r"\delta^1 = (W^3)^\top \delta^3 \odot [z^1 > 0]"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 > 0]"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    params = {}
    for l, (n, k) in enumerate(zip(SIZES, SIZES[1:]), 1):
        params[f"W{l}"] = rng.standard_normal((k, n))
        params[f"b{l}"] = rng.standard_normal((k, 1))
    return params


def data(rng):
    return rng.standard_normal((SIZES[0], SAMPLES)), rng.integers(0, 2, (1, SAMPLES)).astype(float)


def forward(params, X):
    Z, A = {}, {0: X}
    for l in (1, 2, 3):
        Z[l] = params[f"W{l}"] @ A[l - 1] + params[f"b{l}"]
        A[l] = sigmoid(Z[l]) if l == 3 else Z[l] * (Z[l].real > 0)
    return Z, A


def cost(params, X, Y):
    AL = forward(params, X)[1][3]
    return -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / X.shape[1]


def backward(params, X, Y, right):
    Z, A = forward(params, X)
    m, grads, down = X.shape[1], {}, {}
    for l in (3, 2, 1):
        came = down.get(l + 1 if right else 3)
        dZ = A[3] - Y if l == 3 else came * (Z[l] > 0)
        grads[f"W{l}"] = dZ @ A[l - 1].T / m
        grads[f"b{l}"] = dZ.sum(1, keepdims=True) / m
        down[l] = params[f"W{l}"].T @ dZ
    return {key: grads[key] for key in params}


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
