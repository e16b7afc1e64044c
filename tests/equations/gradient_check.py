"""The equations of the chapter "Gradient check", each evaluated on both sides."""
from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb, erf, factorial

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from .registry import equation

DIGITS = 50


def softplus(w):
    """C(w) = log(1 + exp(-w)) in 50 digits, for a Decimal w."""
    with localcontext() as context:
        context.prec = DIGITS
        return (1 + (-w).exp()).ln()


def softplus_derivatives(w):
    """C', C'', C''' of softplus, by hand from σ(w); for floats and Decimals."""
    s = 1 / (1 + (np.exp(-w) if isinstance(w, float) else (-w).exp()))
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


@equation("eq-forward-difference")                               # a limit, taken in 50 digits as far as h = 1e-20
def forward_difference(rng, sizes):
    with localcontext() as context:
        context.prec = DIGITS
        w, h = Decimal(str(rng.uniform(0.5, 3))), Decimal("1e-20")
        return float(forward_of(softplus, w, h)), float(softplus_derivatives(w)[0])


@equation("eq-central-difference")
def central_difference(rng, sizes):
    with localcontext() as context:
        context.prec = DIGITS
        w, h = Decimal(str(rng.uniform(0.5, 3))), Decimal("1e-20")
        return float(central_of(softplus, w, h)), float(softplus_derivatives(w)[0])


def remainder_point(excess, derivative, low, high):
    """The ξ of the theorem: where ``derivative`` takes the value ``excess``; brentq raises where there is none in between."""
    return brentq(lambda x: derivative(float(x)) - excess, low, high, xtol=1e-15)


@equation("eq-forward-error")
def forward_error(rng, sizes):
    w, h = rng.uniform(0.5, 2), rng.uniform(0.3, 0.9)           # C'' falls for w > 0, so it takes each value once
    quotient = float(forward_of(softplus, Decimal(w), Decimal(h)))
    slope = softplus_derivatives(w)[0]
    xi = remainder_point((quotient - slope) * 2 / h, lambda x: softplus_derivatives(x)[1], w, w + h)
    return quotient, slope + h / 2 * softplus_derivatives(xi)[1]


@equation("eq-central-error")
def central_error(rng, sizes):
    h = rng.uniform(0.1, 0.3)
    w = rng.uniform(1.7, 2.5) + h                                # C''' rises for w > 1.32, so it takes each value once
    quotient = float(central_of(softplus, Decimal(w), Decimal(h)))
    slope = softplus_derivatives(w)[0]
    eta = remainder_point((quotient - slope) * 6 / h ** 2, lambda x: softplus_derivatives(x)[2], w - h, w + h)
    return quotient, slope + h ** 2 / 6 * softplus_derivatives(eta)[2]


def bounds(w, h):
    """E⁺(h) and E^±(h), with S = |C| + |w C'|; |C''| and |C'''| are the largest near w, since the theorem's ξ is not known."""
    eps, C = np.finfo(float).eps, float(softplus(Decimal(w)))
    slope, bend, _ = softplus_derivatives(w)
    near = np.linspace(w - h, w + h, 101)
    S = abs(C) + abs(w * slope)
    bend, twist = (max(abs(softplus_derivatives(float(x))[k]) for x in near) for k in (1, 2))
    return h / 2 * bend + eps * S / h, h ** 2 / 6 * twist + eps * S / (2 * h)


@equation("eq-total-error", tolerance=0)                         # a bound: the larger of error and bound is the bound
def total_error(rng, sizes):
    def rounded(w):
        return float(softplus(Decimal(w)))                       # correct to the last digit, as the derivation supposes

    larger, bound = [], []
    for h in 10 ** rng.uniform(-13, -1, 40):
        w = rng.uniform(0.5, 3)
        slope = float(softplus_derivatives(Decimal(w))[0])
        for quotient, E in zip((forward_of(rounded, w, h), central_of(rounded, w, h)), bounds(w, h), strict=True):
            E *= 1 + 1e-3                                        # the terms of higher order that the text leaves out
            larger.append(max(abs(quotient - slope), E))
            bound.append(E)
    return np.array(larger), np.array(bound)


@equation("eq-best-steps", tolerance=1e-6)                       # a minimum is found to the square root of the rounding
def best_steps(rng, sizes):
    eps, S, bend, twist = np.finfo(float).eps, *rng.uniform(0.1, 10, 3)
    forward = minimize_scalar(lambda u: np.log(np.exp(u) / 2 * bend + eps * S / np.exp(u)), bracket=(-20, -15), tol=1e-10)
    central = minimize_scalar(lambda u: np.log(np.exp(2 * u) / 6 * twist + eps * S / (2 * np.exp(u))), bracket=(-15, -10), tol=1e-10)
    return np.exp([forward.x, central.x]), np.array([np.sqrt(2 * eps * S / bend), np.cbrt(3 * eps * S / (2 * twist))])


@equation("eq-complex-step", tolerance=0)                        # a polynomial of degree 6 ends with the fifth derivative: exact
def complex_step(rng, sizes):
    c, derivative = polynomial(rng, 6)
    x, h = somewhere(rng)

    def imaginary_part_of_power(k):                              # Im (x + i h)^k by the binomial theorem
        return sum((-1) ** ((j - 1) // 2) * comb(k, j) * x ** (k - j) * h ** j for j in range(1, k + 1, 2))

    left = sum(c[k] * imaginary_part_of_power(k) for k in range(7)) / h
    right = derivative(1, x) - h ** 2 / 6 * derivative(3, x) + h ** 4 / 120 * derivative(5, x)
    return float(left), float(right)


@equation("eq-five-point", tolerance=0)                          # a polynomial of degree 6 has no term in h⁶: exact
def five_point(rng, sizes):
    _, derivative = polynomial(rng, 6)
    x, h = somewhere(rng)
    left = (-derivative(0, x + 2 * h) + 8 * derivative(0, x + h) - 8 * derivative(0, x - h) + derivative(0, x - 2 * h)) / (12 * h)
    return float(left), float(derivative(1, x) - h ** 4 / 30 * derivative(5, x))


@equation("eq-relative-error")
def relative_error(rng, sizes):
    g, n = rng.standard_normal((2, sum(sizes)))
    lengths = [sum(value * value for value in v) ** 0.5 for v in (g - n, g, n)]
    return lengths[0] / max(lengths[1:]), np.linalg.norm(g - n) / max(np.linalg.norm(g), np.linalg.norm(n))


@equation("eq-entrywise-error")
def entrywise_error(rng, sizes):
    g, n = rng.standard_normal((2, sum(sizes)))
    by_loop = [abs(g[k] - n[k]) / (abs(g[k]) if abs(g[k]) > abs(n[k]) else abs(n[k])) for k in range(len(g))]
    return np.array(by_loop), abs(g - n) / np.maximum(abs(g), abs(n))


@equation("eq-kink-quotient")
def kink_quotient(rng, sizes):
    left_slope, right_slope, C0 = rng.standard_normal(3)
    h = rng.uniform(0.1, 1)
    t = rng.uniform(-h, h)

    def C(z):
        return C0 + (right_slope if z > 0 else left_slope) * z

    return central_of(C, t, h), (left_slope + right_slope) / 2 + t / (2 * h) * (right_slope - left_slope)


@equation("eq-directional-derivative")
def directional_derivative(rng, sizes):
    """Along v by one complex step; axis by axis by one complex step each."""
    P = sum(n * (1 + before) for before, n in zip(sizes, sizes[1:]))
    theta, v, x = rng.standard_normal(P), rng.standard_normal(P), rng.standard_normal(sizes[0])

    def C(theta):
        a, start = x, 0
        for before, n in zip(sizes, sizes[1:]):
            Theta = theta[start:start + n * (1 + before)].reshape(n, 1 + before)
            a, start = np.tanh(Theta[:, 0] + Theta[:, 1:] @ a), start + Theta.size
        return (a * a).sum()

    along = C(theta + 1e-30j * v).imag / 1e-30
    return along, sum(v[k] * C(theta + 1e-30j * np.eye(P)[k]).imag / 1e-30 for k in range(P))


@equation("eq-miss-probability", tolerance=1e-6)                 # the left side is a quadrature of the normal density
def miss_probability(rng, sizes):
    """The probability that a normal number of standard deviation ‖e‖ stays within τ‖g‖, k times over, from its density."""
    e, g = rng.standard_normal((2, sum(sizes)))
    k, tau = int(rng.integers(1, 6)), rng.uniform(0.1, 2)
    reach, width = tau * np.linalg.norm(g), np.linalg.norm(e)
    s = np.linspace(-reach, reach, 20001)
    density = np.exp(-s * s / (2 * width ** 2)) / (width * np.sqrt(2 * np.pi))
    one = (density[:-1] + density[1:]).sum() * (s[1] - s[0]) / 2
    return one ** k, erf(reach / (np.sqrt(2) * width)) ** k
