"""Activations that the package does not have: their slopes are right, and their constants are found."""

import numpy as np
import pytest

from bpcore.clinic.familiar import FAMILIES, refined

Z = np.array([-4.1, -2.3, -1.2, -0.7, -0.31, -0.05, 0.04, 0.29, 0.8, 1.3, 2.2, 3.7])
BY_NAME = {family.name: family for family in FAMILIES}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_slope_is_that_of_the_function(family):
    """By differences, off the kinks, at every start of the search."""
    h = 1e-6
    for constants in family.starts:
        slope = family.df(Z, *constants) * np.ones_like(Z)
        measured = (family.f(Z + h, *constants) - family.f(Z - h, *constants)) / (2 * h)
        assert abs(slope - measured).max() < 1e-8 * max(1, abs(slope).max())


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_the_record_is_the_function_and_says_its_constants(family):
    constants = family.starts[0]
    record, out = family.with_constants(*constants), np.empty_like(Z)
    assert np.array_equal(record.f(Z, out=out), family.f(Z, *constants)) and np.array_equal(out, record.f(Z))
    assert np.array_equal(record.df(Z, out), family.df(Z, *constants))
    assert all(f"{c:.6g}" in record.name for c in constants) and record.kink == family.kink


def test_no_name_is_there_twice():
    assert len(BY_NAME) == len(FAMILIES)


@pytest.mark.parametrize(
    "name, constants",
    [
        ("leaky_relu", (0.02,)),
        ("elu", (1.3,)),
        ("selu", (1.0507, 1.7581)),
        ("silu", (1.702,)),
        ("scaled tanh", (2, 0.4)),
    ],
)
def test_constants_are_solved_for(name, constants):
    family = BY_NAME[name]
    came = family.f(Z, *constants)
    ends = [refined(family, start, lambda *c: family.f(Z, *c) - came) for start in family.starts]
    best, size = min(ends, key=lambda end: end[1])
    assert size < 1e-12 and np.allclose(best, constants, rtol=1e-9)


def test_what_is_no_member_of_a_family_leaves_a_rest():
    family = BY_NAME["elu"]
    assert min(refined(family, start, lambda c: family.f(Z, c) - np.sin(Z))[1] for start in family.starts) > 0.1
    assert refined(BY_NAME["mish"], (), lambda: Z)[0] == ()
