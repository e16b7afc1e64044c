"""Runs many programs at once, each a rule with slips in its lines, and keeps those that take the steps of an update."""

import functools
import itertools
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np

from .rules import FORMS, SLIPS, rule_path
from .update_forms import GRAMMAR
from .update_neighbours import (
    CLIPS,
    ODD,
    OVER,
    TOGETHER,
    TURNED,
    USUAL,
    Exchange,
    for_a_symbol,
    neighbours,
    over_several,
    put,
)
from .update_trees import SYMBOLS, symbols, value, written

OWN = {"sgd": ("lr",), "momentum": ("lr", "mu"), "adam": ("lr", "b1", "b2", "eps")}
OWN |= {"nesterov": OWN["momentum"], "rmsprop": ("lr", "mu", "b2", "eps"), "adagrad": ("lr", "eps")}
OWN["adamw"] = (*OWN["adam"], "wd")
ROWS = 20_000  # programs at once: their numbers stay in the cache
DIGITS = 1e-9  # an update agrees where every entry of every step does to this, relative to the entry's own movement
MOST_OVER = 200  # parameters of an update whose sums over entries are tried
OF_SEVERAL = {"calls", "before", "after", "normed_each", *(f"cut each {most:g}" for most in CLIPS)}  # arrays
BESIDE = {"left", "right", "theta_left", "theta_right"}
RELATIVE = 0.5  # what it costs to take another rule for the one that was meant
COLUMNS = 6  # parameters that are looked at first
ANY_ENTRY = 60  # parameters, of which any may stand for a wrong one
LOOSE = 10.0  # the first look allows so many times the rounding of the last
TOLD = 8  # readings that are compared


@dataclass(frozen=True)
class Reading:
    """A program that takes the steps: its price, its form, and the exchanges with the lines that they are in.

    ``names`` are those of the table of slips, or "formula". ``everywhere``: right parameters are predicted as well.
    """

    price: float
    form: object
    exchanges: tuple
    names: tuple = ()
    everywhere: bool = False

    def formulas(self, names):
        """The lines with an exchange, the right one beside the other."""
        shown = []
        for line, exchange in self.exchanges:
            own = named(self.form, line, names)
            right = dict(self.form.lines)[line]
            shown.append(tuple(f"{SYMBOLS.get(line, line)} ← {written(tree, own)}" for tree in (right, exchange.tree)))
        return tuple(shown)

    def said(self, names):
        """Each exchange in words."""
        for line, exchange in self.exchanges:
            words = exchange.words(SYMBOLS.get(line, line), named(self.form, line, names))
            yield f"In the line of {SYMBOLS.get(line, line)}, {words}"

    def words(self, names):
        return " + ".join([self.form.relative] * bool(self.form.relative) + [own for _, own in self.formulas(names)])

    def shown(self):
        """All lines as they should be."""
        lines = [(line, named(self.form, line, {}), tree) for line, tree in self.form.lines if line != "g"]
        return ";  ".join(f"{SYMBOLS.get(line, line)} ← {written(tree, own)}" for line, own, tree in lines)


WORDS = {  # what is in scope, and has no letter
    "raw0": "∂C/∂θ of the step before",
    "total": "the sum of all gradients so far",
    "normed": "∂C/∂θ / ‖∂C/∂θ‖",
    "normed_each": "∂C/∂θ / ‖∂C/∂θ‖ of each array",
    "mean": "the mean of ∂C/∂θ over the array",
    "sum": "the sum of ∂C/∂θ over the array",
    "left": "∂C/∂θ of the entry before",
    "right": "∂C/∂θ of the entry after",
    "before": "∂C/∂θ of the array before",
    "after": "∂C/∂θ of the array after",
    "g2_sum": "the sum of g² over the array",
    "g2_mean": "the mean of g² over the array",
    "start": "θ at the start",
    "thetap": "θ of the step before",
    "theta_left": "θ of the entry before",
    "theta_right": "θ of the entry after",
    **TURNED,
    **OVER,
    "entries": "entries of the array",
    "calls": "t counted once for each array",
    **{f"cut {most:g}": f"∂C/∂θ cut to the norm {most:g}" for most in CLIPS},
    **{f"cut each {most:g}": f"∂C/∂θ cut to the norm {most:g} in each array" for most in CLIPS},
}


def named(form, line, names):
    """How symbols read in a line of a form: the old value of what is new already is that of the step before."""
    at = form.names.index(line)
    old = {f"{name}0": SYMBOLS.get(name, name) + "ₜ₋₁" * (k < at) for k, name in enumerate(form.names)}
    return {**WORDS, **old, **names, "theta0": "θ"}


class Program:
    """A form of a rule with everything that may stand in each of its lines; the first choice is the right one."""

    def __init__(self, like, form, entries=0, over=False):
        self.form, self.trees, self.exchanges, self.scopes = form, [], [], []
        self.together, self.twice = {}, []  # rows with one exchange in several lines; choices with two in one line
        whole = [name for name in form.names[:-1] if name != "rate"]
        for k, (line, tree) in enumerate(form.lines):
            before = [name for name in form.names[:k] if name != "rate"]
            arrays = ("theta0", *(f"{name}0" for name in whole), *before) if k else ()
            self.scopes.append((arrays, OWN[like]))
            found = over_several(line, tree) if over else neighbours(line, tree, arrays, OWN[like])
            old = {"g": "raw", "theta": "theta0"}.get(line)
            if entries and old:  # any entry may stand for a wrong one, those beside it as well
                found = [exchange for exchange in found if exchange.new not in BESIDE]
                new = [f"{old.rstrip('0')}@{j}" for j in range(entries)]
                found += [Exchange(ODD, "for", old, name, put(tree, old, name)) for name in new]
            self.exchanges.append([None, *found])
            self.trees.append([tree, *(exchange.tree for exchange in found)])
        for name in (*OWN[like], "t"):
            for new, price in for_a_symbol(name, (), OWN[like]):
                self._everywhere({name: new}, price + TOGETHER)
        if "b1" in OWN[like]:
            for new, price in for_a_symbol("b1", (), ()):
                self._everywhere({"b1": new, "b2": put(new, "b1", "b2")}, price + 2 * TOGETHER)

    def _everywhere(self, letters, price):
        """Add the exchange of letters in all lines at once, where they stand in several."""
        row = [0] * len(self.trees)
        for k, (_, tree) in enumerate(self.form.lines):
            if not symbols(tree).isdisjoint(letters):
                name, new = next(pair for pair in letters.items() if pair[0] in symbols(tree))
                made = functools.reduce(lambda made, letter: put(made, letter, letters[letter]), letters, tree)
                if made not in self.trees[k]:
                    self.trees[k].append(made)
                    self.exchanges[k].append(Exchange(np.inf, "for", name, new, made))
                row[k] = self.trees[k].index(made)
        if sum(map(bool, row)) > 1:
            self.together[tuple(row)] = price

    def possible(self, k, present, most=np.inf):
        """The exchanges of a line that cost no more and speak of nothing that this update does not have."""
        fits = lambda price: price <= most and price < np.inf
        return [c for c, e in enumerate(self.exchanges[k]) if c and fits(e.price) and self.speaks_of(k, c, present)]

    def speaks_of(self, k, c, present):
        """Whether a choice speaks only of what this update has."""
        absent = OF_SEVERAL.union(TURNED, OVER).difference(present)
        return absent.isdisjoint(symbols(self.trees[k][c]))

    def singles(self, present):
        """Blocks of rows, each row the choices of a program with one exchange."""
        for k in range(len(self.trees)):
            rows = np.zeros((len(self.possible(k, present)), len(self.trees)), int)
            rows[:, k] = self.possible(k, present)
            yield rows
        rows = [row for row in self.together if all(self.speaks_of(k, c, present) for k, c in enumerate(row))]
        yield np.array(rows, int).reshape(-1, len(self.trees))

    def pairs(self, present, most=ODD):
        """Blocks of rows with two exchanges, in different lines."""
        for i, j in itertools.combinations(range(len(self.trees)), 2):
            first, second = self.possible(i, present, most), self.possible(j, present, most)
            rows = np.zeros((len(first) * len(second), len(self.trees)), int)
            rows[:, i], rows[:, j] = np.repeat(first, len(second)), np.tile(second, len(first))
            yield rows

    def doubles(self, present):
        """Blocks of rows with two exchanges in one line; their trees are made once, when they are asked for first."""
        if not self.twice:
            for k, (line, tree) in enumerate(self.form.lines):
                usual = [exchange for exchange in self.exchanges[k][1:] if exchange.price <= USUAL]
                known = set(self.trees[k])
                for first in usual:
                    for second in neighbours(line, first.tree, *self.scopes[k]):
                        if second.price <= USUAL and second.tree not in known:
                            known.add(second.tree)
                            self.twice.append((k, len(self.trees[k])))
                            self.trees[k].append(second.tree)
                            self.exchanges[k].append(Exchange(np.inf, "for", tree, second.tree, second.tree))
        for k, rows in itertools.groupby(self.twice, key=lambda pair: pair[0]):
            chosen = [c for _, c in rows if self.speaks_of(k, c, present)]
            block = np.zeros((len(chosen), len(self.trees)), int)
            block[:, k] = chosen
            yield block

    def two(self, present):
        return itertools.chain(self.pairs(present), self.doubles(present))

    def reading(self, row):
        made = [(self.form.names[k], self.exchanges[k][c]) for k, c in enumerate(row) if c]
        price = self.together.get(tuple(row)) or sum(min(exchange.price, 2 * USUAL) for _, exchange in made)
        return Reading(price + RELATIVE * bool(self.form.relative), self.form, tuple(made))


@functools.cache
def programs(like, over=False):
    """The forms of a rule and of its relatives; with ``over`` the exchanges take several entries together."""
    return tuple(Program(like, form, over=over) for form in GRAMMAR[like])


# What is in scope.


def scope(seen, settings):
    """All that a rule may use, step by step, for every parameter: a list of symbol → number or array."""
    place = np.concatenate([np.full(part.stop - part.start, k) for k, (_, part) in enumerate(seen.arrays)])
    parts = [part for _, part in seen.arrays]
    each = lambda f, g: np.concatenate([np.full(part.stop - part.start, f(g[part])) for part in parts])
    turned = lambda by: np.concatenate([np.roll(np.arange(part.start, part.stop), by) for part in parts])
    left, right = turned(1), turned(-1)
    matrices, over = _turned(parts, seen.shapes), _over(parts, seen.shapes)
    old = np.vstack([seen.start, seen.path[:-1]])
    steps = []
    with np.errstate(all="ignore"):
        for k, g in enumerate(seen.gradients):
            norm = np.linalg.norm(g)
            norms = each(np.linalg.norm, g)
            known = {
                **{name: settings[name] for name in ("lr", "mu", "eps", "wd") if name in settings},
                **{"b1": settings["beta1"], "b2": settings["beta2"], "t": k + 1.0},
                **over,
                "entries": each(np.size, g),
                **{
                    "raw": g,
                    "raw0": seen.gradients[k - 1] if k else 0 * g,
                    "total": seen.gradients[: k + 1].sum(axis=0),
                },
                **{"normed": g / norm, "mean": each(np.mean, g), "sum": each(np.sum, g)},
                **{"g2_sum": each(np.sum, g * g), "g2_mean": each(np.mean, g * g), "left": g[left], "right": g[right]},
                **{f"cut {most:g}": g * min(1.0, most / norm) for most in CLIPS},
                **{"start": seen.start, "theta0": old[k], "thetap": old[max(k - 1, 0)]},
                **{"theta_left": old[k][left], "theta_right": old[k][right]},
            }
            if any(len(shape) == 2 for shape in seen.shapes):
                known |= {how: g[places] for how, places in matrices.items()}
            known["backwards"] = g[np.concatenate([np.arange(part.stop - 1, part.start - 1, -1) for part in parts])]
            if len(parts) > 1:
                known["calls"] = k * len(parts) + place + 1.0
                known["normed_each"] = g / norms
                known |= {f"cut each {most:g}": g * np.minimum(1.0, most / norms) for most in CLIPS}
                if len({part.stop - part.start for part in parts}) == 1:
                    size = parts[0].stop
                    known |= {"before": np.roll(g, size), "after": np.roll(g, -size)}
            for j in range(g.size) if g.size <= ANY_ENTRY else ():
                known |= {f"raw@{j}": np.full(g.size, g[j]), f"theta@{j}": np.full(g.size, old[k][j])}
            steps.append(known)
    return steps


def _turned(parts, shapes):
    """Where the entries of each matrix come from when it is turned; other arrays stay as they are."""
    found = {how: [] for how in TURNED if how != "backwards"}
    for part, shape in zip(parts, shapes):
        places = np.arange(part.start, part.stop).reshape(shape)
        turned = dict.fromkeys(found, places)
        if len(shape) == 2:
            if shape[0] == shape[1]:
                turned["transposed"] = places.T
            turned["by_columns"] = places.T.reshape(shape)
            turned["into_columns"] = part.start + np.argsort(places.T.ravel())
            turned["rows_back"], turned["columns_back"] = places[::-1], places[:, ::-1]
        for how, own in turned.items():
            found[how].append(own.ravel())
    return {how: np.concatenate(places) for how, places in found.items()}


def _over(parts, shapes):
    """For each kind of sum or mean the matrix that makes it; nothing where there are too many parameters."""
    size = parts[-1].stop
    if size > MOST_OVER:
        return {}
    made = {kind: np.eye(size) for kind in OVER}
    made["all_sum"] = np.ones((size, size))
    for part, shape in zip(parts, shapes):
        made["array_sum"][part, part] = 1.0
        if len(shape) == 2:
            made["rows_sum"][part, part] = np.kron(np.ones((shape[0],) * 2), np.eye(shape[1]))
            made["columns_sum"][part, part] = np.kron(np.eye(shape[0]), np.ones((shape[1],) * 2))
    for kind in [kind for kind in OVER if kind.endswith("mean")]:
        whole = made[kind.replace("mean", "sum")]
        made[kind] = whole / whole.sum(axis=0)
    absent = ("all",) * (len(parts) < 2) + ("rows", "columns") * all(len(shape) != 2 for shape in shapes)
    return {kind: matrix for kind, matrix in made.items() if not kind.startswith(absent)}


# Running programs.


def _line(trees, choices, known, rowed, size):
    """One line of all programs: what stands there in each, for each parameter."""
    order = np.argsort(choices, kind="stable")
    cuts = np.flatnonzero(np.diff(choices[order])) + 1
    out, made = np.empty((len(choices), size)), {}
    for rows in np.split(order, cuts):
        tree = trees[choices[rows[0]]]
        if rowed.isdisjoint(symbols(tree)):
            out[rows] = value(tree, known.__getitem__, made)
        else:
            out[rows] = value(tree, lambda name: known[name][rows] if name in rowed else known[name])
    return out


def run(program, rows, steps, columns, kept=None):
    """The parameters after each step from where the update was, (rows, columns), for each step in turn.

    ``kept`` is what becomes of a number that is remembered. Whoever asks for the next step may say which rows are to
    go on: ``send(mask)``.
    """
    names, old, rowed = program.form.names, {}, set()
    lines = [name for name in names if name != "theta"]
    remembered = [name for name in lines if any(f"{name}0" in symbols(tree) for _, tree in program.form.lines)]
    for step in steps:
        known = {name: x[columns] if np.ndim(x) == 1 else x for name, x in step.items()}
        known |= {f"{name}0": old.get(name, 0.0) for name in lines}
        rowed = {f"{name}0" for name in old if name in rowed}
        with np.errstate(all="ignore"):
            for at, name in enumerate(names):
                choices = rows[:, at]
                tree = program.trees[at][choices[0]]
                if name != "theta" and (choices == choices[0]).all() and rowed.isdisjoint(symbols(tree)):
                    known[name] = value(tree, known.__getitem__)  # the same in all programs
                else:
                    known[name] = _line(program.trees[at], choices, known, rowed, len(columns))
                    rowed.add(name)
                if kept and name in remembered:
                    known[name] = kept(known[name])
        keep = yield known["theta"]
        if keep is None:
            keep = slice(None)
        rows = rows[keep]
        old = {name: known[name][keep] if name in rowed else known[name] for name in lines}


def taking(program, rows, seen, steps, columns, judged=slice(None)):
    """The rows whose programs take every step on these columns, or those ``judged`` of them, to rounding."""
    start, tolerance = np.vstack([seen.start, seen.path[:-1]])[:, columns][:, judged], seen.digits * LOOSE
    path, eps = seen.path[:, columns][:, judged], np.finfo(np.float32 if seen.digits > DIGITS else float).eps
    left = []
    for at in range(0, len(rows), ROWS):
        some = rows[at : at + ROWS]
        running = run(program, some, steps, columns)
        there = next(running)
        for k in range(len(steps)):
            with np.errstate(all="ignore"):
                there = there[:, judged]
                moved = np.maximum(abs(there - start[k]), abs(path[k] - start[k]))
                allowed = tolerance * moved + 8 * eps * np.maximum(abs(start[k]), moved)
                close = (abs(there - path[k]) <= allowed) & np.isfinite(moved)
                close |= (there == path[k]) | np.isnan(there) & np.isnan(path[k])
            keep = close.all(axis=1)
            some = some[keep]
            if not len(some) or k == len(steps) - 1:
                break
            there = running.send(keep)
        left += some.tolist()
    return left


def differs(seen, prediction, path=None):
    """Where the update's path (or another) is not as predicted, (steps, P): to nine digits of what an entry moves."""
    path = seen.path if path is None else path
    with np.errstate(invalid="ignore", over="ignore"):
        moved = abs(prediction - seen.start)
        moved = np.where(np.isfinite(moved), moved, 0).max(axis=0)
        eps = np.finfo(np.float32 if seen.digits > DIGITS else float).eps
        rounding = 2 * len(path) * eps * np.maximum(abs(seen.start), moved)  # one of a subtraction in each step
        same = (path == prediction) | (np.isnan(path) & np.isnan(prediction))
        return ~(same | (abs(path - prediction) <= seen.digits * moved + rounding))


def predicted(program, row, steps, size, kept=None):
    """The parameters after each step of one program, (steps, P), each from where the update was."""
    running = run(program, np.array([row]), steps, np.arange(size), kept)
    return np.array([there[0] for there in running])


def columns_of(seen, wrong):
    """A few of the wrong parameters, from every array."""
    firsts = [np.flatnonzero(wrong[part])[:1] + part.start for _, part in seen.arrays]
    others = np.setdiff1d(np.flatnonzero(wrong), np.concatenate(firsts))
    chosen = [*np.concatenate(firsts)[:COLUMNS], *others[:: len(others) // COLUMNS + 1]]
    return np.array(chosen[: max(COLUMNS, 1)])


# What explains an update.


def explanations(like, seen, settings, wrong, size, over=False):
    """The readings with ``size`` exchanges that take all steps of the wrong parameters, cheapest first, each rule once.

    Parameters
    ----------
    like : str
    seen : SimpleNamespace
        What the update did.
    settings : dict
    wrong : ndarray of bool, shape (P,)
        The parameters that do not go where they should.
    size : int
        0 for other rules as they are, 1 and 2 for so many slips.
    over : bool
        One slip that takes several entries together.
    """
    steps, found = scope(seen, settings), []
    columns, judged = (np.arange(wrong.size), wrong) if over else (columns_of(seen, wrong), slice(None))
    if over and wrong.size > MOST_OVER:
        return []
    any_entry = size == 1 and not over and wrong.sum() <= 2 and wrong.size <= ANY_ENTRY
    for program in [Program(like, form, wrong.size) for form in GRAMMAR[like]] if any_entry else programs(like, over):
        if size == 2 and program.form.relative and like in ("adam", "adamw"):
            continue
        none = np.zeros((1 if program.form.relative else 0, len(program.trees)), int)
        blocks = [none]
        if size:
            blocks = program.singles(steps[0]) if size == 1 else program.two(steps[0])
        found += [(program, row) for rows in blocks for row in taking(program, rows, seen, steps, columns, judged)]
    readings = {}
    for program, row in sorted(found, key=lambda pair: pair[0].reading(pair[1]).price):
        far = differs(seen, predicted(program, row, steps, wrong.size))
        if far[:, wrong].any():
            continue
        rule = _rule(like, program, row)
        if rule not in readings:
            readings[rule] = replace(named_reading(like, program, row), everywhere=not far.any())
        if len(readings) == TOLD:
            break
    return sorted(readings.values(), key=lambda reading: (not reading.everywhere, reading.price))


def named_reading(like, program, row):
    """A reading with the names that the table of slips has for its exchanges, together or one by one, or "formula"."""
    whole = _table(like).get(_rule(like, program, row))
    alone = (_table(like).get(_rule(like, program, _alone(row, k)), "formula") for k, c in enumerate(row) if c)
    return replace(program.reading(row), names=(whole,) if whole else tuple(alone))


def _alone(row, k):
    return [c if line == k else 0 for line, c in enumerate(row)]


_DRAWN = {"lr": 0.37, "mu": 0.61, "beta1": 0.55, "beta2": 0.83, "eps": 0.21, "wd": 0.29}


@functools.cache
def _drawn():
    """Eight parameters in two matrices, and gradients for four steps, with which no two rules agree by chance."""
    rng = np.random.default_rng(5)
    arrays = [("", slice(0, 4)), ("", slice(4, 8))]
    drawn = {"start": rng.standard_normal(8), "gradients": rng.standard_normal((4, 8)), "shapes": [(2, 2), (2, 2)]}
    return SimpleNamespace(arrays=arrays, **drawn)


def _rule(like, program, row):
    """What a program does with other settings and gradients: equal for equal rules."""
    if any("@" in name for k, c in enumerate(row) for name in symbols(program.trees[k][c])):
        return repr(row).encode()
    drawn, path = _drawn(), np.empty((0, 8))
    for k in range(len(drawn.gradients)):
        so_far = SimpleNamespace(
            **vars(drawn) | {"path": np.vstack([path, np.zeros(8)]), "gradients": drawn.gradients[: k + 1]}
        )
        path = predicted(program, row, scope(so_far, _DRAWN), 8)
    return _rounded(path)


def _rounded(path):
    return (np.round(path, 9) + 0.0).tobytes()


@functools.cache
def _table(like):
    """Rule → the name that the table of slips has for it."""
    drawn, known = _drawn(), {}
    for form in FORMS[like]:
        for name, slip in SLIPS[like].items():
            changes = (*((line, choice) for line, choice in form if line not in dict(slip.changes)), *slip.changes)
            path = rule_path(like, drawn.start, drawn.gradients, _DRAWN, changes, 4)
            known.setdefault(_rounded(path), name)
    return known
