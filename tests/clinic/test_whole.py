"""What was done to a gradient as a whole is said in words, with its numbers."""

import numpy as np
import pytest

from bpcore.clinic.whole import of_whole_gradient

PARTS = [("W1", np.arange(6)), ("b1", np.arange(6, 8)), ("W2", np.arange(8, 12))]
RIGHT = np.random.default_rng(0).standard_normal((5, 12)) * np.array([[0.5], [1], [2], [3], [4]])


def shortened(g, most, groups):
    """Each group of a gradient no longer than ``most``."""
    g = g.copy()
    for group in groups:
        length = np.linalg.norm(g[group])
        g[group] *= min(1, most / length)
    return g


WHOLE, LAYERS, BLOCKS = [np.arange(12)], [np.arange(8), np.arange(8, 12)], [group for _, group in PARTS]


@pytest.mark.parametrize(
    "changed, said",
    [
        (np.sign, "its sign in each entry"),
        (abs, "its absolute value in each entry"),
        (lambda g: np.maximum(g, 0), "a ReLU"),
        (np.square, "its square in each entry"),
        (np.tanh, "tanh(g) in each entry"),
        (lambda g: np.round(g, 3), "rounded to 3 decimals"),
        (lambda g: np.clip(g, -0.5, 0.5), "clipped to ±0.5 in each entry"),
        (lambda g: 2 * g / np.linalg.norm(g), "normalised to the length 2, as a whole"),
        (lambda g: shortened(g, 3.5, WHOLE), "clipped to the length 3.5, as a whole"),
        (lambda g: shortened(g, 2.5, LAYERS), "clipped to the length 2.5, layer by layer"),
        (lambda g: shortened(g, 1.5, BLOCKS), "clipped to the length 1.5, block by block"),
        (lambda g: np.concatenate([g[group] / np.linalg.norm(g[group]) for group in BLOCKS]), "block by block"),
    ],
)
def test_what_was_done_is_said(changed, said):
    assert said in of_whole_gradient(np.array([changed(g) for g in RIGHT]), RIGHT, PARTS)


def test_a_gradient_that_clipping_shortens_in_one_place_alone():
    longest = max(np.linalg.norm(g) for g in RIGHT)
    others = sorted(np.linalg.norm(g) for g in RIGHT)[-2]
    most = (longest + others) / 2
    said = of_whole_gradient(np.array([shortened(g, most, WHOLE) for g in RIGHT]), RIGHT, PARTS)
    assert f"clipped to the length {most:.6g}, as a whole" in said


@pytest.mark.parametrize(
    "came",
    [
        RIGHT,
        RIGHT * np.arange(1, 6)[:, None],
        2 * RIGHT,
        RIGHT[::-1],
        np.where(np.arange(5)[:, None] == 1, RIGHT / 2, RIGHT),  # a shorter one that is not the longest
    ],
    ids=["right", "another length in each place", "doubled", "exchanged", "one is halved"],
)
def test_nothing_is_said_where_it_is_none_of_these(came):
    assert of_whole_gradient(came, RIGHT, PARTS) == ""


PLACED = [("W[1]", np.arange(6).reshape(2, 3)), ("b[1]", np.arange(6, 8)), ("W[2]", np.arange(8, 12).reshape(2, 2))]
UNITS = [np.arange(3), np.arange(3, 6), np.arange(8, 10), np.arange(10, 12)]
INPUTS = [np.array([k, k + 3]) for k in range(3)] + [np.array([k, k + 2]) for k in (8, 9)]
WITH_BIAS = [np.append(UNITS[0], 6), np.append(UNITS[1], 7), *UNITS[2:]]


def less_the_mean(groups):
    M = np.eye(12)
    for group in groups:
        M[np.ix_(group, group)] -= 1 / len(group)
    return lambda g: M @ g


CHANGES = {
    "less the mean of all entries.": less_the_mean(WHOLE),
    "less the mean of each block.": less_the_mean([np.ravel(block) for _, block in PLACED]),
    "less the mean of each layer.": less_the_mean(LAYERS),
    "less the mean of each unit's weights.": less_the_mean(UNITS),
    "less the mean of each unit's weights and bias.": less_the_mean(WITH_BIAS),
    "less the mean of each input's weights.": less_the_mean(INPUTS),
    ", divided by its largest entry, as a whole.": lambda g: g / np.sort(g)[-1],
    ", divided by its largest entry without the sign, as a whole.": lambda g: g / np.sort(abs(g))[-1],
    ", divided by the sum of its entries, as a whole.": lambda g: g / (g @ np.ones(12)),
    ", divided by the sum of its entries without their signs, as a whole.": lambda g: g / (np.sign(g) @ g),
    ", divided by the mean of its entries without their signs, as a whole.": lambda g: 12 * g / (np.sign(g) @ g),
    ", divided by its largest entry and multiplied by 0.3, as a whole.": lambda g: 0.3 * g / np.sort(g)[-1],
    ", divided by the standard deviation of its entries, as a whole.": lambda g: (
        g / np.sqrt(g @ g / 12 - (g.sum() / 12) ** 2)
    ),
    "the root of |g|, with the sign of g, in each entry": lambda g: g / np.sqrt(abs(g)),
    "its cube in each entry": lambda g: np.sign(g) * abs(g) ** 3,
    "half its entries at most": lambda g: np.where(np.argsort(np.argsort(abs(g))) > 5, g, 0),
}


@pytest.mark.parametrize("said", CHANGES)
def test_entries_that_go_together_are_told(said):
    assert said in of_whole_gradient(np.array([CHANGES[said](g) for g in RIGHT]), RIGHT, PLACED)
