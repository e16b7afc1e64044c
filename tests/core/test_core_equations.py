"""The four equations against the complex step, for every combination that the registries allow, and by hand."""

from itertools import product

import numpy as np
import pytest
from support import OUTPUTS_AND_LOSSES, complex_step, draw, relative

from bpcore import ACTIVATIONS, LOSSES, Activation, Network, check_gradient, leaky_relu

WIDTHS = {1: (3, None), 2: (3, 4, None), 3: (2, 4, 3, None), 4: (3, 2, 4, 3, None)}


K = 2


BOUND = 1e-12  # both sides are exact but for rounding; some 1e-15 is what comes out


def agrees(net, m, lam, seed, n=None):
    """Compare at the first draw from ``seed`` on whose gradient is not zero: of relu outputs some draws are dead
    altogether.
    """
    for other in range(seed, seed + 10):
        theta, X, Y = draw(net, m, other)
        gradient = net.grad(theta, X, Y, lam, n)
        if gradient.any():
            break
    assert gradient.any(), "a gradient of zeros would agree with anything"
    witness = complex_step(lambda point: net.cost(point, X, Y, lam, n), theta)
    assert relative(gradient, witness) <= BOUND
    return theta, X, Y


# Without a hidden layer its activation makes no difference: one of them is enough.
HIDDEN_AND_DEPTH = [("sigmoid", 1), *product(ACTIVATIONS, sorted(WIDTHS.keys() - {1}))]


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize("hidden, depth", HIDDEN_AND_DEPTH)
def test_every_allowed_combination(hidden, depth, output, loss):
    net = Network((*WIDTHS[depth][:-1], K), hidden=hidden, output=output, loss=loss)
    for (m, lam), seed in zip(product((1, 5), (0.0, 0.7)), range(4)):
        theta, X, Y = agrees(net, m, lam, seed)
    assert check_gradient(net, theta, X, Y, lam).passed


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
def test_one_output(output, loss):
    net = Network((3, 4, 1), hidden="tanh", output=output, loss=loss)
    if output != "softmax":
        agrees(net, 5, 0.7, 0)
        agrees(net, 1, 0.0, 1)
        return
    theta, X, Y = draw(net, 5)  # one softmax unit is always 1: the data have no say, and only the penalty has a slope
    assert (net.predict(theta, X) == 1).all()
    assert not net.grad(theta, X, Y).any()
    agrees(net, 5, 0.7, 0)


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize(
    "hidden",
    [("relu", "sigmoid", "softmax"), ("softmax", "tanh", "leaky_relu"), ("identity", leaky_relu(0.3), "relu")],
    ids=lambda hidden: "-".join(getattr(record, "name", record) for record in hidden),
)
def test_mixed_activations(hidden, output, loss):
    net = Network((3, 5, 2, 4, K), hidden=hidden, output=output, loss=loss)
    agrees(net, 4, 0.3, 0)


def test_n_other_than_the_batch():
    agrees(Network((3, 4, 2)), 5, 0.7, 0, n=123)


def test_what_is_refused_is_this_and_nothing_else():
    """A loss with a link goes with that output alone; the others go with all."""
    refused = {
        (output, loss)
        for output in ("identity", "tanh", "relu", "leaky_relu")
        for loss in ("binary_cross_entropy", "cross_entropy")
    }
    refused |= {("softmax", "binary_cross_entropy"), ("sigmoid", "cross_entropy")}
    built_in = set(
        product(
            ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "softmax"),
            ("half_squared", "mse", "binary_cross_entropy", "cross_entropy"),
        )
    )
    assert built_in <= set(product(ACTIVATIONS, LOSSES))
    assert {pair for pair in built_in if pair not in OUTPUTS_AND_LOSSES} == refused


def test_forward_by_hand():
    net = Network((2, 2, 1), hidden="relu", output="identity", loss="half_squared")
    theta = np.array([1.0, 2, -1, 0, -1, 1, 0.5, 2, 3])
    t = net.forward(theta, [[1, 2], [3, 1]])
    assert t.z[1].tolist() == [[1, 1], [6, -2]]
    assert t.a[1].tolist() == [[1, 1], [6, 0]]
    assert t.z[2].tolist() == t.a[2].tolist() == net.predict(theta, [[1, 2], [3, 1]]).tolist() == [[5.5], [12.5]]


def test_cost_and_gradient_by_hand():
    """One linear unit: z = 2 + 3x; half squared error; two samples."""
    net = Network((1, 1), output="identity", loss="half_squared")
    theta, X, Y = np.array([2.0, 3.0]), np.array([[1.0], [-2.0]]), np.array([[4.0], [0.0]])
    # errors 1 and -4: losses 1/2 and 8; gradient: mean of (1, -4), mean of (1·1, -4·-2)
    assert net.cost(theta, X, Y) == 4.25
    assert net.grad(theta, X, Y).tolist() == [-1.5, 4.5]
    # λ = 8: 8/(2·2)·3² = 18 on the cost and 8/2·3 = 12 on the weight, nothing on the bias; with n = 16: 2.25 and 1.5
    assert net.cost(theta, X, Y, lam=8) == 22.25
    assert net.grad(theta, X, Y, lam=8).tolist() == [-1.5, 16.5]
    assert net.cost(theta, X, Y, lam=8, n=16) == 6.5
    assert net.grad(theta, X, Y, lam=8, n=16).tolist() == [-1.5, 6.0]


def test_penalty_spares_every_bias_and_reaches_every_weight():
    net = Network((3, 4, 2), hidden="tanh")
    theta, X, Y = draw(net, 5)
    p, extra = net.params(theta), net.params(net.grad(theta, X, Y, lam=2.0, n=10) - net.grad(theta, X, Y))
    for l in 1, 2:
        assert (extra.b[l] == 0).all()
        assert np.allclose(extra.W[l], 0.2 * p.W[l], rtol=0, atol=4 * np.spacing(np.abs(p.W[l]).max()))
    squares = sum((p.W[l] ** 2).sum() for l in (1, 2))
    assert net.cost(theta, X, Y, lam=2.0, n=10) - net.cost(theta, X, Y) == pytest.approx(0.1 * squares, rel=1e-14)


def test_without_a_penalty_large_weights_cost_nothing():
    net = Network((1, 1))
    with np.errstate(all="raise"):
        assert net.cost(np.array([0.0, 1e200]), [[0.0]], [[1.0]]) == np.log(2)


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
def test_a_batch_is_the_mean_of_its_samples(output, loss):
    net = Network((3, 4, 2), hidden="tanh", output=output, loss=loss)
    theta, X, Y = draw(net, 7)
    one_by_one = [
        (net.cost(theta, X[i : i + 1], Y[i : i + 1]), net.grad(theta, X[i : i + 1], Y[i : i + 1])) for i in range(7)
    ]
    assert net.cost(theta, X, Y) == pytest.approx(np.mean([cost for cost, _ in one_by_one]), rel=1e-14)
    assert relative(net.grad(theta, X, Y), np.mean([grad for _, grad in one_by_one], axis=0)) <= 1e-14


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
def test_deltas_are_per_sample_and_make_the_gradient(output, loss):
    """δ^l against the complex step of one sample's loss in its own pre-activation, through the bias that shifts it
    alone.
    """
    net = Network((3, 4, 2), hidden="tanh", output=output, loss=loss)
    theta, X, Y = draw(net, 5)
    t = net.backward(theta, net.forward(theta, X), Y)
    for i in range(5):
        witness = net.params(complex_step(lambda point, i=i: net.cost(point, X[i : i + 1], Y[i : i + 1]), theta))
        for l in 1, 2:
            assert relative(t.delta[l][i], witness.b[l]) <= BOUND
    g = net.params(net.grad(theta, X, Y))
    for l in 1, 2:
        assert relative(t.delta[l].mean(axis=0), g.b[l]) <= 1e-14
        assert relative(t.delta[l].T @ t.a[l - 1] / 5, g.W[l]) <= 1e-14


def test_softmax_deltas_sum_to_zero():
    for loss in "cross_entropy", "half_squared":
        net = Network((3, 4, 3), output="softmax", loss=loss)
        theta, X, Y = draw(net, 5)
        assert abs(net.backward(theta, net.forward(theta, X), Y).delta[-1].sum(axis=1)).max() <= 1e-15


def test_permuted_hidden_units_permute_the_gradient():
    net = Network((3, 4, 2), hidden="tanh")
    theta, X, Y = draw(net, 5)
    order = np.array([2, 0, 3, 1])

    def permuted(vector):
        vector = vector.copy()
        p = net.params(vector)
        p.Theta[1][...] = p.Theta[1][order].copy()
        p.W[2][...] = p.W[2][:, order].copy()
        return vector

    assert net.cost(permuted(theta), X, Y) == pytest.approx(net.cost(theta, X, Y), rel=1e-15)
    assert relative(net.grad(permuted(theta), X, Y), permuted(net.grad(theta, X, Y))) <= 1e-14


def test_a_new_record_needs_no_change_elsewhere(monkeypatch):
    """A record put into the registries is known by its name, and its gradient agrees."""
    record = Activation(
        "softplus", lambda z, out=None: np.add(0, np.log1p(np.exp(z)), out=out), lambda z, a: 1 / (1 + np.exp(-z))
    )
    monkeypatch.setitem(ACTIVATIONS, "softplus", record)
    agrees(Network((3, 4, 2), hidden="softplus", output="softplus", loss="mse"), 5, 0.1, 0)
