"""The equations of chapter "Where to start": both sides of each, evaluated from the equation itself."""
import functools
import itertools
from fractions import Fraction

import numpy as np
import sympy as sp

from .registry import equation
from .straight_lines import whole
from .symbolic import exactly

STEP = 1e-30


@equation("eq-symmetry", mutants={
    "equal on the way in alone": ("Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]", "Theta1[1] = Theta1[0]"),
    "equal on the way out alone": ("Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]", "W2[:, 1] = W2[:, 0]"),
    "opposite on the way in": ("Theta1[0], W2[:, 0]", "-Theta1[0], W2[:, 0]"),
    "biases differ": ("moved(Theta1, unit, k)", "moved(Theta1 + np.eye(n1)[:, :1] @ np.eye(1 + n0)[:1], unit, k)"),
})
def symmetry(rng, sizes):
    """The slopes of the cost by everything that leads into and out of one unit, by the complex step, against those of its twin."""
    n0, n1, n2 = sizes[:3]
    X, Y = rng.standard_normal((5, n0)), rng.standard_normal((5, n2))
    Theta1, W2 = rng.standard_normal((n1, 1 + n0)), rng.standard_normal((n2, n1))
    Theta1[1], W2[:, 1] = Theta1[0], W2[:, 0]        # units 0 and 1 are equal on the way in and on the way out

    def cost(Theta1, W2):
        a1 = np.tanh(Theta1[:, 0] + X @ Theta1[:, 1:].T)
        return ((np.tanh(a1 @ W2.T) - Y) ** 2).sum() / 10

    def moved(array, *place):
        array = array.astype(complex)
        array[place] += 1j * STEP
        return array

    sides = []
    for unit in 0, 1:
        way_in = [cost(moved(Theta1, unit, k), W2).imag / STEP for k in range(1 + n0)]
        way_out = [cost(Theta1, moved(W2, i, unit)).imag / STEP for i in range(n2)]
        sides.append(np.array(way_in + way_out))
    return tuple(sides)


def all_signs(count):
    """Every choice of signs: the expectation over independent ±1 as a finite mean."""
    return list(itertools.product((-1, 1), repeat=count))


@equation("eq-variance-forward", tolerance=0, mutants={      # exact fractions
    "units not counted": ("n_before * v *", "v *"),
    "deviation for variance": ("n_before * v *", "n_before * s *"),
    "mean for mean square": ("sum(entry ** 2 for entry in a) / n_before", "sum(a) / n_before"),
    "sum for mean": ("for entry in a) / n_before", "for entry in a)"),
})
def variance_forward(rng, sizes):
    """The mean square of a pre-activation over every choice of signs of its weights against the formula, in fractions."""
    n_before, s = sizes[1], Fraction(int(rng.integers(6, 20)), 5)
    a, v = whole(rng, n_before), s ** 2
    squares = [sum(sign * s * entry for sign, entry in zip(signs, a)) ** 2 for signs in all_signs(n_before)]
    return sum(squares) / len(squares), n_before * v * (sum(entry ** 2 for entry in a) / n_before)


@equation("eq-variance-backward", tolerance=0, mutants={     # exact fractions
    "units not counted": ("n * v *", "v *"),
    "units of the layer below": ("n * v *", "sizes[0] * v *"),
    "deviation for variance": ("n * v *", "n * s *"),
    "sum for mean": ("for entry in delta) / n)", "for entry in delta))"),
})
def variance_backward(rng, sizes):
    """The mean square of a δ passed back, over every choice of signs of a column of weights, against the formula, in fractions."""
    n, s = sizes[1], Fraction(int(rng.integers(6, 20)), 5)
    delta, v = whole(rng, n), s ** 2
    squares = [sum(sign * s * entry for sign, entry in zip(column, delta)) ** 2 for column in all_signs(n)]
    return sum(squares) / len(squares), n * v * (sum(entry ** 2 for entry in delta) / n)


@functools.cache
def variance_of_uniform():
    """SymPy's integral of w² over the uniform distribution on [-r, r]."""
    r, w = sp.symbols("r w")
    return sp.integrate(w ** 2 / (2 * r), (w, -r, r))


@equation("eq-glorot", tolerance=0, mutants={                # exact fractions
    "three for six": ("sp.Integer(6)", "sp.Integer(3)"),
    "root dropped": ("sp.sqrt(sp.Integer(6) / (n_in + n_out))", "sp.Integer(6) / (n_in + n_out)"),
    "one side alone": ("2 / sp.Integer(n_in + n_out)", "2 / sp.Integer(n_in)"),
    "two dropped": ("2 / sp.Integer(n_in + n_out)", "1 / sp.Integer(n_in + n_out)"),
})
def glorot(rng, sizes):
    """SymPy's integral of w² over the uniform distribution with the bound r against the variance v."""
    n_in, n_out = sizes[:2]
    r = sp.sqrt(sp.Integer(6) / (n_in + n_out))
    return exactly(variance_of_uniform(), {sp.symbols("r"): r}), 2 / sp.Integer(n_in + n_out)


@equation("eq-he", tolerance=0, mutants={                    # exact fractions
    "half dropped": ("for value in z) / len(z) / 2", "for value in z) / len(z)"),
    "no negative ones": ("z + [-value for value in z]", "[abs(value) for value in z]"),
    "variance without the two": ("Fraction(2, n)", "Fraction(1, n)"),
    "fan of another layer": ("Fraction(2, n)", "Fraction(2, sizes[0])"),
})
def he(rng, sizes):
    """The mean square that relu lets through against half of it; and with v = 2/n, over all signs, against the mean square below, in fractions."""
    n = sizes[1]
    z = whole(rng, 50)
    z = z + [-value for value in z]                          # as often negative as positive, symmetrically
    a, variance = whole(rng, n), Fraction(2, n)
    squares = [max(sum(sign * entry for sign, entry in zip(signs, a)), 0) ** 2 * variance for signs in all_signs(n)]
    left = [sum(max(value, 0) ** 2 for value in z) / len(z), sum(squares) / len(squares)]
    return left, [sum(value ** 2 for value in z) / len(z) / 2, sum(entry ** 2 for entry in a) / n]
