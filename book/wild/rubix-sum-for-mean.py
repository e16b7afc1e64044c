"""The loss of an output layer is the sum over a batch and a mean over the outputs, the gradient is the batch's mean."""

import numpy as np

SOURCE = "https://github.com/RubixML/ML/commit/17fa95bc86dab50888fc1fc62b774b60a6917e88"
THREAD = "RubixML/ML 17fa95bc8"
DATE = "2019-08"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_i \alpha^2 \bigl(\sqrt{1 + (y_i - z_i)^2 / \alpha^2} - 1\bigr)"
RIGHT = r"C = \tfrac1n \textstyle\sum_i \alpha^2 \bigl(\sqrt{1 + (y_i - z_i)^2 / \alpha^2} - 1\bigr),\; \alpha = 1"
READ = "code"  # with a weight penalty of zero
LAYER = [1, 2]
NAMES = [{"factor", "another-cost"}]
NET = None  # Huber's loss with its corners rounded
BLOCKS = ["W[1]", "b[1]", "W[2]", "b[2]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [
        rng.standard_normal((4, 3)),
        rng.standard_normal((4, 1)),
        rng.standard_normal((1, 4)),
        rng.standard_normal((1, 1)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal(SAMPLES)


class HuberLoss:
    def __init__(self, alpha=1.0):
        self.alpha, self.alpha2 = alpha, alpha**2

    def compute(self, output, target):
        return self._compute(target - output)

    def differentiate(self, output, target):
        alpha = output - target
        return (alpha**2 + self.alpha2) ** -0.5 * alpha

    def _compute(self, z):
        return self.alpha2 * (np.sqrt(1.0 + (z / self.alpha) ** 2) - 1.0)


class Dense:
    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases

    def forward(self, input):
        self.input = input
        return self.weights @ input + self.biases

    def back(self, dOut):
        self.dW = dOut @ self.input.T
        self.dB = dOut.sum(1, keepdims=True)
        return self.weights.T @ dOut


class Activation:
    """A hyperbolic tangent."""

    def forward(self, input):
        self.computed = np.tanh(input)
        return self.computed

    def back(self, dOut):
        return (1.0 - self.computed**2) * dOut


class Continuous:
    def __init__(self, weights, biases, alpha=0.0, costFn=None):
        self.weights, self.biases, self.alpha = weights, biases, alpha
        self.costFn = costFn or HuberLoss()

    def forward(self, input):
        self.input = input
        self.z = self.weights @ input + self.biases
        return self.z

    def back(self, labels, right, of_loss=False):
        target = labels
        penalties = self.weights.sum(1, keepdims=True) * self.alpha

        dL = self.costFn.differentiate(self.z, target) + penalties
        if not of_loss:
            dL = dL / self.z.shape[1]

        self.dW = dL @ self.input.T
        self.dB = dL.sum(1, keepdims=True)

        if right:
            loss = self.costFn.compute(self.z, target).mean(1).mean()
        else:
            loss = self.costFn.compute(self.z, target).sum(1).mean()
        return self.weights.T @ dL, loss


class FeedForward:
    def __init__(self, params):
        W1, b1, W2, b2 = params
        self.hidden, self.output = [Dense(W1, b1), Activation()], Continuous(W2, b2)

    def roundtrip(self, samples, labels, right=False, of_loss=False):
        input = samples.T
        for layer in self.hidden:
            input = layer.forward(input)
        self.output.forward(input)

        gradient, loss = self.output.back(labels, right, of_loss)
        for layer in reversed(self.hidden):
            gradient = layer.back(gradient)
        return loss

    def gradients(self):
        return [self.hidden[0].dW, self.hidden[0].dB, self.output.dW, self.output.dB]


def cost(params, X, Y):
    return FeedForward(params).roundtrip(X, Y)


def meant(params, X, Y):
    return FeedForward(params).roundtrip(X, Y, right=True)


def grad(params, X, Y):
    network = FeedForward(params)
    network.roundtrip(X, Y)
    return network.gradients()


def repaired(params, X, Y):
    """The gradient of the loss as it was."""
    network = FeedForward(params)
    network.roundtrip(X, Y, of_loss=True)
    return network.gradients()
