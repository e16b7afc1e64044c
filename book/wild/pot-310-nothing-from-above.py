"""A value that is given its gradients beforehand sends them down without what comes from above."""

import numpy as np
from scipy.optimize import linear_sum_assignment

SOURCE = "https://github.com/PythonOT/POT/pull/310"
THREAD = "PythonOT/POT #310"
DATE = "2021-11"
KIND = "gradient"
FORMULA = r"\partial C / \partial M_k = T_k"
RIGHT = r"\partial C / \partial M_k = \frac{\partial C}{\partial D_k}\, T_k,\; D_k = \min_T \textstyle\sum T \circ M_k"
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}, {"mean-missing"}, {"from-above-missing"}]
BATCH, N = 3, 4
NET = None  # a mean of optimal transports
BLOCKS = ["xs[1]"]
SAMPLES = N
LAM = 0.0


def start(rng):
    return rng.standard_normal((BATCH, N, 2))


def data(rng):
    """The points to go to."""
    return rng.standard_normal((N, 2)), np.ones(N) / N


def dist(xs, xt):
    return np.sum((xs[:, None] - xt[None]) ** 2, axis=2)


def emd(M):
    """All points weigh the same, so that the plan is an assignment."""
    T = np.zeros(M.shape)
    T[linear_sum_assignment(M.real)] = 1 / len(M)
    return T


class ValFunction:
    """A value with gradients that are known when it is made."""

    def __init__(self, right):
        self.right = right

    def forward(self, val, *grads):
        self.grads = grads
        return val

    def backward(self, grad_output):
        if self.right:
            return tuple(g * grad_output for g in self.grads)
        return self.grads


def cost(params, X, Y):
    total = 0
    for xs in params:
        M = dist(xs, X)
        total += np.sum(emd(M) * M)
    return total / BATCH


def backward(params, X, right):
    out = np.zeros(params.shape)
    for k, xs in enumerate(params):
        M = dist(xs, X)
        val = ValFunction(right)
        T = emd(M)
        val.forward(np.sum(T * M), T)
        (gM,) = val.backward(1 / BATCH)
        out[k] = np.sum(gM[:, :, None] * 2 * (xs[:, None] - X[None]), axis=1)
    return out


def grad(params, X, Y):
    return backward(params, X, right=False)


def repaired(params, X, Y):
    return backward(params, X, right=True)
