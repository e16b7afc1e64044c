"""Slopes of a loss that are functions of the error alone, in one piece or in two."""

import numpy as np

from .least_squares import closest_sum

ERRORS = (
    ("e³", lambda e: e**3),
    ("e²", lambda e: e * e),
    ("e |e|", lambda e: e * abs(e)),
    ("|e|", abs),
    ("√|e| sign(e)", lambda e: np.sign(e) * np.sqrt(abs(e))),
    ("1/e", lambda e: 1 / e),
    ("e/(1 + e²)", lambda e: e / (1 + e * e)),
    ("e/(1 + |e|)", lambda e: e / (1 + abs(e))),
    ("e/√(1 + e²)", lambda e: e / np.sqrt(1 + e * e)),
    ("1/(1 + e²)", lambda e: 1 / (1 + e * e)),
    ("tanh(e)", np.tanh),
    ("tanh²(e)", lambda e: np.tanh(e) ** 2),
    ("sinh(e)", np.sinh),
    ("sin(e)", np.sin),
    ("arctan(e)", np.arctan),
    ("exp(e)", np.exp),
    ("exp(e) − 1", np.expm1),
    ("e exp(−e²)", lambda e: e * np.exp(-e * e)),
    ("e exp(−e²/2)", lambda e: e * np.exp(-e * e / 2)),
    ("log(1 + |e|)", lambda e: np.log1p(abs(e))),
    ("sign(e) log(1 + |e|)", lambda e: np.sign(e) * np.log1p(abs(e))),
    ("sign(e) log₂(1 + |e|)", lambda e: np.sign(e) * np.log2(1 + abs(e))),
    ("σ(e)", lambda e: 1 / (1 + np.exp(-e))),
    ("σ(e) − ½", lambda e: 1 / (1 + np.exp(-e)) - 0.5),
    ("max(e, 0)", lambda e: np.maximum(e, 0)),
    ("min(e, 0)", lambda e: np.minimum(e, 0)),
    ("sign(e)", np.sign),
    ("1", np.ones_like),
)
PIECES = (("e", lambda e: e), ("sign(e)", np.sign), ("1", np.ones_like), *ERRORS)
BOUNDS = (0.0, 1.0, 0.5, 2.0, 1.5, 1.345, 0.1, 0.25, 0.75, 3.0, 5.0, -1.0, -0.5, 0.2, 0.3)
NARROW = 0.02  # relative: a usual number in so small an interval is not there by chance
FEWEST = 4  # values that have to lie in a piece


def in_two_pieces(delta, e, near):
    """Words and a function of e for a slope with one formula on this side of a border and another beyond it, or None.

    The border is one of |e| or of e; what is left has a norm of at most ``near``.
    """
    d, e = delta.ravel(), e.ravel()
    for text, key in (("|e|", abs(e)), ("e", e)):
        order = key.argsort()
        k = _where_it_breaks(d[order], e[order], near)
        if k is None:
            continue
        inside, outside = (_piece(d[part], e[part], near) for part in (order[:k], order[k:]))
        if inside is None or outside is None:
            continue
        low, high = float(key[order[k - 1]]), float(key[order[k]])
        border, sure = _border(inside[1], outside[1], low, high)
        between = "" if sure else f" (or another border between {low:.3g} and {high:.3g})".replace("-", "−")
        size = abs if text == "|e|" else lambda v: v
        return (
            f"{inside[0]} where {text} < {border:.6g}{between}, and {outside[0]} elsewhere".replace("< -", "< −"),
            lambda v, size=size: np.where(size(v) < border, inside[1](v), outside[1](v)),
        )
    return None


def _where_it_breaks(d, e, near):
    """How many of the values, from the first on, one short formula has at most; None where that is all or too few."""
    longest = 0
    for some in _ways():
        columns = np.stack([f(e) for _, f in some], 1)
        if not np.isfinite(columns).all():
            continue
        low, high = len(some) + 1, len(d)  # the longest beginning that is a multiple of the columns, by halving
        while low < high:
            middle = (low + high + 1) // 2
            if _left(columns[:middle], d[:middle]) <= near:
                low = middle
            else:
                high = middle - 1
        if _left(columns[:low], d[:low]) <= near:
            longest = max(longest, low)
    return longest if FEWEST <= longest <= len(d) - FEWEST else None


def _ways():
    """No function, one, or two with which a slope can be written: as lists of (text, function)."""
    one = [[pair] for pair in PIECES]
    return [*one, [PIECES[0], PIECES[1]], [PIECES[0], PIECES[2]]]


def _left(columns, d):
    return np.linalg.norm(closest_sum(columns, d, 1e-12)[1])


def _piece(d, e, near):
    """Text and function of one piece, a simple factor before an odd one; None where there is none."""
    if np.linalg.norm(d) <= near:
        return "0", np.zeros_like
    found, one_sided = [], not e.min() < 0 < e.max()  # where |e| is e, or −e
    for some in _ways():
        columns = np.stack([f(e) for _, f in some], 1)
        if not np.isfinite(columns).all() or len(d) <= len(some):
            continue
        numbers, _, rank, _ = np.linalg.lstsq(columns, d, rcond=1e-9)
        if rank == len(some) and np.linalg.norm(columns @ numbers - d) <= near:
            numbers = [_few(c) for c in numbers.tolist()]
            odd = sum(abs(2 * c - round(2 * c)) > 1e-9 for c in numbers)
            odd += one_sided * any("sign" in name or "|" in name for name, _ in some)
            found.append((len(some) + odd, len(found), numbers, some))
    if not found:
        return None
    _, _, numbers, some = min(found)
    text = " + ".join(_term(c, name) for c, (name, _) in zip(numbers, some)).replace("+ −", "− ")
    return text, lambda v: sum(c * f(v) for c, (_, f) in zip(numbers, some))


def _few(c):
    few = float(f"{c:.6g}")
    return few if abs(few - c) <= 1e-7 * abs(c) else c


def _term(c, name):
    if name == "1":
        return f"{c:.6g}".replace("-", "−")
    return name if c == 1 else f"−{name}" if c == -1 else f"{c:.6g} {name}".replace("-", "−")


def _border(inside, outside, low, high):
    """A border between two values, and whether the values tell it: it is where both pieces meet, or a usual number."""
    v = np.linspace(low, high, 3)[1:2]
    for _ in range(60):  # Newton's method, with differences
        gap = inside(v) - outside(v)
        slope = (inside(v + 1e-6) - outside(v + 1e-6) - gap) / 1e-6
        if not slope.any() or not abs(gap / slope) < 10:
            break
        v = v - gap / slope
        if abs(gap) < 1e-12:
            break
    # where both pieces have the value of the border itself, the first counts it
    slack = 1e-9 * max(abs(low), abs(high))
    if low - slack <= v[0] < high and abs(inside(v) - outside(v)) < 1e-9:
        return _few(float(v[0])), True
    usual = next((b for b in BOUNDS if low < b <= high), None)
    if usual is None:
        return float(f"{(low + high) / 2:.3g}"), False
    return usual, usual == 0 or high - low < NARROW * abs(usual)
