"""Formulas as trees: each holds its value, and prints in the book's notation, in LaTeX and as NumPy."""

import re
from dataclasses import dataclass, replace

import numpy as np

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
STYLES = ("text", "latex", "numpy")
SAMPLES, MATRIX, COLUMN = "one column a sample", "a matrix", "one column"


@dataclass(frozen=True)
class Operator:
    """How an operation is written in each style, how strongly it binds, and what kind of array it makes.

    In formulas samples are columns, and in NumPy they are rows: there, what has one column a sample is transposed.
    ``{0}`` is the first operand; in NumPy ``{T0}`` is its transpose.
    """

    text: str
    latex: str
    numpy: str
    binding: int
    kind: str


class Expression:
    """One node of a formula.

    ``value`` is an array with a place (a theta) along its first axis, then units, then samples (or a matrix a place).
    ``str(expression)`` is the book's notation in plain text; ``written("latex")`` and ``written("numpy")`` are others.
    """

    def __init__(self, operator, operands, value):
        self.operator, self.operands, self.value = operator, operands, value

    @property
    def kind(self):
        return self.operator.kind

    def written(self, style="text", outer=0):
        """The formula in one of ``STYLES``, in parentheses where it binds more weakly than ``outer``."""
        operator, pieces = self.operator, {}
        inner = operator.binding
        for k, operand in enumerate(self.operands):
            # NumPy reads from left to right; what is divided by or subtracted needs its brackets in every style
            weakest = inner + (k > 0 and (style == "numpy" or operator in (DIVIDED, MINUS, MATRIX_MINUS)))
            if re.search(rf"[(\[]\{{{k}\}}(?:[),]| >)", getattr(operator, style)):  # it stands in brackets already
                weakest = 0
            pieces[f"a{k}"] = operand.written(style, weakest)
            if style == "numpy":
                pieces[f"T{k}"] = operand.transposed_numpy()
        pattern = getattr(operator, style).replace("{0}", "{a0}").replace("{1}", "{a1}")
        text = pattern.format(**pieces) if self.operands else getattr(operator, style)
        brackets = (r"\left(", r"\right)") if style == "latex" else "()"
        return brackets[0] + text + brackets[1] if inner < outer else text

    def transposed_numpy(self):
        """The transpose of a matrix in NumPy, without transposing twice."""
        if self.operator is TRANSPOSE:
            return self.operands[0].written("numpy", 9)
        return self.written("numpy", 9) + ".T"

    def __str__(self):
        return self.written()

    def __repr__(self):
        return f"Expression({self})"


# Symbols.


def symbol(name, value, l=None, kind=SAMPLES, latex=None, numpy=None):
    """A letter, such as z² where l = 2; the index stands above, as in the book."""
    above = "" if l is None else str(l)
    in_tex, in_numpy = latex or name, numpy or name
    return Expression(
        Operator(
            name + above.translate(SUPERSCRIPTS),
            in_tex + (f"^{{{above}}}" if above else ""),
            in_numpy + (f"[{above}]" if above else ""),
            9,
            kind,
        ),
        (),
        value,
    )


# Operations.

TIMES = Operator("{0} ⊙ {1}", r"{0} \odot {1}", "{0} * {1}", 4, SAMPLES)
DIVIDED = Operator("{0} / {1}", r"{0} / {1}", "{0} / {1}", 4, SAMPLES)
PLUS = Operator("{0} + {1}", "{0} + {1}", "{0} + {1}", 3, SAMPLES)
MINUS = Operator("{0} − {1}", "{0} - {1}", "{0} - {1}", 3, SAMPLES)
MATRIX_MINUS = Operator("{0} − {1}", "{0} - {1}", "{0} - {1}", 3, MATRIX)
NEGATIVE = Operator("−{0}", "-{0}", "-{0}", 3, SAMPLES)
TRANSPOSE = Operator("({0})ᵀ", r"({0})^{{\mathsf T}}", "{0}.T", 8, MATRIX)
ON_SAMPLES = Operator("{0} {1}", "{0} {1}", "{1} @ {T0}", 5, SAMPLES)
MIXED = Operator("{0} · {1}", r"{0} \cdot {1}", "{1} @ {0}", 5, SAMPLES)
OUTER = Operator("{0} ({1})ᵀ", r"{0} ({1})^{{\mathsf T}}", "{T0} @ {1}", 5, MATRIX)
SAMPLE_SUM = Operator("Σᵢ {0}", r"\sum_i {0}", "{0}.sum(axis=0)", 6, COLUMN)
SAMPLE_MEAN = Operator("meanᵢ({0})", r"\operatorname{{mean}}_i\left({0}\right)", "np.mean({0}, axis=0)", 9, SAMPLES)
UNIT_SUM = Operator("Σⱼ {0}", r"\sum_j {0}", "{0}.sum(axis=1, keepdims=True)", 6, SAMPLES)
ALL_SUM = Operator("Σᵢⱼ {0}", r"\sum_{{i,j}} {0}", "{0}.sum()", 6, COLUMN)


def times(x, y):
    return Expression(TIMES, (x, y), x.value * y.value)


def divided(x, y):
    with np.errstate(all="ignore"):
        return Expression(DIVIDED, (x, y), x.value / y.value)


def plus(x, y):
    return Expression(PLUS, (x, y), x.value + y.value)


def minus(x, y):
    return Expression(MATRIX_MINUS if x.kind == MATRIX else MINUS, (x, y), x.value - y.value)


def negative(x):
    return Expression(NEGATIVE, (x,), -x.value)


def transpose(x):
    return Expression(TRANSPOSE, (x,), np.swapaxes(x.value, -1, -2))


def product(matrix, x):
    """A matrix times one column a sample; of two arrays with samples, a matrix product that mixes the samples."""
    return Expression(ON_SAMPLES if matrix.kind == MATRIX else MIXED, (matrix, x), matrix.value @ x.value)


def outer(x, y):
    return Expression(OUTER, (x, y), x.value @ np.swapaxes(y.value, -1, -2))


def sample_sum(x):
    return Expression(SAMPLE_SUM, (x,), x.value.sum(axis=2))


def sample_mean(x):
    return Expression(SAMPLE_MEAN, (x,), x.value.mean(axis=2, keepdims=True) + 0 * x.value)


def unit_sum(x):
    return Expression(UNIT_SUM, (x,), x.value.sum(axis=1, keepdims=True))


def written_as(value, text, latex=None, numpy=None, kind=SAMPLES, binding=9):
    """A value that is written in words of its own."""
    return Expression(Operator(text, latex or rf"\text{{{text}}}", numpy or text, binding, kind), (), value)


def scaled(factor, x, rate=False):
    """A number before a formula; an empty factor leaves it alone."""
    if not factor:
        return x
    in_tex = factor.replace("−", "-").replace("η", r"\eta ").replace("λ", r"\lambda ").replace("½", r"\tfrac12")
    in_numpy = factor.replace("−", "-").replace("η", "lr").replace("½", "0.5").replace("λ", "lam")
    operator = Operator(f"{factor} {{0}}", in_tex + r"\,{0}", in_numpy + " * {0}", 5, x.kind)
    return Expression(operator, (x,), x.value)


# Functions of one array.


@dataclass(frozen=True)
class Function:
    """A function entry by entry and how it is written; ``{0}`` is what it is taken of."""

    name: str
    latex: str
    numpy: str
    f: object
    binding: int = 9

    def of(self, x):
        with np.errstate(all="ignore"):
            return Expression(Operator(self.name, self.latex, self.numpy, self.binding, x.kind), (x,), self.f(x.value))


def sigmoid(t):
    return 0.5 * (1 + np.tanh(0.5 * t))


def softmax(t, axis=1):
    e = np.exp(t - t.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


SIGMOID_SLOPE = Function(
    "σ′({0})", r"\sigma'({0})", "(sigmoid({0}) * (1 - sigmoid({0})))", lambda t: sigmoid(t) * (1 - sigmoid(t))
)
SIGMOID_SLOPE_OF_A = Function("{0} ⊙ (1 − {0})", r"{0} \odot (1 - {0})", "({0} * (1 - {0}))", lambda t: t * (1 - t), 4)
TANH_SLOPE = Function("tanh′({0})", r"\tanh'({0})", "(1 - np.tanh({0}) ** 2)", lambda t: 1 - np.tanh(t) ** 2)
TANH_SLOPE_OF_A = Function("(1 − {0} ⊙ {0})", r"(1 - {0} \odot {0})", "(1 - {0} ** 2)", lambda t: 1 - t * t)
STEP = Function("[{0} > 0]", r"[{0} > 0]", "({0} > 0)", lambda t: (t > 0) * 1.0)
ITSELF = Function("{0}", "{0}", "{0}", lambda t: t)
SMALL_LEAK = Function(
    "leaky′({0})", r"\operatorname{{leaky}}'({0})", "np.where({0} > 0, 1, 0.01)", lambda t: np.where(t > 0, 1, 0.01)
)
SIGMOID = Function("σ({0})", r"\sigma({0})", "sigmoid({0})", sigmoid)
TANH = Function("tanh({0})", r"\tanh({0})", "np.tanh({0})", np.tanh)
ONE_MINUS = Function("(1 − {0})", "(1 - {0})", "(1 - {0})", lambda t: 1 - t)
ONE_PLUS_SQUARE = Function("(1 + {0} ⊙ {0})", r"(1 + {0} \odot {0})", "(1 + {0} ** 2)", lambda t: 1 + t * t)
ONE_PLUS = Function("(1 + {0})", "(1 + {0})", "(1 + {0})", lambda t: 1 + t)
ONE_MINUS_SIGMOID = Function("(1 − σ({0}))", r"(1 - \sigma({0}))", "(1 - sigmoid({0}))", lambda t: 1 - sigmoid(t))
MINUS_SQUARE = Function("(−{0} ⊙ {0})", r"(-{0} \odot {0})", "(-{0} ** 2)", lambda t: -t * t)
RELU = Function("max({0}, 0)", r"\max({0}, 0)", "np.maximum({0}, 0)", lambda t: np.maximum(t, 0))
ABSOLUTE = Function("|{0}|", "|{0}|", "abs({0})", abs)
SIGN = Function("sign({0})", r"\operatorname{{sign}}({0})", "np.sign({0})", np.sign)
SQUARE = Function("({0})²", "({0})^2", "({0}) ** 2", lambda t: t * t)
EXPONENTIAL = Function("exp({0})", r"\exp({0})", "np.exp({0})", lambda t: np.exp(np.minimum(t, 300)))


def cut(low, high):
    """The function that cuts off below and above; None where there is no bound."""
    bounds = [f"{bound:g}" for bound in (low, high) if bound is not None]
    name = "min" if low is None else "max" if high is None else "clip"
    numpy = {"min": "np.minimum", "max": "np.maximum", "clip": "np.clip"}[name]
    latex = r"\operatorname{{clip}}" if name == "clip" else rf"\{name}"
    listed = ", ".join(["{0}", *bounds])
    return Function(
        f"{name}({listed})".replace("-", "−"),
        f"{latex}({listed})",
        f"{numpy}({listed})",
        lambda t: np.clip(t, low, high),
    )


CLIPPED = cut(-1, 1)


SLOPES = (SIGMOID_SLOPE, SIGMOID_SLOPE_OF_A, TANH_SLOPE, TANH_SLOPE_OF_A, STEP)
FUNCTIONS = (
    *SLOPES,
    ITSELF,
    SMALL_LEAK,
    SIGMOID,
    TANH,
    ONE_MINUS,
    ONE_MINUS_SIGMOID,
    ONE_PLUS,
    ONE_PLUS_SQUARE,
    MINUS_SQUARE,
    RELU,
    SQUARE,
)
LETTERS = {"sigmoid": ("σ", r"\sigma"), "tanh": ("tanh", r"\tanh"), "relu": ("ReLU", r"\operatorname{ReLU}")}
OWN_SLOPES = {  # of each activation: its slope as a formula of z, and as one of a
    "sigmoid": (SIGMOID_SLOPE, SIGMOID_SLOPE_OF_A),
    "tanh": (TANH_SLOPE, TANH_SLOPE_OF_A),
    "relu": (STEP, None),
}


DROPPED = " with dropout"  # ends the name of an activation that has a mask


def letter(activation):
    """The activation's name in a formula: in plain text and in LaTeX."""
    name = activation.name
    return LETTERS.get(name, (name, rf"\operatorname{{{name}}}".replace("_", r"\_")))


def own_slopes(activation):
    """The slope of an activation as a formula of z, and as one of a where that is known; none where it is 1."""
    known = OWN_SLOPES.get(activation.name, ())
    if known or activation.df is None or activation.name == "identity":
        return known

    def slope(t):
        return np.stack([activation.df(v.T, activation.f(v.T)).T for v in t])

    text, latex, numpy = _slope_patterns(activation)
    return (Function(text, latex, numpy, slope),)


def _slope_patterns(activation):
    text, latex = letter(activation)
    if activation.name.endswith(DROPPED):
        plain = letter(replace(activation, name=activation.name.removesuffix(DROPPED)))
        text, latex = (mark + own for mark, own in zip(("mask ⊙ ", r"\text{mask} \odot "), plain))
    in_numpy = re.sub(r"\W", "_", activation.name).strip("_") + "_slope({0})"
    return text + "′({0})", _escaped(latex) + "'({0})", in_numpy


def slope_at(activation, z, value):
    """f′(z) of a layer, with the value that its own record gives."""
    text, latex, in_numpy = _slope_patterns(activation)
    known = OWN_SLOPES.get(activation.name)
    return Expression(Operator(text, latex, known[0].numpy if known else in_numpy, 9, SAMPLES), (z,), value)


def _escaped(pattern):
    return pattern.replace("{", "{{").replace("}", "}}")
