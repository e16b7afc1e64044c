"""What is wrong in the derivative of an array divided by its length, or by its deviation, is told."""

import numpy as np
import pytest

from bpcore import diagnose

RNG = np.random.default_rng(3)
X, Y, V = RNG.standard_normal((7, 4)), RNG.standard_normal((7, 2)), RNG.standard_normal((5, 2))
PARAMS = {"W": RNG.standard_normal((4, 5)), "g": RNG.standard_normal(5)}


class Program:
    """A layer whose sums are normalised along an axis, centred first or not."""

    def __init__(self, axis, centred):
        self.axis, self.centred = axis, centred

    def forward(self, p):
        z = X @ p["W"]
        c = z - z.mean(self.axis, keepdims=True) if self.centred else z
        square = (
            (c * c).mean(self.axis, keepdims=True) + 1e-5 if self.centred else (c * c).sum(self.axis, keepdims=True)
        )
        s = np.sqrt(square)
        return s, c / s

    def cost(self, p):
        return np.sum((np.tanh(p["g"] * self.forward(p)[1]) @ V - Y) ** 2)

    def grad(self, p, made):
        s, n = self.forward(p)
        h = np.tanh(p["g"] * n)
        dh = 2 * (h @ V - Y) @ V.T * (1 - h * h)
        over = lambda t, axis=self.axis: t.mean(axis, keepdims=True) if self.centred else t.sum(axis, keepdims=True)
        return {"W": X.T @ made(n, dh * p["g"], s, over), "g": (dh * n).sum(0)}


MEAN, LENGTH = Program(0, True), Program(1, False)
WAYS = {
    "is 1/s alone": (MEAN, lambda n, g, s, over: g / s),
    "takes both means over axis 1": (MEAN, lambda n, g, s, over: (g - over(g, 1) - n * over(g * n, 1)) / s),
    "takes that of g n over all entries": (MEAN, lambda n, g, s, over: (g - over(g) - n * over(g * n, None)) / s),
    "takes the mean of g over axis 1": (MEAN, lambda n, g, s, over: (g - over(g, 1) - n * over(g * n)) / s),
    "is taken entry by entry": (LENGTH, lambda n, g, s, over: (g - n * n * g) / s),
    "takes that of g n over axis 0": (LENGTH, lambda n, g, s, over: (g - n * over(g * n, 0)) / s),
    "lacks the factor 1/s": (LENGTH, lambda n, g, s, over: g - n * over(g * n)),
    "lacks n before": (LENGTH, lambda n, g, s, over: (g - over(g * n)) / s),
    "has the array itself": (LENGTH, lambda n, g, s, over: (g - n * s * over(g * n)) / s),
    "has 1/s² in the place of 1/s": (LENGTH, lambda n, g, s, over: (g - n * over(g * n)) / s**2),
    "has n/s in the place of n": (LENGTH, lambda n, g, s, over: (g - n / s * over(g * n)) / s),
    "has a mean of g n": (LENGTH, lambda n, g, s, over: (g - n * over(g * n) / 5) / s),
    "has the sum of g": (LENGTH, lambda n, g, s, over: (g - n * over(g)) / s),
}


@pytest.mark.long
@pytest.mark.parametrize("words", WAYS)
def test_the_derivative_of_a_normalisation_is_told(words):
    program, made = WAYS[words]
    found = diagnose(program.cost, lambda p: program.grad(p, made), PARAMS)
    assert found.sure == "certain" and found.where == "W"
    assert words in str(found.formulas[0]), found


@pytest.mark.long
@pytest.mark.parametrize("program", [MEAN, LENGTH], ids=["mean", "length"])
def test_right_ones_are_right_and_noise_is_unknown(program):
    right = lambda n, g, s, over: (g - (over(g) if program.centred else 0) - n * over(g * n)) / s
    assert not diagnose(program.cost, lambda p: program.grad(p, right), PARAMS).names
    fixed = 0.1 * np.random.default_rng(5).standard_normal((7, 5))
    noisy = lambda n, g, s, over: right(n, g, s, over) * (1 + fixed * n)
    assert diagnose(program.cost, lambda p: program.grad(p, noisy), PARAMS).sure == "unknown"


@pytest.mark.long
@pytest.mark.parametrize("words", ["lacks n before", "has the sum of g", "lacks the factor 1/s"])
def test_the_same_in_each_round_of_a_loop_is_one(words):
    """Four arrays one after the other, each divided by the length of its rows."""
    made = WAYS[words][1]
    params = {f"W{k}": PARAMS["W"] + k for k in range(4)}

    def normalised(p):
        for k in range(4):
            z = X @ p[f"W{k}"]
            s = np.sqrt((z * z).sum(1, keepdims=True))
            yield f"W{k}", z / s, s

    def cost(p):
        total = 0
        for k in range(4):
            z = X @ p[f"W{k}"]
            n = z / np.sqrt((z * z).sum(1, keepdims=True))
            total = total + np.sum((np.tanh(n) @ V - Y) ** 2)
        return total

    def grad(p):
        over, found = lambda t, axis=1: t.sum(axis, keepdims=True), {}
        for name, n, s in normalised(p):
            h = np.tanh(n)
            found[name] = X.T @ made(n, 2 * (h @ V - Y) @ V.T * (1 - h * h), s, over)
        return found

    found = diagnose(cost, grad, params)
    assert found.sure == "certain" and len(found.formulas) == 4, found
    assert all(words in str(formula) and "in each round" in str(formula) for formula in found.formulas), found
