"""Exact numbers for the entries that SymPy derives: fractions, and logarithms of fractions, at which exp gives fractions again.

Two quotients of polynomials that agree at more points than their degrees allow are the same, so that exact equality at enough
points is a proof; the entries that rely on it say how many are enough.
"""
import sympy as sp


def fractions(rng, count):
    """Random positive fractions, none of them 1, no two of them equal."""
    found = []
    while len(found) < count:
        above, below = (int(number) for number in rng.integers(2, 40, 2))
        if above != below and sp.Rational(above, below) not in found:
            found.append(sp.Rational(above, below))
    return found


def exactly(expression, values):
    """The number that an expression is at these values of its symbols: a fraction, if what stands under exp is a logarithm of one."""
    return sp.sympify(expression).xreplace(values)


def by_exponentials(expression):
    """The expression with tanh written by exp, so that it becomes a fraction too."""
    return sp.sympify(expression).rewrite(sp.exp)
