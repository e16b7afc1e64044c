"""Constant arrays of a program are named by the data that they were made of, and numbered where that is not seen."""

import numpy as np
import pytest

from bpcore.clinic.constants import Constants

RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((7, 4)), np.eye(3)[RNG.integers(0, 3, 7)]
LABELS = np.array([0.0, 2, 1, 1, 0, 2, 0])


@pytest.mark.parametrize(
    "array, name",
    [
        (X, "X"),
        (-X.T, "−X.T"),
        (X[:, 1:3], "X[:, 1:3]"),
        (0.5 * X[:, 2], "0.5 X[:, 2]"),
        (1 - Y, "(1 − Y)"),
        (2 * Y - 1, "(2 Y − 1)"),
        (X > 0, "[X > 0]"),
        (X.sum(axis=1), "sum(X, axis=1)"),
        (X[:, 1] - X[:, 1].mean(), "(X[:, 1] − mean(X[:, 1]))"),
        (np.column_stack([np.ones(7), X]), "[1 | X]"),
        (np.full((7, 3), 0.1), "0.1"),
        (np.eye(3)[LABELS.astype(int)], "onehot(y)"),
    ],
    ids="itself turned cut column opposite signs mask total centred ones number labels".split(),
)
def test_an_array_made_of_the_data_has_its_name(array, name):
    data = [("X", X), ("y", LABELS)] if "y" in name else [("X", X), ("Y", Y)]
    assert Constants(data).name(np.asarray(array)) == name


def test_others_are_numbered_and_told():
    names = Constants([("X", X)])
    first, second = RNG.standard_normal((7, 4)), RNG.standard_normal(5)
    assert [names.name(first), names.name(second), names.name(first.copy())] == ["c1", "c2", "c1"]
    told = list(names.told(["c2 * X"]))
    assert len(told) == 1 and told[0].startswith("c2 is a constant array of your cost, of shape (5): ")


def test_data_without_an_entry_have_no_name():
    """A program may have no inputs but its parameters."""
    names = Constants([("X", np.zeros((5, 0))), ("Y", np.arange(5.0))])
    assert names.name(np.arange(5.0)) == "Y" and "X" not in names.name(np.zeros((5, 0)))
