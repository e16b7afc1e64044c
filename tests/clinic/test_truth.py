"""The cost's derivative is not taken from the complex step where the cost is not analytic."""

import numpy as np
import pytest

from bpcore.clinic.truth import derivative

THETA = np.array([0.5, -1.2, 2.0, -0.3])


@pytest.mark.parametrize("content", [True, False])
@pytest.mark.parametrize(
    "cost, slope",
    [
        (lambda v: (v * v).sum() + abs(v).sum(), 2 * THETA + np.sign(THETA)),
        (lambda v: (v / (1 + abs(v))).sum(), 1 / (1 + abs(THETA)) ** 2),
        (lambda v: np.exp(v).sum(), np.exp(THETA)),
    ],
    ids=["a penalty on |W|", "softsign", "analytic"],
)
def test_an_absolute_value_is_differentiated_too(cost, slope, content):
    """Whoever is content with the complex step at once would take a wrong gradient that treats |x| alike for right."""
    t, _, judged, _ = derivative(cost, THETA, lambda t: content)
    assert judged.all() and t == pytest.approx(slope, rel=1e-8)
