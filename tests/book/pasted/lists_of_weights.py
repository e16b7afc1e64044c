"""Weights and biases in two lists, samples in columns, and a backward pass that returns the biases first."""

import numpy as np

rng = np.random.default_rng(3)
sizes = [3, 5, 2]
weights = [rng.normal(size=(y, x)) for x, y in zip(sizes[:-1], sizes[1:])]
biases = [rng.normal(size=(y, 1)) for y in sizes[1:]]
x = rng.normal(size=(3, 8))
y = np.eye(2)[rng.integers(0, 2, 8)].T


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def feedforward(a, weights, biases):
    for w, b in zip(weights, biases):
        a = sigmoid(w @ a + b)
    return a


def cost(x, y, weights, biases):
    return 0.5 * np.sum((feedforward(x, weights, biases) - y) ** 2) / x.shape[1]


def backprop(x, y, weights, biases):
    nabla_b = [np.zeros(b.shape) for b in biases]
    nabla_w = [np.zeros(w.shape) for w in weights]
    activation = x
    activations = [x]
    zs = []
    for b, w in zip(biases, weights):
        z = np.dot(w, activation) + b
        zs.append(z)
        activation = sigmoid(z)
        activations.append(activation)
    m = x.shape[1]
    delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
    nabla_b[-1] = delta.sum(axis=1, keepdims=True) / m
    nabla_w[-1] = np.dot(delta, activations[-2].transpose()) / m
    for l in range(2, len(sizes)):
        z = zs[-l]
        delta = np.dot(weights[-l + 1].transpose(), delta) * sigmoid_prime(activations[-l])
        nabla_b[-l] = delta.sum(axis=1, keepdims=True) / m
        nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose()) / m
    return (nabla_b, nabla_w)
