"""The equations of the chapter "Gradient check", each evaluated on both sides."""
from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb, factorial

import numpy as np
import sympy as sp
from scipy.optimize import brentq

from .registry import equation
from .rounding import U, gamma
from .symbolic import exactly, fractions

DIGITS = 50


def softplus(w):
    """C(w) = log(1 + exp(-w)) in 50 digits, for a Decimal w."""
    with localcontext() as context:
        context.prec = DIGITS
        return (1 + (-w).exp()).ln()


def softplus_derivatives(w):
    """C', C'', C''' of softplus, by hand from σ(w); for floats, arrays and Decimals."""
    s = 1 / (1 + ((-w).exp() if isinstance(w, Decimal) else np.exp(-w)))
    return s - 1, s * (1 - s), s * (1 - s) * (1 - 2 * s)


def forward_of(C, w, h):
    return (C(w + h) - C(w)) / h


def central_of(C, w, h):
    return (C(w + h) - C(w - h)) / (2 * h)


def polynomial(rng, degree):
    """Whole coefficients c_0 … c_degree, and their value and derivatives in exact arithmetic."""
    c = [int(value) for value in rng.integers(-9, 10, degree + 1)]

    def derivative(order, x):
        return sum(Fraction(factorial(k), factorial(k - order)) * c[k] * x ** (k - order) for k in range(order, degree + 1))

    return c, derivative


def somewhere(rng):
    """An exact point and an exact step."""
    return Fraction(int(rng.integers(-20, 21)), 7), Fraction(1, int(rng.integers(2, 12)))


def limit_bound(slope):
    """With h = 1e-20 and 50 digits the remainder is below 1e-20 and the quotient's rounding below 1e-28: what differs is that both sides are made doubles."""
    return 2 * U + 1e-19 / abs(slope)


@equation("eq-forward-difference", mutants={
    "sign": ("C(w + h) - C(w)", "C(w) - C(w + h)", "forward_of"),
    "quotient of the central difference": (") / h", ") / (2 * h)", "forward_of"),
    "sum for difference": ("C(w + h) - C(w)", "C(w + h) + C(w)", "forward_of"),
    "step dropped": ("C(w + h)", "C(w)", "forward_of"),
})
def forward_difference(rng, sizes):
    """The forward difference of the softplus with h = 1e-20, in 50 digits, against the derivative that it tends to."""
    with localcontext() as context:
        context.prec = DIGITS
        w, h = Decimal(str(rng.uniform(0.5, 3))), Decimal("1e-20")
        left, right = float(forward_of(softplus, w, h)), float(softplus_derivatives(w)[0])
        return left, right, limit_bound(right)


@equation("eq-central-difference", mutants={
    "sign": ("C(w + h) - C(w - h)", "C(w - h) - C(w + h)", "central_of"),
    "half dropped": ("/ (2 * h)", "/ h", "central_of"),
    "one side stands still": ("C(w - h)", "C(w)", "central_of"),
    "sum for difference": ("C(w + h) - C(w - h)", "C(w + h) + C(w - h)", "central_of"),
})
def central_difference(rng, sizes):
    """The central difference of the softplus with h = 1e-20, in 50 digits, against the derivative that it tends to."""
    with localcontext() as context:
        context.prec = DIGITS
        w, h = Decimal(str(rng.uniform(0.5, 3))), Decimal("1e-20")
        left, right = float(central_of(softplus, w, h)), float(softplus_derivatives(w)[0])
        return left, right, limit_bound(right)


def remainder_point(excess, derivative, low, high):
    """The ξ of the theorem: where ``derivative`` takes the value ``excess``; brentq raises where there is none in between."""
    return brentq(lambda x: derivative(float(x)) - excess, low, high, xtol=1e-15)


@equation("eq-forward-error", mutants={
    "half dropped": ("slope + h / 2 *", "slope + h *"),
    "sign": ("slope + h / 2 *", "slope - h / 2 *"),
    "derivative of another order": ("softplus_derivatives(xi)[1]", "softplus_derivatives(xi)[2]"),
    "square of the step": ("slope + h / 2 *", "slope + h ** 2 / 2 *"),
    "slope dropped": ("quotient, slope +", "quotient, 0 * slope +"),
})
def forward_error(rng, sizes):
    """The forward difference of the softplus, in 50 digits, against slope and remainder at a point that is searched between w and w + h."""
    w, h = rng.uniform(0.5, 2), rng.uniform(0.3, 0.9)           # C'' falls for w > 0, so it takes each value once
    quotient = float(forward_of(softplus, Decimal(w), Decimal(h)))
    slope = softplus_derivatives(w)[0]
    xi = remainder_point((quotient - slope) * 2 / h, lambda x: softplus_derivatives(x)[1], w, w + h)
    return quotient, slope + h / 2 * softplus_derivatives(xi)[1]


@equation("eq-central-error", mutants={
    "half for a sixth": ("slope + h ** 2 / 6 *", "slope + h ** 2 / 2 *"),
    "sign": ("slope + h ** 2 / 6 *", "slope - h ** 2 / 6 *"),
    "square dropped": ("slope + h ** 2 / 6 *", "slope + h / 6 *"),
    "derivative of another order": ("softplus_derivatives(eta)[2]", "softplus_derivatives(eta)[1]"),
    "one-sided quotient": ("central_of(softplus", "forward_of(softplus"),
})
def central_error(rng, sizes):
    """The central difference of the softplus, in 50 digits, against slope and remainder at a point that is searched between w - h and w + h."""
    h = rng.uniform(0.1, 0.3)
    w = rng.uniform(1.7, 2.5) + h                                # C''' rises for w > 1.32, so it takes each value once
    quotient = float(central_of(softplus, Decimal(w), Decimal(h)))
    slope = softplus_derivatives(w)[0]
    eta = remainder_point((quotient - slope) * 6 / h ** 2, lambda x: softplus_derivatives(x)[2], w - h, w + h)
    return quotient, slope + h ** 2 / 6 * softplus_derivatives(eta)[2]


def bounds(w, h):
    """E⁺(h) and E^±(h), with S = |C| + |w C'|; |C''| and |C'''| are the largest near w, since the theorem's ξ is not known."""
    eps, C = np.finfo(float).eps, float(softplus(Decimal(w)))
    slope = softplus_derivatives(w)[0]
    S = abs(C) + abs(w * slope)
    _, bend, twist = (abs(values).max() for values in softplus_derivatives(np.linspace(w - h, w + h, 101)))
    return h / 2 * bend + eps * S / h, h ** 2 / 6 * twist + eps * S / (2 * h)


@equation("eq-total-error", tolerance=0, mutants={               # a bound: the larger of error and bound is the bound
    "rounding of the forward difference dropped": ("h / 2 * bend + eps * S / h", "h / 2 * bend", "bounds"),
    "rounding of the central difference dropped": (" + eps * S / (2 * h)", "", "bounds"),
    "truncation of the forward difference dropped": ("return h / 2 * bend + eps", "return eps", "bounds"),
    "rounding falls with the step": ("eps * S / (2 * h)", "eps * S * h / 2", "bounds"),
    "one order too many": ("h / 2 * bend", "h ** 2 / 2 * bend", "bounds"),
    "one order too many, central": ("h ** 2 / 6 * twist", "h ** 3 / 6 * twist", "bounds"),
})
def total_error(rng, sizes):
    """The error of both difference quotients at 15 random steps, C rounded to doubles, against the bound: no error is above it."""
    def rounded(w):
        return float(softplus(Decimal(w)))                       # correct to the last digit, as the derivation supposes

    larger, bound = [], []
    for h in 10 ** rng.uniform(-13, -1, 15):
        w = rng.uniform(0.5, 3)
        slope = float(softplus_derivatives(Decimal(w))[0])
        for quotient, E in zip((forward_of(rounded, w, h), central_of(rounded, w, h)), bounds(w, h), strict=True):
            E *= 1 + 1e-3                                        # the terms of higher order that the text leaves out
            larger.append(max(abs(quotient - slope), E))
            bound.append(E)
    return np.array(larger), np.array(bound)


@equation("eq-best-steps", tolerance=0, mutants={                 # exact fractions
    "two dropped": ("2 * eps * S / bend", "eps * S / bend"),
    "rounding and bend swapped": ("eps * S / bend", "bend / (eps * S)"),
    "three for three halves": ("3 * eps * S / (2 * twist)", "3 * eps * S / twist"),
    "root of another order": ("sp.cbrt(", "sp.sqrt("),
    "scale dropped": ("2 * eps * S / bend", "2 * eps / bend"),
})
def best_steps(rng, sizes):
    """The slopes of the growing and of the falling part of both error bounds, by SymPy: at the printed steps they cancel."""
    h, eps, S, bend, twist = sp.symbols("h eps S bend twist", positive=True)
    place = dict(zip((eps, S, bend, twist), fractions(rng, 4)))
    steps = sp.sqrt(2 * eps * S / bend), sp.cbrt(3 * eps * S / (2 * twist))
    growing, falling = (h / 2 * bend, h ** 2 / 6 * twist), (eps * S / h, eps * S / (2 * h))
    left, right = [], []
    for step, grows, falls in zip(steps, growing, falling):          # times h², which leaves no root in them
        left.append(exactly((h * h * sp.diff(grows, h)).subs(h, step), place))
        right.append(exactly((-h * h * sp.diff(falls, h)).subs(h, step), place))
    return left, right


@equation("eq-complex-step", tolerance=0, mutants={               # a polynomial of degree 6 ends with the fifth derivative: exact
    "sign": ("- h ** 2 / 6", "+ h ** 2 / 6"),
    "half for a sixth": ("h ** 2 / 6", "h ** 2 / 2"),
    "derivative of another order": ("derivative(3, x)", "derivative(2, x)"),
    "power of the step": ("h ** 4 / 120", "h ** 3 / 120"),
    "factorial": ("h ** 4 / 120", "h ** 4 / 24"),
})
def complex_step(rng, sizes):
    """The imaginary part of a random polynomial at x + ih, by the binomial theorem, over h against the series of its derivatives, in fractions."""
    c, derivative = polynomial(rng, 6)
    x, h = somewhere(rng)

    def imaginary_part_of_power(k):                              # Im (x + i h)^k by the binomial theorem
        return sum((-1) ** ((j - 1) // 2) * comb(k, j) * x ** (k - j) * h ** j for j in range(1, k + 1, 2))

    left = sum(c[k] * imaginary_part_of_power(k) for k in range(7)) / h
    right = derivative(1, x) - h ** 2 / 6 * derivative(3, x) + h ** 4 / 120 * derivative(5, x)
    return left, right


@equation("eq-five-point", tolerance=0, mutants={                 # a polynomial of degree 6 has no term in h⁶: exact
    "sign of the far point": ("(-derivative(0, x + 2 * h)", "(derivative(0, x + 2 * h)"),
    "weight of the near point": ("8 * derivative(0, x + h)", "4 * derivative(0, x + h)"),
    "sign of the error": ("- h ** 4 / 30", "+ h ** 4 / 30"),
    "factor of the error": ("h ** 4 / 30", "h ** 4 / 120"),
    "denominator": ("/ (12 * h)", "/ (6 * h)"),
    "derivative of another order": ("derivative(5, x)", "derivative(4, x)"),
})
def five_point(rng, sizes):
    """The five-point quotient of a random polynomial against its slope and the term in h⁴, in fractions."""
    _, derivative = polynomial(rng, 6)
    x, h = somewhere(rng)
    left = (-derivative(0, x + 2 * h) + 8 * derivative(0, x + h) - 8 * derivative(0, x - h) + derivative(0, x - 2 * h)) / (12 * h)
    return left, derivative(1, x) - h ** 4 / 30 * derivative(5, x)


@equation("eq-relative-error", mutants={
    "sum for difference": ("np.linalg.norm(g - n)", "np.linalg.norm(g + n)"),
    "smaller for larger": ("/ max(np", "/ min(np"),
    "sum of the lengths": ("max(np.linalg.norm(g), np.linalg.norm(n))", "(np.linalg.norm(g) + np.linalg.norm(n))"),
    "one vector alone": ("max(np.linalg.norm(g), np.linalg.norm(n))", "np.linalg.norm(min(g, n, key=np.linalg.norm))"),
    "largest entry for the length": ("np.linalg.norm(g - n)", "abs(g - n).max()"),
})
def relative_error(rng, sizes):
    """The formula with NumPy's norm against sums of squares and roots in loops."""
    g, n = rng.standard_normal((2, sum(sizes)))
    lengths = [sum(value * value for value in v) ** 0.5 for v in (g - n, g, n)]
    # A length: N roundings of squares that cannot cancel, halved by the root, and the root; two lengths and a quotient a side.
    return np.linalg.norm(g - n) / max(np.linalg.norm(g), np.linalg.norm(n)), lengths[0] / max(lengths[1:]), 2 * gamma(len(g) + 5)


@equation("eq-entrywise-error", mutants={
    "sum for difference": ("abs(g - n)", "abs(g + n)"),
    "smaller for larger": ("np.maximum(abs(g), abs(n))", "np.minimum(abs(g), abs(n))"),
    "one vector alone": ("np.maximum(abs(g), abs(n))", "abs(g)"),
    "lengths for entries": ("np.maximum(abs(g), abs(n))", "max(np.linalg.norm(g), np.linalg.norm(n))"),
    "magnitude dropped": ("abs(g - n)", "(g - n)"),
})
def entrywise_error(rng, sizes):
    """The formula in arrays against the same entry by entry in fractions, without rounding."""
    g, n = rng.standard_normal((2, sum(sizes)))
    exact = [(Fraction(a), Fraction(b)) for a, b in zip(g.tolist(), n.tolist())]
    by_loop = [float(abs(a - b) / (abs(a) if abs(a) > abs(b) else abs(b))) for a, b in exact]
    return abs(g - n) / np.maximum(abs(g), abs(n)), np.array(by_loop), gamma(3)     # a difference, a quotient; and the fraction made a double


@equation("eq-kink-quotient", tolerance=0, mutants={              # exact fractions
    "half dropped": ("t / (2 * h)", "t / h"),
    "sign of the kink": ("(right_slope - left_slope)", "(left_slope - right_slope)"),
    "difference for the mean": ("(left_slope + right_slope) / 2", "(left_slope - right_slope) / 2"),
    "place dropped": ("t / (2 * h) * ", ""),
    "sign": ("/ 2 + t", "/ 2 - t"),
})
def kink_quotient(rng, sizes):
    """The central difference across the kink of a cost with two slopes against the formula, in fractions."""
    left_slope, right_slope, C0 = (Fraction(int(number), 7) for number in rng.integers(-30, 31, 3))
    h = Fraction(int(rng.integers(20, 60)), 100)
    t = Fraction(int(rng.integers(-19, 20)) or 7, 100)                # between -h and h, and not the kink itself

    def C(z):
        return C0 + (right_slope if z > 0 else left_slope) * z

    return central_of(C, t, h), (left_slope + right_slope) / 2 + t / (2 * h) * (right_slope - left_slope)
