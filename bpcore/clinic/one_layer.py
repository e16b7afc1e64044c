"""One layer: every explanation of its dW and db, given what has been found in the layers above."""

import itertools
import re

import numpy as np

from . import expressions as x
from . import in_biases, in_weights
from .blocks import UNEXPLAINED, Block
from .expressions import Expression
from .fillings import hidden, outputs
from .fillings.exchanges import Exchange, Filling, one, price, sup
from .fillings.inputs import inputs
from .fillings.slopes import slopes
from .in_biases import over_samples, sum_of
from .keys import key_of
from .least_squares import scan, solve, unit_by_unit
from .naming import before_sum, equal, factor_exchanges, penalty_exchanges

MOST = 4.6  # the price up to which a block is explained at all
NAMES_IN_DB = {  # of a factor, where the weights have none: its story is that of db alone, or that of any factor
    "mean-missing": "bias-mean-missing",
    **dict.fromkeys(("two-too-many", "two-missing", "outputs-not-averaged"), "factor"),
}


class Layer:
    """All explanations of one layer's dW and db, given the deltas above."""

    ROWS_INTO_COLUMNS = "rows into columns"  # the other way to unroll a block that is not square

    def __init__(self, s, l, state, n, rng):
        self.s, self.l, self.state, self.n, self.rng = s, l, state, n, rng
        if l == s.L:
            self.right_delta, self.right_formula = s.right_output_delta(), outputs.right_output(s)
            self.right_head = None if s.net.loss.link else outputs.loss_slope(s)
        else:
            delta = s.delta(l + 1, state.deltas[l + 1])
            self.right_head = x.product(x.transpose(s.W[l + 1]), delta)
            self.right_delta = s.pulled(l, self.right_head.value)
            if s.slope[l] is None:
                formula = outputs.mixed_pull(s, l, self.right_head)
            else:
                formula = x.times(self.right_head, s.slope[l]) if s.sloped(l) else self.right_head
            self.right_formula = formula
        self.ones = x.written_as(np.ones_like(self.right_delta), "")
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
        """dW as if it had been transposed, or its columns unrolled into rows."""
        if self.square:
            return np.swapaxes(A, 1, 2)
        return np.swapaxes(A.reshape(len(A), self.s.sizes[self.l - 1], self.s.sizes[self.l]), 1, 2)

    def turned_back(self, A, rows_into_columns=False):
        if rows_into_columns:
            return self.turned(A)
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
        G = [
            self.turned_back(g, turned == self.ROWS_INTO_COLUMNS) if turned else g if block == "W" else g[..., 0]
            for g in G
        ]
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
                        self.block_formula(text, formula, read, block, turned, penalty, should, constant, part_of_b),
                        rate if head.number == "rate" else None,
                        self.block_formula(
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

    def block_formula(
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
            self.stacks[id(some)] = some, values  # held, so that no other list has its number
        return self.stacks[id(some)][1]

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
                formula = self.block_formula(text, self.first.formula, read, block, False, should, should)
                self.found[block].append(
                    Block((), 0.0, self.first.formula, self.right_delta, self.right_head, factor, formula)
                )
                return True
        return False

    def candidates(self, done=True):
        """Make the fillings of each place; without those of a whole delta where they are not needed."""
        s, l, finished = self.s, self.l, done
        self.slopes = different(f for f in slopes(s, l) if f.finite)
        if l == s.L:
            heads = [h for h in outputs.output_heads(s) if h.finite or h.formula is None]
            if not np.isfinite(s.loss_slope).all():
                heads = [Filling(outputs.loss_slope(s)), *heads]
            done = list(outputs.output_deltas(s, heads)) if len(heads) > 1 and finished else []
            if s.slope[l] is None:
                self.slopes = [f for f in self.slopes if not str(f.formula)]
        else:
            heads = list(hidden.from_above(s, l, self.state))
            done = list(hidden.hidden_deltas(s, l, heads)) if finished else []
            if s.slope[l] is None:
                done += [Filling(outputs.mixed_pull(s, l, h.formula), h.exchanges) for h in heads if h.moved is None]
        self.heads = different(h for h in heads if h.finite and h.moved is None)
        self.moving = [h for h in heads if h.finite and h.moved is not None]
        self.done = different(d for d in done if d.finite and d.moved is None)
        self.done_in_parts = [d for d in done if d.finite and d.moved is not None]
        self.reads = list(inputs(s, l))
        weights = Filling(
            x.written_as(s.W[l].value[..., None] * np.ones(s.m), f"W{sup(l)}"), one("the weight stands for the input")
        )
        self.reads.append(weights)
        below = x.written_as(in_weights.delta_below(self), f"δ{sup(l - 1)}")
        self.reads.append(Filling(below, one("the delta of the layer below stands for the input")))

    def explanations(self):
        """Pairs of a block for dW and one for db, None where nothing is found, cheapest first."""
        s = self.s
        if np.isfinite(self.right_delta).all() and not self.right_only():  # a guessed loss may have no slope here
            right_W = any(b.price == 0 for b in self.found["W"])
            if not right_W:
                self.candidates()
                in_weights.explain_weights(self)
                if min((b.price for b in self.found["W"]), default=9) > 1:
                    in_weights.explain_whole_weights(self)
            if s.biases[self.l] and not any(b.price == 0 for b in self.found["b"]):
                in_biases.explain_biases(self)
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
    name = NAMES_IN_DB.get(exchange.name, exchange.name)
    return Exchange(
        exchange.words + ("" if "bias" in exchange.words or "db" in exchange.words else " in db"), exchange.price, name
    )


def different(some):
    """The fillings without those that have the values of a cheaper one: the same formula in other words."""
    kept = {}
    for filling in sorted(some, key=lambda f: (price(f.exchanges), sum(not e.name for e in f.exchanges))):
        others = kept.setdefault(key_of(filling.value, 10), [])
        if not others or filling.alias:
            others.append(filling)
    return [filling for others in kept.values() for filling in others]
