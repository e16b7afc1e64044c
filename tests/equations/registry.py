"""The equation registry: labels found in the book's pages, the functions that evaluate them, and how the two are held together."""
import ast
import functools
import inspect
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from markdown_blocks import blocks, directive

ROOT = Path(__file__).resolve().parents[2]
SIZES = (3, 5, 4, 2), (2, 3, 5, 4), (5, 2, 3, 6), (4, 6, 2, 3)     # unequal throughout: square shapes hide a missing transpose
RED = AssertionError, ValueError, IndexError                       # the check itself, or shapes that do not fit; nothing else counts


@functools.cache
def text_of(place):
    """The text of a function or a class, without its decorators."""
    text = inspect.getsource(place)
    return text[re.search("^(def|class) ", text, re.MULTILINE).start():]


@dataclass(frozen=True)
class Equation:
    """One entry: ``sides(rng, sizes)`` returns the left and the right side, and a bound on their difference where rounding gives one.

    ``mutants`` maps what is done wrong to a pair (as it stands, as it would be wrong): a piece of the entry's own text that
    stands there once, and what replaces it. With three parts, the third names the helper in whose text the piece stands.
    """

    label: str
    sides: object
    tolerance: float
    mutants: dict
    file: str

    @property
    def compared(self):
        """What is held against what: the first line of the entry's docstring, or its name where it has none."""
        return (inspect.getdoc(self.sides) or self.sides.__name__.replace("_", " ")).splitlines()[0]

    def check(self, sizes, sides=None):
        """The difference of the two sides at these sizes, and what it had to stay below; an AssertionError where it does not."""
        rng = np.random.default_rng([zlib.crc32(self.label.encode()), *sizes])
        left, right, *bound = (sides or self.sides)(rng, sizes)
        return check_sides(f"{self.label} (tests/equations/{self.file})", left, right, self.tolerance, *bound), *(bound or [self.tolerance])

    def mutant(self, name):
        """``sides`` with one piece of text replaced; for a helper's text, the whole file is run again, and registers nothing."""
        old, new, *helper = self.mutants[name]
        place = self.sides.__globals__[helper[0]] if helper else self.sides
        body = text_of(place)
        if body.count(old) != 1:
            raise LookupError(f"{self.label}, mutant {name!r}: {old!r} stands {body.count(old)} times in {place.__name__}; quote a piece that stands there once")
        wrong, space = body.replace(old, new), dict(self.sides.__globals__)
        if helper:
            source = Path(inspect.getsourcefile(self.sides)).read_text(encoding="utf-8")
            wrong = ast.parse(source.replace(body, wrong))
            for node in wrong.body:
                if isinstance(node, ast.FunctionDef):
                    node.decorator_list = [d for d in node.decorator_list if getattr(getattr(d, "func", None), "id", "") != "equation"]
        exec(compile(wrong, f"{self.file} with {new!r} for {old!r}", "exec"), space)
        return space[self.sides.__name__]

    def stays_green(self, name):
        """The sizes at which the check does not see the mutant: none, if the check is worth its name."""
        wrong, unseen = self.mutant(name), []
        for sizes in SIZES:
            try:
                with np.errstate(all="ignore"):
                    self.check(sizes, wrong)
            except RED:
                continue
            unseen.append(sizes)
        return unseen


class Registry(dict):
    """label → Equation; a label can be registered once."""

    def equation(self, label, tolerance=1e-12, mutants=()):
        """Register the decorated function as the check of ``label``; the tolerance is a norm-wise relative difference."""
        def register(function):
            file = Path(function.__code__.co_filename).name
            if label in self:
                raise ValueError(f"{label} is registered in {file} and already in {self[label].file}: keep one of the two entries")
            self[label] = Equation(label, function, tolerance, dict(mutants), file)
            return function
        return register


EQUATIONS = Registry()
equation = EQUATIONS.equation


def difference(label, left, right):
    """The norm of left − right over the larger of the two norms; an AssertionError where the comparison would check nothing."""
    given = left, right
    left, right = (np.asarray(side) for side in given)
    exact = left.dtype == object or right.dtype == object      # SymPy's numbers and fractions: subtracted before they are rounded
    apart = np.asarray(left - right).astype(complex) if exact and left.shape == right.shape else None
    if exact:
        left, right = left.astype(complex), right.astype(complex)
    assert left.shape == right.shape, f"{label}: the left side has shape {left.shape}, the right side {right.shape}"
    assert left.size, f"{label}: both sides are empty, which checks nothing"
    assert np.isfinite(left).all() and np.isfinite(right).all(), f"{label}: a side is NaN or infinite"
    assert left.any() or right.any(), f"{label}: both sides are zero everywhere, which checks nothing"
    assert not np.shares_memory(*map(np.asarray, given)), f"{label}: both sides are the same array, which checks nothing"
    if not (apart.any() if exact else (left != right).any()):
        return 0.0
    largest = max(abs(left).max(), abs(right).max())           # so that no square under the norm underflows
    left, right = left / largest, right / largest
    apart = apart / largest if exact else left - right
    return float(np.linalg.norm(apart) / max(np.linalg.norm(left), np.linalg.norm(right)))


def check_sides(label, left, right, tolerance, bound=None):
    """The difference; an AssertionError unless both sides are finite, shaped alike, not all zero, computed apart, and equal within tolerance and bound."""
    error = difference(label, left, right)
    if tolerance == 0:
        assert error == 0, f"{label}: the sides differ, and the entry says that they are exactly equal"
    assert error <= tolerance, f"{label}: the sides differ by {error:.1e} of their norm, above {tolerance:.1e}"
    if bound is not None:
        assert bound <= tolerance, f"{label}: the bound from rounding, {bound:.1e}, is above the tolerance of {tolerance:.1e}"
        assert error <= bound, f"{label}: the sides differ by {error:.1e} of their norm, above the bound from rounding, {bound:.1e}"
    return error


@dataclass(frozen=True)
class Label:
    """A label of an equation and the place in the book where it stands."""

    name: str
    place: str


def labels_in(text, place):
    """The labels of the displayed equations in a piece of MyST Markdown, and complaints about those of another form.

    A label is written ``$$ … $$ (eq-x)``, or as ``:label: eq-x`` in the directive {math}; the amsmath ``\\label{eq-x}`` is
    not used, since only the book's own pages would resolve it.
    """
    labels, complaints = [], []

    def found(name, number):
        if re.fullmatch(r"eq(-[a-z0-9]+)+", name):
            labels.append(Label(name, f"{place}:{number}"))
        else:
            complaints.append(f"{place}:{number}: the equation label {name!r} is not of the form eq-kebab-case")

    for token, first in blocks(text):
        if token.type == "math_block_label":
            found(token.info, first + token.map[1] - token.map[0] - 1)
        if directive(token) == "math":
            for number, line in enumerate(token.content.splitlines(), first + 1):
                if option := re.match(r":?label:\s*(\S+)", line):
                    found(option[1], number)
        if token.type in ("math_block", "math_block_label", "amsmath") or directive(token) == "math":
            if r"\label{" in token.content:
                complaints.append(f"{place}:{first}: \\label{{…}} is not used in this book; write $$ … $$ (eq-x)")
        if any(piece.type == "text" and "$$" in piece.content for piece in token.children or ()):
            complaints.append(f"{place}:{first}: a $$ is opened and not closed")
    return labels, complaints


def collect(book):
    """The labels in every .md file and every Markdown cell of every notebook below the folder, and the complaints."""
    labels, complaints = [], []
    for path in sorted(book.rglob("*")):
        if any(part.startswith((".", "_build")) for part in path.relative_to(book).parts):
            continue
        place = path.relative_to(book.parent).as_posix()
        if path.suffix == ".md":
            pieces = [(path.read_text(encoding="utf-8"), place)]
        elif path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            pieces = [("".join(cell["source"]), f"{place} cell {k}") for k, cell in enumerate(cells) if cell["cell_type"] == "markdown"]
        else:
            continue
        for text, where in pieces:
            new, wrong = labels_in(text, where)
            labels += new
            complaints += wrong
    return labels, complaints


def compare(labels, registry):
    """What does not fit together: labels without an entry, entries without a label, labels given twice."""
    places = {}
    for label in labels:
        places.setdefault(label.name, []).append(label.place)
    missing = [f"{name} ({', '.join(where)}) has no entry: add @equation({name!r}) to a file of tests/equations"
               for name, where in places.items() if name not in registry]
    orphans = [f"{name} is registered in tests/equations/{entry.file}, but labels no equation of the book"
               for name, entry in registry.items() if name not in places]
    twice = [f"{name} labels more than one equation: {', '.join(where)}" for name, where in places.items() if len(where) > 1]
    return missing, orphans, twice
