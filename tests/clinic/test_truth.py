"""The cost's derivative: where the complex step does not give it, and where it has lost digits."""

import numpy as np
import pytest

from bpcore import check_gradient, diagnose, numerical_gradient
from bpcore.clinic.no_slope import is_a_staircase
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


# Where an output saturates, a cost that takes log(1 - a) loses digits that a gradient keeps.

X_SATURATED, Y_SATURATED = np.array([[1.0, 0.5], [2.0, -1.0], [16.0, 2.0]]), np.array([1.0, 0.0, 0.0])
LONGER = pytest.mark.skipif(
    np.finfo(np.longdouble).eps == np.finfo(float).eps, reason="this machine has no numbers of more digits"
)


def saturated(p):
    return 1 / (1 + np.exp(-(X_SATURATED @ p["w"] + p["b"])))


def cost_of_a(p):
    a = saturated(p)
    return -np.mean(Y_SATURATED * np.log(a) + (1 - Y_SATURATED) * np.log(1 - a))


def gradient_by_a(p, wrong=1.0):
    a = saturated(p)
    delta = (-Y_SATURATED / a + (1 - Y_SATURATED) / (1 - a)) * a * (1 - a) / 3
    return {"w": X_SATURATED.T @ delta * wrong, "b": delta.sum()}


@LONGER
@pytest.mark.parametrize("weight", [1.5, 1.8, 2.0])  # 1 - a down to 1e-14
def test_a_right_gradient_of_a_cost_without_digits_is_not_called_wrong(weight):
    params = {"w": np.array([weight, 0.3]), "b": 0.1}
    assert 0 < 1 - saturated(params).max() < 1e-10
    report = check_gradient(cost_of_a, gradient_by_a, params)
    assert report.error > report.tolerance and report.passed, report
    assert not {*diagnose(cost_of_a, gradient_by_a, params).names} - {"kink"}
    for wrong in 1.3, -1.0:
        bad = lambda p, wrong=wrong: gradient_by_a(p, wrong)
        assert not check_gradient(cost_of_a, bad, params).passed
        assert diagnose(cost_of_a, bad, params).names


@LONGER
def test_the_derivative_of_such_a_cost_is_computed_in_numbers_of_more_digits():
    """Its own error is told with it."""
    on_vector = lambda v: cost_of_a({"w": v[:2], "b": v[2]})
    theta = np.array([2.0, 0.3, 0.1])
    g = gradient_by_a({"w": theta[:2], "b": theta[2]})
    exact = np.array([*g["w"], g["b"]])
    t, error, judged, how = derivative(on_vector, theta, lambda t: False)
    assert how == "the complex step, in numbers of more digits" and judged.all()
    assert (abs(t - exact) <= error).all() and error.max() < 1e-2 * abs(exact).max()
    short = numerical_gradient(on_vector, theta, "complex")
    assert abs(t - exact).max() < 0.1 * abs(short - exact).max()


@pytest.mark.parametrize("digits", [0, 3, 6, 8, 10, 12])
def test_a_rounded_cost_has_the_slope_of_a_staircase(digits):
    """The complex step sees none, and differences, which step across many treads, would see that of the ramp."""
    cost, theta = lambda v: np.round(np.sum(v**2), digits), np.array([0.3, -1.2, 2.0])
    t, _, judged, _ = derivative(cost, theta, lambda t: True)
    assert not t.any() and judged.all()


@pytest.mark.parametrize("cost", [lambda v: np.sum(v**4), lambda v: np.sum(np.where(v.real > 9, v, 0.0)), np.prod])
def test_a_smooth_cost_that_is_flat_is_no_staircase(cost):
    assert not is_a_staircase(cost, np.zeros(3))
