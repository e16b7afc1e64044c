"""The gradient by kappa is a view of the matrix that is added to its transpose afterwards, and so twice too large."""

import numpy as np

SOURCE = "https://github.com/SheffieldML/GPy/commit/0d995a56b2fd2739cbbdd531961820a17c68cc20"
THREAD = "SheffieldML/GPy 0d995a56"
DATE = "2015-08"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial L / \partial \kappa_i = 2 S_{ii},\; S_{ij} = \sum_{m \in j,\, n \in i} \partial L / \partial K_{nm}"
)
RIGHT = r"\partial L / \partial \kappa_i = S_{ii}"
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a Gaussian process with several outputs
BLOCKS = ["W[1]", "kappa[1]"]
SAMPLES = 9
LAM = 0.0
OUTPUT_DIM, RANK, NOISE = 3, 2, 0.3


def start(rng):
    return [0.7 * rng.standard_normal((OUTPUT_DIM, RANK)), rng.uniform(0.4, 1.2, OUTPUT_DIM)]


def data(rng):
    """The inputs, the output that each observation belongs to, and the observations."""
    X = np.column_stack([rng.uniform(-2, 2, SAMPLES), np.arange(SAMPLES) % OUTPUT_DIM])
    return X, rng.standard_normal((SAMPLES, 1))


class Coregionalize:
    def __init__(self, output_dim, W, kappa):
        self.output_dim = output_dim
        self.W, self.kappa = W, kappa
        self.W_gradient = self.kappa_gradient = None
        self.parameters_changed()

    def parameters_changed(self):
        self.B = np.dot(self.W, self.W.T) + np.diag(self.kappa)

    def K(self, X):
        index = np.asarray(X, dtype=int)
        return self.B[index, index.T]

    def diagonal(self, dL_dK_small):
        return np.diag(dL_dK_small)

    def update_gradients_full(self, dL_dK, X):
        index = np.asarray(X, dtype=int)
        dL_dK_small = self._gradient_reduce_numpy(dL_dK, index, index)

        dkappa = self.diagonal(dL_dK_small)
        dL_dK_small += dL_dK_small.T
        dW = (self.W[:, None, :] * dL_dK_small[:, :, None]).sum(0)

        self.W_gradient = dW
        self.kappa_gradient = np.array(dkappa)

    def _gradient_reduce_numpy(self, dL_dK, index, index2):
        index, index2 = index[:, 0], index2[:, 0]
        dL_dK_small = np.zeros_like(self.B)
        for i in range(self.output_dim):
            tmp1 = dL_dK[index == i]
            for j in range(self.output_dim):
                dL_dK_small[j, i] = tmp1[:, index2 == j].sum()
        return dL_dK_small


class CoregionalizeLater(Coregionalize):
    def diagonal(self, dL_dK_small):
        return np.diag(dL_dK_small).copy()


def rbf(X):
    return np.exp(-0.5 * (X - X.T) ** 2)


def inference(kern, X, Y):
    """Minus the log marginal likelihood, and its derivative by the covariance."""
    K = kern.K(X[:, 1:]) * rbf(X[:, :1]) + NOISE * np.eye(len(X))
    Wi = np.linalg.inv(K)
    alpha = Wi @ Y
    objective = 0.5 * (np.sum(alpha * Y) + np.linalg.slogdet(K)[1] + len(X) * np.log(2 * np.pi))
    return objective, 0.5 * (Wi - alpha @ alpha.T)


def cost(params, X, Y):
    return inference(Coregionalize(OUTPUT_DIM, *params), X, Y)[0]


def gradients(kind, params, X, Y):
    kern = kind(OUTPUT_DIM, *params)
    dL_dK = inference(kern, X, Y)[1]
    kern.update_gradients_full(dL_dK * rbf(X[:, :1]), X[:, 1:])
    return [kern.W_gradient, kern.kappa_gradient]


def grad(params, X, Y):
    return gradients(Coregionalize, params, X, Y)


def repaired(params, X, Y):
    return gradients(CoregionalizeLater, params, X, Y)
