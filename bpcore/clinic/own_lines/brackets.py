"""Changes that set or take away a pair of brackets, or take an operand across one."""

import ast
import functools
import io
import tokenize
from itertools import combinations

MARK = "__inner__"  # a name that no program has
BETWEEN = ("+", "-", "*", "/", "@", "**")
MOST_OPERANDS = 7


def operand_elsewhere(place):
    """An operand at one part alone of what it stands beside: of a sum, a product, a power or the argument of a call.

    a c + b for (a + b) c, (a + c) b for a b + c, d (1 - a ** 2) for d (1 - a) ** 2, f(a - b) for f(a) - b.
    """
    node, sums, products = place.node, ast.Add | ast.Sub, ast.Mult | ast.Div
    for inner, outer, first in ((node.left, node.right, True), (node.right, node.left, False)):

        def beside(part, outer=outer, first=first):
            return ast.BinOp(part, node.op, outer) if first else ast.BinOp(outer, node.op, part)

        for i, argument in enumerate(inner.args) if isinstance(inner, ast.Call) else ():
            arguments = [*inner.args[:i], beside(argument), *inner.args[i + 1 :]]
            yield place.instead(ast.Call(inner.func, arguments, inner.keywords), 1.2)
        if not isinstance(inner, ast.BinOp):
            continue
        at_left = ast.BinOp(beside(inner.left), inner.op, inner.right)
        at_right = ast.BinOp(inner.left, inner.op, beside(inner.right))
        farther, nearer = (at_left, at_right) if first else (at_right, at_left)
        from_a_sum = isinstance(node.op, products if first else ast.Mult) and isinstance(inner.op, sums)
        to_a_factor = isinstance(node.op, sums) and isinstance(inner.op, products if first else ast.Mult)
        if from_a_sum or to_a_factor:
            yield place.instead(farther, 1.2)
        if from_a_sum:
            yield place.instead(ast.BinOp(ast.UnaryOp(ast.USub(), beside(inner.left)), inner.op, inner.right), 1.3)
        is_power = isinstance(node.op, ast.Pow) and first
        # of the whole of a sum or product, that is as it reads without the brackets
        if (from_a_sum or is_power) and isinstance(place.owner, ast.BinOp | ast.UnaryOp):
            yield place.instead(nearer, 1.2)


def brackets_elsewhere(place):
    """The whole of a sum or product as it reads without one of its pairs of brackets, or with one more."""
    if isinstance(place.owner, ast.BinOp | ast.UnaryOp):
        return
    own = ast.unparse(place.node)
    texts = [*_with_one_more(own)]
    for owner, field, inner in _inner(place.node):
        setattr(owner, field, ast.Name(MARK, ast.Load()))
        around = ast.unparse(place.node)
        setattr(owner, field, inner)
        text = ast.unparse(inner)
        texts.append((around.replace(MARK, text), 1.2))
        if f"({text})" in own:
            texts += [(around.replace(MARK, f"({more})"), price) for more, price in _with_one_more(text)]
    known = {own}
    for text, price in texts:
        new = ast.parse(text, mode="eval").body
        if ast.unparse(new) not in known:
            known.add(ast.unparse(new))
            yield place.instead(new, price)


def _with_one_more(text):
    """A sum or product with each further pair of brackets that it could have, and a price.

    Oftenest two operands are grouped, or all from the first on, as a numerator, or up to the last, as a denominator.
    """
    operands, signs = _read_along(text)
    count = len(operands)
    for i, j in combinations(range(count), 2) if count <= MOST_OPERANDS else ():
        price = 1.2 if j == i + 1 or i == 0 or j == count - 1 else 1.3
        grouped = [*operands]
        grouped[i], grouped[j] = f"({grouped[i]}", f"{grouped[j]})"
        yield " ".join(word for pair in zip(grouped, [*signs, ""]) for word in pair), price


def _inner(node):
    """The sums and products within one: what holds them, and in which field."""
    for field in ("left", "right", "operand"):
        inner = getattr(node, field, None)
        if isinstance(inner, ast.BinOp | ast.UnaryOp):
            if isinstance(inner, ast.BinOp):
                yield node, field, inner
            yield from _inner(inner)


@functools.lru_cache(maxsize=2_000)
def _read_along(text):
    """The operands of a sum or product, what stands in brackets as one, and the signs between them."""
    operands, signs, begin, depth = [], [], 0, 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.OP:
            continue
        depth += (token.string in "([{") - (token.string in ")]}")
        column = token.start[1]
        if not depth and token.string in BETWEEN and text[begin:column].strip():  # no sign of a single number
            operands.append(text[begin:column].strip())
            signs.append(token.string)
            begin = token.end[1]
    return (*operands, text[begin:].strip()), tuple(signs)
