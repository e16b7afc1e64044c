"""Grades notebooks: their tests run here, beside the references, and call answers that run in another process."""

import ast
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import benches
import variants
from answers import ROOT
from benches import LIMIT, STARTING, Bench, Lost, Verdict, verdict

from marking import cage, formulas, parts, wire

ERRORS = {
    kind.__name__: kind
    for kind in (
        ArithmeticError, AssertionError, AttributeError, EOFError, FloatingPointError, IndexError, KeyError,
        MemoryError, NameError, NotImplementedError, OSError, OverflowError, RecursionError, RuntimeError,
        TypeError, ValueError, ZeroDivisionError,
    )
}  # fmt: skip
WARNINGS = {kind.__name__: kind for kind in (DeprecationWarning, FutureWarning, RuntimeWarning, UserWarning)}
OWN = 10  # times the limit of one cell: what all cells that a student has added may take together
# Of the teacher's environment: what Python and NumPy need to start; the rest may be secret.
KEPT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "LD_LIBRARY_PATH", "MPLCONFIGDIR")
TOO_LATE = "not finished after {limit:g} seconds: is there a loop that never ends?"
DIED = "the process ended in the middle of it"


class Lapsed(BaseException):
    """An answer has to be given up; a BaseException, so that no test takes it for an error of the answer's."""


class Theatre:
    """A process that imports what an assignment needs, and forks a closed one for each notebook."""

    def __init__(self, assignment, hidden=(), use=("namespaces", "files")):
        self.modules, self.use = packages(assignment), use
        self.hidden = [str(Path(path).resolve()) for path in hidden]
        self.process = None

    def _start(self):
        self.control, other = socket.socketpair()
        threads = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "marking.stage", str(other.fileno()), *self.modules],
            pass_fds=[other.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=ROOT / "scripts",
            env={**{name: os.environ[name] for name in KEPT if name in os.environ}, **threads, "MPLBACKEND": "Agg"},
        )
        other.close()

    def open(self, folder):
        """A closed process that may write in ``folder``: a socket to it, and what is in force there."""
        for attempt in (1, 2):
            if self.process is None or self.process.poll() is not None:
                self.close()
                self._start()
            here, there = cage.pair()
            order = {"open": folder, "hidden": self.hidden, "use": list(self.use)}
            try:
                wire.send(self.control, order)
                socket.send_fds(self.control, [b"!"], [there.fileno()])
                there.close()
                self.child = int(wire.receive(self.control, time.monotonic() + STARTING)["child"])
                return here, wire.receive(here, time.monotonic() + STARTING)["ready"]
            except (wire.Closed, wire.Late, OSError):
                here.close()
                there.close()
                self.close()
                if attempt == 2:
                    raise

    def sweep(self):
        """End all that is left of the closed processes, also where the process that forked them has been ended."""
        with contextlib.suppress(OSError):
            os.killpg(self.child, signal.SIGKILL)
        try:
            wire.send(self.control, {"sweep": True})
            wire.receive(self.control, time.monotonic() + 30)
        except (wire.Closed, wire.Late, OSError):
            self.close()

    def close(self):
        if self.process is not None:
            self.control.close()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.process = None


class Performance:
    """One notebook, as far as its cells have been run in a closed process."""

    def __init__(self, theatre, limit):
        self.theatre, self.limit, self.lapse, self.stage = theatre, limit, "", "died"
        self.folder = tempfile.mkdtemp(prefix="answers-")
        os.chmod(self.folder, 0o755)
        try:
            self.line, self.force = theatre.open(self.folder)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self.until(limit)

    def until(self, seconds):
        """Give what follows this many seconds."""
        self.deadline = time.monotonic() + seconds

    def close(self):
        self.line.close()
        self.theatre.sweep()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, source, name):
        """Run a cell; what it raised, in words, or nothing."""
        self.until(self.limit)
        return str(self._ask({"run": source, "name": name}).get("fault") or "")

    def has(self, name):
        """Whether the notebook has this name now."""
        return bool(self._ask({"has": name}).get("has"))

    def function(self, name, seed=False):
        """A function that calls the notebook's function of this name, with copies of what it is given."""

        def call(*args, **kwargs):
            functions = []
            message = {"call": name, "args": wire.encode(list(args), functions), "seed": seed}
            answer = self._ask({**message, "kwargs": wire.encode(kwargs, functions)}, functions)
            return self._result(answer, list(args), kwargs)

        return call

    def _result(self, answer, args, kwargs):
        with self._lapsing():
            if answer.get("given") is not None:
                wire.write_back([args, kwargs], wire.decode(answer["given"]))
            told = [(str(text), WARNINGS.get(kind, RuntimeWarning)) for kind, text in answer["warnings"][:20]]
            if "error" in answer:
                kind, text = map(str, answer["error"])
            else:
                result = wire.decode(answer["result"])
        for text_of_warning, category in told:
            warnings.warn(text_of_warning, category, stacklevel=3)
        if "error" not in answer:
            return result
        if kind == "NotImplementedError" and not text:
            raise NotImplementedError
        raise _error(kind, text)

    def _ask(self, message, functions=()):
        """The answer to a message; calls of functions that live here are answered in between."""
        with self._lapsing():
            wire.send(self.line, message, self.deadline)
            while True:
                answer = wire.receive(self.line, self.deadline)
                if "back" not in answer:
                    return answer
                wire.send(self.line, self._called_back(answer, functions), self.deadline)

    def _called_back(self, answer, functions):
        args = wire.decode(answer["args"])
        try:
            result = wire.encode(functions[answer["back"]](*args))
        except Exception as error:
            return {"error": f"{error}", "given": None}
        return {"result": result, "given": wire.encode(list(args))}

    @contextlib.contextmanager
    def _lapsing(self):
        if self.lapse:
            raise Lapsed(self.lapse)
        try:
            yield
        except wire.Late:
            self.lapse, self.stage = TOO_LATE.format(limit=self.limit), "time"
        except wire.TooLarge as large:
            self.lapse = str(large)
        except wire.Closed:
            self.lapse = DIED
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
            self.lapse = "what came out of the process was no answer"
        if self.lapse:
            self.line.close()
            raise Lapsed(self.lapse)


def _error(kind, text):
    """An error of this name; where it is none of Python's own, a class is made for it."""
    return (ERRORS.get(kind) or type(kind[:60] or "Error", (Exception,), {}))(text)


@dataclass
class Marks:
    """What is said of one question: the verdict, the known mistakes that fit, and what its parts show."""

    verdict: Verdict
    mistakes: list = field(default_factory=list)
    parts: list = field(default_factory=list)  # sentences on what is wrong in which part, and formulas


class Judge:
    """Grades notebooks of one assignment, one after the other.

    No answer runs in this process. From the process in which answers run come numbers, words and arrays alone; what it
    sends is measured here, by tests that it cannot reach.
    """

    def __init__(self, assignment, limit=LIMIT, hidden=(), use=("namespaces", "files")):
        self.assignment, self.limit, self.theatre = assignment, limit, Theatre(assignment, hidden, use)
        self.student, self.bench = None, None

    def close(self):
        self.theatre.close()

    def grade(self, cells, student=""):
        """What is said of each question of a notebook, and of the cells beside them: Marks by question, faults by cell,
        and what isolation was in force.
        """
        if student != self.student:
            self.student, self.bench = student, Bench(self.assignment, student)
        marks, faults, left_out = {}, {}, {}
        self.spent = {}  # seconds by cell, for those that the student has added
        while True:
            performance = Performance(self.theatre, self.limit)
            try:
                stuck = self._perform(performance, cells, marks, faults, left_out)
            finally:
                performance.close()
            if stuck is None:
                return marks, faults | {name: lost.lapse for name, lost in left_out.items()}, performance.force
            left_out[stuck] = performance

    def _perform(self, performance, cells, marks, faults, left_out):
        """Run the cells, and each question's tests where they stand. Returns the cell that was given up, or None."""
        questions = {question.tests[-1].name: question for question in self.assignment.questions.values()}
        tests = {test.name for question in self.assignment.questions.values() for test in question.tests}
        came, known = [cell.name for cell in cells], {cell.name for cell in self.assignment.cells}
        for cell in cells:
            if cell.kind == "code" and cell.name not in tests and cell.name not in left_out:
                own = cell.name not in known
                if own and cell.name not in self.spent and sum(self.spent.values()) >= OWN * self.limit:
                    faults[cell.name] = "not run: the notebook's own cells have used up their time"
                    continue
                begun = time.monotonic()
                try:
                    fault = performance.run(cell.source, cell.name)
                    if cell.name == "student":
                        performance.run(f"STUDENT = {self.student!r}", "student")
                except Lapsed:
                    return cell.name
                finally:
                    if own:  # counted once, however often it is run since another cell had to be given up
                        took = time.monotonic() - begun
                        self.spent[cell.name] = max(took, self.spent.get(cell.name, 0.0))
                if fault:
                    faults[cell.name] = fault
            question = questions.get(cell.name)
            if question is None or question.id in marks:
                continue
            if question.id in left_out:
                marks[question.id] = Marks(self._lost(question, left_out[question.id]))
                continue
            marks[question.id] = self._judge(performance, question, faults.get(question.id, ""))
            if performance.lapse and question.id in came:
                return question.id
        return None

    def _judge(self, performance, question, fault):
        """The marks of one question, whose function the notebook has now."""
        bench, function = self.bench, question.function
        performance.until(self.limit)
        try:
            there = performance.has(function)
        except Lapsed:
            return Marks(self._lost(question, performance))
        space = bench.between(question, performance.function(function) if there else None)
        results = []
        for test in question.tests:
            performance.until(self.limit)
            lost = bench.test(test, space)
            if performance.lapse:
                lost = Lost(test.name, performance.stage, f"cell {question.id}: {performance.lapse}")
            elif lost and fault:
                lost = Lost(test.name, "answer", fault)
            results.append(lost)
        found = verdict(question, results)
        marks = Marks(found)
        if not found.passed and there and not performance.lapse and not is_blank(found):
            performance.until(self.limit)
            rows = bench.results(question, performance.function(function, seed=True))
            if performance.lapse:
                return marks
            marks.mistakes = bench.alike(question, rows)
            performance.until(self.limit)
            another = bench.of_another(question, performance.function(function, seed=True))
            if another and not performance.lapse:
                marks.mistakes.append(another)
            if not marks.mistakes and not performance.lapse:
                with contextlib.suppress(Exception):  # the points stand, whatever the words about them meet
                    marks.parts = self._parts(performance, question, rows)
        return marks

    def _parts(self, performance, question, rows):
        """Which parts of an answer are wrong and how, and its formulas, where it makes no known mistake."""
        calls, right = self.bench.calls(question), self.bench.right(question)
        if len(rows) != len(right):
            return []
        calls = [variants.moved(call, question.arguments, self.bench.convention, {"samples": "rows"}) for call in calls]
        told = parts.describe(question, calls, [parts.tree(row) for row in rows], [parts.tree(row) for row in right])
        asked = formulas.ASKED.get((self.assignment.name, question.id))
        if asked is not None:
            performance.until(self.limit)
            try:
                with benches.quiet():
                    told = asked(performance.function(question.function), self.bench.convention) + told
            except Lapsed:
                return told
        return told

    def _lost(self, question, performance):
        """The verdict on a question whose answer had to be given up."""
        said = f"cell {question.id}: {performance.lapse}"
        return verdict(question, [Lost(test.name, performance.stage, said) for test in question.tests])


def is_blank(verdict):
    """Whether the question was left as it was handed out."""
    return bool(verdict.lost) and all(lost.message == "NotImplementedError" for lost in verdict.lost)


def packages(assignment):
    """The modules that the cells of an assignment import, with those that NumPy loads late."""
    found = {"numpy", "numpy.linalg", "numpy.random", "numpy.ma"}
    for cell in assignment.needed:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return sorted(found)
