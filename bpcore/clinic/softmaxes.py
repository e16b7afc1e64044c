"""Slips in the Jacobian of a softmax in the steps of a cost: another axis, entry by entry, without brackets."""

import numpy as np

from .slip import Slip, edges


def softmax_slips(record, texts, step):
    """Slips of a step that divides exponentials by their sum."""
    found = _softmax(step)
    if found is None:
        return
    v, (u, axis) = step.index, found
    text = texts.of(step)

    def with_pull(made):
        return lambda r: (edges(r, v), [[(u, lambda bar: made(r.steps[v].value, bar))]])

    over = lambda t, k: t.sum(axis=k, keepdims=True)
    ways = [
        (1.2, "is left out", lambda a, bar: bar),
        (1.2, "is taken entry by entry, a (1 − a)", lambda a, bar: bar * a * (1 - a)),
        (1.4, "is taken for 1 − a", lambda a, bar: bar * (1 - a)),
        (1.3, "lacks the brackets, g a − Σ g a for a (g − Σ g a)", lambda a, bar: a * bar - over(a * bar, axis)),
        (1.3, "lacks its first factor, g − Σ g a for a (g − Σ g a)", lambda a, bar: bar - over(a * bar, axis)),
        (1.3, "has Σ g in the place of Σ g a", lambda a, bar: a * (bar - over(bar, axis))),
        (1.4, "has a mean in the place of its sum", lambda a, bar: a * (bar - (a * bar).mean(axis, keepdims=True))),
        (1.4, "has the mean of g in the place of Σ g a", lambda a, bar: a * (bar - bar.mean(axis, keepdims=True))),
    ]
    for other in (None, *(k for k in range(step.value.ndim) if k != axis)):
        where = "all entries" if other is None else f"axis {other}"
        if other is not None or step.value.ndim > 1:
            ways.append((1.3, f"sums over {where}", lambda a, bar, other=other: a * (bar - over(a * bar, other))))
    for price, words, made in ways:
        tag = ("softmax", words)
        yield Slip(price, f"the Jacobian of the softmax in {text} {words}", v, with_pull(made), tag=tag)


def _softmax(step):
    """The step that a softmax is taken of, and along which axis; None where this is no softmax."""
    first = step.operands[0]
    if getattr(first, "name", "") != "exp" or step.value.size < 2:
        return None
    u, e = first.sources[0], first.value
    for axis in range(e.ndim):
        if e.shape[axis] > 1 and np.allclose(step.value, e / e.sum(axis, keepdims=True), rtol=1e-12, atol=0):
            return u.index, axis
    return None
