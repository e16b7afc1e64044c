"""The factor of a focal loss lacks the probability beside its logarithm, and the difference is turned round."""

import numpy as np

SOURCE = "https://github.com/wvabrinskas/Neuron/commit/63a8318f"
THREAD = "wvabrinskas/Neuron 63a8318f"
DATE = "2026-04"
KIND = "gradient"
FORMULA = r"\delta^2 = \alpha\, (1 - p)^{\gamma - 1} \bigl(\gamma \log p + (1 - p)\bigr) (y - a^2),\; p = y^\top a^2"
RIGHT = r"\delta^2 = \alpha\, (1 - p)^{\gamma - 1} \bigl((1 - p) - \gamma\, p \log p\bigr) (a^2 - y),\; p = y^\top a^2"
READ = "code"
GROUP = "softmax"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # a focal loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0

ALPHA, GAMMA = 0.25, 2.0
STABILITY = 1e-12


def start(rng):
    return [
        rng.standard_normal((SIZES[0], SIZES[1])),
        rng.standard_normal(SIZES[1]),
        rng.standard_normal((SIZES[1], SIZES[2])),
        rng.standard_normal(SIZES[2]),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    hidden = np.tanh(X @ W1 + b1)
    z = hidden @ W2 + b2
    exp = np.exp(z - z.real.max(1, keepdims=True))
    return hidden, exp / exp.sum(1, keepdims=True)


def calculate(predicted, correct):
    pt = predicted[np.argmax(correct)]
    return -ALPHA * (1 - pt) ** GAMMA * np.log(pt)


def cost(params, X, Y):
    return sum(calculate(predicted, correct) for predicted, correct in zip(forward(params, X)[1], Y)) / len(X)


def derivative(predicted, correct, right):
    result = np.zeros_like(predicted)
    for r in range(len(predicted)):
        pt = STABILITY
        for c in range(len(predicted[r])):
            if correct[r, c] > 0:
                pt = predicted[r, c]
                break
        one_minus_pt = 1 - pt
        if right:
            G = ALPHA * one_minus_pt ** (GAMMA - 1) * (one_minus_pt - GAMMA * pt * np.log(pt))
        else:
            G = ALPHA * one_minus_pt ** (GAMMA - 1) * (GAMMA * np.log(pt) + one_minus_pt)
        for c in range(len(predicted[r])):
            difference = predicted[r, c] - correct[r, c] if right else correct[r, c] - predicted[r, c]
            result[r, c] = G * difference
    return result


def backward(params, X, Y, right):
    hidden, out = forward(params, X)
    d2 = derivative(out, Y, right) / len(X)
    d1 = d2 @ params[2].T * (1 - hidden**2)
    return [X.T @ d1, d1.sum(0), hidden.T @ d2, d2.sum(0)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
