"""Derivatives that are rarely written, in the steps of a cost: products of arrays in scope, and sums of two of them."""

import itertools
import re
from dataclasses import dataclass, field

import numpy as np

from .recorded import summed_to

FACTORS = 3  # of a product, counting those below the line
NEAR = 12  # steps apart whose arrays are in scope
SCOPE = 18  # arrays of one derivative, at most
PAIRS = 700  # products of which sums of two are tried, the shortest
LARGEST = 150  # entries of a derivative that is looked for
WORK = 6000  # derivatives that are handed down to the parameters, one entry at a time
SCREEN = 2  # places at which formulas are looked for; they are held against all of them
COARSE = 1e-9  # what may be left there, squared and relative
CHECKED = 40  # of those that fit there, the shortest
PRICE = 1.6  # of such a formula, and for each of its factors:
PER_FACTOR = 0.2
SHORT = 12  # letters of a text that is not replaced by one
LETTERS = "tuvwqrs"


@dataclass(frozen=True)
class Leaf:
    """An array in scope of a derivative: its text, and its value in a record."""

    text: str  # in which ⟨k⟩ stands for step k
    at: object


@dataclass(frozen=True)
class Product:
    """A product of leaves, some of them below the line, and its value at the first places, one row a place."""

    above: tuple
    below: tuple
    value: np.ndarray

    @property
    def size(self):
        return len(self.above) + len(self.below)

    def at(self, record):
        value = 1.0
        for leaf in self.above:
            value = value * leaf.at(record)
        for leaf in self.below:
            value = value / leaf.at(record)
        return value

    @property
    def text(self):
        shown = lambda leaves: " * ".join(leaf.text for leaf in leaves)
        top = shown(self.above) or "1"
        if not self.below:
            return top
        return f"{top} / ({shown(self.below)})" if len(self.below) > 1 else f"{top} / {shown(self.below)}"


@dataclass(frozen=True)
class Target:
    """A derivative that may be another: what step v hands back to its source u, or all that u is handed."""

    v: int
    u: int
    e: int | None  # the edge from v to u; None for all that u is handed
    shape: tuple  # of what is looked for, before it is summed to the shape of u
    products: list = field(default_factory=list)

    @property
    def name(self):
        return f"∂C/∂⟨{self.u}⟩" if self.e is None else f"the part of ∂C/∂⟨{self.u}⟩ through ⟨{self.v}⟩"

    def right(self, record):
        """The right derivative by u through this edge, or through all."""
        if self.e is None:
            return record.bars[self.u]
        return record.steps[self.v].pulls[self.e](record.bars[self.v])

    def handed(self, record, value):
        """What the parameters get where the derivative is another."""
        whole = np.broadcast_to(value, self.shape)
        return record.pulled({self.u: summed_to(record.steps[self.u].value.shape, whole)})


class RareSteps:
    """The search for one such formula, or for one at each of two sources of a step."""

    def __init__(self, records, came, texts, named, wrong, others):
        self.records, self.texts, self.named = records, texts, named
        self.came, self.wrong, self.others = came[:, wrong], wrong, others
        self.left = WORK
        self.weight = 1 / abs(self.came[:SCREEN]).max(axis=1)

    def found(self):
        """The price, the words and what makes the formula, of the cheapest formula that has come; None where none."""
        targets = list(self._targets())
        best = []
        for step_targets in _by_step(targets):
            for target in step_targets:
                best += self._of_one(target)
            if best:
                break
            both = [target for target in step_targets if target.e is not None and target.products]
            if len(both) == 2:
                best += self._of_both(*both)
            if best:
                break
        return min(best, key=lambda row: row[0], default=None)

    # What may be another.

    def _targets(self):
        """The derivatives on which all wrong parameters depend, and no others, from the end of the record on."""
        record, readers = self.records[0], {}
        for step in record.steps[1:]:
            for source in step.sources:
                readers.setdefault(source.index, []).append(step.index)
        reach = self._reached()
        for step in reversed(record.steps[1:]):
            v = step.index
            if v not in record.bars or step.patched or len(self.records) < SCREEN:
                continue
            for e, source in enumerate(step.sources):
                u = source.index
                if not reach.get(u) or not self._reaches_all(u):
                    continue
                entry_by_entry = step.slopes is not None
                if u and source.value.size <= LARGEST and step.value.size <= LARGEST:
                    yield Target(v, u, e, step.value.shape if entry_by_entry else source.value.shape)
            if reach.get(v) and len(readers.get(v, ())) > 1 and step.value.size <= LARGEST and self._reaches_all(v):
                yield Target(v, v, None, step.value.shape)

    def _reached(self):
        """For each step whether derivatives by it go to some wrong entry, and to none of the right blocks."""
        record, own = self.records[0], np.zeros(self.records[0].theta.size, bool)
        own[self.wrong] = True
        found = {}
        for step in record.steps[1:]:
            if step.index in record.bars:
                rng = np.random.default_rng(step.index)
                part = record.pulled({step.index: rng.standard_normal(step.value.shape)})
                found[step.index] = part.any() and not part[self.others].any()
        return found

    def _reaches_all(self, u):
        record = self.records[0]
        part = record.pulled({u: np.random.default_rng(u).standard_normal(record.steps[u].value.shape)})
        return bool((part[self.wrong] != 0).mean() > 0.5)

    # What may stand there.

    def _leaves(self, target):
        """The arrays in scope, nearest first."""
        record, v, u = self.records[0], target.v, target.u
        steps, at = record.steps, "⟨{}⟩".format
        fits = lambda value: _broadcasts(np.shape(value), target.shape)
        g = Leaf(target.name if target.e is None else f"({target.name})", target.right)
        if target.e is not None and steps[v].slopes is not None:
            yield Leaf(f"∂C/∂{at(v)}", lambda r: r.bars[v])
            yield Leaf(f"∂{at(v)}/∂{at(u)}", lambda r: r.steps[v].slopes[target.e])
        else:
            yield g
        value_of = lambda k: lambda r: r.steps[k].value
        near = [v, u, *(s.index for s in steps[v].sources), *(s.index for s in steps[u].sources)]
        near += [k for k in range(v + 3, v - NEAR, -1) if 0 < k < len(steps)]
        for k in dict.fromkeys(near):
            if k and fits(steps[k].value) and steps[k].value.size > 1:
                yield Leaf(at(k), value_of(k))
        for step in (steps[v], steps[u]):
            for k, operand in enumerate(step.operands):
                if isinstance(operand, np.ndarray) and fits(operand) and operand.size > 1:
                    array = lambda r, j=step.index, k=k: np.asarray(_number(r.steps[j].operands[k]), float)
                    yield Leaf(self.texts.as_operand(operand), array)
        for text, array in self.texts.constants(target.shape, self.texts.data):
            yield Leaf(text, lambda r, array=array: array)
        if len(target.shape) == 2:
            first = next(iter(self._first(target, g)))
            for axis, words in ((1, "of its row"), (0, "of its column")):
                for k in dict.fromkeys((u, v)):
                    if steps[k].value.shape == target.shape:
                        total = lambda r, k=k, axis=axis: (first.at(r) * r.steps[k].value).sum(axis, keepdims=True)
                        yield Leaf(f"(the sum {words} of {first.text} * {at(k)})", total)
                alone = lambda r, axis=axis: np.broadcast_to(first.at(r), target.shape).sum(axis, keepdims=True)
                yield Leaf(f"(the sum {words} of {first.text})", alone)
        for k in dict.fromkeys((u, v)):
            if fits(steps[k].value) and steps[k].value.size > 1:
                yield Leaf(f"(1 − {at(k)})", lambda r, k=k: 1 - r.steps[k].value)
                yield Leaf(f"[{at(k)} > 0]", lambda r, k=k: (r.steps[k].value > 0) * 1.0)
        for k in range(v + NEAR, v, -1):
            if k < len(steps) and k in record.bars and fits(record.bars[k]) and np.size(record.bars[k]) > 1:
                yield Leaf(f"∂C/∂{at(k)}", lambda r, k=k: r.bars.get(k, np.zeros(target.shape)))

    def _first(self, target, g):
        v = target.v
        if target.e is not None and self.records[0].steps[v].slopes is not None:
            yield Leaf(f"∂C/∂⟨{v}⟩", lambda r: r.bars[v])
        yield g

    def _values(self, leaf, target):
        """Its values at the first places, one row a place; None where it is of no use."""
        try:
            values = [np.broadcast_to(leaf.at(record), target.shape).ravel() for record in self.records[:SCREEN]]
        except (ValueError, IndexError, TypeError, KeyError):  # the record of another place is another
            return None
        values = np.array(values, float)
        return values if np.isfinite(values).all() and values.any() else None

    def _products(self, target):
        """All products of the leaves, the shortest first, each value once."""
        leaves, seen = [], set()
        for leaf in self._leaves(target):
            values = self._values(leaf, target)
            if values is None or np.ptp(values) == 0:
                continue
            key = np.round(values / abs(values).max(), 9).tobytes()
            if key not in seen:
                seen.add(key)
                leaves.append((leaf, values))
            if len(leaves) == SCOPE:
                break
        ones = Product((), (), np.ones((SCREEN, int(np.prod(target.shape)))))
        made, last, seen = [ones], [(ones, -1)], set()
        for _ in range(FACTORS):
            longer = []
            for (product, start), (k, (leaf, values)) in itertools.product(last, enumerate(leaves)):
                if k < start:
                    continue
                for below in (False, True):
                    if any(leaf is other for other in (product.above if below else product.below)):
                        continue
                    value = product.value / values if below else product.value * values
                    if not np.isfinite(value).all() or not value.any():
                        continue
                    key = np.round(value / abs(value).max(), 9).tobytes()
                    if key in seen:
                        continue
                    seen.add(key)
                    sides = (
                        (product.above, (*product.below, leaf)) if below else ((*product.above, leaf), product.below)
                    )
                    longer.append((Product(*sides, value), k))
            made, last = made + [product for product, _ in longer], longer
        return made

    # What comes of it.

    def _columns(self, target):
        """For each product what the wrong parameters get, at the first places, one row a product."""
        parts = []
        for p, record in enumerate(self.records[:SCREEN]):
            shape = record.steps[target.u].value.shape
            size = int(np.prod(shape, dtype=int))
            rows = np.array([record.pulled({target.u: one.reshape(shape)})[self.wrong] for one in np.eye(size)])
            places = np.broadcast_to(np.arange(size).reshape(shape), target.shape).ravel()
            parts.append((np.array([product.value[p] for product in target.products]) @ rows[places]) * self.weight[p])
        return np.concatenate(parts, axis=1)

    def _rest(self, *targets):
        """What would come without these derivatives, and what is missing then, at every place."""
        rest = np.array([record.gradient[self.wrong] for record in self.records])
        for k, record in enumerate(self.records):
            for target in targets:
                rest[k] -= record.pulled({target.u: target.right(record)})[self.wrong]
        return rest, self.came - rest

    def _affordable(self, target):
        cost = SCREEN * self.records[0].steps[target.u].value.size
        self.left -= cost
        return self.left >= 0

    def _of_one(self, target):
        """Formulas in the place of one derivative."""
        if not self._affordable(target):
            return []
        target.products.extend(self._products(target))
        _, missing = self._rest(target)
        t = (missing[:SCREEN] * self.weight[:, None]).ravel()
        if not t.any():
            return []
        F = self._columns(target)
        single = [(target.products[k],) for k in _fitting(F, t)]
        found = self._checked([target], single, missing)
        if not found:
            some = slice(0, PAIRS)
            pairs = _two(F[some], F[some], t, same=True)
            found = self._checked(
                [target, target], [(target.products[i], target.products[k]) for i, k in pairs], missing
            )
        return found

    def _of_both(self, one, other):
        """A formula at each of the two sources of a step."""
        _, missing = self._rest(one, other)
        t = (missing[:SCREEN] * self.weight[:, None]).ravel()
        if not t.any():
            return []
        A, B = self._columns(one)[:PAIRS], self._columns(other)[:PAIRS]
        pairs = [(one.products[i], other.products[k]) for i, k in _two(A, B, t)]
        return self._checked([one, other], pairs, missing)

    def _checked(self, targets, combinations, missing):
        """Those that hold at every place to nine digits, with their prices and words."""
        found = []
        limit = 1e-8 * abs(self.came).max(axis=1) + 1e-13
        order = sorted(combinations, key=lambda products: sum(product.size for product in products))
        for products in order[:CHECKED]:
            with np.errstate(all="ignore"):
                try:
                    columns = np.array(
                        [
                            [target.handed(record, product.at(record))[self.wrong] for record in self.records]
                            for target, product in zip(targets, products)
                        ]
                    )
                except (ValueError, IndexError, KeyError):
                    continue
            if not np.isfinite(columns).all():
                continue
            weighted = (columns / limit[:, None]).reshape(len(columns), -1)
            factors = np.linalg.lstsq(weighted.T, (missing / limit[:, None]).ravel(), rcond=1e-12)[0]
            off = abs(np.tensordot(factors, columns, 1) - missing)
            if (off <= limit[:, None]).all() and self._enough(columns):
                price, words = self._words(targets, products, factors)
                found.append((price, words))
        return found

    def _enough(self, columns):
        """Whether there are many more different numbers than a formula could fit by luck."""
        distinct = np.unique(np.round(columns[0] / abs(columns[0]).max(), 9))
        return len(distinct) >= 8

    def _words(self, targets, products, factors):
        price, terms = PRICE, []
        for product, factor in zip(products, factors):
            named, more = self.named(float(factor))
            price += more / 2 + PER_FACTOR * product.size
            terms.append((named, product.text))
        if targets[0] is not targets[-1]:
            pairs = zip(targets, terms)
            said = [f"{named}{text} stands for {target.name}" for target, (named, text) in pairs]
            return price, self._in_letters("{d}, where " + ", and ".join(said))
        total = " + ".join(f"{named}{text}" for named, text in terms).replace("+ −", "− ")
        return price, self._in_letters(f"{{d}}, where {total} stands for {targets[0].name}")

    def _in_letters(self, words):
        """The words with steps as they are written, and those that are long as letters that are explained."""
        letters = iter(letter for letter in LETTERS if letter not in {*self.texts.blocks.values()})
        meant, said = {}, []
        for k in dict.fromkeys(map(int, re.findall(r"⟨(\d+)⟩", words))):
            text = self.texts.as_operand(self.records[0].steps[k])
            meant[k] = text if len(text) <= SHORT else next(letters)
            said += [f"{meant[k]} = {self.texts.at(k)}"] * (len(text) > SHORT)
        words = re.sub(r"⟨(\d+)⟩", lambda found: meant[int(found[1])], words)
        return f"{words}, with " + ", ".join(said) if said else words


def _by_step(targets):
    return [list(group) for _, group in itertools.groupby(targets, key=lambda target: target.v)]


def _number(operand):
    return getattr(operand, "value", operand)


def _broadcasts(shape, whole):
    try:
        return np.broadcast_shapes(shape, whole) == whole
    except ValueError:
        return False


def _fitting(F, t):
    """Which rows, times a number, make t."""
    with np.errstate(all="ignore"):
        squares, along = (F * F).sum(1), F @ t
        return np.flatnonzero(1 - along * along / (squares * (t @ t)) < COARSE)


def _two(A, B, t, same=False):
    """Which pairs of rows, each times a number, make t."""
    with np.errstate(all="ignore"):
        aa, bb, ab = (A * A).sum(1)[:, None], (B * B).sum(1), A @ B.T
        at, bt, tt = (A @ t)[:, None], B @ t, t @ t
        determinant = aa * bb - ab * ab
        left = 1 - (bb * at * at - 2 * ab * at * bt + aa * bt * bt) / (determinant * tt)
        good = (abs(left) < COARSE) & (determinant > 1e-8 * aa * bb)
    return [(i, k) for i, k in np.argwhere(good) if not same or i < k]
