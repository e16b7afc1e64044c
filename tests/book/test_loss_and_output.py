"""The hidden bug of "Loss and output belong together" is one axis, and its listing of two steps is one argument."""

import re

import numpy as np
import pytest
from text import ROOT, read, source

from bpcore import numerical_gradient, one_hot, relative_error

CELLS = {cell["id"]: source(cell) for cell in read(ROOT / "book" / "loss_and_output.ipynb")["cells"]}


def listing(cell):
    return re.search(r"```python\n(.*?)```", CELLS[cell], re.DOTALL)[1]


@pytest.fixture
def problem():
    """Logits of another number of samples than classes, some of them large."""
    rng = np.random.default_rng(0)
    return rng.standard_normal((4, 3)), rng.standard_normal((7, 3)), one_hot(rng.integers(0, 4, 7), 4)


def error(code, W, X, Y):
    """Of the friend's gradient, relative to the complex step through his own cost."""
    names = {"np": np}
    exec(code, names)
    both = lambda W: names["friend"](W, X, Y, names["friends_softmax"])
    return relative_error(both(W)[1], numerical_gradient(lambda W: both(W)[0], W, "complex"))


def test_the_hidden_bug_is_the_axis_of_one_sum(problem):
    code = listing("md-hidden")
    assert error(code, *problem) > 0.1
    assert error(code.replace("E.sum(axis=0)", "E.sum(axis=1, keepdims=True)"), *problem) < 1e-14


@pytest.mark.parametrize("given, right", [("a", False), ("z", True)])
def test_the_derivative_in_two_steps_takes_z(given, right):
    names = {"sigmoid": lambda z: 1 / (1 + np.exp(-z))}
    exec(listing("md-two-steps").replace("sigmoid_derivative(a)", f"sigmoid_derivative({given})"), names)
    z = np.array([-3.0, -0.5, 2.0])
    short = names["sigmoid"](z) - 1
    assert (relative_error(names["friends_delta"](z, 1), short) < 1e-14) == right
