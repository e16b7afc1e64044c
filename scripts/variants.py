"""Fits the stored answers to a student's convention: rows or columns, mean or sum, which activation."""

import itertools
import re
import zlib

# What a notebook may draw from an id: the first of each is what the sources are written for.
AXES = {"theta": {"samples": ("rows", "columns"), "data": ("mean", "sum")}, "digits": {"hidden": ("relu", "tanh")}}
CONCERNED = {  # the questions that each part of a convention reaches
    "theta": {"samples": ("q5", "q6", "q7"), "data": ("q6", "q7")},
    "digits": {"hidden": ("q11",)},
}
WORDS = {
    "rows": "samples as rows", "columns": "samples as columns", "mean": "the mean over the samples",
    "sum": "the sum over the samples", "relu": "ReLU in the hidden layers", "tanh": "tanh in the hidden layers",
}  # fmt: skip
# What stands at the end of an answer that takes samples as columns and was written for rows; views, so that a mistake
# that changes an argument still changes it
COLUMNS = {
    "q5": "\n\ndef forward(Theta, X, _rows=forward):\n    return [A.T for A in _rows(Theta, X.T)]\n",
    "q6": "\n\ndef cost(Theta, H, Y, lam, n, _rows=cost):\n    return _rows(Theta, H.T, Y.T, lam, n)\n",
    "q7": "\n\ndef gradient(Theta, A, Y, lam, n, _rows=gradient):\n"
    "    return _rows(Theta, [a.T for a in A], Y.T, lam, n)\n",
}
# Pieces of the references and of the known mistakes, and what stands there in another convention
PIECES = {
    "sum": (
        (r"^( *data = .*) / len\(Y\)$", r"\1"),
        (r"^( *data = -)np\.mean\(", r"\1np.sum("),
        (r"delta\.mean\(axis=0\)", "delta.sum(axis=0)"),
        (r"(delta\.T @ A\[\w+(?: - 1)?\]|delta\.sum\(\)|total) / len\(Y\)", r"\1"),
    ),
    "tanh": ((r"Z\.clip\(min=0\)|np\.maximum\(Z, 0\)", "np.tanh(Z)"), (r"\(A\[l - 1\] > 0\)", "(1 - A[l - 1] ** 2)")),
}
GONE = {  # known mistakes that are none in a convention, or another one's
    "sum": (
        "q6-mean-over-outputs", "q7-mean-missing", "q7-mean-twice", "q7-bias-mean-missing", "q7-samples-overwritten",
        "q7-mean-over-the-training-set",
    ),
    "columns": (),
    "tanh": ("q11-relu-mask", "q11-slope-of-tanh"),
}  # fmt: skip


def conventions(name):
    """All conventions of an assignment, the published one first."""
    axes = AXES.get(name, {})
    return [dict(zip(axes, values)) for values in itertools.product(*axes.values())]


def drawn(name, student):
    """The convention that a notebook's cell ``data`` draws from an id, drawn here once more."""
    number = zlib.crc32(b"convention" + student.encode()) if student else 0
    convention = {}
    for axis, values in AXES.get(name, {}).items():
        convention[axis] = values[number % 2]
        number //= 2
    return convention


def student_with(name, convention):
    """The first of the ids s0, s1, … that has this convention."""
    return next(student for number in itertools.count() if drawn(name, student := f"s{number}") == convention)


def words(convention):
    """A convention as a phrase, such as "samples as columns and the sum over the samples"; "" where there is none."""
    return " and ".join(WORDS[value] for value in convention.values())


def others(name, question, convention):
    """The conventions that differ from this one in what a question asks, those with the fewest differences first."""
    here = {axis for axis, questions in CONCERNED.get(name, {}).items() if question in questions}
    found = []
    for other in conventions(name):
        differ = {axis for axis in other if other[axis] != convention[axis]}
        unseen = question == "q6" and other.get("data") == "sum" and "samples" in differ  # a sum has no direction
        if differ and differ <= here and not unseen:
            found.append((len(differ), other))
    return [other for _, other in sorted(found, key=lambda pair: pair[0])]


def fitted(name, question, source, convention):
    """The text of a reference or a known mistake for a convention."""
    for axis, value in convention.items():
        if question in CONCERNED[name][axis]:
            for piece, other in PIECES.get(value, ()):
                source = re.sub(piece, other, source, flags=re.MULTILINE)
    if convention.get("samples") == "columns":
        source = source.rstrip("\n") + COLUMNS.get(question, "\n")
    return source


def is_mistake(answer, convention):
    """Whether a known mistake is one in this convention."""
    return not any(answer in GONE.get(value, ()) for value in convention.values())


def moved(call, names, convention, other):
    """The arguments of a call, as another convention hands the same samples over."""
    args, kwargs = call
    if convention.get("samples", "rows") == other.get("samples", "rows"):
        return call

    def turned(key, value):
        if key == "A":
            return [part.T for part in value]
        return value.T if key in ("X", "H", "Y") else value

    return (
        tuple(turned(key, value) for key, value in zip(names, args)),
        {key: turned(key, value) for key, value in kwargs.items()},
    )


def said(convention, other):
    """What is told of an answer that is right in another convention."""
    axes = [axis for axis in convention if convention[axis] != other[axis]]
    theirs, own = (words({axis: each[axis] for axis in axes}) for each in (other, convention))
    return (
        f"This is right in another convention, with {theirs}; yours, as the cell with your data says, has {own}. "
        "Was it written for another id?"
    )
