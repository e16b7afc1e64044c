"""The equations of the chapter "A doctor for your gradient", each evaluated on both sides."""
from fractions import Fraction
from math import acos, hypot, sin

from .registry import equation


def whole_vectors(rng, sizes):
    """Two vectors of small whole numbers, neither zero nor parallel nor orthogonal, so that every sum and quotient is exact."""
    g = [int(value) for value in rng.integers(1, 10, sum(sizes))]
    t = [int(value) for value in rng.integers(1, 10, sum(sizes))]
    g[0], t[0], g[1], t[1] = 11, 2, 3, 13
    return g, t


def left_over(g, t, factor):
    return sum((g_k - factor * t_k) ** 2 for g_k, t_k in zip(g, t))


def dot(u, v):
    return sum(Fraction(u_k) * v_k for u_k, v_k in zip(u, v))


@equation("eq-best-factor", tolerance=0, mutants={
    "divided by the other norm": ("dot(t, t)", "dot(g, g)"),
    "square root of the norm": ("/ dot(t, t)", "/ Fraction(hypot(*t))"),
    "norm of g above": ("dot(g, t) /", "dot(g, g) /"),
    "sign": ("dot(g, t) /", "-dot(g, t) /")})
def best_factor(rng, sizes):
    """Left: the lowest point of the parabola α → ‖g - αt‖², from its values at -1, 0 and 1, in exact arithmetic."""
    g, t = whole_vectors(rng, sizes)
    before, here, after = (left_over(g, t, factor) for factor in (-1, 0, 1))
    lowest = Fraction(before - after, 2 * (before - 2 * here + after))
    return float(lowest), float(dot(g, t) / dot(t, t))


@equation("eq-factor-leaves", mutants={
    "product not squared": ("dot(g, t) ** 2 /", "dot(g, t) /"),
    "sign": ("dot(g, g) - dot", "dot(g, g) + dot"),
    "norm not squared": ("/ dot(t, t))", "/ Fraction(hypot(*t)))"),
    "cosine for sine": ("sin(angle) ** 2", "(1 - sin(angle) ** 2)"),
    "sine not squared": ("sin(angle) ** 2", "sin(angle)"),
    "norm of t": ("hypot(*g) ** 2 *", "hypot(*t) ** 2 *")})
def factor_leaves(rng, sizes):
    """Left: what the best factor leaves, added up entry by entry; right: both forms of the theorem, the angle taken from its cosine."""
    g, t = whole_vectors(rng, sizes)
    left = float(left_over(g, t, Fraction(sum(g_k * t_k for g_k, t_k in zip(g, t)), sum(t_k * t_k for t_k in t))))
    angle = acos(sum(g_k * t_k for g_k, t_k in zip(g, t)) / (hypot(*g) * hypot(*t)))
    return [left, left], [float(dot(g, g) - dot(g, t) ** 2 / dot(t, t)), hypot(*g) ** 2 * sin(angle) ** 2]
