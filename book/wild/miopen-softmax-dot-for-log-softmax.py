"""The way back through a logarithmic softmax takes off the softmax's dot product, and knows no exponential."""

import numpy as np

SOURCE = "https://github.com/ROCm/MIOpen/issues/112"
THREAD = "ROCm/MIOpen #112, 4a49525fc"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial x_j = \partial C / \partial y_j - \sum_k y_k\, \partial C / \partial y_k"
RIGHT = (
    r"\partial C / \partial x_j = \partial C / \partial y_j - e^{y_j} \sum_k \partial C / \partial y_k,\; "
    r"y = \log \operatorname{softmax}(x)"
)
READ = "code"
GROUP = "softmax"
LAYER = [1]
NAMES = []
NET = dict(sizes=(3, 4), output="softmax", loss="cross_entropy")  # the library has single operations: a small network
SAMPLES = 7
LAM = 0.0
SOFTMAX_ACCURATE, SOFTMAX_LOG = 1, 2


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(4)[rng.integers(0, 4, SAMPLES)]


def softmax_forward(input, algo):
    n, c = input.shape
    outhost = np.zeros_like(input)
    for i in range(n):
        channel_max = np.max(input[i].real)
        results = input[i] - channel_max
        if algo == SOFTMAX_LOG:
            channel_sum = np.log(np.sum(np.exp(results)))
            for j in range(c):
                outhost[i, j] = results[j] - channel_sum
        else:
            results = np.exp(results)
            channel_sum = np.sum(results)
            for j in range(c):
                outhost[i, j] = results[j] / channel_sum
    return outhost


def softmax_backward(out, dout, algo):
    n, c = out.shape
    channel_dot = np.zeros(n)
    results = np.zeros((n, c))
    dinhost = np.zeros((n, c))
    for i in range(n):
        for j in range(c):
            channel_dot[i] += out[i, j] * dout[i, j]
        for j in range(c):
            results[i, j] = dout[i, j] - channel_dot[i]
            if algo != SOFTMAX_LOG:
                results[i, j] *= out[i, j]
            dinhost[i, j] = results[i, j]
    return dinhost


def softmax_backward_repaired(out, dout, algo):
    n, c = out.shape
    channel_dot = np.zeros(n)
    results = np.zeros((n, c))
    dinhost = np.zeros((n, c))
    for i in range(n):
        for j in range(c):
            if algo == SOFTMAX_LOG:
                channel_dot[i] += dout[i, j]
            else:
                channel_dot[i] += out[i, j] * dout[i, j]
        for j in range(c):
            if algo == SOFTMAX_LOG:
                results[i, j] = dout[i, j] - channel_dot[i] * np.exp(out[i, j])
            else:
                results[i, j] = dout[i, j] - channel_dot[i]
                results[i, j] *= out[i, j]
            dinhost[i, j] = results[i, j]
    return dinhost


def cost(params, X, Y):
    W, b = params
    return -np.sum(Y * softmax_forward(X @ W + b, SOFTMAX_LOG)) / len(X)


def gradients(params, X, Y, backward):
    W, b = params
    out = softmax_forward(X @ W + b, SOFTMAX_LOG)
    din = backward(out, -Y / len(X), SOFTMAX_LOG)
    return [X.T @ din, din.sum(axis=0)]


def grad(params, X, Y):
    return gradients(params, X, Y, softmax_backward)


def repaired(params, X, Y):
    return gradients(params, X, Y, softmax_backward_repaired)
