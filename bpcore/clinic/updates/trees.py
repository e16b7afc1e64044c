"""Formulas of update rules as trees: read from Python, evaluated for many programs at once, printed as in the book."""

import ast
import functools

import numpy as np

# A tree is a number, the name of a symbol, or a tuple: an operation and the trees that it works on.

SYMBOLS = {"theta": "θ", "raw": "∂C/∂θ", "mu": "μ", "b1": "β₁", "b2": "β₂", "eps": "ε", "mh": "m̂", "vh": "v̂", "wh": "ŵ"}
PRIME = "′"  # of what is computed on the way, where a rule is taken twice in one call
READ = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
BINDING = {"+": 1, "-": 1, "neg": 1, "*": 2, "/": 2, "^": 4, "sq": 4}
OPERATIONS = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
    "^": np.power,
    "max": np.maximum,
    "min": np.minimum,
    "neg": np.negative,
    "abs": np.abs,
    "sign": np.sign,
    "sqrt": np.sqrt,
    "sq": np.square,
    "clip": lambda x, most: np.clip(x, -most, most),
    "where": lambda sign, x, y: np.where(sign > 0, x, y),
    "over": lambda kind, x: x @ kind if np.ndim(x) else x * kind.sum(axis=0),  # a sum or mean over other entries
}


def parsed(text):
    """The tree of a formula in Python, such as "b1 * m0 + (1 - b1) * sq(g)"."""
    return _read(ast.parse(text, mode="eval").body)


def _read(node):
    if isinstance(node, ast.BinOp):
        return READ[type(node.op)], _read(node.left), _read(node.right)
    if isinstance(node, ast.UnaryOp):
        return "neg", _read(node.operand)
    if isinstance(node, ast.Call):
        return node.func.id, *map(_read, node.args)
    return node.id if isinstance(node, ast.Name) else float(node.value)


@functools.cache
def symbols(tree):
    """The names in a tree."""
    if isinstance(tree, tuple):
        return frozenset().union(*map(symbols, tree[1:]))
    return frozenset([tree] if isinstance(tree, str) else ())


def value(tree, known, made=None):
    """The value of a tree where ``known`` gives that of each symbol; numbers are NumPy's, which divide by zero.

    ``made`` keeps the values of parts that other trees have as well.
    """
    if isinstance(tree, str):
        return known(tree)
    if not isinstance(tree, tuple):
        return np.float64(tree)
    if made is not None and tree in made:
        return made[tree]
    if tree[0] == "first":
        result = value(tree[1] if known("steps") == 1 else tree[2], known, made)
    else:
        result = OPERATIONS[tree[0]](*[value(part, known, made) for part in tree[1:]])
    if made is not None:
        made[tree] = result
    return result


def letter(name):
    """How a symbol reads."""
    plain = name.rstrip(PRIME)
    return SYMBOLS.get(plain, plain) + name[len(plain) :]


def written(tree, names, outer=0):
    """A tree in the book's notation, in brackets where it binds more weakly than ``outer``.

    ``names`` says how symbols read that are not in ``SYMBOLS`` and not themselves.
    """
    if isinstance(tree, str):
        text = names.get(tree) or letter(tree)
        return f"({text})" if " " in text and outer > 1 or "/" in text and outer > 2 else text
    if not isinstance(tree, tuple):
        return f"{tree:g}"
    operation, *parts = tree
    say = lambda part, binding=0: written(part, names, binding)
    if operation == "first":
        return f"{say(parts[1])}, but {say(parts[0])} in the first step"
    if operation in ("max", "min", "clip"):
        inside = f"{say(parts[0])}, {'±' * (operation == 'clip')}{say(parts[1])}"
        return f"{operation}({inside})"
    if operation == "where":
        return f"({say(parts[1])} where {say(parts[0])} > 0, {say(parts[2])} elsewhere)"
    if operation == "over":
        return f"({say(parts[0])} of {say(parts[1])})"
    if operation == "abs":
        return f"|{say(parts[0])}|"
    if operation == "sign":
        return f"sign({say(parts[0])})"
    if operation == "sqrt":
        inside = say(parts[0])
        bare = isinstance(parts[0], str) and " " not in inside or isinstance(parts[0], tuple) and parts[0][0] == "over"
        return f"√{inside}" if bare else f"√({inside})"
    binding = BINDING[operation]
    if operation == "sq":
        text = say(parts[0], 5) + "²"
    elif operation == "^":
        exponent = say(parts[1])
        text = say(parts[0], 5) + ("ᵗ" if exponent == "t" else f"^({exponent})" if exponent[1:] else f"^{exponent}")
    elif operation == "neg":
        if isinstance(parts[0], tuple) and parts[0][0] == "neg":
            return say(parts[0][1], outer)
        text = "-" + say(parts[0], 2)
    elif operation == "*":
        left, right = say(parts[0], 2), say(parts[1], 2 + (isinstance(parts[1], tuple) and parts[1][0] == "/"))
        bracketed = isinstance(parts[0], tuple) and parts[0][0] in ("+", "-", "neg")
        close = bracketed or left in ("μ", "β₁", "β₂")
        text = left + (" " if close else "·") + right
    else:
        text = f"{say(parts[0], binding)} {operation} {say(parts[1], binding + 1)}"
    return f"({text})" if binding < outer else text


def put(tree, old, new):
    """The tree with one of its parts replaced wherever it stands."""
    if tree == old:
        return new
    return (tree[0], *(put(part, old, new) for part in tree[1:])) if isinstance(tree, tuple) else tree


def parts_of(tree):
    """The tree and all trees within it."""
    yield tree
    if isinstance(tree, tuple):
        for part in tree[1:]:
            yield from parts_of(part)
