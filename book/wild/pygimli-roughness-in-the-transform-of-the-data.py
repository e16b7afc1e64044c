"""An inversion's misfit pulls uphill and lacks an error, and its roughness takes the transform of the data."""

import numpy as np

SOURCE = "https://github.com/gimli-org/gimli/commit/f76b16f5c5dacae5759c6f2a11bce61b32d72e79"
THREAD = "gimli-org/gimli f76b16f5, 4f236126"
DATE = "2024-07"
KIND = "gradient"
GROUP = "penalty"
FORMULA = r"\nabla \Phi = J^\top r + \lambda C^\top C\, T_d(m),\; r = (T_d(d) - T_d(f(m))) / \epsilon"
RIGHT = r"\nabla \Phi = -J^\top (r / \epsilon) + \lambda C^\top C\, T_m(m)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # layers of the ground
BLOCKS = ["model[1]"]
SAMPLES = 7
LAM = 0.0  # the roughness is weighed by the inversion's own lam
N_MODEL, LOWER, SMOOTH = 5, 0.4, 0.8


def start(rng):
    """The model in its own transform, in which one inverts."""
    return 0.6 * rng.standard_normal(N_MODEL)


def data(rng):
    """The sensitivities of the readings, and what was read with its relative errors."""
    kernel = rng.uniform(0.1, 1, (SAMPLES, N_MODEL))
    return kernel, np.c_[kernel @ rng.uniform(1, 3, N_MODEL), rng.uniform(0.3, 0.7, SAMPLES)]


class TransLog:
    def __call__(self, a):
        return np.log(a)

    def deriv(self, a):
        return 1 / a

    def error(self, a, relative):
        return relative


class TransLogLower:
    """The logarithm above a lower bound."""

    def __call__(self, a):
        return np.log(a - LOWER)

    def deriv(self, a):
        return 1 / (a - LOWER)

    def inv(self, b):
        return np.exp(b) + LOWER


class Modelling:
    def __init__(self, kernel):
        self.kernel = kernel

    def response(self, model):
        return self.kernel @ np.sqrt(model) ** 3

    def jacobian(self, model):
        return self.kernel * (1.5 * np.sqrt(model))

    def constraints(self):
        return np.diff(np.eye(N_MODEL), axis=0)


class Inversion:
    def __init__(self, fop, x, dataVals, errorVals):
        self.fop, self.dataVals, self.errorVals, self.lam = fop, dataVals, errorVals, SMOOTH
        self.dataTrans, self.modelTrans = TransLog(), TransLogLower()
        self.model = self.modelTrans.inv(x)
        self.response = fop.response(self.model)

    def jacobianMatrix(self, error_weighted=False):
        tData = self.dataTrans.deriv(self.response)
        tModel = 1 / self.modelTrans.deriv(self.model)
        if error_weighted:
            tData = tData / self.dataTrans.error(self.response, self.errorVals)
        return tData[:, None] * self.fop.jacobian(self.model) * tModel

    def residual(self):
        misfit = self.dataTrans(self.dataVals) - self.dataTrans(self.response)
        return misfit / self.dataTrans.error(self.response, self.errorVals)

    def phi(self):
        rough = self.fop.constraints() @ self.modelTrans(self.model)
        return 0.5 * np.sum(self.residual() ** 2) + 0.5 * self.lam * np.sum(rough**2)

    def dataGradient(self):
        return self.jacobianMatrix().T @ self.residual()

    def modelGradient(self):
        C = self.fop.constraints()
        return C.T @ (C @ self.dataTrans(self.model))

    def gradient(self):
        return self.dataGradient() + self.modelGradient() * self.lam


class InversionLater(Inversion):
    def dataGradient(self):
        return -self.jacobianMatrix(error_weighted=True).T @ self.residual()

    def modelGradient(self):
        C = self.fop.constraints()
        return C.T @ (C @ self.modelTrans(self.model))


def cost(x, X, Y):
    return Inversion(Modelling(X), x, Y[:, 0], Y[:, 1]).phi()


def grad(x, X, Y):
    return Inversion(Modelling(X), x, Y[:, 0], Y[:, 1]).gradient()


def repaired(x, X, Y):
    return InversionLater(Modelling(X), x, Y[:, 0], Y[:, 1]).gradient()
