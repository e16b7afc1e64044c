"""For a Gaussian process the weights of the observations are solved with the triangular factor once too often."""

import numpy as np

SOURCE = "https://github.com/resibots/limbo/commit/454707a8a"
THREAD = "resibots/limbo 454707a8a"
DATE = "2015-01"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial \theta = -\tfrac12 \operatorname{tr} \bigl((\alpha \alpha^\top - K^{-1})\, "
    r"\partial K / \partial \theta\bigr),\; \alpha = L^{-\top} K^{-1} y"
)
RIGHT = (
    r"\partial C / \partial \theta = -\tfrac12 \operatorname{tr} \bigl((\alpha \alpha^\top - K^{-1})\, "
    r"\partial K / \partial \theta\bigr),\; \alpha = L^{-\top} L^{-1} y,\; K = L L^\top"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NOISE, DIM = 0.1, 2
NET = None  # a Gaussian process
BLOCKS = ["h_params[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return rng.uniform(-0.5, 0.5, DIM + 1)


def data(rng):
    return rng.standard_normal((SAMPLES, DIM)), rng.standard_normal(SAMPLES)


class SquaredExpArd:
    """The logarithms of the lengths, and that of the height, are the parameters."""

    def __init__(self, p):
        self.ell, self.sf2 = np.exp(p[:-1]), np.exp(2 * p[-1])

    def __call__(self, x1, x2):
        z = np.sum(((x1 - x2) / self.ell) ** 2)
        return self.sf2 * np.exp(-0.5 * z)

    def grad(self, x1, x2):
        z = ((x1 - x2) / self.ell) ** 2
        k = self.sf2 * np.exp(-0.5 * np.sum(z))
        return np.append(z * k, 2 * k)


def compute_kernel(kernel_function, X):
    return np.array([[kernel_function(a, b) for b in X] for a in X]) + NOISE * np.eye(len(X))


def cost(h_params, X, Y):
    """The negative logarithm of the likelihood."""
    kernel = compute_kernel(SquaredExpArd(h_params), X)
    a = Y @ np.linalg.solve(kernel, Y)
    return 0.5 * a + 0.5 * np.log(np.linalg.det(kernel)) + 0.5 * len(X) * np.log(2 * np.pi)


def log_likelihood_grad(h_params, X, Y, right):
    kernel_function = SquaredExpArd(h_params)
    kernel = compute_kernel(kernel_function, X)
    n = len(X)
    matrixL = np.linalg.cholesky(kernel)
    alpha = np.linalg.solve(matrixL if right else kernel, Y)
    alpha = np.linalg.solve(matrixL.T, alpha)
    w = np.eye(n)
    w = np.linalg.solve(matrixL, w)
    w = np.linalg.solve(matrixL.T, w)
    w = np.outer(alpha, alpha) - w
    out = np.zeros(len(h_params))
    for i in range(n):
        for j in range(i + 1):
            g = kernel_function.grad(X[i], X[j])
            if i == j:
                out += w[i, j] * g * 0.5
            else:
                out += w[i, j] * g
    return out


def grad(h_params, X, Y):
    return -log_likelihood_grad(h_params, X, Y, right=False)


def repaired(h_params, X, Y):
    return -log_likelihood_grad(h_params, X, Y, right=True)
