"""What can stand for the slope of an activation, entry by entry, and slopes of what comes down."""

import numpy as np

from .. import expressions as x
from .exchanges import ODD, Exchange, Filling, called, one, sup, tensors


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
        yield Filling(s.measured[l].of(s, l), one(s.measured[l].said(l)))
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
        yield from _slopes_of_two(s, l)
        if s.biases[l]:
            without = x.minus(s.z[l], x.written_as(s.b[l].value[:, :, None] + 0 * own.value, f"b{sup(l)}"))
            for function in filter(None, own_formulas[:1]):
                yield Filling(function.of(without), one("the slope is taken of the sum before the bias is added", 1.2))
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


def _slopes_of_two(s, l):
    """The slope as a product in which another array stands for one of two a."""
    a = s.a[l]
    for t, letter, offset in tensors(s, s.sizes[l], l):
        if t is a or letter == "z":
            continue
        products = {
            "sigmoid": lambda t=t: (x.times(t, x.ONE_MINUS.of(a)), x.times(a, x.ONE_MINUS.of(t))),
            "tanh": lambda t=t: (x.minus(x.written_as(np.ones_like(a.value), "1"), x.times(a, t)),),
        }
        for formula in products.get(s.f[l].name, tuple)():
            yield Filling(formula, one(f"in the slope {called(letter, offset)} stands for one of the two a", ODD))


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
    if f.name.endswith(x.DROPPED) and offset == 0 and letter == "a" and function is x.STEP:
        return "the mask of dropout comes without its factor", "dropout-mask"
    if f.name.endswith(x.DROPPED) and offset == 0 and function in SLOPE_OF:
        return f"the mask of dropout is left out, and the slope is that {SLOPE_OF[function]} alone", "dropout-mask"
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
