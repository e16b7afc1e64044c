"""Activations and losses that nobody named are measured from the cost, and mistakes beside them are explained."""

import numpy as np
import pytest

from bpcore import Network, diagnose
from bpcore.activations import Activation
from bpcore.clinic.measured import Measured, MeasuredGradient, TooManyCalls, measured_formula
from bpcore.losses import Loss

SIZES, RNG = (3, 4, 2), np.random.default_rng(0)
X, Y = RNG.standard_normal((6, 3)), RNG.integers(0, 2, (6, 2)).astype(float)
ODD = Activation(
    "odd", lambda z, out=None: z * np.cos(z) + 0.1 * z**3, lambda z, a: np.cos(z) - z * np.sin(z) + 0.3 * z**2
)
ROOT = Loss(
    "root",
    lambda a, y: np.sqrt(2 + (a - y) ** 2 * (1 + y)).sum(1),
    lambda a, y: (a - y) * (1 + y) / np.sqrt(2 + (a - y) ** 2 * (1 + y)),
)
NET = Network(SIZES, ODD, "identity", ROOT)
THETA = NET.init(0) + 0.2


def own(theta):
    return NET.cost(theta, X, Y)


def test_an_activation_and_its_slope_are_measured_point_by_point():
    f, z = Measured(own, SIZES, X, Y).activation(1), np.linspace(-3, 3, 7)[:, None]
    assert f.f(z) == pytest.approx(ODD.f(z), rel=1e-9) and f.df(z, None) == pytest.approx(ODD.df(z, None), rel=1e-9)


def test_the_slope_of_a_loss_is_measured_for_each_sample():
    found = Measured(own, SIZES, X, Y).network()
    assert found.grad(THETA, X, Y) == pytest.approx(NET.grad(THETA, X, Y), rel=1e-7)


@pytest.mark.long
@pytest.mark.parametrize("name, of", [("Σ |W|", abs), ("Σ W²/2", lambda W: W * W / 2)])
def test_a_penalty_is_measured(name, of):
    measure = Measured(lambda v: own(v) + 0.03 * sum(of(W).sum() for W in NET.params(v).W[1:]), SIZES, X, Y)
    penalty, of_biases = measure.penalty(measure.network(), [THETA])
    assert penalty == {name: pytest.approx(0.03, rel=1e-5)} and of_biases == 0


@pytest.mark.parametrize(
    "cost",
    [
        lambda v: np.sqrt(own(v)),  # the samples hang together
        lambda v: own(v) + 0.01 * NET.params(v).W[1][0, 0] * NET.params(v).W[2][0, 0],
        lambda v: own(v[::-1]),
        lambda v: np.sin(v @ np.arange(v.size)),
    ],
    ids=["a root", "another term", "another layout", "no network"],
)
def test_what_is_no_network_s_cost_has_no_formula(cost):
    assert measured_formula(cost, NET, [(X, Y)])[0] is None


def test_the_budget_is_kept():
    calls = []
    measured_formula(lambda v: calls.append(0) or own(v), NET, [(X, Y)], left=500)
    assert 0 < len(calls) <= 501
    with pytest.raises(TooManyCalls):
        Measured(own, SIZES, X, Y, left=3).network()


def backward(v, delta, slope=ODD.df, mask=1.0):
    """The gradient with this output delta, slope and mask."""
    p, t, g = NET.params(v), NET.forward(v, X), np.zeros(v.size)
    G = NET.params(g)
    down = (delta @ p.W[2]) * slope(t.z[1], t.a[1]) * mask
    for l, d, a in ((2, delta, t.a[1] * mask), (1, down, X)):
        G.W[l][...], G.b[l][...] = d.T @ a / 6, d.sum(0) / 6
    return g


def nested(v):
    p = NET.params(v)
    return [(p.W[l].T.copy(), p.b[l].copy()) for l in (1, 2)]


def flat(nest):
    return np.concatenate([np.column_stack([b, W.T]).ravel() for W, b in nest])


def asked(cost, grad, **given):
    return diagnose(lambda n: cost(flat(n)), lambda n: nested(grad(flat(n))), nested(THETA), X=X, Y=Y, **given)


@pytest.mark.long
def test_a_mistake_beside_unknown_parts_is_explained():
    """Nobody knows the activation or the loss; the slope in the hidden layer is left out."""
    right = lambda v: ROOT.slope(NET.forward(v, X).a[2], Y)
    assert asked(own, lambda v: backward(v, right(v))).names == ()
    found = asked(own, lambda v: backward(v, right(v), slope=lambda z, a: 1.0 + 0 * z))
    assert (
        found.names == ("slope-missing",) and found.sure in ("certain", "one of several") and found.where == "layer 1"
    )


@pytest.mark.long
def test_weights_of_the_samples_that_the_gradient_forgets_are_named():
    weights = np.arange(1, 7)[:, None]
    net = Network(SIZES, "tanh", "identity", "half_squared")
    cost = lambda v: 0.5 * (weights * (net.forward(v, X).a[2] - Y) ** 2).sum() / 6
    found = asked(cost, lambda v: net.grad(v, X, Y), net=net)
    assert found.names == ("another-cost",) and "1, 2, 3, 4, 5, 6 for the samples" in found.explanation


def test_a_mask_of_dropout_is_found_and_missed_in_the_gradient():
    net, mask = Network(SIZES, "tanh", "identity", "half_squared"), np.ones((6, 4)) / 0.8
    mask[[0, 2, 3, 5], [1, 0, 3, 1]] = 0
    outputs = lambda v: (lambda p: (np.tanh(X @ p.W[1].T + p.b[1]) * mask) @ p.W[2].T + p.b[2])(net.params(v))
    cost = lambda v: 0.5 * ((outputs(v) - Y) ** 2).sum() / 6
    formula = measured_formula(cost, net, [(X, Y)])[0]
    assert formula.net.activations[1].df(np.zeros((6, 4)), None) == pytest.approx(mask)

    def grad(v):
        p, a, g = net.params(v), np.tanh(X @ net.params(v).W[1].T + net.params(v).b[1]), np.zeros(v.size)
        d = (outputs(v) - Y) / 6
        G, down = net.params(g), (d @ p.W[2]) * (1 - a * a)
        for l, delta, inputs in ((2, d, a * mask), (1, down, X)):
            G.W[l][...], G.b[l][...] = delta.T @ inputs, delta.sum(0)
        return g

    found = asked(cost, grad, net=net)
    assert found.names == ("dropout-mask",) and found.sure == "certain" and found.where == "layer 1"


def test_an_output_delta_with_other_targets_is_read_from_the_gradient():
    net = Network(SIZES, "tanh", "sigmoid", "binary_cross_entropy")
    delta = MeasuredGradient(lambda v: net.grad(v, X, Y[[2, 0, 1, 5, 3, 4]]), net, X, Y).slope()
    assert "its targets are" in delta.words and delta.whole
    noise = lambda v: net.grad(v, X, Y) * (1 + 0.1 * np.cos(9 * v.sum() + np.arange(v.size)))
    assert MeasuredGradient(noise, net, X, Y).slope() is None


def test_absolute_weights_in_the_cost_are_no_right_gradient():
    """|x| is not analytic: the complex step leaves its derivative out, as the gradient does."""
    net = Network(SIZES, "tanh", "softmax", "cross_entropy")
    labels = np.eye(2)[[0, 1, 1, 0, 1, 0]]
    cost = lambda v: net.cost(v, X, labels) + 0.05 * sum(abs(W).sum() for W in net.params(v).W[1:])
    found = diagnose(cost, lambda v: net.grad(v, X, labels), THETA, net=net, X=X, Y=labels)
    assert found.names


def test_an_activation_of_what_is_not_finite_is_not_finite():
    """What was measured in the layer below need not be a function of its input everywhere."""
    net = Network((2, 3, 1), "tanh")
    X, Y = np.eye(2), np.array([[0.0], [1.0]])
    f = Measured(lambda v: net.cost(v, X, Y), net.sizes, X, Y).activation(1).f
    assert np.isnan(f(np.array([[np.nan, 0.5, 0.1]]))).all()
