"""The network: names, initial values, types, and arguments that stay as they are."""

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize
from support import OUTPUTS_AND_LOSSES, draw, relative

import bpcore
from bpcore import (
    ACTIVATIONS,
    LOSSES,
    Activation,
    Network,
    adam,
    check_gradient,
    leaky_relu,
    load,
    numerical_gradient,
    one_hot,
    save,
    sgd,
)
from bpcore.network import SCHEMES

ROOT = Path(bpcore.__file__).parents[1]
SIZES = (3, 5, 4, 2)


@pytest.fixture
def net():
    return Network(SIZES, hidden="tanh")


def test_reprs(net):
    theta, X, Y = draw(net, 7)
    assert repr(net) == "Network(3-5-4-2: tanh tanh sigmoid; binary_cross_entropy; 54 parameters)"
    assert repr(net.params(theta)) == "Params(Theta[1] (5, 4), Theta[2] (4, 6), Theta[3] (2, 5))"
    t = net.forward(theta, X)
    assert repr(t) == "Trace(a[0] (7, 3), a[1] (7, 5), a[2] (7, 4), a[3] (7, 2); no delta yet)"
    assert repr(net.backward(theta, t, Y)).endswith("; with delta)")


def test_the_default_network_is_sigmoid_and_cross_entropy():
    net = Network((2, 3, 1))
    assert [f.name for f in net.activations[1:]] == ["sigmoid", "sigmoid"] and net.loss is LOSSES[
        "binary_cross_entropy"
    ]
    assert net.L == 2 and net.sizes == (2, 3, 1) and net.activations[0] is None


@pytest.mark.parametrize(
    "sizes",
    [[2, 3, 1], np.array([2, 3, 1]), (n for n in (2, 3, 1)), range(2, 5)],
    ids=["list", "array", "generator", "range"],
)
def test_sizes_may_be_any_sequence(sizes):
    net = Network(sizes)
    assert all(type(n) is int for n in net.sizes) and len(net.sizes) == 3


def test_hidden_takes_names_and_records_one_or_one_per_layer():
    own = Activation("cube", lambda z, out=None: np.power(z, 3, out=out), lambda z, a: 3 * z * z)
    slope = leaky_relu(0.2)
    assert [f.name for f in Network(SIZES, hidden=["relu", own]).activations[1:]] == ["relu", "cube", "sigmoid"]
    assert Network(SIZES, hidden=own).activations[1:3] == [own, own]
    assert Network(SIZES, hidden=(slope, "tanh")).activations[1:3] == [slope, ACTIVATIONS["tanh"]]
    assert (
        Network((3, 2), hidden="relu").activations[1:]
        == Network((3, 2), hidden=[]).activations[1:]
        == [ACTIVATIONS["sigmoid"]]
    )


def test_an_activation_may_return_its_values_and_leave_out_alone():
    """``out`` is room that an activation may use; one that returns another array is right as well."""
    own = Activation("bent", lambda z, out=None: z + 0.1 * z**2, lambda z, a: 1 + 0.2 * z)
    net, rng = Network((3, 4, 4, 2), own), np.random.default_rng(0)
    theta, X, Y = rng.standard_normal(net.n_params), rng.standard_normal((6, 3)), np.eye(2)[[0, 1, 1, 0, 1, 0]]
    a, p = X, net.params(theta)
    for l, f in ((1, own.f), (2, own.f), (3, lambda z: 1 / (1 + np.exp(-z)))):
        a = f(a @ p.W[l].T + p.b[l])
    assert np.allclose(net.predict(theta, X), a, rtol=1e-12)
    assert check_gradient(lambda v: net.cost(v, X, Y), lambda v: net.grad(v, X, Y), theta).passed


def test_a_loss_knows_its_output_by_the_record_and_not_by_its_name():
    """a - y is the slope for bpcore's own sigmoid, not for whatever is called so."""
    impostor = Activation("sigmoid", np.tanh, lambda z, a: 1 - a * a)
    with pytest.raises(ValueError, match="loss='binary_cross_entropy' does not fit output='sigmoid'"):
        Network((2, 3, 1), output=impostor, loss="binary_cross_entropy")


def test_an_output_that_does_not_fit_is_the_one_that_is_named():
    with pytest.raises(ValueError, match="does not fit output='tanh': expected output='sigmoid'"):
        Network((2, 3, 1), hidden="relu", output="tanh", loss="binary_cross_entropy")


BIG = (100, 400, 100)


def weights(scheme, seed=0):
    net = Network(BIG)
    p = net.params(net.init(seed=seed, scheme=scheme))
    assert not p.b[1].any() and not p.b[2].any()
    return p.W[1], p.W[2]


@pytest.mark.parametrize(
    "scheme, variance",
    [
        ("glorot_uniform", lambda n_in, n_out: 2 / (n_in + n_out)),
        ("he_normal", lambda n_in, n_out: 2 / n_in),
        ("standard_normal", lambda n_in, n_out: 1),
    ],
)
def test_scheme_has_its_moments(scheme, variance):
    for W in weights(scheme):
        n_out, n_in = W.shape
        spread = np.sqrt(variance(n_in, n_out))
        assert abs(W.mean()) < 5 * spread / np.sqrt(W.size)
        kurtosis = 1.8 if scheme == "glorot_uniform" else 3.0
        assert abs(W.var() / spread**2 - 1) < 5 * np.sqrt((kurtosis - 1) / W.size)
        assert (W**4).mean() / W.var() ** 2 == pytest.approx(kurtosis, rel=0.06)


def test_uniform_schemes_fill_their_interval():
    for W in weights("glorot_uniform"):
        bound = np.sqrt(6 / sum(W.shape))
        assert -bound <= W.min() < -0.999 * bound and 0.999 * bound < W.max() <= bound
    for W in weights("uniform"):
        assert 0 <= W.min() < 0.001 and 0.999 < W.max() < 1 and abs(W.mean() - 0.5) < 5 / np.sqrt(12 * W.size)


def test_zeros():
    assert not any(W.any() for W in weights("zeros"))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_init_returns_a_vector_and_repeats_itself(scheme):
    net = Network(SIZES)
    theta = net.init(seed=42, scheme=scheme)
    assert theta.shape == (net.n_params,) and theta.dtype == np.float64 and theta.flags.writeable
    assert np.array_equal(theta, net.init(42, scheme)) and np.array_equal(
        theta, net.init(np.random.default_rng(42), scheme)
    )
    assert scheme == "zeros" or not np.array_equal(theta, net.init(43, scheme))
    assert not any(b.any() for b in net.params(theta).b[1:])


def test_init_goes_on_with_a_generator():
    rng, net = np.random.default_rng(0), Network(SIZES)
    assert not np.array_equal(net.init(rng), net.init(rng))


def test_glorot_is_the_default():
    assert np.array_equal(Network(SIZES).init(0), Network(SIZES).init(0, scheme="glorot_uniform"))


def test_init_draws_row_by_row_from_the_generator():
    """Stated so that the numbers of the book can be drawn again without bpcore."""
    net, rng = Network((2, 3, 1)), np.random.default_rng(5)
    p = net.params(net.init(5, "standard_normal"))
    assert np.array_equal(p.W[1], rng.standard_normal((3, 2))) and np.array_equal(p.W[2], rng.standard_normal((1, 3)))


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
    for array in copies:
        array.setflags(write=False)
    return copies


@pytest.mark.parametrize("dtype", [float, np.float32])
def test_no_public_function_changes_its_arguments(tmp_path, dtype):
    """Each call gets arrays that refuse to be written to, of the very type that needs no conversion, which would hide
    a change.
    """
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


def test_results_are_the_callers_own():
    net = Network((3, 4, 2))
    theta, X, Y = draw(net, 5)
    first = net.grad(theta, X, Y)
    first[...] = 0
    assert net.grad(theta, X, Y).any() and not np.shares_memory(first, theta)
    assert net.predict(theta, X).base is None


@pytest.mark.parametrize("twin", [lambda net: pickle.loads(pickle.dumps(net)), copy.deepcopy, copy.copy])
def test_a_network_can_be_pickled_and_copied(twin, tmp_path):
    """Its twin computes the same bits, and is saved and loaded like the original."""
    net = Network((3, 4, 2), hidden=[leaky_relu()], output="softmax", loss="cross_entropy")
    theta, X, Y = draw(net, 5)
    other = twin(net)
    assert repr(other) == repr(net) and other.sizes == net.sizes and other.loss is net.loss
    assert np.array_equal(other.grad(theta, X, Y, 0.1), net.grad(theta, X, Y, 0.1))
    save(tmp_path / "net", other, theta)
    assert repr(load(tmp_path / "net")[0]) == repr(net)


def test_a_network_can_be_sent_to_a_process_that_is_started_afresh(tmp_path):
    net = Network((3, 4, 2), hidden="relu", output="identity", loss="mse")
    theta, X, Y = draw(net, 5)
    (tmp_path / "sent").write_bytes(pickle.dumps((net, theta, X, Y)))
    code = (
        f"import pickle\nwith open({str(tmp_path / 'sent')!r}, 'rb') as file:\n    net, *data = pickle.load(file)\n"
        f"print(float(net.cost(*data)).hex())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == float(net.cost(theta, X, Y)).hex(), done.stderr


@pytest.mark.parametrize("output, loss", OUTPUTS_AND_LOSSES)
@pytest.mark.parametrize("lam, n", [(0.0, None), (0.7, 20)])
def test_cost_and_gradient_in_one_call_are_those_of_two(output, loss, lam, n):
    """To the bit, and for complex parameters too."""
    net = Network((3, 4, 2), hidden="tanh", output=output, loss=loss)
    theta, X, Y = draw(net, 5)
    for point in theta, theta.astype(np.float32), theta + 1e-20j:
        cost, grad = net.cost_and_grad(point, X, Y, lam, n)
        assert cost == net.cost(point, X, Y, lam, n) and np.array_equal(grad, net.grad(point, X, Y, lam, n))


def test_scipy_minimises_cost_and_grad():
    net = Network((2, 3, 1), hidden="tanh")
    theta, X, Y = draw(net, 20)
    found = minimize(net.cost_and_grad, theta, (X, Y, 0.1), jac=True, method="L-BFGS-B")
    assert found.fun < net.cost(theta, X, Y, 0.1) and abs(net.grad(found.x, X, Y, 0.1)).max() < 1e-3
