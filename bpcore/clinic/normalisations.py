"""Slips in the derivative of a normalisation: arrays divided by their length, or by their deviation from their mean."""

import itertools

import numpy as np

from .recorded import value_of
from .slip import Slip, edges

SMALL = 0.1  # what may be added under the root, relative to the largest of these sums


def normalisation_slips(record, texts, step):
    """Slips of a step that divides an array by the root of its squares along an axis."""
    found = _normalised(step)
    if found is None:
        return
    v, (u, axis, centred, mean) = step.index, found
    text = texts.of(step)

    def divided(made):
        def pull(r):
            n, s = r.steps[v].value, _below(r.steps[v])
            return lambda bar: made(n, bar, s) / s

        return lambda r: (edges(r, v), [[(u, pull(r))]])

    over = np.mean if mean else np.sum
    along = lambda t, k=axis: over(t, axis=k, keepdims=True)
    less = lambda g, k=axis: g - g.mean(axis=k, keepdims=True) if centred else g
    ways = [
        (1.3, "is taken entry by entry, (g − n n g)/s", lambda n, g, s: less(g) - n * n * g),
        (1.2, "is 1/s alone", lambda n, g, s: g),
        (1.3, "lacks the factor 1/s", lambda n, g, s: s * (less(g) - n * along(g * n))),
        (1.4, "lacks n before the sum of g n", lambda n, g, s: less(g) - along(g * n)),
        (1.4, "has the sum of g in the place of that of g n", lambda n, g, s: less(g) - n * along(g)),
        (1.4, "has n/s in the place of n", lambda n, g, s: less(g) - n / s * along(g * n)),
        (1.4, "has the array itself in the place of n", lambda n, g, s: less(g) - n * s * along(g * n)),
        (1.4, "has 1/s² in the place of 1/s", lambda n, g, s: (less(g) - n * along(g * n)) / s),
    ]
    other = {True: np.sum, False: np.mean}[mean]
    name = "sum" if mean else "mean"
    ways.append((1.4, f"has a {name} of g n", lambda n, g, s: less(g) - n * other(g * n, axis=axis, keepdims=True)))
    others = [k for k in range(step.value.ndim) if k != axis]
    pairs = list(itertools.combinations(range(step.value.ndim), 2)) if step.value.ndim > 2 else []
    for k in (None, *others, *pairs):
        where = "all entries" if k is None else f"the axes {k[0]} and {k[1]}" if isinstance(k, tuple) else f"axis {k}"
        ways.append((1.4, f"takes that of g n over {where}", lambda n, g, s, k=k: less(g) - n * along(g * n, k)))
        if centred:
            both = lambda n, g, s, k=k: less(g, k) - n * along(g * n, k)
            ways.append((1.4, f"takes both means over {where}", both))
            ways.append((1.4, f"takes the mean of g over {where}", lambda n, g, s, k=k: less(g, k) - n * along(g * n)))
    for price, words, made in ways:
        tag = ("normalisation", words)
        yield Slip(price, f"the derivative of n = {text}, s below the line, {words}", v, divided(made), tag=tag)


def _below(step):
    other = step.operands[1]
    return value_of(other)


def _normalised(step):
    """What is normalised, along which axis, whether it was centred, and whether by a mean of squares or their sum."""
    if len(step.sources) != 2 or len({source.index for source in step.sources}) != 2:
        return None
    above, below = step.operands
    value, s = above.value, below.value
    if value.shape != step.value.shape:
        return None
    axes = [k for k in range(value.ndim) if value.shape[k] > 1 and np.broadcast_to(s, value.shape).strides[k] == 0]
    if len(axes) != 1 or value.ndim > 3:
        return None
    axis = axes[0]
    square = (value * value).sum(axis, keepdims=True)
    root = np.broadcast_to(s * s, value.shape).take([0], axis)
    centred = abs(value.mean(axis)).max() <= 1e-12 * abs(value).max()
    for mean, of_square in ((True, square / value.shape[axis]), (False, square)):
        added = root - of_square  # the same number everywhere, if any
        if np.ptp(added) <= 1e-9 * root.max() and -1e-9 * root.max() <= added.min() <= SMALL * root.max():
            first = above.sources[0] if centred and above.name == "subtract" and above.sources else above
            return first.index, axis, centred and first is not above, mean
    return None
