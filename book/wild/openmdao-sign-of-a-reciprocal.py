"""The derivative of one over a modulus has lost its minus."""

import numpy as np

SOURCE = "https://github.com/OpenMDAO/OpenMDAO/pull/353"
THREAD = "OpenMDAO/OpenMDAO PR #353"
DATE = "2017-09"
KIND = "gradient"
FORMULA = r"\partial s / \partial b = \operatorname{sign}(b) / b^2 \text{ where } |b| \ge 2"
RIGHT = (
    r"\partial s / \partial b = -\operatorname{sign}(b) / b^2 \text{ where } |b| \ge 2,\; s = 1 / |b|,\; "
    r"r = (m a - b)\, s,\; \partial r / \partial b = (m a - b)\, \partial s / \partial b - s,\; "
    r"C = \tfrac12 \sum r^2"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
SIZE = 6
NET = None  # an equation that is to be balanced
BLOCKS = ["lhs[1]", "rhs[1]", "mult[1]"]
SAMPLES = 1
LAM = 0.0


def start(rng):
    """Right sides on both sides of two."""
    return {
        "lhs": rng.standard_normal(SIZE),
        "rhs": np.array([3.0, -2.6, 4.0, 1.2, -0.7, 0.4]) + rng.uniform(-0.3, 0.3, SIZE),
        "mult": rng.uniform(1, 2, SIZE),
    }


def data(rng):
    """There are none."""
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def scale_factors(rhs):
    idxs_nz = np.abs(rhs) < 2
    idxs_nnz = np.abs(rhs) >= 2
    scale_factor = np.ones_like(rhs)
    scale_factor[idxs_nnz] = 1.0 / np.sqrt(rhs[idxs_nnz] ** 2)
    scale_factor[idxs_nz] = 1.0 / (0.25 * rhs[idxs_nz] ** 2 + 1)
    return scale_factor, idxs_nz, idxs_nnz


def apply_nonlinear(inputs):
    scale_factor, _, _ = scale_factors(inputs["rhs"])
    return (inputs["mult"] * inputs["lhs"] - inputs["rhs"]) * scale_factor


def linearize(inputs):
    lhs, rhs, mult = inputs["lhs"], inputs["rhs"], inputs["mult"]
    scale_factor, idxs_nz, idxs_nnz = scale_factors(rhs)
    dscale_drhs = np.ones_like(rhs)
    dscale_drhs[idxs_nnz] = np.sign(rhs[idxs_nnz]) / rhs[idxs_nnz] ** 2
    dscale_drhs[idxs_nz] = -0.5 * rhs[idxs_nz] / (0.25 * rhs[idxs_nz] ** 2 + 1) ** 2
    jacobian = {}
    jacobian["rhs"] = (mult * lhs - rhs) * dscale_drhs - scale_factor
    jacobian["lhs"] = mult * scale_factor
    jacobian["mult"] = lhs * scale_factor
    return jacobian


def linearize_repaired(inputs):
    lhs, rhs, mult = inputs["lhs"], inputs["rhs"], inputs["mult"]
    scale_factor, idxs_nz, idxs_nnz = scale_factors(rhs)
    dscale_drhs = np.ones_like(rhs)
    dscale_drhs[idxs_nnz] = -np.sign(rhs[idxs_nnz]) / rhs[idxs_nnz] ** 2
    dscale_drhs[idxs_nz] = -0.5 * rhs[idxs_nz] / (0.25 * rhs[idxs_nz] ** 2 + 1) ** 2
    jacobian = {}
    jacobian["rhs"] = (mult * lhs - rhs) * dscale_drhs - scale_factor
    jacobian["lhs"] = mult * scale_factor
    jacobian["mult"] = lhs * scale_factor
    return jacobian


def cost(inputs, X, Y):
    return 0.5 * np.sum(apply_nonlinear(inputs) ** 2)


def grad(inputs, X, Y):
    residuals = apply_nonlinear(inputs)
    return {name: residuals * partial for name, partial in linearize(inputs).items()}


def repaired(inputs, X, Y):
    residuals = apply_nonlinear(inputs)
    return {name: residuals * partial for name, partial in linearize_repaired(inputs).items()}
