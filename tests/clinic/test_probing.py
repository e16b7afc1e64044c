"""Slopes and deltas that are measured: a program's own function is found and said, and noise is none."""

import numpy as np
import pytest

from bpcore import Network, diagnose
from bpcore.clinic.probing import closed_form

Z = np.sort(np.random.default_rng(0).uniform(-2.5, 2.5, 30))
NET = Network((3, 4, 1), "tanh", "identity", "half_squared")
RNG = np.random.default_rng(3)
X, Y = RNG.standard_normal((6, 3)), RNG.standard_normal((6, 1))
LABELS = np.array([[0.0], [1], [1], [0], [1], [0]])
THETA = RNG.standard_normal(NET.n_params)


@pytest.mark.parametrize(
    "slopes, said",
    [
        (1 - np.tanh(Z) ** 2, "tanh′({z})"),
        (np.where(Z > 0, np.cos(Z), 0.3), "(cos({z}) where {z} > 0, 0.3 elsewhere)"),
        (np.where(Z > 0, 0, 2 * Z), "(0 where {z} > 0, 2 {z} elsewhere)"),
        (0.7 * np.exp(-Z), "0.7 exp(−{z})"),
    ],
    ids=["the slope itself", "two numbers", "a multiple on one side", "a multiple"],
)
def test_a_short_formula_is_found_and_is_the_function(slopes, said):
    text, function = closed_form(NET, 1, Z, slopes)
    assert text == said
    assert np.allclose(function(Z.reshape(5, 6)).ravel(), slopes, rtol=1e-7)


def test_numbers_without_a_rule_have_no_formula():
    assert closed_form(NET, 1, Z, np.random.default_rng(1).uniform(0.2, 1, Z.size)) is None


def with_slope(net, Y, slope=lambda z, a: 1 - a * a, head=lambda z, a, y: a - y):
    """The gradient of ``net`` on X and Y with another slope in layer 1, or another delta of the output."""

    def grad(theta):
        p, g = net.params(theta.copy()), net.params(np.zeros(net.n_params))
        z1 = X @ p.W[1].T + p.b[1]
        a1 = np.tanh(z1)
        z2 = a1 @ p.W[2].T + p.b[2]
        d2 = head(z2, net.activations[2].f(z2.copy()), Y) / len(X)
        d1 = d2 @ p.W[2] * slope(z1, a1)
        for l, d, a in (1, d1, X), (2, d2, a1):
            g.W[l][...], g.b[l][...] = d.T @ a, d.sum(0)
        return g.theta

    return grad


def asked(net, grad, Y):
    return diagnose(lambda theta: net.cost(theta, X, Y), grad, THETA.copy(), net=net, X=X, Y=Y)


def test_the_planted_program_is_right_without_a_plant():
    assert asked(NET, with_slope(NET, Y), Y).names == ()


@pytest.mark.long
def test_a_slope_that_nobody_has_listed_is_said_as_numbers():
    found = asked(NET, with_slope(NET, Y, lambda z, a: np.cos(z) ** 2 + 0.3 * np.arctan(z) ** 3 + z**4), Y)
    assert found.names == ("formula",) and found.sure == "certain" and "1" in found.where
    assert "s(−2) = 15.766" in found.formulas[0].words and "s(1) = 1.43727" in found.formulas[0].words


def test_a_delta_that_is_another_function_of_z_and_y_is_measured():
    net = Network((3, 4, 1), "tanh", "sigmoid", "binary_cross_entropy")
    delta = lambda z, a, y: np.where(y > 0, np.sinh(0.3 * z) ** 3 - 1.1, np.arctan(z) ** 2 + 0.2)
    found = asked(net, with_slope(net, LABELS, head=delta), LABELS)
    assert found.names == ("formula",) and "2" in found.where
    assert "φ(1) = 0.81685" in found.formulas[0].words and "where y = 1" in found.formulas[0].words


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_noise_is_no_slope(seed):
    """A slope that is another one each time is no function of z; factors that stay the same are said to be factors."""
    each = np.random.default_rng(seed).uniform(0.5, 1, (6, 4))
    another = lambda z, a: np.random.default_rng(int(1e6 * abs(z).sum())).uniform(0.5, 1, z.shape)
    assert asked(NET, with_slope(NET, Y, another), Y).names == ("unknown",)
    found = asked(NET, with_slope(NET, Y, lambda z, a: (1 - a * a) * each), Y)
    assert found.names == ("formula",) and "a factor of its own" in found.formulas[0].words


@pytest.mark.parametrize("border", [-1.0, 0.0, 1.0])
def test_a_slope_with_two_values_has_its_border(border):
    text, function = closed_form(NET, 1, Z, (Z > border) * 2.0)
    assert text == f"2 [{{z}} > {border:g}]".replace("-", "−")
    np.testing.assert_array_equal(function(Z.reshape(2, -1)), ((Z > border) * 2.0).reshape(2, -1))


@pytest.mark.parametrize("above, below", [(3, 3), (2, 5), (5, 2), (3, 20), (20, 3)])
def test_two_pieces_need_three_values_each_wherever_they_are(above, below):
    z = np.concatenate([np.linspace(0.1, 0.9, above), -np.linspace(0.1, 0.9, below)])
    found = closed_form(NET, 1, z, np.where(z > 0, 2 * np.cos(z), np.exp(-z)))
    assert (found is not None) == (min(above, below) > 2), found
