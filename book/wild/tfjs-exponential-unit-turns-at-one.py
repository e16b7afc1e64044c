"""The gradient of an exponential linear unit takes its output's exponential part to end at one, not at zero."""

import numpy as np

SOURCE = "https://github.com/tensorflow/tfjs/pull/7251"
THREAD = "tensorflow/tfjs PR #7251, 130305b0f"
DATE = "2023-01"
KIND = "gradient"
FORMULA = r"g'(z) = 1 \text{ where } a \ge 1,\; a + 1 \text{ elsewhere}"
RIGHT = r"g'(z) = 1 \text{ where } a \ge 0,\; a + 1 \text{ elsewhere}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # exponential linear units
BLOCKS = ["kernel[1]", "bias[1]", "top[2]", "shift[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def elu(x):
    return np.where(x >= 0, x, np.exp(np.minimum(x, 0)) - 1)


def elu_grad(dy, y):
    result_values = np.zeros(y.size)
    values, dy_values = y.ravel(), dy.ravel()
    for i in range(len(values)):
        v = values[i]
        if v >= 1:
            result_values[i] = dy_values[i]
        else:
            result_values[i] = dy_values[i] * (v + 1)
    return result_values.reshape(y.shape)


def elu_grad_later(dy, y):
    result_values = np.zeros(y.size)
    values, dy_values = y.ravel(), dy.ravel()
    for i in range(len(values)):
        v = values[i]
        if v >= 0:
            result_values[i] = dy_values[i]
        else:
            result_values[i] = dy_values[i] * (v + 1)
    return result_values.reshape(y.shape)


def cost(params, X, Y):
    kernel, bias, top, shift = params
    return np.sum((elu(X @ kernel + bias) @ top + shift - Y) ** 2) / Y.size


def gradients(params, X, Y, elu_grad):
    kernel, bias, top, shift = params
    y = elu(X @ kernel + bias)
    d_out = 2 * (y @ top + shift - Y) / Y.size
    d_in = elu_grad(d_out @ top.T, y)
    return [X.T @ d_in, d_in.sum(0), y.T @ d_out, d_out.sum(0)]


def grad(params, X, Y):
    return gradients(params, X, Y, elu_grad)


def repaired(params, X, Y):
    return gradients(params, X, Y, elu_grad_later)
