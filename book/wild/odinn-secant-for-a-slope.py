"""The slope of a speed by its components is taken as a secant from the measured velocity to the predicted one."""

import numpy as np

SOURCE = "https://github.com/ODINN-SciML/ODINN.jl/pull/527"
THREAD = "ODINN-SciML/ODINN.jl PR #527"
DATE = "2026-08"
KIND = "gradient"
FORMULA = r"\partial L / \partial V_x = \frac{\partial L}{\partial V}\, \frac{V_x - V_x^{ref}}{V - V^{ref}}"
RIGHT = r"\partial L / \partial V_x = \frac{\partial L}{\partial V}\, \frac{V_x}{V},\; V = \sqrt{V_x^2 + V_y^2}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # the flow of ice down a slope
BLOCKS = ["H[1]", "S[1]"]
SAMPLES = 7
LAM = 0.0
GAMMA = 0.8


def start(rng):
    """Thicknesses of the ice, and the two components of the slope of its surface."""
    return {"H": rng.uniform(0.8, 1.4, SAMPLES), "S": rng.standard_normal((SAMPLES, 2))}


def data(rng):
    """The velocities measured."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 2))


def V_from_H(H, S):
    """Velocities at the surface of shallow ice, with Glen's exponent 3."""
    D = GAMMA * H**4 * (S[:, 0] ** 2 + S[:, 1] ** 2)
    Vx, Vy = -D * S[:, 0], -D * S[:, 1]
    return Vx, Vy, np.sqrt(Vx**2 + Vy**2)


def VJP_surface_V(lx, ly, H, S):
    N = S[:, 0] ** 2 + S[:, 1] ** 2
    D = GAMMA * H**4 * N
    lD = -lx * S[:, 0] - ly * S[:, 1]
    dH = lD * 4 * D / H
    dS = np.column_stack([-lx * D, -ly * D]) + (lD * GAMMA * H**4 * 2)[:, None] * S
    return {"H": dH, "S": dS}


class L2Sum:
    def loss(self, a, b, normalization):
        return np.sum((a - b) ** 2) / normalization

    def backward_loss(self, a, b, normalization):
        return 2.0 * (a - b) / normalization


class LossV:
    def __init__(self, scale_loss=True):
        self.simple = L2Sum()
        self.scale_loss = scale_loss

    def reference(self, Y):
        Vx_ref, Vy_ref = Y[:, 0], Y[:, 1]
        return Vx_ref, Vy_ref, np.sqrt(Vx_ref**2 + Vy_ref**2)

    def loss(self, H, S, Y, normalization):
        Vx_ref, Vy_ref, V_ref = self.reference(Y)
        Vx_pred, Vy_pred, V_pred = V_from_H(H, S)
        l = self.simple.loss(V_pred, V_ref, normalization)
        if self.scale_loss:
            return l / np.mean(Vx_ref**2 + Vy_ref**2) ** 0.5
        return l

    def backward_loss(self, H, S, Y, normalization, right):
        Vx_ref, Vy_ref, V_ref = self.reference(Y)
        Vx_pred, Vy_pred, V_pred = V_from_H(H, S)
        dldV = self.simple.backward_loss(V_pred, V_ref, normalization)
        if right:
            dldVx = dldV * Vx_pred / V_pred
            dldVy = dldV * Vy_pred / V_pred
        else:
            dldVx = dldV * (Vx_pred - Vx_ref) / (V_pred - V_ref)
            dldVy = dldV * (Vy_pred - Vy_ref) / (V_pred - V_ref)
        if self.scale_loss:
            dldVx = dldVx / np.mean(Vx_ref**2 + Vy_ref**2) ** 0.5
            dldVy = dldVy / np.mean(Vx_ref**2 + Vy_ref**2) ** 0.5
        return VJP_surface_V(dldVx, dldVy, H, S)


def cost(params, X, Y):
    return LossV().loss(params["H"], params["S"], Y, len(Y))


def grad(params, X, Y):
    return LossV().backward_loss(params["H"], params["S"], Y, len(Y), False)


def repaired(params, X, Y):
    return LossV().backward_loss(params["H"], params["S"], Y, len(Y), True)
