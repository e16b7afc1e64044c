"""The derivative of a grain surface's mobility has an outer product where a scalar one on the diagonal belongs."""

import numpy as np

SOURCE = "https://github.com/hpsint/hpsint/pull/362"
THREAD = "hpsint/hpsint PR #362, 8d55d594"
DATE = "2023-01"
KIND = "gradient"
GROUP = "blocks"
FORMULA = (
    r"\dfrac{\partial M \nabla \mu}{\partial \nabla c} = "
    r"-\dfrac{f}{\lVert \nabla c \rVert} (\nabla \mu\, n^T + n \nabla \mu^T) (I - n n^T)"
)
RIGHT = (
    r"\dfrac{\partial M \nabla \mu}{\partial \nabla c} = "
    r"-\dfrac{f}{\lVert \nabla c \rVert} ((n \cdot \nabla \mu) I + n \nabla \mu^T) (I - n n^T),\; "
    r"M = f\, (I - n n^T),\; n = \nabla c / \lVert \nabla c \rVert"
)
READ = "reconstruction"  # the mobility and its derivative are the author's, the weighted sum of fluxes is made up
LAYER = [1]
NAMES = []
NET = None  # a phase field of sintering grains
BLOCKS = ["c_grad[1]"]
SAMPLES = 5
LAM = 0.0
DIM, MSURF = 3, 4.0


def start(rng):
    """The gradient of the concentration at each quadrature point."""
    return rng.standard_normal((SAMPLES, DIM))


def data(rng):
    """The concentration and the gradient of the potential at each point, and that of a test function."""
    c = rng.uniform(0.3, 0.7, SAMPLES)
    return np.column_stack([c, rng.standard_normal((SAMPLES, DIM))]), rng.standard_normal((SAMPLES, DIM))


def norm(vec):
    return np.sqrt(np.sum(vec * vec))


def diagonal_matrix(fac):
    return fac * np.eye(DIM)


def unit_vector(vec):
    nrm = norm(vec)
    zero_tol = 1e-4
    filter = 1.0 if nrm.real > zero_tol else 0.0
    nrm = 1.0 if nrm.real < zero_tol else nrm
    n = vec / nrm
    return n * filter


def projector_matrix(vec, fac=1.0):
    tensor = diagonal_matrix(1.0) - np.outer(vec, vec)
    return tensor * fac


class MobilityTensorial:
    def __init__(self, Msurf):
        self.Msurf = Msurf

    def M_surf(self, c, c_grad):
        # Surface anisotropic part
        fsurf = self.Msurf * (c * c) * (1.0 - c) * (1.0 - c)
        nc = unit_vector(c_grad)
        M = projector_matrix(nc, fsurf)

        return M

    def dM_dgrad_c(self, c, c_grad, mu_grad):
        fsurf = self.Msurf * (c * c) * ((1.0 - c) * (1.0 - c))
        nrm = norm(c_grad)

        fsurf = 0.0 if fsurf < 1e-6 else fsurf
        nrm = 1.0 if nrm < 1e-4 else nrm

        nc = unit_vector(c_grad)
        M = projector_matrix(nc, 1.0 / nrm)

        T = self.T(nc, mu_grad)
        T *= -fsurf

        return T @ M

    def T(self, nc, mu_grad):
        return np.outer(mu_grad, nc) + np.outer(nc, mu_grad)


class Later(MobilityTensorial):
    def T(self, nc, mu_grad):
        return diagonal_matrix(nc @ mu_grad) + np.outer(nc, mu_grad)


def cost(params, X, Y):
    """The fluxes times the test function's gradients."""
    mobility = MobilityTensorial(MSURF)
    total = 0.0
    for c_grad, (c, *mu_grad), test in zip(params, X, Y):
        total = total + test @ (mobility.M_surf(c, c_grad) @ np.array(mu_grad))
    return total


def gradients(params, X, Y, mobility):
    rows = []
    for c_grad, (c, *mu_grad), test in zip(params, X, Y):
        rows.append(test @ mobility.dM_dgrad_c(c, c_grad, np.array(mu_grad)))
    return np.array(rows)


def grad(params, X, Y):
    return gradients(params, X, Y, MobilityTensorial(MSURF))


def repaired(params, X, Y):
    return gradients(params, X, Y, Later(MSURF))
