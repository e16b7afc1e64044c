"""The biases take the mean over a batch, and are divided by its size like the sums of the weights."""

import numpy as np

SOURCE = "https://github.com/ManuelLerchner/neural-network-rs/commit/153bb6c"
THREAD = "ManuelLerchner/neural-network-rs 153bb6c"
DATE = "2022-10"
KIND = "gradient"
FORMULA = r"\partial C / \partial b^l = \frac{1}{m^2} \textstyle\sum_i \delta^l_i"
RIGHT = r"\partial C / \partial b^l = \frac1m \textstyle\sum_i \delta^l_i"
READ = "code"
GROUP = "factor"
LAYER = [1, 2]
NAMES = [{"mean-twice"}, {"factor"}]
SIZES = (3, 4, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "weights": [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal((1, k)) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.uniform(size=(SAMPLES, SIZES[-1]))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    x = sigmoid(x)
    return x * (1 - x)


def forward(params, X):
    activations, zs = [X], []
    for weights, biases in zip(params["weights"], params["biases"]):
        zs.append(activations[-1] @ weights + biases)
        activations.append(sigmoid(zs[-1]))
    return activations, zs


def cost(params, X, Y):
    return sum(np.sum((a - expected) ** 2) / 2 for a, expected in zip(forward(params, X)[0][-1], Y)) / len(X)


def backprop(params, X, y):
    activations, zs = forward(params, X)
    delta = (activations[-1] - y) * sigmoid_derivative(zs[-1])
    nabla_b = [delta]
    nabla_w = [activations[-2].T @ delta]
    for i in range(2, len(SIZES)):
        delta = delta @ params["weights"][-i + 1].T * sigmoid_derivative(zs[-i])
        nabla_b.append(delta)
        nabla_w.append(activations[-i - 1].T @ delta)
    return nabla_b[::-1], nabla_w[::-1]


def train_minibatch(params, X, y, right):
    """What a minibatch takes off the parameters, but for the rate."""
    nabla_b, nabla_w = backprop(params, X, y)
    batch_size = len(X)
    steps = {"weights": [], "biases": []}
    for b, w in zip(nabla_b, nabla_w):
        nabla_b_average = b.sum(0, keepdims=True) if right else b.mean(0, keepdims=True)
        steps["weights"].append(1 / batch_size * w)
        steps["biases"].append(1 / batch_size * nabla_b_average)
    return steps


def grad(params, X, Y):
    return train_minibatch(params, X, Y, right=False)


def repaired(params, X, Y):
    return train_minibatch(params, X, Y, right=True)
