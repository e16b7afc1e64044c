"""What explains db of one layer: the deltas that explain dW first, and what can stand for their sum."""

import numpy as np

from . import expressions as x
from . import rare
from .blocks import Block
from .expressions import Expression
from .fillings.exchanges import Exchange, Filling, one, price, sup
from .in_weights import LOST, delta_below
from .least_squares import solve
from .naming import before_sum, factor_exchanges


def explain_biases(layer):
    """Fill ``found["b"]``, with the deltas that explain dW first."""
    s, l = layer.s, layer.l
    db, W_found = s.db[l].value, sorted(layer.found["W"], key=lambda b: b.price)
    sums = over_samples(s)
    natural = np.linalg.norm(abs(s.unit) * abs(layer.right_delta).sum(2), axis=1)
    if (np.linalg.norm(db, axis=1) <= np.maximum(layer.floor["b"], 1e-13 * natural)).all() and not any(
        b.price == 0 for b in layer.found["b"]
    ):
        exchange = one("the biases get no gradient", 1.0, "bias-missing")
        zero = x.written_as(np.zeros_like(db), "0", kind=x.COLUMN)
        layer.found["b"].append(Block(exchange, price(exchange, layer.state.used), None, None, None, 1.0, zero))
    deltas = W_found[:4] or [Block((), 0.0, layer.first.formula, layer.right_delta, None, 1.0, None)]
    for block in deltas:
        exchanges = block.of_delta
        layer.check(
            Filling(Expression(block.delta.operator, block.delta.operands, block.value), exchanges),
            layer.nothing,
            sums,
            "b",
        )
        if not s.shared[l]:
            _other_sums(layer, block, exchanges)
        elif not layer.found["b"]:
            _one_unit(layer, block, exchanges)
    if s.shared[l] or min((b.price for b in layer.found["b"]), default=9) <= 1:
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
            layer.check(
                Filling(Expression(block.delta.operator, block.delta.operands, block.value), exchanges),
                layer.nothing,
                read,
                "b",
            )
    if min((b.price for b in layer.found["b"]), default=9) <= 1:
        return
    if sum("b" in block for block in layer.state.open) >= LOST:
        return
    if not hasattr(layer, "heads"):
        layer.candidates()
    for read in single:
        q = np.broadcast_to(read.value, (s.places, 1, s.m))[..., None]
        for heads, slopes in ((layer.heads, layer.slopes), (layer.done, layer.alone)):
            layer.sweep(heads, slopes, read, q, db[..., None], s.b[l].value[..., None], block="b")
        for head in layer.moving:
            for slope in layer.slopes[:2]:
                layer.check(head, slope, read, "b")


def _one_unit(layer, block, exchanges):
    """One unit's sum, where the bias is that of all units."""
    s, l = layer.s, layer.l
    for which, k in (("last", -1), ("first", 0)):
        value = np.zeros_like(block.value)
        value[:, k] = block.value[:, k]
        delta = x.written_as(value, f"δ{sup(l)} of the {which} unit")
        exchange = one(f"of all units only the {which} counts for the bias", 1.0)
        layer.check(Filling(delta, (*exchanges, *exchange)), layer.nothing, over_samples(s), "b")


def _other_sums(layer, block, exchanges):
    """What stands for the sum of the delta over the samples."""
    s, l = layer.s, layer.l
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
            (x.written_as(value, f"{text} W{sup(l)}", kind=x.COLUMN), "db is made of the weights", "", 1.0)
            for value, text in ((s.W[l].value.sum(2), "Σₖ"), (s.W[l].value[:, :, 0], "the first column of"))
        ),
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
                    x.sample_sum(x.written_as(delta_below(layer), f"δ{sup(l - 1)}")),
                    "the delta that is handed down stands for the layer's own",
                    "",
                    s.unit,
                )
            ]
            if layer.square
            else []
        ),
        *(
            (
                x.sample_sum(x.times(delta, x.written_as(q[:, None], text))),
                f"the bias is multiplied by {text} instead of 1",
                "",
                s.unit,
            )
            for q, text in _numbers_of_the_input(layer)
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
        numbers, left, spare = solve([formula.value], db, layer.floor["b"])
        if left >= s.tolerance or not (spare > 0 or base != 1.0):
            continue
        zero = np.linalg.norm(formula.value) * abs(base) <= 1e-12 * np.linalg.norm(block.value) * abs(s.unit)
        if not zero and np.linalg.norm(formula.value * numbers[0]) <= 1e-12 * np.linalg.norm(block.value) * abs(s.unit):
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
            layer.found["b"].append(
                Block(every, price(every, layer.state.used), None, None, None, 1.0, x.scaled(scale, formula))
            )


def _numbers_of_the_input(layer):
    """One number of each sample's inputs, (places, m), and how it is written."""
    a, name = layer.s.a[layer.l - 1].value, f"a{sup(layer.l - 1)}"
    yield a[:, 0], f"the first entry of {name}"
    yield a[:, -1], f"the last entry of {name}"
    yield a.sum(1), f"Σ {name}"
    yield abs(a).sum(1), f"Σ |{name}|"
    yield np.linalg.norm(a, axis=1), f"‖{name}‖"


def sum_of(s, l, delta):
    """The sum over the samples, and over the units where they share one bias."""
    if s.shared[l]:
        return Expression(x.ALL_SUM, (delta,), delta.value.sum((1, 2))[:, None])
    return x.sample_sum(delta)


def over_samples(s):
    """The sum over the samples, which makes db of a delta."""
    return Filling(x.written_as(np.ones((1, 1, s.m)), ""))
