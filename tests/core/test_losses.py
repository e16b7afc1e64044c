"""Each loss: its derivative, its exact form from the logits, and the targets that it accepts."""

import copy
import dataclasses
import pickle
import warnings

import numpy as np
import pytest
from support import complex_step, draw, relative, targets

from bpcore import ACTIVATIONS, LOSSES, Activation, Loss, Network, check_gradient, one_hot
from bpcore.clinic.defects import place

BOUND = 1e-12  # both sides are exact but for rounding; some 1e-15 is what comes out


LINKED = [loss for loss in LOSSES.values() if loss.link]


@pytest.mark.parametrize("loss", LINKED, ids=lambda loss: loss.name)
def test_fused_delta_is_the_chain_rule(loss):
    """a - y against slope times derivative, at logits where the factors keep their digits."""
    rng = np.random.default_rng(0)
    z, y = rng.uniform(-2, 2, (200, 4)), targets(loss, rng, 200, 4)
    record = ACTIVATIONS[loss.link]
    a = record.f(z)
    delta = loss.slope(a, y)
    record.pull(z, a, delta)
    assert abs(delta - (a - y)).max() <= 4.5e-16  # two roundings of numbers up to 1: 2 eps


@pytest.mark.parametrize("loss", LINKED, ids=lambda loss: loss.name)
def test_loss_from_logits_is_the_loss(loss):
    rng = np.random.default_rng(0)
    z, y = rng.uniform(-2, 2, (200, 4)), targets(loss, rng, 200, 4)
    expected = loss.value(ACTIVATIONS[loss.link].f(z), y)
    assert np.allclose(loss.from_logits(z, y), expected, rtol=0, atol=4 * np.spacing(expected.max()))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
def test_slope_is_the_derivative_of_the_value(loss):
    rng = np.random.default_rng(0)
    y = targets(loss, rng, 3, 4)
    a = rng.uniform(0.1, 0.9, (3, 4)).ravel()
    witness = complex_step(lambda a: loss.value(a.reshape(3, 4), y).sum(), a)
    assert relative(loss.slope(a.reshape(3, 4), y).ravel(), witness) <= 1e-15


def single_unit(loss, output, K):
    """A network whose logits are its biases."""
    return Network((1, K), output=output, loss=loss), np.zeros((1, 1))


@pytest.mark.parametrize(
    "logit, target, cost, slope",
    [
        (1000.0, 1.0, 0.0, 0.0),
        (1000.0, 0.0, 1000.0, 1.0),
        (-1000.0, 0.0, 0.0, 0.0),
        (-1000.0, 1.0, 1000.0, -1.0),
        (1000.0, 0.25, 750.0, 0.75),
        (-1000.0, 0.25, 250.0, -0.25),
        (0.0, 1.0, np.log(2), -0.5),
        (1e300, 0.0, 1e300, 1.0),
        (-40.0, 0.0, np.exp(-40.0), np.exp(-40.0)),
        (40.0, 1.0, np.exp(-40.0), 0.0),
    ],
)
def test_sigmoid_cross_entropy_is_exact_at_any_logit(logit, target, cost, slope):
    net, X = single_unit("binary_cross_entropy", "sigmoid", 1)
    theta, Y = np.array([logit, 0.0]), np.array([[target]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert net.cost(theta, X, Y) == pytest.approx(cost, rel=1e-15, abs=0)
        assert net.grad(theta, X, Y)[0] == pytest.approx(slope, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    "logits, label, cost",
    [
        ((1000.0, -1000.0, 0.0), 0, 0.0),
        ((1000.0, -1000.0, 0.0), 1, 2000.0),
        ((1000.0, -1000.0, 0.0), 2, 1000.0),
        ((1000.0, 1000.0, -1000.0), 0, np.log(2)),
        ((-1000.0, -1000.0, -1000.0), 2, np.log(3)),
        ((0.0, -40.0, -40.0), 0, 2 * np.exp(-40.0)),
        ((40.0, 0.0, -1000.0), 0, np.exp(-40.0)),
        ((1e300, -1e300, 0.0), 1, 2e300),
    ],
)
def test_softmax_cross_entropy_is_exact_at_any_logit(logits, label, cost):
    net, X = single_unit("cross_entropy", "softmax", 3)
    theta = np.stack([logits, np.zeros(3)], axis=1).ravel()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert net.cost(theta, X, one_hot([label], 3)) == pytest.approx(cost, rel=1e-15, abs=0)
        assert np.isfinite(net.grad(theta, X, one_hot([label], 3))).all()
        assert net.predict(theta, X).sum() == pytest.approx(1, abs=4e-16)


@pytest.mark.parametrize("output, loss", [(loss.link, loss.name) for loss in LINKED])
@pytest.mark.parametrize("size", [1.0, 50.0, 1000.0])
def test_complex_step_works_at_any_logit(output, loss, size):
    """The branches of the exact losses are analytic: the imaginary part is carried through them."""
    net = Network((1, 3), output=output, loss=loss)
    theta = size * np.array([1.0, 0.0, -1.0, 0.0, 0.3, 0.0])
    X, Y = np.ones((1, 1)), np.array([[0.2, 0.5, 0.3]])
    assert relative(complex_step(lambda point: net.cost(point, X, Y), theta), net.grad(theta, X, Y)) <= 1e-14


def test_ties_at_the_top_of_the_softmax():
    net, X = single_unit("cross_entropy", "softmax", 3)
    theta, Y = np.array([5.0, 0, 5.0, 0, 5.0, 0]), np.array([[0.2, 0.5, 0.3]])
    assert relative(complex_step(lambda point: net.cost(point, X, Y), theta), net.grad(theta, X, Y)) <= 1e-15


def test_values_of_the_losses_by_hand():
    a, y = np.array([[0.5, 0.25], [1.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 2.0]])
    assert LOSSES["half_squared"].value(a, y).tolist() == [0.15625, 2.5]
    assert LOSSES["mse"].value(a, y).tolist() == [0.15625, 2.5]
    a, y = np.array([[0.5, 0.25, 0.25]]), np.array([[0.0, 1.0, 0.0]])
    assert LOSSES["half_squared"].value(a, y).tolist() == [0.4375]
    assert LOSSES["mse"].value(a, y).tolist() == [0.875 / 3]
    assert LOSSES["cross_entropy"].value(a, y).tolist() == [np.log(4)]
    assert LOSSES["binary_cross_entropy"].value(a, y)[0] == pytest.approx(
        np.log(2) + np.log(4) + np.log(4 / 3), rel=1e-15
    )


EPS32 = float(np.finfo(np.float32).eps)


@pytest.mark.parametrize("above, refused", [(31 * EPS32, False), (32 * EPS32, False), (34 * EPS32, True)])
def test_how_far_a_row_may_be_from_1(above, refused):
    """8 K times the rounding of float32, the bound included."""
    row = np.array([[0.25, 0.25, 0.25, 0.25 + above]])
    assert LOSSES["cross_entropy"].targets(row).tolist() == [refused]


@pytest.mark.parametrize("z", [0.125, 0.3, 0.7, 0.9, 1.0])
def test_a_right_answer_costs_no_digit(z):
    """For y = 1 and z > 0 the loss is log(1 + exp(-z)), from a small number and not as a difference of large ones."""
    cost = LOSSES["binary_cross_entropy"].from_logits(np.array([[z]]), np.array([[1.0]]))
    assert cost[0] == np.log1p(np.exp(-z))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_loss_accepts_the_targets_that_it_draws(loss):
    """Of the size that was asked for, not all the same, and the same again from the same generator."""
    y = loss.sample(np.random.default_rng(0), 50, 3)
    assert y.shape == (50, 3) and y.dtype == float and len(np.unique(y, axis=0)) > 2
    assert loss.targets is None or not loss.targets(y).any()
    assert np.array_equal(y, loss.sample(np.random.default_rng(0), 50, 3))


def test_a_new_loss_with_a_link_of_its_own_is_two_records_and_nothing_else(monkeypatch):
    """Counts of Poisson with an exponential output: its gradient is checked, and the place of the defects draws its
    targets.
    """
    exponential = Activation("exp", lambda z, out=None: np.exp(z, out=out), lambda z, a: a)
    poisson = Loss(
        "poisson",
        value=lambda a, y: (a - y * np.log(a)).sum(axis=1),
        slope=lambda a, y: 1 - y / a,
        link="exp",
        from_logits=lambda z, y: (np.exp(z) - y * z).sum(axis=1),
        targets=lambda y: ((y < 0) | (y != np.rint(y))).any(axis=1),
        expects="whole numbers of at least 0",
        sample=lambda rng, m, K: rng.poisson(2.0, (m, K)).astype(float),
    )
    monkeypatch.setitem(ACTIVATIONS, "exp", exponential)
    monkeypatch.setitem(LOSSES, "poisson", poisson)
    net = Network((3, 4, 2), output="exp", loss="poisson")
    theta, X, Y = draw(net, 6)
    assert check_gradient(net, theta, X, Y, lam=0.3).passed and np.array_equal(Y, np.rint(Y)) and Y.any()
    placed, _, _, Y = place(output="exp", loss="poisson")
    assert placed.loss is poisson and not poisson.targets(Y).any()


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_a_registered_loss_is_pickled_and_copied_by_name(loss):
    assert pickle.loads(pickle.dumps(loss)) is loss is copy.deepcopy(loss) and b"lambda" not in pickle.dumps(loss)


def test_a_pickled_loss_that_is_registered_nowhere_says_so(monkeypatch):
    monkeypatch.setitem(LOSSES, "own", dataclasses.replace(LOSSES["mse"], name="own"))
    kept = pickle.dumps(LOSSES["own"])
    monkeypatch.delitem(LOSSES, "own")
    with pytest.raises(ValueError, match="loss='own' is not known: expected one of 'half_squared'"):
        pickle.loads(kept)
