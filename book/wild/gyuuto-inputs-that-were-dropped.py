"""A layer that drops all but the strongest inputs finds the gradient of its weights with all of them."""

import numpy as np

SOURCE = "https://github.com/Gyuuto/Deeplearning/commit/aa20e16"
THREAD = "Gyuuto/Deeplearning aa20e16"
DATE = "2016-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial W^2 = \textstyle\sum_i \delta^2_i (a^1_i)^\top"
RIGHT = r"\partial C / \partial W^2 = \textstyle\sum_i \delta^2_i (\mu \odot a^1_i)^\top"
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = [{"dropout-mask"}]
NET = None  # of the hidden units the strongest two go on
BLOCKS = ["W[1]", "W[2]"]
SAMPLES = 5
LAM = 0.0

K = 2


def start(rng):
    """Biases stand in the first columns."""
    return [rng.standard_normal((5, 4)), rng.standard_normal((2, 6))]


def data(rng):
    """Samples in columns."""
    return rng.standard_normal((3, SAMPLES)), rng.standard_normal((2, SAMPLES))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def diff_sigmoid(x):
    return sigmoid(x) * (1 - sigmoid(x))


class FullyConnected:
    def __init__(self, W):
        self.W = W

    def apply(self, U):
        V = np.vstack([np.ones((1, U.shape[1])), U])
        return self.W @ V


class KDropoutFullyConnected:
    def __init__(self, W, prev_num_unit, right):
        self.W, self.right = W, right
        self.mask = np.ones(prev_num_unit)

    def apply(self, U):
        """The inputs, after their activation, that have the greatest means go on."""
        idx = np.argsort(-U.real.mean(axis=1))
        for j in range(K):
            self.mask[idx[j]] = 1.0
        for j in range(K, len(U)):
            self.mask[idx[j]] = 0.0
        V = np.ones((1 + len(U), U.shape[1]), U.dtype)
        for j in range(len(U)):
            for k in range(U.shape[1]):
                V[j + 1, k] = U[j, k] * self.mask[j]
        return self.W @ V

    def calc_gradient(self, U, delta):
        nabla = np.zeros_like(self.W)
        for k in range(nabla.shape[0]):
            for l in range(nabla.shape[1]):
                for m in range(delta.shape[1]):
                    kept = self.mask[l - 1] if self.right else 1.0
                    nabla[k, l] += delta[k, m] * (1.0 if l == 0 else kept * sigmoid(U[l - 1, m]))
        return nabla

    def calc_delta(self, U, delta):
        tmp = self.W.T @ delta
        nx_delta = np.zeros((len(tmp) - 1, tmp.shape[1]))
        for j in range(len(tmp) - 1):
            for k in range(tmp.shape[1]):
                nx_delta[j, k] += self.mask[j] * tmp[j + 1, k] * diff_sigmoid(U[j, k])
        return nx_delta


def layers(params, right=True):
    return FullyConnected(params[0]), KDropoutFullyConnected(params[1], len(params[0]), right)


def cost(params, X, Y):
    lower, upper = layers(params)
    return 0.5 * np.sum((upper.apply(sigmoid(lower.apply(X))) - Y) ** 2)


def gradients(params, X, Y, right):
    lower, upper = layers(params, right)
    U = lower.apply(X)
    delta = upper.apply(sigmoid(U)) - Y
    nabla = upper.calc_gradient(U, delta)
    below = upper.calc_delta(U, delta)
    return [below @ np.vstack([np.ones((1, X.shape[1])), X]).T, nabla]


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
