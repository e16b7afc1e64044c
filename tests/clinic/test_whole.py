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
