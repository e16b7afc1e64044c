"""Cost and gradient of samples with weights, in blocks, dense and sparse."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from support import draw, relative

from bpcore import Network
from bpcore.estimators import objective
from bpcore.estimators.objective import Objective, Samples, outputs

NET = Network((3, 5, 2), output="identity", loss="half_squared")
THETA, X, Y = draw(NET, 23)


@pytest.mark.parametrize("rows", [1, 5, 23, 1000])
@pytest.mark.parametrize("form", [np.asarray, csr_array])
def test_blocks_make_no_difference(rows, form, monkeypatch):
    monkeypatch.setattr(objective.blocks, "__defaults__", (rows,))
    cost, slope = Objective(NET, THETA, 0.7).full(Samples(NET, form(X), Y, None, np.float64))
    expected, gradient = NET.cost_and_grad(THETA, X, Y, lam=0.7)
    assert cost == pytest.approx(expected, rel=1e-14) and relative(slope, gradient) < 1e-14
    assert relative(outputs(NET, NET.params(THETA), form(X)), NET.predict(THETA, X)) < 1e-15


@pytest.mark.parametrize("rows", [5, 1000])
def test_weights_multiply_the_losses_of_the_samples(rows, monkeypatch):
    monkeypatch.setattr(objective.blocks, "__defaults__", (rows,))
    weights = np.random.default_rng(2).uniform(0, 2, 23)
    cost, slope = Objective(NET, THETA, 0.7).full(Samples(NET, X, Y, weights, np.float64))
    each = [NET.cost_and_grad(THETA, x[None], y[None]) for x, y in zip(X, Y)]
    w = weights.sum()
    penalty = NET.cost(THETA, X, Y, lam=0.7, n=w) - NET.cost(THETA, X, Y)
    decay = NET.grad(THETA, X, Y, lam=0.7, n=w) - NET.grad(THETA, X, Y)
    assert cost == pytest.approx(sum(a * c for a, (c, _) in zip(weights, each)) / w + penalty, rel=1e-13)
    assert relative(slope, sum(a * g for a, (_, g) in zip(weights, each)) / w + decay) < 1e-13
