"""The energy that smooths a mesh's vertex has a two in its gradient where the number of the vertex's cells belongs."""

import numpy as np

SOURCE = "https://github.com/wildmeshing/wildmeshing-toolkit/pull/993"
THREAD = "wildmeshing/wildmeshing-toolkit PR #993"
DATE = "2026-08"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\nabla E(x) = 2 x - \textstyle\sum_{c=1}^n y_c"
RIGHT = r"\nabla E(x) = n x - \textstyle\sum_{c=1}^n y_c,\; E(x) = \tfrac12 \sum_{c=1}^n \lVert x - y_c \rVert^2"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the vertices of a mesh
BLOCKS = ["x[1]"]
SAMPLES = 12
LAM = 0.0


def start(rng):
    """The places of three vertices."""
    return rng.standard_normal((3, 2))


def data(rng):
    """For each cell its vertex and the neighbour that it adds: three, four and five of them."""
    whose = np.repeat([0, 1, 2], [3, 4, 5])
    return whose[:, None].astype(float), rng.standard_normal((SAMPLES, 2))


class DirichletEnergy2D:
    def __init__(self, cells):
        self.m_cells = cells

    def value(self, x):
        res = 0
        for c in self.m_cells:
            y = c[2:4]
            res += (x - y) @ (x - y)
        res *= 0.5
        return res

    def gradient(self, x):
        tmp = self.start(x)
        for c in self.m_cells:
            y = c[2:4]
            tmp = tmp - y
        return tmp

    def start(self, x):
        return 2 * x


class Later(DirichletEnergy2D):
    def start(self, x):
        return len(self.m_cells) * x


def energies(params, X, Y, energy):
    """One energy for each vertex; the first two numbers of a cell are its vertex where it was at first."""
    cells = np.column_stack([np.zeros((len(Y), 2)), Y])
    return [energy(cells[X[:, 0] == vertex]) for vertex in range(len(params))]


def cost(params, X, Y):
    total = 0.0
    for x, energy in zip(params, energies(params, X, Y, DirichletEnergy2D)):
        total = total + energy.value(x)
    return total


def gradients(params, X, Y, energy):
    return np.array([e.gradient(x) for x, e in zip(params, energies(params, X, Y, energy))])


def grad(params, X, Y):
    return gradients(params, X, Y, DirichletEnergy2D)


def repaired(params, X, Y):
    return gradients(params, X, Y, Later)
