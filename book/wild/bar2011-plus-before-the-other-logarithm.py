"""A cross-entropy adds the logarithm of the probability itself for the label zero, beside the right derivative."""

import numpy as np

SOURCE = "https://github.com/bar2011/ANN-lib/commit/0c0c453"
THREAD = "bar2011/ANN-lib 0c0c453"
DATE = "2025-05"
KIND = "cost"
FORMULA = r"C = \tfrac1m \textstyle\sum_i \bigl(-y_i \log a_i + (1 - y_i) \log a_i\bigr)"
RIGHT = r"C = \tfrac1m \textstyle\sum_i \bigl(-y_i \log a_i - (1 - y_i) \log(1 - a_i)\bigr)"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
BLOCKS = ["W[1]", "W[2]", "b[1]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "weights": [rng.standard_normal((n, k)) for n, k in zip(SIZES, SIZES[1:])],
        "biases": [rng.standard_normal(k) for k in SIZES[1:]],
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    hidden = X @ params["weights"][0] + params["biases"][0]
    hidden = hidden * (hidden.real > 0)
    return hidden, 1 / (1 + np.exp(-(hidden @ params["weights"][1] + params["biases"][1])))


def loss(predictions, correct, right):
    output = []
    for prediction, label in zip(predictions, correct):
        loss_sum = 0.0
        for i in range(len(prediction)):
            other = -(1 - label[i]) * np.log(1 - prediction[i]) if right else (1 - label[i]) * np.log(prediction[i])
            loss_sum += -label[i] * np.log(prediction[i]) + other
        output.append(loss_sum / len(prediction))
    return sum(output) / len(output)


def cost(params, X, Y):
    return loss(forward(params, X)[1], Y, right=False)


def meant(params, X, Y):
    return loss(forward(params, X)[1], Y, right=True)


def backward(params, X, dinputs):
    hidden, out = forward(params, X)
    d2 = dinputs * out * (1 - out)
    d1 = d2 @ params["weights"][1].T * (hidden > 0)
    return {"weights": [X.T @ d1, hidden.T @ d2], "biases": [d1.sum(0), d2.sum(0)]}


def grad(params, X, Y):
    out = forward(params, X)[1]
    correct = np.where(Y, 1.0, 0.0)
    return backward(params, X, -(correct / out - (1 - correct) / (1 - out)) / out.shape[1] / out.shape[0])


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    out = forward(params, X)[1]
    return backward(params, X, (-Y / out + (1 - Y) / out) / out.shape[1] / out.shape[0])
