"""The squared loss of a perceptron is averaged over the outputs too, where backpropagation adds them up."""

import numpy as np

SOURCE = "https://github.com/scikit-learn/scikit-learn/pull/34830"
THREAD = "scikit-learn/scikit-learn #8349, PR #34830"
DATE = "2026-08"
KIND = "cost"
FORMULA = (
    r"C = \dfrac1{2 m K} \textstyle\sum_i \sum_k (\hat y_{ik} - y_{ik})^2 "
    r"+ \dfrac{\alpha}{2 m} \textstyle\sum_l \lVert W^l \rVert^2"
)
RIGHT = (
    r"C = \dfrac1{2 m} \textstyle\sum_i \sum_k (\hat y_{ik} - y_{ik})^2 "
    r"+ \dfrac{\alpha}{2 m} \textstyle\sum_l \lVert W^l \rVert^2"
)
READ = "code"
LAYER = [1, 2]
NAMES = [{"outputs-not-averaged"}, {"another-cost"}]
NET = None  # tanh, three linear outputs, and a penalty on both layers
BLOCKS = ["coefs_[1]", "coefs_[2]", "intercepts_[1]", "intercepts_[2]"]
SAMPLES = 6
ALPHA = 0.4
LAM = ALPHA
OUTPUTS = 3


def start(rng):
    """The weights of both layers, and then the intercepts."""
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((3, OUTPUTS)),
        rng.standard_normal(3),
        rng.standard_normal(OUTPUTS),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal((SAMPLES, OUTPUTS))


def squared_loss(y_true, y_pred, right):
    if right:
        return ((y_true - y_pred) ** 2).mean(axis=0).sum() / 2
    return ((y_true - y_pred) ** 2).mean() / 2


def inplace_tanh_derivative(Z, delta):
    delta *= 1 - Z**2


class MultilayerPerceptron:
    alpha = ALPHA
    n_layers_ = 3

    def __init__(self, packed, right=False, shares=1):
        self.coefs_ = packed[: self.n_layers_ - 1]
        self.intercepts_ = packed[self.n_layers_ - 1 :]
        self.right, self.shares = right, shares

    def _forward_pass(self, activations):
        for i in range(self.n_layers_ - 1):
            activations[i + 1] = activations[i] @ self.coefs_[i]
            activations[i + 1] = activations[i + 1] + self.intercepts_[i]
            # the last layer is linear
            if (i + 1) != (self.n_layers_ - 1):
                activations[i + 1] = np.tanh(activations[i + 1])
        return activations

    def _compute_loss_grad(self, layer, n_samples, activations, deltas, coef_grads, intercept_grads):
        coef_grads[layer] = activations[layer].T @ deltas[layer]
        coef_grads[layer] += self.alpha * self.coefs_[layer]
        coef_grads[layer] /= n_samples
        intercept_grads[layer] = np.mean(deltas[layer], 0)

    def loss(self, X, y):
        n_samples = X.shape[0]
        activations = self._forward_pass([X] + [None] * (self.n_layers_ - 1))
        loss = squared_loss(y, activations[-1], self.right)
        # the L2 term
        values = 0
        for s in self.coefs_:
            s = s.ravel()
            values += np.dot(s, s)
        loss += (0.5 * self.alpha) * values / n_samples
        return loss

    def _backprop(self, X, y):
        n_samples = X.shape[0]
        activations = self._forward_pass([X] + [None] * (self.n_layers_ - 1))
        deltas = [None] * (self.n_layers_ - 1)
        coef_grads = [None] * (self.n_layers_ - 1)
        intercept_grads = [None] * (self.n_layers_ - 1)

        # backward propagate
        last = self.n_layers_ - 2
        deltas[last] = (activations[-1] - y) / self.shares
        self._compute_loss_grad(last, n_samples, activations, deltas, coef_grads, intercept_grads)
        for i in range(self.n_layers_ - 2, 0, -1):
            deltas[i - 1] = deltas[i] @ self.coefs_[i].T
            inplace_tanh_derivative(activations[i], deltas[i - 1])
            self._compute_loss_grad(i - 1, n_samples, activations, deltas, coef_grads, intercept_grads)
        return coef_grads + intercept_grads


def cost(packed, X, Y):
    return MultilayerPerceptron(packed).loss(X, Y)


def meant(packed, X, Y):
    return MultilayerPerceptron(packed, right=True).loss(X, Y)


def grad(packed, X, Y):
    return MultilayerPerceptron(packed)._backprop(X, Y)


def repaired(packed, X, Y):
    """The gradient of the loss as it is."""
    return MultilayerPerceptron(packed, shares=OUTPUTS)._backprop(X, Y)
