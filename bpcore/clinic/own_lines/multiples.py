"""Numbers by which something is multiplied, as fractions of small numbers where they are such."""

from fractions import Fraction

SAME = 1e-6  # of a number that is computed from a gradient


def fraction(number, largest):
    """The fraction with numerator and denominator up to ``largest`` that a number is; None if it is none."""
    near = Fraction(float(number)).limit_denominator(largest)
    is_near = 0 < abs(near.numerator) <= largest and are_same(number, near)
    return near if is_near else None


def are_same(number, other):
    """Whether two numbers, of which one is computed, are the same."""
    return abs(number - other) <= SAME * abs(other)


def said(number):
    """A number in words: a fraction as it is, others with six digits."""
    return str(number) if isinstance(number, Fraction) else format(number, ".6g")
