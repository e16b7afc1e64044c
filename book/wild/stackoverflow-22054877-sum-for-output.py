"""A weight is changed with the weighted sum of the neuron before it, where its output belongs."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/22054877/backpropagation-training-stuck"
THREAD = "Stack Overflow 22054877"
DATE = "2014-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (z^1_i)^\top"
RIGHT = r"\partial C / \partial W^2 = \frac1m \sum_i \delta^2_i (a^1_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = [{"input-before-activation"}]
SIZES = (3, 5, 2)
NET = dict(sizes=SIZES, hidden="sigmoid", output="sigmoid", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(rng):
    """Layers of neurons, each with a bias and its weights."""
    return [
        [{"bias": rng.standard_normal(), "weights": rng.standard_normal(n)} for _ in range(k)]
        for n, k in zip(SIZES, SIZES[1:])
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def forward(params, X):
    z, a = [], [X]
    for layer in params:
        W = np.array([neuron["weights"] for neuron in layer])
        z.append(a[-1] @ W.T + np.array([neuron["bias"] for neuron in layer]))
        a.append(sigmoid(z[-1]))
    return z, a


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1][-1] - Y) ** 2) / len(X)


def backward(params, X, Y, right):
    """Written for one sample; here the mean of a batch."""
    z, a = forward(params, X)
    W2 = np.array([neuron["weights"] for neuron in params[1]])
    d2 = (a[2] - Y) * a[2] * (1 - a[2]) / len(X)
    d1 = d2 @ W2 * a[1] * (1 - a[1])
    dWs = d1.T @ X, d2.T @ (a[1] if right else z[0])
    return [[{"bias": b, "weights": w} for b, w in zip(d.sum(0), dW)] for d, dW in zip((d1, d2), dWs)]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
