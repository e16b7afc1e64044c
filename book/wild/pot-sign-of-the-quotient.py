"""A distance between two graphs, of Kullback and Leibler's kind, loses the minus of a quotient's derivative."""

import numpy as np

SOURCE = "https://github.com/PythonOT/POT/commit/e559ac96"
THREAD = "PythonOT/POT e559ac96"
DATE = "2024-03"
KIND = "gradient"
FORMULA = r"\partial D / \partial C_2 = T^\top C_1 T / C_2 + q q^\top"
RIGHT = (
    r"\partial D / \partial C_2 = -T^\top C_1 T / C_2 + q q^\top,\; D = \textstyle\sum_{ijkl} "
    r"\ell(C_{1,ik}, C_{2,jl})\, T_{ij} T_{kl},\; \ell(a, b) = a \log (a / b) - a + b"
)
READ = "code"
GROUP = "blocks"
LAYER = [2]
NAMES = []
N = 4
NET = None  # a transport between graphs
BLOCKS = ["C1[1]", "C2[2]"]
SAMPLES = N
LAM = 0.0


def start(rng):
    return {"C1": 0.5 + rng.random((N, N)), "C2": 0.5 + rng.random((N, N))}


def data(rng):
    """The plan, which the derivative takes for a constant, and its two margins."""
    T = rng.random((N, N))
    T /= T.sum()
    return T, np.stack([T.sum(1), T.sum(0)])


def init_matrix(C1, C2, p, q):
    def f1(a):
        return a * np.log(a) - a

    constC1 = (f1(C1) @ p[:, None]) @ np.ones((1, len(q)))
    constC2 = np.ones((len(p), 1)) @ (q[None] @ C2.T)
    return constC1 + constC2, C1, np.log(C2)


def cost(params, T, Y):
    constC, hC1, hC2 = init_matrix(params["C1"], params["C2"], *Y)
    return np.sum((constC - hC1 @ T @ hC2.T) * T)


def gromov_wasserstein2(params, T, Y, sign):
    """The tiny number that the author adds is left out."""
    C1, C2, (p, q) = params["C1"], params["C2"], Y
    gC1 = np.log(C1) * np.outer(p, p) - np.dot(T, np.dot(np.log(C2), T.T))
    gC2 = sign * np.dot(T.T, np.dot(C1, T)) / C2 + np.outer(q, q)
    return {"C1": gC1, "C2": gC2}


def grad(params, T, Y):
    return gromov_wasserstein2(params, T, Y, 1)


def repaired(params, T, Y):
    return gromov_wasserstein2(params, T, Y, -1)
