"""Gradients of factors that are taken after other factors have moved are told, with the rate."""

import numpy as np
import pytest

from bpcore import diagnose

RNG = np.random.default_rng(4)
R = RNG.standard_normal((5, 6))
PARAMS = {"U": RNG.standard_normal((5, 2)), "V": RNG.standard_normal((6, 2))}


def cost(p):
    return 0.5 * np.sum((p["U"] @ p["V"].T - R) ** 2) + 0.1 * np.sum(p["V"] ** 2)


def grad(p, moved, anew):
    E = p["U"] @ p["V"].T - R
    of_U = E @ p["V"]
    U = p["U"] - moved * of_U
    E = U @ p["V"].T - R if anew else E
    return {"U": of_U, "V": E.T @ U + 0.2 * p["V"]}


@pytest.mark.parametrize(
    "moved, anew, said",
    [(0.05, True, "U has moved already, by −0.05 times"), (0.1, False, "U − 0.1 (what came for U)")],
)
def test_how_far_the_other_factor_had_moved_is_told(moved, anew, said):
    found = diagnose(cost, lambda p: grad(p, moved, anew), PARAMS)
    assert found.where == "V" and found.sure == "certain"
    assert said in str(found.formulas[0]), found


def test_the_right_gradient_is_right_and_noise_is_unknown():
    assert not diagnose(cost, lambda p: grad(p, 0.0, True), PARAMS).names
    fixed = RNG.standard_normal((6, 2))
    noisy = lambda p: {**grad(p, 0.0, True), "V": grad(p, 0.0, True)["V"] * (1 + 0.1 * fixed)}
    assert diagnose(cost, noisy, PARAMS).sure == "unknown"
