"""Which step of the cost, differentiated wrongly, gives the gradient that came: for costs of any kind."""

import re
import warnings
from dataclasses import dataclass, replace

import numpy as np

from . import expressions as x
from .altered import other_cost
from .grammar import Formula
from .least_squares import closest_sum
from .moved_blocks import moved_blocks
from .rare_steps import RareSteps
from .record import Record
from .slip_kinds import Slip, Ways
from .step_texts import Texts
from .truth import slopes_along

PLACES = 6
DIGITS = 1e-9
USUAL = 1.5  # up to this price no other cost is looked for
ODD = 4.0  # from this price on an explanation is only likely
STEPS = 400  # the longest record that is searched
LONG = 100  # from so many steps on it takes seconds


@dataclass(frozen=True)
class Fit:
    """A slip that predicts a part of the gradient to nine digits; ``factors`` are those of what is exchanged."""

    price: float
    words: str
    key: tuple
    slip: Slip | None = None
    factors: tuple = ()


def from_the_record(cost, grad, theta, blocks, data=(), samples=1, told_elsewhere=lambda: False):
    """What is differentiated wrongly in a cost that can be recorded.

    Parameters
    ----------
    cost, grad : callable
        Of a vector.
    blocks : list
        Pairs: the name of a block, and its places in theta.
    data : iterable
        Pairs of a name and an array that texts may name, such as ("X", X).
    told_elsewhere : callable
        Whether something else explains the gradient; asked before what takes seconds: the search of a long record, and
        that for rare formulas.

    Returns
    -------
    tuple or None
        The names of the blocks that are wrong; Formulas, for each of them or for all; whether they are simple; a name;
        and what constant arrays in them are.
        None where the cost cannot be recorded, or nothing explains every wrong entry at several places.
    """
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            records, came = _recorded(cost, grad, theta)
    except Exception:  # a cost is any program, and may do what cannot be written down
        return None
    if len(records) < 3 or len(records[0].steps) > STEPS:
        return None
    if len(records[0].steps) > LONG and told_elsewhere():
        return None
    right = np.array([record.gradient for record in records])
    wrong = [pair for pair in blocks if not _same(came[:, pair[1].ravel()], right[:, pair[1].ravel()])]
    texts = Texts(records[0], blocks, data, records[1:])
    with np.errstate(all="ignore"):
        search = Search(records, came, texts, samples)
        found = search.of_blocks(wrong) if wrong else None
    paid = sum({fit.words: fit.price for _, fit in found}.values()) if found else ODD
    if wrong and paid > USUAL:
        every = np.concatenate([block.ravel() for _, block in wrong])
        with np.errstate(all="ignore"):
            other = other_cost(cost, records, came, texts, search.named, every)
        if other is not None and other[0] < min(paid, ODD):
            return _of_another_cost(other, wrong, texts)
    if not found and wrong:
        with np.errstate(all="ignore"):
            moved = moved_blocks(cost, records, came, blocks, wrong, search.named)
        found = [(name, Fit(USUAL, words, ("moved",))) for name, words in moved or ()]
    if not found and wrong and not told_elsewhere():
        right_blocks = [block.ravel() for _, block in blocks if not any(block is other for _, other in wrong)]
        with np.errstate(all="ignore"):
            found = search.with_rare_ones(np.concatenate([np.zeros(0, int), *right_blocks]))
    if not found:
        return None
    formulas, used = [], texts.layers_of_blocks()
    for name, fit in found:
        d = f"∂C/∂{name}"
        computed, belongs = x.written_as(None, fit.words.format(d=d)), x.written_as(None, d)
        layer = layer_in(name, dict(blocks)) or used.get(name) or used.get(re.sub(r"\[[-:\d, ]+\]$", "", name))
        formulas.append(Formula(layer, f"d{name}", computed, belongs, ""))
    return (
        [name for name, _ in wrong],
        tuple(formulas),
        max(fit.price for _, fit in found) < ODD,
        "formula",
        texts.told([fit.words for _, fit in found]),
    )


def _of_another_cost(other, wrong, texts):
    """What from_the_record returns where the gradient is that of another cost, for all parameters or for some."""
    _, words, whole = other
    names, said = [name for name, _ in wrong], [words.replace("{d}", "∂C′/∂θ")]
    if whole:
        computed, belongs = x.written_as(None, said[0]), x.written_as(None, "∂C/∂θ")
        formulas = (Formula(_top(names, texts), "gradient", computed, belongs, ""),)
    else:
        said = [words.replace("{d}", f"∂C′/∂{name}") for name in names]
        formulas = tuple(
            Formula(_top([name], texts), f"d{name}", x.written_as(None, text), x.written_as(None, f"∂C/∂{name}"), "")
            for name, text in zip(names, said)
        )
    return names, formulas, True, "another-cost" if whole else "formula", texts.told(said)


def _top(names, texts):
    """The highest layer of some blocks, where it is known."""
    used = texts.layers_of_blocks()
    return max(
        (layer for name in names if (layer := layer_in(name, texts.blocks.values()) or used.get(name))), default=None
    )


def layer_in(name, names=()):
    """The number of a block's layer, where its name says one: W1, W[1] and [0][1] are of the first.

    Where the same list among ``names`` has an entry 0, it counts from there: weights[1] is then of the second layer;
    and so is b1 beside W0.
    """
    found = re.match(r"([A-Za-z_]+)\[?(\d+)\b", name)
    if found and found[1] not in ("theta", "params"):
        first = rf"{found[1]}\[0\b" if "[" in name else r"[A-Za-z_]+0$"
        from_zero = any(re.match(first, other) for other in names)
        return int(found[2]) + from_zero or None
    counted = re.match(r"\[(\d+)\]\[", name)
    return int(counted[1]) + 1 if counted else None


def _recorded(cost, grad, theta):
    """Records of the cost at theta and at other places, all with the same steps, and the gradients that came there."""
    rng, records, came = np.random.default_rng(3), [], []
    for spread in (0.0, 0.3, 1.0, 2.0, 0.3, 0.1, 0.1, 0.03, 0.03):
        at = theta + spread * (np.maximum(abs(theta), 0.5) * rng.standard_normal(theta.size))
        g = np.array(grad(at.copy()), float)
        record = Record(cost, at.copy())
        if not spread and not _holds(record, cost, theta):
            break
        if not np.isfinite(g).all() or not np.isfinite(record.gradient).all():
            if not spread:
                break
            continue
        if records and _steps(record) != _steps(records[0]):
            continue
        record.came = g
        records.append(record)
        came.append(g)
        if len(records) == PLACES:
            break
    return records, np.array(came)


def _steps(record):
    return [(step.name, np.shape(step.value)) for step in record.steps]


def _holds(record, cost, theta):
    """Whether the derivative of the record is that of the cost, along two directions."""
    along, error, directions = slopes_along(cost, theta, 2)
    return bool((abs(directions @ record.gradient - along) <= 100 * error + 1e-7 * abs(along).max()).all())


def _same(a, b):
    return bool((abs(a - b).max(axis=1) <= DIGITS * np.maximum(abs(a).max(axis=1), abs(b).max(axis=1)) + 1e-13).all())


class Search:
    """All slips of a record, held against the blocks that are wrong; from the end of the record to its beginning."""

    def __init__(self, records, came, texts, samples):
        self.came, self.texts, self.samples, self.left = came, texts, samples, []
        self._follow(records)

    def _follow(self, records):
        self.records, self.right = records, np.array([record.gradient for record in records])
        self.made, self.every = {}, None

    def of_blocks(self, wrong):
        """Pairs of the name of a block, or of a part of it, and the Fit of it; None where one has none.

        Where some blocks are explained by a slip, and others by none, these are asked given that slip.
        """
        chosen, before = [], "{d}"  # and the slips that the search has followed
        for _ in range(4):
            fits = [(name, block, self._fits(block.ravel()) or self._by_rows(block)) for name, block in wrong]
            best = [(name, min(some, key=lambda fit: fit.price)) for name, _, some in fits if some]
            best = [(name, replace(fit, words=_both(before, fit.words))) for name, fit in best]
            still_open = [(name, block) for name, block, some in fits if not some]
            self.left.append((self.records, chosen + best, still_open, before))
            if all(found for _, _, found in fits) or not any(found for _, _, found in fits):
                break
            patch = self._patch(fits)
            if patch is None:
                break
            for name, _, found in fits:
                same = next((fit for fit in found if fit.key == patch.key), None)
                chosen += [(name, replace(same, words=_both(before, same.words)))] if same else []
            wrong = [(name, block) for name, block, found in fits if all(fit.key != patch.key for fit in found)]
            before = _both(before, patch.words)
            before = before[before.index("{d}") :]
        common = None
        if all(found for _, _, found in fits):
            keys = set.intersection(*({fit.key for fit in found} for _, _, found in fits))
            common = min((fit for fit in fits[0][2] if fit.key in keys), key=lambda fit: fit.price, default=None)
        for name, block, found in fits:
            if not found:
                parts = self._of_parts(name, block)
                if parts is None:
                    return None
                chosen += [(part, replace(fit, words=_both(before, fit.words))) for part, fit in parts]
                continue
            best = min(found, key=lambda fit: fit.price)
            if common is not None:
                same = next(fit for fit in found if fit.key == common.key)
                best = same if same.price <= best.price + 1.0 else best
            chosen.append((name, replace(best, words=_both(before, best.words))))
        return chosen

    def with_rare_ones(self, right):
        """As ``of_blocks`` after it has failed: with a rare formula for the blocks that are left.

        ``right`` are the places in theta of the blocks that are right.
        """
        for records, chosen, open_blocks, before in self.left:
            places = np.concatenate([block.ravel() for _, block in open_blocks])
            found = RareSteps(records, self.came, self.texts, self.named, places, right).found()
            if found is not None:
                price, words = found
                return chosen + [(name, Fit(price, _both(before, words), ("rare",))) for name, _ in open_blocks]
        return None

    def _patch(self, fits):
        """The cheapest slip of an explained block that is on the way to one that is not; the search follows it."""
        open_blocks = [block.ravel() for _, block, found in fits if not found]
        candidates = sorted((fit for _, _, found in fits for fit in found if fit.slip), key=lambda fit: fit.price)
        explained = {id(fit): block.ravel() for _, block, found in fits for fit in found}
        for fit in candidates[:12]:
            patched = [record.patched(fit.slip, fit.factors) for record in self.records]
            there = np.array([record.gradient for record in patched])
            moved = any(not _same(there[:, part], self.right[:, part]) for part in open_blocks)
            part = explained[id(fit)]
            if moved and _same(there[:, part], self.came[:, part]):
                self._follow(patched)
                return fit
        return None

    def _of_parts(self, name, block):
        """A block whose first or last entry, row or column is wrong in another way than the rest."""
        ends = [(f"{name}[0]", f"{name}[1:]", (slice(0, 1), slice(1, None)))]
        ends.append((f"{name}[-1]", f"{name}[:-1]", (slice(-1, None), slice(0, -1))))
        if block.ndim == 2:
            ends += [(f"{name}[:, 0]", f"{name}[:, 1:]", ((slice(None), slice(0, 1)), (slice(None), slice(1, None))))]
            ends += [
                (f"{name}[:, -1]", f"{name}[:, :-1]", ((slice(None), slice(-1, None)), (slice(None), slice(0, -1))))
            ]
        for end, rest, keys in ends if block.ndim else ():
            chosen = []
            for part, places in zip((end, rest), (block[key].ravel() for key in keys)):
                if not places.size:
                    break
                if _same(self.came[:, places], self.right[:, places]):
                    continue
                found = self._fits(places)
                if not found:
                    break
                chosen.append((part, min(found, key=lambda fit: fit.price)))
            else:
                if chosen:
                    return chosen
        return None

    def _fits(self, places):
        """All slips that predict these entries at every place."""
        came = self.came[:, places]
        found = list(self._added(places, came))
        distinct = len(np.unique(np.round(came / (abs(came).max() or 1), 9), axis=0))
        limit = 10 * DIGITS * abs(came).max(axis=1, keepdims=True) + 1e-13
        for k, slip in enumerate(self.slips()):
            if places.size * distinct < 3 + max(1, len(slip.texts)):
                continue
            if slip.chained and slip.texts:
                continue
            if slip.chained:
                found += self._chained(k, slip, places, came, limit)
                continue
            every = []
            for p in range(len(self.records)):  # as few places as will do to refuse it
                every.append(self._parts(k, slip, p)[:, places])
                here = every[-1]
                if not np.isfinite(here).all() or p == 0 and not here.any():
                    break
                if p < 3 and places.size * (p + 1) > len(here):
                    some, said = np.concatenate(every, 1), came[: p + 1].ravel()
                    weights = np.repeat(1 / limit[: p + 1, 0], places.size)
                    off = abs(_factors(some * weights, said * weights) @ some - said) * weights
                    if (off > 1).any():
                        break
            if len(every) < len(self.records) or not np.isfinite(every[-1]).all():
                continue
            every = np.array(every)
            columns = np.moveaxis(every, 1, 0)
            factors = _factors((columns / limit).reshape(len(columns), -1), (came / limit).ravel())
            factors = np.where(abs(np.round(2 * factors) / 2 - factors) < 1e-8, np.round(2 * factors) / 2, factors)
            if (abs(np.tensordot(factors, columns, 1) - came) <= limit).all():
                fit = self._read(slip, factors, columns, places)
                if fit:
                    found.append(fit)
        return found

    def _chained(self, k, slip, places, came, limit):
        """The fit of a slip in rounds that are made of one another: what it concerns has one of a few factors."""
        factors = (0.0, -1.0, 2.0, 0.5, *self._constants()) if slip.scaled else (1.0,)
        for factor in factors:
            for p, record in enumerate(self.records):
                if (k, p, factor) not in self.made:
                    self.made[k, p, factor] = record.patched(slip, (factor,)).gradient
                if not (abs(self.made[k, p, factor][places] - came[p]) <= limit[p]).all():
                    break
            else:
                words = f"{{d}}, where {slip.words}"
                if slip.scaled:
                    words = f"{{d}} with {factor:.6g} times {slip.words}".replace("-", "−")
                if slip.scaled and factor in (0.0, -1.0):
                    words = f"{{d}} {'with the wrong sign of' if factor else 'without'} {slip.words}"
                price = slip.price + 0.2 * (factor not in (0.0, 1.0))
                return [Fit(price, words, (slip.words, factor), slip, (factor,))]
        return []

    def _constants(self):
        """Numbers by which the cost multiplies or divides, and their inverses."""
        found = {}
        for step in self.records[0].steps[1:]:
            for operand in step.operands if step.name in ("multiply", "divide") else ():
                if isinstance(operand, (int, float)) and operand not in (0, 1, -1, 2, 0.5):
                    found |= {1.0 / operand: None, float(operand): None}
        return list(found)[:8]

    def _parts(self, k, slip, p):
        """At place p, what a slip leaves of the right gradient, and each of the things that it may put beside it."""
        if (k, p) not in self.made:
            record, rest = self.records[p], self.right[p].copy()
            put = np.zeros((max(1, len(slip.texts)), rest.size))
            for one in (slip, *slip.more):
                bar = record.bars.get(one.v)
                if bar is None:
                    continue
                old, new = one.change(record)
                rest -= record.pulled_from(old, bar)
                put += [record.pulled_from(pairs, bar) for pairs in new]
            rest[abs(rest) < 1e-14 * abs(self.right[p]).max()] = 0
            self.made[k, p] = np.vstack([rest, put])
        return self.made[k, p]

    def _added(self, places, came):
        """A factor, or a function of the parameters beside the gradient."""
        theta, right = np.array([record.theta[places] for record in self.records]), self.right[:, places]
        limit = 10 * DIGITS * abs(came).max() + 1e-13
        if not came.any():
            yield Fit(0.9, "0, not {d}", ("zero",))
            return
        terms = {"θ": theta, "sign(θ)": np.sign(theta), "|θ|": abs(theta), "1": np.ones_like(theta), "θ²": theta**2}
        yield from self._times_a_number(places, came, right, limit)
        for text, term in {**terms, "θ ∂C/∂θ": theta * right}.items():
            f, c = _factors(np.array([right.ravel(), term.ravel()]), came.ravel())
            if (abs(f * right + c * term - came) > limit).any():
                continue
            if abs(c) * abs(term).max() <= limit:
                if len(np.unique(np.round(right / abs(right).max(), 9), axis=0)) * places.size > 1:
                    named, price = self.named(f)
                    yield Fit(price, f"{named}{{d}}", ("factor", round(f, 8)))
                return
            if abs(f) < 1e-8 or places.size * len(self.records) < 4:
                continue
            named, price = self.named(f)
            if price > 1 and _reaches(right, term, theta if text == "1" else np.ones_like(theta)):
                continue
            price += self._by_luck(places, (f, c))
            sign, size = "−" if c < 0 else "+", "" if abs(abs(c) - 1) < 1e-8 else f"{abs(c):.6g} "
            yield Fit(1.2 + price, f"{named}{{d}} {sign} {size}{text}", ("added", text, round(c, 8)))

    def _by_rows(self, block):
        """The fit of a penalty that counts otherwise in every row of a block, or in every column."""
        found = []
        for words, turned in (("rows", block), ("columns", block.T)) if block.ndim == 2 else ():
            off = (self.came - self.right)[:, turned]
            theta = np.array([record.theta[turned] for record in self.records])
            times = (off * theta).sum(axis=(0, 2)) / (theta * theta).sum(axis=(0, 2))
            limit = 10 * DIGITS * abs(self.came[:, block.ravel()]).max() + 1e-13
            if min(block.shape) < 2 or (abs(off - times[:, None] * theta) > limit).any() or np.ptp(times) <= limit:
                continue
            least = abs(times[abs(times) > limit]).min()
            for unit in (least, least / 2, least / 3):
                counts = np.round(times / unit)
                if (abs(times - counts * unit) > limit).any():
                    continue
                numbers = ", ".join(f"{count:.0f}" for count in counts[:8]) + ", …" * (len(counts) > 8)
                said = f"{{d}} + {unit:.6g} n θ, with n = {numbers} for its {words}".replace("-", "−")
                found.append(Fit(1.6, said, ("rows", words)))
                break
        return found

    def _times_a_number(self, places, came, right, limit):
        """The gradient times a number of the cost, which is another at each place, or divided by it."""
        for step in self.records[0].steps[1:]:
            if step.value.ndim or places.size < 2:
                continue
            numbers = np.array([float(record.steps[step.index].value) for record in self.records])[:, None]
            if np.ptp(numbers) <= 1e-9 * abs(numbers).max() or not numbers.all():
                continue
            for words, term in (("times", numbers * right), ("divided by", right / numbers)):
                f = float((term * came).sum() / max((term * term).sum(), 1e-300))
                if f and (abs(f * term - came) <= limit).all():
                    named, price = self.named(f)
                    said = f"{named}{{d}} {words} {self.texts.as_operand(step)}"
                    yield Fit(1.2 + price, said, ("number", words, step.index))

    def _read(self, slip, factors, columns, places):
        """A fit in words, with its price; None for one that says nothing."""
        f, ways = factors[0], factors[1:]
        rest, put = columns[0].any(), columns[1:].any()
        if not rest:  # what is exchanged is all there is
            f = 1.0
            if slip.scaled or not ways.any():
                return None
        if abs(f) < 1e-9 or not put and not slip.scaled:
            return None
        ratios = ways / f
        named, price = self.named(f)
        price += self._by_luck(places, (f, *ratios))
        key = (slip.words, *np.round((f, *ratios), 8))
        if slip.texts:
            m = float(self.samples)
            if not rest and abs(ratios).max() >= m > 2 and (np.round(2 * ratios / m) == 2 * ratios / m).all():
                ratios, (named, price) = (ratios / m, (self.named(m)[0], price - self.named(f)[1] + self.named(m)[1]))
            terms = [(r, text) for r, text in zip(ratios, slip.texts) if abs(r) > 1e-9]
            price += slip.price + 0.25 * len(terms) + sum(self.named(abs(r))[1] > 1 for r, _ in terms) * 0.5
            words = f"{slip.words} {_sum_of(terms)}"
            return Fit(price, f"{named}{{d}}, where {words}", key, slip, tuple(ratios))
        ratio = ratios[0]
        again, more = self.named(ratio) if abs(ratio) > 1e-9 else ("0 ", 0.0)
        if not slip.scaled:
            if abs(ratio) < 1e-9:  # nothing stands for the right part, whatever could have: that is told elsewhere
                return None
            words = slip.words if again in ("", "−") else f"{again.strip()} times {slip.words}"
            if again == "−":
                words = f"{words}, with a minus" if words.startswith("the ") else f"−{words}"
            return Fit(slip.price + price + more, f"{named}{{d}}, where {words}", key, slip, (ratio,))
        if not put or abs(ratio - 1) < 1e-9:
            return None
        words = f"with {again.strip()} times {slip.words}"
        if abs(ratio) < 1e-9:
            words = f"without {slip.words}"
        elif abs(ratio + 1) < 1e-9:
            words, more = f"with the wrong sign of {slip.words}", 0.1
        else:
            more += 0.2
        return Fit(slip.price + price + more, f"{named}{{d}} {words}", key, slip, (ratio,))

    def named(self, factor):
        """A factor in words, and its price."""
        m = float(self.samples)
        known = {
            2 / m: ("2/m ", 0.8),
            m: ("m ", 0.7),
            1 / m: ("1/m ", 0.7),
            2.0: ("2 ", 0.7),
            0.5: ("½ ", 0.7),
            -1.0: ("−", 0.6),
            1.0: ("", 0.0),
        }
        for value, (text, price) in known.items():
            if abs(factor / value - 1) < 1e-8:
                return text, price
            if value not in (1.0, -1.0) and abs(factor / value + 1) < 1e-8:
                return f"−{text}", price + 0.1
        return f"{factor:.6g} ".replace("-", "−"), 1.6

    def _by_luck(self, places, factors):
        """The price of two or more fitted numbers that are no simple ones, where there are hardly more entries."""
        odd = sum(self.named(abs(f))[1] > 1 for f in factors if abs(f) > 1e-9)
        return ODD if odd > 1 and places.size < 3 * odd else 0.0

    def slips(self):
        if self.every is None:
            self.every = list(Ways(self.records[0], self.texts).all())
        return self.every


def _reaches(right, term, other):
    """Whether two free factors reach this array as well: then they fit what came for want of numbers."""
    f, c = _factors(np.array([right.ravel(), term.ravel()]), other.ravel())
    return bool((abs(f * right + c * term - other) < 1e-8 * abs(other).max()).all())


def _factors(columns, came):
    """The factors of the closest sum of the columns, by least squares; the first is 1 where its column is empty."""
    sizes = np.linalg.norm(columns, axis=1)
    alive = (sizes > 0) & np.isfinite(sizes)
    found = np.where(np.arange(len(columns)) == 0, 1.0, 0.0)
    if alive.any():
        found[alive] = closest_sum(columns[alive].T, came, 1e-11)[0]
    return found


def _both(first, second):
    """Two patterns of words for one gradient, the second given the first."""
    return second.replace("{d}, where", "{d}, and" if ", where" in first else "{d}, where").format(d=first)


def _sum_of(terms):
    """A sum of factors and texts in words."""
    said = ""
    for factor, text in terms:
        size = "" if abs(abs(factor) - 1) < 1e-8 and text != "1" else f"{abs(factor):.6g}"
        sign = ("−" if factor < 0 else "") if not said else (" − " if factor < 0 else " + ")
        said += sign + (size or "1" if text == "1" else f"{size} {text}".strip())
    return said
