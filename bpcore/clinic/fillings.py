"""What can stand in each place of the backward pass: the right formula, and its neighbours, made by rule."""

from dataclasses import dataclass

import numpy as np

from . import expressions as x
from .expressions import MATRIX, Expression
from .scope import by_place

ODD = 1.5  # the price of an exchange that is rarely made
AGAIN = 0.05  # the price of an exchange that a layer above has made already
DROPPED = " with dropout"  # ends the name of an activation that has a mask


@dataclass(frozen=True)
class Exchange:
    """One thing that stands where another belongs: in words, at a price, and its name where the table has it."""

    words: str
    price: float = 1.0
    name: str = ""


@dataclass(frozen=True, eq=False)
class Filling:
    """A formula for one place, and the exchanges that make it: none for the right one.

    ``moved`` is a second part that comes times an unknown number, which the search solves for.
    ``number`` says what the number is: a learning "rate", the "slope" left of a kink, or another "share".
    An ``alias`` is kept beside another filling with the same values, since it is another mistake.
    """

    formula: Expression
    exchanges: tuple = ()
    moved: np.ndarray | None = None
    alias: bool = False
    number: str = "rate"
    base: np.ndarray | None = None  # the first part, where it is not the value of the formula

    @property
    def value(self):
        return self.formula.value if self.base is None else self.base

    @property
    def finite(self):
        return bool(np.isfinite(self.value).all()) and (self.moved is None or bool(np.isfinite(self.moved).all()))


def price(exchanges, used=()):
    return sum(min(AGAIN, exchange.price) if exchange.words in used else exchange.price for exchange in set(exchanges))


def one(text, *exchange):
    return (Exchange(text, *exchange),)


def whose(offset):
    """Which layer, as seen from the one that is asked."""
    near = {0: "the layer itself", 1: "the layer above", -1: "the layer below"}
    return near.get(offset) or f"the layer {abs(offset)} {'above' if offset > 0 else 'below'}"


def called(letter, offset):
    """A tensor in words, as seen from the layer that is asked."""
    if offset is None:
        return {"e": "the error a − y", "y": "the target y"}[letter]
    return f"the layer's own {letter}" if offset == 0 else f"{letter} of {whose(offset)}"


FAR = 2  # layers further away are not asked, but for the first and the last: the work grows with the depth, no faster


def near(s, k, l):
    return abs(k - l) <= FAR or k in (0, 1, s.L)


def tensors(s, n, l):
    """(formula, letter, offset) of everything in scope with n units a sample; the offset is None for e and y."""
    for k in range(s.L + 1):
        if s.sizes[k] == n and near(s, k, l):
            if k:
                yield s.z[k], "z", k - l
            yield s.a[k], "a", k - l
    if n == s.K:
        yield s.e, "e", None
        yield s.y, "y", None


# Slopes.


def slopes(s, l):
    """What can stand for f′(z^l), entry by entry."""
    f, ones = s.f[l], np.ones_like(s.z[l].value)
    own, own_formulas = s.slope[l], x.own_slopes(f)
    functions = tuple(dict.fromkeys((*x.FUNCTIONS, *own_formulas[:1])))
    sloped = s.sloped(l)
    nothing = x.written_as(ones, "", "", "1")
    left_out = "output-slope-forgotten" if l == s.L else "slope-missing"
    if own is not None and sloped:
        yield Filling(own)
    yield Filling(nothing, one("the slope is left out", 1.0, left_out) if sloped else ())
    if l in s.measured and not s.measured[l].whole:
        yield Filling(s.measured[l].of(s, l), one(s.measured[l].words))
    if f.name == "relu":
        yield Filling(nothing, one("the mask is a ≥ 0, which is always true", 1.0, "relu-mask"), alias=True)
    if l < s.L and sloped and s.f[l + 1].name == "identity":
        yield Filling(
            nothing, one("the slope is that of the layer above, 1", 1.0, "slope-of-wrong-function"), alias=True
        )
    if own is not None and sloped:
        twice = "output-slope-twice" if l == s.L and s.net.loss.link else "slope-twice"
        yield Filling(x.times(own, own), one("the slope is taken twice", 1.0, twice))
    if own is not None and sloped and s.sizes[l] > 1:
        for which, k in (("first", 0), ("last", -1)):
            value = ones.copy()
            value[:, k] = own.value[:, k]
            formula = x.written_as(value, f"({own} in the {which} unit, 1 elsewhere)")
            yield Filling(formula, one(f"the slope is applied to the {which} unit alone"))
    if own is not None and sloped:
        yield from _slopes_with_the_first(s, l, own)
    for tensor, letter, offset in tensors(s, s.sizes[l], l):
        far = offset is None or offset != 0
        for function in functions:
            formula = function.of(tensor)
            its_own = function in own_formulas
            cost = max(1.0, far + (not its_own)) + (function not in x.SLOPES and not its_own) / 2
            if function is x.ITSELF and letter == "a" and offset == 0:
                cost = 1.0
            words, name = _slope_words(function, letter, offset, its_own, function in own_formulas[:1], f)
            if own is not None and its_own and np.array_equal(formula.value, own.value) or (formula.value == 1).all():
                continue
            yield Filling(formula, (Exchange(words, cost, name),))
            if own is not None and sloped:
                more = function.name.format(called(letter, offset))
                yield Filling(
                    x.times(own, formula),
                    (Exchange(f"beside the slope there is a factor {more}", cost + 0.75 * (function is not x.ITSELF)),),
                )


def _slopes_with_the_first(s, l, own):
    """The slope of one sample, unit or entry for all of them, and products in it with the first entry for a square."""
    f, z, a = s.f[l], s.z[l].value, s.a[l].value
    first = (slice(None), slice(0, 1), slice(0, 1))
    for text, part, more in (
        ("first entry of all", first, True),
        ("first sample", (slice(None), slice(None), slice(0, 1)), s.m > 1),
        ("last sample", (slice(None), slice(None), slice(-1, None)), s.m > 1),
        ("first unit", (slice(None), slice(0, 1)), s.sizes[l] > 1),
        ("last unit", (slice(None), slice(-1, None)), s.sizes[l] > 1),
    ):
        if more:
            value = own.value[part] + 0 * z
            yield Filling(
                x.written_as(value, f"({own} of the {text})"), one(f"the slope of the {text} stands for all", ODD)
            )
    if s.m * s.sizes[l] < 2:
        return
    z_name, a_name, z1, a1 = f"z{sup(l)}", f"a{sup(l)}", z[first], a[first]
    products = {
        "sigmoid": [(a * (1 - a1), f"{a_name} (1 − {a_name}₁₁)"), (a1 * (1 - a), f"{a_name}₁₁ (1 − {a_name})")],
        "tanh": [(1 - a * a1, f"(1 − {a_name} {a_name}₁₁)")],
        "exact gelu": [
            (
                own.value + z * (np.exp(-0.5 * z * z1) - np.exp(-0.5 * z * z)) / np.sqrt(2 * np.pi),
                f"(Φ({z_name}) + {z_name} exp(−{z_name} {z_name}₁₁/2)/√(2π))",
            )
        ],
    }.get(f.name, [])
    for value, text in products:
        yield Filling(
            x.written_as(value, text),
            one(
                f"in the slope the first entry of all, {z_name[0] if 'Φ' in text else a_name[0]}₁₁, stands for each",
                ODD,
            ),
        )


SLOPE_OF = {
    x.SIGMOID_SLOPE: "of a sigmoid",
    x.SIGMOID_SLOPE_OF_A: "of a sigmoid, t(1 − t),",
    x.TANH_SLOPE: "of a tanh",
    x.TANH_SLOPE_OF_A: "of a tanh, 1 − t²,",
    x.STEP: "of a ReLU",
    x.SMALL_LEAK: "of a leaky ReLU",
}


def _slope_words(function, letter, offset, its_own, of_z, f):
    what = called(letter, offset)
    if function is x.ITSELF:
        return f"{what} stands for the slope", "activation-for-slope" if offset == 0 and letter == "a" else ""
    if its_own and offset == 0:
        if letter == "a" and of_z:
            return "the slope is taken of the activation a instead of z", "slope-of-a"
        return "the formula for a is given z", "slope-formula-of-z"
    if its_own and offset is not None:
        return f"the slope is taken at {what}", "slope-of-wrong-layer"
    if f.name.endswith(DROPPED) and offset == 0 and letter == "a" and function is x.STEP:
        return "the mask of dropout comes without its factor", "dropout"
    if f.name.endswith(DROPPED) and offset == 0 and function in SLOPE_OF:
        return f"the mask of dropout is left out, and the slope is that {SLOPE_OF[function]} alone", "dropout"
    if function in SLOPE_OF:
        return f"the slope is that {SLOPE_OF[function]} taken of {what}", "slope-of-wrong-function"
    return f"{function.name.format(what)} stands for the slope", ""


def of_gradient(s, l, h):
    """A slope or a mask taken of the incoming gradient: beside it, or instead of it."""
    own_formulas = x.own_slopes(s.f[l])
    functions = dict.fromkeys((*x.FUNCTIONS, *own_formulas[:1], x.CLIPPED, x.SIGN, x.ABSOLUTE))
    of_the_mean = x.scaled("(1/m)", h.formula)  # programs that divide by m at the output send this down
    of_the_mean.value = s.unit * h.value
    for function in functions:
        if function is x.ITSELF:
            continue
        cost = 1.0 if function in own_formulas or function is x.RELU else ODD
        formula = function.of(h.formula)
        relu = s.f[l].name == "relu" and function in (x.STEP, x.RELU)
        if function not in (x.CLIPPED, x.SIGN, x.RELU, x.ABSOLUTE):
            exchanges = h.exchanges + one(
                "the slope is taken of the incoming gradient" + (", as a mask" if relu else ""),
                cost,
                "mask-of-gradient" if relu else "",
            )
            yield Filling(x.times(h.formula, formula), exchanges)
            if function in own_formulas and not relu:
                yield Filling(x.times(h.formula, function.of(of_the_mean)), exchanges)
        words = f"{function.name.format('the incoming gradient')} stands for the incoming gradient times the slope"
        yield Filling(formula, h.exchanges + one(words, cost, "mask-of-gradient" if relu else ""))


# The output layer.


def loss_slope(s):
    """∂ℓ/∂a^L of the network's loss, as a formula."""
    a, value = s.a[-1], s.loss_slope
    one_minus = x.ONE_MINUS.of(a)
    known = {
        "half_squared": lambda: s.e,
        "mse": lambda: x.scaled("2" if s.K == 1 else "(2/K)", s.e),
        "binary_cross_entropy": lambda: x.divided(s.e, x.times(a, one_minus)),
        "cross_entropy": lambda: x.negative(x.divided(s.y, a)),
    }.get(s.net.loss.name)
    formula = known() if known else x.written_as(value, "∂ℓ/∂a" + str(s.L).translate(x.SUPERSCRIPTS))
    return Expression(formula.operator, formula.operands, value)


def right_output(s):
    """The right output delta as a formula."""
    value = s.right_output_delta()
    if s.net.loss.link:
        return s.e
    g = loss_slope(s)
    if s.slope[s.L] is None:
        return mixed_pull(s, s.L, g)
    return Expression(x.TIMES, (g, s.slope[s.L]), value) if s.sloped(s.L) else Expression(g.operator, g.operands, value)


def softmax_pull(s, l, g, inner=None, sign="−", a=None):
    """a ⊙ (g − Σⱼ g ⊙ a): the softmax's whole Jacobian, or with another sum."""
    a = a or s.a[l]
    inner = inner or x.unit_sum(x.times(g, a))
    return x.times(a, x.minus(g, inner) if sign == "−" else x.plus(g, inner))


def mixed_pull(s, l, g):
    """What an activation that mixes the units or the samples makes of g, as it should be."""
    a = s.a[l]
    if s.f[l].name == "softmax over the samples":
        over = x.written_as((g.value * a.value).sum(2, keepdims=True), f"Σᵢ ({g} ⊙ {a})")
        return x.times(a, x.minus(g, over))
    if s.f[l].name == "log softmax":
        return x.minus(g, x.times(x.EXPONENTIAL.of(a), x.unit_sum(g)))
    return softmax_pull(s, l, g)


def output_heads(s):
    """What can stand for the slope of the loss at the output, before the slope of the activation."""
    a, y, e, z, own = s.a[-1], s.y, s.e, s.z[-1], loss_slope(s)
    ones = x.written_as(np.ones_like(a.value), "1")
    a_minus_mean = x.minus(a, x.sample_mean(y))
    yield Filling(own)
    linked = s.net.loss.link is not None
    yield Filling(e, one("a − y stands for the slope of the loss", 1.0, "" if not linked else "e-beside-slope"))
    for formula, what, cost in (
        (x.negative(x.divided(y, a)), "−y/a", 1.0),
        (x.divided(e, x.times(a, x.ONE_MINUS.of(a))), "the slope of the cross-entropy", 1.0),
        (x.divided(x.ONE_MINUS.of(y), x.ONE_MINUS.of(a)), "(1 − y)/(1 − a)", 1.0),
        (
            x.minus(x.divided(x.ONE_MINUS.of(y), x.ONE_MINUS.of(a)), x.divided(x.SQUARE.of(y), a)),
            "another formula",
            ODD,
        ),
        (x.plus(x.divided(y, a), x.divided(x.ONE_MINUS.of(y), x.ONE_MINUS.of(a))), "y/a + (1 − y)/(1 − a)", 1.0),
        (a, "the output a", 1.0),
        (y, "the target y", 1.0),
        (ones, "1", 1.0),
        (x.times(y, e), "y ⊙ (a − y)", 1.0),
        (x.times(a, e), "a ⊙ (a − y)", ODD),
        (x.times(y, a), "y ⊙ a", ODD),
        (x.SQUARE.of(e), "the squared error", 1.0),
        (x.times(e, x.ABSOLUTE.of(e)), "the error times its absolute value", ODD),
        (x.times(e, x.SQUARE.of(e)), "the cubed error", ODD),
        (x.minus(a, ones), "a − 1", 1.0),
        (x.times(x.ONE_MINUS.of(y), a), "(1 − y) ⊙ a", 1.0),
        (x.ABSOLUTE.of(e), "the absolute error", 1.0),
        (x.SIGN.of(e), "the sign of the error", 1.0),
        (x.CLIPPED.of(e), "the clipped error", 1.0),
        (x.plus(a, y), "a + y", 1.0),
        (x.minus(z, y), "z − y", 1.0),
        (x.unit_sum(e), "the error summed over the units", 1.0),
        (x.sample_mean(e), "the mean error of all samples", 1.0),
        (_mean(abs(e.value), "|a − y|"), "the mean absolute error", 1.0),
        (_mean(e.value**2, "(a − y)²"), "the mean squared error", 1.0),
        *([(_mean(e.value, "(a − y)"), "the mean error of all samples and outputs", 1.0)] if s.K > 1 else []),
        (x.minus(x.SIGMOID.of(a), y), "σ(a) − y", 1.0),
        (x.minus(x.SIGMOID.of(z), y), "σ(z) − y", 1.0),
        (x.minus(x.TANH.of(z), y), "tanh(z) − y", 1.0),
        (x.minus(x.EXPONENTIAL.of(z), y), "exp(z) − y", 1.0),
        (x.minus(x.written_as(np.log(np.maximum(a.value, 1e-300)), f"log a{sup(s.L)}"), y), "log a − y", 1.0),
        (
            x.minus(x.STEP.of(x.minus(a, x.written_as(np.full_like(a.value, 0.5), "½", r"\tfrac12", "0.5"))), y),
            "the rounded output minus y",
            1.0,
        ),
    ):
        yield Filling(formula, one(f"{what} stands for the slope of the loss", cost))
    yield from _of_another_argument(s)
    if s.K > 1:
        hot = (a.value == a.value.max(axis=1, keepdims=True)) * 1.0
        yield Filling(
            x.minus(x.written_as(hot, f"onehot(argmax a{sup(s.L)})"), y),
            one("the predicted class minus y stands for the slope of the loss"),
        )
        for value, text in (
            (np.exp(z.value - z.value.max(1, keepdims=True)), f"exp(z{sup(s.L)} − max z{sup(s.L)})"),
            (z.value / z.value.sum(1, keepdims=True), f"z{sup(s.L)} / Σ z{sup(s.L)}"),
            (a.value / np.linalg.norm(a.value, axis=1, keepdims=True), f"a{sup(s.L)} / ‖a{sup(s.L)}‖"),
        ):
            yield Filling(x.minus(x.written_as(value, text), y), one(f"{text} − y stands for the slope of the loss"))
        soft = x.written_as(
            x.softmax(z.value), f"softmax(z{str(s.L).translate(x.SUPERSCRIPTS)})", numpy=f"softmax(z[{s.L}])"
        )
        yield Filling(x.minus(soft, y), one("softmax(z) − y stands for the slope of the loss"))
        again = x.written_as(x.softmax(a.value), f"softmax(a{sup(s.L)})", numpy=f"softmax(a[{s.L}])")
        yield Filling(x.minus(again, y), one("softmax(a) − y stands for the slope of the loss"))
        yield Filling(
            x.minus(x.written_as(x.softmax(z.value, 2), "softmax over samples"), y),
            one("the softmax is taken over the samples", 1.0, "softmax-wrong-axis"),
        )
    if s.m > 1:
        yield Filling(
            x.minus(a, x.written_as(np.roll(y.value, 1, axis=2), "y of the sample before")),
            one("each sample has the target of another", ODD),
        )
        yield Filling(
            x.minus(a, x.written_as(y.value[:, :, ::-1], "y in reverse order")),
            one("each sample has the target of another", ODD),
        )
        words, name = (
            ("(m, 1) − (m,) is broadcast to (m, m)", "broadcast-loss")
            if s.K == 1
            else ("the mean target stands for the target", "")
        )
        yield Filling(a_minus_mean, one(words, 1.0, name))
    if s.K > 1:
        yield Filling(
            x.minus(a, x.written_as(np.roll(y.value, 1, axis=1), "y shifted by a class")),
            one("the targets stand one class too far", 1.0, "labels-off-by-one"),
        )
        yield Filling(
            x.minus(a, x.written_as(np.roll(y.value, -1, axis=1), "y shifted back by a class")),
            one("the targets stand one class too far", 1.0, "labels-off-by-one"),
        )


def _mean(value, text):
    """One number for all samples and units."""
    return x.written_as(value.mean((1, 2), keepdims=True) + 0 * value, f"mean {text}", numpy=f"np.mean({text})")


def _of_another_argument(s):
    """The slope of the loss at another output or target than its own, or with a factor on one side of a kink."""
    a, y = s.a[-1], s.y
    own = loss_slope(s)
    if not s.net.loss.link:
        for side, where in ((y.value > a.value, "y > a"), (y.value * a.value > 1, "y a > 1"), (a.value > 0, "a > 0")):
            if side.any() and not side.all():
                formula = x.written_as(own.value * side, f"({own} where {where}, and c times that elsewhere)")
                words = f"the slope of the loss has another factor on one side of {where.replace('>', '=')}"
                yield Filling(formula, one(words), own.value * ~side, number="share")
    name = f"∂ℓ/∂a{sup(s.L)}"
    for first, second, text in ((-1, 1, "(−a, y)"), (1, -1, "(a, −y)")):
        value = by_place(s.net.loss.slope, first * a.value, second * y.value)
        yield Filling(x.written_as(value, name + text), one(f"the slope of the loss is taken at {text}"))
    value = by_place(lambda a, y: s.net.loss.slope(y, a), a.value, y.value)
    yield Filling(x.written_as(value, name + "(y, a)"), one("output and target change places in the slope of the loss"))


def output_deltas(s, heads):
    """Finished deltas of the output that are no product of a slope of the loss with a slope of the activation."""
    heads = [h for h in heads if h.moved is None]
    l, a = s.L, s.a[-1]
    e_for_loss = heads[1]
    if l in s.measured and s.measured[l].whole:
        yield Filling(s.measured[l].of(s, l), one(s.measured[l].words))
    if s.net.loss.link:
        yield Filling(s.e)
    for h in heads[:2]:
        yield from of_gradient(s, l, h)
    if s.net.loss.link:  # other errors in the place of a − y, which the loss has freed from the slope
        for h in heads[2:]:
            if "/" not in str(h.formula):
                yield Filling(
                    h.formula,
                    tuple(
                        Exchange(e.words.replace("the slope of the loss", "a − y"), e.price, e.name)
                        for e in h.exchanges
                    ),
                )
        yield from (f for f in of_gradient(s, l, Filling(s.e)))
    if s.slope[l] is not None:
        return
    if s.f[l].name == "log softmax":
        yield from _of_a_log_softmax(s.a[l], x.EXPONENTIAL.of(s.a[l]), heads)
        return
    if s.net.loss.link:  # of a program that takes the logarithm first
        logs = x.written_as(np.log(np.maximum(a.value, 1e-300)), f"log a{sup(l)}", numpy=f"np.log(a[{l}])")
        yield from _of_a_log_softmax(logs, a, [Filling(x.negative(s.y))])
    twice = s.net.loss.link is not None
    again = x.written_as(x.softmax(a.value), f"softmax(a{sup(l)})", numpy=f"softmax(a[{l}])")
    yield Filling(
        softmax_pull(s, l, x.negative(x.divided(s.y, again))), one("the slope of the loss is taken at a softmax of a")
    )
    a_slope = x.SIGMOID_SLOPE_OF_A.of(a)
    for h in heads if len(heads) < 8 else heads[:4]:
        cancelled = h is e_for_loss and twice
        exchanges = (
            one("the output's slope is applied although the loss has cancelled it", 1.0, "output-slope-twice")
            if cancelled
            else h.exchanges
        )
        yield Filling(softmax_pull(s, l, h.formula), exchanges)
        yield Filling(
            x.times(h.formula, a_slope),
            exchanges
            + one(
                "the softmax is treated entry by entry",
                AGAIN if cancelled else 1.0,
                "" if cancelled else "softmax-diagonal",
            ),
        )
        yield Filling(
            x.times(h.formula, x.SIGMOID_SLOPE.of(s.z[l])),
            exchanges + one("the slope of a sigmoid stands for that of the softmax", 1.0, "slope-of-wrong-function"),
        )
        yield Filling(
            x.times(h.formula, x.SIGMOID_SLOPE.of(a)),
            exchanges
            + one("the slope of a sigmoid stands for that of the softmax, taken of a", 1.0, "slope-of-wrong-function"),
        )
        soft = x.written_as(x.softmax(a.value), f"softmax(a{sup(l)})", numpy=f"softmax(a[{l}])")
        yield Filling(
            x.times(h.formula, x.times(soft, x.ONE_MINUS.of(soft))),
            exchanges
            + one(
                "the softmax is treated entry by entry, and taken of a",
                AGAIN if cancelled else 1.0,
                "" if cancelled else "softmax-diagonal",
            ),
        )
        z, rest = s.z[l], x.ONE_MINUS.of(a)
        for factors in ((rest,), (a, a), (x.ONE_PLUS.of(a),), (x.TANH_SLOPE_OF_A.of(a),), (z,), (z, rest), (z, a)):
            slope = factors[0] if len(factors) == 1 else x.times(*factors)
            words = f"the softmax is treated entry by entry, with the slope {slope}"
            yield Filling(x.times(h.formula, slope), exchanges + one(words))
        bare = x.minus(h.formula, x.unit_sum(x.times(h.formula, a)))
        yield Filling(bare, exchanges + one("the factor a of the softmax's Jacobian is left out"))
        logs = x.written_as(
            np.log(np.maximum(a.value, 1e-300)), f"log a{sup(l)}", rf"\log a^{{{l}}}", f"np.log(a[{l}])"
        )
        of_logs = x.unit_sum(x.times(h.formula, logs))
        words = "log a stands for a in the softmax's Jacobian"
        yield Filling(x.minus(h.formula, of_logs), exchanges + one(f"{words}, and its factor is left out"))
        yield Filling(softmax_pull(s, l, h.formula, of_logs), exchanges + one(words))
        ga = x.times(h.formula, a)
        yield Filling(ga, exchanges + one("the sum of the softmax's Jacobian is left out", 1.0, "softmax-diagonal"))
        over_samples = x.written_as(ga.value.sum(2, keepdims=True), f"Σᵢ {ga.written('text', 6)}")
        yield Filling(
            softmax_pull(s, l, h.formula, over_samples),
            exchanges + one("the sum in the softmax's Jacobian runs over the samples", 1.0, "softmax-wrong-axis"),
        )
        over_all = x.written_as(ga.value.sum((1, 2), keepdims=True), f"Σᵢⱼ {ga.written('text', 6)}")
        yield Filling(
            softmax_pull(s, l, h.formula, over_all),
            exchanges + one("the softmax's sum runs over all entries", 1.0, "softmax-wrong-axis"),
        )
        yield Filling(softmax_pull(s, l, h.formula, sign="+"), exchanges + one("a sign in the softmax's Jacobian"))
        yield Filling(
            softmax_pull(s, l, h.formula, x.unit_sum(h.formula)),
            exchanges + one("the sum of the softmax's Jacobian is not weighted by a"),
        )
        of_z = Filling(softmax_pull(s, l, h.formula, x.unit_sum(x.times(h.formula, s.z[l])), a=s.z[l]))
        yield Filling(of_z.formula, exchanges + one("the formula for a is given z", 1.0, "slope-formula-of-z"))
        of_a = x.written_as(x.softmax(a.value), f"softmax(a{sup(l)})", numpy=f"softmax(a[{l}])")
        yield Filling(
            softmax_pull(s, l, h.formula, a=of_a),
            exchanges + one("the slope is taken of the activation a instead of z", 1.0, "slope-of-a"),
        )


def _of_a_log_softmax(a, p, heads):
    """What stands for g − p Σⱼ g, the Jacobian of a log-softmax a = log p times what comes down."""
    for h in heads:
        g = h.formula
        added = x.written_as(g.value + p.value, f"({g} + c {p})")
        words = "the probabilities are added in the log-softmax's Jacobian"
        yield Filling(added, h.exchanges + one(words), p.value, number="share", base=g.value)
        for formula, words in (
            (x.minus(g, x.times(p, x.unit_sum(g))), ""),
            (x.minus(g, p), "the sum is left out of the log-softmax's Jacobian"),
            (x.times(g, x.ONE_MINUS.of(p)), "the log-softmax is treated entry by entry"),
            (x.minus(g, x.unit_sum(x.times(g, a))), "the softmax's Jacobian stands for that of its logarithm"),
            (x.times(p, x.minus(g, x.unit_sum(x.times(g, p)))), "the logarithm is left out"),
            (x.plus(g, x.times(p, x.unit_sum(g))), "a sign in the log-softmax's Jacobian"),
            (x.minus(g, x.unit_sum(g)), "the factor exp(a) of the log-softmax's Jacobian is left out"),
        ):
            yield Filling(formula, h.exchanges + (one(words) if words else ()))


# Hidden layers: what comes down, through which matrix.


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
        arriving.append(Filling(s.delta(up, state.in_db[up]), (ONLY_IN_DW,)))
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
        Filling(x.CLIPPED.of(delta), one("the delta is clipped on the way down")),
        Filling(x.SIGN.of(delta), one("the sign of the delta is sent down", ODD)),
        Filling(x.times(delta, s.a[up]), one("the delta is multiplied by the activation of the layer above")),
        Filling(x.unit_sum(delta), one("the delta is summed over the units")),
        Filling(x.sample_mean(delta), one("the delta is averaged over the samples before it is sent down")),
    ]
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
    if s.sizes[up] > 1:
        for which, k in (("last", slice(-1, None)), ("first", slice(0, 1))):
            share = np.swapaxes(W.value, 1, 2)[:, :, k] @ delta.value[:, k]
            text = f"(W{sup(up)})ᵀ δ{sup(up)} of the {which} unit above"
            yield Filling(
                x.written_as(share, text),
                one(f"of all units above only the {which} is heard", 1.0, "fan-out-overwritten"),
            )
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


ONLY_IN_DW = Exchange("what is wrong above is wrong there alone", 0.3, "only-there")


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


def hidden_deltas(s, l, heads, slope_fillings):
    """Finished deltas of a hidden layer that are no product entry by entry."""
    a, f = s.a[l], s.slope[l]
    n = s.sizes[l]
    kept = [h for h in heads if h.moved is None and price(h.exchanges) <= 1][:8]
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


# The input of dW.


def inputs(s, l):
    """What can stand for a^{l-1} in dW^l = δ^l (a^{l-1})ᵀ: (places, 1 or n_l, n_{l-1}, samples)."""
    n, a = s.sizes[l - 1], s.a[l - 1]
    ones = np.ones_like(a.value)
    yield Filling(a)
    for tensor, letter, offset in tensors(s, n, l):
        if tensor is a:
            continue
        name = (
            "input-before-activation"
            if letter == "z" and offset == -1
            else "input-of-wrong-layer"
            if letter == "a" and offset == 0
            else ""
        )
        words = f"{called(letter, offset)} stands for the input"
        yield Filling(tensor, one(words, 1.0, name))
    for tensor, letter, offset in tensors(s, n, l):
        if letter in "za" and tensor is not a:
            for function in (x.SIGMOID, x.TANH, x.RELU):
                formula = function.of(tensor)
                if not np.allclose(formula.value, a.value):
                    words = f"{function.name.format(called(letter, offset))} stands for the input"
                    yield Filling(formula, one(words, ODD))
    for tensor, letter, offset in tensors(s, s.sizes[l], l) if s.sizes[l] > 1 else ():  # entry by entry, for all inputs
        value = np.repeat(tensor.value[:, :, None], n, axis=2)
        words = f"{called(letter, offset)} stands for the input, entry by entry, and the sum is spread over all weights"
        text = f"{tensor} for every weight"
        own = letter == "a" and offset == 0
        yield Filling(x.written_as(value, text), one(words, 1.0 if own else ODD, "input-of-wrong-layer" if own else ""))
    for function in x.own_slopes(s.f[l]) if s.sloped(l) else ():
        if function is not None:
            words = "the slope is taken at the input, weight by weight"
            yield Filling(x.times(a, function.of(a)), one(words))
    yield Filling(x.sample_mean(a), one("the mean of the inputs stands for each of them"))
    for value, text, words, cost, name in (
        (ones, "1", "the input is left out", 1.0, ""),
        (a.value**2, f"(a{sup(l - 1)} ⊙ a{sup(l - 1)})", "the input is squared", 1.0, ""),
        (np.maximum(a.value, 0), f"max(a{sup(l - 1)}, 0)", "a ReLU is applied to the input", 1.0, ""),
        ((a.value > 0) * 1.0, f"[a{sup(l - 1)} > 0]", "the mask of the input stands for the input", 1.0, ""),
        (x.sigmoid(a.value), f"σ(a{sup(l - 1)})", "the activation is applied once more to the input", 1.0, ""),
        (np.tanh(a.value), f"tanh(a{sup(l - 1)})", "the activation is applied once more to the input", 1.0, ""),
        (
            a.value.sum(1, keepdims=True) + 0 * a.value,
            f"Σⱼ a{sup(l - 1)}",
            "the inputs are summed over the units",
            1.0,
            "",
        ),
        (
            np.concatenate([ones[:, :1], a.value[:, :-1]], 1),
            f"([1 | a{sup(l - 1)}] without its last column)",
            "the wrong column of the input is cut off",
            1.0,
            "",
        ),
        (
            np.concatenate([a.value[:, 1:], ones[:, :1]], 1),
            f"([a{sup(l - 1)} | 1] without its first column)",
            "the wrong column of the input is cut off",
            1.0,
            "",
        ),
        (_shifted(a.value, 1, 1), f"a{sup(l - 1)} of the unit after", "the input of the next unit is read", 1.0, ""),
        (
            _shifted(a.value, -1, 1),
            f"a{sup(l - 1)} of the unit before",
            "the input of the unit before is read",
            1.0,
            "",
        ),
        (np.roll(a.value, -1, 1), f"a{sup(l - 1)} turned by a unit", "the input of the next unit is read", 1.0, ""),
        (np.roll(a.value, 1, 1), f"a{sup(l - 1)} turned back", "the input of the unit before is read", 1.0, ""),
        (
            a.value[:, ::-1],
            f"a{sup(l - 1)} in reverse order",
            "the inputs are read from the last to the first",
            1.0,
            "",
        ),
        (np.roll(a.value, 1, 2), f"a{sup(l - 1)} of the sample before", "another sample's input is read", 1.0, ""),
        (np.roll(a.value, -1, 2), f"a{sup(l - 1)} of the sample after", "another sample's input is read", 1.0, ""),
        (
            _only(a.value, -1),
            f"a{sup(l - 1)} of the last sample",
            "of all samples only the last counts",
            1.0,
            "samples-overwritten",
        ),
        (
            _only(a.value, 0),
            f"a{sup(l - 1)} of the first sample",
            "of all samples only the first counts",
            1.0,
            "samples-overwritten",
        ),
    ):
        yield Filling(x.written_as(value, text), one(words, cost, name))
    if s.m > 2:
        value = a.value.copy()
        value[:, :, -1] = 0
        yield Filling(x.written_as(value, f"a{sup(l - 1)} without the last sample"), one("the last sample is left out"))
        value = a.value.copy()
        value[:, :, 0] = 0
        yield Filling(
            x.written_as(value, f"a{sup(l - 1)} without the first sample"), one("the first sample is left out")
        )
    if l > 1 and s.slope[l - 1] is not None and s.sloped(l - 1):
        yield Filling(s.slope[l - 1], one("the slope of the layer below stands for the input"))
        yield Filling(x.times(a, s.slope[l - 1]), one("the input is multiplied by its slope"))


def sup(l):
    return str(l).translate(x.SUPERSCRIPTS)


def _shifted(value, step, axis):
    """The entries moved by one place, with a zero at the end that becomes free."""
    moved = np.roll(value, -step, axis)
    moved[:, -1 if step > 0 else 0] = 0
    return moved


def _only(value, k):
    kept = np.zeros_like(value)
    kept[:, :, k] = value[:, :, k]
    return kept
