"""What is done to a gradient as a whole: clipping, normalising, functions of each entry, a walk through the samples."""

import numpy as np

DIGITS = 1e-9


def _rows(values):
    return np.linalg.norm(values, axis=1)


def _close(found, expected):
    size = np.maximum(_rows(found), _rows(expected))
    return bool((_rows(found - expected) <= DIGITS * size).all() and (size > 0).any())


def of_whole_gradient(came, right, parts):
    """Which function of the right gradient has come, in words, or an empty string.

    Parameters
    ----------
    came, right : ndarray, shape (places, P)
    parts : list
        Pairs: the name of a block, and its places in theta.
    """
    for text, f in (
        ("its sign in each entry", np.sign),
        ("its absolute value in each entry", abs),
        ("max(g, 0) in each entry: a ReLU", lambda g: np.maximum(g, 0)),
        ("its square in each entry", np.square),
        ("tanh(g) in each entry", np.tanh),
        ("the root of |g|, with the sign of g, in each entry", lambda g: np.sign(g) * np.sqrt(abs(g))),
        ("its cube in each entry", lambda g: g**3),
        ("half its entries at most, the largest, and zero elsewhere", _largest_half),
    ):
        if _close(came, f(right)):
            return f"The gradient that came is the right one with {text}."
    with np.errstate(all="ignore"):
        eps = np.median(np.abs(right) / np.abs(came) - np.abs(right))
    if 1e-16 < eps < 1 and _close(came, right / (abs(right) + eps)):
        return f"The gradient that came is g / (|g| + {eps:.3g}) in each entry: the first step of Adam or RMSprop."
    if text := _less_its_mean(came, right, parts):
        return f"The gradient that came is the right one less {text}."
    for decimals in range(1, 9):
        if _close(came, np.round(right, decimals)) and not _close(came, right):
            return f"The gradient that came is the right one rounded to {decimals} decimals."
    bound = abs(came).max()
    at_bound = abs(abs(came) - bound) <= 1e-12 * bound
    if at_bound.sum() > 1 and bound > 0 and _close(came, np.clip(right, -bound, bound)):
        said = f"The gradient that came is the right one clipped to ±{bound:.6g} in each entry"
        return f"{said} ({at_bound.sum()} of {came.size} are at the bound)."
    rows, columns, units = _lines(parts)
    by_layer = _layers(parts)
    for what, groups in (
        ("as a whole", [np.arange(came.shape[1])]),
        ("layer by layer", [np.concatenate(blocks) for blocks in by_layer.values()]),
        ("block by block", [np.ravel(block) for _, block in parts]),
        ("unit by unit", rows),
        ("unit by unit, with the biases", units),
        ("input by input", columns),
    ):
        found = _rescaled(came, right, groups)
        if found:
            return f"The gradient that came is the right one, {found}, {what}."
    return ""


def _layers(parts):
    """The places of each layer, by the index in the names of its blocks."""
    found = {}
    for name, block in parts:
        found.setdefault(name[1:], []).append(np.ravel(block))
    return found


def _lines(parts, every=None):
    """The rows of all blocks, their columns, and of each unit all that it has."""
    rows = [row for _, block in parts for row in (block if block.ndim > 1 else [block])]
    columns = [column for _, block in parts for column in (block.T if block.ndim > 1 else [block])]
    biases = {name[1:]: block for name, block in every or parts if block.ndim == 1}
    units = [
        np.append(row, biases[name[1:]][j]) if name[1:] in biases and biases[name[1:]].size == len(block) else row
        for name, block in parts
        if block.ndim > 1
        for j, row in enumerate(block)
    ]
    return rows, columns, units


def _largest_half(g):
    """Each row with the entries below the median of their sizes set to zero."""
    return g * (abs(g) >= np.median(abs(g), axis=1, keepdims=True))


def _less_its_mean(came, right, parts):
    """Of which entries the mean has been subtracted, in words."""
    rows, columns, units = _lines([pair for pair in parts if pair[1].ndim > 1], parts)
    for text, groups in (
        ("the mean of all entries", [np.arange(came.shape[1])]),
        ("the mean of each block", [np.ravel(block) for _, block in parts]),
        ("the mean of each layer", [np.concatenate(layer) for layer in _layers(parts).values()]),
        ("the mean of each unit's weights", [row for row in rows if row.size > 1]),
        ("the mean of each unit's weights and bias", units),
        ("the mean of each input's weights", [column for column in columns if column.size > 1]),
    ):
        expected = right.copy()
        for group in groups:
            expected[:, group] -= right[:, group].mean(axis=1, keepdims=True)
        if _close(came, expected) and not _close(expected, right):
            return text
    return ""


def _rescaled(came, right, groups):
    """What has been done to the length of each group, where all that differs is the length."""
    said, changed = [], False
    for group in groups:
        g, t = came[:, group], right[:, group]
        length, own = _rows(g), _rows(t)
        if (own == 0).any():
            return ""
        signs = np.where((g * t).sum(1) < 0, -1.0, 1.0)  # a sum of entries may be negative
        if not _close(g, t * (signs * length / own)[:, None]):
            return ""
        if np.allclose(signs * length, own, rtol=DIGITS):
            continue
        changed = True
        if (signs < 0).any():
            size = _divided(signs * length / own, t) if len(group) > 1 and len(length) > 1 else ""
            if not size:
                return ""
            said.append(f"divided by {size}")
            continue
        shorter = length < own * (1 - DIGITS)
        if len(group) > 1 and np.ptp(length) <= DIGITS * length.max() and len(length) > 1:
            said.append(f"normalised to the length {length[0]:.6g}")
        elif len(group) > 1 and len(length) > 1 and (size := _divided(length / own, t)):
            said.append(f"divided by {size}")
        elif shorter.sum() > 1 and not shorter.all() and np.ptp(length[shorter]) <= DIGITS * length.max():
            said.append(f"clipped to the length {length[shorter][0]:.6g}")
        elif (
            shorter.sum() == 1
            and np.allclose(length[~shorter], own[~shorter], rtol=DIGITS)
            and (length[shorter] >= length[~shorter].max()).all()
        ):
            said.append(f"clipped to the length {length[shorter][0]:.6g}")
        else:
            return ""
    return said[0] if changed and len(set(said)) == 1 else ""


def _divided(factor, g):
    """Which size of its entries each row was divided by, in words, with a number beside it if there is one."""
    sizes = (
        ("its largest entry", g.max(1)),
        ("its largest entry without the sign", abs(g).max(1)),
        ("the sum of its entries", g.sum(1)),
        ("the sum of its entries without their signs", abs(g).sum(1)),
        ("the mean of its entries without their signs", abs(g).mean(1)),
        ("the standard deviation of its entries", g.std(1)),
    )
    found = [(words, factor * size) for words, size in sizes if np.isfinite(factor * size).all()]
    found = [(words, v.mean()) for words, v in found if np.ptp(v) <= DIGITS * abs(v).max()]
    alone = next((words for words, number in found if abs(number - 1) <= DIGITS), "")
    return alone or next((f"{words} and multiplied by {number:.6g}" for words, number in found), "")


def walk(gradient, theta, m, rate):
    """The sum of the single samples' gradients, each at the theta that the samples before have moved."""
    at, total = theta.copy(), np.zeros_like(theta)
    for i in range(m):
        if not np.isfinite(at).all():  # the rate is far too large
            return np.full_like(total, np.inf)
        g = gradient(at, i)
        total += g
        at = at - rate * g
    return total


def one_by_one(came, thetas, gradient, m):
    """The learning rate and the factor of a walk from sample to sample that makes what has come; None where none does.

    ``gradient(theta, i)`` is the right gradient of sample i alone.
    """
    if m < 2:
        return None
    return _rate_of(came, lambda rate: np.array([walk(gradient, theta, m, rate) for theta in thetas]))


def looked_ahead(came, thetas, gradient):
    """The rate and the factor with which came = factor · g(θ − rate · g(θ)), both ways; None where there is none."""
    here = np.array([gradient(theta) for theta in thetas])
    for sign in (1, -1):
        moved = lambda rate, sign=sign: np.array([gradient(v - sign * rate * g) for v, g in zip(thetas, here)])
        if found := _rate_of(came, moved):
            return sign * found[0], found[1]
    return None


def _rate_of(came, made):
    """The rate and the factor with which came = factor · made(rate), or None."""

    def misfit(rate):
        with np.errstate(all="ignore"):
            total = made(rate)
        square = (total * total).sum()
        if not np.isfinite(square) or square == 0:
            return np.inf, 0.0
        factor = float((total * came).sum() / square)
        return float(np.linalg.norm(came - factor * total) / np.linalg.norm(came)), factor

    rates = np.geomspace(1e-3, 4, 28)
    left = np.array([misfit(rate)[0] for rate in rates])
    k = int(left.argmin())
    if not left[k] < 0.2 * np.median(left[np.isfinite(left)]) and not left[k] < 0.05:
        return None
    low, high = np.log(rates[max(k - 1, 0)]), np.log(rates[min(k + 1, len(rates) - 1)])
    golden = (np.sqrt(5) - 1) / 2
    a, b = high - golden * (high - low), low + golden * (high - low)
    fa, fb = misfit(np.exp(a))[0], misfit(np.exp(b))[0]
    for _ in range(70):
        if fa < fb:
            high, b, fb = b, a, fa
            a = high - golden * (high - low)
            fa = misfit(np.exp(a))[0]
        else:
            low, a, fa = a, b, fb
            b = low + golden * (high - low)
            fb = misfit(np.exp(b))[0]
        if high - low < 1e-15:
            break
    rate = float(np.exp((low + high) / 2))
    best, factor = misfit(rate)
    return (rate, factor) if best < 1e-8 else None
