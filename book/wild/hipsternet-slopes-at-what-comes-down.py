"""A sigmoid and a tanh hand down their slopes at the gradient that comes, and forget that gradient and what went up."""

import numpy as np

SOURCE = "https://github.com/wiseodd/hipsternet/commit/c1efe40"
THREAD = "wiseodd/hipsternet c1efe40"
DATE = "2016-08"
KIND = "gradient"
FORMULA = (
    r"\delta^2 = 1 - \tanh^2(g^2),\; \delta^1 = \sigma(g^1) \odot (1 - \sigma(g^1)),\; "
    r"g^l = (W^{l+1})^\top \delta^{l+1}"
)
RIGHT = r"\delta^2 = g^2 \odot (1 - a^2 \odot a^2),\; \delta^1 = g^1 \odot a^1 \odot (1 - a^1)"
READ = "code"
GROUP = "slope"
LAYER = [1, 2]
NAMES = []
SIZES = (3, 4, 4, 3)
NET = dict(sizes=SIZES, hidden=("sigmoid", "tanh"), output="softmax", loss="cross_entropy")
SAMPLES = 6
LAM = 0.0


def sigmoid(X):
    return 1.0 / (1 + np.exp(-X))


def fc_forward(X, W, b):
    out = X @ W + b
    cache = (W, X)
    return out, cache


def fc_backward(d_out, cache):
    W, h = cache
    dW = h.T @ d_out
    db = np.sum(d_out, axis=0)
    dX = d_out @ W.T
    return dX, dW, db


def sigmoid_forward(X):
    out = sigmoid(X)
    return out, out


def sigmoid_backward(d_out, cache, right):
    if right:
        return cache * (1.0 - cache) * d_out
    return sigmoid(d_out) * (1 - sigmoid(d_out))


def tanh_forward(X):
    out = np.tanh(X)
    return out, out


def tanh_backward(d_out, cache, right):
    if right:
        dX = (1 - cache**2) * d_out
    else:
        dX = 1 - np.tanh(d_out) ** 2
    return dX


def start(rng):
    layers = enumerate(zip(SIZES, SIZES[1:]), start=1)
    return {f"{name}{l}": rng.standard_normal((n, k) if name == "W" else k) for l, (n, k) in layers for name in "Wb"}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


def forward(model, X):
    h1, h1_cache = fc_forward(X, model["W1"], model["b1"])
    h1, nl_cache1 = sigmoid_forward(h1)
    h2, h2_cache = fc_forward(h1, model["W2"], model["b2"])
    h2, nl_cache2 = tanh_forward(h2)
    score, score_cache = fc_forward(h2, model["W3"], model["b3"])
    eX = np.exp(score)
    return eX / np.sum(eX, axis=1, keepdims=True), (h1_cache, nl_cache1, h2_cache, nl_cache2, score_cache)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[0])) / len(X)


def backward(model, X, Y, right):
    prob, (h1_cache, nl_cache1, h2_cache, nl_cache2, score_cache) = forward(model, X)
    grad_y = (prob - Y) / len(X)
    dh2, dW3, db3 = fc_backward(grad_y, score_cache)
    dh2 = tanh_backward(dh2, nl_cache2, right)
    dh1, dW2, db2 = fc_backward(dh2, h2_cache)
    dh1 = sigmoid_backward(dh1, nl_cache1, right)
    _, dW1, db1 = fc_backward(dh1, h1_cache)
    return dict(W1=dW1, b1=db1, W2=dW2, b2=db2, W3=dW3, b3=db3)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
