"""All that is known of one gradient while it is examined: the functions, the place, the derivative."""

from dataclasses import dataclass, field

import numpy as np

from .costs import CostFormula
from .explanations import DIGITS
from .scope import penalty_slopes


@dataclass
class Case:
    """All that is known of one gradient: the functions, the place, and then the gradient ``g`` and the truth ``t``."""

    cost: object
    grad: object
    theta: np.ndarray
    blocks: list
    facts: dict
    net: object = None
    X: np.ndarray = None
    Y: np.ndarray = None
    g: np.ndarray = None
    rounding: float = 0.0
    t: np.ndarray = None
    tolerance: np.ndarray = None
    judged: np.ndarray = None
    evidence: list = field(default_factory=list)
    places: np.ndarray = None  # other thetas
    formula: CostFormula | None = None
    likely: CostFormula | None = None  # what the cost computes where no other formula is found
    biases: tuple = ()  # of each layer, whether the cost depends on its biases
    shared: tuple = ()  # and whether one bias serves all its units
    progress: bool = False  # whether passes over all parameters show themselves

    def allowed(self, t):
        """How far from t a right gradient may be: nine digits of each block's largest entry, and rounding."""
        allowed = np.empty(t.size)
        for _, block in self.blocks:
            allowed[block] = DIGITS * abs(t[block]).max() + 1e-13 * abs(t).max() + self.rounding
        return allowed

    def near(self, t):
        return (abs(self.g - t) <= self.allowed(t)).all()

    def off(self, prediction, loose=1.0):
        """The entries that can be judged and are not as predicted."""
        scale = loose * max(1.0, abs(prediction).max() / (abs(self.t).max() or 1.0))  # of a multiple of the gradient
        return self.judged & ~(abs(self.g - prediction) <= scale * self.tolerance)

    def misfit(self, prediction):
        """The largest relative error of a block that weighs something beside the whole."""
        parts = [block[self.judged[block]] for _, block in self.blocks]
        floor = max(1e-6 * np.linalg.norm(self.g), 1e-300)
        return max(
            np.linalg.norm(self.g[i] - prediction[i])
            / max(np.linalg.norm(self.g[i]), np.linalg.norm(prediction[i]), floor)
            for i in parts
        )

    def where(self, part):
        """The names of the blocks that the entries lie in."""
        if len(self.blocks) == 1:
            inside = np.flatnonzero(part)
            if inside.size >= np.count_nonzero(self.t):
                return "everywhere"
            ends = dict.fromkeys((inside[0], inside[-1]))
            return " to ".join(f"theta[{end}]" for end in ends)
        touched = [name for name, block in self.blocks if part[block].any()]
        alive = [name for name, block in self.blocks if part[block].any() or self.t[block].any() or self.g[block].any()]
        return "everywhere" if touched == alive and len(touched) > 1 else ", ".join(touched)


def anywhere(case, at):
    """The gradient after the cost, at a place that need not suit them."""
    try:
        return np.array((case.cost(at.astype(float)), case.grad(at))[1], float)
    except Exception:
        return np.array([np.nan])


def gradient_of(case, formula, theta):
    """The gradient of a cost that follows this formula."""
    g = formula.scale * formula.net.grad(theta, case.X, case.Y)
    parts, params = formula.net.params(g), formula.net.params(theta.copy())
    others = penalty_slopes(params, formula.penalty)
    for l in range(1, formula.net.L + 1):
        parts.W[l][...] += formula.decay * params.W[l] + others[l]
        parts.b[l][...] += formula.decay_b * params.b[l]
        if not case.biases[l - 1]:
            parts.b[l][...] = 0
        if case.shared[l - 1]:
            parts.b[l][...] = parts.b[l].mean()
    return g
