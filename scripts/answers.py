"""Reads the sources of the assignments, and runs answers to their questions in a process that can be stopped."""

import ast
import contextlib
import copy
import io
import json
import multiprocessing
import os
import re
import sys
import traceback
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assignments"
CANARY = "private-answer-"
SOLUTION = re.compile(r"^[^\S\n]*### BEGIN SOLUTION\n(.*?)^[^\S\n]*### END SOLUTION$", re.DOTALL | re.MULTILINE)
HIDDEN = re.compile(r"^[^\S\n]*### BEGIN HIDDEN TESTS\n(.*?)^[^\S\n]*### END HIDDEN TESTS$", re.DOTALL | re.MULTILINE)
STARTING, LIMIT = 300, 20  # seconds: for a child process to import what the assignment needs, and for one answer


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
    """A question that tests grade: the cell that a student fills, and the cell that tests it."""

    answer: Cell
    test: Cell

    @property
    def id(self):
        return self.answer.name

    @property
    def points(self):
        return self.test.points

    @property
    def reference(self):
        return self.answer.source

    @cached_property
    def function(self):
        """The name of the function that the question asks for: the one that the test cell expects to be defined."""
        for call in _calls(self.test.source, "expect_defined"):
            return ast.literal_eval(call.args[1])
        raise ValueError(f"{self.test.name} does not begin with expect_defined(question, function)")

    @property
    def visible(self):
        """The test cell as the release shows it."""
        return HIDDEN.sub("", self.test.source)

    @property
    def hints(self):
        """Every hint of the test cell, once, in its order."""
        hints = []
        for call in _calls(self.test.source, "expect_close"):
            named = [keyword.value for keyword in call.keywords if keyword.arg == "hint"]
            hint = ast.literal_eval((named or call.args[3:])[0])
            if hint not in hints:
                hints.append(hint)
        return hints


def _names(source):
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


def read_cells(path):
    """The cells of a notebook file; a ValueError where it is none."""
    try:
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        return [
            Cell(cell.get("id", ""), cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("nbgrader", {}))
            for cell in notebook["cells"]
        ]
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no notebook of today's format") from error


class Assignment:
    """The source notebook of one assignment, with the stored answers beside it."""

    def __init__(self, name, folder=FOLDER):
        self.name, self.folder = name, Path(folder)
        self.path = self.folder / "source" / name / f"{name}.ipynb"
        self.release = self.folder / "release" / name / f"{name}.ipynb"
        self.cells = read_cells(self.path)

    @cached_property
    def questions(self):
        answers = {cell.name: cell for cell in self.cells if cell.is_answer}
        tests = {cell.name.removesuffix("-test"): cell for cell in self.cells if cell.is_test}
        if answers.keys() != tests.keys():
            raise ValueError(
                f"{self.path.name}: answers without a test, or tests without an answer: "
                f"{sorted(answers.keys() ^ tests.keys())}"
            )
        return {name: Question(answers[name], tests[name]) for name in answers}

    @cached_property
    def needed(self):
        """The code cells that answers and tests may rely on: neither tests nor locked cells that show answers."""
        functions = {question.function for question in self.questions.values()}
        return [
            cell
            for cell in self.cells
            if cell.kind == "code" and not cell.is_test and (cell.is_answer or not functions & _names(cell.source))
        ]

    @property
    def written(self):
        return [cell for cell in self.cells if cell.is_written]

    def answers(self, kind):
        """The stored answers, kind "right" or "wrong"."""
        return [Answer(path) for path in sorted((self.folder / kind / self.name).glob("*.py"))]


def names(folder=FOLDER):
    return sorted(path.stem for path in (Path(folder) / "source").glob("*/*.ipynb") if path.stem == path.parent.name)


# Answers, run


@dataclass(frozen=True)
class Verdict:
    """What a test cell says of an answer.

    ``stage`` is "passed", or where it ended: "answer" (the answer's own cell), "visible" or "hidden" (which part of
    the tests), "stderr" (nbgrader gives no points where a test cell has written there, warnings included), "time" or
    "died".
    """

    passed: bool
    stage: str
    message: str


PASSED = Verdict(True, "passed", "")


class Bench:
    """Where answers to the questions of one assignment are run, one after the other, each as if it were the first.

    Before an answer come the cells above it: the locked ones of the source, the references of the other questions,
    and STUDENT set to ``student``. All of it happens in this process, and an answer that never returns holds it up:
    see ``Child``.
    """

    def __init__(self, assignment, student=""):
        self.assignment, self.student, self.space, self.above = assignment, student, {"__name__": "__main__"}, {}
        self.wrong = {}

    def prepare(self, question):
        """Run the locked cells and the references down to the last answer, and keep what stands above each."""
        if self.above:
            return
        above = {}
        for cell in self.assignment.needed:
            if cell.is_answer:
                data = {name: value for name, value in self.space.items() if _is_data(value)}
                above[cell.name] = dict(self.space), copy.deepcopy(data)
                if len(above) == len(self.assignment.questions):
                    break
            with _quiet():
                self._run(self._filled(cell), self.space, cell.name)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        self.above = above

    def fresh(self, question):
        """The namespace above the question's answer: what earlier answers defined is gone, what they changed is back.

        It is one and the same dictionary for all questions, since the functions of the locked cells look their names
        up in it.
        """
        self.prepare(question)
        names, data = self.above[question.id]
        self.space.clear()
        self.space.update(names)
        self.space.update(copy.deepcopy(data))
        return self.space

    def define(self, question, source):
        """The namespace after an answer, and the cells between it and its test, have run."""
        space = self.fresh(question)
        self._run(source, space, question.id)
        cells = self.assignment.cells
        for cell in cells[cells.index(question.answer) + 1 : cells.index(question.test)]:
            if cell in self.assignment.needed and not cell.is_answer:
                self._run(self._filled(cell), space, cell.name)
        return space

    def _filled(self, cell):
        return f"STUDENT = {self.student!r}" if cell.kind == "code" and cell.name == "student" else cell.source

    @staticmethod
    def _run(source, space, name):
        exec(compile(source, f"<{name}>", "exec"), space)

    def judge(self, question, space):
        """The verdict of a question's test cell on what stands in a namespace."""
        try:
            with _quiet() as told:
                self._run(question.test.source, space, question.test.name)
        except BaseException as error:  # an answer may raise SystemExit, too
            return Verdict(False, _stage(question, error), _said(error))
        if told.getvalue():
            return Verdict(False, "stderr", told.getvalue().strip())
        return PASSED

    def grade(self, question, source):
        """The verdict on an answer, given as the text of its cell."""
        try:
            with _quiet():
                space = self.define(question, source)
        except BaseException as error:
            return Verdict(False, "answer", _said(error))
        return self.judge(question, space)

    def calls(self, question, limit=40):
        """The arguments with which the tests call the question's function."""
        calls = []

        def spy(*args, **kwargs):
            if len(calls) < limit:
                calls.append(copy.deepcopy((args, kwargs)))
            return function(*args, **kwargs)

        with _quiet():
            space = self.define(question, question.reference)
            function, space[question.function] = space[question.function], spy
            self._run(question.test.source, space, question.test.name)
        return calls

    def explain(self, question, cells):
        """The verdict on a question of a submitted notebook, and the diagnoses that fit its answer."""
        space, error = self._submitted(question, cells)
        verdict, alike = self.diagnose(question, space)
        return (Verdict(False, "answer", error), []) if error and not verdict.passed else (verdict, alike)

    def diagnose(self, question, answer):
        """The verdict, and the texts of the known wrong answers that give the same results on the tests' inputs.

        The answer is the text of its cell, or a namespace in which it stands.
        """
        space = self.define(question, answer) if isinstance(answer, str) else answer
        verdict, alike = self.judge(question, space), []
        function = space.get(question.function)
        if not verdict.passed and callable(function):
            calls, right, known = self.known(question)
            came = _results(function, calls)
            alike = [text for text, results in known if _same(came, results, right)]
        return verdict, alike

    def known(self, question):
        """The calls of the tests, the reference's results, and for each wrong answer its text and its results."""
        if question.id not in self.wrong:
            calls, known = self.calls(question), []
            with _quiet():
                function = self.define(question, question.reference)[question.function]
            right = _results(function, calls)
            for wrong in self.assignment.answers("wrong"):
                if wrong.question == question.id:
                    with _quiet():
                        function = self.define(question, wrong.source)[question.function]
                    known.append((wrong.text, _results(function, calls)))
            self.wrong[question.id] = calls, right, known
        return self.wrong[question.id]

    def _submitted(self, question, cells):
        """The namespace above a question's test in a submitted notebook, and the error of the answer's own cell.

        The locked cells are those of the source, and no tests are run. Cells that the student has added stay behind
        the cell that they follow. As in nbgrader, a cell that fails stops no other.
        """
        known, place, behind = {cell.name: cell for cell in self.assignment.cells}, "", {"": []}
        for cell in cells:
            if cell.name in known:
                place = cell.name
                behind.setdefault(place, [])
                if known[place].is_answer or place == "student":
                    behind[place] = [cell]
            else:
                behind[place].append(cell)
        space, fault = {"__name__": "__main__"}, ""
        for cell in [None, *self.assignment.cells]:
            if cell == question.test:
                return space, fault
            own = behind.get(cell.name if cell else "", [])
            locked = [cell] if cell and not cell.is_answer and not cell.is_test and cell.name != "student" else []
            for runs in locked + own:
                if runs.kind == "code":
                    try:
                        with _quiet():
                            self._run(runs.source, space, runs.name)
                    except BaseException as error:
                        fault = _said(error) if runs.name == question.id else fault


def _is_data(value):
    """Whether an answer may have changed a value, and it is copied in no time: no figure, for example."""
    import numpy as np

    return (
        isinstance(value, (list, dict, set, tuple, np.random.Generator))
        or isinstance(value, np.ndarray)
        and value.dtype.kind != "O"
    )


def _results(function, calls):
    """For each call what a function returns, and what it leaves of its arguments, as one row of numbers and words."""
    import numpy as np

    results = []
    with _quiet(), np.errstate(all="ignore"):
        for args, kwargs in copy.deepcopy(calls):
            np.random.seed(0)  # an answer may draw from the generator that all share
            try:
                results.append(list(_leaves([function(*args, **kwargs), args, kwargs])))
            except BaseException as error:
                results.append([_said(error)])
    return results


def _said(error):
    if isinstance(error, AssertionError) and str(error):
        return str(error)
    return "".join(traceback.format_exception_only(error)).strip()


def _stage(question, error):
    """Whether the visible or the hidden tests were running: the first line of the test cell above the error says it."""
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == f"<{question.test.name}>"
    ]
    source = question.test.source
    hidden = [
        range(1 + source.count("\n", 0, found.start()), 2 + source.count("\n", 0, found.end()))
        for found in HIDDEN.finditer(source)
    ]
    return "hidden" if lines and any(lines[0] in region for region in hidden) else "visible"


@contextlib.contextmanager
def _quiet():
    """Nothing is shown; what was written to stderr, warnings included, is handed over."""
    told = io.StringIO()
    with (
        open(os.devnull, "w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
        contextlib.redirect_stderr(told),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("default")
        yield told


def _leaves(value):
    """What is in a value, however it is nested: arrays of numbers, and words for everything else."""
    import numpy as np

    if isinstance(value, dict):
        value = [part for item in value.items() for part in item]
    if isinstance(value, (list, tuple)):
        yield f"{len(value)} parts"
        for part in value:
            yield from _leaves(part)
    elif (
        isinstance(value, (bool, int, float, complex, np.number, np.ndarray))
        and np.asarray(value).dtype.kind in "biufc"
    ):
        yield np.array(value, dtype=complex)
    else:
        yield repr(value) if value is None or isinstance(value, str) else type(value).__name__


def _same(came, wrong, right):
    """Whether results are those of a wrong answer: equal to rounding, roughly so where wrong and right differ."""
    import numpy as np

    def alike(x, y, z):
        if any(isinstance(part, str) for part in (x, y)):
            return type(x) is type(y) and x == y
        if x.shape != y.shape:
            return False
        size = np.max(np.abs(y), where=np.isfinite(y), initial=0)
        if isinstance(z, str) or z.shape != y.shape:
            return np.allclose(x, y, rtol=1e-6, atol=1e-9 * size, equal_nan=True)
        wrong = ~np.isclose(y, z, rtol=1e-9, atol=0, equal_nan=True)
        return np.allclose(x, y, rtol=1e-9, atol=1e-9 * size, equal_nan=True) and np.allclose(
            x[wrong], y[wrong], rtol=1e-6, atol=0, equal_nan=True
        )

    for row, other, true in zip(came, wrong, right, strict=True):
        if len(row) != len(other) or not all(map(alike, row, other, true if len(true) == len(other) else other)):
            return False
    return True


class Child:
    """A process of its own for the benches of one assignment, so that an answer that never returns can be stopped.

    It keeps a time limit; it is no sandbox, and what runs in it can read and write what this program can.
    """

    def __init__(self, assignment, limit=LIMIT):
        self.assignment, self.limit, self.process = assignment, limit, None

    def _start(self):
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(other, self.assignment.name, str(self.assignment.folder)), daemon=True
        )
        self.process.start()
        other.close()

    def close(self):
        if self.process:
            self.process.kill()
            self.process.join()
            self.pipe.close()
            self.process = None

    def ask(self, what, student, question, *arguments):
        """What the bench of this student answers; a Verdict where that took too long, or where it has ended."""
        if self.process is None:
            self._start()
        try:
            for message, limit in (
                (("prepare", student, question), STARTING),
                ((what, student, question, *arguments), self.limit),
            ):
                self.pipe.send(message)
                if not self.pipe.poll(limit):
                    self.close()
                    return Verdict(
                        False, "time", f"not finished after {limit} seconds: is there a loop that never ends?"
                    )
                well, answer = self.pipe.recv()
                if not well:
                    raise RuntimeError(
                        f"{self.assignment.name}, {question}: the cells before the answer do not run\n{answer}"
                    )
        except (EOFError, OSError):
            self.close()
            return Verdict(False, "died", "the process ended in the middle of the answer")
        return answer

    def grade(self, question, source, student=""):
        """The verdict on an answer to a question, given by its name and as the text of its cell."""
        return self.ask("grade", student, question, source)

    def explain(self, question, cells, student=""):
        """The verdict on a question of a submitted notebook, and the diagnoses that fit its answer."""
        found = self.ask("explain", student, question, cells)
        return (found, []) if isinstance(found, Verdict) else found


def _serve(pipe, name, folder):
    """In the child: one question after the other, as long as somebody asks."""
    os.environ["MPLBACKEND"] = "Agg"
    assignment, benches = Assignment(name, folder), {}
    while True:
        try:
            what, student, question, *rest = pipe.recv()
        except EOFError:
            return
        if student not in benches:
            benches = {student: Bench(assignment, student)}
        try:
            answer = True, getattr(benches[student], what)(assignment.questions[question], *rest)
        except Exception:
            answer = False, traceback.format_exc()
        pipe.send(answer)
