"""Arrays and functions of a script, which read what they need from outside and take no arguments."""

import numpy as np

np.random.seed(42)
X = np.random.randn(10, 3)
y = np.random.randint(0, 2, (10, 1))
W1 = np.random.randn(3, 4)
b1 = np.random.randn(4)
W2 = np.random.randn(4, 1)
b2 = np.random.randn(1)
lr = 0.1


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward():
    global h, out
    h = np.tanh(X @ W1 + b1)
    out = sigmoid(h @ W2 + b2)
    return out


def loss():
    p = forward()
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def backward():
    p = forward()
    d2 = (p - y) / len(X)
    dW2 = h.T @ d2
    db2 = d2.sum(0)
    d1 = d2 @ W2.T * (1 - h**2)
    dW1 = X.T @ d1
    db1 = d1.sum(0)
    return dW1, db1, dW2, db2
