"""What can come down to a hidden layer, through which matrix, and what its delta can be made of."""

import numpy as np

from .. import expressions as x
from ..expressions import MATRIX, Expression
from .exchanges import ODD, Exchange, Filling, cuts, near, one, price, sup, whose
from .outputs import softmax_pull
from .slopes import of_gradient


def from_above(s, l, state):
    """What can stand for (W^{l+1})ᵀ δ^{l+1}."""
    up, n, ones = l + 1, s.sizes[l], np.ones_like(s.a[l].value)
    delta = s.delta(up, state.deltas[up])
    W, b, dW = s.W[up], s.b[up].value, s.dW[up]
    arriving = [Filling(delta)]
    before_slope = state.heads.get(up)
    if before_slope is not None and not np.allclose(before_slope.value, delta.value):
        arriving.append(
            Filling(
                before_slope, one("the slope of the layer above is left out on the way down", 1.0, "error-for-delta")
            )
        )
    if not np.allclose(state.right[up], delta.value):
        arriving.append(Filling(x.symbol("δ", state.right[up], up, latex=r"\delta", numpy="delta"), (ONLY_IN_DW,)))
    if state.in_db.get(up) is not None:
        is_right = np.allclose(state.in_db[up], state.right[up])
        arriving.append(Filling(s.delta(up, state.in_db[up]), (ONLY_IN_DW if is_right else AS_IN_DB,)))
    for k in (k for k in range(l + 2, s.L + 1) if near(s, k, l)):
        arriving.append(Filling(s.delta(k, state.deltas[k]), one(f"the delta of {whose(k - l)} is sent down", ODD)))
    arriving += [
        Filling(s.e, one("the error a − y is sent down in the place of the delta", 1.0, "error-for-delta")),
        Filling(s.y, one("the target y is sent down in the place of the delta", ODD)),
        *(
            [Filling(s.slope[up], one("the slope of the layer above is sent down without the error"))]
            if s.slope[up] is not None and s.sloped(up)
            else []
        ),
        Filling(s.a[up], one("the activation of the layer above is sent down in the place of the delta")),
        Filling(x.RELU.of(delta), one("a ReLU is applied to the delta", 1.0, "mask-of-gradient")),
        *(Filling(made, one(f"the delta is {words} on the way down")) for made, words in cuts(s, delta)),
        Filling(x.SIGN.of(delta), one("the sign of the delta is sent down", ODD)),
        Filling(x.times(delta, s.a[up]), one("the delta is multiplied by the activation of the layer above")),
        Filling(x.unit_sum(delta), one("the delta is summed over the units")),
        Filling(x.sample_mean(delta), one("the delta is averaged over the samples before it is sent down")),
    ]
    arriving += _of_its_own_slope(s, up, state)
    if s.slope[up] is not None and s.sloped(up):
        arriving.append(
            Filling(
                x.times(delta, s.slope[up]),
                one("the slope of the layer above is applied once more on the way down", 1.0, "slope-twice"),
            )
        )
    ways = list(_matrices(s, l, W, b))
    moves = [dW.value] + ([dW.value - s.penalty(up)] if s.decay else [])
    for move in moves:
        moved = x.transpose(Expression(x.MATRIX_MINUS, (W, x.scaled("η", dW)), W.value))
        ways.append(
            Filling(moved, one("the weights above have moved already", 1.0, "stale-weights"), -np.swapaxes(move, 1, 2))
        )
    for u in arriving:
        for way in ways:
            if way.value.shape[1:] != (n, u.value.shape[1]):
                continue
            formula = x.product(way.formula, u.formula)
            moved = None if way.moved is None else way.moved @ u.value
            yield Filling(formula, way.exchanges + u.exchanges, moved)
    for u in arriving:
        if u.value.shape[1] in (1, n):
            error = u.formula is s.e
            exchange = Exchange(
                "the error a − y is taken down without the weights above"
                if error
                else "the weights above are left out",
                1.2 if error else 1.0,
                "from-above-missing",
            )
            spread = Expression(u.formula.operator, u.formula.operands, u.value + 0 * ones)
            yield Filling(spread, ((exchange,) if error else (*u.exchanges, exchange)))
    yield from _through_moved_weights(s, l, delta, ())
    if s.sizes[up] > 1:
        yield from _of_one_unit(s, l, delta, moves)
    if n > 1:
        for which, k in (("first", slice(0, 1)), ("last", slice(-1, None))):
            value = np.swapaxes(W.value[:, :, k], 1, 2) @ delta.value + 0 * ones
            text = f"(W{sup(up)})ᵀ δ{sup(up)} of the {which} unit"
            yield Filling(
                x.written_as(value, text), one(f"the {which} unit's weights stand for those of all units", ODD)
            )
        if s.sizes[up] <= n and s.sizes[up] > 1:
            value = W.value[:, :1, : s.sizes[up]] @ delta.value + 0 * ones
            words = "the first row of the weights above is read as if it were a column, and for all units"
            yield Filling(x.written_as(value, f"Σₖ W{sup(up)}₁ₖ δ{sup(up)}ₖ"), one(words, ODD))
    yield Filling(x.written_as(ones, "1"), one("what comes from above is lost", ODD))
    largest = (abs(delta.value) == abs(delta.value).max(1, keepdims=True)) * delta.value
    for formula, words in (
        (x.ABSOLUTE.of(delta), "the absolute value of the delta is sent down"),
        (x.SQUARE.of(delta), "the squared delta is sent down"),
        (
            x.written_as(largest, f"(δ{sup(up)} where it is largest)"),
            "the largest delta of a sample alone is sent down",
        ),
        (x.times(delta, s.z[up]), "the delta is multiplied by z of the layer above"),
        (x.times(delta, x.ABSOLUTE.of(delta)), "the delta times its absolute value is sent down"),
    ):
        yield Filling(x.product(x.transpose(W), formula), one(words))


def _of_one_unit(s, l, delta, moves):
    """What comes down from one unit above alone, through its weights as they are or as they have moved."""
    up, Wt = l + 1, np.swapaxes(s.W[l + 1].value, 1, 2)
    for which, unit in (("last", slice(-1, None)), ("first", slice(0, 1))):
        here = f" of the {which} unit above"
        heard = one(f"of all units above only the {which} is heard", 1.0, "fan-out-overwritten")
        came = Wt[:, :, unit] @ delta.value[:, unit]
        yield Filling(x.written_as(came, f"(W{sup(up)})ᵀ δ{sup(up)}{here}"), heard)
        for through in _through_moved_weights(s, l, delta, moves, unit, here):
            yield Filling(through.formula, through.exchanges + heard, through.moved)


def _through_moved_weights(s, l, delta, moves, units=slice(None), here=""):
    """What comes down through weights that each sample's own gradient has moved, or one of ``moves``."""
    up, Wt, d = l + 1, np.swapaxes(s.W[l + 1].value, 1, 2)[:, :, units], delta.value[:, units]
    words, parts = "the weights above have moved already", []
    if s.m > 1:
        of_samples = -s.a[l].value * (d * d).sum(1, keepdims=True)
        parts.append((of_samples, f"δ{sup(up)} (a{sup(l)})ᵀ", f"{words}, by each sample's own gradient"))
    parts += [(-np.swapaxes(move, 1, 2)[:, :, units] @ d, f"dW{sup(up)}", words) for move in moves]
    for part, gradient, said in parts:
        text = f"(W{sup(up)} − η {gradient})ᵀ δ{sup(up)}{here}"
        yield Filling(x.written_as(Wt @ d, text), one(said, 1.0, "stale-weights"), part)


def _of_its_own_slope(s, up, state):
    """What the program takes for the slope of the layer above, where it is another: sent down alone, or once more."""
    before, delta = state.heads.get(up), state.deltas[up]
    if before is None or s.slope[up] is None or (before.value == 0).any():
        return
    own, right = x.divided(s.delta(up, delta), before), s.slope[up].value
    size = abs(own.value).max()
    if np.ptp(own.value) <= 1e-9 * size or np.allclose(own.value / size, right / abs(right).max()):
        return
    yield Filling(own, one(f"{OWN_SLOPE} is sent down without the error"))
    yield Filling(x.times(s.delta(up, delta), own), one(f"{OWN_SLOPE} is applied once more on the way down", ODD))


OWN_SLOPE = "what stands for the slope of the layer above"
ONLY_IN_DW = Exchange("what is wrong above is wrong there alone", 0.3, "only-there")
AS_IN_DB = Exchange("what is wrong in db above comes down as well", 0.3, "as-in-db")


def _matrices(s, l, W, b):
    """What can stand for (W^{l+1})ᵀ."""
    up = l + 1
    above = str(up).translate(x.SUPERSCRIPTS)
    Wt = np.swapaxes(W.value, 1, 2)
    yield Filling(x.transpose(W))
    yield Filling(W, one("the weights above are not transposed", 1.0, "missing-transpose"))
    cut_first = np.concatenate([Wt[:, 1:], b[:, None]], 1)
    cut_last = np.concatenate([b[:, None], Wt[:, :-1]], 1)
    for value, text, code in (
        (cut_first, f"([W{above} | b{above}] without its first column)ᵀ", f"np.c_[W[{up}], b[{up}]][:, 1:].T"),
        (cut_last, f"([b{above} | W{above}] without its last column)ᵀ", f"np.c_[b[{up}], W[{up}]][:, :-1].T"),
    ):
        yield Filling(
            x.written_as(value, text, numpy=code, kind=MATRIX),
            one("the wrong column is cut off as that of the biases", 1.0, "bias-row-kept"),
        )
    yield Filling(x.transpose(s.dW[up]), one("the gradient stands for the weights above"))
    ones = x.written_as(np.ones_like(Wt), "1ᵀ", r"\mathbf 1^{\mathsf T}", "1", kind=MATRIX)
    yield Filling(ones, one("the weights above are left out and the units summed", 1.0, "from-above-missing"))
    yield Filling(x.transpose(x.ABSOLUTE.of(W)), one("absolute weights", ODD))
    shares = W.value / np.where(W.value.sum(2, keepdims=True) == 0, 1, W.value.sum(2, keepdims=True))
    yield Filling(
        x.written_as(np.swapaxes(shares, 1, 2), f"(W{above} / ΣW{above})ᵀ", kind=MATRIX),
        one("each unit sends its share of the weights", ODD),
    )
    for k in range(1, s.L + 1):
        if k != up and near(s, k, l):
            yield Filling(s.W[k], one(f"the weights of {whose(k - l)} stand for those above, not transposed"))
            yield Filling(x.transpose(s.W[k]), one(f"the weights of {whose(k - l)} stand for those above"))


def hidden_deltas(s, l, heads):
    """Finished deltas of a hidden layer that are no product entry by entry."""
    a, f = s.a[l], s.slope[l]
    n = s.sizes[l]
    cheap = [h for h in heads if h.moved is None and price(h.exchanges) <= 1]
    kept = cheap[:8] + [h for h in cheap[8:] if any(e.words.startswith(OWN_SLOPE) for e in h.exchanges)]
    for h in kept:
        yield from of_gradient(s, l, h)
        if f is None:
            continue
        square = np.swapaxes(a.value, 1, 2) @ a.value
        for value, text, code in (
            (1 - square, f"(1 − (a{sup(l)})ᵀ a{sup(l)})", f"(1 - a[{l}] @ a[{l}].T)"),
            (square, f"(a{sup(l)})ᵀ a{sup(l)}", f"a[{l}] @ a[{l}].T"),
        ):
            yield Filling(
                x.product(h.formula, x.written_as(value, text, numpy=code)),
                h.exchanges + one("matrix products stand for the products entry by entry", 1.0, "dot-not-elementwise"),
            )
        if s.m == n:
            for factor in (f, a):
                yield Filling(
                    x.product(h.formula, factor),
                    h.exchanges
                    + one("a matrix product stands for the product entry by entry", 1.0, "dot-not-elementwise"),
                )
            yield Filling(
                x.product(f, h.formula),
                h.exchanges + one("a matrix product stands for the product entry by entry", 1.0, "dot-not-elementwise"),
            )
        soft = x.written_as(x.softmax(s.z[l].value), f"softmax(z{sup(l)})", numpy=f"softmax(z[{l}])")
        yield Filling(
            softmax_pull(s, l, h.formula, a=soft),
            h.exchanges + one("the slope of a softmax stands for the layer's own", 1.0, "slope-of-wrong-function"),
        )
        times_a = x.times(h.formula, a)
        for head, part, words in (  # beside which a 1/m may stand, or not: the share is solved for
            (h.formula, f, "the slope is added instead of multiplied"),
            (h.formula, x.negative(x.times(a, a)), "brackets are missing around the slope"),
            (times_a, x.negative(a), "brackets are missing around the slope"),
        ):
            both = x.plus(head, part) if part is f else x.minus(head, part.operands[0])
            yield Filling(both, h.exchanges + one(words), part.value, number="share", base=head.value)
        yield Filling(x.divided(h.formula, f), h.exchanges + one("what comes down is divided by the slope"))
        yield Filling(x.times(h.formula, x.sample_mean(f)), h.exchanges + one("the slope is averaged over the samples"))
        yield Filling(
            x.sample_mean(x.times(h.formula, f)),
            h.exchanges + one("the delta is averaged over the samples before it is used"),
        )
    if f is not None:
        yield from _of_reductions(s, l, kept[:1])
    for h in kept[:3]:
        on = s.z[l].value > 0
        where = str(l).translate(x.SUPERSCRIPTS)
        yield Filling(
            x.written_as(h.value * on, f"({h.formula} where z{where} > 0, and c times that elsewhere)"),
            h.exchanges + one("the slope on the left of the kink is another", 1.0, "slope-of-wrong-function"),
            h.value * ~on,
            number="slope",
        )
        yield Filling(
            x.written_as(h.value * on, f"({h.formula} where z{where} > 0, and c elsewhere)"),
            h.exchanges + one("a constant stands where the slope should", 1.0, "slope-of-wrong-function"),
            1.0 * ~on,
            number="slope",
        )


def _of_reductions(s, l, heads):
    """Deltas with one slope for all units of a layer, taken of one number of them."""
    own = tuple(filter(None, x.own_slopes(s.f[l])))
    for letter, tensor in (("z", s.z[l]), ("a", s.a[l])):
        v, name = tensor.value, f"{letter}{sup(l)}"
        for value, text in (
            (v.sum(1, keepdims=True), f"Σⱼ {name}"),
            (v.mean(1, keepdims=True), f"meanⱼ {name}"),
            (v.max(1, keepdims=True), f"maxⱼ {name}"),
            (v[:, :1], f"the first unit's {name}"),
            (v[:, -1:], f"the last unit's {name}"),
            (v.mean(2, keepdims=True), f"meanᵢ {name}"),
        ):
            argument = x.written_as(value + 0 * v, text)
            for function in dict.fromkeys((*own, x.STEP, x.ITSELF)):
                for h in heads:
                    slope = function.of(argument)
                    words = f"the slope is taken of one number for all units, {slope}"
                    yield Filling(x.times(h.formula, slope), h.exchanges + one(words))
