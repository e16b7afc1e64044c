"""Derivatives that are rarely written, in the steps of a cost: products of arrays in scope, and sums of two of them."""

import functools
import itertools
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from .keys import key_of
from .recorded import summed_to, value_of

FACTORS = 3  # of a product, counting those below the line
NEAR = 12  # steps apart whose arrays are in scope
SCOPE = 20  # arrays of one derivative, at most
PAIRS = 700, 2500  # products of which sums of two are tried: the shortest, and those that are added to them
LONGEST = 80  # steps of a record: in longer ones are loops, in which a mistake is made in each round
LARGEST = 150  # entries of a derivative that is looked for
SCREEN = 2  # places at which formulas are looked for; they are held against all of them
COARSE = 1e-9  # what may be left there, squared and relative
NARROW = 1e-5  # how far apart two directions may be along a third one
CHECKED = 40  # of those that fit there, the shortest
DISTINCT = 8  # numbers, at least, that a formula is held against
PRICE = 1.6  # of such a formula, and for each of its factors:
PER_FACTOR = 0.2
SHORT = 12  # letters of a text that is not replaced by one
LETTERS = "tuvwqrsfghjklpn"


@dataclass(frozen=True)
class Leaf:
    """An array in scope of a derivative: its text, and its value in a record."""

    text: str  # in which ⟨k⟩ stands for step k
    at: object


@dataclass(frozen=True)
class Product:
    """A product of leaves, some of them below the line."""

    above: tuple
    below: tuple

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


@functools.cache
def exponents(count):
    """All products of at most ``FACTORS`` of so many arrays, the shortest first: a row of signed numbers from 1 each.

    A negative number is below the line, 0 is no factor, and no array is on both sides.
    """
    rows = [(0,) * FACTORS]
    for size in range(1, FACTORS + 1):
        for some in itertools.combinations_with_replacement(range(1, count + 1), size):
            for signs in itertools.product((1, -1), repeat=size):
                signed = tuple(sign * k for sign, k in zip(signs, some))
                if list(signed) == sorted(signed, key=lambda n: (abs(n), -n)) and not {*signed} & {-n for n in signed}:
                    rows.append((*signed, *(0,) * (FACTORS - size)))
    return np.array(rows)


class Products:
    """The products that may stand for one derivative, each value once; ``values`` has a row a product and place."""

    def __init__(self, leaves, values):
        self.leaves, rows = leaves, exponents(len(leaves))
        powers = np.concatenate(
            [np.ones((1, *values.shape[1:])), values, 1 / values[::-1]]
        )  # so that −k counts from the end
        made = powers[rows[:, 0]]
        for k in range(1, FACTORS):
            made = made * powers[rows[:, k]]
        largest = abs(made).max(axis=(1, 2))
        good = np.isfinite(largest) & (largest > 0)
        rows, made, largest = rows[good], made[good], largest[good]
        weights = np.random.default_rng(1).standard_normal(made.shape[1:])
        told_apart = np.round(np.einsum("nps,ps->n", made, weights) / largest, 9)
        first = np.sort(np.unique(told_apart, return_index=True)[1])
        self.rows, self.values = rows[first], made[first]

    def __getitem__(self, k):
        signed = self.rows[k]
        return Product(
            tuple(self.leaves[n - 1] for n in signed if n > 0), tuple(self.leaves[-n - 1] for n in signed if n < 0)
        )


@dataclass(frozen=True)
class Target:
    """A derivative that may be another: what step v hands back to its source u, or all that u is handed."""

    v: int
    u: int
    e: int | None  # the edge from v to u; None for all that u is handed
    shape: tuple  # of what is looked for, before it is summed to the shape of u

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
        self.sizes = abs(self.came).max(axis=1)
        self.weight = 1 / np.where(self.sizes > 0, self.sizes, 1)[:SCREEN]

    def found(self):
        """The price and the words of the cheapest formula that has come; None where there is none."""
        record = self.records[0]
        if (
            len(record.steps) > LONGEST
            or not record.is_small
            or len(self.records) < SCREEN
            or not self.sizes.all()
            or not self._enough(self.came)
        ):
            return None
        for _, targets in itertools.groupby(self._targets(), key=lambda target: target.v):
            try:
                best = self._of_step(targets)
            except (KeyError, IndexError, ValueError):  # at another place the step is made of others
                continue
            if best:
                return min(best, key=lambda row: row[0])
        return None

    def _of_step(self, targets):
        """Formulas in the place of what one step hands back, at both of its sources, or added to it."""
        asked, found = [], []
        for target in targets:
            products = self._products(target)
            asked.append((target, products, self._columns(target, products)))
            found += self._of_one(*asked[-1])
        edges = [row for row in asked if row[0].e is not None]
        if not found and len(edges) == 2:
            found = self._of_both(*edges)
        for row in asked if not found else ():
            found += self._of_one(*row, added=True)
        return found

    # What may be another.

    def _targets(self):
        """The derivatives on which all wrong parameters depend, and no others, from the end of the record on."""
        record, reached = self.records[0], self._reached()
        readers = Counter(source.index for step in record.steps for source in step.sources)
        for step in reversed(record.steps[1:]):
            v = step.index
            if v not in record.bars or step.patched:
                continue
            for e, source in enumerate(step.sources):
                u = source.index
                entry_by_entry = step.slopes is not None
                if u in reached and source.value.size <= LARGEST and step.value.size <= LARGEST:
                    yield Target(v, u, e, step.value.shape if entry_by_entry else source.value.shape)
            if v in reached and readers[v] > 1 and step.value.size <= LARGEST:
                yield Target(v, v, None, step.value.shape)

    def _reached(self):
        """The steps by which derivatives go to most of the wrong entries, and to none of the right blocks."""
        record, found = self.records[0], set()
        for step in record.steps[1:]:
            if step.index in record.bars:
                rng = np.random.default_rng(step.index)
                part = record.pulled({step.index: rng.standard_normal(step.value.shape)})
                if not part[self.others].any() and (part[self.wrong] != 0).mean() > 0.5:
                    found.add(step.index)
        return found

    # What may stand there.

    def _leaves(self, target):
        """The arrays in scope, nearest first."""
        v, u, steps = target.v, target.u, self.records[0].steps
        first = self._from_above(target)
        yield from first
        own = [v, u, *(s.index for s in (*steps[v].sources, *steps[u].sources))]
        yield from (self._value(k, target) for k in dict.fromkeys(own) if k)
        yield from self._constants(target)
        yield from self._sums(target, first[0], dict.fromkeys((u, v)))
        for k in dict.fromkeys((u, v)):
            one = self._value(k, target)
            yield Leaf(f"(1 − {one.text})", lambda r, one=one: 1 - one.at(r))
            yield Leaf(f"[{one.text} > 0]", lambda r, one=one: (one.at(r) > 0) * 1.0)
        for part in self._parts_above(target):
            yield part
            yield from self._sums(target, part, ())
        for k in range(v + NEAR, v, -1):
            if k < len(steps) and k in self.records[0].bars:
                yield Leaf(f"∂C/∂⟨{k}⟩", lambda r, k=k: r.bars[k])
        yield from (self._value(k, target) for k in range(v + 3, v - NEAR, -1) if 0 < k < len(steps))
        readers = [k for k in range(v, v + NEAR) if k < len(steps)]
        yield from (self._value(s.index, target) for k in readers for s in steps[k].sources if s.index)

    def _from_above(self, target):
        """What comes from above, and the slope where it is that of a function entry by entry."""
        v, e, step = target.v, target.e, self.records[0].steps[target.v]
        if e is None or step.slopes is None:
            return [Leaf(target.name if e is None else f"({target.name})", target.right)]
        slope = Leaf(f"∂⟨{v}⟩/∂⟨{target.u}⟩", lambda r: r.steps[v].slopes[e])
        return [Leaf(f"∂C/∂⟨{v}⟩", lambda r: r.bars[v]), slope]

    def _value(self, k, target):
        """The value of step k; of a sum along an axis with that axis, where it is missing otherwise."""

        def at(r):
            step = r.steps[k]
            axis = (step.options or {}).get("axis") if step.name in ("sum", "max", "min") else None
            short = axis is not None and step.value.ndim < len(target.shape)
            return np.expand_dims(step.value, axis) if short else step.value

        return Leaf(f"⟨{k}⟩", at)

    def _constants(self, target):
        """The constant arrays of both steps, and the data."""
        for k in (target.v, target.u):
            for place, operand in enumerate(self.records[0].steps[k].operands):
                if isinstance(operand, np.ndarray) and operand.size > 1:
                    array = lambda r, k=k, place=place: np.asarray(value_of(r.steps[k].operands[place]), float)
                    yield Leaf(self.texts.as_operand(operand), array)
        for text, array in self.texts.constants(target.shape, self.texts.data):
            yield Leaf(text, lambda r, array=array: array)

    def _sums(self, target, first, beside):
        """Sums along each axis of an array, alone and times the values of some steps."""
        whole = lambda r: np.broadcast_to(first.at(r), target.shape)
        along = {1: "of its row", 0: "of its column"} if len(target.shape) == 2 else {}
        for axis, words in along.items():
            for k in beside:
                one = self._value(k, target)
                total = lambda r, one=one, axis=axis: (whole(r) * one.at(r)).sum(axis, keepdims=True)
                yield Leaf(f"(the sum {words} of {first.text} * {one.text})", total)
            alone = lambda r, axis=axis: whole(r).sum(axis, keepdims=True)
            yield Leaf(f"(the sum {words} of {first.text})", alone)

    def _parts_above(self, target):
        """What the next steps hand back to each of their sources."""
        steps, bars = self.records[0].steps, self.records[0].bars
        for k in range(target.v, min(target.v + NEAR, len(steps))):
            for e, source in enumerate(steps[k].sources if k in bars and steps[k].slopes is not None else ()):
                if source.value.shape == target.shape and (k, e) != (target.v, target.e):
                    name = f"(the part of ∂C/∂⟨{source.index}⟩ through ⟨{k}⟩)"
                    yield Leaf(name, lambda r, k=k, e=e: r.steps[k].pulls[e](r.bars[k]))

    def _values(self, leaf, target):
        """Its values at the first places, one row a place; None where it is of no use."""
        try:
            values = [np.broadcast_to(leaf.at(record), target.shape).ravel() for record in self.records[:SCREEN]]
        except (ValueError, IndexError, TypeError, KeyError):  # the record of another place is another
            return None
        values = np.array(values, float)
        return values if np.isfinite(values).all() and np.ptp(values) > 0 else None

    def _products(self, target):
        """All products of the leaves, the shortest first."""
        leaves, rows, seen = [], [], set()
        for leaf in self._leaves(target):
            values = self._values(leaf, target)
            if values is None:
                continue
            key = key_of(values / abs(values).max(), 9)
            if key not in seen:
                seen.add(key)
                leaves.append(leaf)
                rows.append(values)
            if len(leaves) == SCOPE:
                break
        return Products(leaves, np.array(rows).reshape(-1, SCREEN, int(np.prod(target.shape))))

    # What comes of it.

    def _columns(self, target, products):
        """For each product what the wrong parameters get, at the first places, one row a product."""
        parts = []
        for p, record in enumerate(self.records[:SCREEN]):
            shape = record.steps[target.u].value.shape
            places = np.broadcast_to(np.arange(np.prod(shape, dtype=int)).reshape(shape), target.shape).ravel()
            rows = record.handed_down(target.u)[:, self.wrong][places]
            parts.append(products.values[:, p] @ rows * self.weight[p])
        return np.concatenate(parts, axis=1)

    def _missing(self, *targets):
        """What is missing without these derivatives at every place; and that at the first ones, as a column is."""
        missing = self.came - np.array([record.gradient[self.wrong] for record in self.records])
        for p, record in enumerate(self.records):
            for target in targets:
                missing[p] += record.pulled({target.u: target.right(record)})[self.wrong]
        return missing, (missing[:SCREEN] * self.weight[:, None]).ravel()

    def _of_one(self, target, products, columns, added=False):
        """Formulas in the place of one derivative, or ``added`` to it."""
        missing, t = self._missing(*([] if added else [target]))
        if not t.any():
            return []
        single = [(products[k],) for k in _fitting(columns, t)[:CHECKED]]
        found = self._checked([target], single, missing, added)
        if not found:
            pairs = _two(columns[: PAIRS[0]], columns[: PAIRS[1]], t, same=True)
            found = self._checked([target, target], [(products[i], products[k]) for i, k in pairs], missing, added)
        return found

    def _of_both(self, one, other):
        """A formula at each of the two sources of a step; each is a target, its products and their columns."""
        missing, t = self._missing(one[0], other[0])
        if not t.any():
            return []
        pairs = [(one[1][i], other[1][k]) for i, k in _two(one[2][: PAIRS[0]], other[2][: PAIRS[0]], t)]
        return self._checked([one[0], other[0]], pairs, missing)

    def _checked(self, targets, combinations, missing, added=False):
        """Those that hold at every place to nine digits, with their prices and words."""
        found = []
        limit = 1e-8 * self.sizes + 1e-13
        for products in combinations:
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
            if (off <= limit[:, None]).all() and self._enough(columns[0]):
                found.append(self._words(targets, products, factors, added))
        return found

    def _enough(self, numbers):
        """Whether there are many more different numbers than a formula could fit by luck."""
        return len(np.unique(np.round(numbers / abs(numbers).max(), 9))) >= DISTINCT

    def _words(self, targets, products, factors, added):
        price, terms = PRICE, []
        for product, factor in zip(products, factors):
            named, more = self.named(float(factor))
            price += more / 2 + PER_FACTOR * product.size
            alone = product.size == 0 and named.strip("− ")  # a number
            terms.append((named.strip(), "") if alone else (named, product.text))
        if targets[0] is not targets[-1]:
            pairs = zip(targets, terms)
            said = [f"{named}{text} stands for {target.name}" for target, (named, text) in pairs]
            return price, self._in_letters("{d}, where " + ", and ".join(said))
        total = " + ".join(f"{named}{text}" for named, text in terms).replace("+ −", "− ")
        done = "is added to" if added else "stands for"
        return price, self._in_letters(f"{{d}}, where {total} {done} {targets[0].name}")

    def _in_letters(self, words):
        """The words with steps as they are written, and those that are long as letters that are explained."""
        taken = {*self.texts.blocks.values(), *(name for name, _ in self.texts.data)}
        letters = iter(letter for letter in LETTERS if letter not in taken)
        meant, said = {}, []
        for k in dict.fromkeys(map(int, re.findall(r"⟨(\d+)⟩", words))):
            text = self.texts.closed(self.records[0].steps[k])
            letter = next(letters, None) if len(text) > SHORT else None
            meant[k] = letter or text
            said += [f"{letter} = {self.texts.at(k)}"] if letter else []
        words = re.sub(r"⟨(\d+)⟩", lambda found: meant[int(found[1])], words)
        return f"{words}, with " + ", ".join(said) if said else words


def _fitting(F, t):
    """Which rows, times a number, make t."""
    with np.errstate(all="ignore"):
        squares, along = (F * F).sum(1), F @ t
        return np.flatnonzero(1 - along * along / (squares * (t @ t)) < COARSE)


def _two(A, B, t, same=False):
    """Which pairs of rows, each times a number, make t: the shortest of them.

    What two such rows have across t cancels, so it has the same direction or the opposite one. Rows are found by
    where their direction is along a random one, and held against each other only where that is the same.
    """
    with np.errstate(all="ignore"):
        A, B, t = (rows / np.linalg.norm(rows, axis=-1, keepdims=True) for rows in (A, B, t))
        across = [rows - np.multiply.outer(rows @ t, t) for rows in (A, B)]
        sizes = [np.linalg.norm(rows, axis=1) for rows in across]
        along = np.random.default_rng(2).standard_normal(len(t))
        keys = [abs(rows @ along) / size for rows, size in zip(across, sizes)]
    order = np.argsort(keys[1], kind="stable")  # on every processor the same; what is not finite comes last
    first, end = (np.searchsorted(keys[1][order], keys[0] + off) for off in (-NARROW, NARROW))
    counts = np.where(np.isfinite(keys[0]), np.minimum(end - first, CHECKED), 0)
    i = np.repeat(np.arange(len(A)), counts)
    k = order[np.arange(len(i)) + np.repeat(first - np.cumsum(counts) + counts, counts)]
    cosines = np.einsum("ij,ij->i", A[i], B[k])
    apart = 1 - cosines * cosines
    a, b = A[i] @ t, B[k] @ t
    # the squared length of what the two reach of t, times ``apart``
    reached = a * a + b * b - 2 * a * b * cosines
    good = (reached > (1 - COARSE) * apart) & (apart > 1e-8) & ((i < k) | (not same))
    pairs = np.column_stack([i, k])[good]
    return pairs[np.argsort(pairs.sum(axis=1), kind="stable")][:CHECKED]
