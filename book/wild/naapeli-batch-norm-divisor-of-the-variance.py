"""The batch's variance is divided by m - 1 on the way forward, and its derivative by m on the way back."""

import numpy as np

SOURCE = "https://github.com/naapeli/deep-learning-library/commit/d5c05438b4"
THREAD = "naapeli/deep-learning-library d5c0543"
DATE = "2024-11"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial C / \partial x_i = \hat g_i / s + \tfrac{2}{m} (x_i - \mu)\, \partial C / \partial s^2 + "
    r"\tfrac1m \partial C / \partial \mu,\; s^2 = \tfrac{1}{m-1} \textstyle\sum_i (x_i - \mu)^2"
)
RIGHT = (
    r"\partial C / \partial x_i = \hat g_i / s + \tfrac{2}{m-1} (x_i - \mu)\, \partial C / \partial s^2 + "
    r"\tfrac1m \partial C / \partial \mu"
)
READ = "reconstruction"  # the normalisation is the author's; the dense layer below it and the squared error are made up
LAYER = [1]
NAMES = []
NET = None  # a normalised layer
BLOCKS = ["weights[1]", "gamma[2]", "beta[2]"]
SAMPLES = 5
LAM = 0.0
EPSILON = 1e-5


def start(rng):
    return {
        "weights": rng.standard_normal((3, 3)),
        "gamma": 1 + 0.3 * rng.standard_normal(3),
        "beta": 0.3 * rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 3))


class Dense:
    def __init__(self, weights):
        self.weights = weights

    def forward(self, input):
        self.input = input
        return input @ self.weights

    def backward(self, dCdy):
        return self.input.T @ dCdy


class BatchNorm:
    def __init__(self, gamma, beta):
        self.gamma = gamma
        self.beta = beta

    def forward(self, input):
        self.input = input
        mean = np.mean(input, axis=0)
        variance = np.sum((input - mean) ** 2, axis=0) / (len(input) - 1)
        self.std = np.sqrt(variance + EPSILON)
        self.x_centered = self.input - mean
        self.x_norm = self.x_centered / self.std
        self.output = self.gamma * self.x_norm + self.beta
        return self.output

    def by_input(self, dCdx_norm, dCdvar, dCdmean, batch_size):
        return dCdx_norm / self.std + (dCdvar * 2 * self.x_centered + dCdmean) / batch_size

    def backward(self, dCdy):
        batch_size = self.output.shape[0]
        dCdx_norm = dCdy * self.gamma
        dCdgamma = (dCdy * self.x_norm).sum(axis=0)
        dCdbeta = dCdy.sum(axis=0)
        dCdvar = (dCdx_norm * self.x_centered * -(self.std ** (-3)) / 2).sum(axis=0)
        dCdmean = -((dCdx_norm / self.std).sum(axis=0) + dCdvar * (2 / batch_size) * self.x_centered.sum(axis=0))
        return self.by_input(dCdx_norm, dCdvar, dCdmean, batch_size), dCdgamma, dCdbeta


class BatchNormMended(BatchNorm):
    def by_input(self, dCdx_norm, dCdvar, dCdmean, batch_size):
        return dCdx_norm / self.std + dCdvar * 2 * self.x_centered / (batch_size - 1) + dCdmean / batch_size


def cost(params, X, Y):
    output = BatchNorm(params["gamma"], params["beta"]).forward(Dense(params["weights"]).forward(X))
    return np.sum((output - Y) ** 2) / len(X)


def gradients(normalisation, params, X, Y):
    dense, norm = Dense(params["weights"]), normalisation(params["gamma"], params["beta"])
    output = norm.forward(dense.forward(X))
    dCdx, dCdgamma, dCdbeta = norm.backward(2 * (output - Y) / len(X))
    return {"weights": dense.backward(dCdx), "gamma": dCdgamma, "beta": dCdbeta}


def grad(params, X, Y):
    return gradients(BatchNorm, params, X, Y)


def repaired(params, X, Y):
    return gradients(BatchNormMended, params, X, Y)
