"""What is said of a cost that is another than the network's, or that has no slope."""

import re
from dataclasses import dataclass, replace

import numpy as np

from ..checking import one_number
from . import no_slope
from .costs import PLACES, cost_formula, drawn
from .expressions import written_as
from .grammar import Formula

STAIRCASE, CONSTANT = no_slope.STAIRCASE, no_slope.CONSTANT


@dataclass(frozen=True)
class CostBeside(Formula):
    """The owner's cost beside that of the network, neither of which need be wrong; or ``alone``."""

    alone: bool = False

    def __str__(self):
        if self.alone:
            return f"your {self.quantity} = {self.computed}"
        return f"your {self.quantity} = {self.computed}; net.cost is {self.right}"


def look_at_the_cost(case):
    """Which formula the cost computes, at this theta and at others; a sentence where it is not net.cost."""
    net, lam, n = case.net, case.facts["lam"], case.facts["n"]
    case.biases = _with_biases(case)
    case.places = drawn(net, case.theta, case.X, PLACES, biases=case.biases, shared=case.shared)
    here = np.concatenate([case.theta[None], case.places])
    if case.formula is not None:
        return _sentence(case.formula, "") if case.formula.words else ""
    case.formula = cost_formula(case.cost, net, here[:PLACES], case.X, case.Y, lam, n) or case.likely
    if case.formula is None:
        return (
            "The cost is not net.cost, nor a multiple of it, nor one with another loss or activation that I know: "
            "is theta laid out as the network's?"
        )
    return _sentence(case.formula, f" with λ = {lam:g}") if case.formula.words else ""


def _sentence(formula, settings):
    """What a cost is that is another than the network's, in a sentence or two."""
    said = f"The cost is not net.cost{settings}: {', '.join(formula.words)}."
    if formula.text != formula.right:
        said += f" It is {formula.text}, and net.cost {formula.right}."
    return said


def without_a_network(found):
    """A diagnosis in which the cost is not held against that of a network, where the owner has named none."""
    text = re.sub(r"The cost is not net\.cost(?: with λ = [\d.e+-]+)?: ", "Your cost: ", found.explanation)
    text = re.sub(r" (It is [^,]+?(?:, [^n][^,]*?)*), and net\.cost .+?\.(?= [A-Z]|$)", r" \1.", text)
    text = text.replace("The gradient is that of net.cost.", "The gradient is that of the same network without that.")
    alone = (replace(one, alone=True) if isinstance(one, CostBeside) else one for one in found.formulas)
    return replace(found, explanation=text, formulas=tuple(alone), other_cost=False)


def _with_biases(case):
    """Of each layer, whether the cost depends on its biases at all: a program may have none."""
    here = float(one_number(case.cost, case.theta.copy()))

    def matter(l):
        moved = case.theta.copy()
        b = case.net.params(moved).b[l]
        b += 0.3 * np.cos(np.arange(b.size))  # a constant for all units would be lost in a softmax
        try:
            return float(one_number(case.cost, moved)) != here
        except Exception:  # which need not suit this place
            return True

    found = tuple(matter(l) for l in range(1, case.net.L + 1))
    asleep = [not case.net.params(case.theta.copy()).b[l].any() for l in range(1, case.net.L + 1)]
    return tuple(alive or not zero for alive, zero in zip(found, asleep))


def cost_beside(formula):
    """The cost's own formula beside the network's, where it is known and another: a tuple of one, or of none."""
    if formula is None or not formula.text or formula.text == formula.right:
        return ()
    return (CostBeside(0, "C", written_as(None, formula.text), written_as(None, formula.right), ""),)


def is_the_networks(case):
    """Whether what came is the network's own gradient, with the inputs as the cost has them or as they were given."""
    lam, n, formula = case.facts["lam"], case.facts["n"], case.formula
    inputs = [case.X] if formula is None or formula.X is None else [case.X, formula.X]
    return any(not case.off(case.net.grad(case.theta, X, case.Y, lam, n)).any() for X in inputs)


def is_a_staircase(case):
    """Whether the cost has several values along a direction, and is flat at each of many places on it."""
    return no_slope.is_a_staircase(lambda at: one_number(case.cost, at), case.theta)


def is_constant(case):
    """Whether the cost is the same to the last digit at several places, far from the parameters and near them."""
    return no_slope.is_constant(lambda at: one_number(case.cost, at), case.theta)
