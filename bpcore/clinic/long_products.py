"""Slips in a product of three factors or more: one is left out of what goes to the others."""

import itertools
from dataclasses import replace

import numpy as np

from .recorded import summed_to, value_of
from .slip import Slip, edge, edges, other_slope

MOST = 5  # factors


def product_slips(record, texts, step):
    """Slips of a step that ends a product of several factors, in whatever order it is written."""
    factors = factors_of(step)
    known = [k for k, (_, _, factor) in enumerate(factors) if hasattr(factor, "operands")]
    if not 3 <= len(factors) <= MOST or len(known) < 2:
        return
    v, text = step.index, texts.of(step)
    said = [texts.as_operand(factor) for _, _, factor in factors]
    varied = [k for k, (_, _, factor) in enumerate(factors) if np.size(value_of(factor)) > 1]

    def without(left_out):
        """What goes to each factor, where ``left_out`` names those that are missing in it."""

        def change(r):
            found = factors_of(r.steps[v])
            pairs = []
            for k in known:
                slope = slope_by(found, k, left_out.get(k, ()))
                source = found[k][2]
                shape = source.value.shape
                pairs.append((source.index, lambda bar, s=slope, shape=shape: summed_to(shape, bar * s)))
            return edges(r, v), [pairs]

        return change

    for f in varied:
        others = {k: (f,) for k in known if k != f}
        words = f"the factor {said[f]} of {text} is left out of what goes to the others"
        if others:
            yield Slip(1.25, words, v, without(others), tag=("factor of many", f))
    for k, f in itertools.permutations(known, 2):
        if f in varied:
            words = f"the factor {said[f]} of {text} is left out of what goes to {said[k]}"
            yield Slip(1.3, words, v, without({k: (f,)}), tag=("factor of one", k, f))


def reversed_factors(record, texts, group):
    """Slips of products in all rounds of a loop, the same one by one: their other factors come in reverse order."""
    steps = [record.steps[v] for v in group]
    if any(step.name != "multiply" or step.patched or len(step.operands) != 2 for step in steps):
        return
    for position in (0, 1):
        if not all(hasattr(step.operands[position], "operands") for step in steps):
            continue
        shapes = {np.shape(value_of(step.operands[1 - position])) for step in steps}
        if len(shapes) > 1:
            continue

        def change(k, position=position):
            def of(r):
                v, last = group[k], r.steps[group[-1 - k]]
                e = next(e for e, source in enumerate(r.steps[v].sources) if source is r.steps[v].operands[position])
                return edge(r, v, e), [other_slope(r, v, e, value_of(last.operands[1 - position]))]

            return of

        source, other = (texts.as_operand(steps[0].operands[p]) for p in (position, 1 - position))
        words = f"the factors such as {other} come in reverse order in what goes to {source}, in each round"
        first, *more = (Slip(1.4, words, v, change(k)) for k, v in enumerate(group))
        yield replace(first, more=tuple(more))


def factors_of(step, power=1):
    """The factors of a product or quotient: their step's place, the exponent 1 or −1, and the factor itself."""
    found = []
    for k, operand in enumerate(step.operands):
        own = -power if step.name == "divide" and k == 1 else power
        if getattr(operand, "name", "") in ("multiply", "divide") and not operand.patched:
            found += factors_of(operand, power=own)
        else:
            found.append((k, own, operand))
    return found


def slope_by(factors, k, left_out=()):
    """The derivative of the product by one of its factors, without those that are left out."""
    _, power, own = factors[k]
    slope = 1.0 if power > 0 else -1.0 / np.square(value_of(own))
    for j, (_, exponent, factor) in enumerate(factors):
        if j != k and j not in left_out:
            slope = slope * value_of(factor) if exponent > 0 else slope / value_of(factor)
    return slope
