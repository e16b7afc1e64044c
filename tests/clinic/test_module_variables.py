"""Functions that read a variable of the module in the place of what they are given, and costs that never change."""

import numpy as np
import pytest
import support

from bpcore import check_gradient, diagnose

PROGRAM = """
import numpy as np

rng = np.random.default_rng(0)
X, Y, w, v = rng.standard_normal((6, 3)), rng.standard_normal(6), rng.standard_normal(3), rng.standard_normal(3)


def hidden(a):
    return np.tanh(X * a)


def cost(p):
    a, b = p
    return 0.5 * float(np.sum((hidden(a) @ b - Y) ** 2))


def grad(p):
    a, b = p
    h = hidden(a)
    e = h @ b - Y
    down = e[:, None] * b
    of_a = np.sum(down * (1 - h**2) * X, axis=0)
    return [of_a, h.T @ e]


def nothing(p):
    e = hidden(p[0]) @ p[1] - Y
    return float(np.sum(e - e))
"""
IN_THE_GRADIENT = {  # what is written, and what is meant
    "all of it": ("a, b = (w, v)\n    h =", "a, b = p\n    h ="),
    "the weights above": ("down = e[:, None] * v", "down = e[:, None] * b"),
    "what goes in": ("h = hidden(w)", "h = hidden(a)"),
}


def asked(tmp_path, written="", meant=""):
    assert meant == "" or PROGRAM.count(meant) == 1
    own = support.program(tmp_path, PROGRAM.replace(meant, written) if meant else PROGRAM)
    return diagnose(own.cost, own.grad, [own.w, own.v]), own


def test_the_program_is_right_without_a_slip(tmp_path):
    found, _ = asked(tmp_path)
    assert not found.names and found.sure == "certain"


@pytest.mark.long
@pytest.mark.parametrize("name", IN_THE_GRADIENT)
def test_a_gradient_that_reads_the_module_is_told_though_it_is_right_there(name, tmp_path):
    written, meant = IN_THE_GRADIENT[name]
    found, own = asked(tmp_path, written, meant)
    assert check_gradient(own.cost, own.grad, [own.w, own.v], method="central").passed
    assert found.evidence[0].startswith("At the parameters that were given the gradient is right")
    (line,) = found.lines
    assert (line.computed, line.right) == (written.split("\n")[0], meant.split("\n")[0])


def test_a_cost_that_reads_the_module_is_told_with_its_line(tmp_path):
    found, _ = asked(tmp_path, "a, b = w, v\n    return", "a, b = p\n    return")
    assert found.names == ("another-cost",) and "variable of the module" in found.explanation
    assert [line.right for line in found.lines] == ["a, b = p"]


@pytest.mark.long
def test_a_cost_whose_terms_cancel_is_told(tmp_path):
    own = support.program(tmp_path, PROGRAM)
    found = diagnose(own.nothing, own.grad, [own.w, own.v])
    assert found.names == ("another-cost",) and "same number at every place" in found.explanation


def test_a_cost_that_is_flat_at_one_place_alone_is_not_constant():
    w = np.array([0.3, -0.4])
    found = diagnose(lambda p: float(np.sum(np.maximum(p - 0.5, 0) ** 2)), lambda p: 2 * (p - 0.5), w)
    assert found.names and "same number" not in found.explanation


@pytest.mark.parametrize("power", [1, 3])
def test_what_is_right_everywhere_stays_right(power):
    """A gradient that is constant because the cost is a line, and one of a cost that is not defined everywhere."""
    w = np.array([0.3, 0.4, 0.6])
    assert not diagnose(lambda p: np.sum(p) * 2.0, lambda p: np.full(3, 2.0), w).names
    assert not diagnose(lambda p: np.sum(np.sqrt(p) ** power), lambda p: 0.5 * power * p ** (power / 2 - 1), w).names
