"""A confidence bound's gradient has the root of the variance's derivative, and twice the variance beside it."""

import numpy as np

SOURCE = "https://github.com/automl/RoBO/commit/f3123212b2e403abc1111c4ef4d3b5d954709fe4"
THREAD = "automl/RoBO f312321"
DATE = "2016-02"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\nabla a = -\nabla \mu + \kappa \sqrt{\nabla \sigma^2} + 2 \sigma^2"
RIGHT = r"\nabla a = -\nabla \mu + \kappa\, \nabla \sigma^2 / (2 \sigma),\; a = -\mu + \kappa \sigma"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # points where a Gaussian process is to be asked next
BLOCKS = ["points[1]"]
SAMPLES = 8
LAM = 0.0
POINTS, DIM = 4, 2
LENGTHSCALE, VARIANCE, NOISE, PAR = 0.8, 1.5, 0.05, 1.0


def start(rng):
    """Points beyond the data, where the variance grows in every direction."""
    return {"points": rng.uniform(1.3, 1.8, (POINTS, DIM))}


def data(rng):
    X = rng.uniform(0, 1, (SAMPLES, DIM))
    return X, np.sin(3 * X[:, 0]) + X[:, 1] ** 2


def kernel(A, B):
    away = A[:, None] - B[None]
    return VARIANCE * np.exp(-0.5 * np.sum(away**2, axis=2) / LENGTHSCALE**2), away


class GPModel:
    def __init__(self, X, Y):
        self.X = X
        self.K_inv = np.linalg.inv(kernel(X, X)[0] + NOISE * np.eye(len(X)))
        self.alpha = self.K_inv @ Y

    def predict(self, x):
        k = kernel(x, self.X)[0]
        return k @ self.alpha, VARIANCE + NOISE - np.sum((k @ self.K_inv) * k, axis=1)

    def predictive_gradients(self, x):
        k, away = kernel(x, self.X)
        dk = -k[..., None] * away / LENGTHSCALE**2
        dm = np.einsum("pnd,n->pd", dk, self.alpha)
        dv = -2 * np.einsum("pnd,pn->pd", dk, k @ self.K_inv)
        return dm, dv


class LCB:
    """The negative lower confidence bound, which is to be as large as it can."""

    def __init__(self, model, par=PAR):
        self.model, self.par = model, par

    def __call__(self, X):
        mean, var = self.model.predict(X)
        return -(mean - self.par * np.sqrt(var))

    def derivative(self, X):
        _, var = self.model.predict(X)
        dm, dv = self.model.predictive_gradients(X)
        return self.combine(dm, dv, var[:, None])

    def combine(self, dm, dv, var):
        return -dm + self.par * np.sqrt(dv) + 2 * var


class RepairedLCB(LCB):
    def combine(self, dm, dv, var):
        return -dm + self.par * dv / (2 * np.sqrt(var))


def cost(params, X, Y):
    return -np.sum(LCB(GPModel(X, Y))(params["points"]))


def grad(params, X, Y):
    return {"points": -LCB(GPModel(X, Y)).derivative(params["points"])}


def repaired(params, X, Y):
    return {"points": -RepairedLCB(GPModel(X, Y)).derivative(params["points"])}
