"""Which step of the cost, differentiated wrongly, gives the gradient that came: for costs of any kind."""

import itertools
import re
import warnings
from dataclasses import dataclass, replace

import numpy as np

from . import expressions as x
from .altered import other_cost
from .grammar import Formula
from .recorded import Record, summed_to
from .step_texts import MOVED, Texts
from .truth import slopes_along

PLACES = 6
DIGITS = 1e-9
USUAL = 1.5  # up to this price no other cost is looked for
ODD = 4.0  # from this price on an explanation is only likely
CURVED = ("sqrt", "exp", "log", "tanh", "square", "reciprocal", "log1p", "power")  # also of a single number
OTHER_SLOPES = (  # of an argument, by which a function may be differentiated that is another
    ("{0}", lambda t: t),
    ("1 / ({0})", lambda t: 1 / t),
    ("[{0} > 0]", lambda t: (t > 0) * 1.0),
    ("σ′({0})", lambda t: np.exp(-abs(t)) / (1 + np.exp(-abs(t))) ** 2),
    ("1 − tanh²({0})", lambda t: 1 - np.tanh(t) ** 2),
    ("exp({0})", np.exp),
)
LONG = 80  # steps of a record from which on a slip is asked for in all rounds of a loop, or in none
STEPS = 400  # the longest record that is searched
NEAR = 20  # steps apart that may stand for one another
MANY = 4  # rounds from which on a slip in one of them alone is not asked for


@dataclass(frozen=True)
class Slip:
    """One way to differentiate step ``v`` wrongly.

    ``change(record)`` returns the pairs of a source's index and its pull that go, and what may come in their place:
    a list of such pairs for each of the ``texts``, which are empty where there is one way only.
    ``words`` say what stands there instead, after "where" or, if ``scaled``, before it counts more or less.
    """

    price: float
    words: str
    v: int
    change: object
    scaled: bool = False
    texts: tuple = ()
    more: tuple = ()  # the same slip at other steps, in other rounds of a loop
    tag: tuple = ()  # which slips of two rounds are the same
    chained: bool = False  # in rounds that are made of one another, where derivatives have to be handed back anew


@dataclass(frozen=True)
class Fit:
    """A slip that predicts a part of the gradient to nine digits; ``factors`` are those of what is exchanged."""

    price: float
    words: str
    key: tuple
    slip: Slip | None = None
    factors: tuple = ()


def from_the_record(cost, grad, theta, blocks, data=(), samples=1):
    """What is differentiated wrongly in a cost that can be recorded.

    Parameters
    ----------
    cost, grad : callable
        Of a vector.
    blocks : list
        Pairs: the name of a block, and its places in theta.
    data : iterable
        Pairs of a name and an array that texts may name, such as ("X", X).

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
    right = np.array([record.gradient for record in records])
    wrong = [pair for pair in blocks if not _same(came[:, pair[1].ravel()], right[:, pair[1].ravel()])]
    texts = Texts(records[0], blocks, data)
    with np.errstate(all="ignore"):
        search = Search(records, came, texts, samples)
        found = search.of_blocks(wrong) if wrong else None
    paid = sum({fit.words: fit.price for _, fit in found}.values()) if found else ODD
    if wrong and paid > USUAL:
        with np.errstate(all="ignore"):
            other = other_cost(cost, records, came, texts, search.named)
        if other is not None and other[0] < min(paid, ODD):
            names = [name for name, _ in wrong]
            computed, belongs = x.written_as(None, other[1]), x.written_as(None, "∂C/∂θ")
            return (
                names,
                (Formula(_top(names, texts), "gradient", computed, belongs, ""),),
                True,
                "another-cost",
                texts.told([other[1]]),
            )
    if not found:
        return None
    formulas, used = [], texts.layers_of_blocks()
    for name, fit in found:
        d = f"∂C/∂{name}"
        computed, belongs = x.written_as(None, fit.words.format(d=d)), x.written_as(None, d)
        layer = layer_in(name) or used.get(re.sub(r"\[[-:\d, ]+\]$", "", name))
        formulas.append(Formula(layer, f"d{name}", computed, belongs, ""))
    return (
        [name for name, _ in wrong],
        tuple(formulas),
        max(fit.price for _, fit in found) < ODD,
        "formula",
        texts.told([fit.words for _, fit in found]),
    )


def _top(names, texts):
    """The highest layer of some blocks, where it is known."""
    used = texts.layers_of_blocks()
    return max((layer for name in names if (layer := layer_in(name) or used.get(name))), default=None)


def layer_in(name):
    """The number of a block's layer, where its name says one: W1, W[1] and [0][1] are of the first."""
    found = re.match(r"[A-Za-z_]+\[?(\d+)\b", name)
    if found and not name.startswith(("theta[", "params[")):
        return int(found[1])
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
        if records and [s.name for s in record.steps] != [s.name for s in records[0].steps]:
            continue
        records.append(record)
        came.append(g)
        if len(records) == PLACES:
            break
    return records, np.array(came)


def _holds(record, cost, theta):
    """Whether the derivative of the record is that of the cost, along two directions."""
    along, error, directions = slopes_along(cost, theta, 2)
    return bool((abs(directions @ record.gradient - along) <= 100 * error + 1e-7 * abs(along).max()).all())


def _same(a, b):
    return bool((abs(a - b).max(axis=1) <= DIGITS * np.maximum(abs(a).max(axis=1), abs(b).max(axis=1)) + 1e-13).all())


class Search:
    """All slips of a record, held against the blocks that are wrong; from the end of the record to its beginning."""

    def __init__(self, records, came, texts, samples):
        self.came, self.texts, self.samples = came, texts, samples
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
            fits = [(name, block, self._fits(block.ravel())) for name, block in wrong]
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
            again = again and f"{again.strip()} times " if again not in ("", "−") else again
            return Fit(slip.price + price + more, f"{named}{{d}}, where {again}{slip.words}", key, slip, (ratio,))
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
            m: ("m ", 0.7),
            1 / m: ("1/m ", 0.7),
            2.0: ("2 ", 0.7),
            0.5: ("½ ", 0.7),
            -1.0: ("−", 0.6),
            1.0: ("", 0.0),
        }
        for value, named in known.items():
            if abs(factor / value - 1) < 1e-8:
                return named
        return f"{factor:.6g} ", 1.6

    def _by_luck(self, places, factors):
        """The price of two or more fitted numbers that are no simple ones, where there are hardly more entries."""
        odd = sum(self.named(abs(f))[1] > 1 for f in factors if abs(f) > 1e-9)
        return ODD if odd > 1 and places.size < 3 * odd else 0.0

    # The slips.

    def slips(self):
        if self.every is None:
            self.every = list(self._all())
        return self.every

    def _all(self):
        record, shapes = self.records[0], {}
        for step in record.steps[1:]:
            shapes.setdefault(step.value.shape, []).append(step.index)
        composites = _composites(record)
        readers = [source.index for step in record.steps for source in step.sources]
        inner = {v: {min(us)} for v, us in composites.items() if us and readers.count(v) > 1}
        rounds, made, many = _rounds(record), {}, MANY if len(record.steps) < LONG else 2
        for step in reversed(record.steps[1:]):
            if step.index not in record.bars:
                continue
            slips = self._of_step(step, shapes, composites, inner)
            if step.index in rounds:
                made[step.index] = list(slips)
                slips = made[step.index] if len(rounds[step.index][0]) < many else ()
            yield from slips
        for group, chained in {group[0]: (group, chained) for group, chained in rounds.values()}.values():
            tagged = [_tagged(made.get(v, ())) for v in group]
            for key in tagged[-1] | tagged[0]:
                first, *others = (slips[key] for slips in tagged if key in slips)
                if others and len(others) >= len(group) - 2:  # the first round may begin with a constant
                    words = f"{first.words}, in each round"
                    of_parameter = all(_of_parameters(record, one) for one in (first, *others)) if chained else True
                    yield replace(
                        first,
                        price=first.price + 0.2,
                        words=words,
                        more=tuple(others),
                        chained=chained and not of_parameter,
                    )

    def _of_step(self, step, shapes, composites, inner):
        """All slips at one step."""
        record = self.records[0]
        yield from self._of_sources(step, shapes.get((), []), inner)
        yield from self._of_moves(step)
        if step.patched:
            return
        yield from self._of_pairs(step, shapes)
        if step.name == "matmul":
            yield from self._of_products(step, shapes)
        for u in sorted(composites[step.index]):
            own = record.pulled_to(u, {step.index: np.ones_like(step.value)})
            if np.ptp(own) > 0 or own.size == 1 and step.name in CURVED:
                yield from self._of_function(u, step.index, composites[step.index])
        if step.value.size > 1:
            yield from self._of_derivative(step, shapes)

    def _of_sources(self, step, numbers, inner):
        """What a step hands back to one of its sources counts more or less, or not at all, or is a number."""
        if len(step.sources) == 1 and step.name in MOVED:
            return
        for e, source in enumerate(step.sources):
            words = f"the part through {self.texts.of(source)} in {self.texts.of(step)}"
            same = lambda r, v=step.index, e=e: (_edge(r, v, e), [_edge(r, v, e)])
            yield Slip(1.0, words, step.index, same, True, tag=("part", _position(step, e)))
            for u in sorted(inner.get(source.index, ())):
                said = f"the part through {self.texts.of(source)} in {self.texts.of(step)} goes past its slope"
                past = lambda r, v=step.index, e=e, u=u: (_edge(r, v, e), [[(u, _edge(r, v, e)[0][1])]])
                yield Slip(1.5, said, step.index, past, tag=("past", _position(step, e)))
            if source.value.ndim == 0 and step.name in ("add", "subtract"):

                def times_theta(r, v=step.index, e=e):
                    rest = r.gradient - r.pulled_from(_edge(r, v, e), r.bars[v])
                    return _edge(r, v, e), [[(0, lambda bar: rest * r.theta)]]

                yield Slip(
                    1.5,
                    f"the rest times θ stands for {words}",
                    step.index,
                    times_theta,
                    tag=("rest", _position(step, e)),
                )
            for w in numbers if source.value.size > 1 and step.slopes is not None and not step.patched else ():
                change = lambda r, v=step.index, e=e, w=w: (_edge(r, v, e), [_slope(r, v, e, r.steps[w].value)])
                said = f"the number {self.texts.at(w)} stands for {words}"
                yield Slip(1.9, said, step.index, change, tag=("number", _position(step, e), w))

    def _of_moves(self, step):
        """What is handed back to entries that were only moved, or chosen as the largest, goes elsewhere."""
        v, text = step.index, self.texts.of(step)
        if len(step.sources) != 1:
            return
        source = step.sources[0].value

        def by(back):
            return lambda r: (_edges(r, v), [[(r.steps[v].sources[0].index, back)]])

        if step.name == "transpose" and source.ndim == 2 and source.shape[0] == source.shape[1]:
            words = f"the part through {text} is not transposed back"
            yield Slip(1.1, words, v, by(lambda bar: bar))
        if step.name == "getitem":
            places = np.arange(source.size).reshape(source.shape)[step.operands[1]]
            if len(np.unique(places)) < places.size:

                def overwritten(bar):
                    part = np.zeros(source.size)
                    part[places.ravel()] = bar.ravel()
                    return part.reshape(source.shape)

                words = f"in {text} the derivatives of an entry that comes twice are overwritten, not added up"
                yield Slip(1.1, words, v, by(overwritten))
        if step.name in ("max", "min"):
            spread = np.ones(source.shape)
            axis = step.options["axis"]
            words = f"what belongs to the largest entry goes to all entries in {text}"
            shape = np.max(source, axis=axis, keepdims=True).shape
            yield Slip(1.2, words, v, by(lambda bar: spread * bar.reshape(shape)))
            for which, k in (("first", 0), ("last", -1)):
                if axis is not None:
                    only = np.zeros(source.shape)
                    only[(slice(None),) * (axis % source.ndim) + (k,)] = 1
                    words = f"what belongs to the largest entry goes to the {which} in {text}"
                    yield Slip(1.3, words, v, by(lambda bar, only=only: only * bar.reshape(shape)))

    def _of_pairs(self, step, shapes):
        """The other factor of a product left out or taken twice, a condition another."""
        v, text = step.index, self.texts
        if step.slopes is None or step.name not in ("multiply", "divide", "where", "maximum", "minimum"):
            return
        for e, (source, slope) in enumerate(zip(step.sources, step.slopes)):
            other = text.other(step, source)
            if step.name in ("multiply", "divide") and other is not None:
                for price, words, made in ((1.2, "is left out", np.ones_like), (1.4, "comes twice", np.square)):
                    said = f"the factor {other} of {text.of(step)} {words}"
                    yield Slip(
                        price,
                        said,
                        v,
                        lambda r, e=e, made=made: (_edge(r, v, e), [_slope(r, v, e, made(r.steps[v].slopes[e]))]),
                        tag=("factor", _position(step, e), words),
                    )
            if step.name in ("multiply", "divide") and slope.size > 1:
                for name, array in text.constants(step.value.shape, text.data):
                    words = f"{name} stands for the factor {other} in {text.of(step)}"
                    made = lambda r, e=e, array=array: (_edge(r, v, e), [_slope(r, v, e, array)])
                    yield Slip(1.5, words, v, made)
                if not hasattr(next(o for o in step.operands if o is not source), "operands") if other else False:
                    shifted = lambda r, e=e: (
                        _edge(r, v, e),
                        [_slope(r, v, e, r.steps[v].slopes[e]), _slope(r, v, e, np.ones_like(r.steps[v].slopes[e]))],
                    )
                    words = f"instead of the factor {other} in {text.of(step)} there is"
                    yield Slip(1.6, words, v, shifted, texts=(other, "1"))
            if step.name == "multiply" and np.ptp(1.0 * slope) > 0 and other is not None:
                for w in shapes.get(step.value.shape, []):
                    if abs(w - v) < NEAR and w != v and text.at(w) != other:
                        words = f"{text.at(w)} stands for the factor {other} in {text.of(step)}"
                        made = lambda r, e=e, w=w: (_edge(r, v, e), [_slope(r, v, e, r.steps[w].value)])
                        yield Slip(1.6, words, v, made, tag=("factor of", _position(step, e), w - v))
            if slope.size > 1 and {*np.unique(slope)} <= {0.0, 1.0}:
                for w in shapes.get(step.value.shape, []):
                    for sign, letter in ((1, ">"), (-1, "<")):
                        made = lambda r, w=w, sign=sign: (sign * r.steps[w].value > 0) * 1.0
                        yield Slip(
                            1.5,
                            f"the condition in {text.of(step)} is {text.at(w)} {letter} 0",
                            v,
                            lambda r, e=e, made=made: (_edge(r, v, e), [_slope(r, v, e, made(r))]),
                            tag=("condition", _position(step, e), w - v, sign),
                        )

    def _of_products(self, step, shapes):
        """Another array in the place of the other factor of a matrix product."""
        v, text = step.index, self.texts
        for e, source in enumerate(step.sources):
            partner = [o for o in step.operands if o is not source]
            if len(partner) != 1:
                continue
            shape = np.shape(getattr(partner[0], "value", partner[0]))

            def with_other(made, e=e):
                return lambda r: (
                    _edge(r, v, e),
                    [[(r.steps[v].sources[e].index, _with(r.steps[v].pulls[e], made(r)))]],
                )

            for w in shapes.get(shape, []):
                if self.records[0].steps[w] is not partner[0] and abs(w - v) < 3 * NEAR:
                    words = f"{text.at(w)} stands for {text.of(partner[0])} in {text.of(step)}"
                    other = with_other(lambda r, w=w: r.steps[w].value)
                    yield Slip(1.6, words, v, other, tag=("operand", _position(step, e), w - v))
            if not hasattr(partner[0], "operands"):
                for name, array in text.data:
                    if array.shape == shape and not np.array_equal(array, partner[0]):
                        words = f"{name} stands for {text.of(partner[0])} in {text.of(step)}"
                        yield Slip(1.4, words, v, with_other(lambda r, array=array: array))
            if len(shape) == 2 and shape[0] == shape[1]:
                words = f"{text.of(partner[0])} is transposed in the derivative of {text.of(step)}"
                other = with_other(lambda r, e=e: np.asarray(_partner(r, v, e)).T)
                yield Slip(1.3, words, v, other, tag=("transposed", _position(step, e)))

    def _of_function(self, u, v, sources):
        """Another slope of a function that works entry by entry, from step u to step v."""
        name, of_u = self.texts.at(v), self.texts.at(u)

        def ways(*makers):
            def change(r):
                own = r.pulled_to(u, {v: np.ones_like(r.bars[v])})
                slopes = [made(r, own) for made in makers]
                return _edges(r, v), [[(u, lambda bar, slope=slope: bar * slope)] for slope in slopes]

            return change

        a = lambda r: r.steps[v].value
        yield Slip(
            1.1, f"the slope of {name} is left out", v, ways(lambda r, s: np.ones_like(s)), tag=("no slope", v - u)
        )
        yield Slip(1.2, f"the slope of {name} comes twice", v, ways(lambda r, s: s * s), tag=("twice", v - u))
        of_output = ways(lambda r, s: _slope_at(r, u, v, a(r)))
        yield Slip(1.2, f"the slope of {name} is taken of its output", v, of_output, tag=("output", v - u))
        minus = f"the slope of {name} is taken at −({of_u})"
        yield Slip(1.4, minus, v, ways(lambda r, s: _slope_at(r, u, v, -r.steps[u].value)), tag=("minus", v - u))
        alone = f"the slope of {name} is taken at what comes from above, and stands alone"
        at_bar = lambda r: [(u, lambda bar: _slope_at(r, u, v, bar))]
        yield Slip(1.6, alone, v, lambda r: (_edges(r, v), [at_bar(r)]), tag=("alone", v - u))
        squares = ways(lambda r, s: np.ones_like(s), lambda r, s: a(r), lambda r, s: a(r) ** 2)
        for text, function in OTHER_SLOPES if u in (min(sources), max(sources)) else ():
            words = f"the slope of {name} is {text.format(of_u)}"
            other = ways(lambda r, s, f=function: f(r.steps[u].value))
            yield Slip(1.6, words, v, other, tag=("slope", text, v - u))
        if u in (min(sources), max(sources)):
            t = lambda r: r.steps[u].value
            of_argument = ways(lambda r, s: np.ones_like(s), lambda r, s: t(r), lambda r, s: t(r) ** 2)
            said, how = f"with t = {of_u}, the slope of {name} is", ("argument squares", v - u)
            yield Slip(1.3, said, v, of_argument, texts=("1", "t", "t²"), tag=how)
        if u == min(sources):
            yield Slip(
                1.2, f"with t = {name}, its slope is", v, squares, texts=("1", "t", "t²"), tag=("squares", v - u)
            )

    def _of_derivative(self, step, shapes):
        """Another array in the place of the derivative by a step, or a factor beside it."""
        v, d = step.index, f"∂C/∂({self.texts.of(step)})"

        def bar_is(made):
            return lambda r: (
                _edges(r, v),
                [[(k, lambda bar, pull=pull: pull(made(r, bar))) for k, pull in _edges(r, v)]],
            )

        for w in shapes[step.value.shape]:
            name = self.texts.at(w)
            if w != v and abs(w - v) < 12:
                other = bar_is(lambda r, bar, w=w: r.steps[w].value)
                yield Slip(1.7, f"{name} stands for {d}", v, other, tag=("value", w - v))
                if w > v and w in self.records[0].bars:
                    other = bar_is(lambda r, bar, w=w: r.bars[w])
                    yield Slip(1.8, f"∂C/∂({name}) stands for {d}", v, other, tag=("derivative", w - v))
            times = bar_is(lambda r, bar, w=w: bar * r.steps[w].value)
            yield Slip(1.8, f"{d} is multiplied by {name}", v, times, tag=("times", w - v))
        for w in shapes.get((), []):
            words = f"the number {self.texts.at(w)} stands for {d}"
            other = bar_is(lambda r, bar, w=w: np.full(bar.shape, r.steps[w].value))
            yield Slip(1.9, words, v, other, tag=("number", w))
        yield Slip(1.6, f"a constant stands for {d}", v, bar_is(lambda r, bar: np.ones(bar.shape)))
        for name, array in self.texts.constants(step.value.shape):
            yield Slip(1.8, f"{d} is multiplied by {name}", v, bar_is(lambda r, bar, array=array: bar * array))
            yield Slip(1.9, f"{d} is divided by {name}", v, bar_is(lambda r, bar, array=array: bar / array))


def _reaches(right, term, other):
    """Whether two free factors reach this array as well: then they fit what came for want of numbers."""
    f, c = _factors(np.array([right.ravel(), term.ravel()]), other.ravel())
    return bool((abs(f * right + c * term - other) < 1e-8 * abs(other).max()).all())


def _factors(columns, came):
    """The factors of the closest sum of the columns, by least squares; the first is 1 where its column is empty."""
    sizes = np.linalg.norm(columns, axis=1)
    alive = sizes > 0
    found = np.where(np.arange(len(columns)) == 0, 1.0, 0.0)
    if alive.any():
        scaled = columns[alive] / sizes[alive, None]
        found[alive] = np.linalg.lstsq(scaled.T, came, rcond=1e-11)[0] / sizes[alive]
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


def _position(step, e):
    """Which operand of a step its source e is."""
    return next((k for k, operand in enumerate(step.operands) if operand is step.sources[e]), e)


def _edges(record, v):
    step = record.steps[v]
    return [(source.index, pull) for source, pull in zip(step.sources, step.pulls)]


def _edge(record, v, e):
    return _edges(record, v)[e : e + 1]


def _slope(record, v, e, slope):
    """The edge from step v to its source e, with another slope."""
    source = record.steps[v].sources[e]
    return [(source.index, lambda bar: summed_to(source.value.shape, bar * slope))]


def _with(pull, other):
    return lambda bar: pull(bar, np.asarray(other))


def _partner(record, v, e):
    step = record.steps[v]
    other = next(o for o in step.operands if o is not step.sources[e])
    return getattr(other, "value", other)


def _rounds(record):
    """Index of a step → those of the same operation in other rounds of a loop, and if one is made of another."""
    groups, before = {}, {0: 0}
    for step in record.steps[1:]:
        before[step.index] = 0
        for source in step.sources:
            before[step.index] |= before[source.index] | 1 << source.index
        groups.setdefault((step.place, step.name, step.value.shape), []).append(step.index)
    found = {}
    for group in groups.values():
        inside = sum(1 << v for v in group)
        if len(group) > 1:
            chained = any(before[v] & inside for v in group)
            found |= dict.fromkeys(group, (group, chained))
    return found


def _tagged(slips):
    """Slips by what makes them the same in each round; those without a tag are not joined."""
    return {slip.tag: slip for slip in slips if slip.tag}


def _of_parameters(record, slip):
    """Whether a slip is in what goes to the parameters themselves, which is handed on to no other step."""
    old, new = slip.change(record)
    return all(_moved(record.steps[k]) for k, _ in (*old, *itertools.chain.from_iterable(new)))


def _moved(step):
    """Whether a step is theta, or entries of it."""
    return step.index == 0 or len(step.sources) == 1 and step.name in MOVED and _moved(step.sources[0])


def _composites(record):
    """For each step the earlier ones of the same shape of which it is a function entry by entry."""
    of = {0: set()}
    for step in record.steps[1:]:
        of[step.index] = set()
        entry_by_entry = step.slopes is not None and not step.patched and step.sources
        if entry_by_entry and all(s.value.shape == step.value.shape for s in step.sources):
            of[step.index] = set.intersection(*(of[s.index] | {s.index} for s in step.sources))
    return of


def _slope_at(record, u, v, at):
    """The slope of the function from u to v at other arguments."""
    h = 1e-3
    f = lambda moved: record.again(u, v, at + moved)
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)
