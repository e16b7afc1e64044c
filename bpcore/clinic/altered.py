"""Which step of the cost, computed otherwise, gives a cost whose gradient has come."""

from dataclasses import dataclass

import numpy as np

from .record import Record
from .recorded import COMPARISONS, SLOPES, NotRecorded, Recorded, frames

ALIKE = 1e-9
PART = 0.4  # the price of another cost for some of the parameters alone
MOST = 500  # costs that are tried
STEPS = 25_000  # in all of them
OPPOSITE = {"greater": "less", "greater_equal": "less_equal", "less": "greater", "less_equal": "greater_equal"}
SIGNS = {"greater": ">", "greater_equal": "≥", "less": "<", "less_equal": "≤"}
BORDERS = (0.0, 1.0, -1.0, 0.5)


@dataclass(frozen=True)
class Change:
    """Another way to compute what stands at one place of the program: a price, words, and a function of the operands.

    In the words ``{0}`` and ``{1}`` are the operands, ``{p0}`` and ``{p1}`` the same as parts of a formula, and
    ``{old}`` is what stands there.
    """

    price: float
    words: str
    made: object


def other_cost(cost, records, came, texts, number, wrong):
    """The step that is other in the cost whose gradient has come; None where none is.

    Parameters
    ----------
    cost : callable
        Of a vector.
    records : list
        Records of the cost at several places.
    came : ndarray
        The gradients that came there.
    texts : Texts
        Of the first record.
    number : callable
        Names a factor: its text and its price.
    wrong : ndarray
        Places in theta of the blocks that are wrong: if the other cost has the gradient of these alone, it costs more.

    Returns
    -------
    tuple or None
        Price; words, in which ``{d}`` is the derivative of the other cost; and whether the whole gradient is its own.
    """
    places = [record.theta for record in records]
    found = []
    known = [(name, array) for name, array in texts.data if array.size > 1]
    for place, change, old, operands in _changes(cost, places[0], known)[: min(MOST, STEPS // len(records[0].steps))]:
        first = _gradient(cost, places[0], place, change)
        if first is None or (factor := _multiple(first[wrong], came[0, wrong])) is None:
            continue
        every = [first, *(_gradient(cost, theta, place, change) for theta in places[1:])]
        if any(g is None or not _same(factor * g[wrong], c[wrong]) for g, c in zip(every, came)):
            continue
        whole = all(_same(factor * g, c) for g, c in zip(every, came))
        named, more = number(factor)
        if len(np.unique(np.round(came[:, wrong], 9), axis=0)) * len(wrong) < (20 if more > 1 else 4):
            continue  # too few numbers for a fitted factor
        said = [texts.of(operand) for operand in operands]
        parts = {f"p{k}": texts.as_operand(operand) for k, operand in enumerate(operands)}
        words = change.words.format(*said, **parts, old=texts.at(old) if old is not None else " ".join(said[:1]))
        price = change.price + more + (0 if whole else PART)
        found.append((price, f"{named}{{d}}, where C′ is your cost, but {words}", whole))
    return min(found, default=None)


def _same(a, b):
    return bool((abs(a - b) <= 10 * ALIKE * max(abs(b).max(), 1e-300)).all())


def _multiple(g, came):
    """The factor of g in what came, or None; 1 or minus 1 exactly."""
    square = g @ g
    if not 0 < square < np.inf:
        return None
    factor = float(g @ came / square)
    near = next((f for f in (1.0, -1.0, 2.0, 0.5) if abs(factor / f - 1) < 1e-8), factor)
    return near if near and _same(near * g, came) else None


def _changes(cost, theta, data):
    """Each place of the program with what is tried there, the cheapest first; ``data`` are arrays with names."""
    seen, found, numbers = {}, [], {}

    def watch(function, args, options, made):
        if (number := _added_number(function, args)) is not None:
            numbers.setdefault(number, []).append(made.step.index)
        key = (frames()[:1], function.__name__)
        if key not in seen:
            seen[key] = True
            old = made.step.index if isinstance(made, Recorded) else None
            operands = [a.step if isinstance(a, Recorded) else a for a in args]
            args, options = _with_axis(function.__name__, args, options)
            for change in (*alternatives(function, args, options), *_of_constants(function, args, data)):
                found.append((key, change, old, operands))
        return made

    Record(cost, theta, watch)
    found += [(("number", number), change, old, []) for number, old, change in _left_out_everywhere(numbers)]
    return sorted(found, key=lambda row: row[1].price)


def _gradient(cost, theta, place, change):
    """The gradient of the cost with a change at one place, or None where it cannot be computed."""
    busy = False

    def watch(function, args, options, made):
        nonlocal busy
        here = (frames()[:1], function.__name__) if place[0] != "number" else ("number", _added_number(function, args))
        if busy or here != place:
            return made
        busy = True
        try:
            operands = _with_axis(function.__name__, args, options)[0]
            return change.made(function, *operands) if place[0] == "number" else change.made(*operands)
        finally:
            busy = False

    try:
        gradient = Record(cost, theta, watch).gradient
    except (NotRecorded, ValueError, TypeError, IndexError, ArithmeticError, StopIteration):
        return None
    return gradient if np.isfinite(gradient).all() else None


# What may stand in the place of an operation.


def _added_number(function, args):
    """The number that an operation adds or subtracts, and whether to or from a single number; None for any other."""
    if function.__name__ not in ("add", "subtract") or len(args) != 2:
        return None
    numbers = [a for a in args if not isinstance(a, Recorded) and np.ndim(a) == 0]
    others = [a for a in args if isinstance(a, Recorded)]
    return (float(numbers[0]), others[0].ndim == 0) if numbers and others and numbers[0] else None


def _left_out_everywhere(numbers):
    """Numbers that are added in several places of one kind, such as what keeps a quotient from 0 / 0: without them."""

    def made(function, *args):
        return function(*(a if isinstance(a, Recorded) else 0.0 for a in args))

    for (number, alone), steps in numbers.items():
        if len(steps) > 1:
            said = f"{number:.6g} is left out in {{old}}, and in every other {'number' if alone else 'array'}"
            yield (number, alone), steps[0], Change(1.2, said, made)


ALONG = ("sum", "mean", "max", "min", "amax", "amin")


def _with_axis(name, args, options):
    """The operands of an operation, and its options with the axis among them."""
    if name in ALONG and len(args) == 2:
        return args[:1], {**options, "axis": args[1]}
    return args, options


def alternatives(function, args, options):
    name = function.__name__
    known = [isinstance(a, Recorded) for a in args]
    if name in COMPARISONS:
        yield from _of_comparison(name, args)
    elif len(args) == 2 and name in PAIRS:
        yield from _of_pair(name, args, known)
    elif len(args) == 1 and name in SLOPES:
        yield from _of_function(function, args[0])
    elif name == "where" and len(args) == 3:
        yield Change(1.0, "the two branches of {old} are exchanged", lambda c, a, b: np.where(c, b, a))
        yield Change(1.1, "{1} stands for {old}", lambda c, a, b: a + 0 * np.where(c, 1.0, 1.0))
        yield Change(1.1, "{2} stands for {old}", lambda c, a, b: b + 0 * np.where(c, 1.0, 1.0))
    elif name in ALONG:
        yield from _of_axis(name, args[0], options)
    elif name == "clip":
        yield Change(1.0, "{0} stands for {old}", lambda a, *more: a)


PAIRS = {
    "add": ("+", np.add),
    "subtract": ("−", np.subtract),
    "multiply": ("*", np.multiply),
    "divide": ("/", np.divide),
    "maximum": ("max", np.maximum),
    "minimum": ("min", np.minimum),
    "power": ("**", np.power),
    "matmul": ("@", np.matmul),
}


def _whole(a, b):
    """Zeros in the shape of what both together make."""
    return np.zeros(np.broadcast_shapes(np.shape(a), np.shape(b)))


def _of_pair(name, args, known):
    sums = ("add", "subtract", "multiply", "divide")
    for other, (sign, function) in PAIRS.items():
        if other != name and (other in sums and name in sums or {other, name} == {"maximum", "minimum"}):
            text = f"{{p0}} {sign} {{p1}}" if other in sums else f"{sign}({{0}}, {{1}})"
            alike = {other, name} in ({"add", "subtract"}, {"multiply", "divide"}, {"maximum", "minimum"})
            yield Change(1.0 if alike else 1.6, f"{text} stands for {{old}}", function)
    if name in ("subtract", "divide"):
        turned = PAIRS[name][1]
        yield Change(1.1, f"{{p1}} {PAIRS[name][0]} {{p0}} stands for {{old}}", lambda a, b: turned(b, a))
    if name in (*sums, "maximum", "minimum"):
        if known[0]:
            yield Change(1.0, "{0} stands for {old}", lambda a, b: a + _whole(a, b))
        if known[1]:
            yield Change(1.0, "{1} stands for {old}", lambda a, b: b + _whole(a, b))
    if name in ("maximum", "minimum"):
        for k in (0, 1):
            if not known[k]:
                for border in BORDERS:
                    made = PAIRS[name][1]
                    words = f"the border in {{old}} is {border:g}".replace("-", "−")
                    yield Change(1.2, words, lambda a, b, k=k, v=border: made(*((v, b) if k == 0 else (a, v))))
    if name == "power" and not known[1] and np.ndim(args[1]) == 0:
        n = float(args[1])
        for other in dict.fromkeys((n - 1, n + 1, 1.0, 2.0, 0.5)):
            if other not in (n, 0.0):
                yield Change(
                    1.0 + 0.2 * (other not in (1.0, 2.0)),
                    f"the exponent in {{old}} is {other:g}",
                    lambda a, b, other=other: a**other,
                )
        yield Change(1.1, "|{0}| stands for {old}", lambda a, b: np.abs(a))
        if n == 0.5:
            yield from _of_a_norm(args[0])
    if name == "matmul" and np.ndim(args[1]) == 2 and np.shape(args[1])[0] == np.shape(args[1])[1]:
        yield Change(1.0, "{0} @ {1}.T stands for {old}", lambda a, b: a @ b.T)
        if known[0] and not known[1]:
            yield Change(1.1, "{0} stands for {old}", lambda a, b: a + 0.0)
    if name in ("add", "subtract"):
        yield from _moved_inside(name, args, known)


def _inner(a):
    """The function that made a, of one recorded array, as (function, the array's step); None where there is none."""
    step = a.step
    if step.name == "multiply" and len(step.operands) == 2:
        for source, other in (step.operands, step.operands[::-1]):
            made = getattr(other, "made", None)
            if made and made[1][0] is source and made[0].__name__ == "greater" and np.all(np.asarray(made[1][1]) == 0):
                return (lambda v: np.maximum(v, 0)), source
    if step.name in SLOPES and len(step.sources) == 1:
        return getattr(np, step.name, None), step.sources[0]
    if step.name in ("maximum", "minimum") and len(step.sources) == 1:
        constant = next(o for o in step.operands if o is not step.sources[0])
        function = PAIRS[step.name][1]
        return (lambda v: function(v, constant)), step.sources[0]
    return None


def _moved_inside(name, args, known):
    """f(a ± b) for f(a) ± b."""
    sign, function = PAIRS[name]
    for k in (0, 1):
        inner = _inner(args[k]) if known[k] else None
        if inner is None or inner[0] is None:
            continue

        def made(a, b, k=k):
            this, other = (a, b) if k == 0 else (b, a)
            inner = _inner(this) if isinstance(this, Recorded) else None  # at another time it may be a number
            if inner is None or inner[0] is None:
                return function(a, b)
            f, step = inner
            inside = Recorded(step, this.steps)
            return f(function(inside, other) if k == 0 else function(other, inside))

        which = "second" if k == 0 else "first"
        yield Change(1.2, f"the {which} part of {{old}} stands inside the function of the other", made)


def _under_the_root(a):
    """The array v in a = Σ v², or None."""
    total = a.step
    square = total.sources[0] if total.name == "sum" and len(total.sources) == 1 else total
    squared = square.name == "square" or square.name == "power" and np.all(np.asarray(square.operands[1]) == 2)
    squared = squared or square.name == "multiply" and square.operands[0] is square.operands[1]
    return Recorded(square.sources[0], a.steps) if squared else None


def _of_a_norm(a):
    """The sum of the absolute values for a norm, and the root of the sum of each."""
    if _under_the_root(a) is not None:
        yield Change(
            1.1, "the sum of the absolute values stands for {old}", lambda a, *_: np.sum(abs(_under_the_root(a)))
        )


def _of_function(function, a):
    name = function.__name__
    yield Change(1.0, "{0} stands for {old}", lambda a: a + 0.0)
    if name == "sqrt":
        yield from _of_a_norm(a)
    if name not in ("negative", "square", "absolute"):
        yield Change(1.1, "{old} is taken of −({0})", lambda a: function(-a))
    if name in ("exp", "log", "sqrt", "tanh", "square", "absolute"):
        others = {
            "exp": (),
            "log": (),
            "sqrt": ("square",),
            "tanh": (),
            "square": ("absolute",),
            "absolute": ("square",),
        }
        for other in others[name]:
            yield Change(1.1, f"{other}({{0}}) stands for {{old}}", getattr(np, other))
    step = a.step
    if step.name in ("add", "subtract") and len(step.operands) == 2:
        of_pair = PAIRS[step.name][1]

        def parts(a, which):
            p, q = (Recorded(o, a.steps) if hasattr(o, "operands") else o for o in a.step.operands)
            return of_pair(function(p) if which != 1 else p, function(q) if which != 0 else q)

        for which, words in ((0, "first part of the sum alone"), (1, "second part of the sum alone"), (2, "each")):
            said = f"{{old}} is taken of the {words}" if which < 2 else "{old} is taken of each part of the sum"
            yield Change(1.3, said, lambda a, which=which: parts(a, which))


def _of_comparison(name, args):
    if name not in OPPOSITE or len(args) != 2:
        return
    turned = getattr(np, OPPOSITE[name])
    function = getattr(np, name)
    yield Change(1.0, f"the condition is {{0}} {SIGNS[OPPOSITE[name]]} {{1}}", turned)
    for k in (0, 1):
        if not isinstance(args[k], Recorded) and np.ndim(args[k]) == 0:
            own = float(args[k])
            for border in dict.fromkeys((-own, *BORDERS)):
                if border != own:
                    pair = ("{0}", f"{border:g}") if k else (f"{border:g}", "{1}")
                    text = f"the condition {{0}} {SIGNS[name]} {{1}} is {pair[0]} {SIGNS[name]} {pair[1]}"
                    yield Change(
                        1.0 + 0.2 * (border != -own),
                        text.replace(" -", " −"),
                        lambda a, b, k=k, v=border: function(*((a, v) if k else (v, b))),
                    )


def _of_constants(function, args, data):
    """Other data in the place of a constant array."""
    if len(args) != 2 or function.__name__ not in PAIRS:
        return
    for k in (0, 1):
        own, whole = args[k], np.shape(args[1 - k])
        if isinstance(own, Recorded):
            continue
        for name, array in data:  # of the same shape, or where one number stands for all
            alike = array.shape == np.shape(own) if np.size(own) > 1 else array.shape == whole
            if alike and not np.array_equal(array, own):

                def made(a, b, k=k, array=array):
                    return function(*((a, array) if k else (array, b)))

                yield Change(1.1, f"{name} stands for {{{k}}} in {{old}}", made)


def _of_axis(name, a, options):
    options = {k: v for k, v in options.items() if k in ("axis", "keepdims")}
    axis, ndim, kept = options.get("axis"), np.ndim(a), options.get("keepdims", False) is True
    function = getattr(np, name)
    opposite = {"max": "min", "min": "max", "amax": "min", "amin": "max"}.get(name)
    if opposite:
        yield Change(
            1.0,
            f"{opposite} stands for max in {{old}}" if "max" in name else "max stands for min in {old}",
            lambda a: getattr(np, opposite)(a, **options),
        )
    taken = np.arange(ndim)[axis] if isinstance(axis, int) and ndim else axis
    others = [k for k in (None, *range(ndim)) if k not in (axis, taken)]
    for other in others:
        yield Change(
            1.1,
            f"{name} runs over {'all entries' if other is None else f'axis {other}'} in {{old}}",
            lambda a, other=other: function(a, axis=other, keepdims=kept),
        )
    if name in ("sum", "mean") and axis is not None:
        yield Change(
            1.1,
            f"{'mean' if name == 'sum' else 'sum'} stands for {name} in {{old}}",
            lambda a: getattr(np, "mean" if name == "sum" else "sum")(a, **options),
        )
