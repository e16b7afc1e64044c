"""Names for numbers: what a factor or a multiple of the parameters is likely to be, and at what price."""

import itertools
import re
from fractions import Fraction

from .fillings.exchanges import ODD, Exchange, one, sup


def equal(r, value, tolerance):
    return abs(r - value) < max(1e-7, 10 * tolerance) * abs(value)


def named_factor(s, l, r):
    """[(text, price)] of a positive factor beside the right one: the cheapest names, or the number."""
    if equal(r, 1, s.tolerance):
        return [("", 0.0)]
    known = [("m", s.m), ("2", 2.0), ("K", s.K), (f"n{sup(l - 1)}", s.sizes[l - 1])] + (
        [(f"n{sup(l)}", s.sizes[l])] if l < s.L else []
    )
    known = [(name, float(value)) for name, value in known if value != 1]
    names = [(name, value, 1.0 + 0.1 * (name[0] == "n")) for name, value in known]
    names += [(f"1/{name}", 1 / value, 1.0 + 0.1 * (name[0] == "n")) for name, value in known]
    for text in s.net.activations[l].name.partition("(")[2].rstrip(")").split(", "):  # its own constants
        if re.fullmatch(r"[\d.]+", text) and float(text) not in (0, 1, 2, 0.5):
            near = Fraction(text).limit_denominator(20)  # what six digits were printed of
            value = float(near) if abs(near - Fraction(text)) < 1e-6 else float(text)
            names += [(text, value, 1.1), (f"1/{text}", 1 / value, 1.1)]
    names += [("4", 4.0, 1.05), ("1/4", 0.25, 1.05), ("3", 3.0, 1.08), ("10", 10.0, 1.08)]
    for (first, u), (second, v) in itertools.permutations(known, 2):
        names.append(
            (f"{first}/{second}", u / v, (1.0 if {first, second} & {"2", "m"} else ODD) + 0.1 * ("n" in first + second))
        )
    for (first, u), (second, v) in itertools.combinations_with_replacement(known, 2):
        both = f"{first}²" if first == second else f"{first}{second}"
        names += [(both, u * v, ODD), (f"1/{both}" if first == second else f"1/({both})", 1 / (u * v), ODD)]
    found = [
        (name, cost) for name, value, cost in sorted(names, key=lambda row: row[2]) if equal(r, value, s.tolerance)
    ]
    return found[:3] or [(f"{r:.6g}", 2.5)]


def factor_name(s, text):
    """The entry of the table for a factor beside the right one."""
    loss = s.net.loss.name
    return {
        "m": "mean-missing",
        "1/m": "mean-twice",
        "2": "two-too-many" if loss == "half_squared" else "factor",
        "1/2": "two-missing" if loss == "mse" else "factor",
        "K": "outputs-not-averaged" if loss == "mse" else "factor",
    }.get(text, "factor")


def factor_exchanges(s, l, r, free, above):
    """[(text, exchanges)] of a factor r beside the right one, absolutely and relative to the layer above."""
    minus = one("the sign is wrong", 1.0, "sign") if r < 0 else ()
    sign = "−" if r < 0 else ""
    if equal(abs(r), 1, s.tolerance) or (free and equal(abs(r), s.m, s.tolerance)):
        ways = [("−" if r < 0 else "", minus)]
    else:
        ways = []
        for text, cost in named_factor(s, l, abs(r)):
            ways.append((sign + text, (*minus, Exchange(f"there is a factor {text}", cost, factor_name(s, text)))))
    if above and not equal(abs(above), 1, s.tolerance) or above < 0:
        if not equal(r, above, s.tolerance):
            for _, exchanges in factor_exchanges(s, l, r / above, free, 1.0):
                ways.append(
                    (ways[0][0], tuple(Exchange(e.words + " on the way down", e.price, e.name) for e in exchanges))
                )
        else:
            ways.append((ways[0][0], ()))
    elif l < s.L and equal(above, 1, s.tolerance) and ways[0][1]:
        text, exchanges = ways[0]
        ways.append((text, tuple(Exchange(e.words + " on the way down", e.price + 0.001, e.name) for e in exchanges)))
    return ways


def penalty_exchanges(s, found, right, factor, n, block):
    """Exchanges for a multiple of the parameters that is not that of the cost."""
    near = lambda value: abs(found - value) < max(1e-6, 10 * s.tolerance) * max(abs(value), 1e-3 * abs(s.decay), 1e-12)
    if near(right) or near(factor * right):
        return ()
    what = "the weights" if block == "W" else "the biases"
    if right and abs(found) < 1e-6 * abs(right):
        return one(f"the penalty on {what} is missing", 1.0, "penalty-missing")
    if right and near(n * right):
        return one(f"the penalty on {what} is not divided by n", 1.0, "penalty-undivided")
    if block == "b" and not right and (near(s.decay) or near(factor * s.decay)):
        return one("the biases are penalised too", 1.0, "bias-regularised")
    for text, value in (("−1", -1.0), ("2", 2.0), ("1/2", 0.5), ("m", s.m), ("1/m", 1 / s.m)):
        if right and near(value * right):
            return one(f"the penalty on {what} has a factor {text}", 1.0, "penalty")
    if block == "b" and not right and s.decay and near(n * s.decay):
        return one("the biases are penalised too, and not divided by n", 1.2, "penalty")
    if not right and not s.decay:
        return one(f"a penalty on {what} is in the gradient and not in the cost", 1.5, "penalty")
    return one(f"the penalty on {what} is another", 2.0, "penalty")


def before_sum(s, factor):
    """The number before a sum over the samples: 1/m times the factor, times the cost's own scale where it is not 1."""
    sign, text = ("−", factor[1:]) if factor.startswith("−") else ("", factor)
    scale = s.unit * s.m
    if scale < 0:
        sign, scale = "" if sign else "−", -scale
    if not equal(scale, 1, 1e-7):
        if equal(scale, s.m, 1e-7):
            return sign + ({"": "", "1/m": "(1/m)"}.get(text, text))
        return f"{sign}{text}{' ' if text else ''}({scale:.4g}/m)"
    known = {"": "(1/m)", "m": "", "1/m": "(1/m²)", "2": "(2/m)", "1/2": "(1/(2m))", "K": "(K/m)", "1/K": "(1/(mK))"}
    return sign + known.get(text, f"{text} (1/m)")


def per_cent(share):
    """A share in per cent, with three digits and without an exponent where it is large."""
    return f"{100 * share:.3g} per cent" if 100 * share < 1000 else "more than 1000 per cent"
