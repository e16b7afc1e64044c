"""One explanation of a layer's dW or db, and what has been found from the output down to a layer."""

from dataclasses import dataclass, field

import numpy as np

from .expressions import Expression

UNEXPLAINED = {"W": 8.0, "b": 6.0}  # the price of a block for which nothing is found


@dataclass
class Block:
    """One explanation of dW or db of a layer."""

    exchanges: tuple
    price: float
    delta: Expression | None  # None: it is not made of a delta
    value: np.ndarray | None
    head: Expression | None
    factor: float
    formula: Expression
    rate: float | None = None
    written_out: Expression | None = None  # the formula with its delta written out
    of_delta: tuple = ()  # those of the exchanges that are in the delta


@dataclass
class State:
    """What has been found from the output down to some layer."""

    deltas: dict = field(default_factory=dict)  # of the program
    right: dict = field(default_factory=dict)  # as they should be, given the deltas above
    heads: dict = field(default_factory=dict)  # what came down, before the slope
    in_db: dict = field(default_factory=dict)  # the delta of db where it is another
    used: set = field(default_factory=set)
    factors: dict = field(default_factory=dict)
    readings: dict = field(default_factory=dict)
    price: float = 0.0
    last: float = 0.0
    open: list = field(default_factory=list)

    def followed(self, **changes):
        return State(**{**self.__dict__, **changes})
