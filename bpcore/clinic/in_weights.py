"""What explains dW of one layer: deltas and inputs, rounded, rare or of constants, and what is no sum at all."""

import itertools

import numpy as np

from . import expressions as x
from . import operands, rare
from .blocks import Block
from .expressions import Expression
from .fillings.exchanges import Filling, called, one, price, sup, tensors
from .fillings.hidden import ONLY_IN_DW
from .least_squares import solve, unit_by_unit
from .naming import before_sum, equal, factor_exchanges, penalty_exchanges

LOST = 3  # layers without an explanation, below which only the usual input is asked
ROUND_RATES = (1.0, 0.5, 0.3, 0.25, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.001)
ROUNDINGS = (
    *((f"rounded to {k} decimals", lambda v, k=k: np.round(v, k)) for k in range(1, 7)),
    ("kept in float32", lambda v: v.astype(np.float32).astype(float)),
    ("kept in float16", lambda v: v.astype(np.float16).astype(float)),
    ("cut off to whole numbers", np.trunc),
)


def explain_weights(layer):
    """Fill ``found["W"]``."""
    s, l = layer.s, layer.l
    dW, W = s.dW[l].value, s.P[l].value
    right_size = np.linalg.norm(
        (layer.right_delta @ np.swapaxes(s.a[l - 1].value, 1, 2)).reshape(s.places, -1), axis=1
    ) * abs(s.unit)
    if (np.linalg.norm(dW.reshape(s.places, -1), axis=1) <= np.maximum(layer.floor["W"], 1e-13 * right_size)).all():
        exchanges = (
            one("the weights get no gradient", 1.0, "layer-forgotten") if (right_size > layer.floor["W"]).any() else ()
        )
        zero = x.written_as(np.zeros_like(dW), "0", kind=x.MATRIX)
        _add(layer, "W", exchanges, zero)
        if exchanges and l < s.L and _sums_to_zero(layer, layer.state.deltas[l + 1]):
            _add_zero_sum(layer, zero)
        return
    rest = dW - s.penalty(l)
    if (
        s.decay
        and np.linalg.norm(rest) <= 1e-12 * np.linalg.norm(dW)
        and np.linalg.norm(right_size) > 1e-9 * np.linalg.norm(dW)
    ):
        exchanges = one("the weights get the penalty's gradient alone", 1.0, "layer-forgotten")
        only = x.scaled(s.decay_text, s.P[l])
        _add(layer, "W", exchanges, only)
        if l < s.L and _sums_to_zero(layer, layer.state.deltas[l + 1]):
            _add_zero_sum(layer, only)
        return
    v = layer.rng.standard_normal((s.sizes[l - 1], min(2, s.sizes[l - 1])))
    used = layer.state.used
    cheap_heads, cheap_slopes = ([f for f in fs if price(f.exchanges, used) <= 1] for fs in (layer.heads, layer.slopes))
    for turned in (True,) if layer.square else (True, layer.ROWS_INTO_COLUMNS):
        layer.check(layer.first, layer.nothing, layer.reads[0], turned=turned)
    for head in layer.moving:
        for slope in layer.slopes[:2]:
            layer.check(head, slope, layer.reads[0])
    for head in layer.done_in_parts:
        layer.check(head, layer.nothing, layer.reads[0])
    lost = sum("W" in block for block in layer.state.open) >= LOST
    for read in layer.reads[:1] if lost else layer.reads:
        if not np.isfinite(read.value).all():
            continue
        whole = read is layer.reads[0]
        q = np.einsum("pjkm,kv->pjmv", unit_by_unit(read.value, s), v)
        for turned in (
            (False, True) if read.value.ndim == 3 and (layer.square or whole) and s.sizes[l] > 1 else (False,)
        ):
            t, w = (layer.turned(dW) @ v, layer.turned(W) @ v) if turned else (dW @ v, W @ v)
            everything = whole and not turned
            heads, slopes = (layer.heads, layer.slopes) if everything else (cheap_heads, cheap_slopes)
            layer.sweep(heads, slopes, read, q, t, w, turned=turned)
            layer.sweep(layer.done, layer.alone, read, q, t, w, turned=turned)
            if min((b.price for b in layer.found["W"]), default=9) <= 1:
                return
    if layer.found["W"] or lost:
        return
    _rounded(layer)
    if not layer.found["W"]:
        _solved_operands(layer)
    if s.rare and not layer.found["W"] and not layer.state.open:
        _rare_formulas(layer)
    if layer.found["W"]:
        return
    for head in (h for h in layer.moving if price(h.exchanges, used) <= 1):
        for read in layer.reads[1:]:
            if np.isfinite(read.value).all() and price(read.exchanges, used) <= 1:
                layer.check(head, layer.slopes[0], read)


def _solved_operands(layer):
    """One operand of the backward pass as unknown constants: factors of the delta, the matrix above, the inputs."""
    s, l = layer.s, layer.l
    alone = [h for h in layer.heads if h.exchanges == (ONLY_IN_DW,)] if l < s.L else []
    alone = [Filling(x.times(h.formula, s.slope[l]), h.exchanges) for h in alone if s.slope[l] is not None]
    matrices = [(f, layer.reads[0]) for f in (operands.another_matrix(layer) if l < s.L else ())]
    heads = [layer.first, *alone, *_without_the_mask(layer)]
    masks = ((f, layer.reads[0]) for f in operands.masked(layer, heads))
    inputs = ((layer.first, read) for read in operands.other_inputs(layer))
    named = [pair for pair in matrices if price(pair[0].exchanges) <= 1]
    for some in (named, masks, inputs, matrices):
        for filling, read in some:
            layer.check(filling, layer.nothing, read)
        if layer.found["W"]:
            return


def _without_the_mask(layer):
    """The delta of a layer with dropout as it would be without: a program may have drawn another mask for it."""
    s, l = layer.s, layer.l
    if l == s.L or not s.f[l].name.endswith(x.DROPPED):
        return
    own = s.slope[l].value
    for function in (x.SIGMOID_SLOPE, x.TANH_SLOPE, x.STEP):
        slope = function.of(s.z[l])
        share = np.where(own == 0, np.nan, own / slope.value)
        if np.nanmax(abs(share - np.nanmean(share))) <= 1e-9 * abs(np.nanmean(share)):
            yield Filling(x.times(layer.right_head, slope))


def _rare_formulas(layer):
    """Quotients, products and sums of what is in scope, other inputs, and slopes beside moved weights."""
    delta_is_right = any(block.price == 0 for block in layer.found["b"])
    for filling in () if delta_is_right else rare.deltas(layer):
        layer.done.append(filling)
        layer.check(filling, layer.nothing, layer.reads[0])
        if layer.found["W"]:
            return
    for read in rare.inputs(layer.s, layer.l):
        layer.check(layer.first, layer.nothing, read)
    if layer.found["W"] or delta_is_right:
        return
    for head, slope in itertools.product(layer.moving, layer.slopes):
        if head.number == "rate" and price((*head.exchanges, *slope.exchanges), layer.state.used) <= 2:
            layer.check(head, slope, layer.reads[0])


def _rounded(layer):
    """Deltas that the program has rounded to some decimals, or kept with fewer digits."""
    s, l, read, used = layer.s, layer.l, layer.reads[0], layer.state.used
    dW = s.dW[l].value - s.penalty(l)
    size, near = np.linalg.norm(dW), []
    cheap = [f for f in layer.heads if price(f.exchanges, used) <= 1]
    for head in (*cheap, *_moved_at_round_rates(layer)):
        for slope in layer.slopes if not head.exchanges else layer.slopes[:1]:
            if price(slope.exchanges, used) <= 1:
                near.append((head, slope, head.value * slope.value))
    near += [(head, layer.nothing, head.value) for head in layer.done if price(head.exchanges, used) <= 1]
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
                if layer.check(filling, layer.nothing, read):
                    return


def _moved_at_round_rates(layer):
    """What comes down through weights that have moved already, for rates that people choose."""
    for head in layer.moving:
        if head.number == "rate" and price(head.exchanges, layer.state.used) <= 1:
            for rate in ROUND_RATES:
                value = head.value + rate * head.moved
                formula = Expression(head.formula.operator, head.formula.operands, value)
                yield Filling(formula, head.exchanges)


def _add_zero_sum(layer, formula):
    """What comes down without the weights above, where that is nothing: the deltas of a softmax sum to zero."""
    exchanges = one("the weights above are left out, and the deltas above sum to zero", 1.0, "from-above-missing")
    delta = x.unit_sum(layer.s.delta(layer.l + 1, layer.state.deltas[layer.l + 1]))
    nothing, cost = np.zeros_like(layer.right_delta), price(exchanges, layer.state.used)
    layer.found["W"].append(Block(exchanges, cost, delta, nothing, None, 1.0, formula, of_delta=exchanges))


def _sums_to_zero(layer, delta):
    return abs(delta.sum(1)).max() <= 1e-12 * abs(delta).max()


def _add(layer, block, exchanges, formula, factor=1.0):
    """An explanation in which the delta is as it should be."""
    cost = price(exchanges, layer.state.used)
    layer.found[block].append(
        Block(exchanges, cost, layer.first.formula, layer.right_delta, layer.right_head, factor, formula)
    )


def explain_whole_weights(layer):
    """What dW can be beside a sum over samples: one number, a part of itself, or itself with another penalty."""
    s, l = layer.s, layer.l
    dW, W, delta = s.dW[l].value, s.W[l].value, s.delta(l, layer.right_delta)
    ones, above = np.ones_like(dW), sup(l)
    data = layer.right_delta @ np.swapaxes(s.a[l - 1].value, 1, 2)
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
        (
            W / np.sqrt((W * W).sum((1, 2), keepdims=True)),
            f"W{above} / ‖W{above}‖",
            "the penalty's derivative is that of ‖W‖",
            1.0,
        ),
        (abs(W), f"|W{above}|", "absolute weights stand for the weights in the penalty", 1.0),
        (ones, "1", "a constant is added to each entry of dW", 1.0),
    ):
        numbers, left, spare = solve([data, column], dW, layer.floor["W"])
        if left < s.tolerance and spare > 0 and np.linalg.norm(numbers[1] * column) > 1e-7 * np.linalg.norm(dW):
            r = numbers[0] / s.unit
            for factor, more in factor_exchanges(s, l, r, False, layer.above):
                formula = x.scaled(before_sum(s, factor), sum_formula)
                formula = Expression(
                    x.PLUS, (formula, x.written_as(column, f"{numbers[1]:.4g} {text}", kind=x.MATRIX)), dW
                )
                _add(layer, "W", (*one(words, cost, "penalty"), *more), formula, r)
    if s.rare and not layer.found["W"]:
        _other_sums(layer, data)
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
                f"there is a gradient {where}" if where else f"{(~kept).sum()} of {kept.size} entries get no gradient"
            )
            formula = x.written_as(
                dW, f"{x.scaled(before_sum(s, ''), sum_formula)} in some entries, 0 in others", kind=x.MATRIX
            )
            _add(layer, "W", one(words, 1.0), formula)
    total = layer.right_delta.sum((1, 2))[:, None, None] * ones
    numbers, left, spare = solve([total], dW - s.penalty(l), layer.floor["W"])
    if left < s.tolerance and spare > 0:
        for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, layer.above):
            words = "the sum over samples and units stands for each entry: the input is left out, and the unit"
            text = f"{before_sum(s, factor)} Σᵢⱼ δ{above} for every weight"
            _add(layer, "W", (*one(words), *more), x.written_as(dW, text, kind=x.MATRIX))
    below = delta_below(layer)
    if layer.square:
        numbers, left, spare = solve([below @ np.swapaxes(s.a[l - 1].value, 1, 2)], dW - s.penalty(l), layer.floor["W"])
        if left < s.tolerance and spare > 0:
            for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, layer.above):
                text = x.scaled(before_sum(s, factor), x.outer(x.written_as(below, f"δ{sup(l - 1)}"), s.a[l - 1]))
                words = "the delta that is handed down stands for the layer's own"
                _add(layer, "W", (*one(words), *more), text)
    for value, text, words in (
        (
            below * s.a[l - 1].value,
            f"δ{sup(l - 1)} ⊙ a{sup(l - 1)}",
            "the delta of the layer below, entry by entry, stands for the outer product",
        ),
        (below, f"δ{sup(l - 1)}", "the delta of the layer below stands for the outer product"),
    ):
        spread = value.sum(2)[:, None, :] * ones
        numbers, left, spare = solve([spread], dW - s.penalty(l), layer.floor["W"])
        if left < s.tolerance and spare > 0:
            for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, layer.above):
                text = f"{before_sum(s, factor)} Σᵢ {text} for every unit"
                _add(layer, "W", (*one(words), *more), x.written_as(dW, text, kind=x.MATRIX))
    for tensor, letter, offset in tensors(s, s.sizes[l], l):
        number = (layer.right_delta * tensor.value).sum((1, 2))[:, None, None] * ones
        for more_columns in ((), (s.P[l].value,)) if s.decay else ((),):
            numbers, left, spare = solve([number, *more_columns], dW, layer.floor["W"])
            if left >= s.tolerance or spare <= 0:
                continue
            penalty = penalty_exchanges(
                s, numbers[-1] if more_columns else 0.0, s.decay, numbers[0] / s.unit, layer.n, "W"
            )
            for factor, more in factor_exchanges(s, l, numbers[0] / s.unit, False, layer.above):
                text = f"{before_sum(s, factor)} Σᵢⱼ δ{above} ⊙ {tensor}" + (
                    f" + {numbers[-1]:.4g} W{above}" if more_columns else ""
                )
                other = called(letter, offset)
                words = f"a dot product with {other} stands for the outer product with the input"
                _add(
                    layer,
                    "W",
                    (*one(words, 1.0, "dot-not-outer"), *more, *penalty),
                    x.written_as(dW, text, kind=x.MATRIX),
                )
            break


def _other_sums(layer, data):
    """A number of the whole pass as a factor of dW, and the penalty of another layer's weights beside it."""
    s, l = layer.s, layer.l
    dW, own = s.dW[l].value, (s.P[l].value,)
    for columns, text, words in rare.other_sums(s, l, data):
        for penalty in ((), own) if s.decay else ((),):
            numbers, left, spare = solve([*columns, *penalty], dW, layer.floor["W"])
            parts = [np.linalg.norm(number * column) for number, column in zip(numbers, (*columns, *penalty))]
            if left >= s.tolerance or spare <= 0 or min(parts) <= 1e-7 * np.linalg.norm(dW):
                continue
            r, found = numbers[0] / s.unit, numbers[-1] if penalty else 0.0
            exchanges = one(words) + penalty_exchanges(s, found, s.decay, r, layer.n, "W")
            for factor, more in factor_exchanges(s, l, r, False, layer.above):
                written = text(before_sum(s, factor), numbers)
                if penalty:
                    written += f" + {s.decay_text if equal(found, s.decay, s.tolerance) else f'{found:.4g}'} {s.P[l]}"
                _add(layer, "W", (*exchanges, *more), x.written_as(dW, written, kind=x.MATRIX), r)
            return


def delta_below(layer):
    """The delta of the layer below; at the inputs, what a sigmoid or nothing would make of it."""
    s, l = layer.s, layer.l
    came = np.swapaxes(s.W[l].value, 1, 2) @ layer.right_delta
    if l > 1:
        return s.pulled(l - 1, came)
    a = s.a[0].value
    return came * (a * (1 - a) if s.f[1].name == "sigmoid" else 1)
