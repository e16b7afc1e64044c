"""Reads the sources of the assignments, with the right and wrong answers that are stored beside them."""

import ast
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assignments"
CANARY = "private-answer-"
SOLUTION = re.compile(r"^[^\S\n]*### BEGIN SOLUTION\n(.*?)^[^\S\n]*### END SOLUTION$", re.DOTALL | re.MULTILINE)
HIDDEN = re.compile(r"^[^\S\n]*### BEGIN HIDDEN TESTS\n(.*?)^[^\S\n]*### END HIDDEN TESTS$", re.DOTALL | re.MULTILINE)


# The sources, read


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook; ``grading`` is what nbgrader keeps in it, {} where that is nothing."""

    id: str
    kind: str
    source: str
    grading: dict = field(hash=False)

    @property
    def name(self):
        """The grade_id, which stays when an editor gives cells new ids; otherwise the id."""
        return self.grading.get("grade_id") or self.id

    @property
    def is_answer(self):
        return self.kind == "code" and self.grading.get("solution", False)

    @property
    def is_test(self):
        return self.kind == "code" and self.grading.get("grade", False) and not self.is_answer

    @property
    def is_written(self):
        return self.kind == "markdown" and self.grading.get("grade", False)

    @property
    def points(self):
        return self.grading.get("points", 0)


@dataclass(frozen=True)
class Question:
    """A question that tests grade: the cell that a student fills, and the cells that test it, each with points of its
    own.
    """

    answer: Cell
    tests: tuple[Cell, ...]

    @property
    def id(self):
        return self.answer.name

    @property
    def points(self):
        return sum(test.points for test in self.tests)

    @property
    def reference(self):
        return self.answer.source

    @cached_property
    def function(self):
        """The name of the function that the question asks for: the one that its first test names as tests_of(1,
        "name(...)", ...).
        """
        for call in _calls(self.tests[0].source, "tests_of"):
            return ast.literal_eval(call.args[1]).partition("(")[0]
        raise ValueError(f"{self.tests[0].name} does not begin with tests_of(question, call, shapes)")

    @cached_property
    def arguments(self):
        """The names of the function's arguments, from the same place."""
        (call,) = _calls(self.tests[0].source, "tests_of")[:1]
        return ast.literal_eval(call.args[1]).partition("(")[2].rstrip(")").split(", ")

    @property
    def hints(self):
        """Every hint of the test cells, once, in their order."""
        hints = []
        for test in self.tests:
            for call in _calls(test.source, "expect_close"):
                named = [keyword.value for keyword in call.keywords if keyword.arg == "hint"]
                hint = ast.literal_eval((named or call.args[3:])[0])
                if hint not in hints:
                    hints.append(hint)
        return hints


def names_in(source):
    """The names that a cell uses."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


def _calls(source, name):
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


@dataclass(frozen=True)
class Answer:
    """One of the stored answers to a question, right or wrong, with what its file says about it."""

    path: Path

    @property
    def name(self):
        return self.path.stem

    @property
    def question(self):
        return self.path.stem.partition("-")[0]

    @cached_property
    def source(self):
        return self.path.read_text(encoding="utf-8")

    @property
    def text(self):
        """The docstring: a wrong answer's diagnosis, or how a right answer differs from the reference."""
        return " ".join((ast.get_docstring(ast.parse(self.source)) or "").split())

    @property
    def defect(self):
        """The name of the same mistake in bpcore.clinic.defects, or an empty string."""
        for node in ast.parse(self.source).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DEFECT":
                return ast.literal_eval(node.value)
        return ""


def text_of(path):
    """The text of a file that a person has written or exported; an editor may have begun it with a byte-order mark."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not written in UTF-8 ({error}): save it as UTF-8") from None


def id_in(source):
    """The id in the text of a cell ``STUDENT = "…"``, or None where there is none between quotation marks."""
    try:
        lines = [line for line in ast.parse(source).body if isinstance(line, ast.Assign)]
        given = [line.value for line in lines if getattr(line.targets[0], "id", "") == "STUDENT"]
        told = given[-1].value if given and isinstance(given[-1], ast.Constant) else None
        if not isinstance(told, str):
            return None
        told.encode()  # a lone surrogate, which no notebook can take for an id, raises a ValueError
        return told
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def student_of(cells):
    """The student's id in a notebook's STUDENT cell, or an empty string."""
    sources = [cell.source for cell in cells if cell.name == "student" and cell.kind == "code"]
    return id_in(sources[0]) or "" if sources else ""


def read_cells(path):
    """The cells of a notebook file; a ValueError where it is none."""
    try:
        notebook = json.loads(Path(path).read_text(encoding="utf-8-sig"))
        return [
            Cell(cell.get("id", ""), cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("nbgrader", {}))
            for cell in notebook["cells"]
        ]
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no notebook of today's format") from error


class Assignment:
    """The source notebook of one assignment, with the stored answers beside it, or in the folder ``known``."""

    def __init__(self, name, folder=FOLDER, known=None):
        self.name, self.folder, self.known = name, Path(folder), Path(known or folder)
        self.path = self.folder / "source" / name / f"{name}.ipynb"
        self.release = self.folder / "release" / name / f"{name}.ipynb"
        self.cells = read_cells(self.path)

    @cached_property
    def questions(self):
        answers = {cell.name: cell for cell in self.cells if cell.is_answer}
        tests = {}
        for cell in self.cells:
            if cell.is_test:
                tests.setdefault(cell.name.partition("-")[0], []).append(cell)
        if answers.keys() != tests.keys():
            raise ValueError(
                f"{self.path.name}: answers without a test, or tests without an answer: "
                f"{sorted(answers.keys() ^ tests.keys())}"
            )
        return {name: Question(answers[name], tuple(tests[name])) for name in answers}

    @cached_property
    def needed(self):
        """The code cells that answers and tests may rely on: all but the tests, and locked cells that show what the
        answers do.
        """
        functions = {question.function for question in self.questions.values()}
        return [
            cell
            for cell in self.cells
            if cell.kind == "code" and not cell.is_test and (cell.is_answer or not functions & names_in(cell.source))
        ]

    @property
    def written(self):
        return [cell for cell in self.cells if cell.is_written]

    def answers(self, kind):
        """The stored answers, kind "right" or "wrong"."""
        return [Answer(path) for path in sorted((self.known / kind / self.name).glob("*.py"))]


def names(folder=FOLDER):
    return sorted(path.stem for path in (Path(folder) / "source").glob("*/*.ipynb") if path.stem == path.parent.name)
