"""A rule as many programs: each of its forms with everything that a slip may put into each of its lines."""

import functools
import itertools
from dataclasses import dataclass

import numpy as np

from .batches import Batch
from .forms import GRAMMAR
from .neighbours import CLIPS, ODD, OVER, TOGETHER, TURNED, USUAL, Exchange, for_a_symbol, neighbours, over_several
from .rarer import DOUBLED, RARER
from .trees import letter, parts_of, put, symbols, written

OWN = {"sgd": ("lr",), "momentum": ("lr", "mu"), "adam": ("lr", "b1", "b2", "eps")}
OWN |= {"nesterov": OWN["momentum"], "rmsprop": ("lr", "mu", "b2", "eps"), "adagrad": ("lr", "eps")}
OWN["adamw"] = (*OWN["adam"], "wd")
OF_SEVERAL = {"calls", "before", "after", "normed_each", *(f"cut each {most:g}" for most in CLIPS)}  # arrays
BESIDE = {"left", "right", "theta_left", "theta_right"}
RELATIVE = 0.5  # what it costs to take another rule for the one that was meant
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


@dataclass(frozen=True)
class Reading:
    """A program that takes the steps: its price, its form, and the exchanges with the lines that they are in.

    ``names`` are those of the table of slips, or "formula". ``everywhere``: right parameters are predicted as well.
    ``but_for_eps`` is the same for readings that differ in ε alone.
    """

    price: float
    form: object
    exchanges: tuple
    names: tuple = ()
    everywhere: bool = False
    but_for_eps: bytes = b""

    def formulas(self, names):
        """The lines with an exchange, the right one beside the other."""
        shown = []
        for line, exchange in self.exchanges:
            own = named(self.form, line, names)
            right = dict(self.form.lines)[line]
            shown.append(tuple(f"{letter(line)} ← {written(tree, own)}" for tree in (right, exchange.tree)))
        return tuple(shown)

    def said(self, names):
        """Each exchange in words."""
        for line, exchange in self.exchanges:
            words = exchange.words(letter(line), named(self.form, line, names))
            yield words if exchange.kind == "begins" else f"In the line of {letter(line)}, {words}"

    def words(self, names):
        return " + ".join([self.form.relative] * bool(self.form.relative) + [own for _, own in self.formulas(names)])

    def shown(self):
        """All lines as they should be."""
        lines = [(line, named(self.form, line, {}), tree) for line, tree in self.form.lines if line != "g"]
        return ";  ".join(f"{letter(line)} ← {written(tree, own)}" for line, own, tree in lines)


def named(form, line, names):
    """How symbols read in a line of a form: the old value of what is new already is that of the step before."""
    at = form.names.index(line)
    old = {f"{name}0": letter(name) + "ₜ₋₁" * (k < at) for k, name in enumerate(form.names)}
    return {**WORDS, **old, **names, "theta0": "θ"}


@functools.cache
def _absent(present):
    """What a program cannot speak of where only this is there."""
    return frozenset(OF_SEVERAL.union(TURNED, OVER).difference(present))


class Program:
    """A form of a rule with everything that may stand in each of its lines; the first choice is the right one."""

    def __init__(self, like, form, entries=0, over=False):
        self.form, self.trees, self.exchanges, self.scopes, self.batches = form, [], [], [], {}
        self.together, self.twice = {}, []  # rows with one exchange in several lines; choices with two in one line
        self.spoken = {}  # line and what is absent → which choices speak of nothing of that
        whole = [name for name in form.names[:-1] if name != "rate"]
        for k, (line, tree) in enumerate(form.lines):
            before = [name for name in form.names[:k] if name != "rate"]
            arrays = ("theta0", *(f"{name}0" for name in whole), *before) if k else ()
            scalars = (*OWN[like], *(["rate"] * ("rate" in form.names[:k])))
            self.scopes.append((arrays, scalars))
            found = over_several(line, tree) if over else neighbours(line, tree, arrays, scalars)
            old = {"g": "raw", "theta": "theta0"}.get(line)
            if entries and old:  # any entry may stand for a wrong one, those beside it as well
                found = [exchange for exchange in found if exchange.new not in BESIDE]
                new = [f"{old.rstrip('0')}@{j}" for j in range(entries)]
                found += [Exchange(ODD, "for", old, name, put(tree, old, name)) for name in new]
            self.exchanges.append([None, *found])
            self.trees.append([tree, *(exchange.tree for exchange in found)])
        # the number of each tree in its line
        self.choices = [{tree: c for c, tree in reversed([*enumerate(trees)])} for trees in self.trees]
        self._with_a_part_kept()
        for name in (*OWN[like], "t"):
            for new, price in for_a_symbol(name, (), OWN[like]):
                self._everywhere({name: new}, price + TOGETHER)
        if "b1" in OWN[like]:
            for new, price in for_a_symbol("b1", (), ()):
                both = {"b1": new, "b2": put(new, "b1", "b2")}
                self._everywhere(both, price + 2 * TOGETHER)
                self._everywhere(both, price + 3 * TOGETHER, means=True)

    def _with_a_part_kept(self):
        """Add what keeps a part of a later line in the place of the mean or sum itself, such as its root or rate."""
        names = self.form.names
        for k, (line, tree) in enumerate(self.form.lines):
            if line == "g" or f"{line}0" not in symbols(tree):
                continue
            later = {"theta0", *names[k + 1 :]}
            for j in range(k + 1, len(names)):
                whole = self.form.lines[j][1]
                for part in dict.fromkeys(parts_of(whole)):
                    known = line in symbols(part) and later.isdisjoint(symbols(part))
                    if not known or part == line or part == whole and j == len(names) - 1:
                        continue
                    made, kept = put(whole, part, line), put(part, line, tree)
                    row = [0] * len(self.trees)
                    row[k], row[j] = self._choice(k, tree, kept, kept), self._choice(j, part, line, made)
                    self.together.setdefault(tuple(row), ODD)

    def _choice(self, k, old, new, made):
        """The number of this tree among the choices of a line."""
        if made not in self.choices[k]:
            self.choices[k][made] = len(self.trees[k])
            self.trees[k].append(made)
            self.exchanges[k].append(Exchange(np.inf, "for", old, new, made))
        return self.choices[k][made]

    def _everywhere(self, letters, price, means=False):
        """Add the exchange of letters in all lines at once where they stand in several, or in the ``means`` alone."""
        row = [0] * len(self.trees)
        for k, (_, tree) in enumerate(self.form.lines):
            if not symbols(tree).isdisjoint(letters) and not (means and "t" in symbols(tree)):
                name, new = next(pair for pair in letters.items() if pair[0] in symbols(tree))
                made = functools.reduce(lambda made, letter: put(made, letter, letters[letter]), letters, tree)
                row[k] = self._choice(k, name, new, made)
        if sum(map(bool, row)) > 1:
            self.together.setdefault(tuple(row), price)

    def batch(self, k):
        """The Batch of all choices of a line."""
        trees = self.trees[k]
        if k not in self.batches or len(self.batches[k].trees) != len(trees):
            self.batches[k] = Batch(tuple(trees))
        return self.batches[k]

    def possible(self, k, present, most=np.inf):
        """The exchanges of a line that cost no more and speak of nothing that this update does not have."""
        prices = np.array([np.inf] + [exchange.price for exchange in self.exchanges[k][1:]])
        return np.flatnonzero((prices <= most) & (prices < np.inf) & self.speaks_of(k, present))

    def speaks_of(self, k, present):
        """Which choices of a line speak only of what this update has."""
        absent = _absent(frozenset(present))
        known = self.spoken.get((k, absent), np.empty(0, bool))
        new = [absent.isdisjoint(symbols(tree)) for tree in self.trees[k][len(known) :]]
        if new or not len(known):
            self.spoken[k, absent] = known = np.append(known, np.array(new, bool))
        return known

    def singles(self, present):
        """Blocks of rows, each row the choices of a program with one exchange."""
        for k in range(len(self.trees)):
            chosen = self.possible(k, present)
            rows = np.zeros((len(chosen), len(self.trees)), int)
            rows[:, k] = chosen
            yield rows
        rows = np.array(list(self.together), int).reshape(-1, len(self.trees))
        yield rows[np.all([self.speaks_of(k, present)[rows[:, k]] for k in range(len(self.trees))], axis=0)]

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
                for first in usual:
                    for second in neighbours(line, first.tree, *self.scopes[k]):
                        if second.price <= USUAL and second.tree not in self.choices[k]:
                            self.twice.append((k, self._choice(k, tree, second.tree, second.tree)))
        for k, rows in itertools.groupby(self.twice, key=lambda pair: pair[0]):
            chosen = np.array([c for _, c in rows])
            chosen = chosen[self.speaks_of(k, present)[chosen]]
            block = np.zeros((len(chosen), len(self.trees)), int)
            block[:, k] = chosen
            yield block

    def two(self, present):
        return itertools.chain(self.pairs(present), self.doubles(present))

    def reading(self, row):
        made = [(self.form.names[k], self.exchanges[k][c]) for k, c in enumerate(row) if c]
        price = self.together.get(tuple(row)) or sum(min(exchange.price, 2 * USUAL) for _, exchange in made)
        return Reading(price + RELATIVE * bool(self.form.relative), self.form, tuple(made))


FORMS_OF = {"usual": GRAMMAR, "rarer": RARER, "doubled": DOUBLED}


@functools.cache
def programs(like, over=False, which="usual"):
    """The forms of a rule and of its relatives; with ``over`` the exchanges take several entries together.

    ``which`` is a key of ``FORMS_OF``.
    """
    return tuple(Program(like, form, over=over) for form in FORMS_OF[which][like])
