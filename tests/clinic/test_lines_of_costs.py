"""The lines of a cost that is not the one of its gradient: what is shown, what is left alone, and when it is asked."""

import ast

import numpy as np
import pytest
import support
import wild_answers

from bpcore import diagnose, numerical_gradient
from bpcore.clinic.own_lines.costs import lines_of_cost

MEANT = """
import numpy as np

rng = np.random.default_rng(4)
X, Y = rng.standard_normal((9, 3)), rng.standard_normal(9)


def start():
    return np.array([0.4, -0.7, 0.9, 0.3])


def centre(theta):
    return np.tanh(X @ theta[:3])


def pseudo_huber(error, width):
    return width**2 * (np.sqrt(1 + (error / width) ** 2) - 1)


def log_likelihood(theta):
    deviation = np.exp(theta[3])
    shortfall = pseudo_huber(Y - centre(theta), 1.5)
    return -np.sum(shortfall) / deviation - len(Y) * np.log(deviation)


def cost(theta):
    return 0.1 * np.sum(theta**2) - float(log_likelihood(theta))


def grad(theta):
    mean = centre(theta)
    error, deviation = mean - Y, np.exp(theta[3])
    slope = error / np.sqrt(1 + (error / 1.5) ** 2)
    shortfall = 2.25 * (np.sqrt(1 + (error / 1.5) ** 2) - 1)
    weights = X.T @ (slope * (1 - mean**2)) / deviation
    return 0.2 * theta + np.append(weights, len(Y) - shortfall.sum() / deviation)
"""
SLIPS = [
    ("/ deviation - len(Y)", "/ deviation + len(Y)"),
    ("len(Y) * np.log(deviation)", "len(Y) * deviation"),
    ("np.sqrt(1 + (error / width) ** 2)", "np.sqrt(1 + (error / width) ** 4)"),
    ("(error / width) ** 2) - 1)", "(error / width) ** 2 - 1))"),
    ("return width**2 * (np", "return width * (np"),
    ("0.1 * np.sum(theta**2)", "0.1 * np.sum(theta)"),
    ("deviation = np.exp(theta[3])\n    shortfall", "deviation = np.exp(theta[2])\n    shortfall"),
]


@pytest.mark.long
@pytest.mark.parametrize("meant, written", SLIPS)
def test_the_line_of_a_cost_is_found(tmp_path, meant, written):
    assert MEANT.count(meant) == 1
    own = support.program(tmp_path, MEANT.replace(meant, written))
    changed = {function: function.__code__ for function in (own.cost, own.grad, own.log_likelihood, own.pseudo_huber)}
    (line,) = lines_of_cost(own.cost, own.grad, own.start())
    assert line.number == 1 + MEANT[: MEANT.index(meant)].count("\n")
    plain = ast.unparse(ast.parse(MEANT.replace(meant, written)))
    assert plain.count(line.computed) == 1
    mended = support.program(tmp_path, plain.replace(line.computed, line.right), "mended")
    by_differences = numerical_gradient(mended.cost, mended.start(), "central")
    assert np.allclose(by_differences, own.grad(own.start()), rtol=1e-8, atol=1e-8)  # as they allow
    assert all(function.__code__ is code for function, code in changed.items())


@pytest.mark.long
def test_what_is_said_takes_neither_side(tmp_path):
    own = support.program(tmp_path, MEANT.replace(*SLIPS[2]))
    found = diagnose(own.cost, own.grad, own.start())
    assert found.names == ("another-cost",) and found.sure == "certain" and "Decide which of the two" in found.cure
    assert str(found.lines[0]).startswith("line 17 of pseudo_huber: `") and "for this gradient" in str(found.lines[0])
    said = " ".join(repr(found).split())
    assert "the cost return width ** 2 * (np.sqrt(1 + (error / width) ** 4)" in said
    assert "gradient return width ** 2 * (np.sqrt(1 + (error / width) ** 2)" in said


@pytest.mark.long
def test_a_gradient_that_can_be_mended_is(tmp_path):
    own = support.program(tmp_path, MEANT.replace("slope * (1 - mean**2)", "slope * (1 - mean)"))
    found = diagnose(own.cost, own.grad, own.start())
    assert found.names == ("line",) and [line.function for line in found.lines] == ["grad"]


@pytest.mark.long
def test_lines_that_the_gradient_runs_through_stay(tmp_path):
    """With another centre the two could be made to agree, but the gradient would then be another as well."""
    own = support.program(tmp_path, MEANT.replace("mean = centre(theta)", "mean = 1.1 * centre(theta)"))
    assert lines_of_cost(own.cost, own.grad, own.start()) == ()


def test_a_right_cost_has_no_such_lines(tmp_path):
    own = support.program(tmp_path, MEANT)
    assert lines_of_cost(own.cost, own.grad, own.start()) == ()
    assert diagnose(own.cost, own.grad, own.start()).names == ()


def test_a_line_that_both_run_through_is_shown_where_the_gradient_does_not_depend_on_it(tmp_path):
    """As where one function computes energies and forces, and only the energies are those of all pairs."""
    source = """
import numpy as np

LENGTHS = np.array([1.0, 1.5, 2.0, 0.8])


def start():
    return np.array([0.4, -0.7, 0.9, 0.3])


def energies_and_forces(theta):
    distances = np.sqrt(LENGTHS**2 + theta**2)
    near = np.where(LENGTHS < 1.8, distances, 9.0)
    forces = 6 * near**-7
    energies = distances**-6
    return energies, forces * (near < 9) / distances


def cost(theta):
    return np.sum(energies_and_forces(theta)[0])


def grad(theta):
    return -energies_and_forces(theta)[1] * theta
"""
    own = support.program(tmp_path, source)
    (line,) = lines_of_cost(own.cost, own.grad, own.start())
    assert line.function == "energies_and_forces" and line.right == line.computed.replace("distances", "near")


def test_the_logarithm_is_brought_in_where_none_stands_and_numbers_far_off_have_none(tmp_path):
    source = """
import numpy as np

Y = np.array([0.3, -0.4, 0.9])


def start():
    return np.array([1.2, 0.8, 1.7])


def cost(theta):
    return np.sum(2 * np.pi * theta + Y**2 / theta)


def grad(theta):
    return 1 / theta - (Y / theta) ** 2
"""
    own = support.program(tmp_path, source)
    (line,) = lines_of_cost(own.cost, own.grad, own.start())
    assert "np.log(2 * np.pi * theta) + Y ** 2 / theta" in line.right


def test_another_loss_is_shown_in_the_cost_as_well_as_in_the_delta(tmp_path):
    source = """
import numpy as np

rng = np.random.default_rng(2)
X, Y = rng.standard_normal((7, 3)), rng.standard_normal((7, 2))
WEIGHTS = np.array([2, 0.5, 1, 0.75, 4, 0.25, 1])[:, None]


def start():
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def forward(p):
    h = np.tanh(X @ p[0] + p[1])
    return h, h @ p[2] + p[3]


def cost(p):
    return np.sum((WEIGHTS * (forward(p)[1] - Y)) ** 2) / len(X)


def grad(p):
    h, out = forward(p)
    d2 = 2 * WEIGHTS * (out - Y) / len(X)
    d1 = d2 @ p[2].T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]
"""
    own = support.program(tmp_path, source)
    found = diagnose(own.cost, own.grad, own.start(), X=own.X, Y=own.Y)
    assert found.names == ("formula",) and found.formulas and "∂ℓ" in str(found.formulas[0].right)
    assert [line.function for line in found.lines] == ["cost"] and "for this gradient" in str(found.lines[0])


@pytest.mark.long
def test_two_counters_that_are_set_before_a_loop_are_set_in_each_of_its_rounds(tmp_path):
    """As for the images of a batch, each with counts of its own; the sum that stands before them stays."""
    source = """
import numpy as np

X = np.random.default_rng(2).standard_normal((4, 5))
LABELS = np.array([[0, 0, 0, 1, 0], [1, 0, 1, 0, 0], [1, 1, 1, 0, 1], [0, 1, 1, 0, 1]])


def start():
    return np.array([0.3, -0.2, 0.5, 0.4, -0.6])


def cost(w):
    loss = 0
    ones = 0
    others = 0
    for i in range(len(X)):
        of_ones, of_others = 0, 0
        for j in range(len(w)):
            z = np.exp(X[i, j] * w[j])
            if LABELS[i, j] == 1:
                ones += 1
                of_ones += z
            else:
                others += 1
                of_others += z**2
        loss += (of_ones * others + of_others * ones) / (ones + others)
    return loss


def grad(w):
    weights = LABELS.mean(axis=1, keepdims=True)
    z = np.exp(X * w)
    return np.sum(X * np.where(LABELS == 1, z * (1 - weights), 2 * z**2 * weights), axis=0)
"""
    own = support.program(tmp_path, source)
    lines = lines_of_cost(own.cost, own.grad, own.start())
    assert [line.computed for line in lines] == ["ones = 0", "others = 0"]
    assert {line.words for line in lines} == {"at the beginning of each round of the loop in line 16"}


@pytest.mark.long
def test_one_line_of_the_cost_is_simpler_than_two_slips_of_the_gradient():
    """A wall's energy has the fifth power, its force is that of the fourth."""
    module = wild_answers.load(wild_answers.paths()["cp2k-fifth-power-for-the-fourth"])
    params, (X, Y) = module.start(np.random.default_rng(0)), module.data(np.random.default_rng(0))
    found = diagnose(lambda p: module.cost(p, X, Y), lambda p: module.grad(p, X, Y), params)
    (line,) = found.lines
    assert found.names == ("another-cost",) and "the cost" in dict(line.rows())


PULL = """
import numpy as np

BODIES = np.random.default_rng(8).standard_normal((3, 2))
MASSES = 1.3, 0.8, 2.1


def start():
    return np.array([2.5, -1.7])


def acceleration(theta, body, mass):
    away = theta - body
    return -mass * away / (away @ away) ** 1.5


def cost(theta):
    energy = 0.0
    for body, mass in zip(BODIES, MASSES):
        energy ENERGY -mass / np.sqrt((theta - body) @ (theta - body))
    return energy


def grad(theta):
    pull = np.zeros(2)
    for body, mass in zip(BODIES, MASSES):
        pull = PULL
    return -pull
"""


def pulled(tmp_path, energy, pull):
    own = support.program(tmp_path, PULL.replace("ENERGY", energy).replace("PULL", pull))
    return diagnose(own.cost, own.grad, own.start())


@pytest.mark.long
@pytest.mark.parametrize(
    "energy, pull", [("=", "pull + acceleration(theta, body, mass)"), ("+=", "acceleration(theta, body, mass)")]
)
def test_where_one_line_of_either_is_enough_both_are_shown(tmp_path, energy, pull):
    """A sum of which the last term alone is left: nothing tells whether it was meant in the cost or in the gradient."""
    found = pulled(tmp_path, energy, pull)
    assert found.names in (("line",), ("formula",)) and found.sure == "one of several"
    assert found.alternatives == (("another-cost",),)
    of_the_gradient, of_the_cost = found.lines
    assert (of_the_gradient.function, of_the_cost.function) == ("grad", "cost")
    assert ("for this gradient it would be" in str(of_the_gradient), "for this" in str(of_the_cost)) == (False, True)
    assert ("+=" in of_the_cost.right) == (energy == "=")
    assert found.cure.endswith("Decide which of the two is meant, and make the other agree.")


@pytest.mark.long
def test_no_line_of_the_cost_is_shown_where_none_alone_has_this_gradient(tmp_path):
    found = pulled(tmp_path, "+=", "pull + acceleration(theta, body, mass * mass)")
    assert found.names == ("line",) and found.alternatives == () and found.sure == "certain"
    assert [line.function for line in found.lines] == ["grad"]


@pytest.mark.long
def test_a_line_of_the_cost_stands_beside_a_formula_of_its_steps():
    """A likelihood whose arguments are exchanged, beside the score of the one that was meant."""
    module = wild_answers.load(wild_answers.paths()["statsmodels-loglikelihood-of-exchanged-arguments"])
    params, (X, Y) = module.start(np.random.default_rng(0)), module.data(np.random.default_rng(0))
    found = diagnose(lambda p: module.cost(p, X, Y), lambda p: module.grad(p, X, Y), params)
    (line,) = found.lines
    assert found.formulas and found.alternatives == (("another-cost",),)
    assert line.right == "return self.family.loglike(self.endog, expval, self.freq_weights, scale)"
