"""Logistic regression: weights, a bias that is a number, and a function that returns gradients and cost."""

import numpy as np

w = np.zeros((3, 1))
b = 0.0
X = np.array([[1.0, 2.0, -1.0], [3.0, 4.0, -3.2], [0.1, 0.2, 0.3]])
Y = np.array([[1, 1, 0]])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    grads = {"dw": dw, "db": db}
    return grads, cost
