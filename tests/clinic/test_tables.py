"""The formulas in the doctor's tables: what each prints is what it computes, and slopes are those of their values."""

import numpy as np
import pytest
from notation import NotReadable, value_of

from bpcore.clinic import costs, explanations, pieces, preparations, probing, rare_costs, slip_kinds, slopes_elsewhere

RNG = np.random.default_rng(3)
OUTPUTS, TARGETS = RNG.uniform(0.05, 0.95, (7, 3)), RNG.uniform(0.05, 0.95, (7, 3))
SIGNED = RNG.uniform(-2.5, 2.5, (7, 3)), RNG.choice([-1.0, 1.0], (7, 3))
ARGUMENTS = np.concatenate([np.linspace(-2.4, -0.1, 24), np.linspace(0.1, 2.4, 24)])


def read(text, **values):
    try:
        with np.errstate(all="ignore"):
            return value_of(text, **values)
    except NotReadable:
        return None


def agrees(text, function, letters, arrays):
    """Whether a table's function is its text, at arrays for its letters; None where the text is in words."""
    expected = read(text, **dict(zip(letters, arrays)))
    if expected is None:
        return None
    with np.errstate(all="ignore"):
        came = np.asarray(function(*arrays), float)
    expected = np.broadcast_to(expected, arrays[0].shape) if came.shape == arrays[0].shape else np.ravel(expected)
    return np.allclose(came, expected, rtol=1e-11, atol=1e-13, equal_nan=True)


def held(table, letters, *places):
    """The texts that a place refutes, and those that are in words."""
    wrong, words = [], []
    for text, function in table:
        found = [agrees(text, function, letters, place) for place in places]
        words += [text] if None in found else []
        wrong += [text] if False in found else []
    return wrong, words


LOSSES = {
    "rare": rare_costs.RARE_LOSSES.items(),
    "other": [(text, value) for text, (value, _) in costs.OTHER_LOSSES.items()],
}


@pytest.mark.parametrize("name, in_words", [("rare", 0.1), ("other", 0.1)])
def test_a_loss_is_what_it_is_called(name, in_words):
    wrong, words = held(LOSSES[name], ("a", "y"), (OUTPUTS, TARGETS))
    assert not wrong and len(words) < in_words * len(LOSSES[name]), words
    signed, _ = held([pair for pair in LOSSES[name] if "log" not in pair[0]], ("a", "y"), SIGNED)
    assert not [text for text in signed if "√" not in text]


@pytest.mark.parametrize("text", costs.OTHER_LOSSES)
def test_the_slope_of_a_loss_is_that_of_its_value(text):
    """By central differences, whose error is below a part in 10⁸ here; kinks are farther away than the step."""
    value, slope = costs.OTHER_LOSSES[text]
    for a, y in ((OUTPUTS, TARGETS), *([] if "log(a" in text or "log a" in text or "log(1 − a" in text else [SIGNED])):
        came, h = np.broadcast_to(slope(a, y), a.shape), 1e-5
        for j in range(3):
            up, down = a.copy(), a.copy()
            up[:, j] += h
            down[:, j] -= h
            np.testing.assert_allclose(came[:, j], (value(up, y) - value(down, y)) / (2 * h), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize(
    "table, letter, most_in_words",
    [
        (slip_kinds.OTHER_SLOPES, "t", 0),
        (probing.OUTER, "t", 0),
        (slopes_elsewhere.OF_OUTPUT, "h", 0),
        (pieces.ERRORS, "e", 0),
        (pieces.PIECES, "e", 0),
        ([(text, of) for of, text, _ in explanations.OWN_FUNCTIONS], "t", 0),
        (preparations.TARGETS, "y", 17),
    ],
    ids=[
        "slopes of an argument",
        "outer functions",
        "slopes of an output",
        "errors",
        "pieces",
        "parameters",
        "targets",
    ],
)
def test_a_function_is_what_it_is_called(table, letter, most_in_words):
    places = [(part.reshape(-1, 1),) for part in (ARGUMENTS, ARGUMENTS[abs(ARGUMENTS) < 1], ARGUMENTS[ARGUMENTS > 1])]
    wrong, words = held([(text.format(letter), function) for text, function in table], (letter,), *places)
    assert not wrong and len(words) <= most_in_words, (wrong, words)


def test_the_reader_knows_a_wrong_formula():
    a, y = OUTPUTS, TARGETS
    assert agrees("Σ (a − y)²", lambda a, y: ((a - y) ** 2).sum(1), "ay", (a, y))
    assert agrees("Σ (a − y)²", lambda a, y: ((a + y) ** 2).sum(1), "ay", (a, y)) is False
    assert agrees("the largest of all", lambda a, y: a.max(1), "ay", (a, y)) is None
