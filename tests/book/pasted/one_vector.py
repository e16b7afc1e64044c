"""As in a course: one unrolled vector, labels from 1, and one function that returns cost and gradient."""

import numpy as np

input_layer_size, hidden_layer_size, num_labels = 3, 5, 3
m = 5


def debug(fan_out, fan_in):
    return np.sin(np.arange(1, fan_out * (fan_in + 1) + 1)).reshape(fan_out, fan_in + 1) / 10


Theta1 = debug(hidden_layer_size, input_layer_size)
Theta2 = debug(num_labels, hidden_layer_size)
X = debug(m, input_layer_size - 1)
y = 1 + np.arange(1, m + 1) % num_labels
nn_params = np.concatenate([Theta1.ravel(), Theta2.ravel()])
lambda_ = 3


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def nnCostFunction(nn_params, input_layer_size, hidden_layer_size, num_labels, X, y, lambda_=0.0):
    Theta1 = np.reshape(
        nn_params[: hidden_layer_size * (input_layer_size + 1)], (hidden_layer_size, input_layer_size + 1)
    )
    Theta2 = np.reshape(nn_params[hidden_layer_size * (input_layer_size + 1) :], (num_labels, hidden_layer_size + 1))
    m = y.size
    a1 = np.concatenate([np.ones((m, 1)), X], axis=1)
    z2 = a1 @ Theta1.T
    a2 = np.concatenate([np.ones((m, 1)), sigmoid(z2)], axis=1)
    a3 = sigmoid(a2 @ Theta2.T)
    Y = np.eye(num_labels)[y - 1]
    J = -np.sum(Y * np.log(a3) + (1 - Y) * np.log(1 - a3)) / m
    J += lambda_ / (2 * m) * (np.sum(Theta1[:, 1:] ** 2) + np.sum(Theta2[:, 1:] ** 2))
    d3 = a3 - Y
    d2 = (d3 @ Theta2)[:, 1:] * sigmoid(z2) * (1 - sigmoid(z2))
    g1 = d2.T @ a1 / m
    g2 = d3.T @ a2 / m
    g1 += lambda_ / m * Theta1
    g2 += lambda_ / m * Theta2
    grad = np.concatenate([g1.ravel(), g2.ravel()])
    return J, grad
