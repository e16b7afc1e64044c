"""Both Jacobians of an edge between points go into the first one's place, so that the second point gets none."""

import numpy as np

SOURCE = "https://github.com/RainerKuemmerle/g2o/commit/0878c2967b"
THREAD = "RainerKuemmerle/g2o 0878c296"
DATE = "2012-12"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"e = p_j - z - p_i,\; \partial e / \partial p_i = I,\; \partial e / \partial p_j = 0"
RIGHT = r"e = p_j - z - p_i,\; \partial e / \partial p_i = -I,\; \partial e / \partial p_j = I"
READ = "reconstruction"  # the Jacobian that is never set: zeros here, and whatever stood in the memory there
LAYER = [1]
NAMES = []
NET = None  # a graph of points in the plane
BLOCKS = ["vertices[1]"]
SAMPLES = 6
LAM = 0.0
EDGES = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (1, 3)]


def start(rng):
    """The estimates of five points."""
    return rng.standard_normal((5, 2))


def data(rng):
    """The two points of each edge and the measurement; the information's upper triangle."""
    X = np.column_stack([EDGES, rng.standard_normal((SAMPLES, 2))])
    return X, np.column_stack([rng.uniform(1, 2, SAMPLES), rng.uniform(-0.4, 0.4, SAMPLES), rng.uniform(1, 2, SAMPLES)])


class EdgePointXY:
    def __init__(self, vertices, row, information):
        self._vertices = vertices
        self._ids = [int(row[0]), int(row[1])]
        self._measurement = row[2:]
        self._information = np.array([[information[0], information[1]], [information[1], information[2]]])
        self._jacobianOplusXi = np.zeros((2, 2))
        self._jacobianOplusXj = np.zeros((2, 2))

    def computeError(self):
        v1 = self._vertices[self._ids[0]]
        v2 = self._vertices[self._ids[1]]
        self._error = (v2 - self._measurement) - v1

    def linearizeOplus(self):
        self._jacobianOplusXi = -np.eye(2)
        self._jacobianOplusXi = np.eye(2)

    def chi2(self):
        return self._error @ self._information @ self._error

    def constructQuadraticForm(self, b):
        omega_r = self._information @ self._error
        b[self._ids[0]] += self._jacobianOplusXi.T @ omega_r
        b[self._ids[1]] += self._jacobianOplusXj.T @ omega_r


class EdgePointXYNew(EdgePointXY):
    def linearizeOplus(self):
        self._jacobianOplusXi = -np.eye(2)
        self._jacobianOplusXj = np.eye(2)


def cost(vertices, X, Y):
    """Half of the sum of chi2."""
    chi2 = 0.0
    for row, information in zip(X, Y, strict=True):
        edge = EdgePointXY(vertices, row, information)
        edge.computeError()
        chi2 = chi2 + edge.chi2()
    return 0.5 * chi2


def buildSystem(kind, vertices, X, Y):
    b = np.zeros_like(vertices)
    for row, information in zip(X, Y, strict=True):
        edge = kind(vertices, row, information)
        edge.computeError()
        edge.linearizeOplus()
        edge.constructQuadraticForm(b)
    return b


def grad(vertices, X, Y):
    return buildSystem(EdgePointXY, vertices, X, Y)


def repaired(vertices, X, Y):
    return buildSystem(EdgePointXYNew, vertices, X, Y)
