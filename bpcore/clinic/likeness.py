"""Which known activation and loss a measured one is, perhaps with other targets, or with weights."""

import itertools
from dataclasses import dataclass

import numpy as np

from ..activations import ACTIVATIONS
from ..losses import LOSSES, Loss
from .costs import OTHER_LOSSES
from .familiar import FAMILIES, refined
from .pieces import ERRORS, in_two_pieces
from .preparations import listed, targets_in_words

POINTS = np.array(
    [-8.1, -5.3, -3.7, -2.7, -1.9, -1.3, -0.8, -0.37, -0.11, 0.13, 0.42, 0.9, 1.4, 2.1, 2.9, 4.4, 6.3, 8.6]
)


def rounded(constants, fits):
    """The constants with few digits, or zero, where they fit too."""
    largest = max(map(abs, constants), default=0.0)
    without = tuple(0.0 if abs(c) < 1e-7 * largest else c for c in constants)
    constants = without if fits(*without) else constants
    for digits in range(1, 7):
        few = tuple(float(f"{c:.{digits}g}") for c in constants)
        if fits(*few):
            return few
    return constants


def activation_like(measured, own, tolerance):
    """A record of the package or of a family that has the values of a measured one; the measured one where none has."""
    f = measured.f(POINTS[:, None])[:, 0]
    size = np.linalg.norm(f)
    if not np.isfinite(f).all():
        return measured
    close = lambda values: np.linalg.norm(values - f) <= 10 * tolerance * size
    entrywise = [record for record in ACTIVATIONS.values() if record.df]
    for record in dict.fromkeys(([own] if own is not None and own.df else []) + entrywise):
        if close(record.f(POINTS[:, None].copy())[:, 0]):
            return record
    with np.errstate(all="ignore"):
        for family, start in [(one, start) for one in FAMILIES for start in one.starts]:
            residual = lambda *constants, of=family.f: of(POINTS, *constants) - f
            if np.isfinite(residual(*start)).all():
                constants, _ = refined(family, start, residual)
                constants = rounded(constants, lambda *c, residual=residual: close(residual(*c) + f))
                if close(residual(*constants) + f):
                    return family.with_constants(*constants)
    return measured


def plain(number, tolerance=1e-7):
    """The number with six digits where it is so close to it."""
    few = float(f"{number:.6g}")
    return few if abs(few - number) <= tolerance * abs(number) else number


# The loss.


@dataclass(frozen=True)
class Likeness:
    """A known output and loss, the factor before it, what is other about it, in words; or the delta as a formula."""

    output: object
    loss: Loss
    scale: float = 1.0
    words: tuple = ()
    delta: str = ""


def _bases(own_output, own_loss, K):
    """Pairs of output and loss, the network's own first, each with the slope of the loss with respect to z."""
    others = [Loss(text, *functions) for text, functions in OTHER_LOSSES.items()]
    outputs = [own_output, *ACTIVATIONS.values()]
    losses = [own_loss, *LOSSES.values(), *others]
    for output, loss in dict.fromkeys(itertools.product(outputs, losses)):
        if loss.link and output is not ACTIVATIONS[loss.link] or output.name == "softmax" and K == 1:
            continue
        yield output, loss


def delta_of(output, loss, z, y):
    """∂ℓ/∂z by the records."""
    a = output.f(z.copy())
    if loss.link:
        return a - y
    g = loss.slope(a, y)
    return g * output.df(z, a) if output.df else output.vjp(z, a, g)


def _weighted(loss, weights, name):
    """The loss with constant weights on its slope, of an array with all samples in their order."""

    def slope(a, y):
        of_link = loss.slope(a, y)
        return weights * of_link if len(a) == len(weights) else np.full(a.shape, np.nan)

    return Loss(name, lambda a, y: np.zeros(len(a)), slope)


def _with_targets(loss, targets, name):
    def slope(a, y):
        return loss.slope(a, targets) if len(a) == len(targets) else np.full(a.shape, np.nan)

    return Loss(name, lambda a, y: np.zeros(len(a)), slope)


def factor_of(base, delta, near):
    """The number c with delta = c base, by least squares; None where that is further off than ``near``."""
    square = float((base * base).sum())
    c = float((base * delta).sum()) / square if square else np.nan
    return c if np.linalg.norm(delta - c * base) <= near else None


def loss_like(places, Y, own_output, own_loss, tolerance):
    """The known loss that a measured one is, or None.

    Parameters
    ----------
    places : list
        Pairs of z^L and the measured ∂ℓ/∂z there, each (m, K) with the samples in their order.
    """
    z, delta = np.concatenate([z for z, _ in places]), np.concatenate([d for _, d in places])
    y, size, m = np.concatenate([Y] * len(places)), np.linalg.norm(delta), len(Y)
    if not np.isfinite(delta).all() or not size:
        return None
    bases, near = list(_bases(own_output, own_loss, Y.shape[1])), 100 * tolerance * size
    known = []
    with np.errstate(all="ignore"):
        for output, loss in bases:
            base = delta_of(output, loss, z, y)
            if not 0 < (base * base).sum() < np.inf:
                continue
            known.append((output, loss, base))
            if (scale := factor_of(base, delta, near)) is not None:
                return Likeness(output, loss, plain(scale))
        if np.isin(Y, (0, 1)).all():
            for output, loss in bases:
                if (scale := factor_of(delta_of(output, loss, z, 2 * y - 1), delta, near)) is not None:
                    signed = _with_targets(loss, 2 * Y - 1, f"{loss.name} with labels −1 and 1")
                    return Likeness(output, signed, plain(scale), ("its labels are −1 and 1",))
        fold = lambda v: v.reshape(len(places), m, -1)
        for output, loss, base in known:
            if (abs(base).min(0) <= 1e-9 * abs(base).max()).all():
                continue
            square = (fold(base) ** 2).sum(0)
            weights = (fold(base) * fold(delta)).sum(0) / np.where(square > 0, square, 1)
            if len(places) > 1 and np.linalg.norm(fold(delta) - weights * fold(base)) <= near:
                words = f"its slope has weights: {weights_in_words(weights, Y)}"
                return Likeness(output, _weighted(loss, weights, f"weighted {loss.name}"), 1.0, (words,))
        if len(places) < 2:
            return None
        for output, loss in bases:
            if not loss.link and (loss.name != "half_squared" or not output.df):
                continue
            a = output.f(z.copy())
            s = np.ones_like(a) if loss.link else output.df(z, a) * np.ones_like(a)
            found = _targets(fold(delta), fold(s), fold(a), near)
            if found:
                words = f"its targets are {targets_in_words(found[1], Y)}"
                name = f"{loss.name} with other targets"
                return Likeness(output, _with_targets(loss, found[1], name), plain(found[0]), (words,))
        for output in (ACTIVATIONS["sigmoid"], ACTIVATIONS["softmax"]) if Y.shape[1] > 1 else (ACTIVATIONS["sigmoid"],):
            if found := _of_a_multiple(delta, output, z, y, near):
                c, factor = found
                loss = next(loss for loss in LOSSES.values() if loss.link == output.name)
                words = f"its output is {output.name}({listed(c)} z)"
                of_multiple = Loss(f"{loss.name} of a multiple of z", lambda a, y: np.zeros(len(a)), loss.slope)
                return Likeness(output, of_multiple, plain(factor), (words,))
        for text, f in ERRORS:
            if (scale := factor_of(f(z - y), delta, near)) is not None:
                loss = Loss(text, lambda a, y: np.zeros(len(a)), lambda a, y, f=f: f(a - y))
                delta = text if abs(scale - 1) < 1e-9 else f"{scale:.6g} {text}".replace("-", "−")
                words = f"it is {text}, where e = a − y"
                return Likeness(ACTIVATIONS["identity"], loss, plain(scale), (words,), delta)
        if found := in_two_pieces(delta, z - y, near):
            text, f = found
            loss = Loss("slope in two pieces", lambda a, y: np.zeros(len(a)), lambda a, y, f=f: f(a - y))
            return Likeness(ACTIVATIONS["identity"], loss, 1.0, (f"it is {text}, where e = a − y",), text)
    return None


def _of_a_multiple(delta, output, z, y, near):
    """c and k of delta = k (f(c z) − y), or None."""
    for start in (-1.0, 0.5, 2.0):
        residual = lambda c, k: (k * (output.f(c * z) - y) - delta).ravel()
        (c, k), left = refined(None, (start, float(np.std(delta) / np.std(output.f(start * z) - y))), residual)
        if left <= near and abs(c) > 1e-6:
            return plain(c), k
    return None


def _targets(delta, s, a, near):
    """c and y' of delta = c s (a − y') at all places, or None; the first axis is that of the places."""
    u, square = s * a, (s * s).sum(0)
    if not (square > 0).all():
        return None
    free = u - s * ((s * u).sum(0) / square)
    c = float((free * delta).sum() / (free * free).sum())
    if not np.isfinite(c) or not c:
        return None
    targets = (s * (c * u - delta)).sum(0) / square / c
    return (c, targets) if np.linalg.norm(c * s * (a - targets) - delta) <= near else None


def weights_in_words(weights, Y):
    """What weights, a number for each sample and output, depend on."""
    same = lambda v, axis: np.ptp(v, axis=axis).max(initial=0) <= 1e-6 * abs(v).max()
    kinds = np.unique(Y, axis=0)
    if same(weights, 0):
        return f"{listed(weights[0])} for the outputs"
    if same(weights, 1):
        w = weights.mean(1)
        groups = [(kind, w[(Y == kind).all(1)]) for kind in kinds]
        if len(kinds) < len(Y) and all(same(v, 0) for _, v in groups):
            return "; ".join(f"{v[0]:.4g} where y = {listed(kind)}" for kind, v in groups)
        return f"{listed(w)} for the samples"
    values = np.unique(Y)
    groups = [(value, weights[Y == value]) for value in values]
    if len(values) < Y.size and all(same(v, 0) for _, v in groups):
        return "; ".join(f"{v[0]:.4g} where y = {value:g}" for value, v in groups)
    return "one for each sample and output"
