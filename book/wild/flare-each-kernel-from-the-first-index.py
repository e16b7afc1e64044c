"""The derivatives of every kernel's matrices are stored from the first index on, so that all fall to the first."""

import numpy as np

SOURCE = "https://github.com/mir-group/flare/commit/d55ee21f"
THREAD = "mir-group/flare d55ee21f"
DATE = "2020-12"
KIND = "gradient"
FORMULA = (
    r"g_{1,j} = \sum_k \partial L / \partial \theta_{k,j},\; g_{k,j} = 0\; (k > 1),\; "
    r"\text{for parameter } j \text{ of kernel } k"
)
RIGHT = r"g_{k,j} = \partial L / \partial \theta_{k,j}"
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
NET = None  # a sparse Gaussian process with a sum of two kernels
BLOCKS = ["hyperparameters[1]"]
SAMPLES = 6
LAM = 0.0
JITTER = 1e-8


def start(rng):
    """Two parameters of each of two kernels, and the noise."""
    return rng.uniform(0.7, 1.5, 5)


def data(rng):
    return 1.5 * rng.standard_normal((SAMPLES, 2)), rng.standard_normal(SAMPLES)


class SquaredExponential:
    """A kernel of one of the descriptors."""

    n_hyps = 2

    def envs_grad(self, a, b, hyps):
        sig, ls = hyps
        d2 = (a[:, None] - b) ** 2
        k = sig**2 * np.exp(-d2 / (2 * ls**2))
        return [k, 2 * k / sig, k * d2 / ls**3]


class SparseGP:
    def __init__(self, X, y):
        self.y = y
        self.kernels = [SquaredExponential(), SquaredExponential()]
        self.descriptors = [X[:, 0], X[:, 1]]
        self.sparse_descriptors = [X[:2, 0], X[2:5, 1]]
        self.n_sparse = sum(len(s) for s in self.sparse_descriptors)
        self.n_labels = len(y)

    def compute_likelihood_gradient(self, hyperparameters, right):
        n_sparse, n_labels, kernels, y = self.n_sparse, self.n_labels, self.kernels, self.y
        kind = hyperparameters.dtype
        Kuu_mat, Kuf_mat = np.zeros((n_sparse, n_sparse), kind), np.zeros((n_sparse, n_labels), kind)
        Kuu_grads, Kuf_grads = [], []
        hyp_index, count = 0, 0
        for i in range(len(kernels)):
            n_hyps = kernels[i].n_hyps
            hyps_curr = hyperparameters[hyp_index : hyp_index + n_hyps]
            sparse = self.sparse_descriptors[i]
            rows = slice(count, count + len(sparse))
            Kuu_grad = kernels[i].envs_grad(sparse, sparse, hyps_curr)
            Kuf_grad = kernels[i].envs_grad(sparse, self.descriptors[i], hyps_curr)
            Kuu_mat[rows, rows] = Kuu_grad[0]
            Kuf_mat[rows] = Kuf_grad[0]
            for j in range(n_hyps):
                Kuu_grads.append(np.zeros((n_sparse, n_sparse), kind))
                Kuf_grads.append(np.zeros((n_sparse, n_labels), kind))
                if right:
                    Kuu_grads[hyp_index + j][rows, rows] = Kuu_grad[j + 1]
                    Kuf_grads[hyp_index + j][rows] = Kuf_grad[j + 1]
                else:
                    Kuu_grads[j][rows, rows] = Kuu_grad[j + 1]
                    Kuf_grads[j][rows] = Kuf_grad[j + 1]
            count += len(sparse)
            hyp_index += n_hyps

        Kuu_inverse = np.linalg.inv(Kuu_mat + JITTER * np.eye(n_sparse))
        sigma_e = hyperparameters[hyp_index]
        Qff_plus_lambda = Kuf_mat.T @ Kuu_inverse @ Kuf_mat + sigma_e**2 * np.eye(n_labels)
        Qff_grads = []
        grad_index = 0
        for i in range(len(kernels)):
            for _ in range(kernels[i].n_hyps):
                Qff_grads.append(
                    Kuf_grads[grad_index].T @ Kuu_inverse @ Kuf_mat
                    - Kuf_mat.T @ Kuu_inverse @ Kuu_grads[grad_index] @ Kuu_inverse @ Kuf_mat
                    + Kuf_mat.T @ Kuu_inverse @ Kuf_grads[grad_index]
                )
                grad_index += 1
        Qff_grads.append(2 * sigma_e * np.eye(n_labels))

        Qff_inverse = np.linalg.inv(Qff_plus_lambda)
        complexity_penalty = -np.log(np.linalg.det(Qff_plus_lambda)) / 2
        Q_inv_y = Qff_inverse @ y
        data_fit = -(1.0 / 2.0) * (y @ Q_inv_y)
        constant_term = -n_labels * np.log(2 * np.pi) / 2
        self.log_marginal_likelihood = complexity_penalty + data_fit + constant_term
        likelihood_gradient = np.zeros(len(hyperparameters), kind)
        for i in range(len(hyperparameters)):
            Qff_inv_grad = Qff_inverse @ Qff_grads[i]
            likelihood_gradient[i] = -np.trace(Qff_inv_grad) + y @ Qff_inv_grad @ Q_inv_y
            likelihood_gradient[i] /= 2
        return likelihood_gradient


def cost(hyperparameters, X, Y):
    gp = SparseGP(X, Y)
    gp.compute_likelihood_gradient(hyperparameters, True)
    return -gp.log_marginal_likelihood


def grad(hyperparameters, X, Y):
    return -SparseGP(X, Y).compute_likelihood_gradient(hyperparameters, False)


def repaired(hyperparameters, X, Y):
    return -SparseGP(X, Y).compute_likelihood_gradient(hyperparameters, True)
