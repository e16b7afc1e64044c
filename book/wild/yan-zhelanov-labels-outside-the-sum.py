"""A cross entropy sums over the classes first and multiplies by the labels then, so that they make no difference."""

import numpy as np

SOURCE = "https://github.com/Yan-Zhelanov/mlp-with-numpy/commit/9cb4ee2"
THREAD = "Yan-Zhelanov/mlp-with-numpy 9cb4ee2"
DATE = "2024-08"
KIND = "cost"
FORMULA = r"C = -\tfrac{1}{m K} \textstyle\sum_i \sum_k y_{ik} \sum_j \ln a^2_{ij}"
RIGHT = r"C = -\tfrac1m \textstyle\sum_i \sum_k y_{ik} \ln a^2_{ik}"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}]
SIZES = (4, 5, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    z = X @ W1 + b1
    hidden = z * (z.real > 0)
    return hidden, hidden @ W2 + b2


def shifted(logits):
    logits = logits - np.max(logits.real, axis=1, keepdims=True)
    return logits, np.log(np.sum(np.exp(logits), axis=1, keepdims=True))


def cost(params, X, Y):
    logits, sum_exp_logits = shifted(forward(params, X)[1])
    return np.mean(Y * np.sum((sum_exp_logits - logits), axis=1, keepdims=True))


def meant(params, X, Y):
    logits, sum_exp_logits = shifted(forward(params, X)[1])
    return np.mean(np.sum(Y * (sum_exp_logits - logits), axis=1, keepdims=True))


def backward(params, X, gradient):
    hidden, _ = forward(params, X)
    below = gradient @ params[1][0].T * (hidden > 0)
    return [(X.T @ below, below.sum(0)), (hidden.T @ gradient, gradient.sum(0))]


def softmax(logits):
    e = np.exp(logits)
    return e / e.sum(1, keepdims=True)


def grad(params, X, Y):
    return backward(params, X, (softmax(forward(params, X)[1]) - Y) / Y.shape[0])


def repaired(params, X, Y):
    """That of the cost as it is."""
    classes = Y.shape[1]
    return backward(params, X, (softmax(forward(params, X)[1]) * classes - 1) / (Y.shape[0] * classes))
