"""A cloth's bending constraint is derived with the matrix of a cross product transposed, so that its sign is wrong."""

import numpy as np

SOURCE = "https://github.com/yuki-koyama/elasty/commit/2031b51"
THREAD = "yuki-koyama/elasty #19, 2031b51"
DATE = "2020-03"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial n / \partial a = \bigl( [b]_\times + n (n \times b)^T \bigr) / \lVert a \times b \rVert,\; "
    r"\partial n / \partial b = -\bigl( [a]_\times + n (n \times a)^T \bigr) / \lVert a \times b \rVert"
)
RIGHT = (
    r"\partial n / \partial a = \bigl( -[b]_\times + n (n \times b)^T \bigr) / \lVert a \times b \rVert,\; "
    r"\partial n / \partial b = -\bigl( -[a]_\times + n (n \times a)^T \bigr) / \lVert a \times b \rVert"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the angle between two triangles
BLOCKS = ["particles[1]"]
SAMPLES = 1
LAM = 0.0
DIHEDRAL_ANGLE = 1.1


def start(rng):
    """The four particles' positions."""
    particles = np.array([[0.0, 0.0, 0.0], [1.2, 0.1, 0.0], [0.3, 1.0, 0.2], [0.5, -0.8, 0.7]])
    return particles + rng.uniform(-0.1, 0.1, (4, 3))


def data(rng):
    return np.zeros((1, 1)), np.zeros((1, 1))


def norm(v):
    return np.sqrt(v @ v)


def convertVecToCrossOp(vec):
    mat = np.zeros((3, 3))
    mat[0, 1] = +vec[2]
    mat[0, 2] = -vec[1]
    mat[1, 0] = -vec[2]
    mat[1, 2] = +vec[0]
    mat[2, 0] = +vec[1]
    mat[2, 1] = -vec[0]
    return mat


def convertVecToCrossOpNew(vec):
    mat = np.zeros((3, 3))
    mat[0, 1] = -vec[2]
    mat[0, 2] = +vec[1]
    mat[1, 0] = +vec[2]
    mat[1, 2] = -vec[0]
    mat[2, 0] = -vec[1]
    mat[2, 1] = +vec[0]
    return mat


class BendingConstraint:
    crossOp = staticmethod(convertVecToCrossOp)

    def __init__(self, particles):
        self.particles = particles

    def calculateValue(self):
        x_0, x_1, x_2, x_3 = self.particles
        p_10 = x_1 - x_0
        p_20 = x_2 - x_0
        p_30 = x_3 - x_0
        n_0 = np.cross(p_10, p_20) / norm(np.cross(p_10, p_20))
        n_1 = np.cross(p_10, p_30) / norm(np.cross(p_10, p_30))
        current_dihedral_angle = np.arccos(n_0 @ n_1)
        return current_dihedral_angle - DIHEDRAL_ANGLE

    def calculateGrad(self):
        x_0, x_1, x_2, x_3 = self.particles
        # Assuming that p_0 = [ 0, 0, 0 ]^T without loss of generality
        p_1 = x_1 - x_0
        p_2 = x_2 - x_0
        p_3 = x_3 - x_0
        p_1_cross_p_2 = np.cross(p_1, p_2)
        p_1_cross_p_3 = np.cross(p_1, p_3)
        n_0 = p_1_cross_p_2 / norm(p_1_cross_p_2)
        n_1 = p_1_cross_p_3 / norm(p_1_cross_p_3)
        d = n_0 @ n_1
        # If the dihedral angle is sufficiently small, return zeros
        if 1.0 - d * d < 1e-12:
            return np.zeros((4, 3))
        common_coeff = -1.0 / np.sqrt(1.0 - d * d)

        def calc_grad_of_normalized_cross_prod_wrt_p_a(p_a, p_b, n):
            return +(1.0 / norm(np.cross(p_a, p_b))) * (-self.crossOp(p_b) + np.outer(n, np.cross(n, p_b)))

        def calc_grad_of_normalized_cross_prod_wrt_p_b(p_a, p_b, n):
            return -(1.0 / norm(np.cross(p_a, p_b))) * (-self.crossOp(p_a) + np.outer(n, np.cross(n, p_a)))

        partial_n_0_per_partial_p_1 = calc_grad_of_normalized_cross_prod_wrt_p_a(p_1, p_2, n_0)
        partial_n_1_per_partial_p_1 = calc_grad_of_normalized_cross_prod_wrt_p_a(p_1, p_3, n_1)
        partial_n_0_per_partial_p_2 = calc_grad_of_normalized_cross_prod_wrt_p_b(p_1, p_2, n_0)
        partial_n_1_per_partial_p_3 = calc_grad_of_normalized_cross_prod_wrt_p_b(p_1, p_3, n_1)

        grad_C_wrt_p_1 = common_coeff * (partial_n_0_per_partial_p_1.T @ n_1 + partial_n_1_per_partial_p_1.T @ n_0)
        grad_C_wrt_p_2 = common_coeff * (partial_n_0_per_partial_p_2.T @ n_1)
        grad_C_wrt_p_3 = common_coeff * (partial_n_1_per_partial_p_3.T @ n_0)
        grad_C_wrt_p_0 = -grad_C_wrt_p_1 - grad_C_wrt_p_2 - grad_C_wrt_p_3
        return np.array([grad_C_wrt_p_0, grad_C_wrt_p_1, grad_C_wrt_p_2, grad_C_wrt_p_3])


class BendingConstraintNew(BendingConstraint):
    crossOp = staticmethod(convertVecToCrossOpNew)


def cost(particles, X, Y):
    return BendingConstraint(particles).calculateValue()


def grad(particles, X, Y):
    return BendingConstraint(particles).calculateGrad()


def repaired(particles, X, Y):
    return BendingConstraintNew(particles).calculateGrad()
