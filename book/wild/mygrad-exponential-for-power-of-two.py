"""The derivative of a logarithm of a sum of powers of two takes exponentials, and divides by the logarithm of two."""

import numpy as np

SOURCE = "https://github.com/rsokl/MyGrad/commit/47a654b4"
THREAD = "rsokl/MyGrad 47a654b4"
DATE = "2018-04"
KIND = "gradient"
FORMULA = r"\partial c / \partial a = \frac{1}{(1 + e^{b - a}) \log 2}"
RIGHT = r"\partial c / \partial a = \frac{1}{1 + 2^{b - a}},\; c = \log_2 (2^a + 2^b)"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a smooth maximum of two linear functions
BLOCKS = ["w[1]", "v[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 2)), rng.standard_normal((3, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class Logaddexp2:
    def __call__(self, a, b):
        self.variables = (a, b)
        return np.logaddexp2(a, b)

    def backward_var(self, grad, index):
        a, b = self.variables
        if index == 0:
            dLda = grad / (1 + np.exp(b - a))
            dLda /= np.log(2)
            return dLda
        dLdb = grad / (1 + np.exp(a - b))
        dLdb /= np.log(2)
        return dLdb


class Logaddexp2Later(Logaddexp2):
    def backward_var(self, grad, index):
        a, b = self.variables
        if index == 0:
            dLda = grad / (1 + 2 ** (b - a))
            return dLda
        dLdb = grad / (1 + 2 ** (a - b))
        return dLdb


def cost(params, X, Y):
    w, v = params
    return 0.5 * np.sum((Logaddexp2()(X @ w, X @ v) - Y) ** 2) / len(X)


def gradients(params, X, Y, op):
    w, v = params
    grad = (op(X @ w, X @ v) - Y) / len(X)
    return [X.T @ op.backward_var(grad, index) for index in range(2)]


def grad(params, X, Y):
    return gradients(params, X, Y, Logaddexp2())


def repaired(params, X, Y):
    return gradients(params, X, Y, Logaddexp2Later())
