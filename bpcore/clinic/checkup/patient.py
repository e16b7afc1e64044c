"""All that a checkup knows of one network, and what it has noticed so far."""

import math
from dataclasses import dataclass, field

import numpy as np

from ...network import Network
from .limits import AT_REST, UNFINISHED, WRECKED
from .report import Finding

WRECK = "theta is what a diverged training left behind; give theta=, the start of the training."


@dataclass
class Patient:
    """All that is known of one network, and what has been noticed so far."""

    net: Network
    X: np.ndarray
    Y: np.ndarray | None = None  # None where no targets could be made of what was given
    theta: np.ndarray | None = None
    trained: np.ndarray | None = None  # what the training ended with, where that is known
    costs: np.ndarray | None = None
    lr: float | None = None
    momentum: float = 0.0
    batch_size: int | None = None
    lam: float = 0.0
    accuracy: float | None = None
    constant: float = math.nan  # the cost of the best constant answer
    floor: float = 0.0  # no network gets below it where equal rows have different targets
    cost: float = math.nan  # at theta, without penalty
    trial: tuple = (math.inf, 0)  # the cost that the trial run from theta came to, and its epochs
    findings: list = field(default_factory=list)
    looked: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def find(self, severity, name, where, evidence, cure):
        self.findings.append(Finding(name, where, evidence, cure, severity))

    @property
    def unfinished(self):
        return self.cost >= UNFINISHED * self.constant

    @property
    def sorted_by_class(self):
        """Whether the rows of each class stand together, as in many files."""
        if self.Y is None or not np.isin(self.Y, (0, 1)).all():
            return False
        changes = int((np.diff(self.Y, axis=0) != 0).any(axis=1).sum())
        return 1 <= changes < len(np.unique(self.Y, axis=0))

    @property
    def learnt(self):
        """Whether the training got past all that can be said of its start."""
        return self.costs is not None and self.costs.size > 1 and self.costs[-1] < UNFINISHED * self.constant

    @property
    def linear(self):
        """Why the network computes no more than a linear function before its output, or nothing where it does."""
        if self.net.L == 1:
            return "it has no hidden layer"
        return "its hidden units are identity" * all(f.name == "identity" for f in self.net.activations[1:-1])

    @property
    def at_the_only_minimum(self):
        """Whether training ended where a convex cost has no slope: no column of X goes with the errors there."""
        net, theta = self.net, self.trained
        squared = self.output == "identity" and net.loss.name in ("mse", "half_squared")
        if theta is None or self.lam or net.L > 1 or not (net.loss.link or squared):
            return False
        errors = net.backward(theta, net.forward(theta, self.X), self.Y).delta[1]
        columns = self.X - self.X.mean(axis=0)
        columns = np.column_stack([np.ones(len(columns)), columns / np.maximum(columns.std(axis=0), 1e-300)])
        return bool((abs(columns.T @ errors / len(errors)) <= AT_REST * np.sqrt((errors**2).mean())).all())

    @property
    def begins_here(self):
        """Whether theta has the first of the costs: it is where the training began, and that cost is not rounded."""
        if self.theta is None or self.Y is None or self.costs is None or not self.costs.size:
            return False
        first, here = self.costs[0], self.net.cost(self.theta, self.X, self.Y, self.lam)
        return bool(abs(here - first) <= 1e-6 * abs(first))

    @property
    def wreck(self):
        """Whether theta is what a diverged training left behind: units and curvature there say nothing of the start."""
        ended_here = self.trained is not None and np.array_equal(self.trained, self.theta)
        if not ended_here or self.costs is None or self.costs.size < 2 or self.begins_here:
            return False
        return not self.costs[-1] <= WRECKED * np.fmax(self.costs[0], self.constant)  # NaN is one too

    @property
    def output(self):
        return self.net.activations[-1].name
