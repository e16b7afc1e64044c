"""The weighted cost of a batch and its gradient, with samples that are dense or sparse, on bpcore's four equations."""

import numpy as np
from scipy.sparse import issparse
from scipy.special import expit

from .. import equations
from ..parameters import Params, Trace, with_ones

BLOCK = 1024  # rows of a sparse X that are dense at the same time, where a whole training set passes


def blocks(m, rows=BLOCK):
    """Slices of at most ``rows`` samples that cover m of them."""
    return [slice(start, min(start + rows, m)) for start in range(0, m, rows)]


@np.errstate(over="ignore")  # in e⁻ᶻ of the sigmoid
def outputs(net, p, X):
    """a^L of each row of X, dense or sparse, shape (m, n_L)."""
    made = np.empty((X.shape[0], net.sizes[-1]), p.theta.dtype)
    for rows in blocks(X.shape[0]):
        part = X[rows].toarray() if issparse(X) else X[rows]
        made[rows] = equations.forward(net, p, Trace(net.sizes, with_ones(part, p.theta.dtype))).a[-1]
    return made


class Samples:
    """X, Y and the weights of the samples, which are handed out in batches; ``weights`` None means 1 for each."""

    def __init__(self, net, X, Y, weights, dtype):
        self.sizes, self.dtype = net.sizes, dtype
        self.X = X if issparse(X) else with_ones(X, dtype)
        self.Y = np.asarray(Y, dtype)
        self.weights = None if weights is None else np.asarray(weights, dtype)
        self.traces = {}

    def __len__(self):
        return self.X.shape[0]

    def batch(self, rows):
        """Return (trace, Y, weights) of these rows, an index array or a slice; the next batch reuses the trace."""
        Y = self.Y[rows]
        ones_and_X = with_ones(self.X[rows].toarray(), self.dtype) if issparse(self.X) else self.X[rows]
        if len(Y) not in self.traces:
            self.traces[len(Y)] = Trace(self.sizes, ones_and_X).with_delta()
        t = self.traces[len(Y)]
        t.A[0], t.AT[0] = ones_and_X.T, ones_and_X
        return t, Y, None if self.weights is None else self.weights[rows]

    def total(self):
        """The sum of the weights of all samples."""
        return len(self) if self.weights is None else float(self.weights.sum())


class Objective:
    """C(θ) = (1/w) Σ_samples w_i loss_i + α/(2w) Σ_l ‖W^l‖², with w the sum of the weights w_i.

    Parameters
    ----------
    net : Network
    theta : ndarray, shape (P,)
        The parameters, which whoever trains changes in place.
    alpha : float
    """

    def __init__(self, net, theta, alpha):
        self.net, self.alpha = net, alpha
        self.p, self.g = Params(net.sizes, theta), Params(net.sizes, np.zeros_like(theta))

    def losses(self, t, Y, weights, clipped=False):
        """Σ w_i loss_i of the batch, whose forward pass this runs.

        A cross-entropy is ``clipped`` as in scikit-learn: probabilities keep a machine epsilon away from 0 and 1.
        """
        t = equations.forward(self.net, self.p, t)
        each = equations.losses(self.net, t.z[-1], t.a[-1], Y)
        if clipped and self.net.loss.link:
            # next to 1 a rounding of a sigmoid is one of its loss: it is scikit-learn's own
            a, eps = expit(t.z[-1]) if self.net.loss.link == "sigmoid" else t.a[-1], np.finfo(self.p.theta.dtype).eps
            each = self.net.loss.value(np.clip(a, eps, 1 - eps), Y)
        return float(each.sum() if weights is None else weights @ each)

    def penalty(self, total):
        """α/(2w) Σ_l ‖W^l‖², with w = ``total``."""
        return float(equations.penalty(self.p, self.alpha / total))

    def gradient(self, t, Y, weights, total, penalised=True):
        """∂C/∂θ, with w = ``total``, of a batch whose forward pass has run; the next call overwrites it.

        A sample's weight multiplies its loss, and so its row of every δ^l: the equations stay as they are.
        """
        equations.backward(self.net, self.p, t, Y)
        if weights is not None or len(Y) != total:
            # the mean over the batch is part of BP3 and BP4: its division by m becomes one by w
            scale = len(Y) / total * (1 if weights is None else weights)
            for D in t.D[1:]:
                D *= scale
        return equations.gradient(self.net, self.p, t, self.g, self.alpha / total if penalised else 0.0)

    def full(self, samples):
        """(C, ∂C/∂θ) over all samples, block by block."""
        total, cost, slope = samples.total(), 0.0, np.zeros_like(self.p.theta)
        for number, rows in enumerate(blocks(len(samples))):
            t, Y, weights = samples.batch(rows)
            cost += self.losses(t, Y, weights)
            slope += self.gradient(t, Y, weights, total, penalised=number == 0)
        return cost / total + self.penalty(total), slope
