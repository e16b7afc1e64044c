"""Of a focal loss the term with the logarithm has the other sign, since the sign was left for later."""

import numpy as np

SOURCE = "https://github.com/zimenglan-sysu-512/Focal-Loss/issues/2"
THREAD = "zimenglan-sysu-512/Focal-Loss #2"
DATE = "2017-08"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial p_t = -\gamma (1 - p_t)^{\gamma - 1} \log p_t - (1 - p_t)^\gamma / p_t,\; "
    r"C = -(1 - p_t)^\gamma \log p_t"
)
RIGHT = r"\partial C / \partial p_t = \gamma (1 - p_t)^{\gamma - 1} \log p_t - (1 - p_t)^\gamma / p_t"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = None  # a focal loss
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0

GAMMA = 2.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal(k)) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    """The labels are numbers of classes."""
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, SIZES[-1], SAMPLES)


def forward(params, X):
    (W1, b1), (W2, b2) = params
    hidden = np.tanh(X @ W1 + b1)
    scores = hidden @ W2 + b2
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, e / e.sum(axis=1, keepdims=True)


def cost(params, X, labels):
    p_t = forward(params, X)[1][np.arange(len(X)), labels]
    return np.mean(-((1 - p_t) ** GAMMA) * np.log(p_t))


def of_probability(p_t):
    """Without the sign, which the derivative of the softmax brings."""
    power = (1 - p_t) ** GAMMA
    return GAMMA * (power / (1 - p_t)) * np.log(p_t) + power / p_t


def repaired_of_probability(p_t):
    power = (1 - p_t) ** GAMMA
    return -GAMMA * (power / (1 - p_t)) * np.log(p_t) + power / p_t


def backward(params, X, labels, derivative):
    hidden, prob = forward(params, X)
    bottom_diff = np.empty_like(prob)
    for i, label in enumerate(labels):
        gradient = derivative(prob[i, label])
        for c in range(SIZES[-1]):
            if c == label:
                bottom_diff[i, c] = gradient * prob[i, c] * (prob[i, c] - 1)
            else:
                bottom_diff[i, c] = gradient * prob[i, label] * prob[i, c]
    bottom_diff /= len(X)
    lower = bottom_diff @ params[1][0].T * (1 - hidden**2)
    return [(X.T @ lower, lower.sum(axis=0)), (hidden.T @ bottom_diff, bottom_diff.sum(axis=0))]


def grad(params, X, labels):
    return backward(params, X, labels, of_probability)


def repaired(params, X, labels):
    return backward(params, X, labels, repaired_of_probability)
