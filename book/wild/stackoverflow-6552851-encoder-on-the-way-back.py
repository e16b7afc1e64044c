"""Errors of an autoencoder go back by the encoder's weights, and both gradients are unrolled along the other axis."""

import numpy as np

SOURCE = "https://stackoverflow.com/questions/6552851/checking-the-gradient-when-doing-gradient-descent"
THREAD = "Stack Overflow 6552851, Checking the gradient when doing gradient descent"
DATE = "2011-07"
KIND = "gradient"
FORMULA = (
    r"\delta^1 = (W^1 \delta^2) \odot \sigma'(z^1),\; "
    r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top,\; \text{unrolled by rows, and } W^l \text{ by columns}"
)
RIGHT = (
    r"\delta^1 = ((W^2)^\top \delta^2) \odot \sigma'(z^1),\; "
    r"\partial C / \partial W^l = \delta^l (a^{l-1})^\top,\; \text{both unrolled alike}"
)
READ = "code"
GROUP = "down"
LAYER = [1, 2]
NAMES = [{"missing-transpose", "transposed-block"}]
VISIBLE, HIDDEN = 4, 3
NET = dict(sizes=(VISIBLE, HIDDEN, VISIBLE), hidden="sigmoid", output="sigmoid", loss="half_squared")  # no biases
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Both matrices, unrolled column by column."""
    encoder = rng.standard_normal((VISIBLE, HIDDEN))
    decoder = rng.standard_normal((HIDDEN, VISIBLE))
    return np.concatenate([encoder.ravel("F"), decoder.ravel("F")])


def data(rng):
    """What goes in shall come out."""
    X = rng.random((SAMPLES, VISIBLE))
    return X, X.copy()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def roll(theta):
    size = VISIBLE * HIDDEN
    return theta[:size].reshape((VISIBLE, HIDDEN), order="F"), theta[size:].reshape((HIDDEN, VISIBLE), order="F")


def cost(theta, x, y):
    encoder, decoder = roll(theta)
    a = sigmoid(x @ encoder)
    z = sigmoid(a @ decoder)
    return np.sum(0.5 * (z - y) ** 2)


def grad(theta, x, y):
    encoder, decoder = roll(theta)
    a = sigmoid(x @ encoder)
    z = sigmoid(a @ decoder)
    error_0 = (z - y) * z * (1 - z)
    g_decoder = error_0.T @ a
    error_1 = (error_0 @ encoder) * a * (1 - a)
    g_encoder = error_1.T @ x
    return np.concatenate([g_encoder.ravel("F"), g_decoder.ravel("F")])


def repaired(theta, x, y):
    encoder, decoder = roll(theta)
    a = sigmoid(x @ encoder)
    z = sigmoid(a @ decoder)
    error_0 = (z - y) * z * (1 - z)
    g_decoder = a.T @ error_0
    error_1 = (error_0 @ decoder.T) * a * (1 - a)
    g_encoder = x.T @ error_1
    return np.concatenate([g_encoder.ravel("F"), g_decoder.ravel("F")])
