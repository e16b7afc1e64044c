"""The class Adam updates weights and biases with the rate times the gradient, and its rule is called by nothing."""

import numpy as np

SOURCE = "https://github.com/Az-r-ow/NeuralNet/commit/dccc4b1"
THREAD = "Az-r-ow/NeuralNet dccc4b1"
DATE = "2023-10"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \alpha g"
RIGHT = r"\theta \leftarrow \theta - \alpha \hat m / (\sqrt{\hat v} + \epsilon)"
READ = "code"  # of the step; the rule has Adam's weights here
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


ALPHA, BETA1, BETA2, EPSILON = 0.05, 0.9, 0.999, 1e-7
SETTINGS = dict(like="adam", lr=ALPHA, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"t": 1, "m": [None] * 4, "v": [None] * 4}


class Optimizer:
    def __init__(self, alpha):
        self.alpha = alpha


class Adam(Optimizer):
    def __init__(self, state, alpha=ALPHA, beta1=BETA1, beta2=BETA2, epsilon=EPSILON):
        super().__init__(alpha)
        self.beta1, self.beta2, self.epsilon = beta1, beta2, epsilon
        self.t, self.m, self.v = state["t"], list(state["m"]), list(state["v"])

    def updateWeights(self, weights, weightsGrad, cl):
        return weights - self.alpha * weightsGrad

    def updateBiases(self, biases, biasesGrad, cl):
        return biases - self.alpha * biasesGrad

    def update(self, param, gradients, i):
        if self.m[i] is None:
            # Initialize moment matrices m and v
            self.m[i] = np.zeros_like(param)
            self.v[i] = np.zeros_like(param)

        # update biased first moment estimate
        self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * gradients

        # updated biased second raw moment estimate
        self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * (gradients * gradients)

        # compute bias-corrected first moment estimate
        beta1t = self.beta1**self.t
        mHat = self.m[i] / (1 - beta1t)

        # compute bias-corrected second raw moment estimate
        beta2t = self.beta2**self.t
        vHat = self.v[i] / (1 - beta2t)

        # update param
        return param - self.alpha * mHat / (np.sqrt(vHat) + self.epsilon)


class AdamLater(Adam):
    def updateWeights(self, weights, weightsGrad, cl):
        return self.update(weights, weightsGrad, 2 * cl)

    def updateBiases(self, biases, biasesGrad, cl):
        return self.update(biases, biasesGrad, 2 * cl + 1)


def step(optimizer, params, grads):
    new = [None] * 4
    for cl in (1, 0):
        new[2 * cl] = optimizer.updateWeights(params[2 * cl], grads[2 * cl], cl)
        new[2 * cl + 1] = optimizer.updateBiases(params[2 * cl + 1], grads[2 * cl + 1], cl)
    # increment time step
    optimizer.t += 1
    return new, {"t": optimizer.t, "m": optimizer.m, "v": optimizer.v}


def update(params, grads, state):
    return step(Adam(state), params, grads)


def repaired_update(params, grads, state):
    return step(AdamLater(state), params, grads)
