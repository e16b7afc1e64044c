"""An acquisition function returns the expected improvement itself together with its negative derivative."""

import numpy as np
from scipy.special import ndtr

SOURCE = "https://github.com/automl/RoBO/commit/51e9cc170aefc6a0dcafab3a249d25a440c94ce7"
THREAD = "automl/RoBO 51e9cc1"
DATE = "2016-09"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\nabla f = \Phi(z) \nabla m - \phi(z) \nabla s,\; f = s (z \Phi(z) + \phi(z)),\; z = (\eta - m - \xi) / s"
RIGHT = r"\nabla f = -\Phi(z) \nabla m + \phi(z) \nabla s"
READ = "code"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # test points of a Gaussian process
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0
LENGTHSCALE, VARIANCE, NOISE, PAR = 0.8, 1.3, 0.05, 0.01


def start(rng):
    """Three points where a function might be tried."""
    return rng.uniform(-1, 1, (3, 2))


def data(rng):
    """What has been tried."""
    X = rng.uniform(-1, 1, (SAMPLES, 2))
    return X, np.sin(2 * X[:, :1]) + X[:, 1:] ** 2


class GPModel:
    def __init__(self, X, Y):
        self.X, self.Y = X, Y
        self.K_inv = np.linalg.inv(self.k(X) + NOISE * np.eye(len(X)))

    def k(self, x):
        diff = x[:, None, :] - self.X[None, :, :]
        return VARIANCE * np.exp(-0.5 * np.sum(diff**2, axis=2) / LENGTHSCALE**2)

    def predict(self, x):
        k = self.k(x)
        return k @ self.K_inv @ self.Y, VARIANCE - np.sum(k @ self.K_inv * k, axis=1, keepdims=True)

    def predictive_gradients(self, x):
        """The derivatives of mean and variance at one point."""
        k = self.k(x)
        dk = -k.T * (x - self.X) / LENGTHSCALE**2
        return (dk.T @ self.K_inv @ self.Y).T, -2 * (k @ self.K_inv @ dk)


class EI:
    def __init__(self, model, par=PAR):
        self.model, self.par = model, par
        self.eta = np.min(model.Y)

    def compute(self, X, derivative=False):
        m, v = self.model.predict(X)
        s = np.sqrt(v)
        z = (self.eta - m - self.par) / s
        cdf, pdf = ndtr(z), np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
        f = s * (z * cdf + pdf)
        if derivative:
            dmdx, ds2dx = self.model.predictive_gradients(X)
            dsdx = ds2dx / (2 * s)
            df = -dmdx * cdf + dsdx * pdf
            return self.result(f, df)
        return f

    def result(self, f, df):
        return f, -df


class EILater(EI):
    def result(self, f, df):
        return f, df


def cost(x, X, Y):
    ei = EI(GPModel(X, Y))
    return sum(ei.compute(x[i : i + 1])[0, 0] for i in range(len(x)))


def grad(x, X, Y):
    ei = EI(GPModel(X, Y))
    return np.vstack([ei.compute(x[i : i + 1], derivative=True)[1] for i in range(len(x))])


def repaired(x, X, Y):
    ei = EILater(GPModel(X, Y))
    return np.vstack([ei.compute(x[i : i + 1], derivative=True)[1] for i in range(len(x))])
