"""A bracket of the loss, the arguments of a sigmoid, the mask of a relu and the sum for the biases are all wrong."""

import numpy as np

SOURCE = "https://github.com/AlanWei/deeplearning-js/commit/fe5a548"
THREAD = "AlanWei/deeplearning-js fe5a548, 0e60bb9, cd2490e"
DATE = "2017-12"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = z^2 \odot \sigma'(g),\; g = -\tfrac{y}{a^2} - \tfrac{1 - y}{1 - a^2},\; "
    r"\delta^1 = h \odot [h \ge 0],\; h = (W^2)^\top \delta^2,\; "
    r"\partial C / \partial b^l_k = \textstyle\sum_j \delta^l_j"
)
RIGHT = (
    r"\delta^2 = g \odot \sigma'(z^2),\; g = -\tfrac{y}{a^2} + \tfrac{1 - y}{1 - a^2},\; "
    r"\delta^1 = h \odot [z^1 \ge 0],\; h = (W^2)^\top \delta^2,\; "
    r"\partial C / \partial b^l_k = \delta^l_k"
)
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[1], SIZES[0])),
        "b1": rng.standard_normal((SIZES[1], 1)),
        "W2": rng.standard_normal((SIZES[2], SIZES[1])),
        "b2": rng.standard_normal((SIZES[2], 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def activation_forward(a_prev, w, b, activation):
    z = w @ a_prev + b
    a = sigmoid(z) if activation == "sigmoid" else z * (z.real > 0)
    return a, {"linear": (a_prev, w, b), "activation": z}


def forward_propagation(x, parameters):
    last = len(parameters) // 2
    a, caches = x, []
    for i in range(1, last):
        a, cache = activation_forward(a, parameters[f"W{i}"], parameters[f"b{i}"], "relu")
        caches.append(cache)
    a, cache = activation_forward(a, parameters[f"W{last}"], parameters[f"b{last}"], "sigmoid")
    return a, [*caches, cache]


def cost(params, X, Y):
    total = 0
    for x, y in zip(X, Y):
        out, _ = forward_propagation(x[:, None], params)
        total += np.sum(y[:, None] * np.log(out) + (1 - y[:, None]) * np.log(1 - out))
    return -1 / len(X) * total


def log_prob_backward(x, y, right):
    if right:
        return -(y / x - (1 - y) / (1 - x))
    return -(y / x) - (1 - y) / (1 - x)


def sigmoid_backward(dA, cache, right):
    if not right:
        dA, cache = cache, dA
    s = 1 / (1 + np.exp(-cache))
    return dA * s * (1 - s)


def relu_backward(dA, cache, right):
    return np.where((cache if right else dA).real < 0, 0, dA)


def linear_backward(dZ, cache, right):
    A, W, b = cache
    m = A.shape[1]
    dW = dZ @ A.T / m
    db = dZ if right else np.full(b.shape, np.sum(dZ) / m)
    return W.T @ dZ, dW, db


def activation_back(dA, cache, activation, right):
    back = sigmoid_backward if activation == "sigmoid" else relu_backward
    return linear_backward(back(dA, cache["activation"], right), cache["linear"], right)


def back_propagation(out, y, caches, right):
    last = len(caches)
    grads = {}
    dA, grads[f"W{last}"], grads[f"b{last}"] = activation_back(
        log_prob_backward(out, y, right), caches[last - 1], "sigmoid", right
    )
    for i in range(last - 1, 0, -1):
        dA, grads[f"W{i}"], grads[f"b{i}"] = activation_back(dA, caches[i - 1], "relu", right)
    return grads


def mean_of_grads(params, X, Y, right):
    """The author moves after each sample; here the mean of the samples' gradients."""
    means = dict.fromkeys(params, 0)
    for x, y in zip(X, Y):
        out, caches = forward_propagation(x[:, None], params)
        for name, value in back_propagation(out, y[:, None], caches, right).items():
            means[name] = means[name] + value / len(X)
    return means


def grad(params, X, Y):
    return mean_of_grads(params, X, Y, right=False)


def repaired(params, X, Y):
    return mean_of_grads(params, X, Y, right=True)
