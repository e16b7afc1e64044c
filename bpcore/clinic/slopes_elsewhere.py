"""Slips in which a slope or a condition is taken elsewhere: at another step, or at a sum with one term other."""

import numpy as np

from .recorded import value_of
from .slip import Slip, edge, edges, other_slope

NEAR = 20  # steps apart at whose values a slope may be taken
BACK = 4  # steps from an argument back to what it is made of
OF_OUTPUT = (("1 − h²", lambda h: 1 - h * h), ("h (1 − h)", lambda h: h * (1 - h)))  # slopes by what comes out
TERMS, FACTORS = 6, 12  # of a sum, and of each of them, at most
BORDERS = (0.0, 1.0, -1.0, 0.5, -0.5, 2.0)


class Term:
    """A product in a sum, with its sign; each factor is an operand (step, position), or a step with no position."""

    def __init__(self, sign, factors):
        self.sign, self.factors = sign, factors

    def at(self, record):
        value = self.sign
        for index, k in self.factors:
            operand = record.steps[index] if k is None else record.steps[index].operands[k]
            value = value * value_of(operand)
        return value


def terms_of(record, step, known=None):
    """A step as a sum of products of steps and constants, as far as it is written as one.

    What is ``known`` of the steps before it, by their indices, is not asked for again: in a recurrence the ways back
    to them multiply with every round.
    """
    known = {} if known is None else known
    if step.index not in known:
        known[step.index] = _terms(record, step, known)
    return known[step.index]


def _terms(record, step, known):
    name, itself = step.name, [Term(1.0, [(step.index, None)])]
    if step.patched or name not in ("add", "subtract", "multiply", "negative"):
        return itself
    parts = []
    for k, operand in enumerate(step.operands):
        is_step = hasattr(operand, "operands")
        of_operand = terms_of(record, operand, known) if is_step else [Term(1.0, [(step.index, k)])]
        turned = name == "negative" or name == "subtract" and k == 1
        parts.append([Term(-term.sign, term.factors) for term in of_operand] if turned else of_operand)
    if name == "multiply":
        made = [Term(a.sign * b.sign, [*a.factors, *b.factors]) for a in parts[0] for b in parts[1]]
    else:
        made = [term for part in parts for term in part]
    return made if len(made) <= TERMS and all(len(term.factors) <= FACTORS for term in made) else itself


def other_sums(record, step, texts, fewest=3):
    """The sums that a step could be instead, with a term or a factor left out or another sign: (words, function).

    A term is left out of a sum of at least ``fewest``: what is left of one of two is a step, or a number.
    """
    terms = terms_of(record, step)
    if len(terms) < 2:
        return
    total = lambda some: lambda r: sum((term.at(r) for term in some), np.zeros(r.steps[step.index].value.shape))

    def text(factors):
        shown = [record.steps[i] if k is None else record.steps[i].operands[k] for i, k in factors]
        return " * ".join(texts.as_operand(operand) for operand in shown)

    for k, term in enumerate(terms):
        others = terms[:k] + terms[k + 1 :]
        if len(terms) >= fewest:
            yield f"without {text(term.factors)}", total(others)
        yield f"with the wrong sign of {text(term.factors)}", total([*others, Term(-term.sign, term.factors)])
        for j, factor in enumerate(term.factors) if len(term.factors) > 1 else ():
            rest = term.factors[:j] + term.factors[j + 1 :]
            yield f"without the factor {text([factor])} before {text(rest)}", total([*others, Term(term.sign, rest)])


def slopes_elsewhere(record, texts, u, v, shapes, slope_at):
    """Slips of a function from step u to step v whose slope is taken elsewhere."""
    name = texts.at(v)

    def taken(at):
        return lambda r: (edges(r, v), [[(u, lambda bar: bar * slope_at(r, u, v, at(r)))]])

    for w in shapes.get(record.steps[u].value.shape, []):
        if w not in (u, v) and abs(w - v) < NEAR:
            words = f"the slope of {name} is taken at {texts.at(w)}"
            yield Slip(1.5, words, v, taken(lambda r, w=w: r.steps[w].value), tag=("slope at", v - u, w - v))
    for said, at in other_sums(record, record.steps[u], texts):
        words = f"the slope of {name} is taken at {texts.at(u)} {said}"
        yield Slip(1.5, words, v, taken(at), tag=("slope at", v - u, said))


def other_divisors(record, texts, step):
    """Slips of a quotient whose derivative has another sum below the line than the quotient itself."""
    above, below = step.operands
    if not hasattr(below, "operands"):
        return
    text = texts.of(step)
    parts = {e: "above" if source is above else "below" for e, source in enumerate(step.sources)}
    for said, at in other_sums(record, below, texts, fewest=2):

        def change(r, at=at, asked=tuple(parts)):
            top, y = (np.asarray(value_of(o)) for o in (r.steps[step.index].operands[0], at(r)))
            slopes = {"above": np.broadcast_to(1 / y, step.value.shape), "below": -top / y**2}
            pulls = [other_slope(r, step.index, e, slopes[parts[e]]) for e in asked]
            return [pair for e in asked for pair in edge(r, step.index, e)], [[p for pairs in pulls for p in pairs]]

        words = f"the derivative of {text} has {texts.of(below)} {said} below the line"
        yield Slip(1.4, words, step.index, change, tag=("below", said))
        for e, part in parts.items() if len(parts) > 1 else ():
            one = lambda r, e=e, change=change: change(r, asked=(e,))
            source = texts.of(step.sources[e])
            yield Slip(1.45, f"{words} in what goes to {source}", step.index, one, tag=("below", part, said))


def slopes_of_other_outputs(record, texts, u, v):
    """Slips of a tanh or a sigmoid whose slope is written with another array than what comes out of it.

    The array is an operand of one of the last steps to the argument, such as the state before: the same in each round
    of a loop, and in the first one a constant.
    """
    step = record.steps[v]
    own = record.pulled_to(u, {v: np.ones_like(step.value)})
    known = next((row for row in OF_OUTPUT if np.allclose(own, row[1](step.value), rtol=1e-9, atol=0)), None)
    if known is None:
        return
    text, slope = known
    for w in _steps_before(record.steps[u]):
        for k, operand in enumerate(record.steps[w].operands):
            value = value_of(operand)
            if getattr(value, "shape", None) != step.value.shape or operand is record.steps[u] or w == v:
                continue

            def change(r, w=w, k=k):
                h = r.steps[w].operands[k]
                slopes = slope(np.asarray(value_of(h)))
                return edges(r, v), [[(u, lambda bar: bar * slopes)]]

            words = f"the slope of {texts.at(v)} is {text} with h = {texts.of(operand)}"
            yield Slip(1.4, words, v, change, tag=("slope of", v - u, v - w, k))


def _steps_before(step):
    """Indices of a step and of those that it is made of, in a few steps back."""
    found, waiting = set(), [(step, 0)]
    while waiting:
        at, depth = waiting.pop()
        if at.index > 0 and depth < BACK and at.index not in found:
            found.add(at.index)
            waiting += [(source, depth + 1) for source in at.sources]
    return sorted(found, reverse=True)


def _condition(step):
    """The comparison behind a step that chooses entries: its function and two operands, as (step, position) each."""
    mask = step.options["condition"] if step.name == "where" else None
    for operand in step.operands if step.name == "multiply" else ():
        mask = operand if getattr(operand, "made", None) else mask
    if getattr(mask, "made", None):
        return mask.made
    if step.name in ("maximum", "minimum"):
        return (np.greater_equal if step.name == "maximum" else np.less_equal), tuple(step.operands)
    return None


def other_conditions(record, texts, step):
    """Slips of a step that chooses entries by a comparison: one side is another sum, or another number."""
    found = _condition(step)
    if found is None:
        return
    function, sides = found
    chosen = _chosen(record.steps[step.index], function(*(value_of(side) for side in sides)))
    if chosen is None:
        return
    text = texts.of(step)

    def condition(k, at):
        def change(r):
            own = _condition(r.steps[step.index])[1]
            values = [value_of(side) for side in own]
            values[k] = at(r)
            there = function(*values) * 1.0
            pulls = [
                other_slope(r, step.index, e, (there if as_it_is else 1 - there) * scale)
                for e, (as_it_is, scale) in enumerate(chosen)
            ]
            return edges(r, step.index), [[pull for pairs in pulls for pull in pairs]]

        return change

    for k, side in enumerate(sides):
        if hasattr(side, "operands"):
            for said, at in other_sums(record, side, texts):
                words = f"the condition in {text} is asked of {texts.of(side)} {said}"
                yield Slip(1.5, words, step.index, condition(k, at), tag=("asked of", step.index, k, said))
        elif np.ndim(side) == 0:
            for border in BORDERS:
                if border != side:
                    words = f"the border in {text} is {border:g}".replace("-", "−")
                    at = lambda r, border=border: border
                    yield Slip(1.5, words, step.index, condition(k, at), tag=("border", k, border))


def _chosen(step, there):
    """For each source whether its slope is the condition or its opposite, and the number before it; None if neither."""
    found = []
    for slope in step.slopes:
        largest = abs(slope).max()
        if not largest or there.shape != slope.shape:
            return None
        scale = slope.flat[abs(slope).argmax()]
        if np.array_equal(slope, there * scale):
            found.append((True, scale))
        elif np.array_equal(slope, (1 - there) * scale):
            found.append((False, scale))
        else:
            return None
    return found
