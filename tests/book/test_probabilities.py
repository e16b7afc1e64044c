"""The hidden bug of "Using probabilities" drops the most wrong rows; the wrong axis spares the diagonal."""

import re

import numpy as np
from text import ROOT, read, source

CELLS = {cell["id"]: source(cell) for cell in read(ROOT / "book" / "probabilities.ipynb")["cells"]}


def listing(cell):
    return re.search(r"```python\n(.*?)```", CELLS[cell], re.DOTALL)[1]


def test_a_confident_mistake_costs_nothing_in_the_report():
    names = {"np": np}
    exec(listing("md-hidden"), names)
    z, y = np.array([3.0, -2.0, 20.0]), np.array([1, 0, 0])
    right, cost = names["report"](z, y)
    assert (right, cost) == (2, names["report"](z[:2], y[:2])[1])
    assert cost < 0.1 < 5 < (np.logaddexp(0, z) - y * z).mean()


def test_the_wrong_axis_is_right_on_the_diagonal_alone():
    code = listing("md-axis")
    names = {"np": np, "rare": None, "four_cells": lambda rows, threshold: [138, 5, 1, 8]}
    exec(code, names)
    wrong = names["shares"]
    exec(code.replace("axis=1", "axis=1, keepdims=True"), names)
    assert (names["shares"].sum(axis=1) == 1).all()
    assert (wrong.diagonal() == names["shares"].diagonal()).all()
    assert not np.isclose(wrong, names["shares"])[[0, 1], [1, 0]].any()
