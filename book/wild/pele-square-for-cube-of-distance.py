"""In the gradient of a molten salt the charges' force is divided by the square of the distance instead of its cube."""

import numpy as np

SOURCE = "https://github.com/pele-python/pele/commit/cf08a0a8"
THREAD = "pele-python/pele cf08a0a8"
DATE = "2012-04"
KIND = "gradient"
FORMULA = (
    r"\partial E / \partial x_1 = d \bigl( 4 \epsilon (12 s^{12} - 6 s^6) / r^2 + q / r^2 \bigr),\; "
    r"s = \sigma / r,\; d = x_2 - x_1"
)
RIGHT = (
    r"\partial E / \partial x_1 = d \bigl( 4 \epsilon (12 s^{12} - 6 s^6) / r^2 + q / r^3 \bigr),\; "
    r"E = 4 \epsilon (s^{12} - s^6) + q / r"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # forces between ions
BLOCKS = ["x[1]"]
SAMPLES = 4
LAM = 0.0
CORNERS = 1.5 * np.array([[0.0, 0, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0.5]])


def start(rng):
    """Two ions of either kind."""
    return (CORNERS + 0.15 * rng.standard_normal((SAMPLES, 3))).ravel()


def data(rng):
    """A row of depth, diameter and product of charges for each pair of kinds: 11, 22 and 12."""
    eps, sigma, q = rng.uniform(0.5, 1.5, 3), rng.uniform(0.8, 1.2, 3), rng.uniform(0.5, 1.5, 2)
    return np.column_stack([eps, sigma, [q[0] ** 2, q[1] ** 2, -q[0] * q[1]]]), np.zeros(3)


def get_mindist(x1, x2):
    return x2 - x1


class PairInteraction:
    def __init__(self, offset1, n1, offset2, n2, eps, sigma, q12):
        self._offset1, self._n1, self._offset2, self._n2 = offset1, n1, offset2, n2
        self._eps, self._sigma, self._q12 = eps, sigma, q12

    def CalcGradient(self, x, g):
        energy = 0
        if self._offset1 == self._offset2:
            for i in range(self._offset1, self._offset1 + self._n1):
                for j in range(i + 1, self._offset1 + self._n1):
                    energy += self.eval_pair_gradient(x, g, i, j)
        else:
            for i in range(self._offset1, self._offset1 + self._n1):
                for j in range(self._offset2, self._offset2 + self._n2):
                    energy += self.eval_pair_gradient(x, g, i, j)
        return energy

    def eval_pair_gradient(self, x, g, i, j):
        energy, gtmp = self.pair_gradient(x[3 * i : 3 * i + 3], x[3 * j : 3 * j + 3])
        for k in range(3):
            g[3 * i + k] += gtmp[k]
            g[3 * j + k] -= gtmp[k]
        return energy

    def pair_gradient(self, x1, x2):
        g = get_mindist(x1, x2)
        r2 = 0
        for i in range(3):
            r2 += g[i] * g[i]
        r6 = self._sigma**6 / (r2 * r2 * r2)
        r12 = r6 * r6
        for i in range(3):
            g[i] *= 4.0 * self._eps * (12.0 * r12 - 6.0 * r6) / r2 + self._q12 / r2
        return 4.0 * self._eps * (r12 - r6) + self._q12 / np.sqrt(r2), g


class PairInteractionRepaired(PairInteraction):
    def pair_gradient(self, x1, x2):
        g = get_mindist(x1, x2)
        r2 = 0
        for i in range(3):
            r2 += g[i] * g[i]
        r6 = self._sigma**6 / (r2 * r2 * r2)
        r12 = r6 * r6
        r = np.sqrt(r2)
        for i in range(3):
            g[i] *= 4.0 * self._eps * (12.0 * r12 - 6.0 * r6) / r2 + self._q12 / (r2 * r)
        return 4.0 * self._eps * (r12 - r6) + self._q12 / r, g


def gradient(x, X, interaction):
    g = np.zeros_like(x)
    energy = interaction(0, 2, 0, 2, *X[0]).CalcGradient(x, g)
    energy += interaction(2, 2, 2, 2, *X[1]).CalcGradient(x, g)
    energy += interaction(0, 2, 2, 2, *X[2]).CalcGradient(x, g)
    return energy, g


def cost(x, X, Y):
    return gradient(x, X, PairInteraction)[0]


def grad(x, X, Y):
    return gradient(x, X, PairInteraction)[1]


def repaired(x, X, Y):
    return gradient(x, X, PairInteractionRepaired)[1]
