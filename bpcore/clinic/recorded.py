"""Arrays that write down every operation on them, and how a derivative is handed back through each."""

import functools
import sys
from pathlib import Path

import numpy as np

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
    "tan": lambda x, y: 1 + y * y,
    "arctan": lambda x, y: 1 / (1 + x * x),
    "arcsin": lambda x, y: 1 / np.sqrt(1 - x * x),
    "arccos": lambda x, y: -1 / np.sqrt(1 - x * x),
    "arcsinh": lambda x, y: 1 / np.sqrt(1 + x * x),
    "arccosh": lambda x, y: 1 / np.sqrt(x * x - 1),
    "arctanh": lambda x, y: 1 / (1 - x * x),
    "cbrt": lambda x, y: y / (3 * x),
    "absolute": lambda x, y: np.sign(x),
    "fabs": lambda x, y: np.sign(x),
    "expit": lambda x, y: y * (1 - y),
    "log_expit": lambda x, y: 1 - np.exp(y),
    "erf": lambda x, y: 2 / np.sqrt(np.pi) * np.exp(-x * x),
    "erfc": lambda x, y: -2 / np.sqrt(np.pi) * np.exp(-x * x),
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
    "fmax": lambda x, y, z: ((x >= y) * 1.0, (y > x) * 1.0),
    "fmin": lambda x, y, z: ((x <= y) * 1.0, (y < x) * 1.0),
    "logaddexp": lambda x, y, z: (np.exp(x - z), np.exp(y - z)),
    "hypot": lambda x, y, z: (x / z, y / z),
    "arctan2": lambda x, y, z: (y / (x * x + y * y), -x / (x * x + y * y)),
    "xlogy": lambda x, y, z: (np.log(y), x / y),
}
MOVES = {  # that put entries elsewhere and compute nothing
    "reshape", "ravel", "transpose", "squeeze", "expand_dims", "broadcast_to", "concatenate", "stack", "hstack",
    "vstack", "column_stack", "tile", "repeat", "roll", "flip", "flipud", "fliplr", "insert", "append", "delete",
    "take", "swapaxes", "moveaxis", "atleast_1d", "atleast_2d", "atleast_3d", "diag", "split", "array_split", "rot90",
    "copy", "take_along_axis", "sliding_window_view", "diagonal", "tril", "triu", "dstack", "pad",
    "hsplit", "vsplit",
}  # fmt: skip
PUT_IN = {"append": 1, "insert": 2}  # which argument holds numbers that are put beside the others
QUESTIONS = {  # whose answers are no functions of the parameters with a derivative
    "array_equal", "allclose", "isclose", "shape", "ndim", "size", "argmax", "argmin", "argsort", "any", "all",
    "zeros_like", "ones_like", "full_like", "empty_like", "count_nonzero", "nonzero", "flatnonzero", "iscomplexobj",
    "isrealobj", "result_type", "common_type",
}  # fmt: skip
FUNCTIONS = {}  # name → what stands for a function of NumPy that is no ufunc
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
    """The steps of a record; ``watch(function, args, options, made)`` may exchange what an operation made.

    ``last_number`` is the recorded array that was last asked for as a plain number.
    """

    watch = last_number = None


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
    if array.shape == shape:
        return array.copy()
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
            return np.outer(*inputs)
        if method != "__call__" or options:
            raise NotRecorded(f"{ufunc.__name__}.{method}")
        if out is not None and not isinstance(out[0], Recorded):
            raise NotRecorded("out")
        made = self._watched(ufunc, inputs, {}, self._of_ufunc(ufunc, inputs))
        if out is not None:
            if not isinstance(made, Recorded):  # as where a constant stands in its place
                raise NotRecorded("out")
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
            mask.made = ufunc, tuple(step_in(a) for a in inputs)
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

        operands = tuple(map(step_in, inputs))
        again = lambda values: function(*(known_at(o, values) for o in operands))
        step = Step(value, name, operands, [s for s, _ in known], pulls, [f for _, f in known], again)
        return Recorded(step, self.steps)

    def _product(self, inputs):
        """The matrix product of vectors, matrices and stacks of matrices, one of which or both are recorded."""
        a, b = (np.asarray(plain(each)) for each in inputs)
        if min(a.ndim, b.ndim) < 1:
            raise NotRecorded("matmul of a number")
        made, turned = a @ b, lambda array: np.swapaxes(array, -1, -2)
        rows, columns = a.reshape(1, -1) if a.ndim == 1 else a, b.reshape(-1, 1) if b.ndim == 1 else b
        whole = np.broadcast_shapes(rows.shape[:-2], columns.shape[:-2]) + (rows.shape[-2], columns.shape[-1])

        def by_first(bar, other=None):
            other = columns if other is None else other.reshape(columns.shape)
            return summed_to(rows.shape, bar.reshape(whole) @ turned(other)).reshape(a.shape)

        def by_second(bar, other=None):
            other = rows if other is None else other.reshape(rows.shape)
            return summed_to(columns.shape, turned(other) @ bar.reshape(whole)).reshape(b.shape)

        sources, pulls = [], []
        for each, pull in zip(inputs, (by_first, by_second)):
            if isinstance(each, Recorded):
                sources.append(each.step)
                pulls.append(pull)
        return Recorded(Step(made, "matmul", tuple(map(step_in, inputs)), sources, pulls), self.steps)

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
        if name == "pad" and np.any(options.get("constant_values", 0)):
            raise NotRecorded("pad with a number")
        sources, start = [], 1  # 0 is what comes from no recorded array
        if name in PUT_IN and not isinstance(args[PUT_IN[name]], Recorded):  # what may be integers is no place
            args = tuple(np.asarray(a, float) if k == PUT_IN[name] else a for k, a in enumerate(args))

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
                return np.zeros(item.shape, int)
            return 0 if isinstance(item, float) else item

        value, places = function(*map(_plain_in, args), **options), function(*map(numbered, args), **options)
        operands = tuple(step_in(a) for a in args)
        if isinstance(value, (list, tuple)):  # pieces
            pieces = enumerate(zip(value, places))
            return [
                self._piece(name, one, where, sources, operands, {**options, "piece": k}) for k, (one, where) in pieces
            ]
        return self._piece(name, value, places, sources, operands, options)

    def _piece(self, name, value, places, sources, operands, options):
        """A step whose entries are those of its sources at ``places``, numbered from 1 through all sources."""
        places = np.asarray(places)
        ends = np.cumsum([1, *(s.value.size for s in sources)])

        @functools.cache
        def of_source(k):
            inside = (places >= ends[k]) & (places < ends[k + 1])
            return inside, places[inside] - ends[k]

        def back(bar, k):
            value, (inside, goals) = sources[k].value, of_source(k)
            return np.bincount(goals, bar[inside], value.size).reshape(value.shape)

        pulls = [lambda bar, k=k: back(bar, k) for k in range(len(sources))]
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
        self.steps.last_number = self
        return float(self.value)


def _as_method(name):
    return lambda self, *args, **kwargs: getattr(np, name)(self, *args, **kwargs)


for _name in ("sum", "mean", "max", "min", "dot", "ravel", "squeeze", "clip", "var", "std", "prod", "repeat", "copy"):
    setattr(Recorded, _name, _as_method(_name))
for _name in ("argmax", "argmin", "any", "all", "swapaxes", "take", "argsort", "cumsum", "diagonal"):
    setattr(Recorded, _name, _as_method(_name))
for _name in SLOPES:  # which an array of objects asks of each of its entries
    if hasattr(np, _name):
        setattr(Recorded, _name, _as_method(_name))
del _name
Recorded.flatten = lambda self, *args: np.ravel(self, *args)


def plain(a):
    """The numbers of something that may be recorded."""
    return a.value if isinstance(a, Recorded) else a


def value_of(operand):
    """The numbers of an operand of a step, which is a step or a constant."""
    return getattr(operand, "value", operand)


def known_at(operand, values):
    """An operand of a step where the values of the steps are ``values(step)``."""
    if isinstance(operand, Step):
        return values(operand)
    return operand.at(values) if isinstance(operand, Mask) and operand.made else operand


def _plain_in(item):
    if isinstance(item, (list, tuple)):
        return type(item)(map(_plain_in, item))
    return plain(item)


def step_in(item):
    if isinstance(item, (list, tuple)):
        return type(item)(map(step_in, item))
    return item.step if isinstance(item, Recorded) else item
