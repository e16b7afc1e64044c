"""Encoder and decoder share their weights, and the gradient counts the decoder alone."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/6607141/derivativecheck-fails-with-minfunc"
THREAD = "Stack Overflow 6607141"
DATE = ""
KIND = "gradient"
FORMULA = r"\partial C / \partial W = (\delta^2)^\top a^1,\; a^2 = \sigma(a^1 W^\top),\; a^1 = \sigma(x W)"
RIGHT = (
    r"\partial C / \partial W = (\delta^2)^\top a^1 + x^\top \delta^1,\; a^2 = \sigma(a^1 W^\top),\; a^1 = "
    r"\sigma(x W)"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"gradient-overwritten"}]
NET = None  # weights that are used twice
BLOCKS = ["W[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.standard_normal((4, 3))


def data(rng):
    X = rng.uniform(size=(SAMPLES, 4))
    return X, X


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def forward(W, X):
    hidden = sigmoid(X @ W)
    return hidden, sigmoid(hidden @ W.T)


def cost(W, X, Y):
    return 0.5 * np.sum((Y - forward(W, X)[1]) ** 2) / len(X)


def backward(W, X, Y, right):
    hidden, out = forward(W, X)
    error = -(Y - out) * out * (1 - out)
    dW = error.T @ hidden
    if right:
        dW = dW + X.T @ (error @ W * hidden * (1 - hidden))
    return dW / len(X)


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
