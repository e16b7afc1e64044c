"""The gradient of a squared distance between trees carries a half where a two belongs."""

import numpy as np

SOURCE = "https://github.com/geomstats/geomstats/commit/a58870142"
THREAD = "geomstats/geomstats a58870142"
DATE = "2024-03"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial d^2 / \partial w_e = \tfrac12 \operatorname{tr} \bigl( \log(S^{-1} C S^{-1})\, "
    r"S\, C^{-1} (\partial C / \partial w_e) S^{-1} \bigr),\; S = P^{1/2}"
)
RIGHT = (
    r"\partial d^2 / \partial w_e = 2 \operatorname{tr} \bigl( \log(S^{-1} C S^{-1})\, "
    r"S\, C^{-1} (\partial C / \partial w_e) S^{-1} \bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # the weights of the edges of a phylogenetic tree of four labels
BLOCKS = ["weights[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    return rng.uniform(0.2, 0.6, 5)


def data(rng):
    """A point of the ambient space to project."""
    a = rng.standard_normal((SAMPLES, SAMPLES))
    return a @ a.T / SAMPLES + 0.5 * np.eye(SAMPLES), np.zeros((SAMPLES, 1))


def logm(a):
    values, vectors = np.linalg.eig(a)
    return vectors * np.log(values) @ np.linalg.inv(vectors)


class ForestTopology:
    """Four pendant edges, and one that splits the labels 0 and 1 from 2 and 3."""

    n_labels = 4
    paths = {(0, 1): [0, 1], (2, 3): [2, 3], (0, 2): [0, 4, 2], (0, 3): [0, 4, 3], (1, 2): [1, 4, 2], (1, 3): [1, 4, 3]}

    def __init__(self):
        self.support = np.zeros((5, 4, 4))
        for (u, v), path in self.paths.items():
            for split in path:
                self.support[split, u, v] = self.support[split, v, u] = 1

    def corr(self, weights):
        corr = np.zeros((self.n_labels, self.n_labels), np.asarray(weights).dtype)
        for (u, v), path in self.paths.items():
            corr[u][v] = np.prod([1 - weights[split] for split in path])
            corr[v][u] = corr[u][v]
        return corr + np.eye(corr.shape[0])

    def corr_gradient(self, weights):
        x_list = [[y if i != k else 0 for i, y in enumerate(weights)] for k in range(len(weights))]
        gradient = np.array([-supp * self.corr(x) for supp, x in zip(self.support, x_list)])
        return gradient


def powermh(mat, powers):
    values, vectors = np.linalg.eigh(mat)
    return [(vectors * values**p) @ vectors.T for p in powers]


def _squared_dist_and_grad_affine(topology, ambient_point, right=False):
    sqrt_ambient_point, inv_sqrt_ambient_point = powermh(ambient_point, [1.0 / 2, -1.0 / 2])

    def squared_dist(corr):
        log = logm(inv_sqrt_ambient_point @ corr @ inv_sqrt_ambient_point)
        return np.trace(log @ log)

    def value(weights):
        return squared_dist(topology.corr(weights))

    def target_gradient(weights):
        corr = topology.corr(weights)
        inv_corr = np.linalg.inv(corr)
        grad = topology.corr_gradient(weights)
        target_grad = (2 if right else 0.5) * np.trace(
            logm(inv_sqrt_ambient_point @ corr @ inv_sqrt_ambient_point)
            @ sqrt_ambient_point
            @ inv_corr
            @ grad
            @ inv_sqrt_ambient_point,
            axis1=-2,
            axis2=-1,
        )
        return target_grad

    return value, target_gradient


def cost(weights, X, Y):
    return _squared_dist_and_grad_affine(ForestTopology(), X)[0](weights)


def grad(weights, X, Y):
    return _squared_dist_and_grad_affine(ForestTopology(), X)[1](weights)


def repaired(weights, X, Y):
    return _squared_dist_and_grad_affine(ForestTopology(), X, right=True)[1](weights)
