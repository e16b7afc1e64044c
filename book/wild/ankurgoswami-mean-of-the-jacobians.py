"""Each sample's Jacobian of a softmax is applied to the gradients of all samples, and the mean of them is taken."""

import numpy as np

SOURCE = "https://github.com/TheAnkurGoswami/Neural-Networks-from-Scratch/commit/443143b"
THREAD = "TheAnkurGoswami/Neural-Networks-from-Scratch 443143b"
DATE = "2025-03"
KIND = "gradient"
FORMULA = r"\delta^2_i = \bigl(\tfrac1m \textstyle\sum_k J_k\bigr)\, g_i,\; J_k = \partial a^2_k / \partial z^2_k"
RIGHT = r"\delta^2_i = J_i\, g_i,\; J_k = \partial a^2_k / \partial z^2_k,\; g_i = \partial C / \partial a^2_i"
READ = "code"
GROUP = "softmax"
LAYER = [2]
NAMES = []
SIZES = (3, 4, 3)
NET = dict(sizes=SIZES, hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [(rng.standard_normal((n, k)), rng.standard_normal((1, k))) for n, k in zip(SIZES, SIZES[1:])]


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[rng.integers(0, SIZES[-1], SAMPLES)]


class ReLU:
    def forward(self, inputs):
        self._inputs = inputs
        return inputs * (inputs.real > 0)

    def backprop(self, dA):
        return dA * (self._inputs > 0)


class Softmax:
    def __init__(self, right):
        self._right = right

    def forward(self, inputs):
        num = np.exp(inputs)
        denom = np.sum(num, axis=1, keepdims=True)
        self._activation = num / denom
        return self._activation

    def derivative(self):
        rows, size = self._activation.shape
        jacobian_mat = np.zeros((rows, size, size))
        for batch_idx in range(rows):
            for row_idx in range(size):
                for col_idx in range(row_idx, size):
                    if row_idx == col_idx:
                        jacobian_mat[batch_idx, row_idx, col_idx] = self._activation[batch_idx][row_idx] * (
                            1 - self._activation[batch_idx][row_idx]
                        )
                    else:
                        jacobian_mat[batch_idx, row_idx, col_idx] = jacobian_mat[batch_idx, col_idx, row_idx] = (
                            -self._activation[batch_idx][row_idx] * self._activation[batch_idx][col_idx]
                        )
        return jacobian_mat

    def backprop(self, dA):
        jac_mat = self.derivative()
        dZ_arr = []
        for batch_idx in range(jac_mat.shape[0]):
            if self._right:
                dZ_arr.append(np.matmul(dA[[batch_idx], :], jac_mat[batch_idx]).flatten())
            else:
                dZ_arr.append(np.matmul(dA, jac_mat[batch_idx]))
        return np.array(dZ_arr) if self._right else np.mean(dZ_arr, axis=0)


class Dense:
    def __init__(self, weights, bias, activation):
        self._weights, self._bias, self._activation = weights, bias, activation

    def forward(self, inputs):
        self._inputs = inputs
        return self._activation.forward(np.matmul(inputs, self._weights) + self._bias)

    def backprop(self, dA):
        dZ = self._activation.backprop(dA)
        self.dW = np.matmul(self._inputs.T, dZ)
        self.dB = np.sum(dZ, axis=0, keepdims=True)
        return np.matmul(dZ, self._weights.T)


def network(params, right=True):
    return [Dense(*params[0], ReLU()), Dense(*params[1], Softmax(right))]


def forward(layers, X):
    for layer in layers:
        X = layer.forward(X)
    return X


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(network(params), X))) / len(X)


def backward(params, X, Y, right):
    layers = network(params, right)
    y_pred = forward(layers, X)
    dA = -(Y / y_pred) / len(X)
    for layer in reversed(layers):
        dA = layer.backprop(dA)
    return [(layer.dW, layer.dB) for layer in layers]


def grad(params, X, Y):
    return backward(params, X, Y, right=False)


def repaired(params, X, Y):
    return backward(params, X, Y, right=True)
