"""Generates the assignments' releases from their sources through nbgrader, makes courses of them, and tells which known mistake an answer makes."""

import argparse
import ast
import contextlib
import copy
import html
import io
import json
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
import textwrap
import traceback
import warnings
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assignments"
BUILD = ROOT / "_build" / "assignments"
CANARY = "private-answer-"
SOLUTION = re.compile(r"^[^\S\n]*### BEGIN SOLUTION\n(.*?)^[^\S\n]*### END SOLUTION$", re.DOTALL | re.MULTILINE)
HIDDEN = re.compile(r"^[^\S\n]*### BEGIN HIDDEN TESTS\n(.*?)^[^\S\n]*### END HIDDEN TESTS$", re.DOTALL | re.MULTILINE)
RUNNING = {"timeout": 600, "startup_timeout": 600, "extra_arguments": ["--log-level=ERROR"]}  # how nbgrader runs a notebook: no kernel's remarks on itself
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
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name]
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
        """The name of the same mistake in bpcore.defects, or an empty string."""
        for node in ast.parse(self.source).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DEFECT":
                return ast.literal_eval(node.value)
        return ""


def read_cells(path):
    """The cells of a notebook file; a ValueError where it is none."""
    try:
        return _read_cells(path)
    except (AttributeError, KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path} is no notebook of today's format") from error


def _read_cells(path):
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    return [Cell(cell.get("id", ""), cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("nbgrader", {})) for cell in notebook["cells"]]


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
            raise ValueError(f"{self.path.name}: answers without a test, or tests without an answer: {sorted(answers.keys() ^ tests.keys())}")
        return {name: Question(answers[name], tests[name]) for name in answers}

    @cached_property
    def needed(self):
        """The code cells that answers and tests may rely on: all but the tests, and locked cells that show what the answers do."""
        functions = {question.function for question in self.questions.values()}
        return [cell for cell in self.cells if cell.kind == "code" and not cell.is_test and (cell.is_answer or not functions & _names(cell.source))]

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

    ``stage`` is "passed", or where it ended: "answer" (the answer's own cell), "visible" or "hidden" (which part of the tests),
    "stderr" (nbgrader gives no points where a test cell has written there, warnings included), "time" or "died".
    """

    passed: bool
    stage: str
    message: str


PASSED = Verdict(True, "passed", "")


class Bench:
    """Where answers to the questions of one assignment are run, one after the other, each as if it were the first.

    Before an answer come the cells above it: the locked ones of the source, the references of the other questions, and STUDENT
    set to ``student``. All of it happens in this process, and an answer that never returns holds it up: see ``Child``.
    """

    def __init__(self, assignment, student=""):
        self.assignment, self.student, self.space, self.above = assignment, student, {"__name__": "__main__"}, {}
        self.wrong = {}

    def prepare(self, question):
        """Run the locked cells and the references down to the last answer, once, and keep what stands above each answer."""
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
        """The namespace above the question's answer: what earlier answers have defined is gone, what they have changed is back.

        It is one and the same dictionary for all questions, since the functions of the locked cells look their names up in it.
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
        for cell in cells[cells.index(question.answer) + 1:cells.index(question.test)]:
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

        The locked cells are those of the source, and no tests are run.
        Cells that the student has added stay behind the cell that they follow. As in nbgrader, a cell that fails stops no other.
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
    """Whether a value is something that an answer may have changed, and that can be copied in no time: no figure, for example."""
    import numpy as np

    return isinstance(value, (list, dict, set, tuple, np.random.Generator)) or isinstance(value, np.ndarray) and value.dtype.kind != "O"


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
    """Whether the visible or the hidden tests were running: the first line of the test cell on the way to the error says it."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == f"<{question.test.name}>"]
    source = question.test.source
    hidden = [range(1 + source.count("\n", 0, found.start()), 2 + source.count("\n", 0, found.end())) for found in HIDDEN.finditer(source)]
    return "hidden" if lines and any(lines[0] in region for region in hidden) else "visible"


@contextlib.contextmanager
def _quiet():
    """Nothing is shown; what was written to stderr, warnings included, is handed over."""
    told = io.StringIO()
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(told), warnings.catch_warnings():
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
    elif isinstance(value, (bool, int, float, complex, np.number, np.ndarray)) and np.asarray(value).dtype.kind in "biufc":
        yield np.array(value, dtype=complex)
    else:
        yield repr(value) if value is None or isinstance(value, str) else type(value).__name__


def _same(came, wrong, right):
    """Whether results are those of a wrong answer: the same but for rounding, and much the same where the wrong ones differ from the right."""
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
        return np.allclose(x, y, rtol=1e-9, atol=1e-9 * size, equal_nan=True) and np.allclose(x[wrong], y[wrong], rtol=1e-6, atol=0, equal_nan=True)

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
        self.process = context.Process(target=_serve, args=(other, self.assignment.name, str(self.assignment.folder)), daemon=True)
        self.process.start()
        other.close()

    def close(self):
        if self.process:
            self.process.kill()
            self.process.join()
            self.pipe.close()
            self.process = None

    def ask(self, what, student, question, *arguments):
        """What the bench of this student answers; a Verdict where that took too long, or where the process has ended."""
        if self.process is None:
            self._start()
        try:
            for message, limit in ((("prepare", student, question), STARTING), ((what, student, question, *arguments), self.limit)):
                self.pipe.send(message)
                if not self.pipe.poll(limit):
                    self.close()
                    return Verdict(False, "time", f"not finished after {limit} seconds: is there a loop that never ends?")
                well, answer = self.pipe.recv()
                if not well:
                    raise RuntimeError(f"{self.assignment.name}, {question}: the cells before the answer do not run\n{answer}")
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


# Releases

def generate(names, folder=FOLDER, course=None):
    """The text of each release, as `nbgrader generate_assignment` makes it in a course of its own that is gone afterwards.

    ``course`` names a folder in which the course is made and left instead, with its gradebook in gradebook.db.
    """
    if course is None:
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as place:
            return generate(names, folder, place)
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    texts = {}
    for name in names:
        shutil.copytree(Path(folder) / "source" / name, Path(course) / "source" / name)
        config = settings(course, assignment_id=name)
        GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
        texts[name] = (Path(course) / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
        if CANARY in texts[name]:
            raise ValueError(f"{name}: a part that is private is in the release; its BEGIN and END lines are not as nbgrader expects them")
    return texts


def settings(course, **more):
    """The settings of nbgrader for a course in a folder of its own, with a gradebook of its own."""
    from traitlets.config import Config

    # nbgrader starts alembic by its name, which stands beside this Python even where no environment is activated
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, os.environ["PATH"]])
    return Config(Execute=RUNNING, CourseDirectory={"root": str(course), "db_url": f"sqlite:///{Path(course) / 'gradebook.db'}", **more})


def validate(path):
    """What `nbgrader validate` objects to in a notebook: an empty string where that is nothing."""
    from nbgrader.validator import Validator
    from traitlets.config import Config

    found = Validator(config=Config(Execute=RUNNING)).validate(str(path))
    faults = "\n".join(f"{kind}: {cell.get('error') or cell['source']}" for kind, cells in found.items() for cell in cells)
    return html.unescape(re.sub("<[^<>]*>", "", faults))


def stale(texts, folder=FOLDER):
    """The names of releases that differ from what their sources make, or have none."""
    here = {path.name: path / f"{path.name}.ipynb" for path in (Path(folder) / "release").glob("*") if path.is_dir()}
    return sorted({name for name, text in texts.items() if name not in here or not here[name].exists() or here[name].read_text(encoding="utf-8") != text}
                  | (here.keys() - texts.keys()))


def renew(check):
    """Generate every release; store those that have changed, or with ``check`` name them."""
    texts = generate(names())
    old = stale(texts)
    if check:
        sys.exit(f"Not as their sources make them: {', '.join(old)}. Run: make assignments" if old else 0)
    for name, text in texts.items():
        faults = validate(Assignment(name).path)
        if faults:
            sys.exit(f"{name}: nbgrader validate finds that the reference fails, so no release was stored\n{faults}")
        path = Assignment(name).release
        if name in old:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: {'stored' if name in old else 'unchanged'}")
    left = [name for name in old if name not in texts]
    if left:
        sys.exit(f"Releases without a source: {', '.join(left)}. Delete them, or put their sources back.")


# A teacher's own course

SETTINGS = """\
\"\"\"The settings of nbgrader for this course.\"\"\"

c = get_config()
c.CourseDirectory.course_id = {course!r}
c.Execute.timeout = {timeout}
# A student's feedback shows the tests of the notebook, and not the hidden ones.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades", "nbgrader.preprocessors.ClearHiddenTests", "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor"]
"""
KEPT_OUT = "# What is about students stays out of a repository, be it a private one.\ngradebook.db*\ndownloaded/\nsubmitted/\nautograded/\nfeedback/\n"


def course(place, chosen=()):
    """Make or renew an nbgrader course: the published sources, with what lies in its folder "overlay" in their places.

    The overlay has a file for each hidden test, NAME/q1-test.py, and each written question, NAME/w1.md. Files that are missing are
    written as they are published, and files that are there are never changed. Yields what there is to say, line by line.
    """
    place = Path(place).resolve()
    if place.is_relative_to(ROOT):
        raise ValueError(f"{place} is inside the book's own folder, where private tests would be published with it: choose a folder outside, such as ../course")
    for name in chosen or names():
        assignment, own = Assignment(name), place / "overlay" / name
        parts = {f"{cell.name}.py": HIDDEN.search(cell.source)[1] for cell in assignment.cells if cell.is_test}
        parts |= {f"{cell.name}.md": cell.source for cell in assignment.written}
        own.mkdir(parents=True, exist_ok=True)
        unknown = sorted({path.name for path in own.iterdir()} - parts.keys())
        if unknown:
            raise ValueError(f"{own / unknown[0]} stands for no cell of {name}: expected one of {', '.join(parts)}")
        changed = {}
        for file, published in parts.items():
            path = own / file
            if not path.exists():
                path.write_text(published, encoding="utf-8", newline="\n")
            text = path.read_text(encoding="utf-8")
            if text != published:
                changed[file.rpartition(".")[0]] = _overlaid(path, text)
        book = json.loads(assignment.path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            text = changed.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
            if text is not None and cell["cell_type"] == "code":
                source, region = "".join(cell["source"]), HIDDEN.search("".join(cell["source"]))
                cell["source"] = source[:region.start(1)] + text + source[region.end(1):]
            elif text is not None:
                cell["source"] = text
        path = place / "source" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
        same = [file for file in parts if file.rpartition(".")[0] not in changed]
        yield f"{name}: {len(changed)} parts of your own" + (f"; as published: {', '.join(same)}" if same else "")
        faults = validate(path) if changed else ""
        if faults:
            raise ValueError(f"{name}: the reference solutions do not pass with your tests\n{faults}")
    for file, text in {"nbgrader_config.py": SETTINGS.format(course=place.name, timeout=RUNNING["timeout"]), ".gitignore": KEPT_OUT}.items():
        if not (place / file).exists():
            (place / file).write_text(text, encoding="utf-8", newline="\n")


def _overlaid(path, text):
    """The text of an overlay's file, if it can stand in its cell."""
    if path.suffix == ".md":
        marks = [text.count(mark) for mark in ("### BEGIN SOLUTION", "### END SOLUTION")]
        if marks != [1, 1]:
            raise ValueError(f"{path} has {marks[0]} lines BEGIN SOLUTION and {marks[1]} lines END SOLUTION: expected one of each, around the rubric, "
                             "which students would read otherwise")
        return text
    if re.search("### (BEGIN|END) ", text):
        raise ValueError(f"{path} has a BEGIN or END line: expected the hidden test alone, which is put between them")
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise ValueError(f"{path} is not Python ({error})") from None
    return text if text.endswith("\n") else text + "\n"


# A submitted notebook, explained

def which(cells, folder=FOLDER):
    """The assignment that a notebook answers: the one with which it shares the most cells that only one assignment has."""
    sources = {name: {cell.source.strip() for cell in Assignment(name, folder).cells} for name in names(folder)}
    came = {cell.source.strip() for cell in cells}
    shared = {name: len(came & own - set().union(*(other for key, other in sources.items() if key != name))) for name, own in sources.items()}
    best = max(shared, key=shared.get)
    return best if shared[best] else None


def student_of(cells):
    """The student's id in a notebook's STUDENT cell."""
    for cell in cells:
        if cell.name == "student" and cell.kind == "code":
            found = re.search(r"""^STUDENT\s*=\s*(["'])(.*)\1""", cell.source, re.MULTILINE)
            return found[2] if found else ""
    return ""


def explain(path, name=None, limit=LIMIT, folder=FOLDER):
    """What there is to say of one submitted notebook, line by line."""
    try:
        cells = read_cells(path)
    except (OSError, ValueError) as error:
        yield f"{path}: not read ({error})"
        return
    name = name or which(cells, folder)
    if name is None:
        yield f"{path}: no cell of an assignment is in it; name the assignment with --assignment"
        return
    assignment = Assignment(name, folder)
    known = {cell.name for cell in assignment.cells}
    came = [cell.name for cell in cells if cell.name in known]
    twice = sorted({cell for cell in came if came.count(cell) > 1})
    yield f"{path}: assignment {name}"
    if twice:
        yield f"  {', '.join(twice)}: in it more than once, the last one counts here; nbgrader gives no points for such a notebook"
    grader, points = Child(assignment, limit), 0
    for question in assignment.questions.values():
        if question.id not in came:
            yield f"  {question.id}: 0 of {question.points} points. The notebook has no cell {question.id}: was it deleted, or copied without its metadata?"
            continue
        verdict, alike = grader.explain(question.id, cells, student_of(cells))
        points += question.points if verdict.passed else 0
        yield f"  {question.id}: {question.points if verdict.passed else 0} of {question.points} points"
        if verdict.message == "NotImplementedError":
            yield "    Not answered: the function raises NotImplementedError, as it did when it was handed out"
        elif not verdict.passed:
            yield textwrap.indent(f"{STAGES[verdict.stage]}: {verdict.message}", "    ")
        for text in alike:
            yield f"    The same results come from a known mistake. {text}"
    grader.close()
    for cell in assignment.written:
        yield f"  {cell.name}: {cell.points} points, to be read"
    yield f"  {points} of {sum(question.points for question in assignment.questions.values())} points by tests"


STAGES = {
    "answer": "The answer's cell fails",
    "visible": "A test in the notebook fails",
    "hidden": "A test that the notebook does not show fails",
    "stderr": "The tests pass, but a warning was written, for which nbgrader gives no points",
    "time": "The answer was stopped",
    "died": "The answer was lost",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("generate", help="generate the releases from the sources, and validate the sources")
    command.add_argument("--check", action="store_true", help="change nothing; fail with the names of releases that are not as their sources make them")
    command = commands.add_parser("course", help="make or renew an nbgrader course outside of this folder, with hidden tests of your own")
    command.add_argument("folder", type=Path, help="where the course is; its folder overlay holds your own tests and written questions")
    command.add_argument("assignments", nargs="*", metavar="assignment", help=f"of {', '.join(names())}; all if none is given")
    command = commands.add_parser("explain", help="say of submitted notebooks which tests fail, and which known mistake an answer makes",
                                  description=f"{NO_SANDBOX} Each question is stopped after a time.")
    command.add_argument("notebooks", nargs="+", type=Path)
    command.add_argument("--assignment", choices=names(), help="the assignment that the notebooks answer, where their cells do not tell")
    command.add_argument("--limit", type=float, default=LIMIT, help=f"seconds that an answer may take ({LIMIT})")
    arguments = parser.parse_args()
    if arguments.command == "generate":
        renew(arguments.check)
    elif arguments.command == "course":
        unknown = set(arguments.assignments) - set(names())
        if unknown:
            parser.error(f"no assignment {', '.join(sorted(unknown))}: expected some of {', '.join(names())}")
        try:
            for line in course(arguments.folder, arguments.assignments):
                print(line, flush=True)
        except ValueError as error:
            sys.exit(str(error))
    else:
        print(f"{NO_SANDBOX} Each question is stopped after {arguments.limit:g} seconds.", file=sys.stderr)
        for path in arguments.notebooks:
            for line in explain(path, arguments.assignment, arguments.limit):
                print(line, flush=True)


NO_SANDBOX = "The notebooks' code runs in a process of its own, which is no sandbox: it can read and write what you can."

if __name__ == "__main__":
    main()
