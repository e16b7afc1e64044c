"""Backpropagation against the complex step, for every combination that the registries allow, and what a cost and a gradient promise."""

import warnings
from itertools import product

import numpy as np
import pytest
from support import OUTPUTS_AND_LOSSES, complex_step, draw, relative, targets

import bpcore
from bpcore import (
    ACTIVATIONS,
    LOSSES,
    Activation,
    Network,
    Trace,
    adam,
    check_gradient,
    leaky_relu,
    numerical_gradient,
    one_hot,
    sgd,
)

WIDTHS = {1: (3, None), 2: (3, 4, None), 3: (2, 4, 3, None), 4: (3, 2, 4, 3, None)}
K = 2
BOUND = 1e-12  # both sides are exact but for rounding; some 1e-15 is what comes out


def agrees(net, m, lam, seed, n=None):
    """Compare at the first draw from ``seed`` on whose gradient is not zero: of relu outputs some draws are dead altogether."""
    for seed in range(seed, seed + 10):
        theta, X, Y = draw(net, m, seed)
        gradient = net.grad(theta, X, Y, lam, n)
        if gradient.any():
            break
    assert gradient.any(), "a gradient of zeros would agree with anything"
    witness = complex_step(lambda point: net.cost(point, X, Y, lam, n), theta)
    assert relative(gradient, witness) <= BOUND
    return theta, X, Y


@pytest.mark.parametrize("depth", WIDTHS)
@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_allowed_combination(hidden, output, loss, depth):
    if depth == 1 and hidden != next(iter(ACTIVATIONS)):
        return  # without a hidden layer its activation makes no difference: one of them is enough
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


# The fused output delta and the losses from logits.

LINKED = [loss for loss in LOSSES.values() if loss.link]


@pytest.mark.parametrize("loss", LINKED, ids=lambda loss: loss.name)
def test_fused_delta_is_the_chain_rule(loss):
    """a - y against slope times derivative, at logits where the factors keep their digits."""
    rng = np.random.default_rng(0)
    z, y = rng.uniform(-2, 2, (200, 4)), targets(loss.name, rng, 200, 4)
    record = ACTIVATIONS[loss.link]
    a = record.f(z)
    delta = loss.slope(a, y)
    record.pull(z, a, delta)
    assert abs(delta - (a - y)).max() <= 4.5e-16  # two roundings of numbers up to 1: 2 eps


@pytest.mark.parametrize("loss", LINKED, ids=lambda loss: loss.name)
def test_loss_from_logits_is_the_loss(loss):
    rng = np.random.default_rng(0)
    z, y = rng.uniform(-2, 2, (200, 4)), targets(loss.name, rng, 200, 4)
    expected = loss.value(ACTIVATIONS[loss.link].f(z), y)
    assert np.allclose(loss.from_logits(z, y), expected, rtol=0, atol=4 * np.spacing(expected.max()))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
def test_slope_is_the_derivative_of_the_value(loss):
    rng = np.random.default_rng(0)
    y = targets(loss.name, rng, 3, 4)
    a = rng.uniform(0.1, 0.9, (3, 4)).ravel()
    witness = complex_step(lambda a: loss.value(a.reshape(3, 4), y).sum(), a)
    assert relative(loss.slope(a.reshape(3, 4), y).ravel(), witness) <= 1e-15


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=lambda record: record.name)
def test_pull_is_the_derivative_of_f(record):
    rng = np.random.default_rng(0)
    z, g = rng.standard_normal((3, 4)), rng.standard_normal((3, 4))
    witness = complex_step(lambda z: (record.f(z.reshape(3, 4)) * g).sum(), z.ravel())
    pulled = g.copy()
    record.pull(z, record.f(z), pulled)
    assert relative(pulled.ravel(), witness) <= 1e-15


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=lambda record: record.name)
def test_f_writes_into_out_and_spares_z(record):
    z = np.random.default_rng(0).standard_normal((3, 4))
    z.setflags(write=False)
    out = np.empty((3, 4))
    a = record.f(z)
    assert record.f(z, out=out) is out and np.array_equal(out, a) and not np.shares_memory(a, z)


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
        (-40.0, 0.0, np.exp(-40.0), 0.0),
        (40.0, 1.0, np.exp(-40.0), 0.0),
    ],
)
def test_sigmoid_cross_entropy_is_exact_at_any_logit(logit, target, cost, slope):
    net, X = single_unit("binary_cross_entropy", "sigmoid", 1)
    theta, Y = np.array([logit, 0.0]), np.array([[target]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert net.cost(theta, X, Y) == pytest.approx(cost, rel=1e-15, abs=0)
        assert net.grad(theta, X, Y)[0] == slope


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


# Meanings, by hand.


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
    """δ^l against the complex step of one sample's loss in its own pre-activation, through the bias that shifts it alone."""
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


# Types, arguments and memory.


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_float32_stays_float32(hidden, output, loss):
    net = Network((3, 4, 2), hidden=hidden, output=output, loss=loss)
    theta, X, Y = draw(net, 5)
    small = theta.astype(np.float32)
    Y = Y.astype(np.float32)
    lam = np.float64(0.1)  # a NumPy float64 is not weak: it must not lift the result either
    assert net.cost(small, X, Y, lam=lam).dtype == np.float32
    assert net.grad(small, X, Y, lam=lam).dtype == net.predict(small, X).dtype == np.float32
    t = net.backward(small, net.forward(small, X), Y)
    assert {array.dtype for array in [*t.a, *t.z[1:], *t.delta[1:]]} == {np.dtype(np.float32)}
    for method in sgd, adam:
        fit = method(
            net, small, X, Y, lr=np.float64(0.01), epochs=2, lam=lam, schedule=lambda epoch, epochs: np.float64(1)
        )
        assert fit.theta.dtype == fit.history.dtype == np.float32
        assert np.array_equal(fit.theta, method(net, small, X, Y, lr=0.01, epochs=2, lam=0.1).theta)
    double = net.grad(theta, X, Y, lam=0.1)
    assert relative(net.grad(small, X, Y, lam=0.1), double) <= 2e-5
    assert check_gradient(net, small, X, Y, lam=0.1).passed


def test_float32_targets_with_float64_parameters():
    """Rows that sum to 1 in float32 do so only nearly after their conversion; they are still distributions."""
    net = Network((3, 4, 5), output="softmax", loss="cross_entropy")
    theta, X, Y = draw(net, 200)
    assert relative(net.grad(theta, X, Y.astype(np.float32)), net.grad(theta, X, Y)) <= 1e-6


def test_float16_and_integers_in_X_and_Y_are_converted():
    net = Network((2, 3, 1))
    theta = net.init(0)
    X, Y = [[1, 0], [0, 1]], [[1], [0]]
    expected = net.grad(theta, np.array(X, float), np.array(Y, float))
    for convert in (
        lambda v: v,
        np.array,
        lambda v: np.array(v, np.float16),
        lambda v: np.array(v, bool),
        lambda v: np.array(v, np.uint8),
    ):
        assert np.array_equal(net.grad(theta, convert(X), convert(Y)), expected)


def test_memory_order_and_strides_make_no_difference():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 6)
    strided = np.repeat(theta, 3)[::3]
    for X_, Y_, theta_ in (
        (np.asfortranarray(X), np.asfortranarray(Y), theta),
        (np.repeat(X, 2, axis=0)[::2], Y[::-1][::-1], strided),
    ):
        assert np.array_equal(net.grad(theta_, X_, Y_, lam=0.1), net.grad(theta, X, Y, lam=0.1))
        assert net.cost(theta_, X_, Y_) == net.cost(theta, X, Y)
        assert np.array_equal(
            sgd(net, theta_, X_, Y_, epochs=3, batch_size=4).theta, sgd(net, theta, X, Y, epochs=3, batch_size=4).theta
        )


def frozen(*arrays):
    """Copies that raise when written to."""
    copies = [np.array(array) for array in arrays]
    for copy in copies:
        copy.setflags(write=False)
    return copies


@pytest.mark.parametrize("dtype", [float, np.float32])
def test_no_public_function_changes_its_arguments(tmp_path, dtype):
    """Each call gets arrays that refuse to be written to, of the very type that needs no conversion, which would hide a change."""
    net = Network((3, 4, 2), hidden=["relu"], output="softmax", loss="cross_entropy")
    originals = [array.astype(dtype) for array in (*draw(net, 6)[:2], one_hot([0, 1, 1, 0, 1, 0], 2))]
    theta, X, Y = frozen(*originals)
    (labels,) = frozen([0, 1, 1, 0])
    t = net.forward(theta, X)
    held = [array.copy() for array in (*t.a, *t.z[1:])]
    for array in (*t.A, *t.Z[1:]):
        array.setflags(write=False)
    calls = [
        lambda: net.params(theta),
        lambda: net.forward(theta, X),
        lambda: net.backward(theta, t, Y),
        lambda: net.cost(theta, X, Y, 0.1),
        lambda: net.grad(theta, X, Y, 0.1),
        lambda: net.predict(theta, X),
        lambda: sgd(net, theta, X, Y, epochs=2, momentum=0.9, lam=0.1),
        lambda: sgd(net, theta, X, Y, epochs=2, batch_size=4),
        lambda: sgd(net, theta, X, Y, epochs=2, batch_size=2, shuffle=False),
        lambda: adam(net, theta, X, Y, epochs=2, batch_size=4, lam=0.1),
        lambda: check_gradient(net, theta, X, Y, 0.1),
        lambda: check_gradient(net, theta, X, Y, 0.1, "central"),
        lambda: check_gradient(lambda v: (v * v).sum(), lambda v: 2 * v, theta),
        lambda: numerical_gradient(lambda v: (v * v).sum(), theta),
        lambda: one_hot(labels, 2),
        lambda: bpcore.save(tmp_path / "net", net, theta),
        lambda: bpcore.relative_error(theta, theta),
    ]
    for call in calls:
        call()
    assert all(np.array_equal(array, copy) for array, copy in zip((*t.a, *t.z[1:]), held))
    assert all(np.array_equal(array, original) for array, original in zip((theta, X, Y), originals))


def test_a_held_trace_is_not_overwritten():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    t = net.forward(theta, X)
    with_delta = net.backward(theta, t, Y)
    assert t.delta is None, "backward leaves the trace it was given as it was"
    held = [array.copy() for array in (*t.a, *t.z[1:], *with_delta.delta[1:])]
    prediction = net.predict(theta, X)
    kept = prediction.copy()
    other = draw(net, 5, seed=1)
    net.forward(*other[:2]), net.cost(*other), net.grad(*other), net.predict(*other[:2])
    (
        net.backward(other[0], net.forward(*other[:2]), other[2]),
        net.backward(theta, t, other[2]),
        net.backward(theta, with_delta, other[2]),
    )
    sgd(net, *other, epochs=3, batch_size=2), adam(net, *other, epochs=3)
    assert all(np.array_equal(array, copy) for array, copy in zip((*t.a, *t.z[1:], *with_delta.delta[1:]), held))
    assert np.array_equal(prediction, kept)


def test_a_trace_does_not_follow_X():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    t = net.forward(theta, X)
    X[...] = 0
    assert t.a[0].any()


def test_results_are_the_callers_own():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    first = net.grad(theta, X, Y)
    first[...] = 0
    assert net.grad(theta, X, Y).any() and not np.shares_memory(first, theta)
    assert net.predict(theta, X).base is None


def test_a_new_record_needs_no_change_elsewhere(monkeypatch):
    """A record put into the registries is known by its name, and its gradient agrees."""
    record = Activation(
        "softplus", lambda z, out=None: np.add(0, np.log1p(np.exp(z)), out=out), lambda z, a: 1 / (1 + np.exp(-z))
    )
    monkeypatch.setitem(ACTIVATIONS, "softplus", record)
    agrees(Network((3, 4, 2), hidden="softplus", output="softplus", loss="mse"), 5, 0.1, 0)


def test_the_first_delta_of_a_trace_is_absent():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    t = net.backward(theta, net.forward(theta, X), Y)
    assert isinstance(t, Trace) and t.delta[0] is None and t.z[0] is None and np.array_equal(t.a[0], X)
