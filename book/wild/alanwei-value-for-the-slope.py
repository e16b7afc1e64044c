"""What a rectified linear function hands down is its own value, and what comes from above is not looked at."""

import numpy as np

SOURCE = "https://github.com/AlanWei/deeplearning-js/commit/a62ae42"
THREAD = "AlanWei/deeplearning-js a62ae42"
DATE = "2018-03"
KIND = "gradient"
FORMULA = r"\delta^1 = \max(z^1, 0)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot [z^1 \ge 0]"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SIZES = (3, 4, 1)
NET = dict(sizes=SIZES, hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0

FUNCTIONS = ["relu", "sigmoid"]


def start(rng):
    return {
        "W1": rng.standard_normal((SIZES[1], SIZES[0])),
        "b1": rng.standard_normal((SIZES[1], 1)),
        "W2": rng.standard_normal((SIZES[2], SIZES[1])),
        "b2": rng.standard_normal((SIZES[2], 1)),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)


def relu(z):
    return z * (z.real > 0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward_propagation(x, parameters):
    y_hat, caches = x, []
    for i, name in enumerate(FUNCTIONS, 1):
        A = y_hat
        z = parameters[f"W{i}"] @ A + parameters[f"b{i}"]
        y_hat = {"relu": relu, "sigmoid": sigmoid}[name](z)
        caches.append({"A": A, "W": parameters[f"W{i}"], "activation": z})
    return y_hat, caches


def cost(params, X, Y):
    total = 0
    for x, y in zip(X, Y):
        y_hat, _ = forward_propagation(x[:, None], params)
        total -= np.sum(y[:, None] * np.log(y_hat) + (1 - y[:, None]) * np.log(1 - y_hat))
    return total / len(X)


def relu_backward(dA, cache, right):
    if right:
        return np.where(cache.real < 0, 0, dA)
    return relu(cache)


def sigmoid_backward(dA, cache):
    s = sigmoid(cache)
    return dA * s * (1 - s)


def back_propagation(y_hat, caches, y, right):
    grads = {}
    dA = -(y / y_hat - (1 - y) / (1 - y_hat))
    for i in range(len(caches), 0, -1):
        cache = caches[i - 1]
        if FUNCTIONS[i - 1] == "relu":
            dZ = relu_backward(dA, cache["activation"], right)
        else:
            dZ = sigmoid_backward(dA, cache["activation"])
        grads[f"W{i}"] = dZ @ cache["A"].T
        grads[f"b{i}"] = dZ
        dA = cache["W"].T @ dZ
    return grads


def mean_of_grads(params, X, Y, right):
    """The author moves after each sample; here the mean of the samples' gradients."""
    means = dict.fromkeys(params, 0)
    for x, y in zip(X, Y):
        y_hat, caches = forward_propagation(x[:, None], params)
        for name, value in back_propagation(y_hat, caches, y[:, None], right).items():
            means[name] = means[name] + value / len(X)
    return means


def grad(params, X, Y):
    return mean_of_grads(params, X, Y, right=False)


def repaired(params, X, Y):
    return mean_of_grads(params, X, Y, right=True)
