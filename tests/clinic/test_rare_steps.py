"""Derivatives in the steps of a cost that are rarely written: products of arrays in scope, and sums of two of them."""

import numpy as np
import pytest

from bpcore import diagnose

RNG = np.random.default_rng(5)
X, Y = RNG.standard_normal((7, 3)), np.eye(3)[[0, 1, 2, 2, 1, 0, 2]]
PARAMS = {
    "W1": RNG.standard_normal((3, 4)) / 2,
    "gain": RNG.uniform(0.5, 2, 4),
    "W2": RNG.standard_normal((4, 3)) / 2,
    "b2": RNG.standard_normal(3) / 3,
}


def forward(p):
    z = X @ p["W1"]
    rms = np.sqrt(np.mean(z * z, axis=1, keepdims=True) + 0.01)
    h = np.tanh(p["gain"] * z / rms)
    top = np.exp(h @ p["W2"] + p["b2"])
    return z, rms, h, top, top.sum(axis=1, keepdims=True)


def cost(p):
    *_, top, below = forward(p)
    return -np.sum(Y * np.log(top / below)) / len(X)


def gradient(by_top=None, by_below=None, by_product=None, by_h=None):
    """The gradient, with other derivatives of the quotient, of the product before tanh, and of tanh's output."""

    def grad(p):
        z, rms, h, top, below = forward(p)
        g = -Y / (top / below) / len(X)
        d_top = (by_top or (lambda g, top, below: g / below))(g, top, below)
        d_below = (by_below or (lambda g, top, below: -g * top / below**2))(g, top, below)
        d2 = (d_top + d_below.sum(axis=1, keepdims=True)) * top
        from_above = d2 @ p["W2"].T
        dt = by_h(from_above, h) if by_h else from_above * (1 - h * h)
        gained = by_product(dt, p["gain"]) if by_product else dt * p["gain"]
        hat = z / rms
        dz = (gained - hat * np.mean(gained * hat, axis=1, keepdims=True)) / rms
        return {"W1": X.T @ dz, "gain": np.sum(dt * hat, axis=0), "W2": h.T @ d2, "b2": d2.sum(0)}

    return grad


def asked(grad, cost=cost, params=PARAMS):
    found = diagnose(cost, grad, params, X=X, Y=Y)
    return found, " ".join(map(str, found.formulas))


@pytest.mark.long
def test_the_right_one_is_right():
    found, _ = asked(gradient())
    assert not found.names


@pytest.mark.long
@pytest.mark.parametrize(
    "by_top, by_below, formulas",
    [
        (lambda g, t, s: g / t, lambda g, t, s: g * s, ("∂C/∂t / u stands for", "∂C/∂t * v stands for")),
        (lambda g, t, s: g * t, None, ("∂C/∂t * u stands for",)),
        (lambda g, t, s: g * t / s**2, lambda g, t, s: g / t, ("∂C/∂t", "u", "v")),
    ],
)
def test_a_quotient_with_other_derivatives(by_top, by_below, formulas):
    found, said = asked(gradient(by_top, by_below))
    assert found.sure == "certain" and all(text in said for text in formulas), said


@pytest.mark.long
def test_a_factor_missing_in_all_but_its_own_derivative():
    found, said = asked(gradient(by_product=lambda dt, gain: dt))
    assert found.sure == "certain" and len(found.formulas) == 1, said
    assert "the factor gain of gain * (X @ W1)" in said and "left out of what goes to the others" in said


@pytest.mark.long
def test_a_sum_of_two_products():
    found, said = asked(gradient(by_h=lambda g, h: g * h - 2 * h * h))
    assert found.sure == "certain", said
    assert "∂C/∂t * t − 2 t * t stands for the part of ∂C/∂u through t" in said, said


@pytest.mark.long
def test_noise_gets_no_formula():
    rng = np.random.default_rng(8)
    table = rng.standard_normal((7, 4))
    found, said = asked(gradient(by_h=lambda g, h: g * np.sin(40 * table + h)))
    assert "unknown" in found.names, said


@pytest.mark.long
def test_a_residual_that_is_handed_to_the_wrong_array():
    def forward(p):
        h = np.tanh(X @ p["W1"])
        rms = np.sqrt(np.mean(h * h, axis=1, keepdims=True) + 0.01)
        return h, rms, h / rms, h + (h / rms) @ p["M"]

    def cost(p):
        return 0.5 * np.sum((forward(p)[-1] @ p["W2"] - Y) ** 2) / len(X)

    def grad(p, right=False):
        h, rms, hat, out = forward(p)
        e = (out @ p["W2"] - Y) / len(X)
        g = e @ p["W2"].T
        through = lambda d: (d - hat * np.mean(d * hat, axis=1, keepdims=True)) / rms
        dh = g + through(g @ p["M"].T) if right else through(g @ p["M"].T + g)
        return {"W1": X.T @ (dh * (1 - h * h)), "M": hat.T @ g, "W2": out.T @ e}

    params = {"W1": PARAMS["W1"], "M": RNG.standard_normal((4, 4)), "W2": PARAMS["W2"]}
    assert not diagnose(cost, lambda p: grad(p, right=True), params, X=X, Y=Y).names
    found, said = asked(grad, cost, params)
    assert found.sure == "certain" and "goes to tanh(X @ W1) / sqrt(" in said, said


@pytest.mark.long
def test_a_number_that_is_added_in_the_cost_alone():
    def forward(p):
        a = 1 / (1 + np.exp(-X @ p["W1"]))
        return a, np.sum(a[:, :3] * Y), np.sum(a * a) + np.sum(Y * Y)

    def cost(p):
        _, both, all_of_them = forward(p)
        return 1 - (2 * both + 1.0) / (all_of_them + 1.0)

    def grad(p, smooth=0.0):
        a, both, all_of_them = forward(p)
        y = np.hstack([Y, np.zeros((len(Y), 1))])
        d = -2 * (y * (all_of_them + smooth) - a * (2 * both + smooth)) / (all_of_them + smooth) ** 2
        return {"W1": X.T @ (d * a * (1 - a))}

    params = {"W1": PARAMS["W1"]}
    assert not diagnose(cost, lambda p: grad(p, smooth=1.0), params, X=X, Y=Y).names
    found, said = asked(grad, cost, params)
    assert found.names == ("another-cost",) and "1 is left out in" in said, said


@pytest.mark.long
def test_a_rare_formula_beside_a_usual_one():
    def grad(p):
        found = gradient(by_h=lambda g, h: g * h - 2 * h * h)(p)
        return {**found, "b2": 2 * found["b2"]}

    found, said = asked(grad)
    assert found.sure == "certain" and "db2 = 2 ∂C/∂b2" in said and "∂C/∂t * t − 2 t * t stands for" in said, said
