"""Changes of two or three factors of one product at once, told from what each alone makes of the product."""

import ast
import itertools
from dataclasses import dataclass

import numpy as np

from ..keys import key_of
from .additions import completed, multiplied
from .changes import Change, joins, put_on_a_line
from .effects import Effects, in_a_row, shapes_of
from .exchanges import exchanged

FRACTION = (ast.Mult, ast.Div)
MOST_ENTRIES = 120  # of a product, in all the times that it is computed, each of which costs a run
MOST_RUNS = 1_500  # for the effects of all products
MOST_VALUES = 40_000  # of changed products that are computed, in one function
MOST_OF_A_FACTOR = 150  # changes, the most likely ones
MOST_PRICE = {2: 3.3, 3: 4.2}  # of all together
CLOSE = 1e-8  # of what is compared; what is that close is run, and judged by the run
MOST = 12  # groups that are run


@dataclass
class Product:
    """A product in a program, and what its changes make of it.

    Attributes
    ----------
    place : Place
    factors : list
        Expressions, of which the product is made by * and / alone.
    values : ndarray
        Of all the times that it was computed, in one row.
    slopes : ndarray (results, values)
        What the value does to all that the program returns.
    """

    place: object
    factors: list
    values: np.ndarray
    slopes: np.ndarray


def groups_of(foresight, may, lacking, is_wrong, blocks):
    """Groups of changes of several factors of one product that should make a wrong block right, the likeliest first.

    Parameters
    ----------
    foresight : Foresight
        Of a function.
    may : callable
        Whether a node may be changed.
    lacking : ndarray
        What the result should be, less what it is.
    is_wrong : ndarray of bool
        Of each block.
    blocks : list of ndarray
        Places in the result.
    """
    held = [(product, _target(product, lacking, is_wrong, blocks)) for product in _products(foresight, may)]
    able = [(product, target) for product, target in held if target is not None]
    found = []
    for product, target in able:
        ratios = _ratios(product, foresight, may, MOST_VALUES // len(able))
        found += _fitting(ratios, *target)
    return sorted(found, key=lambda some: sum(change.price for change in some))[:MOST]


def _products(foresight, may):
    """The products of a function whose effects are linear."""
    seen, left = foresight.seen, MOST_RUNS
    for place in seen.places.values() if seen.is_known else ():
        factors = _factors(place.node)
        if len(factors) < 2 or not may(place.node) or place.counts or joins(place.owner, *FRACTION):
            continue
        try:
            before = seen.as_it_is(place.node)
            row = in_a_row(before)
            if not len(row) or len(row) > min(MOST_ENTRIES, left) or not np.isfinite(row).all() or not row.all():
                continue
            left -= len(row) + 3
            effects = Effects(foresight.function, place, before, foresight.run, foresight.results)
            effects.compute()
        except Exception:  # a value that is not known, or whose effects are not linear
            continue
        yield Product(place, factors, row, effects.slopes)


def _factors(node):
    if joins(node, *FRACTION):
        return [*_factors(node.left), *_factors(node.right)]
    return _factors(node.operand) if isinstance(node, ast.UnaryOp) and joins(node.operand, *FRACTION) else [node]


def _target(product, lacking, is_wrong, blocks):
    """Two rows of weights for the entries of the changed product, and what they have to make; None where it cannot be.

    The weights add up what is lacking in the blocks that a product reaches, with random numbers.
    """
    scale = abs(product.slopes) @ abs(product.values)
    reached = [block for block in blocks if len(block) and scale[block].max() > 0]
    wrong = [wrong for block, wrong in zip(blocks, is_wrong) if len(block) and scale[block].max() > 0]
    if not any(wrong):
        return None
    rows = np.concatenate(reached)
    slopes, lacks = product.slopes[rows], lacking[rows]
    if not np.isfinite(lacks).all():
        return None
    solved = np.linalg.lstsq(slopes, lacks, rcond=1e-10)[0]
    if abs(slopes @ solved - lacks).max() > 1e-6 * abs(lacks).max():  # no other value of it makes them right
        return None
    factors = np.random.default_rng(12).standard_normal((2, len(rows)))
    weights = factors @ slopes * product.values
    return weights, factors @ lacks + weights.sum(axis=1)


def _ratios(product, foresight, may, left):
    """By factor, pairs of a change and the product with it over the product as it is; ``left`` values may be computed.

    The last are those that bring a factor in.
    """
    seen, place, by_factor = foresight.seen, product.place, []
    times = len(seen.as_it_is(place.node))
    without = _left_out(foresight, place.node, may)
    of_factors = [
        (*without.get(id(factor), ()), *_of_a_factor(foresight, factor, place, may)) for factor in product.factors
    ]
    for changes in (*of_factors, _brought_in(foresight, place)):
        known = {}
        for change in changes:
            if left <= 0:
                break
            left -= times
            try:
                values = seen.each_time(change, place.node)
                if [shapes_of(each) for each in values] != [shapes_of(each) for each in seen.as_it_is(place.node)]:
                    continue
                ratio = in_a_row(values) / product.values
            except Exception:  # it raises, or is not known
                continue
            key = key_of(ratio, 9)
            is_another = np.isfinite(ratio).all() and abs(ratio - 1).max() > CLOSE
            if is_another and (key not in known or change.price < known[key][0].price):
                known[key] = change, ratio
        by_factor.append(sorted(known.values(), key=lambda pair: pair[0].price)[:MOST_OF_A_FACTOR])
    return by_factor


def _left_out(foresight, node, may):
    """By the id of a factor, the product without it: the other side stands in the place of both."""
    found = {}
    for inner in ast.walk(node):
        place = foresight.seen.places.get(id(inner))
        if place is None or not joins(inner, *FRACTION) or not may(inner):
            continue
        sides = [(inner.right, inner.left)]
        sides += [(inner.left, inner.right)] if isinstance(inner.op, ast.Mult) else []
        for factor, other in sides:
            found.setdefault(id(factor), []).append(_by(exchanged, place.instead(other, 1)))
    return found


def _of_a_factor(foresight, factor, place, may):
    """The changes within one factor."""
    inside = {id(node) for node in ast.walk(factor)}
    tree, words = foresight.function.tree, foresight.words
    for rule in exchanged, completed:
        for change in rule(tree, lambda node: id(node) in inside and may(node), words):
            if change.statement is place.statement and len(change.edits) == 1:
                yield _by(rule, change)


def _brought_in(foresight, place):
    """The product with one factor or divisor more."""
    for word in (*foresight.words.values, *foresight.words.counters):
        for sign in ast.Mult(), ast.Div():
            yield _by(multiplied, place.instead(ast.BinOp(place.node, sign, word.node), max(1.5, word.least)))


def _by(rule, change):
    change.rule = rule
    return change


def _fitting(ratios, weights, totals):
    """Groups of changes of two or three factors whose ratios make, with the weights, the totals."""
    for count, most in MOST_PRICE.items():
        for groups in itertools.combinations([group for group in ratios if group], count):
            rows = [np.array([ratio for _, ratio in group]) for group in groups]
            first = rows[0] if count == 2 else (rows[0][:, None] * rows[1]).reshape(-1, rows[0].shape[1])
            fits = True
            for weight, total in zip(weights, totals):
                close = CLOSE * (abs(total) + abs(weight).sum())
                fits &= abs(first @ (weight * rows[-1]).T - total) <= close
            for i, k in np.argwhere(fits):
                before = (i,) if count == 2 else divmod(i, len(groups[1]))
                some = [group[j][0] for group, j in zip(groups, (*before, k))]
                if sum(change.price for change in some) <= most:
                    yield _in_order(some)


def _in_order(changes):
    """The changes, those of an operand first; two that put something in one place are one change."""
    for one, other in itertools.permutations(changes, 2):
        rest = [change for change in changes if change is not one and change is not other]
        leaves_out = one.edits[0][3] in (getattr(one.replaced, side, None) for side in ("left", "right"))
        if leaves_out and other.edits[0][0] is one.replaced:  # and the operand that stays is another
            return _in_order([*rest, _joined(one, other, other.edits[0][3])])
        new = other.edits[0][3]
        if one.edits[0][:3] == other.edits[0][:3] and getattr(new, "left", None) is one.replaced:  # and a factor more
            return _in_order([*rest, _joined(one, other, ast.BinOp(one.edits[0][3], new.op, new.right))])
    return sorted(changes, key=lambda change: -len(change.around))


def _joined(one, other, new):
    put_on_a_line(new, one.replaced)
    edit = (*one.edits[0][:3], new)
    return Change(one.statement, one.around, [edit], one.price + other.price, rule=one.rule)
