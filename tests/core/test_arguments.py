"""Messages about arguments: how much of a value they show, how they count, and that they are English."""

import numpy as np
import pytest

from bpcore import Activation, Network, arguments, sgd

NET = Network((2, 3, 1))
X, Y = np.random.default_rng(0).standard_normal((5, 2)), np.ones((5, 1))


class Shown:
    """A value with a given repr."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


@pytest.mark.parametrize("length, shown", [(200, "x" * 200), (201, "x" * 200 + "…"), (300, "x" * 200 + "…")])
def test_how_much_of_a_value_a_message_shows(length, shown):
    with pytest.raises(TypeError) as caught:
        sgd(NET, NET.init(0), X, Y, shuffle=Shown("x" * length))
    assert str(caught.value) == f"shuffle={shown} (Shown): expected True or False"


@pytest.mark.parametrize(
    "number, noun, words",
    [
        (0, "entry", "0 entries"),
        (1, "entry", "1 entry"),
        (2, "entry", "2 entries"),
        (1, "row", "1 row"),
        (3, "row", "3 rows"),
    ],
)
def test_counting(number, noun, words):
    assert arguments.count(number, noun) == words


@pytest.mark.parametrize("bad, words", [(1, "1 entry that is NaN"), (2, "2 entries that are NaN")])
def test_entries_that_are_not_finite_are_counted_in_the_right_number(bad, words):
    theta = NET.init(0)
    theta[3 : 3 + bad] = np.nan
    with pytest.raises(
        ValueError, match=rf"theta has {words} or infinite, the first at \[3\]: expected finite numbers"
    ):
        NET.predict(theta, X)


@pytest.mark.parametrize(
    "call",
    [
        lambda: Network(5),
        lambda: Network((2, 3, 1), hidden={"tanh"}),
        lambda: sgd(NET, NET.init(0), X, Y, epochs=1.5),
        lambda: sgd(NET, NET.init(0), X, Y, callback=3),
        lambda: sgd(3, NET.init(0), X, Y),
        lambda: Activation("own", 3, np.cos),
        lambda: Activation("own", np.tanh, 3),
        lambda: NET.init(np.ones(2)),
    ],
)
def test_no_article_is_put_before_the_name_of_a_type(call):
    """The type stands in brackets or after "of type": "a int" and "a ndarray" are not English."""
    with pytest.raises(TypeError, match=r"\((int|set|float|ndarray)\): expected |is of type int: expected ") as caught:
        call()
    assert " is a " not in str(caught.value) and "Callable" not in str(caught.value)
