"""The neighbours of a line of an update rule, made by rule: what a slip of the pen makes of each part of its tree."""

import itertools
from typing import NamedTuple

from .rules import DECAYS
from .trees import parts_of, put, symbols, written

SCALARS = {"lr", "mu", "b1", "b2", "eps", "wd", "t", "t!", "steps", "calls", "entries"}
CLIPS = (0.1, 0.5, 1.0, 5.0, 10.0)  # the bounds that programs cut gradients to
ROUND = sorted({*DECAYS, *(float(f"{n}e{k}") for k in range(-6, -1) for n in range(10, 100))})  # other decays
FADING = (
    0.9,
    0.95,
    0.96,
    0.98,
    0.99,
    0.999,
    ("-", 1.0, 1e-8),
    1e-8,
)  # by which a momentum is multiplied from step to step
MOMENTA = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)  # that programs have, whatever was told
STARTS = (0.5, 0.01, 0.001, 1e-6, 1e-8, 1e-10)  # of what is remembered
TURNED = {  # the gradient of an array with its entries in other places
    "transposed": "∂C/∂θ transposed",
    "by_columns": "∂C/∂θ read column by column",
    "into_columns": "∂C/∂θ put in column by column",
    "backwards": "∂C/∂θ with its entries backwards",
    "rows_back": "∂C/∂θ with its rows backwards",
    "columns_back": "∂C/∂θ with its columns backwards",
}
TOGETHER = 0.1  # what it costs more to exchange a letter in several places than in one
OVER = {  # what is made of several entries
    "array_sum": "sum over the array",
    "array_mean": "mean over the array",
    "rows_sum": "sum over the rows",
    "rows_mean": "mean over the rows",
    "columns_sum": "sum over the columns",
    "columns_mean": "mean over the columns",
    "all_sum": "sum over all arrays",
    "all_mean": "mean over all arrays",
}
USUAL, ODD, NUMBER, ODDEST = 1.0, 1.2, 1.3, 1.5  # what an exchange costs: the cheapest that explains the steps is told


class Exchange(NamedTuple):
    """One slip in one line: what it costs, of which kind it is, which part was exchanged for which, and the new line.

    ``kind`` is "for" (``new`` stands for ``old``), "lost" (``old`` is left out), "first" (the first step is special) or
    "begins" (what is remembered begins with ``new``).
    """

    price: float
    kind: str
    old: object
    new: object
    tree: object

    def words(self, line, names):
        """What was exchanged, as the end of a sentence."""
        if self.kind == "lost":
            return f"{written(self.old, names)} is left out"
        if self.kind == "first":
            return f"the first step has {written(self.new, names)}"
        if self.kind == "begins":
            return f"{line} begins with {written(self.new, names)} instead of 0"
        old, new = written(self.old, names), written(self.new, names)
        if self.new == ("neg", self.old):
            return f"{old} has the wrong sign"
        if self.new == ("*", 2.0, self.old):
            return f"{old} counts twice"
        comma = "," * (isinstance(self.new, tuple) and self.new[0] == "first")  # which ends with "in the first step"
        return f"{new}{comma} stands for {old}"


def neighbours(line, tree, arrays, scalars):
    """The exchanges of one line, each tree once and the cheapest first.

    Parameters
    ----------
    line : str
        The name of what the line computes.
    tree : tree
    arrays, scalars : sequence of str
        What is in scope: symbols with one number for each parameter, and single numbers.
    """
    found = {}
    for exchange in (*_within(tree, arrays, scalars, root=True), *_of_the_line(line, tree, arrays, scalars)):
        if exchange.tree != tree and (exchange.tree not in found or exchange.price < found[exchange.tree].price):
            found[exchange.tree] = exchange
    return sorted(found.values(), key=lambda exchange: exchange.price)


def over_several(line, tree):
    """The exchanges of one line that take a sum or mean over entries, or a norm, in the place of each entry's own."""
    found = {}
    for part in reversed(dict.fromkeys(parts_of(tree))):  # the smallest first
        if not is_array(part) or "theta0" in symbols(part):
            continue
        for kind in OVER:
            whole = ("over", kind, part)
            places = [
                (part, whole),
                (part, ("sqrt", ("over", kind, ("sq", part)))),
                (part, ("over", kind, ("abs", part))),
            ]
            for outer in ("sqrt", "sq"):
                places += [(part, (outer, whole)), ((outer, part), whole)]
                places += [((outer, part), (other, whole)) for other in ("sqrt", "sq")]
                places.append(((outer, part), ("sqrt", ("over", kind, ("sq", part)))))
            for old, new in places:
                made = put(tree, old, new)
                if made != tree:
                    found.setdefault(made, Exchange(ODD, "for", old, new, made))
    return list(found.values())


def is_array(tree):
    return any(name not in SCALARS for name in symbols(tree))


def _within(tree, arrays, scalars, root=False, term=True):
    """The exchanges at this part of a tree and at all parts below it."""
    for price, kind, old, new in _here(tree, arrays, scalars, root, term):
        yield Exchange(price, kind, old, new if kind == "for" else None, new)
    if not isinstance(tree, tuple):
        return
    for k, part in enumerate(tree[1:], start=1):
        for inner in _within(part, arrays, scalars, term=tree[0] in ("+", "-", "sqrt", "max")):
            yield Exchange(inner.price, inner.kind, inner.old, inner.new, (*tree[:k], inner.tree, *tree[k + 1 :]))


def _here(tree, arrays, scalars, root, term):
    """Price, kind, the old part and the new one."""
    exchanged = lambda new, price=USUAL: (price, "for", tree, new)
    if isinstance(tree, str):
        yield from (exchanged(new, price) for new, price in for_a_symbol(tree, arrays, scalars))
    if isinstance(tree, tuple) and is_array(tree):
        if term and not root:
            yield from (exchanged(name, ODD) for name in arrays if name not in symbols(tree))
            yield from (exchanged(("neg", name), ODDEST) for name in arrays if name not in symbols(tree))
            yield exchanged(0.0, ODDEST)
    if is_array(tree) and tree != "theta0" or isinstance(tree, tuple):
        if term:
            yield exchanged(("neg", tree))
            yield exchanged(("*", 2.0, tree), ODD)
            yield exchanged(("*", 0.5, tree), ODDEST)
        yield exchanged(("sq", tree), ODD)
        yield exchanged(("sqrt", tree), ODD)
    if is_array(tree) and not root:
        yield exchanged(("abs", tree), ODD)
        yield exchanged(("sign", tree), ODDEST)
    if is_array(tree) and tree != "theta0" and term and isinstance(tree, (tuple, str)):
        yield from (exchanged(("clip", tree, most), ODDEST) for most in CLIPS)
    if term and is_array(tree):
        for name in scalars:
            if name not in ("t", "rate") and (name != "eps" or not root):
                yield exchanged(("*", name, tree), ODDEST if name == "eps" else ODD)  # as good as left out
                yield exchanged(("*", ("-", 1.0, name), tree), ODDEST)
                yield exchanged(("/", tree, name), ODDEST)
                yield exchanged(("/", tree, ("-", 1.0, name)), ODDEST)
        yield exchanged(("/", tree, "t"), ODDEST)
        if not root and tree != "theta0":
            yield from (exchanged(("*", tree, name), ODDEST) for name in ("g", "theta0") if name in arrays)
    if isinstance(tree, tuple):
        if tree[0] == "^" and tree[1] in SCALARS:  # a power of what is averaged
            yield from (exchanged(("^", name, tree[2]), ODD) for name in arrays if name[0] in "mvw" and name[-1] != "0")
        if tree[0] == "sqrt" and "eps" in scalars and "eps" not in symbols(tree):
            yield exchanged(("sqrt", ("+", tree[1], "eps")), ODDEST)
        if tree[0] == "sq":  # what is squared has a factor already
            factors = (name for name in scalars if name not in ("t", "rate"))
            for name in factors:
                yield exchanged(("sq", ("*", name, tree[1])), ODDEST)
                yield exchanged(("sq", ("*", ("-", 1.0, name), tree[1])), ODDEST)
        yield from _of_an_operation(tree)


def for_a_symbol(name, arrays, scalars):
    """What may stand in the place of one letter."""
    if name == "t":
        yield from ((("-", "t", 1.0), USUAL), (("+", "t", 1.0), USUAL), (1.0, USUAL), ("calls", USUAL))
        yield from ((("+", "t", float(k)), ODDEST) for k in range(2, 11))
        yield from ((("*", 2.0, "t"), ODD), (("-", ("*", 2.0, "t"), 1.0), ODD), (("sqrt", "t"), ODDEST))
        yield from (("t!", ODDEST), (("^", 2.0, ("-", "t", 1.0)), ODDEST))  # of a power that is stored and raised again
        return
    if name in SCALARS:
        absent = {name, "t", *(["rate"] * (name != "lr"))}
        yield from ((other, USUAL) for other in scalars if other not in absent)
        yield ("-", 1.0, name), USUAL
        yield ("*", name, name), ODD
        yield 1.0, ODD
        if name == "eps":
            yield from ((10.0**-k, NUMBER) for k in range(3, 17))
        if name == "lr":
            yield from ((("/", name, "t"), ODD), (("/", name, ("sqrt", "t")), ODD), (("/", name, "entries"), ODD))
            yield from ((("*", name, "entries"), ODDEST), (("/", name, ("+", "t", 1.0)), ODDEST))
        elif name != "eps":
            yield from ((number, NUMBER) for number in MOMENTA if name != "lr")
            yield from ((("^", name, "t"), ODD), (("-", 1.0, ("/", 1.0, "t")), ODDEST), (("/", name, "t"), ODDEST))
            for exponent in ("t", ("-", "t", 1.0)):
                yield from ((("*", name, ("^", each, exponent)), ODDEST) for each in FADING)
        return
    yield from ((other, ODD if other == "g0" else USUAL) for other in arrays if other != name)
    yield (0.0, ODD) if name.endswith("0") and name != "theta0" else (1.0, ODDEST)
    if name[0] in "mvw" and name[-1] != "0":  # a correction of what has none
        for beta in ("mu", "b1", "b2"):
            if beta in scalars:
                yield ("/", name, ("-", 1.0, ("^", beta, "t"))), ODDEST
    if name == "g":
        yield from ((other, ODD) for other in ("before", "after"))
        yield from ((("+", "g", ("*", wd, "theta0")), ODDEST) for wd in DECAYS)
        if "wd" in scalars:
            yield ("+", "g", ("*", "wd", "theta0")), ODD
    if name == "rate":
        yield "lr", USUAL


def _of_an_operation(tree):
    """Operators exchanged, operands exchanged or left out, brackets elsewhere."""
    operation, *parts = tree
    exchanged = lambda new, price=USUAL: (price, "for", tree, new)
    if operation in ("sqrt", "sq", "abs", "neg", "sign"):
        yield exchanged(parts[0])
        other = {"sqrt": "sq", "sq": "sqrt"}.get(operation)
        if other:
            yield exchanged((other, parts[0]), ODD)
        if isinstance(parts[0], tuple) and len(parts[0]) == 3 and parts[0][0] in "+-*/":
            inner, a, b = parts[0]
            yield exchanged((inner, (operation, a), b), ODD)
            yield exchanged((inner, a, (operation, b)), ODD)
            yield exchanged((inner, (operation, a), (operation, b)), ODD)
        if operation == "sq":
            yield exchanged(("abs", parts[0]))
            yield exchanged(("^", parts[0], 3.0), ODDEST)
            yield from (exchanged(f"{parts[0]}2_{whole}") for whole in ("sum", "mean") if parts[0] == "g")
    if operation == "where":
        yield exchanged(("where", parts[0], parts[2], parts[1]))
    if len(parts) != 2:
        return
    a, b = parts
    swapped = {"+": "-", "-": "+", "*": "/", "/": "*"}.get(operation)
    if swapped:
        yield exchanged((swapped, a, b))
    if operation in ("-", "/", "^"):
        yield exchanged((operation, b, a), ODD)
    if operation in ("+", "*"):
        yield exchanged(("-" if operation == "+" else "/", b, a), ODD)
        yield exchanged(("*" if operation == "+" else "+", a, b), ODD)
    if operation in ("+", "*", "-", "/"):
        yield exchanged(("max", a, b), ODDEST)
    if operation == "max":
        yield exchanged(("min", a, b))
    if operation == "^":
        yield exchanged(a)
        yield exchanged(("*", a, b))
    else:
        yield USUAL, "lost", b, a
        if operation in ("+", "*"):
            yield USUAL, "lost", a, b
        elif operation == "-":
            yield ODD, "lost", a, ("neg", b)
            yield ODD, "lost", a, b
        elif operation == "/":
            yield ODD, "lost", a, ("/", 1.0, b)
    yield from ((ODD, "for", tree, turned) for turned in _bracketed(operation, a, b))


def _bracketed(outer, a, b):
    """The same letters in the same order with brackets, or a root's or square's end, elsewhere."""
    if isinstance(b, tuple) and len(b) == 3 and b[0] in "+-*/^":
        yield b[0], (outer, a, b[1]), b[2]
    if isinstance(a, tuple) and len(a) == 3 and a[0] in "+-*/^":
        yield a[0], a[1], (outer, a[2], b)
    if isinstance(a, tuple) and len(a) == 2:
        yield a[0], (outer, a[1], b)
    if isinstance(b, tuple) and len(b) == 2:
        yield b[0], (outer, a, b[1])


def _of_the_line(line, tree, arrays, scalars):
    """What a slip does to a whole line: another gradient or letter, a special first step, a largest that is kept."""
    for name in sorted(symbols(tree)):
        if name in SCALARS and sum(part == name for part in parts_of(tree)) > 1:
            for new, price in for_a_symbol(name, arrays, scalars):
                yield Exchange(price + TOGETHER, "for", name, new, put(tree, name, new))
    if line == "g":
        for name in (
            "raw0",
            "total",
            "normed",
            "normed_each",
            "mean",
            "sum",
            "left",
            "right",
            "before",
            "after",
            *TURNED,
        ):
            yield Exchange(USUAL, "for", "raw", name, name)
        yield from (Exchange(USUAL, "for", "raw", new, new) for new in (("abs", "raw"), ("sign", "raw"), ("sq", "raw")))
        for most in CLIPS:
            whole = (("*", most, name) for name in ("normed", "normed_each") if most != 1)
            one_sided = ("min", "raw", most), ("max", "raw", -most)
            for new in (("clip", "raw", most), f"cut {most:g}", f"cut each {most:g}", *whole, *one_sided):
                yield Exchange(ODD, "for", "raw", new, new)
        for wd in ROUND:
            for sign in "+-" if wd in DECAYS else "+":
                new = (sign, "raw", ("*", wd, "theta0"))
                yield Exchange(ODD if wd in DECAYS else ODDEST, "for", "raw", new, new)
        for wd in (*DECAYS, *(["wd"] * ("wd" in scalars))):  # a decay that multiplies where it should be added
            new = ("*", "raw", ("+", 1.0, ("*", wd, "theta0")))
            yield Exchange(ODD if wd == "wd" else ODDEST, "for", "raw", new, new)
        if "wd" in scalars:
            new = ("+", "raw", ("*", "wd", "theta0"))
            yield Exchange(ODD, "for", "raw", new, new)
        if "eps" in scalars:  # against numbers too small for the machine, they say
            yield Exchange(ODD, "for", "raw", ("+", "raw", "eps"), ("+", "raw", "eps"))
        for new in ("theta0", ("/", "raw", "entries"), ("/", "total", "t")):
            yield Exchange(ODD, "for", "raw", new, new)
    if line == "rate" and "lr" in symbols(tree):
        yield Exchange(ODD, "for", "lr", "rate0", ("first", tree, put(tree, "lr", "rate0")))
    if line == "theta":
        yield from (Exchange(ODD, "for", "theta0", new, put(tree, "theta0", new)) for new in ("start", "thetap"))
        for new in ("theta_left", "theta_right"):
            yield Exchange(ODD, "for", "theta0", new, put(tree, "theta0", new))
        for mean in sorted(symbols(tree) & {"m", "mh"}):
            for wd in ("wd",) if "wd" in scalars else DECAYS:
                new = ("+", mean, ("*", wd, "theta0"))
                yield Exchange(ODDEST, "for", mean, new, put(tree, mean, new))
    for one, other in itertools.combinations(sorted(symbols(tree) - {"t", "theta0"}), 2):
        if (one in SCALARS) == (other in SCALARS):
            swapped = put(put(put(tree, one, "…"), other, one), "…", other)
            yield Exchange(USUAL, "for", tree, swapped, swapped)
    own = line + "0"
    if own in symbols(tree) and line != "theta":
        parts = [part for part in dict.fromkeys(parts_of(tree)) if "g" in symbols(part) and own not in symbols(part)]
        for first in ("g", ("neg", "g"), ("sq", "g"), 0.0, "theta0", *parts):
            yield Exchange(USUAL, "first", None, first, ("first", first, tree))
        for name in scalars if "g" in symbols(tree) else ():  # a gradient that was changed on the way
            for factor in (name, ("-", 1.0, name)):
                changed = put(tree, "g", ("*", factor, "g"))
                yield Exchange(ODD, "first", None, changed, ("first", changed, tree))
        for start in (1.0, 0.1, "g", ("sq", "g"), "theta0", "eps", *STARTS):
            began = put(tree, own, start)
            yield Exchange(NUMBER if start in STARTS else ODD, "begins", own, start, ("first", began, tree))
        yield Exchange(ODD, "for", tree, ("max", own, tree), ("max", own, tree))
        if "eps" in scalars:
            yield Exchange(ODDEST, "for", tree, ("+", tree, "eps"), ("+", tree, "eps"))
        yield Exchange(ODD, "for", own, ("+", own, own), put(tree, own, ("*", 2.0, own)))
