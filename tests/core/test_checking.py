"""The gradient check: right derivatives pass, planted mistakes fail and are named, and misuse is reported."""

import math
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from support import draw

import bpcore
from bpcore import METHODS, Network, Report, check_gradient, numerical_gradient, relative_error

ROOT = Path(bpcore.__file__).parents[1]
POINT = np.array([0.3, -1.2, 2.0, 0.7])
FUNCTIONS = {
    "polynomial": (lambda v: (v**3).sum() + v[0] * v[1], lambda v: 3 * v**2 + np.array([v[1], v[0], 0, 0])),
    "transcendental": (
        lambda v: np.exp(v).sum() * np.sin(v[2]),
        lambda v: np.exp(v) * np.sin(v[2]) + np.array([0, 0, np.exp(v).sum() * np.cos(v[2]), 0]),
    ),
    "rational": (lambda v: 1 / (1 + v @ v), lambda v: -2 * v / (1 + v @ v) ** 2),
}
ERRORS = {
    "complex": 1e-15,
    "central": 1e-9,
    "forward": 1e-6,
}  # rounding; ε^(2/3) and ε^(1/2) times derivatives of order 10


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_derivatives_that_are_known(name, method):
    function, derivative = FUNCTIONS[name]
    gradient = numerical_gradient(function, POINT, method)
    assert gradient.dtype == np.float64 and gradient.shape == POINT.shape
    assert relative_error(gradient, derivative(POINT)) <= ERRORS[method]


def test_quotients_by_hand():
    """x² at 3 with step 0.5: forward 6.5, central 6 exactly; x³ at 1 with step 0.5: central 3.25, complex 2.75."""
    square, cube = (lambda v: v[0] ** 2), (lambda v: v[0] ** 3)
    assert numerical_gradient(square, np.array([3.0]), "forward", 0.5).tolist() == [6.5]
    assert numerical_gradient(square, np.array([3.0]), "central", 0.5).tolist() == [6.0]
    assert numerical_gradient(cube, np.array([1.0]), "central", 0.5).tolist() == [3.25]
    assert numerical_gradient(cube, np.array([1.0]), "complex", 0.5) == pytest.approx([2.75], rel=1e-15)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("one", [1, np.float32(1), np.int64(1), 1.0])
def test_the_type_of_the_step_makes_no_difference(method, one):
    """A step that is a whole number must not turn theta into whole numbers."""
    assert (
        numerical_gradient(lambda v: (v**2).sum(), np.array([0.5, 1.5]), method, one).tolist()
        == numerical_gradient(lambda v: (v**2).sum(), np.array([0.5, 1.5]), method, 1.0).tolist()
    )


def test_central_is_the_default_of_numerical_gradient():
    function, _ = FUNCTIONS["transcendental"]
    assert np.array_equal(numerical_gradient(function, POINT), numerical_gradient(function, POINT, "central"))


def test_methods_and_their_steps():
    eps = np.finfo(float).eps
    assert {name: (method.step, method.tolerance) for name, method in METHODS.items()} == {
        "complex": (1e-30, 1e-12),
        "central": (eps ** (1 / 3), 1e-7),
        "forward": (eps ** (1 / 2), 1e-5),
    }


@pytest.mark.parametrize("method", METHODS)
def test_each_evaluation_gets_a_copy_of_its_own(method):
    """A cost that spoils its argument, as article C's gradient did, spoils nothing but that one evaluation."""
    theta = POINT.copy()
    theta.setflags(write=False)

    def spoils(v):
        value = (v**2).sum()
        v[...] = 0
        return value

    assert np.allclose(numerical_gradient(spoils, theta, method), 2 * POINT, rtol=1e-6)


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_a_cost_may_come_as_an_array_of_one(shape):
    assert np.allclose(numerical_gradient(lambda v: (v @ v).reshape(shape), POINT), 2 * POINT, rtol=1e-8)


def test_float32_parameters_are_differenced_in_double():
    gradient = numerical_gradient(lambda v: v @ v, POINT.astype(np.float32), "complex")
    assert gradient.dtype == np.float64 and relative_error(gradient, 2 * POINT.astype(np.float32)) <= 1e-15


# Costs that the complex step cannot use.


@pytest.mark.filterwarnings("ignore::numpy.exceptions.ComplexWarning")  # NumPy's, of what is refused here
@pytest.mark.parametrize(
    "cost",
    [
        lambda v: abs(v).sum(),
        lambda v: float((v**2).sum()),
        lambda v: math.exp(v[0]),
        lambda v: (v**2).sum().real,
        lambda v: np.linalg.norm(v) ** 2,
        lambda v: np.vdot(v, v).real,
        lambda v: (v.astype(float) ** 2).sum(),
        lambda v: np.array([float(x) for x in v]).sum(),
        lambda v: np.logaddexp(0, v).sum(),
    ],
    ids=["abs", "float", "math.exp", "real", "norm", "vdot", "astype", "list of floats", "logaddexp"],
)
def test_a_cost_that_is_not_analytic_is_refused_with_the_cure(cost):
    with pytest.raises(TypeError, match="use method='central', or keep every step of the cost analytic"):
        numerical_gradient(cost, POINT, "complex")
    assert np.isfinite(numerical_gradient(cost, POINT, "central")).all()


def test_a_cost_that_fails_by_itself_is_not_blamed_on_complex_numbers():
    with pytest.raises(TypeError, match="NoneType"):
        numerical_gradient(lambda v: v + None, POINT, "complex")


# Networks.


def networks():
    yield "sigmoid", Network((3, 5, 4, 2))
    yield "softmax", Network((3, 5, 4), hidden="tanh", output="softmax", loss="cross_entropy")
    yield "relu", Network((3, 5, 2), hidden="relu", output="identity", loss="mse")
    yield "one layer", Network((3, 2))


NETWORKS = dict(networks())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("lam", [0.0, 0.7])
@pytest.mark.parametrize("name", NETWORKS)
def test_bpcores_gradient_passes(name, lam, method):
    net = NETWORKS[name]
    theta, X, Y = draw(net, 6)
    report = check_gradient(net, theta, X, Y, lam, method=method)
    assert (
        report.passed
        and report.error <= report.tolerance == METHODS[method].tolerance
        and not report.changed
        and not report.kinks
    )
    assert report.method == method and report.step == METHODS[method].step
    assert np.array_equal(report.gradient, net.grad(theta, X, Y, lam))
    assert np.array_equal(report.numerical, numerical_gradient(lambda v: net.cost(v, X, Y, lam), theta, method))
    assert [(row.name, row.size) for row in report.rows] == [
        (f"Theta[{l}]", T.size) for l, T in enumerate(net.params(theta).Theta) if l
    ]


def test_complex_step_is_the_default_of_check_gradient():
    net = NETWORKS["sigmoid"]
    assert check_gradient(net, *draw(net, 6)).method == "complex"


def test_float32_networks_are_held_to_float32_rounding():
    net = NETWORKS["sigmoid"]
    theta, X, Y = draw(net, 6)
    report = check_gradient(net, theta.astype(np.float32), X, Y)
    assert report.passed and report.tolerance == 32 * np.finfo(np.float32).eps and report.error > 1e-10


# Planted mistakes.


def spoil(net, mistake):
    """The network with a gradient that has the mistake, by way of a subclass."""

    class Spoilt(Network):
        def grad(self, theta, X, Y, lam=0.0, n=None):
            g = self.params(Network.grad(self, theta, X, Y, lam, n).copy())
            mistake(g, self.params(theta), X, Y)
            return g.theta

    spoilt = Spoilt(net.sizes, net.activations[1:-1], net.activations[-1], net.loss)
    return spoilt


def wrong_sign(g, p, X, Y):
    g.W[2][...] *= -1


def doubled(g, p, X, Y):
    g.theta[...] *= 2


def divided_by_m(g, p, X, Y):
    g.theta[...] /= len(X)


def one_entry(g, p, X, Y):
    g.W[2][1, 3] += 1e-6


def one_bias(g, p, X, Y):
    g.b[1][4] *= 1 + 1e-6


def transposed(g, p, X, Y):
    g.W[2][...] = g.W[2].ravel().reshape(g.W[2].shape[::-1]).T


def forgotten(g, p, X, Y):
    g.b[1][...] = 0


@pytest.mark.parametrize(
    "mistake, layers, worst",
    [
        (wrong_sign, {"Theta[2]"}, "W[2]"),
        (doubled, {"Theta[1]", "Theta[2]", "Theta[3]"}, ""),
        (divided_by_m, {"Theta[1]", "Theta[2]", "Theta[3]"}, ""),
        (one_entry, {"Theta[2]"}, "W[2][1,3]"),
        (one_bias, {"Theta[1]"}, "b[1][4]"),
        (transposed, {"Theta[2]"}, "W[2]"),
        (forgotten, {"Theta[1]"}, "b[1]"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_planted_mistakes_fail_in_the_layer_where_they_are(mistake, layers, worst):
    net = Network((3, 5, 4, 2), hidden="tanh")
    theta, X, Y = draw(net, 6)
    report = check_gradient(spoil(net, mistake), theta, X, Y, lam=0.3)
    assert not report.passed and report.error > report.tolerance
    assert {row.name for row in report.rows if row.error > report.tolerance} == layers
    assert report.worst.startswith(worst)
    difference = abs(report.gradient - report.numerical)
    assert report.worst == net.params(theta).name_of(int(difference.argmax()))
    p = net.params(difference)
    for l, row in enumerate(report.rows, start=1):
        assert f"[{l}]" in row.worst and eval("p." + row.worst) == p.Theta[l].max(), row
    assert "FAILED" in repr(report)


def test_a_penalty_on_the_biases_is_found_at_lambda_above_zero_alone():
    def regularised_bias(g, p, X, Y):
        for l in 1, 2, 3:
            g.b[l][...] += lam / len(X) * p.b[l]

    net = Network((3, 5, 4, 2), hidden="tanh")
    theta, X, Y = draw(net, 6)
    for lam, passes in (0.0, True), (0.3, False):
        report = check_gradient(spoil(net, regularised_bias), theta, X, Y, lam=lam)
        assert report.passed == passes and (passes or report.worst.startswith("b["))


def test_errors_are_the_stated_norms():
    net = Network((3, 5, 4, 2), hidden="tanh")
    theta, X, Y = draw(net, 6)
    report = check_gradient(spoil(net, doubled), theta, X, Y)
    assert report.error == pytest.approx(0.5, rel=1e-12) and all(
        row.error == pytest.approx(0.5, rel=1e-12) for row in report.rows
    )
    report = check_gradient(spoil(net, wrong_sign), theta, X, Y)
    assert report.rows[1].error < 2 and report.rows[0].error < 1e-13


@pytest.mark.parametrize(
    "a, b, error",
    [
        ([3, 4], [3, 4], 0),
        ([0, 0], [0, 0], 0),
        ([3, 4], [0, 0], 1),
        ([3, 4], [-3, -4], 2),
        ([1, 0], [2, 0], 0.5),
        ([1e-200], [-1e-200], 2),
        ([1e200], [-1e200], 2),
        ([3e-320], [0], 1),
    ],
)
def test_relative_error_by_hand(a, b, error):
    """The tiny and the huge ones are those whose squares leave the range of numbers."""
    assert relative_error(np.array(a, float), np.array(b, float)) == error


def test_nan_is_not_lost_beside_zeros_and_the_least_whole_number_is_not_zero():
    zeros, nan = np.zeros(2), np.array([math.nan, 0])
    assert np.isnan([relative_error(zeros, nan), relative_error(nan, zeros)]).all()
    for kind in (np.int8, np.int64):
        least = np.array([np.iinfo(kind).min])
        assert relative_error(least, np.zeros_like(least)) == relative_error(least * 0, least) == 1.0


@pytest.mark.parametrize("method", ["complex", "central"])
def test_a_zero_gradient_does_not_pass_beside_a_derivative_that_is_no_number(method):
    report = check_gradient(lambda v: v.sum() * math.nan, lambda v: np.zeros(2), np.ones(2), method=method)
    assert not report.passed and "below" not in repr(report.rows[0].error)


# Two callables.


def test_two_callables_pass_or_fail_by_name():
    function, derivative = FUNCTIONS["polynomial"]
    for method in METHODS:
        report = check_gradient(function, derivative, POINT, method=method)
        assert isinstance(report, Report) and report.passed and [row.name for row in report.rows] == ["theta"]
    report = check_gradient(function, lambda v: derivative(v) + [0, 0, 1e-3, 0], POINT)
    assert not report.passed and report.worst == report.rows[0].worst == "theta[2]"


def test_scipy_style_pair():
    net = NETWORKS["sigmoid"]
    theta, X, Y = draw(net, 6)
    assert check_gradient(lambda v: net.cost(v, X, Y), lambda v: net.grad(v, X, Y), theta).passed


def test_a_gradient_may_come_as_a_list():
    assert check_gradient(lambda v: v @ v, lambda v: [2 * x for x in v], POINT).passed


@pytest.mark.parametrize("guilty", ["cost", "grad"])
def test_a_function_that_changes_its_argument_is_reported(guilty):
    def changes(function):
        def changing(v):
            value = function(v)
            v[1] = 0
            return value

        return changing

    function, derivative = FUNCTIONS["polynomial"]
    theta = POINT.copy()
    functions = {"cost": function, "grad": derivative}
    functions[guilty] = changes(functions[guilty])
    report = check_gradient(*functions.values(), theta)
    assert report.changed == (guilty,) and not report.passed
    assert report.error <= report.tolerance, "the numbers agree: what fails is the change"
    assert f"{guilty} changes the theta that it is given" in repr(report)
    assert "run the forward pass on theta as it came" in repr(report), "a copy alone is no cure"
    assert np.array_equal(theta, POINT)


def test_article_c_zeroes_its_bias_column_and_is_caught():
    """The gradient zeroes the biases of the vector that it was given, then computes: wrong numbers, and a changed
    argument.
    """
    net = Network((3, 5, 2))
    theta, X, Y = draw(net, 6)

    def grad(v):
        p = net.params(v)
        for l in 1, 2:
            p.b[l][...] = 0
        return net.grad(v, X, Y)

    report = check_gradient(lambda v: net.cost(v, X, Y), grad, theta)
    assert report.changed == ("grad",) and not report.passed and report.error > 1e-3
    assert (theta != 0).all()


def test_a_cost_that_is_not_a_number_fails():
    report = check_gradient(lambda v: v.sum() * np.nan, lambda v: np.ones(4), POINT, method="central")
    assert not report.passed and math.isnan(report.error) and "FAILED" in repr(report)


# Kinks.


def at_a_kink():
    """One relu unit whose pre-activation is 1e-9 for the one sample: a difference quotient steps across the kink."""
    net = Network((1, 1, 1), hidden="relu", output="identity", loss="half_squared")
    return net, np.array([1e-9, 0.0, 0.5, 1.0]), np.array([[1.0]]), np.array([[0.0]])


@pytest.mark.parametrize("method, kinks", [("central", ("b[1][0]", "W[1][0,0]")), ("forward", ()), ("complex", ())])
def test_a_kink_that_is_crossed_is_reported(method, kinks):
    report = check_gradient(*at_a_kink(), method=method)
    assert report.kinks == kinks
    assert report.passed == (method != "central")
    assert ("2 of 4 steps cross a kink" in repr(report)) == bool(kinks)
    if kinks:
        assert "(b[1][0], W[1][0,0]): compare method='complex'" in repr(report)
        assert report.numerical[0] == pytest.approx(
            report.gradient[0] / 2, rel=1e-3
        )  # half the slope: half the step lies on the flat side


def test_a_forward_step_crosses_from_below():
    net, theta, X, Y = at_a_kink()
    theta[0] = -1e-9
    report = check_gradient(net, theta, X, Y, method="forward")
    assert report.kinks == ("b[1][0]", "W[1][0,0]") and not report.passed
    assert check_gradient(net, theta, X, Y).passed


def test_smooth_networks_and_distant_kinks_are_not_reported():
    assert check_gradient(NETWORKS["sigmoid"], *draw(NETWORKS["sigmoid"], 6), method="central").kinks == ()
    assert check_gradient(NETWORKS["relu"], *draw(NETWORKS["relu"], 6), method="central").kinks == ()


def test_a_kink_in_the_output_layer_counts():
    net = Network((1, 1), output="leaky_relu", loss="half_squared")
    report = check_gradient(net, np.array([1e-9, 0.0]), [[1.0]], [[1.0]], method="central")
    assert report.kinks == ("b[1][0]", "W[1][0,0]")


def test_many_kinks_are_abridged():
    net = Network((3, 4, 1), hidden="relu", output="identity", loss="half_squared")
    report = check_gradient(net, np.zeros(net.n_params), [[1.0, 1, 1]], [[1.0]], method="central")
    assert len(report.kinks) == 16 and "16 of 21 steps cross a kink" in repr(report) and "W[1][0,1], …)" in repr(report)


# The report in words.


def test_report_of_a_right_gradient_reads_the_same_on_every_machine():
    net = Network((3, 5, 4, 2), hidden="tanh")
    lines = repr(check_gradient(net, *draw(net, 6))).splitlines()
    assert lines == ["gradient check passed (complex step): relative error below 1e-15"] + [
        f"  Theta[{l}]  {size:>6} parameters   error below 1e-15" for l, size in ((1, 20), (2, 24), (3, 10))
    ]


def test_report_of_a_wrong_one_names_what_is_wrong():
    net = Network((3, 5, 4, 2), hidden="tanh")
    lines = repr(check_gradient(spoil(net, wrong_sign), *draw(net, 6))).splitlines()
    assert (
        lines[0].startswith("gradient check FAILED (complex step): relative error 1.")
        and "worst at" not in lines[1] + lines[3]
    )
    assert ", worst at W[2][" in lines[2] and "error 2.0e+00" in lines[2] or "error 1." in lines[2]


@pytest.mark.parametrize(
    "error, shown",
    [
        (0.0, "below 1e-15"),
        (3e-16, "below 1e-15"),
        (1.2e-15, "below 1e-14"),
        (9e-13, "below 1e-12"),
        (2e-12, "2.0e-12"),
    ],
)
def test_passing_errors_are_shown_as_powers_of_ten(error, shown):
    report = Report(True, error, "W[1][0,0]", (), (), (), "complex", 1e-30, 1e-12, np.zeros(1), np.zeros(1))
    assert repr(report).endswith(f"relative error {shown}")


@pytest.mark.parametrize("method, calls", [("complex", 8), ("central", 14), ("forward", 8)])
def test_a_method_asks_for_no_more_costs_than_it_needs(method, calls):
    points = []

    def cost(theta):
        points.append(theta)
        return (theta**3).sum()

    numerical_gradient(cost, np.arange(1.0, 8), method)
    assert len(points) == calls


NET = Network((2, 3, 1))
X, Y = np.random.default_rng(0).standard_normal((5, 2)), np.ones((5, 1))


def kinked_report(units):
    """A check by central differences in which the bias of each of the ``units`` steps across its kink, and nothing
    else does.
    """
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
    """At z = 0 the derivative is that of the left side: a forward step to the right crosses the kink, one that stays
    at 0 or goes left does not.
    """
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
        warnings.warn("a word of the cost's own", UserWarning, stacklevel=1)
        return (v**2).sum()

    with pytest.warns(UserWarning, match="of the cost's own"):
        assert check_gradient(cost, lambda v: 2 * v, np.array([1.0, 2.0])).passed


# Parameters that are no vector: dicts, lists and tuples of arrays.


RANDOM = np.random.default_rng(1)
IN, OUT = RANDOM.standard_normal((6, 3)), RANDOM.standard_normal((6, 2))
NESTS = {  # how an owner keeps W1, b1, W2, b2: made, read again, and the names of its blocks and of an entry of W2
    "dict": (
        lambda *p: dict(zip(("W1", "b1", "W2", "b2"), p)),
        lambda nest: list(nest.values()),
        ["W1", "b1", "W2", "b2"],
        "W2[3,1]",
    ),
    "list of pairs": (
        lambda W1, b1, W2, b2: [(W1, b1), (W2, b2)],
        lambda nest: [*nest[0], *nest[1]],
        ["[0][0]", "[0][1]", "[1][0]", "[1][1]"],
        "[1][0][3,1]",
    ),
    "dict of lists": (
        lambda W1, b1, W2, b2: {"W": [None, W1, W2], "b": [None, b1, b2]},
        lambda nest: [nest["W"][1], nest["b"][1], nest["W"][2], nest["b"][2]],
        ["W[1]", "W[2]", "b[1]", "b[2]"],
        "W[2][3,1]",
    ),
    "dict of dicts": (
        lambda W1, b1, W2, b2: {"one": {"W": W1, "b": b1}, "two": {"W": W2, "b": b2}},
        lambda nest: [nest[layer][key] for layer in ("one", "two") for key in "Wb"],
        ['one["W"]', 'one["b"]', 'two["W"]', 'two["b"]'],
        'two["W"][3,1]',
    ),
}


class Owner:
    """A program of somebody's: tanh, half the squared error, (in, out) weights, in a structure of its own."""

    def __init__(self, how, dtype=float):
        self.made, self.read, self.blocks, self.entry = NESTS[how]
        rng = np.random.default_rng(0)
        shapes = (3, 4), (4,), (4, 2), (2,)
        self.X, self.Y = IN.astype(dtype), OUT.astype(dtype)
        self.params = self.made(*(rng.standard_normal(shape).astype(dtype) for shape in shapes))

    def cost(self, params):
        W1, b1, W2, b2 = self.read(params)
        return 0.5 * np.mean(np.sum((np.tanh(self.X @ W1 + b1) @ W2 + b2 - self.Y) ** 2, axis=1))

    def grad(self, params, change=lambda g: g):
        W1, b1, W2, b2 = self.read(params)
        a = np.tanh(self.X @ W1 + b1)
        d2 = (a @ W2 + b2 - self.Y) / len(self.X)
        d1 = d2 @ W2.T * (1 - a**2)
        return self.made(*change([self.X.T @ d1, d1.sum(0), a.T @ d2, d2.sum(0)]))

    def wrong(self, params):
        def change(g):
            g[2][3, 1] += 1e-3
            return g

        return self.grad(params, change)


def arrays(nest):
    if isinstance(nest, np.ndarray):
        return [nest]
    parts = nest.values() if isinstance(nest, dict) else nest
    return [array for part in parts if part is not None for array in arrays(part)]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("how", NESTS)
def test_parameters_may_be_any_nest_and_its_blocks_have_the_owners_names(how, method):
    owner = Owner(how)
    report = check_gradient(owner.cost, owner.grad, owner.params, method=method)
    assert report.passed and report.tolerance == METHODS[method].tolerance and not report.undecided
    assert [row.name for row in report.rows] == owner.blocks and not report.remarks
    assert [row.size for row in report.rows] == [array.size for array in arrays(owner.params)]
    report = check_gradient(owner.cost, owner.wrong, owner.params, method=method)
    assert not report.passed and report.worst == owner.entry and f"worst at {owner.entry}" in repr(report)
    assert [row.worst for row in report.rows if row.error > report.tolerance] == [owner.entry]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("how", NESTS)
def test_a_numerical_gradient_has_the_structure_of_its_parameters(how, method):
    owner = Owner(how)
    before = [array.copy() for array in arrays(owner.params)]
    found, right = numerical_gradient(owner.cost, owner.params, method), owner.grad(owner.params)
    assert type(found) is type(owner.params) and len(arrays(found)) == 4
    for ours, theirs in zip(arrays(found), arrays(right)):
        assert ours.dtype == np.float64 and ours.shape == theirs.shape
        assert relative_error(ours, theirs) <= {"complex": 1e-14, "central": 1e-9, "forward": 1e-6}[method]
    assert all(np.array_equal(array, was) for array, was in zip(arrays(owner.params), before))


def test_a_matrix_and_a_list_of_numbers_are_nests_too():
    cost = lambda M: (np.asarray(M) ** 3).sum()
    grad = lambda M: 3 * np.asarray(M) ** 2
    report = check_gradient(cost, lambda M: grad(M) + np.eye(2)[::-1] * [[0, 1e-3], [0, 0]], np.ones((2, 2)))
    assert not report.passed and report.worst == "params[0,1]"
    assert numerical_gradient(cost, np.ones((2, 2)), "complex").shape == (2, 2)
    assert check_gradient(cost, grad, [0.5, 1.5]).passed
    assert numerical_gradient(cost, [0.5, 2.0], "complex") == pytest.approx([0.75, 12.0], rel=1e-15)


def test_whole_numbers_are_refused_with_a_line_that_mends_them():
    params = {"W1": np.ones((3, 4), int), "b1": np.zeros(4), "W2": np.ones((4, 2)), "b2": np.zeros(2)}
    owner = Owner("dict")
    with pytest.raises(TypeError) as caught:
        check_gradient(owner.cost, owner.grad, params)
    cure = str(caught.value).split("; ")[-1].removesuffix(" converts")
    exec(cure, {"params": params})
    assert check_gradient(owner.cost, owner.grad, params).passed


def test_float32_nests_are_held_to_float32_rounding():
    owner = Owner("list of pairs", np.float32)
    report = check_gradient(owner.cost, owner.grad, owner.params)
    assert report.passed and report.tolerance == 32 * np.finfo(np.float32).eps and report.error > 1e-10
    assert not check_gradient(owner.cost, owner.wrong, owner.params).passed


def test_columns_and_other_keys_are_understood_with_a_remark():
    owner = Owner("dict")
    columns = lambda p: {"d" + key: g[:, None] if key == "b1" else g for key, g in owner.grad(p).items()}
    report = check_gradient(owner.cost, columns, owner.params)
    assert report.passed and len(report.remarks) == 2
    assert "dW1 for W1" in report.remarks[0] and "(4, 1)" in report.remarks[1] and "b1" in report.remarks[1]
    shown = repr(report)
    assert all(remark.split()[-1] in shown for remark in report.remarks) and max(map(len, shown.splitlines())) <= 98


def test_a_gradient_of_another_structure_is_refused_by_its_place():
    owner = Owner("dict")
    with pytest.raises(ValueError, match=r"without 'b2'.*expected the keys"):
        check_gradient(owner.cost, lambda p: dict(list(owner.grad(p).items())[:3]), owner.params)
    with pytest.raises(ValueError, match=r"\(4, 3\).*W1 has shape \(3, 4\): expected the same"):
        check_gradient(owner.cost, lambda p: owner.grad(p) | {"W1": np.ones((4, 3))}, owner.params)


@pytest.mark.parametrize("guilty", ["cost", "grad"])
def test_a_function_that_changes_an_array_of_its_nest_is_reported(guilty):
    owner, functions = Owner("dict of lists"), {}
    for name in ("cost", "grad"):

        def function(params, name=name):
            result = getattr(owner, name)(params)
            if name == guilty:
                params["b"][1][0] = 0
            return result

        functions[name] = function
    report = check_gradient(*functions.values(), owner.params)
    assert report.changed == (guilty,) and not report.passed and report.error <= report.tolerance


def test_a_small_block_without_a_gradient_is_not_lost_among_large_ones():
    """It is 4e-9 of the whole, less than a central difference tolerates, and its own row tells."""
    params = {"large": np.array([1.0, 2.0]), "small": np.array([1e-8])}
    cost = lambda p: 1e-4 * ((p["large"] ** 2).sum() + (p["small"] ** 2).sum())
    right = lambda p: {key: 2e-4 * part for key, part in p.items()}
    without = lambda p: right(p) | {"small": np.zeros(1)}
    for method in METHODS:
        assert check_gradient(cost, right, params, method=method).passed
        report = check_gradient(cost, without, params, method=method)
        assert method == "complex" or report.error <= report.tolerance
        assert report.rows[1].error == 1
        assert report.passed == (method == "forward") and report.undecided == ("small",) * report.passed


def test_a_saturated_block_is_undecided_and_no_failure():
    """1 - a² is 0 in the computer and 3e-26 in truth, as for a network of the package."""
    cost = lambda p: 0.5 * (np.tanh(p["w"][0]) * p["v"][0] - 2) ** 2

    def grad(p):
        a = np.tanh(p["w"][0])
        d = a * p["v"][0] - 2
        return {"w": np.array([d * p["v"][0] * (1 - a * a)]), "v": np.array([d * a])}

    report = check_gradient(cost, grad, {"w": np.array([30.0]), "v": np.array([1.0])})
    assert report.passed and report.undecided == ("w",) and report.rows[0].error == 1


def test_an_infinite_gradient_of_a_nest_fails():
    owner = Owner("dict")
    report = check_gradient(owner.cost, lambda p: owner.grad(p) | {"b1": np.full(4, np.inf)}, owner.params)
    assert not report.passed and not report.undecided and report.worst.startswith("b1[")


# A gradient of one's own against a network's cost.


@pytest.mark.parametrize("method", METHODS)
def test_a_gradient_of_ones_own_is_held_against_the_networks_cost(method):
    """As a function of theta, or as the vector itself; the rows are the layers."""
    theta, X, Y = draw(NETWORKS["sigmoid"], 6)
    net, right = NETWORKS["sigmoid"], NETWORKS["sigmoid"].grad(theta, X, Y, 0.3)
    ours = check_gradient(net, theta, X, Y, 0.3, method)
    for mine in lambda theta: net.grad(theta, X, Y, 0.3), right, right.tolist():
        report = check_gradient(net, theta, X, Y, 0.3, method, grad=mine)
        assert report.passed and report.rows == ours.rows and np.array_equal(report.gradient, ours.gradient)
    wrong = right.copy()
    net.params(wrong).W[2][1, 3] += 1e-3
    report = check_gradient(net, theta, X, Y, 0.3, method, grad=wrong)
    assert not report.passed and report.worst == "W[2][1,3]"
    assert [row.name for row in report.rows if row.error > report.tolerance] == ["Theta[2]"]


def test_a_gradient_of_ones_own_that_changes_theta_is_reported():
    net = NETWORKS["sigmoid"]
    theta, X, Y = draw(net, 6)

    def mine(theta):
        g = net.grad(theta, X, Y)
        theta[0] = 0
        return g

    report = check_gradient(net, theta, X, Y, grad=mine)
    assert report.changed == ("grad",) and not report.passed


def test_the_cure_for_a_changed_theta_works_and_the_copy_that_is_not_one_does_not():
    """Article C's gradient with the biases zeroed: before the forward pass on a copy, and for the penalty alone."""
    net = Network((3, 5, 2))
    theta, X, Y = draw(net, 6)

    def without_biases(theta):
        copy = theta.copy()
        for b in net.params(copy).b[1:]:
            b[...] = 0
        return copy

    def on_a_copy(theta):
        return net.grad(without_biases(theta), X, Y, 1.0)

    def in_the_penalty_alone(theta):
        return net.grad(theta, X, Y) + 1.0 / len(X) * without_biases(theta)

    assert not check_gradient(net, theta, X, Y, 1.0, grad=on_a_copy).passed
    assert check_gradient(net, theta, X, Y, 1.0, grad=in_the_penalty_alone).passed


@pytest.mark.parametrize(
    "grad, exception, words",
    [
        (lambda theta: theta[1:], ValueError, "grad returned shape"),
        (np.ones(3), ValueError, "grad returned shape"),
        ("grad", TypeError, "grad returned has dtype"),
    ],
)
def test_a_gradient_of_ones_own_of_another_shape_or_type_is_refused(grad, exception, words):
    with pytest.raises(exception, match=words):
        check_gradient(NET, NET.init(0), X, Y, grad=grad)


def test_two_functions_take_no_further_gradient():
    with pytest.raises(TypeError, match="takes no Y, no lam and no further grad"):
        check_gradient(*FUNCTIONS["polynomial"], POINT, grad=POINT)


# Deep networks, whose first layers' gradient is tiny beside the last one's: it must be there all the same.


def deep(depth, dtype, seed=0):
    net = Network((2,) * (depth + 1) + (1,))
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((3, 2)), rng.integers(0, 2, (3, 1)).astype(float)
    return net, net.init(seed, "standard_normal").astype(dtype), X, Y


def without(net, theta, X, Y, l):
    g = net.grad(theta, X, Y)
    net.params(g).Theta[l][...] = 0
    return g


@pytest.mark.long
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("depth", [1, 8, 12, 18])
@pytest.mark.parametrize("method", METHODS)
def test_a_layer_without_a_gradient_is_found_or_named_as_undecided_at_any_depth(method, depth, dtype):
    net, theta, X, Y = deep(depth, dtype)
    report = check_gradient(net, theta, X, Y, method=method)
    assert report.passed, f"a right gradient fails: {report}"
    for l in {1, 2, depth // 2 + 1, depth + 1}:
        missing = check_gradient(net, theta, X, Y, method=method, grad=without(net, theta, X, Y, l))
        name = f"Theta[{l}]"
        assert missing.undecided == report.undecided, "what a quotient can decide is not a matter of the gradient"
        if name in missing.undecided:
            first_line = repr(missing).splitlines()[0]
            assert "not decided for" in first_line and name in first_line and "method='complex'" in repr(missing)
        else:
            assert not missing.passed, f"passed without {name}: {missing}"


@pytest.mark.long
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("depth", [8, 18, 40])
def test_the_complex_step_decides_every_layer(depth, dtype):
    net, theta, X, Y = deep(depth, dtype)
    assert check_gradient(net, theta, X, Y).passed and not check_gradient(net, theta, X, Y).undecided
    for l in {1, 2, depth + 1}:
        report = check_gradient(net, theta, X, Y, grad=without(net, theta, X, Y, l))
        assert not report.passed and not report.undecided
        assert [row.name for row in report.rows if row.error > report.tolerance] == [f"Theta[{l}]"]


def test_a_quotient_does_not_decide_what_the_complex_step_does():
    """At 18 layers the cost does not change at all, to the last digit, when a parameter of the first layer moves by
    h.
    """
    net, theta, X, Y = deep(18, float)
    assert "Theta[1]" in check_gradient(net, theta, X, Y, method="central").undecided
    assert len(check_gradient(net, theta, X, Y, method="forward").undecided) > len(
        check_gradient(net, theta, X, Y, method="central").undecided
    )


def test_layers_of_ordinary_size_are_decided_by_every_method():
    for name, net in NETWORKS.items():
        for method in METHODS:
            assert check_gradient(net, *draw(net, 6), method=method).undecided == (), name


def test_what_is_nothing_but_rounding_is_undecided_for_the_complex_step_too():
    """Units saturated at tanh(30): 1 - a² is 0 in the computer, and 3e-26 in truth. The other layer is judged."""
    net = Network((1, 2, 1), hidden="tanh", output="identity", loss="half_squared")
    theta = np.array([30.0, 1, 30, 1, 0.5, 1, 1])
    report = check_gradient(net, theta, [[0.5]], [[1.0]])
    assert report.passed and report.undecided == ("Theta[1]",) and report.rows[0].error == 1
    assert "not decided for Theta[1]" in repr(report) and "rounding errors" in repr(report)
    wrong = check_gradient(net, theta, [[0.5]], [[1.0]], grad=without(net, theta, [[0.5]], [[1.0]], 2))
    assert not wrong.passed


# Warnings and threads.


def test_the_filters_of_warnings_are_as_before_whatever_runs_at_once():
    """Eight threads check at the same time; what stays behind in a process is nothing."""
    net = Network((2, 3, 1))
    theta, X, Y = draw(net, 5)
    before = list(warnings.filters)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda _: check_gradient(net, theta, X, Y).passed, range(40)))
    assert warnings.filters == before


def test_a_cost_that_warns_is_heard_once_and_not_once_an_evaluation():
    """With Python's default filters: a place in the code warns once."""
    code = """
import warnings, numpy as np
from bpcore import check_gradient
def cost(v):
    warnings.warn("a word of the cost's own")
    return (v**2).sum()
check_gradient(cost, lambda v: 2 * v, np.ones(10), method="central")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr.count("UserWarning: a word of the cost's own") == 1


def test_a_lost_imaginary_part_is_refused_where_numpy_warns_of_it():
    """As an error of the cost where warnings are errors, and by the real number that it returns where they are not."""
    for action in "error", "ignore":
        with warnings.catch_warnings():
            warnings.simplefilter(action)
            with pytest.raises(TypeError, match="use method='central'"):
                numerical_gradient(lambda v: (v.astype(float) ** 2).sum(), POINT, "complex")


def test_a_report_counts_in_the_right_number():
    report = check_gradient(lambda v: (v**2).sum(), lambda v: 2 * v, np.array([1.0]))
    assert "      1 parameter   error" in repr(report)
    assert "     9 parameters   error" in repr(check_gradient(NET, NET.init(0), X, Y))
    assert "1 of 4 steps crosses a kink" in repr(kinked_report(1))


# Progress.

RELU, SQUARES = Network((1, 1, 1), "relu"), (lambda v: (v**2).sum(), lambda v: 2 * v)
NESTED = (lambda v: (v[0] ** 2).sum(), lambda v: [2 * v[0]])
TOLD = {
    "quotients": (lambda: numerical_gradient(SQUARES[0], np.ones(30), progress=True), {"parameter": 30}),
    "two functions": (lambda: check_gradient(*SQUARES, np.ones(30), progress=True), {"parameter": 30}),
    "nest": (lambda: check_gradient(*NESTED, [np.ones((5, 6))], progress=True), {"parameter": 30}),
    "complex step": (lambda: check_gradient(RELU, *RELU_DATA, progress=True), {"parameter": 4}),
    "kinks": (lambda: check_gradient(RELU, *RELU_DATA, method="central", progress=True), {"parameter": 4, "kink": 4}),
}
RELU_DATA = RELU.init(0), [[1.0]], [[0.0]]


@pytest.mark.parametrize("check, steps", TOLD.values(), ids=TOLD)
def test_progress_is_told_some_ten_times_on_stderr(check, steps, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    check()
    out, err = capsys.readouterr()
    told = err.splitlines()
    assert out == "" and len(told) == sum(min(10, total) for total in steps.values())
    assert [line for line in told if line.split()[1] == line.split()[3]] == [
        f"{unit} {total} of {total}" for unit, total in steps.items()
    ]


def test_without_being_asked_a_check_tells_nothing(capsys):
    check_gradient(RELU, *RELU_DATA, method="central")
    assert capsys.readouterr() == ("", "")


def test_progress_of_a_check_is_a_bar_where_tqdm_is_installed(capsys):
    pytest.importorskip("tqdm", reason="the bar is tqdm's")
    numerical_gradient(SQUARES[0], np.ones(7), progress=True)
    out, err = capsys.readouterr()
    assert out == "" and "7/7" in err and "parameter 7 of" not in err


# Costs without a derivative, or with another than the complex step says.


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("share", [1, 0], ids=["a gradient", "zeros"])
def test_a_cost_that_is_another_at_each_call_never_passes_and_that_is_said(method, share):
    for seed in range(8):
        rng = np.random.default_rng(seed)
        cost = lambda v, rng=rng: np.sum((v * rng.random(v.size)) ** 2)
        report = check_gradient(cost, lambda v: share * v, POINT, method=method)
        assert not report.passed and not report.undecided and "Two calls of cost" in report.remarks[0]
        assert "method='complex'" not in repr(report)


def test_numbers_of_more_digits_decide_nothing_where_they_are_random():
    """Only the longer numbers are drawn here, as if the calls with others had drawn the same by chance."""
    rng = np.random.default_rng(0)
    cost = lambda v: np.sum(v**2) * (rng.random() if v.dtype == np.clongdouble else 1.0)
    assert not check_gradient(cost, lambda v: 3 * v, POINT).passed


@pytest.mark.parametrize("digits", [0, 2, 4, 8, 10])
def test_a_rounded_cost_is_called_a_staircase(digits):
    cost = lambda v: np.round(np.sum(v**2), digits)
    report = check_gradient(cost, lambda v: 2 * v, POINT)
    assert not report.passed and "staircase" in report.remarks[0]


@pytest.mark.parametrize("penalty", [lambda v: np.linalg.norm(v) ** 2, lambda v: (v.real**2).sum()])
def test_a_right_gradient_is_not_called_wrong_where_a_part_of_the_cost_is_not_analytic(penalty):
    cost, grad = lambda v: np.sum(v**3) + penalty(v), lambda v: 3 * v**2 + 2 * v
    with pytest.raises(TypeError, match="use method='central'"):
        check_gradient(cost, grad, POINT)
    assert check_gradient(cost, grad, POINT, method="central").passed


@pytest.mark.parametrize("method", METHODS)
def test_a_cost_of_something_else_than_its_argument_is_told(method):
    said = "reads something else than the parameters"
    if method == "complex":
        with pytest.raises(TypeError, match=said):
            check_gradient(lambda v: (POINT**2).sum(), lambda v: 2 * v, POINT)
    else:
        assert said in check_gradient(lambda v: (POINT**2).sum(), lambda v: 2 * v, POINT, method=method).remarks[0]


def test_a_cost_that_is_not_a_number_is_no_matter_of_complex_numbers():
    with pytest.raises(TypeError, match="cost returned nan: expected a finite number"):
        check_gradient(lambda v: math.nan, lambda v: v, POINT)


@pytest.mark.parametrize("method", ["central", "forward"])
@pytest.mark.parametrize("size, offset", [(1e4, 0.0), (1e5, 0.0), (1.0, 1e5)])
def test_a_quotient_of_large_numbers_is_as_exact_as_they_are(method, size, offset):
    cost, theta = lambda v: offset + (v**2).sum(), size * POINT
    report = check_gradient(cost, lambda v: 2 * v, theta, method=method)
    assert report.passed and METHODS[method].tolerance < report.tolerance <= 1e-3
    assert not check_gradient(cost, lambda v: 2.1 * v, theta, method=method).passed


def test_who_keeps_what_was_computed_is_not_left_with_complex_numbers():
    kept = {}

    def cost(v):
        kept["square"] = v**2
        return kept["square"].sum()

    numerical_gradient(cost, POINT, "complex")
    assert kept["square"].dtype == float and np.array_equal(kept["square"], POINT**2)


def test_a_gradient_in_single_precision_is_called_so():
    report = check_gradient(lambda v: (v**2).sum(), lambda v: (2 * v).astype(np.float32), POINT)
    assert not report.passed and "single precision" in report.remarks[0]


@pytest.mark.parametrize("check", [numerical_gradient, lambda f, v: check_gradient(lambda v: v @ v, f, v)])
def test_a_function_that_takes_more_than_theta_is_refused_with_the_cure(check):
    with pytest.raises(
        TypeError, match=r"takes other arguments .*'X'.*expected a function of theta alone, such as lambda"
    ):
        check(NET.cost, NET.init(0))
    with pytest.raises(TypeError, match="but 2 were given"):  # an error of the user's own stays as it is
        check(lambda v: (lambda a: a)(v, v), POINT)


@pytest.mark.parametrize(
    "returned, said",
    [
        (None, "returned None: .*is its return missing"),
        ((1.0, POINT), "returned a tuple of 2: .*return the cost alone"),
        ((1.0, {"W": 1}), "returned a tuple of 2: .*return the cost alone"),
        (np.array(1.0, dtype=object), r"float\(\) of it is one"),
        (np.ma.array(1.0), r"what cost returned is a masked array"),
    ],
)
def test_what_a_cost_returns_is_named_with_the_cure(returned, said):
    with pytest.raises(TypeError, match=said):
        numerical_gradient(lambda v: returned, POINT)
