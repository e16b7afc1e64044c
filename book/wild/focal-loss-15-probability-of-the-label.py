"""For the classes that are not the label a reader would put the label's probability where the class's own stands."""

import numpy as np

SOURCE = "https://github.com/unsky/focal-loss/issues/15"
THREAD = "unsky/focal-loss #15"
DATE = "2018-01"
KIND = "gradient"
FORMULA = (
    r"\delta^2_k = \alpha\, (1 - p_t)^{\gamma-1} \bigl(-\gamma\, p_t\, p_k \log p_t + p_t\, (1 - "
    r"p_t)\bigr),\; k \ne t"
)
RIGHT = (
    r"\delta^2_k = \alpha\, (1 - p_t)^{\gamma-1} \bigl(-\gamma\, p_t\, p_k \log p_t + p_k\, (1 - "
    r"p_t)\bigr),\; k \ne t"
)
READ = "discussion"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (4, 5, 3)
NET = None  # a focal loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0

ALPHA, GAMMA = 0.25, 2.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(params, X):
    (W1, b1), (W2, b2) = params
    h = np.tanh(X @ W1 + b1)
    e = np.exp(h @ W2 + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    pt = np.sum(forward(params, X)[-1] * Y, axis=1)
    return np.sum(-ALPHA * (1 - pt) ** GAMMA * np.log(pt)) / len(X)


def backward(params, X, Y, right):
    h, pro = forward(params, X)
    pt = np.sum(pro * Y, axis=1, keepdims=True)
    others = ALPHA * (1 - pt) ** (GAMMA - 1) * (-GAMMA * pt * pro * np.log(pt) + (pro if right else pt) * (1 - pt))
    label = ALPHA * (1 - pt) ** GAMMA * (GAMMA * pt * np.log(pt) + pt - 1)
    d2 = np.where(Y == 1, label, others) / len(X)
    d1 = d2 @ params[1][0].T * (1 - h**2)
    return [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0))]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
