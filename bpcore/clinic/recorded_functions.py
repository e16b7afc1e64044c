"""NumPy's functions of recorded arrays that are no ufuncs: sums, extremes, choices and products of several arrays."""

import numpy as np

from .recorded import FUNCTIONS, NotRecorded, Recorded, Step, known_at, plain, step_in


def _sum(a, axis=None, dtype=None, out=None, keepdims=False, **options):
    if not isinstance(a, Recorded) or out is not None or options.get("where", True) is not True:
        raise NotRecorded("sum")
    keepdims = keepdims is True
    value, kept = a.value.sum(axis=axis, keepdims=keepdims), a.value.sum(axis=axis, keepdims=True).shape
    back = lambda bar: np.broadcast_to(bar.reshape(kept), a.shape).copy()
    step = Step(value, "sum", (a.step,), [a.step], [back], options={"axis": axis, "keepdims": keepdims})
    return Recorded(step, a.steps)


def _mean(a, axis=None, dtype=None, out=None, keepdims=False, **options):
    total = _sum(a, axis, keepdims=keepdims)
    return total / (a.size / max(total.size, 1))


def _var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, **options):
    apart = a - _mean(a, axis, keepdims=True)
    total = _sum(apart * apart, axis, keepdims=keepdims)
    return total / (a.size / max(total.size, 1) - ddof)


def _std(a, *args, **options):
    return np.sqrt(_var(a, *args, **options))


def _extreme(largest):
    def found(a, axis=None, out=None, keepdims=False, **options):
        keepdims = keepdims is True
        best = (np.max if largest else np.min)(a.value, axis=axis, keepdims=True)
        where = (a.value == best) / np.sum(a.value == best, axis=axis, keepdims=True)
        value = best if keepdims else (np.max if largest else np.min)(a.value, axis=axis)
        back = lambda bar: where * bar.reshape(best.shape)
        step = Step(value, "max" if largest else "min", (a.step,), [a.step], [back], options={"axis": axis})
        return Recorded(step, a.steps)

    return found


def _where(condition, x=None, y=None):
    if x is None:
        return np.where(plain(condition))
    given, condition = condition, np.asarray(plain(condition), bool)
    first = next(a for a in (x, y) if isinstance(a, Recorded))
    value = np.where(condition, plain(x), plain(y))
    kinds = (condition * 1.0, ~condition * 1.0)
    made = first._entry_by_entry("where", (x, y), kinds, value, None)
    made.step.again = lambda values: np.where(
        known_at(given, values), *(known_at(o, values) for o in made.step.operands)
    )
    made.step.options = {"condition": given}
    return made


def _clip(a, a_min=None, a_max=None, **options):
    low, high = (options.get(k, v) for k, v in (("min", a_min), ("max", a_max)))
    low, high = -np.inf if low is None else low, np.inf if high is None else high
    inside = ((a.value >= low) & (a.value <= high)) * 1.0
    return a._entry_by_entry("clip", (a,), (inside,), np.clip(a.value, low, high), lambda v: np.clip(v, low, high))


def _dot(a, b, **options):
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return np.multiply(a, b)
    return np.matmul(a, b)


def einsum_pull(pattern, values, k, bar):
    """The derivative by the k-th array of a sum of products, from that by the sum."""
    ins, out = pattern.replace(" ", "").split("->")
    ins = ins.split(",")
    sizes = {letter: n for text, v in zip(ins, values) for letter, n in zip(text, v.shape)}
    others = [v for j, v in enumerate(values) if j != k]
    letters = [text for j, text in enumerate(ins) if j != k]
    seen = set(out).union(*letters)
    kept = "".join(c for c in ins[k] if c in seen)
    part = np.einsum(",".join([out, *letters]) + "->" + kept, bar, *others)
    shape = [sizes[c] if c in seen else 1 for c in ins[k]]
    return np.broadcast_to(part.reshape(shape), values[k].shape).copy()


def _einsum(pattern, *arrays, **options):
    if "->" not in pattern or "." in pattern or any(len(set(p)) < len(p) for p in pattern.split("->")[0].split(",")):
        raise NotRecorded("einsum")
    values = [np.asarray(plain(a)) for a in arrays]
    known = [k for k, a in enumerate(arrays) if isinstance(a, Recorded)]
    pulls = [lambda bar, k=k: einsum_pull(pattern, values, k, bar) for k in known]
    operands = (pattern, *(step_in(a) for a in arrays))
    step = Step(np.einsum(pattern, *values), "einsum", operands, [arrays[k].step for k in known], pulls)
    return Recorded(step, arrays[known[0]].steps)


def _norm(x, ord=None, axis=None, keepdims=False):
    if ord not in (None, 2, "fro") or ord == 2 and np.ndim(x) > 1 and axis is None:
        raise NotRecorded("norm")
    return np.sqrt(_sum(np.square(x), axis, keepdims=keepdims))


def _outer(a, b):
    return np.multiply(np.reshape(a, (-1, 1)), np.reshape(b, (1, -1)))


def _cumsum(a, axis=None, **options):
    a, axis = (np.ravel(a), 0) if axis is None else (a, axis)
    back = lambda bar: np.flip(np.cumsum(np.flip(bar, axis), axis), axis)
    step = Step(np.cumsum(a.value, axis), "cumsum", (a.step,), [a.step], [back], options={"axis": axis})
    return Recorded(step, a.steps)


def _diff(a, n=1, axis=-1, **options):
    for _ in range(n):
        along = np.arange(a.shape[axis])
        a = np.take(a, along[1:], axis) - np.take(a, along[:-1], axis)
    return a


def _sorted(a, axis=-1, **options):
    return np.take_along_axis(a, np.argsort(plain(a), axis), axis)


def _median(a, axis=None, keepdims=False, **options):
    a, along = (np.ravel(a), 0) if axis is None else (a, axis)
    n = a.shape[along]
    found = _mean(np.take(_sorted(a, along), [(n - 1) // 2, n // 2], along), along, keepdims=keepdims)
    return found


def _tensordot(a, b, axes=2):
    if not isinstance(axes, int):
        raise NotRecorded("tensordot")
    inner = a.shape[a.ndim - axes :] if axes else ()
    wide, tall = np.reshape(a, (-1, int(np.prod(inner)))), np.reshape(b, (int(np.prod(inner)), -1))
    return np.reshape(np.matmul(wide, tall), (*a.shape[: a.ndim - axes], *b.shape[axes:]))


def _convolve(a, v, mode="full"):
    if len(a) < len(v):
        a, v = v, a
    before = {"full": len(v) - 1, "same": len(v) // 2, "valid": 0}[mode]
    after = {"full": len(v) - 1, "same": (len(v) - 1) // 2, "valid": 0}[mode]
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(a, (before, after)), len(v))
    return np.matmul(windows, np.flip(v))


def _average(a, axis=None, weights=None, **options):
    if weights is None:
        return _mean(a, axis)
    if np.shape(weights) != np.shape(a):
        raise NotRecorded("average")
    return np.sum(a * weights, axis) / np.sum(plain(weights), axis)


FUNCTIONS.update(
    {
        "sum": _sum,
        "mean": _mean,
        "var": _var,
        "std": _std,
        "max": _extreme(True),
        "amax": _extreme(True),
        "min": _extreme(False),
        "amin": _extreme(False),
        "where": _where,
        "clip": _clip,
        "dot": _dot,
        "inner": _dot,
        "vdot": _dot,
        "einsum": _einsum,
        "norm": _norm,
        "outer": _outer,
        "average": _average,
        "real": lambda a: a,
        "cumsum": _cumsum,
        "diff": _diff,
        "sort": _sorted,
        "median": _median,
        "tensordot": _tensordot,
        "convolve": _convolve,
        "ptp": lambda a, axis=None: np.max(a, axis=axis) - np.min(a, axis=axis),
        "trace": lambda a, **options: _sum(np.diag(a)),
        "nan_to_num": lambda a, **options: a,
        "prod": lambda a, **options: np.exp(_sum(np.log(a), **options)),
    }  # fmt: skip
)
