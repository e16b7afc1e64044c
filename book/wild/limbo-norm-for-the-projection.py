"""In a kernel with directions the derivative by these takes a distance where the squares of projections are derived."""

import numpy as np

SOURCE = "https://github.com/resibots/limbo/commit/c3d1de0a9"
THREAD = "resibots/limbo c3d1de0a9"
DATE = "2017-12"
KIND = "gradient"
FORMULA = r"\partial k / \partial p_{ij} = -k\, \Vert d \Vert\, A_{ij}"
RIGHT = (
    r"\partial k / \partial p_{ij} = -k\, (d^\top A_j)\, d_i A_{ij},\; A_{ij} = e^{p_{ij}},\; d = x - x',\; "
    r"k = s^2 e^{-d^\top (A A^\top + \Lambda^{-2}) d / 2}"
)
READ = "code"
GROUP = "slope"
LAYER = [2]
NAMES = []
NOISE, DIM, DIRECTIONS = 0.1, 3, 2
NET = None  # a Gaussian process
BLOCKS = ["ell[1]", "A[2]", "sf[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return {
        "ell": rng.uniform(-0.3, 0.3, DIM),
        "A": rng.uniform(-1, 0, (DIRECTIONS, DIM)),
        "sf": rng.uniform(-0.3, 0.3, 1),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, DIM)), rng.standard_normal(SAMPLES)


class SquaredExpArd:
    """All parameters are logarithms; A has a column for each direction."""

    def __init__(self, params, right):
        self.right = right
        self.ell, self.sf2 = np.exp(params["ell"]), np.exp(2 * params["sf"])[0]
        self.A = np.exp(params["A"]).T

    def kernel(self, x1, x2):
        K = self.A @ self.A.T
        K = K + np.diag(self.ell**-2.0)
        z = (x1 - x2) @ K @ (x1 - x2)
        return self.sf2 * np.exp(-0.5 * z)

    def gradient(self, x1, x2):
        k = self.kernel(x1, x2)
        grad = {"ell": ((x1 - x2) / self.ell) ** 2 * k, "A": np.zeros((DIRECTIONS, DIM))}
        if self.right:
            for j in range(DIRECTIONS):
                G = -((x1 - x2) @ self.A[:, j]) * ((x1 - x2) * self.A[:, j]) * k
                grad["A"][j] = G
        else:
            G = -k * np.linalg.norm(x1 - x2) * self.A
            for j in range(DIRECTIONS):
                grad["A"][j] = G[:, j]
        grad["sf"] = np.array([2 * k])
        return grad


def covariance(kernel, X):
    return np.array([[kernel.kernel(a, b) for b in X] for a in X]) + NOISE * np.eye(len(X))


def cost(params, X, Y):
    """The negative logarithm of the likelihood."""
    K = covariance(SquaredExpArd(params, right=True), X)
    return 0.5 * Y @ np.linalg.solve(K, Y) + 0.5 * np.log(np.linalg.det(K)) + 0.5 * len(X) * np.log(2 * np.pi)


def likelihood_gradient(params, X, Y, right):
    kernel = SquaredExpArd(params, right)
    K = covariance(kernel, X)
    alpha = np.linalg.solve(K, Y)
    w = np.outer(alpha, alpha) - np.linalg.inv(K)
    out = {name: np.zeros(p.shape) for name, p in params.items()}
    for i in range(len(X)):
        for j in range(i + 1):
            g = kernel.gradient(X[i], X[j])
            for name in out:
                out[name] -= w[i, j] * g[name] * (0.5 if i == j else 1)
    return out


def grad(params, X, Y):
    return likelihood_gradient(params, X, Y, right=False)


def repaired(params, X, Y):
    return likelihood_gradient(params, X, Y, right=True)
