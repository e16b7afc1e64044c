"""What a backward pass has in scope at several thetas at once: the arrays that its formulas are made of."""

import numpy as np

from . import expressions as x
from .expressions import COLUMN, MATRIX, minus, slope_at, symbol

PENALTIES = {  # on the weights: their derivative up to a factor, and how it is written; {0} is W
    "Σ W²/2": (lambda W, every: W, "{0}"),
    "Σ |W|": (lambda W, every: np.sign(W), "sign({0})"),
    "‖W‖ of each layer": (lambda W, every: W / np.linalg.norm(W), "{0} / ‖{0}‖"),
    "‖W‖ of all layers": (lambda W, every: W / np.sqrt(sum((V * V).sum() for V in every)), "{0} / ‖W‖"),
}


def penalty_slopes(p, penalty):
    """The derivative of a penalty {name: factor} with respect to each W^l of ``p``, as a list indexed by layers."""
    return [None] + [sum(c * PENALTIES[name][0](W, p.W[1:]) for name, c in penalty.items()) for W in p.W[1:]]


def by_place(f, *arrays):
    """``f`` works on one sample a row at one theta; the arrays here have one sample a column, and a place in front."""
    with np.errstate(all="ignore"):
        return np.stack([np.asarray(f(*(x.T for x in one)), float).T for one in zip(*arrays)])


class Scope:
    """The network at several thetas, with the gradients that came.

    All lists are indexed by layers as in the book, and hold an ``Expression`` each. Arrays have the place first:
    ``z[l]`` and ``a[l]`` are (places, n_l, m), ``W[l]`` and ``dW[l]`` (places, n_l, n_{l-1}),
    ``b[l]`` and ``db[l]`` (places, n_l).

    Parameters
    ----------
    net : Network
    thetas, gradients : ndarray, shape (places, P)
        In the book's layout, a row each.
    X, Y : ndarray
        One sample a row.
    scale, decay, decay_b : float
        The cost is ``scale`` times the mean loss, plus decay/2 ‖W‖² and decay_b/2 ‖b‖².
    biases : bool or sequence of bool
        Which layers have biases, from the first on: in the others b = 0, and db is not asked.
    tolerance : float
        How exactly a formula has to predict a block.
    measured : dict, optional
        Layer → a ``probing.Slope`` that the program was seen to use there.
    penalty : dict, optional
        Other penalties on the weights: a key of ``PENALTIES`` → its factor.
    shared : bool or sequence of bool
        In which layers one bias serves all units: there db is one number, (places, 1), the sum of its entries.
    rare : bool
        Whether what is rarely written is looked for too.
    """

    def __init__(
        self,
        net,
        thetas,
        X,
        Y,
        gradients,
        scale=1.0,
        decay=0.0,
        decay_b=0.0,
        biases=True,
        tolerance=1e-9,
        measured=None,
        shared=False,
        penalty=None,
        rare=False,
    ):
        self.net, self.L, self.sizes, self.m, self.K = net, net.L, net.sizes, len(X), net.sizes[-1]
        self.places, self.decay, self.decay_b, self.biases, self.tolerance = (
            len(thetas),
            decay,
            decay_b,
            [None, *np.broadcast_to(biases, net.L).tolist()],
            tolerance,
        )
        self.unit, self.measured, self.rare = scale / self.m, measured or {}, rare
        self.size = np.linalg.norm(np.array(gradients, float), axis=1)
        traces = [net.forward(theta, X) for theta in thetas]
        params, grads = [net.params(np.array(v)) for v in thetas], [net.params(np.array(g, float)) for g in gradients]

        def stacked(name, arrays, l, kind):
            return symbol(name, np.stack(arrays), l, kind)

        layers = range(1, net.L + 1)
        self.W = [None] + [stacked("W", [p.W[l] for p in params], l, MATRIX) for l in layers]
        self.b = [None] + [stacked("b", [p.b[l] for p in params], l, COLUMN) for l in layers]
        self.dW = [None] + [stacked("dW", [g.W[l] for g in grads], l, MATRIX) for l in layers]
        self.db = [None] + [stacked("db", [g.b[l] for g in grads], l, COLUMN) for l in layers]
        self.shared = [None, *np.broadcast_to(shared, net.L).tolist()]
        for l in layers:
            if self.shared[l]:
                self.db[l].value, self.b[l].value = self.db[l].value.sum(1, keepdims=True), self.b[l].value[:, :1]
        self.of_penalty(params, penalty or {})
        self.z = [None] + [symbol("z", np.stack([t.z[l].T for t in traces]), l) for l in layers]
        self.a = [symbol("a", np.stack([t.a[l].T for t in traces]), l) for l in range(net.L + 1)]
        self.y = symbol("y", np.repeat(np.asarray(Y, float).T[None], self.places, 0), numpy="Y")
        self.e = minus(self.a[-1], self.y)
        self.f = net.activations
        self.slope = [None] + [
            slope_at(f, z, by_place(f.df, z.value, a.value)) if f.df else None
            for f, z, a in zip(net.activations[1:], self.z[1:], self.a[1:])
        ]
        with np.errstate(all="ignore"):
            self.loss_slope = by_place(net.loss.slope, self.a[-1].value, self.y.value)

    def of_penalty(self, params, penalty):
        """Set ``P[l]``, which times ``decay`` is the penalty's derivative: W^l itself where that is its square."""
        self.P, self.decay_text = list(self.W), "(λ/n)"
        if not penalty:
            return
        whole = {"Σ W²/2": self.decay, **penalty} if self.decay else penalty
        self.decay = next(iter(whole.values()))
        slopes, self.decay_text = [penalty_slopes(p, whole) for p in params], f"{self.decay:.4g}"
        for l in range(1, self.L + 1):
            texts = [
                PENALTIES[name][1].format(self.W[l])
                if c == self.decay
                else f"{c / self.decay:.4g} {PENALTIES[name][1].format(self.W[l])}"
                for name, c in whole.items()
            ]
            text = " + ".join(texts)
            self.P[l] = x.written_as(
                np.stack([p[l] for p in slopes]) / self.decay, f"({text})" if len(texts) > 1 else text, kind=MATRIX
            )

    def penalty(self, l):
        """The derivative of the penalty with respect to W^l at all places."""
        return self.decay * self.P[l].value

    def sloped(self, l):
        """Whether the layer has a slope that is not 1."""
        return self.f[l].name != "identity"

    def delta(self, l, value):
        return symbol("δ", value, l, latex=r"\delta", numpy="delta")

    def pulled(self, l, g):
        """``g`` through the activation of layer l, backwards."""
        if self.slope[l] is not None:
            return g * self.slope[l].value
        return by_place(self.f[l].vjp, self.z[l].value, self.a[l].value, g)

    def right_output_delta(self):
        return self.e.value if self.net.loss.link else self.pulled(self.L, self.loss_slope)
