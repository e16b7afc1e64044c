"""The backward rule of an inverse multiplies entry by entry where matrices are multiplied."""

import numpy as np

SOURCE = "https://github.com/owlbarn/owl/commit/696b2dc16"
THREAD = "owlbarn/owl 696b2dc16"
DATE = "2019-01"
KIND = "gradient"
FORMULA = r"\bar A = -B^\top \circ \bar B \circ B^\top"
RIGHT = r"\bar A = -B^\top \bar B B^\top,\; B = A^{-1}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"dot-not-elementwise"}]
N = 3
NET = None  # an inverse
BLOCKS = ["a[1]"]
SAMPLES = N
LAM = 0.0


def start(rng):
    return rng.standard_normal((N, N)) + 3 * np.eye(N)


def data(rng):
    """Vectors, and what the inverse should make of them."""
    return rng.standard_normal((N, N)), rng.standard_normal((N, N))


def cost(a, X, Y):
    return 0.5 * np.sum((np.linalg.inv(a) @ X - Y) ** 2)


class Inv_D:
    def __init__(self, a, times):
        self.times = times
        self.ap = np.linalg.inv(a)

    def push(self, aa):
        dpt = self.ap.T
        return self.times(self.times(-dpt, aa), dpt)


def reverse(a, X, Y, times):
    node = Inv_D(a, times)
    return node.push((node.ap @ X - Y) @ X.T)


def grad(a, X, Y):
    return reverse(a, X, Y, np.multiply)


def repaired(a, X, Y):
    return reverse(a, X, Y, np.matmul)
