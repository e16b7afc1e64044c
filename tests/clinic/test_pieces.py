"""Slopes that are functions of the error alone are read in one piece or two, with their border."""

import numpy as np
import pytest

from bpcore.clinic.pieces import in_two_pieces

E = np.random.default_rng(0).standard_normal(60) * 2
SLOPES = {
    "e |e| where |e| < 1, and sign(e) log₂(1 + |e|) elsewhere": lambda e: np.where(
        abs(e) < 1, e * abs(e), np.sign(e) * np.log2(1 + abs(e))
    ),
    "e where |e| < 0.7, and 0.7 sign(e) elsewhere": lambda e: np.clip(e, -0.7, 0.7),
    "0 where |e| < 0.5, and e − 0.5 sign(e) elsewhere": lambda e: np.sign(e) * np.maximum(abs(e) - 0.5, 0),
    "−0.2 where e < 0, and 0.8 elsewhere": lambda e: np.where(e < 0, -0.2, 0.8),
}


@pytest.mark.parametrize("text", SLOPES)
def test_two_pieces_and_their_border(text):
    delta = SLOPES[text](E)
    found = in_two_pieces(delta, E, 1e-9 * np.linalg.norm(delta))
    assert found[0] == text
    np.testing.assert_allclose(found[1](E), delta, rtol=0, atol=1e-9)


@pytest.mark.parametrize("slope", [np.tanh, lambda e: e + np.random.default_rng(1).standard_normal(e.size)])
def test_one_piece_or_noise_is_no_pair(slope):
    assert in_two_pieces(slope(E), E, 1e-9) is None


@pytest.mark.parametrize("border", [0.625, 0.3, 1.7])
def test_a_border_may_be_one_of_the_values(border):
    """Whether or not another value is near it."""
    e = np.concatenate([border * np.array([-1, -0.6, -0.3, 0.1, 0.5, 1, 1.3, -1.8, 2.5, -3]), [0.2, -0.1, 4, 5]])
    delta = np.clip(e, -border, border)
    assert in_two_pieces(delta, e, 1e-9)[0] == f"e where |e| < {border:g}, and {border:g} sign(e) elsewhere"
