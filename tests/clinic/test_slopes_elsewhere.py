"""A slope or a condition that is taken of another sum, at another step or with another border is named."""

import numpy as np
import pytest

from bpcore import diagnose
from bpcore.clinic import slopes_elsewhere
from bpcore.clinic.record import Record

RNG = np.random.default_rng(0)
X, Y, T = RNG.standard_normal((8, 3)), RNG.choice([-1.0, 1.0], (8, 1)), RNG.standard_normal((8, 3))


def margins(p, label=True):
    return 1 - (Y * (X @ p["w"] + p["b"]) if label else Y * (X @ p["w"]) + p["b"])


def hinge(p):
    s = margins(p)
    return np.sum(s * (s.real > 0)) + np.sum(p["w"] ** 2)


def of_hinge(p, counts):
    d = -Y * counts(p)
    return {"w": X.T @ d + 2 * p["w"], "b": d.sum(0)}


def skipped(p):
    z = X @ p["A"] + p["a"]
    return np.sum((z * (z > 0) + X * np.tanh(X @ p["B"]) - T) ** 2)


def of_skipped(p, mask=lambda z, b, u: z > 0, slope=lambda z, b, u: 1 - np.tanh(u) ** 2):
    z, u = X @ p["A"] + p["a"], X @ p["B"]
    d = 2 * (z * (z > 0) + X * np.tanh(u) - T)
    dz, du = d * mask(z, p["a"], u), d * X * slope(z, p["a"], u)
    return {"A": X.T @ dz, "a": dz.sum(0), "B": X.T @ du}


HINGE = {"w": RNG.standard_normal((3, 1)), "b": 1.5 + RNG.random(1)}
SKIP = {"A": RNG.standard_normal((3, 3)), "a": RNG.standard_normal(3), "B": RNG.standard_normal((3, 3))}
PROGRAMS = {
    "a factor of one term": (
        hinge,
        lambda p: of_hinge(p, lambda p: margins(p, False) > 0),
        HINGE,
        "without the factor",
    ),
    "another border": (skipped, lambda p: of_skipped(p, mask=lambda z, b, u: z > -1), SKIP, "is −1"),
    "a sum without a term": (skipped, lambda p: of_skipped(p, mask=lambda z, b, u: z - b > 0), SKIP, " @ A > 0"),
    "the sign of a term": (
        skipped,
        lambda p: of_skipped(p, mask=lambda z, b, u: z - 2 * b > 0),
        SKIP,
        "with the wrong sign of a",
    ),
    "another step": (skipped, lambda p: of_skipped(p, slope=lambda z, b, u: 1 - np.tanh(z) ** 2), SKIP, " @ A + a"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", PROGRAMS)
def test_where_the_slope_is_taken_is_told(name):
    cost, grad, params, said = PROGRAMS[name]
    found = diagnose(cost, grad, params)
    assert found.names == ("formula",) and found.sure == "certain"
    assert all(said in str(formula) for formula in found.formulas) and found.formulas, found


@pytest.mark.long
def test_right_gradients_and_noise_stay_what_they_are():
    assert not diagnose(skipped, of_skipped, SKIP).names
    noise = np.random.default_rng(1)

    def rough(p):
        g = of_skipped(p)
        return {**g, "A": g["A"] * (1 + 0.1 * np.sin(1e3 * p["A"]) + 0.1 * fixed)}

    fixed = noise.standard_normal((3, 3))
    assert diagnose(skipped, rough, SKIP).sure == "unknown"


def test_the_state_before_stands_in_the_slope_in_each_round():
    steps, start = RNG.standard_normal((4, 2)), np.full(3, 0.3)
    params = {"U": RNG.standard_normal((2, 3)), "W": RNG.standard_normal((3, 3))}

    def states(p):
        h = [start]
        for x in steps:
            h.append(np.tanh(x @ p["U"] + h[-1] @ p["W"]))
        return h

    def grad(p, back):
        h, g = states(p), {name: np.zeros_like(A) for name, A in p.items()}
        down = 2 * h[-1]
        for t in range(len(steps), 0, -1):
            d = down * (1 - h[t - back] ** 2)
            g["U"] += np.outer(steps[t - 1], d)
            g["W"] += np.outer(h[t - 1], d)
            down = p["W"] @ d
        return g

    cost = lambda p: np.sum(states(p)[-1] ** 2)
    assert not diagnose(cost, lambda p: grad(p, 0), params).names
    found = diagnose(cost, lambda p: grad(p, 1), params)
    assert found.sure == "certain" and found.where == "everywhere"
    assert "is 1 − h² with h = tanh(" in str(found.formulas[0]) and "in each round" in str(found.formulas[0]), found


@pytest.mark.long
def test_the_new_cell_stands_for_the_old_one_at_the_gate_in_each_round():
    steps, params = RNG.standard_normal((4, 2)), {key: RNG.standard_normal((2, 3)) for key in ("f", "i")}
    sigmoid = lambda z: 1 / (1 + np.exp(-z))

    def cells(p):
        c, gates = [np.full(3, 0.5)], []
        for x in steps:
            gates.append((sigmoid(x @ p["f"]), np.tanh(x @ p["i"])))
            c.append(gates[-1][0] * c[-1] + gates[-1][1])
        return c, gates

    def grad(p, later):
        (c, gates), g = cells(p), {key: np.zeros((2, 3)) for key in p}
        down = 2 * c[-1]
        for t in range(len(steps) - 1, -1, -1):
            f, i = gates[t]
            g["f"] += np.outer(steps[t], down * c[t + later] * f * (1 - f))
            g["i"] += np.outer(steps[t], down * (1 - i * i))
            down = down * f
        return g

    cost = lambda p: np.sum(cells(p)[0][-1] ** 2)
    assert not diagnose(cost, lambda p: grad(p, 0), params).names
    found = diagnose(cost, lambda p: grad(p, 1), params)
    assert found.sure == "certain" and found.where == "f"
    assert "stands for the factor" in str(found.formulas[0]) and "in each round" in str(found.formulas[0]), found


def test_a_record_with_arrays_that_are_joined_is_searched_without_an_exception():
    """The operands of a concatenation are a tuple of arrays of several shapes."""
    from bpcore import diagnose

    x = np.random.default_rng(0).standard_normal((4, 2))

    def cost(v):
        joined = np.concatenate([v[:2], np.array([0.5]), v[2:]])
        return (np.tanh(x @ joined[:2]) ** 2).sum() + (joined[2:] ** 2).sum()

    found = diagnose(cost, lambda v: np.cos(v) + v**3, np.array([0.3, -0.2, 0.9, 0.4, 0.1]))
    assert found.names == ("unknown",)


def test_a_recurrence_has_as_many_terms_as_steps_and_not_as_ways_through_it(monkeypatch):
    """Thirty steps of an equation with a product: back to the first of them lead some billion ways."""

    def steps(theta):
        u, v = theta[:1], theta[1:]
        for _ in range(30):
            u, v = u + 0.1 * (u - u * v), v + 0.1 * (u * v - v)
        return u.sum() + 2 * v.sum()

    asked = []
    apart = slopes_elsewhere._terms
    monkeypatch.setattr(slopes_elsewhere, "_terms", lambda *of: asked.append(of) or apart(*of))
    record = Record(steps, np.array([0.5, -0.3]))
    last = next(step for step in record.steps[::-1] if step.name == "add" and step.value.shape == (1,))
    terms = slopes_elsewhere.terms_of(record, last)
    assert len(asked) <= len(record.steps) and terms[0].factors == [(last.index, None)]
    assert np.isclose(sum(term.at(record) for term in terms), last.value)
