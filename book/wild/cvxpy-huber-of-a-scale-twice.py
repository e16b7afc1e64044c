"""The derivative of a perspective of Huber's function by its scale is twice what it should be."""

import numpy as np
import scipy.special

SOURCE = "https://github.com/cvxpy/cvxpy/pull/3395"
THREAD = "cvxpy/cvxpy PR #3395, de4ea5b34"
DATE = "2026-06"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial_t \textstyle\sum_i t\, h(x_i / t) = -2 \textstyle\sum_i \min(|x_i / t|, M)^2"
RIGHT = (
    r"\partial_t \textstyle\sum_i t\, h(x_i / t) = -\textstyle\sum_i \min(|x_i / t|, M)^2,\; "
    r"h(r) = r^2 \text{ or } 2 M |r| - M^2"
)
READ = "code"  # the regression around the atom is made up
LAYER = [1]
NAMES = []
NET = None  # a robust regression with its scale
BLOCKS = ["beta[1]", "t[1]"]
SAMPLES = 9
LAM = 0.0


def start(rng):
    return {"beta": rng.standard_normal(3), "t": rng.uniform(0.8, 1.4, 1)}


def data(rng):
    X = rng.standard_normal((SAMPLES, 3))
    return X, X @ rng.standard_normal(3) + 2 * rng.standard_normal(SAMPLES)


class HuberPerspectiveAtom:
    """The three-argument perspective Huber atom: t * huber(x/t, M)."""

    def __init__(self, M=1):
        self.M = M

    def numeric(self, values):
        x_val = values[0]
        t_val = values[1]
        if np.any(t_val <= 0):
            return np.full(np.broadcast(x_val, t_val).shape, np.inf)
        return t_val * 2 * scipy.special.huber(self.M, x_val / t_val)

    def _grad(self, values):
        x_val = np.asarray(values[0], dtype=float)
        t_val = float(values[1])
        if t_val <= 0:
            return [None, None]

        r = x_val / t_val
        M_val = float(self.M)
        clipped = np.sign(r) * np.minimum(np.abs(r), M_val)

        # gradient w.r.t. x: 2 * clipped (factor of 2 from CVXPY's huber convention)
        grad_x = 2 * clipped

        grad_t = self._grad_t(r, M_val)
        return [grad_x, np.atleast_1d(np.array(grad_t))]

    def _grad_t(self, r, M_val):
        return np.sum(-2 * np.minimum(np.abs(r), M_val) ** 2)


class HuberPerspectiveAtomLater(HuberPerspectiveAtom):
    """As mended; a sum takes the place of the column of a sparse matrix."""

    def _grad_t(self, r, M_val):
        grad_t_vals = -(np.minimum(np.abs(r), M_val) ** 2)
        return np.sum(grad_t_vals)


def cost(params, X, Y):
    """The sum of the atom's elements, and n t for the scale."""
    atom = HuberPerspectiveAtom(M=1)
    return np.sum(atom.numeric([X @ params["beta"] - Y, params["t"][0]])) + len(X) * params["t"][0]


def chain(atom, params, X, Y):
    grad_x, grad_t = atom._grad([X @ params["beta"] - Y, params["t"][0]])
    return {"beta": X.T @ grad_x, "t": grad_t + len(X)}


def grad(params, X, Y):
    return chain(HuberPerspectiveAtom(M=1), params, X, Y)


def repaired(params, X, Y):
    return chain(HuberPerspectiveAtomLater(M=1), params, X, Y)
