"""Article E: a 2-4-1 network of sigmoids on XOR, by full-batch steps.

Kept: weights drawn uniformly from [0, 1), W1 before W2, biases zero, σ′ written for the activation, x(1 - x), the
gradient of half the summed squares beside a printed mean square, the loss of the outputs before the step.

Left out: printing. The program sets no seed; here the start takes a ``numpy.random.RandomState``.
"""

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Y = np.array([[0], [1], [1], [0]])
SIZES = (2, 4, 1)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    """σ′ as a function of the activation: x (1 - x)."""
    return x * (1 - x)


def start(rng, sizes=SIZES):
    """``W, b``: ``W[l]`` (n_{l-1}, n_l) uniform on [0, 1), ``b[l]`` (1, n_l) zero; slot 0 of each list is None."""
    W = [None] + [rng.rand(n_in, n_out) for n_in, n_out in zip(sizes, sizes[1:])]
    return W, [None] + [np.zeros((1, n_out)) for n_out in sizes[1:]]


def forward(X, W, b):
    """``z, a`` of all layers, one sample per row; ``a[0]`` is X."""
    z, a = [None], [X]
    for W_l, b_l in zip(W[1:], b[1:]):
        z.append(np.dot(a[-1], W_l) + b_l)
        a.append(sigmoid(z[-1]))
    return z, a


def backward(Y, a, W):
    """``dW, db, delta``: sums over the samples, the derivative of Σ ½(a - y)²."""
    L = len(W) - 1
    dW, db, delta = [None] * (L + 1), [None] * (L + 1), [None] * (L + 1)
    error = a[-1] - Y
    for l in range(L, 0, -1):
        delta[l] = error * sigmoid_derivative(a[l])
        dW[l], db[l] = np.dot(a[l - 1].T, delta[l]), np.sum(delta[l], axis=0, keepdims=True)
        error = np.dot(delta[l], W[l].T)
    return dW, db, delta


def step(X, Y, W, b, learning_rate=0.1):
    """One full-batch step, in place; returns the outputs before it."""
    _, a = forward(X, W, b)
    dW, db, _ = backward(Y, a, W)
    for l in range(1, len(W)):
        W[l] -= learning_rate * dW[l]
        b[l] -= learning_rate * db[l]
    return a[-1]


def train(X, Y, W, b, epochs=10_000, learning_rate=0.1, every=1000):
    """Train in place; returns the printed losses: the mean square before the step, every ``every`` epochs."""
    printed = []
    for epoch in range(epochs):
        output = step(X, Y, W, b, learning_rate)
        if epoch % every == 0:
            printed.append(np.mean((Y - output) ** 2))
    return printed
