"""What changed code would have slipped through: bounds met exactly, defaults, and words to the letter."""

import math
import os
import threading
import warnings

import numpy as np
import pytest

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
    relative_error,
    save,
    sgd,
)

EPS32 = float(np.finfo(np.float32).eps)
NET = Network((2, 3, 1))
RNG = np.random.default_rng(0)
X, Y = RNG.standard_normal((5, 2)), np.ones((5, 1))


def COST(v):
    return (v**2).sum()


def test_a_leaky_slope_begins_below_zero():
    record = leaky_relu(0.25)
    z = np.array([[-2.0, -0.5, 0.0, 0.5, 1.0, 3.0]])
    assert record.f(z).tolist() == [[-0.5, -0.125, 0.0, 0.5, 1.0, 3.0]]
    assert record.df(z, None).tolist() == [[0.25, 0.25, 0.25, 1.0, 1.0, 1.0]]
    assert record.df(z.astype(np.float32), None).dtype == np.float32
    room = np.zeros_like(z)
    assert record.f(z, out=room) is room and room[0, -1] == 3


@pytest.mark.parametrize("train, lr", [(sgd, 0.1), (adam, 0.001)])
def test_what_training_does_unless_told_otherwise(train, lr):
    """A hundred epochs with the rate that the documentation names."""
    start = NET.init(0)
    fit, same = train(NET, start, X, Y), train(NET, start, X, Y, lr=lr, epochs=100)
    assert len(fit.history) == 101 and np.array_equal(fit.theta, same.theta)


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


def kinked_report(units):
    """A check by central differences in which the bias of each of the ``units`` steps across its kink, and nothing else does."""
    net = Network((1, units, 1), hidden="relu", output="identity", loss="half_squared")
    theta = np.zeros(net.n_params)
    p = net.params(theta)
    p.W[2][...] = 1
    return check_gradient(net, theta, [[0.0]], [[1.0]], method="central")


@pytest.mark.parametrize("units, named", [(3, "b[1][0], b[1][1], b[1][2])"), (4, "b[1][0], b[1][1], b[1][2], …)")])
def test_three_kinks_are_named_and_more_are_hinted_at(units, named):
    report = kinked_report(units)
    assert len(report.kinks) == units and named in repr(report)


def test_the_complex_step_crosses_no_kink():
    net = Network((1, 2, 1), hidden="relu", output="identity", loss="half_squared")
    assert check_gradient(net, np.zeros(net.n_params), [[1.0]], [[1.0]]).kinks == ()


def test_a_step_away_from_the_kink_crosses_nothing():
    """At z = 0 the derivative is that of the left side: a forward step to the right crosses the kink, one that stays at 0 or goes left does not."""
    net = Network((1, 2, 1), hidden="relu", output="identity", loss="half_squared")
    theta = np.zeros(net.n_params)
    net.params(theta).W[2][...] = 1
    assert check_gradient(net, theta, [[-1.0]], [[1.0]], method="forward").kinks == ("b[1][0]", "b[1][1]")
    assert check_gradient(net, theta, [[1.0]], [[1.0]], method="forward").kinks == (
        "b[1][0]",
        "W[1][0,0]",
        "b[1][1]",
        "W[1][1,0]",
    )


def test_an_error_that_equals_the_tolerance_has_passed():
    report = check_gradient(lambda v: (v**2).sum(), lambda v: 2 * v, np.array([1.0, 2.0]))
    at_the_edge = type(report)(
        **{**report.__dict__, "error": 1e-12, "rows": (type(report.rows[0])("theta", 2, 1e-12, "theta[0]"),)}
    )
    assert repr(at_the_edge).count("below 1e-12") == 2 and "worst at" not in repr(at_the_edge)


@pytest.mark.parametrize(
    "call, message",
    [
        (
            lambda: sgd(NET, NET.init(0), X, Y, batch_size=6),
            "batch_size=6: expected a whole number from 1 to 5; None takes all samples at once",
        ),
        (lambda: sgd(NET, NET.init(0), X, Y, shuffle="no"), "shuffle='no' is a str: expected True or False"),
        (
            lambda: one_hot([[0], [1, 2]], 3),
            "labels is no array: expected whole numbers of shape (m,), one label a sample (setting ",
        ),
        (
            lambda: numerical_gradient(COST, np.ones((2, 2))),
            "theta has shape (2, 2), but the function has 4 parameters: expected (4,)",
        ),
        (
            lambda: check_gradient(COST, COST, np.ones((2, 2))),
            "theta has shape (2, 2), but the function has 4 parameters: expected (4,)",
        ),
        (
            lambda: numerical_gradient(lambda v: [[1], [1, 2]], np.ones(2)),
            "cost is no array: expected one number from cost(theta) (setting ",
        ),
        (
            lambda: numerical_gradient(lambda v: abs(v[0]), np.ones(2), "complex"),
            "cost returned a real number for complex parameters, so it drops "
            "the imaginary part (abs, float, .real?): use method='central', or keep every step of the cost analytic\n",
        ),
        (lambda: check_gradient(NET, NET.init(0), X), "Y is missing: expected check_gradient(net, theta, X, Y)\n"),
        (
            lambda: check_gradient(3, COST, np.ones(2)),
            "net is a int: expected check_gradient(net, theta, X, Y) with a Network, or ",
        ),
        (
            lambda: check_gradient(COST, COST, np.ones(2), lam=1.0),
            "check_gradient(cost, grad, theta) takes no Y and no lam: expected two functions "
            "that hold their data, such as lambda theta: cost(theta, X, Y)\n",
        ),
        (lambda: sgd(NET, NET.init(0), X, Y, lr="fast"), "lr='fast' is a str: expected a number\n"),
        (lambda: sgd(NET, NET.init(0), X, Y, lr=-1.0), "lr=-1.0: expected a finite number above 0\n"),
        (lambda: sgd(NET, NET.init(0), X, Y, lam=-1.0), "lam=-1.0: expected a finite number at least 0\n"),
        (lambda: sgd(NET, NET.init(0), X, Y, epochs=1.5), "epochs=1.5 is a float: expected a whole number\n"),
        (
            lambda: Network((2, 3, 1), hidden={"tanh"}),
            "hidden={'tanh'} is a set: expected a name, or one for each hidden layer\n",
        ),
        (
            lambda: Network((2, 3, 1), hidden="tanh", output="softmax", loss="binary_cross_entropy"),
            "loss='binary_cross_entropy' does not fit output='softmax': "
            "expected output='sigmoid', or a loss for any output such as 'half_squared'\n",
        ),
        (lambda: Network(5), "sizes=5 is a int: expected the units of each layer, such as (2, 4, 1)\n"),
        (
            lambda: NET.cost(NET.init(0), np.zeros((3, 4)), Y),
            "X has shape (3, 4), but the network has 2 inputs: expected (3, 2), one sample a row; "
            "one sample alone is a row of its own\n",
        ),
    ],
    ids=[
        "batch_size",
        "shuffle",
        "labels",
        "theta",
        "theta of a check",
        "cost is ragged",
        "cost is real",
        "Y",
        "net",
        "lam with functions",
        "lr is a word",
        "lr below 0",
        "lam below 0",
        "epochs",
        "hidden",
        "loss",
        "sizes",
        "X",
    ],
)
def test_messages_to_the_letter(call, message):
    """A message that ends with a new line here is given to its end."""
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert (str(caught.value) + "\n").startswith(message)


def test_at_the_kink_an_imaginary_step_meets_the_left_side():
    assert ACTIVATIONS["relu"].f(np.array([[1e-30j, 2 + 1j, -2 + 1j]])).tolist() == [[0, 2 + 1j, 0]]


@pytest.mark.parametrize("history", ["full", "running", "none"])
def test_costs_have_the_precision_of_the_parameters(history):
    fit = sgd(NET, NET.init(0).astype(np.float32), X, Y, epochs=2, history=history)
    assert fit.history.dtype == fit.theta.dtype == np.float32


@pytest.mark.parametrize(
    "a, b, expected",
    [
        ([1j], [1.0], math.sqrt(2)),
        ([1.0], [1j], math.sqrt(2)),
        ([], [], 0.0),
        ([0.0], [0.0], 0.0),
        ([np.inf], [1.0], math.nan),
        ([1.0], [-np.inf], math.nan),
        ([np.nan], [1.0], math.nan),
        ([1.0], [np.nan], math.nan),
    ],
)
def test_relative_errors_at_the_edges(a, b, expected):
    with np.errstate(all="raise"):
        assert np.array_equal(relative_error(np.array(a), np.array(b)), expected, equal_nan=True)


def test_a_step_that_is_asked_for_is_taken_and_told():
    cost, theta = lambda v: (v**4).sum(), np.array([1.0, 2.0])
    report = check_gradient(cost, lambda v: 4 * v**3, theta, method="central", step=0.125)
    assert report.step == 0.125 and np.array_equal(report.numerical, numerical_gradient(cost, theta, "central", 0.125))
    assert not np.array_equal(report.numerical, numerical_gradient(cost, theta, "central"))
    start = NET.init(0)
    report = check_gradient(NET, start, X, Y, method="central", step=0.125)
    assert np.array_equal(report.numerical, numerical_gradient(lambda v: NET.cost(v, X, Y), start, "central", 0.125))


@pytest.mark.parametrize("grad", [lambda v: v > 0, lambda v: v + 0j], ids=["bool", "complex"])
def test_a_gradient_is_made_of_real_numbers(grad):
    with pytest.raises(TypeError, match=r"^what grad returned has dtype \w+: expected an array of real numbers"):
        check_gradient(lambda v: v.sum(), grad, np.array([1.0, 2.0]))


@pytest.mark.parametrize(
    "height, returned",
    [(np.inf, np.inf), (-1.5e308, 1.5e308)],
    ids=["both are infinite", "the difference is too large"],
)
def test_a_gradient_out_of_range_fails_without_a_warning(height, returned):
    with np.errstate(all="raise"):
        report = check_gradient(
            lambda v: float(v[0]) * height if v[0] > 0 else 0.0,
            lambda v: np.array([returned]),
            np.array([0.0]),
            method="forward",
        )
    assert not report.passed


def test_an_error_that_meets_the_tolerance_exactly_passes():
    report = check_gradient(lambda v: v[0] + 0 * v[1], lambda v: np.array([1.0, 1e-12]), np.array([0.0, 0.0]))
    assert report.error == report.tolerance == 1e-12 and report.passed


def test_a_cost_may_warn():
    def cost(v):
        warnings.warn("a word of the cost's own", UserWarning)
        return (v**2).sum()

    with pytest.warns(UserWarning, match="of the cost's own"):
        assert check_gradient(cost, lambda v: 2 * v, np.array([1.0, 2.0])).passed


def test_an_activation_of_a_whole_row_gets_all_that_it_asks_for():
    record = Activation("sum", lambda z, out=None: z, vjp=lambda z, a, g: z + 2 * a + 4 * g)
    g = np.array([[1.0, 2.0]])
    record.pull(np.array([[8.0, 16.0]]), np.array([[32.0, 64.0]]), g)
    assert g.tolist() == [[8 + 64 + 4, 16 + 128 + 8]]


def test_without_a_penalty_large_weights_cost_nothing():
    net = Network((1, 1))
    with np.errstate(all="raise"):
        assert net.cost(np.array([0.0, 1e200]), [[0.0]], [[1.0]]) == np.log(2)


@pytest.fixture
def file(tmp_path):
    save(tmp_path / "net.npz", NET, NET.init(0))
    return tmp_path / "net.npz"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path):
    """In this process; if nobody writes for half a minute, somebody does, so that a wait ends and is seen."""
    os.mkfifo(tmp_path / "net.npz")
    waited = []

    def wake():
        waited.append(True)
        os.close(os.open(tmp_path / "net.npz", os.O_RDWR | os.O_NONBLOCK))

    timer = threading.Timer(30, wake)
    timer.start()
    with pytest.raises(ValueError, match="wrote: it is a device or a pipe, whose end may never come$"):
        load(tmp_path / "net.npz")
    timer.cancel()
    assert not waited


def test_a_system_without_that_flag_opens_files_all_the_same(file, monkeypatch):
    monkeypatch.delattr(os, "O_NONBLOCK", raising=False)
    assert np.array_equal(load(file)[1], NET.init(0))


@pytest.mark.parametrize("length, accepted", [(10**6, True), (10**6 + 1, False)])
def test_how_long_a_description_may_be(file, length, accepted):
    with np.load(file) as arrays:
        about, theta = arrays["about"].tobytes(), arrays["theta"]
    np.savez(file, about=np.frombuffer(about.ljust(length), np.uint8), theta=theta)
    if accepted:
        assert np.array_equal(load(file)[1], theta)
    else:
        with pytest.raises(ValueError, match=f"2 arrays and {length} bytes of description"):
            load(file)


def test_a_file_with_nan_says_which_array_it_is(file):
    with np.load(file) as arrays:
        about, theta = arrays["about"], arrays["theta"]
    theta[2] = np.nan
    np.savez(file, about=about, theta=theta)
    with pytest.raises(ValueError, match="wrote: theta "):
        load(file)


class Told:
    """What it says of itself is given, or nothing is."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text or 1 / 0


@pytest.mark.parametrize(
    "text, shown",
    [("x" * 200, "x" * 200), ("x" * 201, "x" * 200 + "…"), ("x" * 300, "x" * 200 + "…"), (None, "<Told>")],
    ids=["200", "201", "300", "none"],
)
def test_how_much_of_a_value_a_message_shows(text, shown):
    with pytest.raises(TypeError) as caught:
        sgd(NET, NET.init(0), X, Y, shuffle=Told(text))
    assert str(caught.value) == f"shuffle={shown} is a Told: expected True or False"
