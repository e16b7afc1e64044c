"""What can stand for the slope of the loss, and for the delta of the output layer."""

import numpy as np

from .. import expressions as x
from ..expressions import Expression
from ..scope import by_place
from .exchanges import AGAIN, ODD, Exchange, Filling, cuts, one, sup
from .slopes import of_gradient


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
        *((made, f"the error {words}", 1.0) for made, words in cuts(s, e)),
        (x.plus(a, y), "a + y", 1.0),
        (x.minus(z, y), "z − y", 1.0),
        (x.unit_sum(e), "the error summed over the units", 1.0),
        (x.sample_mean(e), "the mean error of all samples", 1.0),
        (_mean(abs(e.value), "|a − y|"), "the mean absolute error", 1.0),
        (_mean(e.value**2, "(a − y)²"), "the mean squared error", 1.0),
        *([(_mean(e.value, "(a − y)"), "the mean error of all samples and outputs", 1.0)] if s.K > 1 else []),
        *([(x.unit_sum(x.SQUARE.of(e)), "the squared error summed over the units", 1.0)] if s.K > 1 else []),
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
    for made, words in cuts(s, own) if own is not e else ():
        yield Filling(made, one(f"the slope of the loss is {words}"))
    yield from _of_another_argument(s)
    if s.biases[s.L]:
        yield from _of_other_biases(s)
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
            one("the targets stand one class too low", 1.0),
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


def _of_other_biases(s):
    """The error, and the slope of the loss, at an output whose biases are left out or subtracted."""
    f, z, b, L = s.f[s.L], s.z[-1].value, s.b[s.L].value[:, :, None], sup(s.L)
    if f.df is None and f.name != "softmax":
        return
    output = x.softmax if f.df is None else f.f
    for times, words, text in ((1, "left out", f"a{L} without b{L}"), (2, "subtracted", f"a{L} with −b{L} for b{L}")):
        a = output(z - times * b)
        if not s.net.loss.link:
            slope = by_place(s.net.loss.slope, a, s.y.value)
            exchange = one(f"the biases are {words} in the output of which the slope of the loss is taken", ODD)
            yield Filling(x.written_as(slope, f"∂ℓ/∂a{L} of {text}"), exchange)
        error = x.minus(x.written_as(a, f"({text})"), s.y)
        said = f"the error of an output whose biases are {words} stands for the slope of the loss"
        yield Filling(error, one(said, ODD))


def output_deltas(s, heads):
    """Finished deltas of the output that are no product of a slope of the loss with a slope of the activation."""
    heads = [h for h in heads if h.moved is None]
    l, a = s.L, s.a[-1]
    e_for_loss = heads[1]
    if l in s.measured and s.measured[l].whole:
        yield Filling(s.measured[l].of(s, l), one(s.measured[l].said(l)))
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
    shares = s.y.value.sum(1, keepdims=True)
    if not s.net.loss.link and abs(shares - 1).max() > 1e-9:  # of a loss −Σ y log a
        right = softmax_pull(s, l, heads[0].formula)
        if np.allclose(right.value, shares * a.value - s.y.value, rtol=1e-9, atol=1e-12):
            yield Filling(s.e, one("a − y is the delta only where the targets of a sample add up to one"))
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
    if s.m > 1:
        p = a.value
        mean = np.eye(s.K) * p.mean(2)[:, :, None] - p @ p.swapaxes(1, 2) / s.m
        formula = x.written_as(mean @ heads[0].formula.value, f"meanᵢ(J) ({heads[0].formula})")
        yield Filling(formula, one("the softmax's Jacobian J is the mean of those of all samples"))
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
