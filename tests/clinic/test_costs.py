"""What a cost is made of is read off its values at a few places."""

import numpy as np
import pytest

from bpcore.clinic.costs import EXACT, fitted


@pytest.mark.parametrize("largest", [1.0, 1e10])
def test_a_penalty_is_seen_beside_any_loss(largest):
    """An exponential unit makes the loss enormous at some places; there a penalty is below the cost's rounding."""
    rng = np.random.default_rng(0)
    loss, squares = rng.random(12), rng.random((2, 12))
    loss[-2:] *= largest
    misfit, numbers = fitted(2 * loss + 0.04 * squares[0] + 0.03 * squares[1] + 0.5, loss, squares)
    assert misfit < EXACT
    np.testing.assert_allclose(numbers, (2, 0.04, 0.03, 0.5), rtol=1e-9)


def test_a_loss_without_a_penalty_has_none():
    loss, squares = np.random.default_rng(1).random((3, 12))[0], np.ones((2, 12))
    assert fitted(3 * loss + 1, loss, squares)[1][1:3] == (0, 0)
