"""A solver reads one triangle of a symmetric matrix, and its backward rule writes to both as if it read both."""

import numpy as np

SOURCE = "https://github.com/pymc-devs/pytensor/commit/679588f32"
THREAD = "pymc-devs/pytensor 679588f32"
DATE = "2026-02"
KIND = "gradient"
FORMULA = r"\partial C / \partial A = -g x^\top,\; g = S^{-1}\, \partial C / \partial x"
RIGHT = (
    r"\partial C / \partial A = \mathrm{tril}(G) + \mathrm{tril}_{-1}(G^\top),\; G = -g x^\top,\; "
    r"S = \mathrm{tril}(A) + \mathrm{tril}_{-1}(A)^\top,\; x = S^{-1} b"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = []
SIZE = 3
NET = None  # the solution of linear equations
BLOCKS = ["A[1]", "b[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    root = rng.standard_normal((SIZE, SIZE))
    return {"A": root @ root.T + 2 * np.eye(SIZE), "b": rng.standard_normal(SIZE)}


def data(rng):
    return rng.standard_normal((SAMPLES, SIZE)), rng.standard_normal(SAMPLES)


class Solve:
    def perform(self, a, b):
        """The lower triangle alone is read."""
        return np.linalg.solve(np.tril(a) + np.tril(a, -1).T, b)

    def L_op(self, inputs, outputs, output_gradients):
        A, b = inputs
        (c,) = outputs
        (c_bar,) = output_gradients
        b_bar = self.perform(A, c_bar)
        return [-np.outer(b_bar, c), b_bar]


class SolveRepaired(Solve):
    def L_op(self, inputs, outputs, output_gradients):
        res = super().L_op(inputs, outputs, output_gradients)
        A_bar = res[0]
        res[0] = np.tril(A_bar) + np.tril(A_bar.T, -1)
        return res


def cost(params, X, Y):
    x = Solve().perform(params["A"], params["b"])
    return 0.5 * np.mean((X @ x - Y) ** 2)


def through(op, params, X, Y):
    x = op.perform(params["A"], params["b"])
    x_bar = X.T @ (X @ x - Y) / len(Y)
    A_bar, b_bar = op.L_op([params["A"], params["b"]], [x], [x_bar])
    return {"A": A_bar, "b": b_bar}


def grad(params, X, Y):
    return through(Solve(), params, X, Y)


def repaired(params, X, Y):
    return through(SolveRepaired(), params, X, Y)
