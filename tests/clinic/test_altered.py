"""A gradient that belongs to the cost with one step computed otherwise is read as such, and said in words."""

import numpy as np
import pytest
from scipy.special import erf, expit

from bpcore import diagnose
from bpcore.clinic.altered import alternatives
from bpcore.clinic.record import Record
from bpcore.clinic.recorded import Recorded, value_of

RNG = np.random.default_rng(1)
X, Y = RNG.standard_normal((12, 3)), RNG.standard_normal((12, 1))
START = {"w": RNG.standard_normal((3, 1)), "b": RNG.standard_normal(1)}


def derivative(cost, params):
    """By the complex step: the gradient that a program has which is right for another cost."""
    found = {}
    for key, value in params.items():
        found[key] = np.empty(value.shape)
        for place in np.ndindex(value.shape):
            moved = {k: v.astype(complex) for k, v in params.items()}
            moved[key][place] += 1e-30j
            found[key][place] = cost(moved).imag / 1e-30
    return found


def tube(p, low=-0.8, high=0.8):
    z = Y - (X @ p["w"] + p["b"])
    return np.mean(np.where(z.real > high, z - high, np.where(z.real < low, z + high, 0 * z)) ** 2)


def inside(p, together=True):
    s = X @ p["w"] + p["b"]
    u, v = s[:, 0], 0.3 * s[:, 0] ** 2
    t = 1 + u - v if together else 1 + u
    positive = t * (t.real > 0)
    return np.sum(positive if together else positive - v) / 12


def spread(p, sign=-1):
    s = np.tanh(X @ p["w"] + p["b"])
    return np.mean((s + sign * 0.5 * s**3) ** 2 * (Y + 2) + s**2)


def penalised(p, penalty):
    w = p["w"]
    return np.mean((X @ w + p["b"] - Y) ** 4) + 0.3 * penalty(w)


def hinge(p, y):
    margin = 1 - y * (X @ p["w"] + p["b"])
    return np.mean(margin * (margin.real > 0))


CASES = {  # the cost, the one to which the gradient belongs, words of the answer
    "a border": (tube, lambda p: tube(p, low=0.8), "< −0.8 is"),
    "inside the function": (lambda p: inside(p, False), inside, "inside the function"),
    "an operand": (spread, lambda p: spread(p, 0), "stands for"),
    "a norm": (
        lambda p: penalised(p, lambda w: np.sqrt(np.sum(w**2))),
        lambda p: penalised(p, lambda w: np.sum(w * np.sign(w.real))),
        "the sum of the absolute values stands for",
    ),
    "a number": (lambda p: hinge(p, 1), lambda p: hinge(p, Y), "Y stands for 1"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_the_step_that_is_other_is_named(name):
    cost, other, words = CASES[name]
    assert not diagnose(cost, lambda p: derivative(cost, p), START).names
    found = diagnose(cost, lambda p: derivative(other, p), START, X=X, Y=Y)
    assert found.names == ("another-cost",) and found.sure == "certain"
    assert words in str(found.formulas[0]) and "where C′ is your cost, but" in str(found.formulas[0])


@pytest.mark.long
def test_every_round_of_a_loop_is_changed():
    """One operation of the program is one, however often it is carried out."""

    def cost(p, sign=1):
        total = 0
        for x, y in zip(X, Y):
            e = x @ p["w"] + p["b"] - y
            total = total + np.log(2 + sign * np.sin(e)) @ np.ones(1)
        return total / 12

    found = diagnose(cost, lambda p: derivative(lambda q: cost(q, -1), p), START, X=X, Y=Y)
    assert found.names == ("another-cost",) and found.sure == "certain"
    assert "2 − sin" in str(found.formulas[0]) or "1 *" in str(found.formulas[0]) or "−(" in str(found.formulas[0])


def test_one_number_is_too_little_for_a_fitted_factor():
    """A parabola's gradient a θ − b, and a constant: with one parameter some factor of some other cost has it."""
    cost = lambda v: 0.5 * np.mean((X[:, 0] ** 2 * v[0] - Y[:, 0]) ** 2)
    found = diagnose(cost, lambda v: np.array([0.37]), np.array([1.3]), X=X[:, :1], Y=Y)
    assert found.sure != "certain"


def test_one_of_several_blocks_can_have_the_gradient_of_another_cost():
    """The shares of a mixture without their weights, for the means alone."""
    x, start = RNG.standard_normal(10), {"mu": RNG.standard_normal(3), "l": RNG.standard_normal(3)}

    def cost(p, weighted=True):
        e = np.exp(p["l"])
        f = np.exp(-((x[:, None] - p["mu"]) ** 2) / 2)
        return -np.mean(np.log(np.sum((e / e.sum() if weighted else 1) * f, axis=1)))

    grad = lambda p: {"mu": derivative(lambda q: cost(q, False), p)["mu"], "l": derivative(cost, p)["l"]}
    found = diagnose(cost, grad, start)
    assert found.names == ("formula",) and found.sure == "certain" and found.where == "mu"
    assert "∂C′/∂mu, where C′ is your cost, but exp(" in str(found.formulas[0]), found


def of_everything(v):
    u, w = v[:3] + 0.0, v[3:] * 1.0
    total = np.sum(np.exp(u + w)) + np.sum(np.tanh(u - w)) + np.sum(np.sqrt(u * u + 1)) + np.sum(abs(u / w))
    total = total + np.sum(np.where(u > 0.5, u, w)) + np.sum(np.clip(u, 0.2, 0.9)) + np.sum(np.maximum(u, 0.0))
    matrix = np.reshape(v[:4], (2, 2)) @ np.array([[1.0, 2], [3, 5]])
    total = total + np.sum(erf(u - w)) + np.sum(expit(w))
    return total + np.sum(u**3) + np.sum(np.minimum(w, u)) + np.sum(np.max(matrix, axis=1)) + np.sum(matrix @ v[:2])


PARTS = {"first part": (True, False), "second part": (False, True), "each part": (True, True)}


def test_what_may_stand_at_a_place_is_what_its_words_say():
    """Each is computed and held against its words, where these are NumPy, or name the parts of a sum."""
    tried, busy = {"numpy": 0, "parts": 0}, []

    def watch(function, args, options, made):
        if busy or not isinstance(made, Recorded):
            return made
        busy.append(1)
        known = {"np": np, "max": np.maximum, "min": np.minimum, "old": made.step.value}
        values = [np.asarray(value_of(a.step if isinstance(a, Recorded) else a), float) for a in args]
        letters = "ABC"[: len(args)]
        known |= {"square": np.square, "absolute": abs, **dict(zip(letters, values))}
        for change in alternatives(function, args, options):
            said = change.words.format(*letters, **{f"p{k}": c for k, c in enumerate(letters)}, old="old")
            found = change.made(*args)
            found = np.asarray(found.step.value if isinstance(found, Recorded) else found)
            text, stands, _ = said.replace("−", "-").partition(" stands for old")
            if stands and " stands" not in text and " values" not in text and text not in ("max", "min"):
                text = f"abs({text[1:-1]})" if text[0] == "|" else text
                np.testing.assert_allclose(found, eval(text, known) + 0 * known["old"], err_msg=said)
                tried["numpy"] += 1
            which = next((which for words, which in PARTS.items() if f"{words} of the sum" in said), None)
            if which:
                p, q = (np.asarray(value_of(o), float) for o in args[0].step.operands)
                one, other = (function(v) if taken else v for v, taken in zip((p, q), which))
                right = one + other if args[0].step.name == "add" else one - other
                np.testing.assert_allclose(found, right, err_msg=said)
                tried["parts"] += 1
        busy.clear()
        return made

    Record(of_everything, np.array([0.7, 0.3, 1.2, -0.6, 0.4, 1.5]), watch)
    assert tried["numpy"] > 40 and tried["parts"] >= 9, tried
