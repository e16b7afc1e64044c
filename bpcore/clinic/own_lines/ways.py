"""What a gradient may have in the place of an expression's derivative, made by rule from what stands in the cost."""

import ast
import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..keys import key_of

MOST_WORDS = 40  # at hand for one expression
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
MOST_TIMES = len(ORDINALS)  # that an expression is computed, of which each is tried; else the first and the last
COMPOSED, TWICE = 0.02, 0.05  # of the price: of what is no name and no entry, and of what its statement has twice
FUNCTIONS = (
    ("{}", lambda w: w),
    ("1 / {}", lambda w: 1 / w),
    ("{} ** 2", lambda w: w**2),
    ("1 / {} ** 2", lambda w: 1 / w**2),
    ("1 - {}", lambda w: 1 - w),
    ("1 - {} ** 2", lambda w: 1 - w**2),
    ("{0} * (1 - {0})", lambda w: w * (1 - w)),
    ("{} > 0", lambda w: np.where(w > 0, 1.0, 0.0)),
    ("np.exp({})", np.exp),
    ("np.log({})", np.log),
    ("np.sqrt({})", np.sqrt),
    ("1 / np.sqrt({})", lambda w: 1 / np.sqrt(w)),
    ("np.sin({})", np.sin),
    ("np.cos({})", np.cos),
    ("np.sign({})", np.sign),
)
PRODUCTS = {ast.MatMult: np.matmul, ast.Mult: np.multiply}
CALLED_PRODUCTS = {"dot": np.dot, "inner": np.inner, "outer": np.outer, "matmul": np.matmul, "multiply": np.multiply}
OF_SQUARES = (
    ("transposes the derivative through {}", np.transpose),
    ("keeps the lower triangle alone of the derivative through {}", np.tril),
    ("keeps the upper triangle alone of the derivative through {}", np.triu),
    ("keeps the diagonal alone of the derivative through {}", lambda m: m * np.eye(len(m))),
    ("leaves the diagonal out of the derivative through {}", lambda m: m * (1 - np.eye(len(m)))),
)


@dataclass(frozen=True)
class Way:
    """What a gradient may have in the place of the derivative of an expression.

    Attributes
    ----------
    node : int
        Of the Tangents.
    words : str
        What the gradient does, as a clause without its subject.
    price : float
        The less likely, the more.
    moves : callable, optional
        Of an Along: how the expression would change along its direction, each time that it is computed.
    """

    node: int
    words: str
    price: float
    moves: Callable | None = None


class Expressions:
    """The expressions of a cost, what each is worth, and how it changes along some directions."""

    def __init__(self, tangents, alongs):
        self.nodes, self.numbers, self.alongs = tangents.nodes, tangents.numbers, alongs

    def text(self, node):
        return ast.unparse(self.nodes[node][1].node)

    def worth(self, node):
        """At the first place."""
        return self.alongs[0].worth[node]

    def shapes(self, node):
        return [np.shape(value) for value in self.worth(node)]

    def is_known(self, node):
        return all(along.moves[node] is not None for along in self.alongs)

    def price(self, node):
        """How hard a reader finds it: more for what stands twice in its statement, or is composed."""
        place = self.nodes[node][1]
        is_composed = not isinstance(place.node, ast.Name | ast.Attribute | ast.Subscript)
        return COMPOSED * is_composed + TWICE * (ast.unparse(place.statement).count(self.text(node)) > 1)

    def operands(self, node):
        """The parts of an expression, by their numbers, that are computed as often as it."""
        own = self.nodes[node][1].node
        parts = [*ast.iter_child_nodes(own)]
        if isinstance(own, ast.Call):
            parts = [*([own.func.value] if isinstance(own.func, ast.Attribute) else []), *own.args]
        numbers = [self.numbers[id(part)] for part in parts if id(part) in self.numbers]
        return [k for k in numbers if self.is_known(k) and len(self.worth(k)) == len(self.worth(node))]

    def words(self, node, shapes):
        """Pairs: a text and the number of a value at hand where an expression stands that fits shapes; none twice."""
        function, found = self.nodes[node][0], {}
        for other, (its, _) in enumerate(self.nodes):
            if its is not function or self.worth(other) is None or len(self.worth(other)) not in (1, len(shapes)):
                continue
            try:
                fit = [np.broadcast_to(value, shape) for value, shape in zip(each_time(self.alongs[0], other), shapes)]
            except ValueError:
                continue
            text, key = self.text(other), key_of(np.concatenate([value.ravel() for value in fit]), 12)
            if key not in found or len(text) < len(found[key][0]):
                found[key] = text, other
        return sorted(found.values(), key=lambda row: len(row[0]))[:MOST_WORDS]


def each_time(along, node):
    """What an expression is worth, without an end where that stays the same."""
    values = along.worth[node]
    return itertools.repeat(values[0]) if len(values) == 1 else values


def other_ways(known, node):
    """The ways that are tried for every expression: the derivative of an operand, or a part of its own."""
    text, shapes = f"`{known.text(node)}`", known.shapes(node)
    for part in known.operands(node):
        if known.shapes(part) == shapes:
            words = f"has the derivative of `{known.text(part)}` where that of {text} belongs"
            yield Way(node, words, 1.2, lambda along, part=part: along.moves[part])
    rules = []
    if all(len(shape) == 2 and shape[0] == shape[1] > 1 for shape in shapes):
        rules += OF_SQUARES
    for axis, entries in enumerate(("`{}[{}]`", "`{}[:, {}]`")):
        if all(len(shape) > axis and shape[axis] > 1 for shape in shapes):
            for at in (0, -1):
                there, index = entries.format(known.text(node), at), (slice(None),) * axis + (at,)
                rules.append((f"leaves out the derivative through {there}", lambda m, index=index: m - _only(m, index)))
                said = f"keeps of the derivative through {{}} that through {there} alone"
                rules.append((said, lambda m, index=index: _only(m, index)))
    for words, rule in rules:
        yield Way(node, words.format(text), 1.3, lambda along, rule=rule: [rule(m) for m in along.moves[node]])
    times = len(shapes)
    for at in range(times) if 1 < times <= MOST_TIMES else (0, times - 1) if times > 1 else ():
        name = "last" if at == times - 1 else ORDINALS[at]
        for words, is_kept in ("", lambda k, at=at: k != at), ("but ", lambda k, at=at: k == at):
            there = f"treats {text} as a constant {words}the {name} time that it is computed"
            yield Way(node, there, 1.3, _at_times(node, is_kept))


def factors_at_hand(known, node):
    """The factors that values at hand may be for an expression.

    Returns
    -------
    texts : list of str
    factors : list
        Of an Along, the factor each time that the expression is computed.
    entries : ndarray
        A row for each factor, at the first place: its entries of all times.
    """
    shapes, found = known.shapes(node), {}
    for word, number in known.words(node, shapes):
        for form, function in FUNCTIONS:
            is_bare = word.isidentifier() or form == "{}" or "np." in form
            found[form.format(word if is_bare else f"({word})")] = _of_values(function, number)
    entries = np.zeros((len(found), sum(int(np.prod(shape)) for shape in shapes)))
    for row, factor in zip(entries, found.values()):
        row[:] = flat([np.broadcast_to(f, shape) for f, shape in zip(factor(known.alongs[0]), shapes)])
    return list(found), list(found.values()), entries


def flat(moves):
    return np.concatenate([np.ravel(moved) for moved in moves])


def _of_values(function, number):
    return lambda along: map(function, each_time(along, number))


def with_factors(known, node):
    """What a factor may multiply: the expression's derivative or an operand's, with a way for each factor."""
    text, shapes = known.text(node), known.shapes(node)
    bases = [(node, f"multiplies the derivative through `{text}` by `{{}}`", 1.8)]
    for part in known.operands(node):
        if known.shapes(part) == shapes:
            said = f"has `{{}}` where the derivative of `{text}` with respect to `{known.text(part)}` belongs"
            bases.append((part, said, 1.6))
    for base, said, price in bases:
        yield (
            base,
            lambda value, factor, base=base, said=said, price=price: Way(
                node, said.format(value), price + COMPOSED * (not value.isidentifier()), _multiplied(base, factor)
            ),
        )


def with_another_factor(known, node):
    """The ways by a value in the place of a factor, in a product's derivative with respect to the other one."""
    own = known.nodes[node][1].node
    operation = PRODUCTS.get(type(getattr(own, "op", None)))
    if isinstance(own, ast.Call) and isinstance(own.func, ast.Attribute):
        operation = CALLED_PRODUCTS.get(own.func.attr)
    operands = known.operands(node)
    if operation is None or len(operands) != 2:
        return
    for first, (factor, other) in ((True, operands), (False, operands[::-1])):
        for word, number in known.words(node, known.shapes(other)):
            words = f"has `{word}` where `{known.text(other)}` belongs in the derivative of `{known.text(node)}`"
            words += f" with respect to `{known.text(factor)}`"
            moves = _exchanged(node, factor, other, number, operation if first else _turned(operation))
            yield Way(node, words, 1.5, moves)


def _turned(operation):
    return lambda one, other: operation(other, one)


def _exchanged(node, factor, other, number, operation):
    """How a product changes if another value multiplies the change of one factor than the other factor."""

    def moves(along):
        rows = zip(along.moves[node], along.moves[factor], along.worth[other], each_time(along, number))
        return [own + operation(moved, np.broadcast_to(new, np.shape(old)) - old) for own, moved, old, new in rows]

    return moves


def _multiplied(base, factor):
    return lambda along: [
        moved * np.broadcast_to(value, np.shape(moved)) for moved, value in zip(along.moves[base], factor(along))
    ]


def _at_times(node, is_kept):
    return lambda along: [moved * is_kept(k) for k, moved in enumerate(along.moves[node])]


def _only(moved, index):
    kept = np.zeros_like(moved)
    kept[index] = moved[index]
    return kept
