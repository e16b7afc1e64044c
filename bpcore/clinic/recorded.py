"""What a cost computes, step by step: it is called once with arrays that write down every operation on them."""

import copy
import sys
from pathlib import Path
from unittest import mock

import numpy as np

ENTRIES = 4000  # of all steps together, up to which derivatives are handed down by matrices
DEEPEST = 12  # calls within one another that tell places of a program apart
CONSTANT = {
    "sign",
    "floor",
    "ceil",
    "rint",
    "trunc",
    "heaviside",
    "isnan",
    "isfinite",
    "isinf",
    "signbit",
    "logical_not",
}
COMPARISONS = {"greater", "greater_equal", "less", "less_equal", "equal", "not_equal", "logical_and", "logical_or"}
SLOPES = {  # of each function of one array: its derivative by x and its value y
    "negative": lambda x, y: np.full_like(x, -1.0),
    "positive": lambda x, y: np.ones_like(x),
    "conjugate": lambda x, y: np.ones_like(x),
    "exp": lambda x, y: y,
    "expm1": lambda x, y: y + 1,
    "exp2": lambda x, y: y * np.log(2),
    "log": lambda x, y: 1 / x,
    "log1p": lambda x, y: 1 / (1 + x),
    "log2": lambda x, y: 1 / (x * np.log(2)),
    "log10": lambda x, y: 1 / (x * np.log(10)),
    "sqrt": lambda x, y: 0.5 / y,
    "square": lambda x, y: 2 * x,
    "reciprocal": lambda x, y: -y * y,
    "tanh": lambda x, y: 1 - y * y,
    "sinh": lambda x, y: np.cosh(x),
    "cosh": lambda x, y: np.sinh(x),
    "sin": lambda x, y: np.cos(x),
    "cos": lambda x, y: -np.sin(x),
    "arctan": lambda x, y: 1 / (1 + x * x),
    "absolute": lambda x, y: np.sign(x),
    "fabs": lambda x, y: np.sign(x),
    "expit": lambda x, y: y * (1 - y),
    "erf": lambda x, y: 2 / np.sqrt(np.pi) * np.exp(-x * x),
}
PAIRS = {  # of two arrays: the derivatives by both
    "add": lambda x, y, z: (np.ones_like(z), np.ones_like(z)),
    "subtract": lambda x, y, z: (np.ones_like(z), -np.ones_like(z)),
    "multiply": lambda x, y, z: (y, x),
    "divide": lambda x, y, z: (1 / y, -z / y),
    "power": lambda x, y, z: (y * x ** (y - 1), z * np.log(np.where(x > 0, x, 1.0))),
    "float_power": lambda x, y, z: (y * x ** (y - 1), z * np.log(np.where(x > 0, x, 1.0))),
    "maximum": lambda x, y, z: ((x >= y) * 1.0, (y > x) * 1.0),
    "minimum": lambda x, y, z: ((x <= y) * 1.0, (y < x) * 1.0),
    "logaddexp": lambda x, y, z: (np.exp(x - z), np.exp(y - z)),
}
MOVES = {  # that put entries elsewhere and compute nothing
    "reshape", "ravel", "transpose", "squeeze", "expand_dims", "broadcast_to", "concatenate", "stack", "hstack",
    "vstack", "column_stack", "tile", "repeat", "roll", "flip", "flipud", "fliplr", "insert", "append", "delete",
    "take", "swapaxes", "moveaxis", "atleast_1d", "atleast_2d", "diag", "split", "array_split", "rot90", "copy",
}  # fmt: skip
QUESTIONS = {  # whose answers are no functions of the parameters with a derivative
    "array_equal", "allclose", "isclose", "shape", "ndim", "size", "argmax", "argmin", "argsort", "any", "all",
    "zeros_like", "ones_like", "full_like", "empty_like", "count_nonzero", "nonzero", "flatnonzero", "iscomplexobj",
    "isrealobj", "result_type", "common_type",
}  # fmt: skip


OWN = (str(Path(__file__).parent), str(Path(np.__file__).parent))


def frames():
    """Where in the program an operation stands, from the inside out: no frame is NumPy's or the clinic's."""
    frame, found = sys._getframe(1), []
    while frame is not None and len(found) < DEEPEST:
        if not frame.f_code.co_filename.startswith(OWN):
            found.append((frame.f_code, frame.f_lasti))
        elif found:
            break
        frame = frame.f_back
    return tuple(found)


class NotRecorded(TypeError):
    """The cost does something with its parameters that is not written down here."""


class Steps(list):
    """The steps of a record; ``watch(function, args, options, made)`` may exchange what an operation made."""

    watch = None


class Step:
    """One operation: its value, what it is made from, and how a derivative by it is handed back.

    ``pulls`` holds for each entry of ``sources``, the earlier steps, a function of the derivative by this step.
    ``slopes`` holds the factors of an operation that works entry by entry, and is None for any other.
    ``operands`` are what it was called with, steps and constants, for its text; ``again`` computes it from other values
    of the sources.
    """

    def __init__(self, value, name, operands=(), sources=(), pulls=(), slopes=None, again=None, options=None):
        self.value, self.name, self.operands, self.options = np.asarray(value, float), name, operands, options
        self.sources, self.pulls, self.slopes, self.again = sources, pulls, slopes, again
        self.index, self.patched, self.place = -1, False, ()


def summed_to(shape, array):
    """The sum of an array over what had been broadcast from ``shape``."""
    array = array.sum(axis=tuple(range(array.ndim - len(shape))))
    return array.sum(axis=tuple(k for k, n in enumerate(shape) if n == 1 and array.shape[k] != 1), keepdims=True)


class Mask(np.ndarray):
    """What a comparison of recorded arrays gives: an array of truth values that knows where it comes from."""

    made = None

    def astype(self, dtype, *args, **kwargs):
        other = super().astype(dtype, *args, **kwargs).view(Mask)
        other.made = self.made
        return other

    def at(self, values):
        """The same comparison where the values of the steps are ``values(step)``."""
        ufunc, operands = self.made
        return ufunc(*(known_at(o, values) for o in operands)).astype(self.dtype)


class Recorded(np.lib.mixins.NDArrayOperatorsMixin):
    """An array of real numbers that writes the operations on it into a list of steps."""

    def __init__(self, step, steps):
        self.step, self.steps = step, steps
        if step.index < 0:
            step.index, step.place = len(steps), frames()
            steps.append(step)

    value = property(lambda self: self.step.value)
    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)
    T = property(lambda self: np.transpose(self))
    real = property(lambda self: self)
    flat = property(lambda self: self.ravel())

    def __len__(self):
        return len(self.value)

    def __iter__(self):
        return (self[k] for k in range(len(self)))

    def __bool__(self):
        return bool(self.value)

    def __getitem__(self, key):
        return self._moved("getitem", (self, key), {}, lambda a, k: a[k])

    def __setitem__(self, key, new):
        old, places = self.step, np.zeros(self.shape, bool)
        places[key] = True
        taken = np.full(self.shape, -1)
        source = new.step if isinstance(new, Recorded) else None
        value = old.value.copy()
        value[key] = new.value if source else new
        sources, pulls = [old], [lambda bar: np.where(places, 0.0, bar)]
        if source:
            taken[key] = np.arange(source.value.size).reshape(source.value.shape)

            def back(bar):
                part = np.zeros(source.value.size)
                np.add.at(part, taken[places], bar[places])
                return part.reshape(source.value.shape)

            sources.append(source)
            pulls.append(back)
        self.step = Recorded(Step(value, "with entries set", (old, new), sources, pulls), self.steps).step

    # NumPy's two protocols.

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **options):
        if method == "reduce" and ufunc is np.add:
            return np.sum(inputs[0], **options)
        if method == "outer" and ufunc is np.multiply:
            return _outer(*inputs)
        if method != "__call__" or options:
            raise NotRecorded(f"{ufunc.__name__}.{method}")
        if out is not None and not isinstance(out[0], Recorded):
            raise NotRecorded("out")
        made = self._watched(ufunc, inputs, {}, self._of_ufunc(ufunc, inputs))
        if out is not None:
            out[0].step = made.step
            return out[0]
        return made

    def _watched(self, function, args, options, made):
        """What an operation made, or what the one who watches the record puts in its place."""
        watch = getattr(self.steps, "watch", None)
        return made if watch is None else watch(function, args, options, made)

    def _of_ufunc(self, ufunc, inputs):
        name, values = ufunc.__name__, [plain(a) for a in inputs]
        if name == "matmul":
            return self._product(inputs)
        value = ufunc(*values)
        if name in COMPARISONS:
            mask = np.asarray(value).view(Mask)
            mask.made = ufunc, tuple(_step_in(a) for a in inputs)
            return mask
        if name in CONSTANT:
            return value
        if name in SLOPES and len(inputs) == 1:
            factors = [SLOPES[name](*values, value)]
        elif name in PAIRS and len(inputs) == 2:
            factors = PAIRS[name](*map(np.asarray, values), value)
        else:
            raise NotRecorded(name)
        return self._entry_by_entry(name, inputs, factors, value, ufunc)

    def _entry_by_entry(self, name, inputs, factors, value, function):
        """A step whose entries each depend on one entry of the sources."""
        known = [
            (a.step, np.broadcast_to(f, np.shape(value))) for a, f in zip(inputs, factors) if isinstance(a, Recorded)
        ]
        pulls = [lambda bar, f=f, s=s: summed_to(s.value.shape, bar * f) for s, f in known]

        operands = tuple(map(_step_in, inputs))
        again = lambda values: function(*(known_at(o, values) for o in operands))
        step = Step(value, name, operands, [s for s, _ in known], pulls, [f for _, f in known], again)
        return Recorded(step, self.steps)

    def _product(self, inputs):
        """The matrix product of vectors and matrices, one of which or both are recorded."""
        a, b = (np.asarray(plain(each)) for each in inputs)
        if min(a.ndim, b.ndim) < 1 or max(a.ndim, b.ndim) > 2:
            raise NotRecorded("matmul of stacks")
        wide, tall = a.reshape(-1, a.shape[-1]), b.reshape(b.shape[0], -1)

        def by_first(bar, other=None):
            other = tall if other is None else other.reshape(tall.shape)
            return (bar.reshape(len(wide), -1) @ other.T).reshape(a.shape)

        def by_second(bar, other=None):
            other = wide if other is None else other.reshape(wide.shape)
            return (other.T @ bar.reshape(len(wide), -1)).reshape(b.shape)

        sources, pulls = [], []
        for each, pull in zip(inputs, (by_first, by_second)):
            if isinstance(each, Recorded):
                sources.append(each.step)
                pulls.append(pull)
        operands = tuple(map(_step_in, inputs))
        return Recorded(Step(a @ b, "matmul", operands, sources, pulls), self.steps)

    def __array_function__(self, function, types, args, kwargs):
        name = function.__name__
        if name in MOVES:
            return self._moved(name, args, kwargs, function)
        if name in FUNCTIONS:
            return self._watched(function, args, kwargs, FUNCTIONS[name](*args, **kwargs))
        if name in QUESTIONS:
            return function(*map(_plain_in, args), **{k: plain(v) for k, v in kwargs.items()})
        raise NotRecorded(name)

    def _moved(self, name, args, options, function):
        """A step that puts entries elsewhere: the same is done to their numbers."""
        sources, start = [], 0

        def numbered(item):
            nonlocal start
            if isinstance(item, Recorded):
                places = np.arange(start, start + item.size).reshape(item.shape)
                sources.append(item.step)
                start += item.size
                return places
            if isinstance(item, (list, tuple)) and any(isinstance(each, (Recorded, list, tuple)) for each in item):
                return type(item)(numbered(each) for each in item)
            if isinstance(item, np.ndarray) and item.dtype.kind == "f":
                return np.full(item.shape, -1)
            return item

        value, places = function(*map(_plain_in, args), **options), function(*map(numbered, args), **options)
        if isinstance(value, (list, tuple)):
            raise NotRecorded(name)
        ends = np.cumsum([0, *(s.value.size for s in sources)])

        def back(bar, k):
            part, inside = np.zeros(sources[k].value.size), (places >= ends[k]) & (places < ends[k + 1])
            np.add.at(part, places[inside] - ends[k], bar[inside])
            return part.reshape(sources[k].value.shape)

        places = np.asarray(places)
        pulls = [lambda bar, k=k: back(bar, k) for k in range(len(sources))]
        operands = tuple(_step_in(a) for a in args)
        return Recorded(Step(value, name, operands, sources, pulls, options=options), self.steps)

    # Methods that an array has.

    def reshape(self, *shape, **options):
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, **options)

    def transpose(self, *axes):
        return np.transpose(self, axes or None)

    def astype(self, *args, **kwargs):
        return self

    def item(self):
        return self

    def conj(self):
        return self

    def fill(self, number):
        self[...] = number

    def __float__(self):
        raise NotRecorded("float")


def _as_method(name):
    return lambda self, *args, **kwargs: getattr(np, name)(self, *args, **kwargs)


for _name in ("sum", "mean", "max", "min", "dot", "ravel", "squeeze", "clip", "var", "std", "prod", "repeat", "copy"):
    setattr(Recorded, _name, _as_method(_name))
for _name in ("argmax", "argmin", "any", "all", "swapaxes", "take", "argsort"):
    setattr(Recorded, _name, _as_method(_name))
del _name
Recorded.flatten = lambda self, *args: np.ravel(self, *args)


def plain(a):
    """The numbers of something that may be recorded."""
    return a.value if isinstance(a, Recorded) else a


def known_at(operand, values):
    """An operand of a step where the values of the steps are ``values(step)``."""
    if isinstance(operand, Step):
        return values(operand)
    return operand.at(values) if isinstance(operand, Mask) and operand.made else operand


def _plain_in(item):
    if isinstance(item, (list, tuple)):
        return type(item)(map(_plain_in, item))
    return plain(item)


def _step_in(item):
    if isinstance(item, (list, tuple)):
        return type(item)(map(_step_in, item))
    return item.step if isinstance(item, Recorded) else item


# Functions that are no ufuncs.


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


def _einsum(pattern, *arrays, **options):
    if "->" not in pattern or "." in pattern or any(len(set(p)) < len(p) for p in pattern.split("->")[0].split(",")):
        raise NotRecorded("einsum")
    ins, out = pattern.replace(" ", "").split("->")
    ins, values = ins.split(","), [np.asarray(plain(a)) for a in arrays]
    sizes = {letter: n for text, v in zip(ins, values) for letter, n in zip(text, v.shape)}

    def back(bar, k):
        others = [v for j, v in enumerate(values) if j != k]
        letters = [text for j, text in enumerate(ins) if j != k]
        seen = set(out).union(*letters)
        kept = "".join(c for c in ins[k] if c in seen)
        part = np.einsum(",".join([out, *letters]) + "->" + kept, bar, *others)
        shape = [sizes[c] if c in seen else 1 for c in ins[k]]
        return np.broadcast_to(part.reshape(shape), values[k].shape).copy()

    known = [k for k, a in enumerate(arrays) if isinstance(a, Recorded)]
    pulls = [lambda bar, k=k: back(bar, k) for k in known]
    operands = (pattern, *(_step_in(a) for a in arrays))
    step = Step(np.einsum(pattern, *values), "einsum", operands, [arrays[k].step for k in known], pulls)
    return Recorded(step, arrays[known[0]].steps)


def _norm(x, ord=None, axis=None, keepdims=False):
    if ord not in (None, 2, "fro") or ord == 2 and np.ndim(x) > 1 and axis is None:
        raise NotRecorded("norm")
    return np.sqrt(_sum(np.square(x), axis, keepdims=keepdims))


def _outer(a, b):
    return np.multiply(np.reshape(a, (-1, 1)), np.reshape(b, (1, -1)))


def _average(a, axis=None, weights=None, **options):
    if weights is None:
        return _mean(a, axis)
    if np.shape(weights) != np.shape(a):
        raise NotRecorded("average")
    return np.sum(a * weights, axis) / np.sum(plain(weights), axis)


FUNCTIONS = {
    "sum": _sum, "mean": _mean, "var": _var, "std": _std, "max": _extreme(True), "amax": _extreme(True),
    "min": _extreme(False), "amin": _extreme(False), "where": _where, "clip": _clip, "dot": _dot, "inner": _dot,
    "vdot": _dot, "einsum": _einsum, "norm": _norm, "outer": _outer, "average": _average, "real": lambda a: a,
    "trace": lambda a, **options: _sum(np.diag(a)), "nan_to_num": lambda a, **options: a,
    "prod": lambda a, **options: np.exp(_sum(np.log(a), **options)),
}  # fmt: skip


# The record of a cost.


class _Columns:
    """``np.c_`` for recorded arrays, which NumPy's own takes for lists of numbers; ``np.r_`` where not ``upright``."""

    def __init__(self, numpys, upright):
        self.numpys, self.upright = numpys, upright

    def __getitem__(self, items):
        items = items if isinstance(items, tuple) else (items,)
        if not any(isinstance(item, Recorded) for item in items):
            return self.numpys[items]
        if self.upright:
            return np.concatenate([np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in items], axis=1)
        return np.concatenate([np.reshape(a, (-1,)) if np.ndim(a) < 1 else a for a in items])


class Record:
    """The steps of one call of a cost, from its parameters to its value; beside it what a program gave."""

    came = None  # the gradient of a program at the same place

    def __init__(self, cost, theta, watch=None):
        self.steps, self.theta, self._matrices = Steps(), theta, []
        self.steps.watch = watch
        with np.errstate(all="ignore"), mock.patch.multiple(np, c_=_Columns(np.c_, True), r_=_Columns(np.r_, False)):
            result = cost(Recorded(Step(theta, "theta"), self.steps))
        if not isinstance(result, Recorded) or result.size != 1:
            raise NotRecorded("the cost's value")
        self.end, self._entries = result.step, sum(step.value.size for step in self.steps)
        self.bars = self._all_bars()
        self._leave_out_shifts()

    def _all_bars(self):
        """The derivative of the cost by every step on which it depends."""
        return self.pulled({self.end.index: np.ones(self.end.value.shape)}, keep=True)

    def _leave_out_shifts(self):
        """Take the largest entry in z − max(z) for a constant where that changes nothing, as in a softmax."""
        largest = {step.index for step in self.steps if step.name == "max"}
        shifted = [step for step in self.steps if step.name == "subtract" and self._largest_in(step, largest)]
        for some in (shifted, *([step] for step in shifted)) if shifted else ():
            before, kept = self.bars, list(self.steps)
            for step in some:
                other = copy.copy(step)
                other.sources, other.pulls, other.slopes = step.sources[:1], step.pulls[:1], step.slopes[:1]
                self.steps[step.index] = other
            self.bars = self._all_bars()
            if abs(self.gradient - before[0]).max() <= 1e-12 * abs(before[0]).max():
                return
            self.steps[:], self.bars = kept, before

    def _largest_in(self, step, largest):
        """Whether a difference has a largest entry, or one that was only moved, for its second part."""
        if len(step.sources) != 2:
            return False
        second = step.sources[1]
        while second.index not in largest and len(second.sources) == 1 and second.slopes is None:
            second = second.sources[0]
        return second.index in largest

    def patched(self, slip, factors):
        """The record of one who makes a slip, with the factors of what it puts in the place of what is right."""
        made = copy.copy(self)
        made.steps, made._matrices = list(self.steps), []
        for one in (slip, *slip.more):
            made.steps[one.v] = self._patched_step(one, factors)
        made.bars = made._all_bars()
        return made

    def _patched_step(self, slip, factors):
        step, (old, new) = self.steps[slip.v], slip.change(self)
        gone = {index for index, _ in old}
        pairs = [(s.index, pull) for s, pull in zip(step.sources, step.pulls) if s.index not in gone]
        for factor, more in zip(factors, new):
            pairs += [(k, lambda bar, pull=pull, factor=factor: factor * pull(bar)) for k, pull in more if factor]
        other = copy.copy(step)
        other.sources, other.pulls = [self.steps[k] for k, _ in pairs], [pull for _, pull in pairs]
        other.patched = True
        return other

    def pulled_from(self, pairs, bar):
        """The derivative by theta that comes through pairs of a step's index and a pull of ``bar``."""
        waiting = {}
        for k, pull in pairs:
            _add(waiting, k, pull(bar))
        return self.pulled(waiting)

    @property
    def gradient(self):
        return self.bars[0]

    def pulled(self, bars, keep=False):
        """The derivative by theta, from derivatives by some steps (index → array); by every step where ``keep``."""
        if not keep and self._entries <= ENTRIES:
            matrices = self._handed_down(max(bars, default=0))
            return sum((np.ravel(bar) @ matrices[u] for u, bar in bars.items()), np.zeros(self.theta.size))
        waiting = self._back(bars, 0, keep)
        waiting.setdefault(0, np.zeros(self.theta.size))
        return waiting if keep else waiting[0]

    def handed_down(self, u):
        """The matrix that takes a derivative by step u to theta's, one row for each entry of it."""
        return self._handed_down(u)[u]

    def _handed_down(self, last):
        """These matrices for all steps as far as the last one."""
        for step in self.steps[len(self._matrices) : last + 1]:
            if step.index == 0:
                self._matrices.append(np.eye(step.value.size))
                continue
            matrix, ones = np.zeros((step.value.size, self.theta.size)), np.eye(step.value.size)
            for source, pull in zip(step.sources, step.pulls):
                parts = [np.ravel(pull(one.reshape(step.value.shape))) for one in ones]
                matrix += np.array(parts) @ self._matrices[source.index]
            self._matrices.append(matrix)
        return self._matrices

    def pulled_to(self, u, bars):
        """The derivative by step u, from derivatives by later steps."""
        return self._back(bars, u)[u]

    def _back(self, bars, u, keep=False):
        """Hand derivatives back, step by step, as far as step u; those that were handed on stay where ``keep``."""
        waiting = dict(bars)
        for k in range(max(waiting, default=u), u, -1):
            if k in waiting:
                bar, step = waiting[k] if keep else waiting.pop(k), self.steps[k]
                for source, pull in zip(step.sources, step.pulls):
                    _add(waiting, source.index, pull(bar))
        return waiting

    def again(self, u, v, value):
        """The value of step v where that of step u is another; all between them work entry by entry."""
        known = {u: value}

        def at(step):
            if step.index not in known:
                known[step.index] = step.again(at) if step.index > u and step.again else step.value
            return known[step.index]

        return at(self.steps[v])


def _add(sums, key, part):
    sums[key] = sums[key] + part if key in sums else part
