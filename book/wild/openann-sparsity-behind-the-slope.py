"""The derivative of the sparsity penalty is added behind the hidden layer's slope and is not multiplied by it."""

import numpy as np

SOURCE = "https://github.com/OpenANN/OpenANN/commit/e1bb593"
THREAD = "OpenANN/OpenANN e1bb593"
DATE = "2013-06"
KIND = "gradient"
GROUP = "penalty"
FORMULA = (
    r"\delta^1 = f'(z^1) \odot W^{2\,T} \delta^2 "
    r"+ \beta \bigl(-\rho / \hat\rho + (1 - \rho) / (1 - \hat\rho)\bigr)"
)
RIGHT = (
    r"\delta^1 = f'(z^1) \odot \bigl(W^{2\,T} \delta^2 "
    r"+ \beta (-\rho / \hat\rho + (1 - \rho) / (1 - \hat\rho))\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"slope-missing"}, {"formula"}, {"line"}]
NET = None  # a sparse autoencoder with weight decay
BLOCKS = ["W[1]", "W[2]", "b[1]", "b[2]"]
SAMPLES = 6
LAM = 0.0
BETA, RHO, LAMBDA = 0.5, 0.1, 0.05


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal((4, 3)), rng.standard_normal(3), rng.standard_normal(4)]


def data(rng):
    return rng.uniform(0.1, 0.9, (SAMPLES, 4)), np.zeros((SAMPLES, 1))


def activationFunction(A):
    return 1.0 / (1.0 + np.exp(-A))


def activationFunctionDerivative(Z):
    return Z * (1.0 - Z)


class SparseAutoEncoder:
    def __init__(self, parameters, X, right):
        self.W1, self.W2, self.b1, self.b2 = parameters
        self.X, self.right = X, right
        self.beta, self.rho, self.lambda_ = BETA, RHO, LAMBDA

    def error(self):
        N = self.X.shape[0]
        A1 = self.X @ self.W1.T
        A1 += self.b1
        self.Z1 = activationFunction(A1)
        A2 = self.Z1 @ self.W2.T
        A2 += self.b2
        self.Z2 = activationFunction(A2)

        self.meanActivation = self.Z1.sum(0) / N

        self.dEdZ2 = self.Z2 - self.X
        err = np.sum(self.dEdZ2**2) / (2.0 * N)
        err += self.lambda_ / 2.0 * (np.sum(self.W1**2) + np.sum(self.W2**2))
        rho, mean = self.rho, self.meanActivation
        err += self.beta * np.sum(rho * np.log(rho / mean) + (1 - rho) * np.log((1 - rho) / (1 - mean)))
        return err

    def gradient(self):
        N = self.X.shape[0]
        # Forward propagation and error calculation
        self.error()
        rho, mean = self.rho, self.meanActivation

        G2D = activationFunctionDerivative(self.Z2)
        deltas2 = G2D * self.dEdZ2
        W2d = deltas2.T @ self.Z1 / N + self.lambda_ * self.W2
        b2d = deltas2.sum(0) / N
        dEdZ1 = deltas2 @ self.W2
        G1D = activationFunctionDerivative(self.Z1)
        sparsity = self.beta * ((1.0 - rho) / (1.0 - mean) - rho / mean)
        if self.right:
            dEdZ1 = dEdZ1 + sparsity
            deltas1 = G1D * dEdZ1
        else:
            deltas1 = G1D * dEdZ1
            deltas1 = deltas1 + sparsity
        W1d = deltas1.T @ self.X / N + self.lambda_ * self.W1
        b1d = deltas1.sum(0) / N
        return [W1d, W2d, b1d, b2d]


def cost(params, X, Y):
    return SparseAutoEncoder(params, X, True).error()


def grad(params, X, Y):
    return SparseAutoEncoder(params, X, False).gradient()


def repaired(params, X, Y):
    return SparseAutoEncoder(params, X, True).gradient()
