"""The backward rule of a squared Mahalanobis distance does not multiply by what comes down to it."""

import numpy as np

SOURCE = "https://github.com/JuliaGaussianProcesses/KernelFunctions.jl/commit/b920c196"
THREAD = "JuliaGaussianProcesses/KernelFunctions.jl b920c196"
DATE = "2020-08"
KIND = "gradient"
FORMULA = r"\partial C / \partial Q = \sum (a - b)(a - b)^\top,\; \partial C / \partial a = \sum_b (Q + Q^\top)(a - b)"
RIGHT = (
    r"\partial C / \partial Q = \sum \Delta\, (a - b)(a - b)^\top,\; "
    r"\partial C / \partial a = \sum_b \Delta\, (Q + Q^\top)(a - b),\; d = (a - b)^\top Q\, (a - b),\; "
    r"\Delta = \partial C / \partial d"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
DIM, CENTRES = 2, 3
NET = None  # a sum of kernels
BLOCKS = ["qmat[1]", "centres[1]", "weights[2]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    root = rng.standard_normal((DIM, DIM))
    return {
        "qmat": root @ root.T + 0.1 * rng.standard_normal((DIM, DIM)) + np.eye(DIM),
        "centres": rng.standard_normal((CENTRES, DIM)),
        "weights": rng.standard_normal(CENTRES),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, DIM)), rng.standard_normal(SAMPLES)


def evaluate(qmat, a, b):
    return (a - b) @ qmat @ (a - b)


def adjoint(qmat, a, b):
    def back(delta):
        B_Bt = qmat + qmat.T
        a_b = a - b
        da = B_Bt @ a_b
        return np.outer(a_b, a_b), da, -da

    return evaluate(qmat, a, b), back


def adjoint_repaired(qmat, a, b):
    def back(delta):
        B_Bt = qmat + qmat.T
        a_b = a - b
        da = (B_Bt @ a_b) * delta
        return np.outer(a_b, a_b) * delta, da, -da

    return evaluate(qmat, a, b), back


def cost(params, X, Y):
    """Half the squares between the values and a weighted sum of kernels."""
    total = 0.0
    for x, y in zip(X, Y):
        kappa = [np.exp(-0.5 * evaluate(params["qmat"], centre, x)) for centre in params["centres"]]
        total = total + 0.5 * (np.array(kappa) @ params["weights"] - y) ** 2
    return total


def pullback(params, X, Y, rule):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    for x, y in zip(X, Y):
        distances, backs = zip(*(rule(params["qmat"], centre, x) for centre in params["centres"]))
        kappa = np.exp(-0.5 * np.array(distances))
        error = kappa @ params["weights"] - y
        g["weights"] += error * kappa
        for j in range(CENTRES):
            delta = -0.5 * kappa[j] * error * params["weights"][j]
            dqmat, da, _ = backs[j](delta)
            g["qmat"] += dqmat
            g["centres"][j] += da
    return g


def grad(params, X, Y):
    return pullback(params, X, Y, adjoint)


def repaired(params, X, Y):
    return pullback(params, X, Y, adjoint_repaired)
