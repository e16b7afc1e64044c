"""A cross-entropy takes the ReLU of its logarithm instead of the logit, and a product with the wrong sign."""

import numpy as np

SOURCE = "https://github.com/nntrainer/nntrainer/commit/47d04d077c58610652a92aa22de24dfa9eb4f77a"
THREAD = "nntrainer/nntrainer 47d04d077"
DATE = "2020-07"
KIND = "cost"
FORMULA = r"C = -\tfrac1N \textstyle\sum_i (z_i y_i + m_i + \max(0, m_i)),\; m_i = \log (1 + e^{-\lvert z_i \rvert})"
RIGHT = r"C = \tfrac1N \textstyle\sum_i (m_i + \max(0, z_i) - z_i y_i),\; m_i = \log (1 + e^{-\lvert z_i \rvert})"
READ = "code"
LAYER = [1, 2]
NAMES = [{"another-cost"}, {"another-network"}]
NET = dict(sizes=(3, 4, 1), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    """FC:weight and FC:bias of two layers, a column for each unit."""
    return [rng.standard_normal(shape) for shape in ((3, 4), (1, 4), (4, 1), (1, 1))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.permutation(np.arange(SAMPLES) % 2).astype(float)[:, None]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoidePrime(x):
    sprime = sigmoid(x)
    return sprime * (1 - sprime)


def relu(x):
    return np.where(x.real <= 0.0, 0.0, x)


def fabs(x):
    return np.where(x.real < 0.0, -x, x)


class FullyConnectedLayer:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forwarding(self, input):
        self.input = input
        return input @ self.weight + self.bias

    def backwarding(self, derivative):
        """A gradient for each sample; the optimizer averages them before its step."""
        self.djdb = derivative[:, None, :]
        self.djdw = self.input[:, :, None] * derivative[:, None, :]
        return derivative @ self.weight.T


class ActivationLayer:
    def forwarding(self, input):
        self.input = input
        return sigmoid(input)

    def backwarding(self, derivative):
        return derivative * sigmoidePrime(self.input)


class LossLayer:
    """COST_ENTROPY_SIGMOID, which gets the logits, without BLAS."""

    def forwarding(self, output, label, right=False):
        self.input = output
        y2 = label
        y = output
        mid_term = np.log(np.exp(fabs(y) * -1.0) + 1.0)
        if right:
            mid_term = mid_term + relu(y)
            end_term = y2 * y
            return (mid_term - end_term).mean()
        mid_term = mid_term + relu(mid_term)
        loss = ((y2 * y + mid_term) * (-1.0 / y2.shape[1])).sum(1)
        return self.updateLoss(loss)

    def updateLoss(self, loss):
        loss_sum = 0.0
        for i in range(len(loss)):
            loss_sum += loss[i]
        return loss_sum / len(loss)

    def backwarding(self, derivative):
        y2 = derivative
        y = sigmoid(self.input)
        return (y - y2) * (1.0 / y.shape[1])

    def backwarding_of_loss(self, label):
        """What would belong to the loss as it was."""
        z = self.input
        slope = -np.sign(z) * np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z)))
        return (label + 2 * slope) * (-1.0 / label.shape[1])


def layers_of(params, X):
    layers = [FullyConnectedLayer(*params[:2]), ActivationLayer(), FullyConnectedLayer(*params[2:])]
    for layer in layers:
        X = layer.forwarding(X)
    return layers, X


def cost(params, X, Y):
    return LossLayer().forwarding(layers_of(params, X)[1], Y)


def meant(params, X, Y):
    return LossLayer().forwarding(layers_of(params, X)[1], Y, right=True)


def gradients(params, X, Y, of_loss):
    layers, output = layers_of(params, X)
    last = LossLayer()
    last.forwarding(output, Y)
    derivative = last.backwarding_of_loss(Y) if of_loss else last.backwarding(Y)
    for layer in reversed(layers):
        derivative = layer.backwarding(derivative)
    grads = [g for layer in layers[::2] for g in (layer.djdw, layer.djdb)]
    return [x_grad.mean(0) for x_grad in grads]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
