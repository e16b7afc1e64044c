"""All that a checkup knows of one network, and what it has noticed so far."""

import math
from dataclasses import dataclass, field

import numpy as np

from ...network import Network
from .limits import UNFINISHED
from .report import Finding


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
    cost: float = math.nan  # at theta, without penalty
    findings: list = field(default_factory=list)
    looked: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def find(self, severity, name, where, evidence, cure):
        self.findings.append(Finding(name, where, evidence, cure, severity))

    @property
    def unfinished(self):
        return self.cost >= UNFINISHED * self.constant

    @property
    def output(self):
        return self.net.activations[-1].name
