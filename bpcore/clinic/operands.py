"""Operands that a backward pass was seen to use: factors of its deltas, the matrix above, the inputs; solved for."""

import numpy as np

from . import expressions as x
from .expressions import MATRIX
from .fillings.exchanges import Filling, one, sup
from .least_squares import exact_sum

SURPLUS = 3  # equations more than unknowns, at least
SHOWN = 8  # numbers that are listed


def listed(values):
    values = np.ravel(values)
    return ", ".join(f"{v:.4g}".replace("-", "−") for v in values[:SHOWN]) + ", …" * (len(values) > SHOWN)


def _solved(A, t, tolerance, surplus=SURPLUS, equations=None):
    """The numbers that make t of the columns of A, or None where they are not determined or do not.

    ``equations`` says how many of the rows are independent, where it is not all of them.
    """
    equations = len(A) if equations is None else equations
    return exact_sum(A, t, 10 * tolerance) if equations >= A.shape[1] + surplus else None


def _independent(values):
    """How many rows of a block at one place say something of their own, of values (places, rows, samples)."""
    return int(np.linalg.matrix_rank(np.swapaxes(values, 0, 1).reshape(values.shape[1], -1), rtol=1e-10))


def _equal(values, axis=None):
    return bool((np.ptp(values, axis=axis) <= 1e-6 * abs(values).max()).all())


def _tidy(values):
    """The numbers without rounding errors, where few digits do."""
    size = abs(values).max()
    values = np.where(abs(values) < 1e-9 * size, 0, values)
    few = np.vectorize(lambda v: float(f"{v:.6g}"))(values)
    return few if np.allclose(few, values, rtol=1e-8, atol=1e-9 * size) else values


# Factors of a delta.


def masked(layer, heads):
    """The layer's delta times constants, one for each unit and sample: a mask, weights of samples or of units."""
    s, l = layer.s, layer.l
    a, target = s.a[l - 1].value, s.dW[l].value - s.penalty(l)
    equations = s.places * _independent(a)
    for head in heads:
        rows = []
        for j in range(s.sizes[l]):
            A = s.unit * (head.value[:, j, None, :] * a).reshape(-1, s.m)
            t, dead = target[:, j].ravel(), np.linalg.norm(A, axis=0) == 0
            if not t.any():
                rows.append(np.zeros(s.m))
                continue
            if dead.any():  # where a unit sleeps at all places nothing is seen of its factor
                break
            found = _solved(A, t, s.tolerance, equations=equations)
            if found is None:
                break
            rows.append(found)
        if len(rows) < s.sizes[l]:
            continue
        M = _tidy(np.array(rows))
        if _equal(M) or not M.any():
            continue
        of_targets = function_of_targets(M, s.y.value[0]) if l == s.L else None
        words = f"there is a factor {of_targets}, one for each target" if of_targets else factors_in_words(M)
        formula = x.times(head.formula, x.written_as(M[None] + 0 * head.value, of_targets or f"c{sup(l)}"))
        yield Filling(formula, (*head.exchanges, *one(words)))


def function_of_targets(M, y):
    """The text of a function of the targets that factors of a delta are: c + d y, or one over that; None for others."""
    if len(np.unique(y)) < 5:  # few values of a target are joined by many lines
        return None
    for values, over in ((M, ""), (1 / np.where(M == 0, np.nan, M), "1/")):
        columns = np.stack([np.ones(y.size), y.ravel()], 1)
        c, d = np.linalg.lstsq(columns, np.nan_to_num(values).ravel(), rcond=None)[0]
        if d and np.linalg.norm(c + d * y - values) <= 1e-6 * np.linalg.norm(values):
            constant = "" if abs(c) < 1e-6 * abs(d) else f"{c:.6g}"
            size = "" if abs(abs(d) - 1) < 1e-6 else f"{abs(d):.6g} "
            sign = ("−" if d < 0 else "") if not constant else " − " if d < 0 else " + "
            text = f"{constant}{sign}{size}y".replace("-", "−")
            return over + (text if text == "y" else f"({text})")
    return None


def factors_in_words(M):
    """What the factors of a delta, one row a unit and one column a sample, depend on."""
    if _equal(M, 0):
        return f"the samples count {listed(M[0])} times"
    if _equal(M, 1):
        return f"the deltas of the units have the factors {listed(M[:, 0])}"
    values = np.unique(np.round(M / abs(M).max(), 6)) * abs(M).max()
    if len(values) == 2 and values[0] == 0:
        zeros = (M == 0).sum()
        return (
            f"a mask sets {zeros} of {M.size} deltas to zero, and the others have the factor {values[1]:.6g}: dropout?"
        )
    return f"each unit and sample has a factor of its own ({listed(M)})"


# The matrix through which deltas come down.


def _shares(W, axis):
    total = W.sum(axis, keepdims=True)
    return W / np.where(total == 0, 1, total)


MATRICES = (  # what may stand for W, as a text with {0} for it, and a function of (places, rows, columns)
    ("{0} ⊙ {0}", lambda W: W * W),
    ("|{0}|", abs),
    ("sign({0})", np.sign),
    ("{0} / Σ {0} of each row", lambda W: _shares(W, 2)),
    ("{0} / Σ {0} of each column", lambda W: _shares(W, 1)),
    ("{0} / Σ {0}", lambda W: _shares(W, (1, 2))),
    ("{0} / Σ |{0}| of each row", lambda W: W / abs(W).sum(2, keepdims=True)),
    ("{0} / Σ |{0}| of each column", lambda W: W / abs(W).sum(1, keepdims=True)),
    ("{0} / ‖{0}‖", lambda W: W / np.sqrt((W * W).sum((1, 2), keepdims=True))),
    ("{0} / ‖{0}‖ of each row", lambda W: W / np.linalg.norm(W, axis=2, keepdims=True)),
    ("{0} / ‖{0}‖ of each column", lambda W: W / np.linalg.norm(W, axis=1, keepdims=True)),
    ("{0} with each row averaged", lambda W: W.mean(2, keepdims=True) + 0 * W),
    ("{0} with each column averaged", lambda W: W.mean(1, keepdims=True) + 0 * W),
    ("max({0}, 0)", lambda W: np.maximum(W, 0)),
    ("1/{0}", lambda W: 1 / W),
    ("the pseudo-inverse of {0}, transposed", lambda W: np.swapaxes(np.linalg.pinv(W), 1, 2)),
    ("tanh({0})", np.tanh),
    ("exp({0})", lambda W: np.exp(np.minimum(W, 300))),
    ("σ({0})", x.sigmoid),
    ("{0} cut off to whole numbers", np.trunc),
    ("{0} rounded to whole numbers", np.rint),
    ("{0} with the rows in reverse order", lambda W: W[:, ::-1]),
    ("{0} with the columns in reverse order", lambda W: W[:, :, ::-1]),
    ("{0} with the rows turned by one", lambda W: np.roll(W, 1, 1)),
    ("{0} with the rows turned back by one", lambda W: np.roll(W, -1, 1)),
    ("{0} with the columns turned by one", lambda W: np.roll(W, 1, 2)),
    ("{0} with the columns turned back by one", lambda W: np.roll(W, -1, 2)),
    ("{0} − 1", lambda W: W - 1),
    ("{0} + 1", lambda W: W + 1),
    ("{0} without its mean", lambda W: W - W.mean((1, 2), keepdims=True)),
    *((f"{{0}} rounded to {k} decimals", lambda W, k=k: np.round(W, k)) for k in range(1, 5)),
)


def another_matrix(layer):
    """The matrix that stands for (W^{l+1})ᵀ, solved for at each place, or the same at all of them."""
    s, l, up = layer.s, layer.l, layer.l + 1
    if s.slope[l] is None:
        return
    delta, slope, a = layer.state.deltas[up], s.slope[l].value, s.a[l - 1].value
    target = s.dW[l].value - s.penalty(l)
    if not s.sloped(l):
        slope = np.ones_like(slope)
    n, k = s.sizes[l], s.sizes[up]
    # A[p, j]: one row an input, one column a unit above
    A = s.unit * np.einsum("pkm,pjm,pim->pjik", delta, slope, a)
    with_bias = s.biases[l] and not s.shared[l]
    if with_bias:
        bias = s.unit * np.einsum("pkm,pjm->pjk", delta, slope)[:, :, None]
        A, target = np.concatenate([A, bias], 2), np.concatenate([target, s.db[l].value[:, :, None]], 2)
    found = [[_solved(A[p, j], target[p, j], s.tolerance, 1) for j in range(n)] for p in range(s.places)]
    surplus = s.places * n * (A.shape[2] - k)
    if surplus >= SURPLUS and all(row is not None for rows in found for row in rows):
        B = np.array(found)  # (places, n_l, n_{l+1})
    else:
        together = [
            _solved(A[:, j].reshape(-1, k), target[:, j].ravel(), s.tolerance) if target[:, j].any() else np.zeros(k)
            for j in range(n)
        ]
        if any(row is None for row in together):
            return
        B = np.repeat(np.array(together)[None], s.places, 0)
    text, words = matrix_in_words(np.swapaxes(B, 1, 2), s.W[up])
    free = s.m <= k and not _equal(B, 0)  # with so few samples some matrix makes any delta
    if text == "Bᵀ" and (free or layer.state.open):  # or what comes from above is not known
        return
    matrix = x.written_as(B, text, kind=MATRIX)
    formula = x.product(matrix, s.delta(up, delta))
    if s.sloped(l):
        formula = x.times(formula, s.slope[l])
    yield Filling(formula, one(words, 1.0 if text != "Bᵀ" else 1.5))


def matrix_in_words(B, W):
    """The text of a matrix (places, n_{l+1}, n_l) that stands for W^{l+1}, transposed, and what is said about it."""
    values = W.value
    with np.errstate(all="ignore"):
        for text, f in MATRICES:
            other = f(values)
            square = (other * other).sum()
            if not np.isfinite(square) or not square:
                continue
            factor = float((other * B).sum() / square)
            if factor and np.linalg.norm(B - factor * other) <= 1e-7 * np.linalg.norm(B):
                written = text.format(W)
                before = "" if abs(factor - 1) < 1e-7 else f"{factor:.6g} "
                return f"{before}({written})ᵀ", f"{written} stands for the weights above"
    if _equal(B, 0):
        return "Bᵀ", f"a matrix that does not depend on the weights stands for those above, B = {listed(B[0])}"
    return "Bᵀ", f"another matrix stands for the weights above, at the first place B = {listed(B[0])}"


# The input of the first layer.

INPUTS = (  # text with {0}, and a function of x as (units, samples)
    ("{0} cut off to whole numbers", np.trunc),
    ("{0} rounded to whole numbers", np.rint),
    ("{0} without its mean", lambda v: v - v.mean(1, keepdims=True)),
    ("{0} standardised", lambda v: (v - v.mean(1, keepdims=True)) / v.std(1, keepdims=True)),
    ("|{0}|", abs),
    ("{0} ⊙ {0} ⊙ {0}", lambda v: v**3),
    ("1 − {0}", lambda v: 1 - v),
    ("sign({0})", np.sign),
    ("{0} in float32", lambda v: v.astype(np.float32).astype(float)),
    ("{0} / ‖{0}‖", lambda v: v / np.linalg.norm(v, axis=0)),
    *((f"{{0}} rounded to {k} decimals", lambda v, k=k: np.round(v, k)) for k in range(1, 5)),
)


def other_inputs(layer):
    """Constants that stand for the inputs in dW¹, one for each input and sample."""
    s = layer.s
    if layer.l > 1:
        return
    delta, target = layer.right_delta, s.dW[1].value - s.penalty(1)
    columns, equations = [], s.places * _independent(delta)  # those of a softmax sum to zero, and so does the target
    for k in range(s.sizes[0]):
        A = s.unit * delta.reshape(-1, s.m)
        found = _solved(A, target[:, :, k].ravel(), s.tolerance, equations=equations)
        if found is None:
            return
        columns.append(found)
    Q, right = _tidy(np.array(columns)), s.a[0]
    text, words = inputs_in_words(Q, right)
    yield Filling(x.written_as(np.repeat(Q[None], s.places, 0), text), one(words))


def inputs_in_words(Q, right):
    v = right.value[0]
    near = lambda other: np.linalg.norm(Q - other) <= 1e-7 * np.linalg.norm(Q)
    with np.errstate(all="ignore"):
        for text, f in INPUTS:
            if near(f(v)):
                written = text.format(right)
                return written, f"{written} stands for the input"
    order = [next((k for k, column in enumerate(v.T) if np.allclose(column, q, rtol=1e-7)), None) for q in Q.T]
    if None not in order:
        other = ", ".join(str(k + 1) for k in order)
        return f"{right} in another order", f"the inputs are those of other samples: {other}"
    affine = []
    for q, row in zip(Q, v):
        (c, d), *_ = np.linalg.lstsq(np.stack([row, np.ones_like(row)], 1), q, rcond=None)
        affine.append(c * row + d)
    if v.shape[1] > 3 and near(np.array(affine)):
        return "x on another scale", "the inputs are on another scale here than in the cost, each multiplied and moved"
    return "x′", f"the inputs are other numbers here, for the first sample {listed(Q[:, 0])}"
