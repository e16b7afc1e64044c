"""One layer: every explanation of its dW and db, given what has been found in the layers above."""

import functools
import itertools
import re
from dataclasses import dataclass, field

import numpy as np

from . import expressions as x
from . import fillings, operands, rare
from .expressions import Expression
from .fillings import Exchange, Filling, one, price, sup
from .naming import before_sum, equal, factor_exchanges, penalty_exchanges

MOST = 4.6  # the price up to which a block is explained at all
ROUND_RATES = (1.0, 0.5, 0.3, 0.25, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.001)
ROUNDINGS = (
    *((f"rounded to {k} decimals", lambda v, k=k: np.round(v, k)) for k in range(1, 7)),
    ("kept in float32", lambda v: v.astype(np.float32).astype(float)),
    ("kept in float16", lambda v: v.astype(np.float16).astype(float)),
    ("cut off to whole numbers", np.trunc),
)
UNEXPLAINED = {"W": 8.0, "b": 6.0}  # the price of a block for which nothing is found


@dataclass
class Block:
    """One explanation of dW or db of a layer."""

    exchanges: tuple
    price: float
    delta: Expression | None  # None: it is not made of a delta
    value: np.ndarray | None
    head: Expression | None
    factor: float
    formula: Expression
    rate: float | None = None
    written_out: Expression | None = None  # the formula with its delta written out
    of_delta: tuple = ()  # those of the exchanges that are in the delta


@dataclass
class State:
    """What has been found from the output down to some layer."""

    deltas: dict = field(default_factory=dict)  # of the program
    right: dict = field(default_factory=dict)  # as they should be, given the deltas above
    heads: dict = field(default_factory=dict)  # what came down, before the slope
    in_db: dict = field(default_factory=dict)  # the delta of db where it is another
    used: set = field(default_factory=set)
    factors: dict = field(default_factory=dict)
    readings: dict = field(default_factory=dict)
    price: float = 0.0
    last: float = 0.0
    open: list = field(default_factory=list)

    def followed(self, **changes):
        return State(**{**self.__dict__, **changes})


# Least squares.


def solve(columns, target, floor):
    """Numbers that make ``target`` of the columns at all places, the worst misfit of a place, and equations to spare.

    Each place weighs the same; a misfit counts relative to the target, and what is below the floor is rounding.
    """
    size = np.linalg.norm(target.reshape(len(target), -1), axis=1)
    weight = 1 / np.maximum(np.maximum(size, 1e3 * floor), 1e-300)
    A = np.stack([(c.reshape(len(target), -1) * weight[:, None]).ravel() for c in columns], 1)
    t = (target.reshape(len(target), -1) * weight[:, None]).ravel()
    lengths = np.linalg.norm(A, axis=0)
    lengths[lengths == 0] = 1
    numbers = np.linalg.lstsq(A / lengths, t, rcond=1e-12)[0] / lengths
    left = np.linalg.norm((t - A @ numbers).reshape(len(target), -1), axis=1)
    spare = np.count_nonzero(abs(t) > 1e-12 * abs(t).max(initial=0)) - len(columns)
    return numbers, float((left - floor * weight).max()), spare


def scan(heads, slopes, q, t, w, tolerance, cheap):
    """Pairs (i, k) for which t = s (heads_i ⊙ slopes_k) q + β w fits; and how far off the nearest cheap other is.

    heads (I, places, n, m), slopes (K, places, n, m), q (places, 1 or n, m, V), t and w (places, n, V).
    Of many units a few sums are compared, each of a group of units with random weights: what fits is checked in full.
    """
    places, n, m = heads.shape[1:]
    cheap = cheap.ravel()
    size = np.linalg.norm(t.reshape(places, -1), axis=1)
    weight = (1 / np.where(size > 0, size, size.max(initial=0) or 1))[:, None, None]
    groups, signs = _groups(n, -(-EQUATIONS // (places * t.shape[2])))
    t, w = (np.stack([(signs[g, None] * (v * weight)[:, g]).sum(1) for g in groups], 1) for v in (t, w))
    q = np.broadcast_to(q, (places, n, *q.shape[2:])) * weight[..., None] * signs[:, None, None]
    F = np.empty((*t.shape, len(heads), len(slopes)))
    for p in range(places):
        for k, g in enumerate(groups):
            right = slopes[:, p, g].reshape(len(slopes), -1).T
            for v in range(t.shape[2]):
                F[p, k, v] = (heads[:, p, g] * q[p, g, :, v]).reshape(len(heads), -1) @ right
    F, t, hits, nearest = F.reshape(t.size, -1), t.ravel(), set(), (np.inf, 0)
    squares, along = np.einsum("ij,ij->j", F, F), t @ F
    for u in (None, w.ravel() / np.linalg.norm(w)) if w.any() else (None,):
        yy, yt, ss = squares, along, t @ t
        if u is not None:  # without what lies along the parameters
            uF, ut = u @ F, u @ t
            yy, yt, ss = yy - uF * uF, yt - ut * uF, ss - ut * ut
        with np.errstate(all="ignore"):
            left = (ss - yt * yt / yy) / (t @ t)
        if ss > 1e-20 * (t @ t):
            fits = left < max(1e-11, 10 * tolerance * tolerance)
            hits |= set(np.flatnonzero(fits))
            left = np.where(fits | ~cheap | ~np.isfinite(left), np.inf, left)
            best = int(np.round(left, 9).argmin())  # of those that differ by rounding the first, on any machine
            nearest = min(nearest, (float(left[best]), best))
    return [divmod(int(i), len(slopes)) for i in hits], (np.sqrt(nearest[0]), divmod(nearest[1], len(slopes)))


LOST = 3  # layers without an explanation, below which only the usual input is asked
EQUATIONS = 24  # that pairs of a head and a slope are held against, before they are checked in full


@functools.cache
def _groups(n, most):
    """The units in at most so many groups, and a random weight for each where there are more units than groups."""
    count = min(n, most)
    weights = np.random.default_rng(n).uniform(0.5, 1.5, n) if count < n else np.ones(n)
    return [slice(part[0], part[-1] + 1) for part in np.array_split(np.arange(n), count)], weights


# One layer.


class Layer:
    """All explanations of one layer's dW and db, given the deltas above."""

    def __init__(self, s, l, state, n, rng):
        self.s, self.l, self.state, self.n, self.rng = s, l, state, n, rng
        if l == s.L:
            self.right_delta, self.right_formula = s.right_output_delta(), fillings.right_output(s)
            self.right_head = None if s.net.loss.link else fillings.loss_slope(s)
        else:
            delta = s.delta(l + 1, state.deltas[l + 1])
            self.right_head = x.product(x.transpose(s.W[l + 1]), delta)
            self.right_delta = s.pulled(l, self.right_head.value)
            if s.slope[l] is None:
                formula = fillings.mixed_pull(s, l, self.right_head)
            else:
                formula = x.times(self.right_head, s.slope[l]) if s.sloped(l) else self.right_head
            self.right_formula = formula
        self.ones = x.written_as(np.ones_like(self.right_delta), "", "", "1")
        self.first = Filling(Expression(self.right_formula.operator, self.right_formula.operands, self.right_delta))
        self.nothing = Filling(self.ones)
        self.found = {"W": [], "b": []}
        self.nearest = (np.inf, "")
        self.alone, self.stacks, self.priced = [self.nothing], {}, {}
        self.done, self.done_in_parts = [], []
        self.square = s.sizes[l] == s.sizes[l - 1]
        self.above = state.factors.get(l + 1, 1.0)
        size = abs(s.unit) * (abs(self.right_delta) @ np.swapaxes(abs(s.a[l - 1].value), 1, 2))
        self.floor = {
            "W": 1e-13 * np.linalg.norm(size.reshape(s.places, -1), axis=1),
            "b": 1e-13 * np.linalg.norm(abs(s.unit) * abs(self.right_delta).sum(2), axis=1),
        }
        for block in self.floor:  # what is that much smaller than all the rest together is rounding
            self.floor[block] = self.floor[block] + 1e-15 * s.size

    def target(self, block):
        s, l = self.s, self.l
        return (s.dW[l].value, s.P[l], s.decay) if block == "W" else (s.db[l].value, s.b[l], s.decay_b)

    def turned(self, A):
        """dW as if it had been transposed, or unrolled in the other order."""
        if self.square:
            return np.swapaxes(A, 1, 2)
        return np.swapaxes(A.reshape(len(A), self.s.sizes[self.l - 1], self.s.sizes[self.l]), 1, 2)

    def turned_back(self, A):
        return np.swapaxes(A, 1, 2) if self.square else np.swapaxes(A, 1, 2).reshape(A.shape)

    def check(self, head, slope, read, block="W", turned=False):
        """Entry by entry: is the block a multiple of (head ⊙ slope) times what is read, plus one of the parameters?"""
        s, l = self.s, self.l
        target, parameter, should = self.target(block)
        parts = [v * slope.value for v in ([head.value] if head.moved is None else [head.value, head.moved])]
        q = unit_by_unit(read.value, s)
        G = [
            np.einsum("pjm,pjkm->pjk", part, np.broadcast_to(q, (s.places, s.sizes[l], *q.shape[2:]))) for part in parts
        ]
        G = [self.turned_back(g) if turned else g if block == "W" else g[..., 0] for g in G]
        if block == "b" and s.shared[l]:
            G = [g.sum(1, keepdims=True) for g in G]
        extra = [((), ""), ((parameter.value,), "parameter")] + [((np.ones_like(target),), "constant")] * (block == "b")
        if block == "b" and head is self.first and target.shape[1] > 1:
            without_first = parameter.value.copy()
            without_first[:, 0] = 0
            extra.append(((without_first,), "without first"))
        if block == "b" and s.decay and not s.shared[l]:
            extra.append(((s.W[l].value[:, :, 0],), "first weights"))
            extra.append(((np.ones_like(target), parameter.value), "constant and parameter"))
        for more, kind in extra:
            numbers, left, spare = solve([*G, *more], target, self.floor[block])
            if left >= s.tolerance or not np.linalg.norm(numbers[0] * G[0]) > 1e-6 * np.linalg.norm(target):
                continue
            rate = numbers[1] / numbers[0] if len(parts) > 1 else None
            if rate is not None and (
                abs(rate) * np.linalg.norm(parts[1]) < 1e-7 * np.linalg.norm(parts[0])
                or abs(rate - 1) < 1e-9
                and head.number == "slope"
            ):
                return False  # nothing has moved, or the other slope is the same one
            delta = parts[0] + (rate * parts[1] if rate is not None else 0)
            self._enter(head, slope, read, block, turned, numbers, kind, spare, delta, rate, should)
            return True
        return False

    def _enter(self, head, slope, read, block, turned, numbers, kind, spare, delta, rate, should):
        s, l = self.s, self.l
        r = numbers[0] / s.unit
        penalty = numbers[-1] if kind.endswith("parameter") else 0.0
        of_head = head.exchanges
        if rate is not None and head.number in ("slope", "share") and re.search(r"\bc\b", str(head.formula)):
            last = of_head[-1]
            of_head = (*of_head[:-1], Exchange(f"{last.words} (c = {rate:.6g})", last.price, last.name))
        exchanges = (*of_head, *slope.exchanges, *read.exchanges)
        if turned:
            exchanges += (
                one("the block is transposed", 1.0, "transposed-block")
                if self.square
                else one("the block is unrolled in the other order", 1.0, "order")
            )
        if kind != "without first":
            exchanges += penalty_exchanges(s, penalty, should, r, self.n, block)
        constant, part_of_b = 0.0, ""
        if kind == "without first":
            part_of_b = f"{numbers[-1]:.4g} b{sup(l)} without its first entry"
            exchanges += one("the biases are penalised too, all but the first", 1.0, "bias-regularised")
        if kind == "first weights":
            known = equal(numbers[-1], s.decay, s.tolerance)
            part_of_b = f"the first column of {'(λ/n)' if known else f'{numbers[-1]:.4g}'} W{sup(l)}"
            exchanges += one(
                "the biases get the penalty's gradient of the first weights", 1.0 if known else 2.0, "penalty"
            )
        if kind.startswith("constant"):
            constant = numbers[-1 - kind.endswith("parameter")]
            exchanges += one(f"{constant:.6g} is added to each entry of db", 1.0, "penalty")
        free = any(words in e.words for e in read.exchanges for words in ("only the", "sample alone"))
        for text, more in factor_exchanges(s, l, r, free, self.above):
            every = (*exchanges, *more)
            unnamed = any(e.price == 2.5 for e in more)
            cost = price(every, self.state.used)
            if (spare > 0 or cost <= 1) and cost <= MOST and not (unnamed and s.m == 1 and exchanges):
                formula = self.first.formula if head is self.first else head.formula
                if slope.formula is not self.ones and str(slope.formula):
                    formula = x.times(formula, slope.formula)
                self.found[block].append(
                    Block(
                        every,
                        cost,
                        formula,
                        delta,
                        self._head(head, slope, rate),
                        r,
                        self._block_formula(text, formula, read, block, turned, penalty, should, constant, part_of_b),
                        rate if head.number == "rate" else None,
                        self._block_formula(
                            text, formula, read, block, turned, penalty, should, constant, part_of_b, written_out=True
                        ),
                        (*of_head, *slope.exchanges),
                    )
                )

    def _head(self, head, slope, rate):
        """What came down before the slope, where the delta is made of that and a slope."""
        if head is self.first:
            return self.right_head
        if head in self.done_in_parts or head in self.done:
            return None
        formula = head.formula
        return (
            formula if rate is None else Expression(formula.operator, formula.operands, head.value + rate * head.moved)
        )

    def _block_formula(
        self, factor, delta, read, block, turned, penalty, should, constant=0.0, more="", written_out=False
    ):
        s, l = self.s, self.l
        before = before_sum(s, factor)
        d = delta if written_out else s.delta(l, self.right_delta)
        if block == "W":
            part = x.outer(d, read.formula) if read.value.ndim == 3 else Expression(x.TIMES, (d, read.formula), d.value)
            part = x.transpose(part) if turned else part
        else:
            part = sum_of(s, l, x.times(d, read.formula) if str(read.formula) else d)
        part = x.scaled(before, part)
        if abs(penalty) > 1e-12:
            right = abs(penalty - should) <= 1e-6 * abs(should)
            text = s.decay_text if right and block == "W" else f"{penalty:.4g}"
            parameter = s.P[l] if block == "W" else s.b[l]
            part = Expression(
                x.PLUS if penalty > 0 or right else x.MINUS, (part, x.scaled(text.lstrip("-"), parameter)), part.value
            )
        if more:
            part = Expression(x.PLUS, (part, x.written_as(0.0, more)), part.value)
        if constant:
            part = Expression(
                x.PLUS if constant > 0 else x.MINUS, (part, x.written_as(0.0, f"{abs(constant):.6g}")), part.value
            )
        return part

    def stacked(self, some):
        """The values of some fillings in one array, made once for each list."""
        if id(some) not in self.stacks:
            values = np.empty((len(some), *self.right_delta.shape))
            for row, filling in zip(values, some):
                row[...] = filling.value
            self.stacks[id(some)] = values
        return self.stacks[id(some)]

    def cheap(self, heads, slopes):
        """Which pairs are at most one exchange."""
        return self.prices(heads)[:, None] + self.prices(slopes) <= 1

    def prices(self, some):
        """The prices of some fillings, made once for each list."""
        if id(some) not in self.priced:
            self.priced[id(some)] = some, np.array([price(f.exchanges, self.state.used) for f in some])
        return self.priced[id(some)][1]

    def sweep(self, heads, slopes, read, q, t, w, **how):
        """Hold all pairs against dW (or db) along a few random directions, then check the cheapest hits in full."""
        if not heads or not slopes:
            return
        hits, (left, (i, k)) = scan(
            self.stacked(heads), self.stacked(slopes), q, t, w, self.s.tolerance, self.cheap(heads, slopes)
        )
        if left < (1 - 1e-6) * self.nearest[0] and how.get("block") != "b":
            pair = heads[i].formula if not str(slopes[k].formula) else x.times(heads[i].formula, slopes[k].formula)
            exchanges = (*heads[i].exchanges, *slopes[k].exchanges)
            if np.allclose(heads[i].value * slopes[k].value, self.right_delta, rtol=1e-9, atol=0):
                pair, exchanges = self.right_formula, ()
            words = ", ".join(e.words for e in (*exchanges, *read.exchanges)) or "the right formula"
            self.nearest = (left, f"δ{sup(self.l)} = {pair} ({words})")
        used = self.state.used
        order = sorted(hits, key=lambda hit: price({*heads[hit[0]].exchanges, *slopes[hit[1]].exchanges}, used))
        for i, k in order[:40]:
            self.check(heads[i], slopes[k], read, **how)

    def right_only(self):
        """Whether the right formulas explain both blocks as they are."""
        s, l = self.s, self.l
        self.reads = [Filling(s.a[l - 1])]
        for block, read in (("W", self.reads[0]), ("b", over_samples(s)))[: 1 + s.biases[l]]:
            self.expected(block, read) or self.check(self.first, self.nothing, read, block)
        return all(any(b.price == 0 for b in self.found[x_]) for x_ in ("W" + "b" * s.biases[l]))

    def expected(self, block, read):
        """Whether the block is as it should be, given the deltas above: nothing is fitted, however faint it is."""
        s, l = self.s, self.l
        target, parameter, should = self.target(block)
        data = s.unit * (x.outer(self.first.formula, read.formula).value if block == "W" else self.right_delta.sum(2))
        if block == "b" and s.shared[l]:
            data = data.sum(1, keepdims=True)
        rows = lambda v: np.linalg.norm(v.reshape(s.places, -1), axis=1)
        for factor in dict.fromkeys((1.0, self.above)):
            off = rows(target - factor * data - should * parameter.value)
            if (off <= s.tolerance * rows(target) + self.floor[block]).all():
                text = factor_exchanges(s, l, factor, False, 1.0)[0][0]
                formula = self._block_formula(text, self.first.formula, read, block, False, should, should)
                self.found[block].append(
                    Block((), 0.0, self.first.formula, self.right_delta, self.right_head, factor, formula)
                )
                return True
        return False

    def candidates(self, done=True):
        """Make the fillings of each place; without those of a whole delta where they are not needed."""
        s, l, finished = self.s, self.l, done
        self.slopes = different(f for f in fillings.slopes(s, l) if f.finite)
        if l == s.L:
            heads = [h for h in fillings.output_heads(s) if h.finite or h.formula is None]
            if not np.isfinite(s.loss_slope).all():
                heads = [Filling(fillings.loss_slope(s)), *heads]
            done = list(fillings.output_deltas(s, heads)) if len(heads) > 1 and finished else []
            if s.slope[l] is None:
                self.slopes = [f for f in self.slopes if not str(f.formula)]
        else:
            heads = list(fillings.from_above(s, l, self.state))
            done = list(fillings.hidden_deltas(s, l, heads, self.slopes)) if finished else []
            if s.slope[l] is None:
                done += [Filling(fillings.mixed_pull(s, l, h.formula), h.exchanges) for h in heads if h.moved is None]
        self.heads = different(h for h in heads if h.finite and h.moved is None)
        self.moving = [h for h in heads if h.finite and h.moved is not None]
        self.done = different(d for d in done if d.finite and d.moved is None)
        self.done_in_parts = [d for d in done if d.finite and d.moved is not None]
        self.reads = list(fillings.inputs(s, l))
        weights = Filling(
            x.written_as(s.W[l].value[..., None] * np.ones(s.m), f"W{sup(l)}"), one("the weight stands for the input")
        )
        self.reads.append(weights)
        below = x.written_as(self._delta_below(), f"δ{sup(l - 1)}")
        self.reads.append(Filling(below, one("the delta of the layer below stands for the input")))

    def weights(self):
        """Fill ``found["W"]``."""
        s, l = self.s, self.l
        dW, W = s.dW[l].value, s.P[l].value
        right_size = np.linalg.norm(
            (self.right_delta @ np.swapaxes(s.a[l - 1].value, 1, 2)).reshape(s.places, -1), axis=1
        ) * abs(s.unit)
        if (np.linalg.norm(dW.reshape(s.places, -1), axis=1) <= np.maximum(self.floor["W"], 1e-13 * right_size)).all():
            exchanges = (
                one("the weights get no gradient", 1.0, "layer-forgotten")
                if (right_size > self.floor["W"]).any()
                else ()
            )
            zero = x.written_as(np.zeros_like(dW), "0", kind=x.MATRIX)
            self.found["W"] = [
                Block(
                    exchanges,
                    price(exchanges, self.state.used),
                    self.first.formula,
                    self.right_delta,
                    self.right_head,
                    1.0,
                    zero,
                )
            ]
            if exchanges and l < s.L and self._sums_to_zero(self.state.deltas[l + 1]):
                self._add_zero_sum(zero)
            return
        rest = dW - s.penalty(l)
        if (
            s.decay
            and np.linalg.norm(rest) <= 1e-12 * np.linalg.norm(dW)
            and np.linalg.norm(right_size) > 1e-9 * np.linalg.norm(dW)
        ):
            exchanges = one("the weights get the penalty's gradient alone", 1.0, "layer-forgotten")
            only = x.scaled(s.decay_text, s.P[l])
            self.found["W"] = [
                Block(
                    exchanges,
                    price(exchanges, self.state.used),
                    self.first.formula,
                    self.right_delta,
                    self.right_head,
                    1.0,
                    only,
                )
            ]
            if l < s.L and self._sums_to_zero(self.state.deltas[l + 1]):
                self._add_zero_sum(only)
            return
        v = self.rng.standard_normal((s.sizes[l - 1], min(2, s.sizes[l - 1])))
        used = self.state.used
        cheap_heads, cheap_slopes = (
            [f for f in fs if price(f.exchanges, used) <= 1] for fs in (self.heads, self.slopes)
        )
        self.check(self.first, self.nothing, self.reads[0], turned=True)
        for head in self.moving:
            for slope in self.slopes[:2]:
                self.check(head, slope, self.reads[0])
        for head in self.done_in_parts:
            self.check(head, self.nothing, self.reads[0])
        lost = sum("W" in block for block in self.state.open) >= LOST
        for read in self.reads[:1] if lost else self.reads:
            if not np.isfinite(read.value).all():
                continue
            whole = read is self.reads[0]
            q = np.einsum("pjkm,kv->pjmv", unit_by_unit(read.value, s), v)
            for turned in (
                (False, True) if read.value.ndim == 3 and (self.square or whole) and s.sizes[l] > 1 else (False,)
            ):
                t, w = (self.turned(dW) @ v, self.turned(W) @ v) if turned else (dW @ v, W @ v)
                everything = whole and not turned
                heads, slopes = (self.heads, self.slopes) if everything else (cheap_heads, cheap_slopes)
                self.sweep(heads, slopes, read, q, t, w, turned=turned)
                self.sweep(self.done, self.alone, read, q, t, w, turned=turned)
                if min((b.price for b in self.found["W"]), default=9) <= 1:
                    return
        if self.found["W"] or lost:
            return
        self.rounded()
        if not self.found["W"]:
            self.solved_operands()
        if s.rare and not self.found["W"] and not self.state.open:
            self.rare_deltas()
        if self.found["W"]:
            return
        for head in (h for h in self.moving if price(h.exchanges, used) <= 1):
            for read in self.reads[1:]:
                if np.isfinite(read.value).all() and price(read.exchanges, used) <= 1:
                    self.check(head, self.slopes[0], read)

    def solved_operands(self):
        """One operand of the backward pass as unknown constants: factors of the delta, the matrix above, the inputs."""
        s, l = self.s, self.l
        alone = [h for h in self.heads if h.exchanges == (fillings.ONLY_IN_DW,)] if l < s.L else []
        alone = [Filling(x.times(h.formula, s.slope[l]), h.exchanges) for h in alone if s.slope[l] is not None]
        matrices = [(f, self.reads[0]) for f in (operands.another_matrix(self) if l < s.L else ())]
        masks = ((f, self.reads[0]) for f in operands.masked(self, [self.first, *alone]))
        inputs = ((self.first, read) for read in operands.other_inputs(self))
        named = [pair for pair in matrices if price(pair[0].exchanges) <= 1]
        for some in (named, masks, inputs, matrices):
            for filling, read in some:
                self.check(filling, self.nothing, read)
            if self.found["W"]:
                return

    def rare_deltas(self):
        """Quotients, products and sums of what is in scope, other inputs, and slopes beside moved weights."""
        for filling in rare.deltas(self):
            self.done.append(filling)
            self.check(filling, self.nothing, self.reads[0])
            if self.found["W"]:
                return
        for read in rare.inputs(self.s, self.l):
            self.check(self.first, self.nothing, read)
        if self.found["W"]:
            return
        for head, slope in itertools.product(self.moving, self.slopes):
            if head.number == "rate" and price((*head.exchanges, *slope.exchanges), self.state.used) <= 2:
                self.check(head, slope, self.reads[0])

    def rounded(self):
        """Deltas that the program has rounded to some decimals, or kept with fewer digits."""
        s, l, read, used = self.s, self.l, self.reads[0], self.state.used
        dW = s.dW[l].value - s.penalty(l)
        size, near = np.linalg.norm(dW), []
        cheap = [f for f in self.heads if price(f.exchanges, used) <= 1]
        for head in (*cheap, *self.moved_at_round_rates()):
            for slope in self.slopes if not head.exchanges else self.slopes[:1]:
                if price(slope.exchanges, used) <= 1:
                    near.append((head, slope, head.value * slope.value))
        near += [(head, self.nothing, head.value) for head in self.done if price(head.exchanges, used) <= 1]
        for head, slope, value in near:
            G = s.unit * value @ np.swapaxes(read.value, 1, 2)
            factor = (G * dW).sum() / ((G * G).sum() or 1)
            if not np.linalg.norm(dW - factor * G) < 0.3 * size:
                continue
            formula = head.formula if not str(slope.formula) else x.times(head.formula, slope.formula)
            for words, kept in ROUNDINGS:
                for unit, text in ((1.0, formula), (s.unit, x.scaled("(1/m)", formula))):
                    rounded = kept(unit * value) / unit
                    if np.array_equal(rounded, value) or not rounded.any():
                        continue
                    written = x.written_as(rounded, f"rounded({text})")
                    exchange = one(f"the delta is {words}", 1.0, "float32" if "float" in words else "")
                    filling = Filling(written, (*head.exchanges, *slope.exchanges, *exchange))
                    if self.check(filling, self.nothing, read):
                        return

    def moved_at_round_rates(self):
        """What comes down through weights that have moved already, for rates that people choose."""
        for head in self.moving:
            if head.number == "rate" and price(head.exchanges, self.state.used) <= 1:
                for rate in ROUND_RATES:
                    value = head.value + rate * head.moved
                    formula = Expression(head.formula.operator, head.formula.operands, value)
                    yield Filling(formula, head.exchanges)

    def _add_zero_sum(self, formula):
        """What comes down without the weights above, where that is nothing: the deltas of a softmax sum to zero."""
        exchanges = one("the weights above are left out, and the deltas above sum to zero", 1.0, "from-above-missing")
        delta = x.unit_sum(self.s.delta(self.l + 1, self.state.deltas[self.l + 1]))
        nothing, cost = np.zeros_like(self.right_delta), price(exchanges, self.state.used)
        self.found["W"].append(Block(exchanges, cost, delta, nothing, None, 1.0, formula, of_delta=exchanges))

    def _sums_to_zero(self, delta):
        return abs(delta.sum(1)).max() <= 1e-12 * abs(delta).max()

    def _add(self, block, exchanges, formula, factor=1.0):
        """An explanation in which the delta is as it should be."""
        cost = price(exchanges, self.state.used)
        self.found[block].append(
            Block(exchanges, cost, self.first.formula, self.right_delta, self.right_head, factor, formula)
        )

    def other_blocks(self):
        """What dW can be beside a sum over samples: one number, a part of itself, or itself with another penalty."""
        s, l = self.s, self.l
        dW, W, delta = s.dW[l].value, s.W[l].value, s.delta(l, self.right_delta)
        ones, above = np.ones_like(dW), sup(l)
        data = self.right_delta @ np.swapaxes(s.a[l - 1].value, 1, 2)
        sum_formula = x.outer(delta, s.a[l - 1])
        first_row, first_column = W.copy(), W.copy()
        first_row[:, 0], first_column[:, :, 0] = 0, 0
        squares = (W * W).sum((1, 2), keepdims=True) * ones
        for column, text, words, cost in (
            (first_row, f"W{above} without its first row", "the penalty on the weights leaves out the first row", 1.0),
            (
                first_column,
                f"W{above} without its first column",
                "the penalty on the weights leaves out the first column",
                1.0,
            ),
            (np.sign(W), f"sign(W{above})", "the penalty is that of |W|", 1.0),
            *([(W, f"W{above}", "the penalty's derivative is that of W²", 1.0)] if s.P[l] is not s.W[l] else []),
            (squares, f"Σ W{above} ⊙ W{above}", "the penalty itself stands for its gradient", 1.0),
            *(
                (size(W)[:, None, None] * ones, text, f"{text} is added to each entry of dW", 1.0)
                for size, text in (
                    (lambda W: W.sum((1, 2)), f"Σ W{above}"),
                    (lambda W: abs(W).sum((1, 2)), f"Σ |W{above}|"),
                    (lambda W: np.sqrt((W * W).sum((1, 2))), f"‖W{above}‖"),
                )
            ),
            (W * W, f"W{above} ⊙ W{above}", "squared weights stand for the weights in the penalty", 1.0),
            (abs(W), f"|W{above}|", "absolute weights stand for the weights in the penalty", 1.0),
            (ones, "1", "a constant is added to each entry of dW", 1.0),
        ):
            numbers, left, spare = solve([data, column], dW, self.floor["W"])
            if left < s.tolerance and spare > 0 and np.linalg.norm(numbers[1] * column) > 1e-7 * np.linalg.norm(dW):
                r = numbers[0] / s.unit
                for factor, more in factor_exchanges(s, l, r, False, self.above):
                    formula = x.scaled(before_sum(s, factor), sum_formula)
                    formula = Expression(
                        x.PLUS, (formula, x.written_as(column, f"{numbers[1]:.4g} {text}", kind=x.MATRIX)), dW
                    )
                    self._add("W", (*one(words, cost, "penalty"), *more), formula, r)
        if s.rare and not self.found["W"]:
            self.other_sums(data)
        kept = (dW != 0).any(0)
        if 0 < kept.sum() < kept.size:
            expected = s.unit * data + s.penalty(l)
            off = abs(dW - expected * kept).max()
            if off <= 10 * s.tolerance * abs(expected).max():
                rows, columns = kept.any(1), kept.any(0)
                block_only = (kept == np.outer(rows, columns)).all()
                where = (
                    f"in {rows.sum()} of {rows.size} rows and {columns.sum()} of {columns.size} columns alone"
                    if block_only
                    else ""
                )
                words = (
                    f"there is a gradient {where}"
                    if where
                    else f"{(~kept).sum()} of {kept.size} entries get no gradient"
                )
                formula = x.written_as(
                    dW, f"{x.scaled(before_sum(s, ''), sum_formula)} in some entries, 0 in others", kind=x.MATRIX
                )
                self._add("W", one(words, 1.0), formula)
        total = self.right_delta.sum((1, 2))[:, None, None] * ones
        numbers, left, spare = solve([total], dW - s.penalty(l), self.floor["W"])
        if left < s.tolerance and spare > 0:
            for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, self.above):
                words = "the sum over samples and units stands for each entry: the input is left out, and the unit"
                text = f"{before_sum(s, factor)} Σᵢⱼ δ{above} for every weight"
                self._add("W", (*one(words), *more), x.written_as(dW, text, kind=x.MATRIX))
        below = self._delta_below()
        if self.square:
            numbers, left, spare = solve(
                [below @ np.swapaxes(s.a[l - 1].value, 1, 2)], dW - s.penalty(l), self.floor["W"]
            )
            if left < s.tolerance and spare > 0:
                for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, self.above):
                    text = x.scaled(before_sum(s, factor), x.outer(x.written_as(below, f"δ{sup(l - 1)}"), s.a[l - 1]))
                    words = "the delta that is handed down stands for the layer's own"
                    self._add("W", (*one(words), *more), text)
        for value, text, words in (
            (
                below * s.a[l - 1].value,
                f"δ{sup(l - 1)} ⊙ a{sup(l - 1)}",
                "the delta of the layer below, entry by entry, stands for the outer product",
            ),
            (below, f"δ{sup(l - 1)}", "the delta of the layer below stands for the outer product"),
        ):
            spread = value.sum(2)[:, None, :] * ones
            numbers, left, spare = solve([spread], dW - s.penalty(l), self.floor["W"])
            if left < s.tolerance and spare > 0:
                for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, self.above):
                    text = f"{before_sum(s, factor)} Σᵢ {text} for every unit"
                    self._add("W", (*one(words), *more), x.written_as(dW, text, kind=x.MATRIX))
        for tensor, letter, offset in fillings.tensors(s, s.sizes[l], l):
            number = (self.right_delta * tensor.value).sum((1, 2))[:, None, None] * ones
            for more_columns in ((), (s.P[l].value,)) if s.decay else ((),):
                numbers, left, spare = solve([number, *more_columns], dW, self.floor["W"])
                if left >= s.tolerance or spare <= 0:
                    continue
                penalty = penalty_exchanges(
                    s, numbers[-1] if more_columns else 0.0, s.decay, numbers[0] / s.unit, self.n, "W"
                )
                for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, self.above):
                    text = f"{before_sum(s, factor)} Σᵢⱼ δ{above} ⊙ {tensor}" + (
                        f" + {numbers[-1]:.4g} W{above}" if more_columns else ""
                    )
                    other = fillings.called(letter, offset)
                    words = f"a dot product with {other} stands for the outer product with the input"
                    self._add(
                        "W", (*one(words, 1.0, "dot-not-outer"), *more, *penalty), x.written_as(dW, text, kind=x.MATRIX)
                    )
                break

    def other_sums(self, data):
        """A number of the whole pass as a factor of dW, and the penalty of another layer's weights beside it."""
        s, l = self.s, self.l
        dW, own = s.dW[l].value, (s.P[l].value,)
        for columns, text, words in rare.other_sums(s, l, data):
            for penalty in ((), own) if s.decay else ((),):
                numbers, left, spare = solve([*columns, *penalty], dW, self.floor["W"])
                parts = [np.linalg.norm(number * column) for number, column in zip(numbers, (*columns, *penalty))]
                if left >= s.tolerance or spare <= 0 or min(parts) <= 1e-7 * np.linalg.norm(dW):
                    continue
                r, found = numbers[0] / s.unit, numbers[-1] if penalty else 0.0
                exchanges = one(words) + penalty_exchanges(s, found, s.decay, r, self.n, "W")
                for factor, more in factor_exchanges(s, l, r, False, self.above):
                    written = text(before_sum(s, factor), numbers)
                    if penalty:
                        written += (
                            f" + {s.decay_text if equal(found, s.decay, s.tolerance) else f'{found:.4g}'} {s.P[l]}"
                        )
                    self._add("W", (*exchanges, *more), x.written_as(dW, written, kind=x.MATRIX), r)
                return

    def _delta_below(self):
        """The delta of the layer below; at the inputs, what a sigmoid or nothing would make of it."""
        s, l = self.s, self.l
        came = np.swapaxes(s.W[l].value, 1, 2) @ self.right_delta
        if l > 1:
            return s.pulled(l - 1, came)
        a = s.a[0].value
        return came * (a * (1 - a) if s.f[1].name == "sigmoid" else 1)

    def biases(self):
        """Fill ``found["b"]``, with the deltas that explain dW first."""
        s, l = self.s, self.l
        db, W_found = s.db[l].value, sorted(self.found["W"], key=lambda b: b.price)
        sums = over_samples(s)
        natural = np.linalg.norm(abs(s.unit) * abs(self.right_delta).sum(2), axis=1)
        if (np.linalg.norm(db, axis=1) <= np.maximum(self.floor["b"], 1e-13 * natural)).all() and not any(
            b.price == 0 for b in self.found["b"]
        ):
            exchange = one("the biases get no gradient", 1.0, "bias-missing")
            zero = x.written_as(np.zeros_like(db), "0", kind=x.COLUMN)
            self.found["b"].append(Block(exchange, price(exchange, self.state.used), None, None, None, 1.0, zero))
        deltas = W_found[:4] or [Block((), 0.0, self.first.formula, self.right_delta, None, 1.0, None)]
        for block in deltas:
            exchanges = block.of_delta
            self.check(
                Filling(Expression(block.delta.operator, block.delta.operands, block.value), exchanges),
                self.nothing,
                sums,
                "b",
            )
            if not s.shared[l]:
                self._other_sums(block, exchanges)
            elif not self.found["b"]:
                self._one_unit(block, exchanges)
        if s.shared[l] or min((b.price for b in self.found["b"]), default=9) <= 1:
            return
        single = [sums]
        if s.m > 1:
            for which, k in (("last", -1), ("first", 0)):
                only = np.zeros((1, 1, s.m))
                only[..., k] = 1
                text = f"[i is the {which}]"
                single.append(
                    Filling(x.written_as(only, text), one(f"the {which} sample alone gives db", 1.0, "bias-one-sample"))
                )
        for block in deltas:
            exchanges = block.of_delta
            for read in single[1:]:
                self.check(
                    Filling(Expression(block.delta.operator, block.delta.operands, block.value), exchanges),
                    self.nothing,
                    read,
                    "b",
                )
        if min((b.price for b in self.found["b"]), default=9) <= 1:
            return
        if sum("b" in block for block in self.state.open) >= LOST:
            return
        if not hasattr(self, "heads"):
            self.candidates()
        for read in single:
            q = np.broadcast_to(read.value, (s.places, 1, s.m))[..., None]
            for heads, slopes in ((self.heads, self.slopes), (self.done, self.alone)):
                self.sweep(heads, slopes, read, q, db[..., None], s.b[l].value[..., None], block="b")
            for head in self.moving:
                for slope in self.slopes[:2]:
                    self.check(head, slope, read, "b")

    def _one_unit(self, block, exchanges):
        """One unit's sum, where the bias is that of all units."""
        s, l = self.s, self.l
        for which, k in (("last", -1), ("first", 0)):
            value = np.zeros_like(block.value)
            value[:, k] = block.value[:, k]
            delta = x.written_as(value, f"δ{sup(l)} of the {which} unit")
            exchange = one(f"of all units only the {which} counts for the bias", 1.0)
            self.check(Filling(delta, (*exchanges, *exchange)), self.nothing, over_samples(s), "b")

    def _other_sums(self, block, exchanges):
        """What stands for the sum of the delta over the samples."""
        s, l = self.s, self.l
        db, delta = s.db[l].value, s.delta(l, block.value)
        D = block.value
        ways = [
            (
                x.written_as(s.dW[l].value.sum(2), f"Σₖ dW{sup(l)}", kind=x.COLUMN),
                "db is made of dW",
                "bias-from-weights",
                1.0,
            ),
            *(
                [
                    (
                        x.written_as(
                            (s.dW[l].value - s.penalty(l)).sum(2), f"Σₖ (dW{sup(l)} − (λ/n) W{sup(l)})", kind=x.COLUMN
                        ),
                        "db is made of dW before the penalty",
                        "bias-from-weights",
                        1.0,
                    )
                ]
                if s.decay
                else []
            ),
            (s.b[l], "db is b itself", "", 1.0),
            *(
                (x.written_as(factor[:, :, 0] * D.sum(2), f"{text} Σᵢ {delta}", kind=x.COLUMN), words, "", s.unit)
                for factor, text, words in (rare.factors(s) if s.rare else ())
            ),
            *(
                (x.written_as(value, text, kind=x.COLUMN), f"{text} stands for the sum over the samples", "", s.unit)
                for value, text in (rare.sums(delta, s.unit) if s.rare else ())
            ),
            *(
                [
                    (
                        x.sample_sum(x.written_as(self._delta_below(), f"δ{sup(l - 1)}")),
                        "the delta that is handed down stands for the layer's own",
                        "",
                        s.unit,
                    )
                ]
                if self.square
                else []
            ),
            *(
                (
                    x.sample_sum(x.times(delta, x.written_as(q[:, None], text))),
                    f"the bias is multiplied by {text} instead of 1",
                    "",
                    s.unit,
                )
                for q, text in self._numbers_of_the_input()
            ),
            (
                Expression(x.ALL_SUM, (delta,), D.sum((1, 2))[:, None] + 0 * db),
                "the sum runs over the units too",
                "bias-axis-missing",
                s.unit,
            ),
        ]
        if s.sizes[l] == s.m:
            ways.append(
                (
                    Expression(x.UNIT_SUM, (delta,), D.sum(1)),
                    "the sum runs over the units instead of the samples",
                    "bias-axis-missing",
                    s.unit,
                )
            )
        for formula, words, name, base in ways:
            numbers, left, spare = solve([formula.value], db, self.floor["b"])
            if left >= s.tolerance or not (spare > 0 or base != 1.0):
                continue
            zero = np.linalg.norm(formula.value) * abs(base) <= 1e-12 * np.linalg.norm(block.value) * abs(s.unit)
            if not zero and np.linalg.norm(formula.value * numbers[0]) <= 1e-12 * np.linalg.norm(block.value) * abs(
                s.unit
            ):
                continue
            for text, more in factor_exchanges(
                s, l, 1.0 if zero else numbers[0] / base, False, block.factor if base != 1.0 else 1.0
            ):
                if any(e.price == 2.5 for e in more):
                    continue
                if base == 1.0:
                    more = tuple(Exchange(e.words, e.price) for e in more)
                every = (*exchanges, Exchange(words, 1.0, name), *more)
                scale = before_sum(s, text) if base != 1.0 else text
                self.found["b"].append(
                    Block(every, price(every, self.state.used), None, None, None, 1.0, x.scaled(scale, formula))
                )

    def _numbers_of_the_input(self):
        """One number of each sample's inputs, (places, m), and how it is written."""
        a, name = self.s.a[self.l - 1].value, f"a{sup(self.l - 1)}"
        yield a[:, 0], f"the first entry of {name}"
        yield a[:, -1], f"the last entry of {name}"
        yield a.sum(1), f"Σ {name}"
        yield abs(a).sum(1), f"Σ |{name}|"
        yield np.linalg.norm(a, axis=1), f"‖{name}‖"

    def explanations(self):
        """Pairs of a block for dW and one for db, None where nothing is found, cheapest first."""
        s = self.s
        if not self.right_only():
            right_W = any(b.price == 0 for b in self.found["W"])
            if not right_W:
                self.candidates()
                self.weights()
                if min((b.price for b in self.found["W"]), default=9) > 1:
                    self.other_blocks()
            if s.biases[self.l] and not any(b.price == 0 for b in self.found["b"]):
                self.biases()
        in_order = lambda b: (b.price, sum(not e.name for e in b.exchanges))
        ws, bs = (sorted(self.found[block], key=in_order)[:12] or [None] for block in "Wb")
        pairs = []
        for w, b in itertools.product(ws, bs if s.biases[self.l] else [None]):
            mine = w.exchanges if w else ()
            words = {e.words for e in mine}
            more = tuple(
                e if e.words in words else for_biases(e, self.l, w is not None) for e in (b.exchanges if b else ())
            )
            exchanges = tuple(dict.fromkeys((*mine, *more)))
            if w and b and {e.name for e in mine} == {"layer-forgotten"} and "bias-missing" in {e.name for e in more}:
                exchanges = one("the layer gets no gradient", 1.0, "layer-forgotten")
            if (
                w
                and b
                and {e.name for e in mine} == {"from-above-missing"}
                and "bias-missing" in {e.name for e in more}
                and not w.value.any()
            ):
                exchanges = mine
            cost = (
                price(exchanges, self.state.used)
                + UNEXPLAINED["W"] * (w is None)
                + UNEXPLAINED["b"] * (b is None and s.biases[self.l])
            )
            pairs.append((cost, exchanges, w, b))
        return sorted(pairs, key=lambda pair: (pair[0], sum(not e.name for e in pair[1])))


def for_biases(exchange, l, with_weights):
    """An exchange that is made in db alone."""
    if not with_weights:
        return exchange
    name = {"mean-missing": "bias-mean-missing"}.get(exchange.name, exchange.name)
    return Exchange(
        exchange.words + ("" if "bias" in exchange.words or "db" in exchange.words else " in db"), exchange.price, name
    )


def sum_of(s, l, delta):
    """The sum over the samples, and over the units where they share one bias."""
    if s.shared[l]:
        return Expression(x.ALL_SUM, (delta,), delta.value.sum((1, 2))[:, None])
    return x.sample_sum(delta)


def over_samples(s):
    """The sum over the samples, which makes db of a delta."""
    return Filling(x.written_as(np.ones((1, 1, s.m)), ""))


def different(some):
    """The fillings without those that have the values of a cheaper one: the same formula in other words."""
    kept = {}
    for filling in sorted(some, key=lambda f: (price(f.exchanges), sum(not e.name for e in f.exchanges))):
        others = kept.setdefault(np.round(filling.value, 10).tobytes(), [])
        if not others or filling.alias:
            others.append(filling)
    return [filling for others in kept.values() for filling in others]


def unit_by_unit(value, s):
    """What dW reads, as (places, 1 or n_l, n_{l-1}, samples)."""
    return value[:, None] if value.ndim == 3 else value
