"""Runs answers in one process, which can be stopped, and compares their results with known mistakes in another."""

import base64
import contextlib
import copy
import io
import json
import multiprocessing
import os
import sys
import traceback
import warnings
from dataclasses import dataclass

import variants
from answers import HIDDEN, Assignment, names_in
from marking import wire

STARTING, LIMIT = 300, 20  # seconds: for a child process to import what the assignment needs, and for one cell
LARGEST = 2**28  # bytes that a child may send at once
CALLS = 40  # calls of a question's function by its tests that are compared with those of known mistakes


# What is found out


@dataclass(frozen=True)
class Lost:
    """A test that an answer did not pass.

    ``cell`` is the test's name.
    ``stage`` says where it ended: "answer" (the answer's own cell), "visible" or "hidden" (which part of the test),
    "stderr" (nbgrader gives no points where a test cell has written there), "time" or "died".
    """

    cell: str
    stage: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """What a question's tests say of an answer: its points, and the tests that it did not pass."""

    points: float
    lost: tuple[Lost, ...] = ()

    @property
    def passed(self):
        return not self.lost

    @property
    def stage(self):
        """Where the first test ended that the answer did not pass."""
        return self.lost[0].stage if self.lost else "passed"

    @property
    def message(self):
        return self.lost[0].message if self.lost else ""


class Stopped(Exception):
    """A cell was not finished after its time; the argument is its name."""


class Ended(Exception):
    """The process has ended, or has said what nobody can read; the argument is the name of the cell that ran."""


# In a child process: answers, run


class Bench:
    """Where answers to the questions of one assignment are run, each in the namespace that the cells above it make.

    These cells are the locked ones of the source, the references of the other questions, and STUDENT set to
    ``student``. What an answer does to a module, such as NumPy's settings, stays: nothing of what is said of another
    answer may be computed here (see ``Grader``). ``told`` is called with the name of each cell before it runs.
    """

    def __init__(self, assignment, student="", told=lambda name: None):
        self.assignment, self.student, self.told = assignment, student, told
        self.space, self.above, self.given, self.mistakes = {"__name__": "__main__"}, {}, {}, {}
        self.convention = {}

    def prepare(self, question):
        """Run the locked cells and the references down to the last answer, once, and keep what stands above each
        answer.
        """
        if self.above:
            return
        above = {}
        for cell in self.assignment.needed:
            if cell.is_answer:
                data = {name: value for name, value in self.space.items() if _is_data(value)}
                above[cell.name] = dict(self.space), copy.deepcopy(data)
                if len(above) == len(self.assignment.questions):
                    break
            with quiet():
                self._run(self._filled(cell), self.space, cell.name)
            if cell.name == "data":
                self.convention = self.space.get("convention", {})
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")
        self.above = above

    def fresh(self, question):
        """The namespace above the question's answer: what earlier answers have defined is gone, what they have changed
        is back.

        It is one and the same dictionary for all questions, since the functions of the locked cells look their names up
        in it.
        """
        self.prepare(question)
        names, data = self.above[question.id]
        self.space.clear()
        self.space.update(names)
        self.space.update(copy.deepcopy(data))
        return self.space

    def define(self, question, source):
        """The namespace after an answer, and the cells between it and its last test, have run."""
        self._run(source, self.fresh(question), question.id)
        return self._between(question)

    def reference(self, question):
        """The text of a question's reference for the student's convention."""
        self.prepare(question)
        return self.stored(question.id, question.reference)

    def between(self, question, function):
        """The namespace after the cells between a question's answer and its last test have run, with this function in
        the place of the answer, or none.
        """
        space = self.fresh(question)
        space.pop(question.function, None)
        if function is not None:
            space[question.function] = function
        with quiet():
            return self._between(question)

    def _between(self, question):
        cells, space = self.assignment.cells, self.space
        for cell in cells[cells.index(question.answer) + 1 : cells.index(question.tests[-1])]:
            if cell in self.assignment.needed and not cell.is_answer:
                self._run(self._filled(cell), space, cell.name)
        return space

    def _filled(self, cell):
        if cell.is_answer:
            return self.stored(cell.name, cell.source)
        return f"STUDENT = {self.student!r}" if cell.kind == "code" and cell.name == "student" else cell.source

    def stored(self, name, source, convention=None):
        """The text of a reference or a known mistake, for the student's convention or another one."""
        return variants.fitted(self.assignment.name, name, source, convention or self.convention)

    def _run(self, source, space, name):
        self.told(name)
        exec(compile(source, f"<{name}>", "exec"), space)

    def test(self, test, space):
        """What a test cell says of what stands in a namespace: a Lost, or None if it passes."""
        try:
            with quiet() as told:
                self._run(test.source, space, test.name)
        except BaseException as error:  # an answer may raise SystemExit, too
            return Lost(test.name, _stage(test, error), wire.said(error))
        return Lost(test.name, "stderr", told.getvalue().strip()) if told.getvalue() else None

    def judge(self, question, space):
        """The verdict of a question's tests on what stands in a namespace."""
        return verdict(question, [self.test(test, space) for test in question.tests])

    def grade(self, question, source):
        """The verdict on an answer, given as the text of its cell."""
        try:
            with quiet():
                space = self.define(question, source)
        except BaseException as error:
            return verdict(question, [Lost(test.name, "answer", wire.said(error)) for test in question.tests])
        return self.judge(question, space)

    def passes(self, question, source):
        """Whether an answer passes all tests; the first one that it fails is the last one that is run."""
        try:
            with quiet():
                space = self.define(question, source)
        except BaseException:
            return False
        return not any(self.test(test, space) for test in question.tests)

    def calls(self, question):
        """The arguments with which the tests call the question's function."""
        if question.id in self.given:
            return self.given[question.id]
        calls = []

        def spy(*args, **kwargs):
            if len(calls) < CALLS:
                calls.append(copy.deepcopy((args, kwargs)))
            return function(*args, **kwargs)

        with quiet():
            space = self.define(question, self.reference(question))
            function, space[question.function] = space[question.function], spy
            for test in question.tests:
                self._run(test.source, space, test.name)
        self.given[question.id] = calls
        return calls

    def diagnose(self, question, source):
        """The verdict on an answer, given as the text of its cell, and where it fails its results for ``alike``."""
        self.calls(question)  # before the answer, since they take its names away
        found = self.grade(question, source)
        return found, None if found.passed else self._results(question, self.space)

    def submitted(self, question, cells, left_out=()):
        """The verdict on a question of a submitted notebook, and where it fails the answer's results for ``alike``.

        The locked cells are those of the source, and no tests of other questions are run. Cells that the student has
        added stay behind the cell that they follow. As in nbgrader, a cell that fails stops no other. The cells named
        in ``left_out`` are not run.
        """
        known, place, behind = {cell.name: cell for cell in self.assignment.cells}, "", {"": []}
        for number, cell in enumerate(cells, 1):
            if cell.name in known:
                place = cell.name
                behind.setdefault(place, [])
                if known[place].is_answer or place == "student":
                    behind[place] = [(place, cell)]
            else:
                behind[place].append((f"{number} of the notebook", cell))
        space, fault, results = {"__name__": "__main__"}, "", []
        for cell in [None, *self.assignment.cells]:
            if cell in question.tests:
                results.append(self.test(cell, space))
                if cell == question.tests[-1]:
                    break
                continue
            locked = bool(cell) and not cell.is_answer and not cell.is_test and cell.name != "student"
            for name, runs in ([(cell.name, cell)] if locked else []) + behind.get(cell.name if cell else "", []):
                if runs.kind == "code" and name not in left_out:
                    try:
                        with quiet():
                            self._run(runs.source, space, name)
                    except BaseException as error:
                        fault = wire.said(error) if name == question.id else fault
        if fault:
            results = [lost and Lost(lost.cell, "answer", fault) for lost in results]
        found = verdict(question, results)
        return found, None if found.passed else self._results(question, space)

    def _results(self, question, space):
        """The results of the function in a namespace on the inputs of the tests; None where there is no function."""
        function = space.get(question.function)
        if not callable(function):
            return None
        calls = self.calls(question)
        self.told(question.tests[0].name)
        return _results(function, calls)

    def right(self, question):
        """The reference's results on the inputs of the tests; ``alike`` has computed them."""
        return self.mistakes[question.id][0]

    def results(self, question, function):
        """The results of a function on the inputs of the tests, for ``alike``."""
        return _results(function, self.calls(question))

    def alike(self, question, came):
        """The texts of the known wrong answers that give these results on the inputs of the tests."""
        if question.id not in self.mistakes:
            calls, known = self.calls(question), []
            with quiet():
                function = self.define(question, self.reference(question))[question.function]
            right = _results(function, calls)
            for wrong in self.assignment.answers("wrong"):
                if wrong.question == question.id and variants.is_mistake(wrong.name, self.convention):
                    with quiet():
                        function = self.define(question, self.stored(question.id, wrong.source))[question.function]
                    known.append((wrong.text, _results(function, calls)))
            self.mistakes[question.id] = right, known
        right, known = self.mistakes[question.id]
        return [text for text, results in known if len(came) == len(right) and _same(came, results, right)]

    def of_another(self, question, function):
        """What is to be said of a function that is right in another student's convention; otherwise None."""
        if not self.student:
            return None
        names = question.arguments
        for other in variants.others(self.assignment.name, question.id, self.convention):
            calls = [variants.moved(call, names, self.convention, other) for call in self.calls(question)]
            with quiet():
                reference = self.define(question, self.stored(question.id, question.reference, other))
                right = _results(reference[question.function], calls)
            if _alike(_results(function, calls), right):
                return variants.said(self.convention, other)
        return None


def _alike(came, right):
    """Whether results are the same but for rounding."""
    return all(
        len(row) == len(true)
        and all(
            x == y if isinstance(x, str) or isinstance(y, str) else x.shape == y.shape and _close(x, y)
            for x, y in zip(row, true)
        )
        for row, true in zip(came, right, strict=True)
    )


def _close(came, right):
    import numpy as np

    size = np.max(np.abs(right), where=np.isfinite(right), initial=1)
    return np.allclose(came, right, rtol=0, atol=1e-9 * size, equal_nan=True)


def verdict(question, results):
    """The verdict from what each test of a question says: a Lost, or None if it passes."""
    points = sum(test.points for test, lost in zip(question.tests, results, strict=True) if not lost)
    return Verdict(points, tuple(lost for lost in results if lost))


def _is_data(value):
    """Whether a value is something that an answer may have changed, and that can be copied in no time: no figure, for
    example.
    """
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
    with quiet(), np.errstate(all="ignore"):
        for args, kwargs in copy.deepcopy(calls):
            np.random.seed(0)  # an answer may draw from the generator that all share
            try:
                results.append(list(_leaves([function(*args, **kwargs), args, kwargs])))
            except BaseException as error:
                results.append([wire.said(error)])
    return results


def _stage(test, error):
    """Whether the visible or the hidden part of a test was running: its lines on the way to the error say it."""
    lines = {
        line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == f"<{test.name}>"
    }
    source = test.source
    for found in HIDDEN.finditer(source):
        if lines & set(range(1 + source.count("\n", 0, found.start()), 2 + source.count("\n", 0, found.end()))):
            return "hidden"
    return "visible"


@contextlib.contextmanager
def quiet():
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
    """Whether results are those of a wrong answer: the same but for rounding, and much the same where the wrong ones
    differ from the right.
    """
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


# From a child process and back: numbers, words and arrays, and nothing that could run


def packed(rows):
    """Rows of arrays and words in lists and words alone, so that they can be sent as JSON."""
    return [
        [
            part if isinstance(part, str) else [list(part.shape), base64.b64encode(part.tobytes()).decode()]
            for part in row
        ]
        for row in rows
    ]


def unpacked(rows):
    """The rows that ``packed`` has packed; a ValueError where it has not."""
    import numpy as np

    try:
        return [
            [
                part
                if isinstance(part, str)
                else np.frombuffer(base64.b64decode(part[1]), dtype=complex).reshape([int(size) for size in part[0]])
                for part in row
            ]
            for row in rows
        ]
    except (TypeError, IndexError, KeyError) as error:
        raise ValueError("no rows of numbers and words") from error


class Child:
    """A process of its own for the benches of one assignment, so that a cell that never ends can be stopped.

    It keeps a time limit for each cell; it is no sandbox, and what runs in it can read and write what this program can.
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
        """What the bench of this student answers to a question, in lists, numbers and words.

        Raises Stopped where a cell took too long and Ended where the process has ended; both times it starts anew when
        it is asked again.
        """
        if self.process is None:
            self._start()
        try:
            self._asked("prepare", STARTING, student, question)
            return self._asked(what, self.limit, student, question, *arguments)
        except (Stopped, Ended):
            self.close()
            raise

    def _asked(self, what, limit, *arguments):
        running = ""
        try:
            self.pipe.send((what, *arguments))
            while self.pipe.poll(limit):
                said = json.loads(self.pipe.recv_bytes(LARGEST))
                if "runs" in said:
                    running = str(said["runs"])
                elif "answer" in said:
                    return said["answer"]
                else:
                    raise RuntimeError(f"{self.assignment.name}, {arguments[1]}: {said['fault']}")
        except (EOFError, OSError, ValueError, TypeError, KeyError) as error:
            raise Ended(running) from error
        raise Stopped(running)


def _serve(pipe, name, folder):
    """In the child: one question after the other, as long as somebody asks."""
    os.environ["MPLBACKEND"] = "Agg"
    assignment, benches = Assignment(name, folder), {}

    def say(**what):
        pipe.send_bytes(json.dumps(what).encode())

    while True:
        try:
            what, student, question, *rest = pipe.recv()
        except EOFError:
            return
        if student not in benches:
            benches = {student: Bench(assignment, student, lambda cell: say(runs=cell))}
        bench, question = benches[student], assignment.questions[question]
        try:
            if what == "alike":
                answer = bench.alike(question, unpacked(*rest))
            elif what in ("prepare", "passes", "reference"):
                answer = getattr(bench, what)(question, *rest)
            elif what == "grade":
                answer = _plain(bench.grade(question, *rest))
            else:
                found, rows = getattr(bench, what)(question, *rest)
                answer = [_plain(found), rows and packed(rows)]
            say(answer=answer)
        except Exception:
            say(fault=traceback.format_exc())


def _plain(found):
    return [found.points, [[lost.cell, lost.stage, lost.message] for lost in found.lost]]


class Grader:
    """Grades and explains answers by two processes: answers run in one; references and known mistakes run in the other,
    ``examiner``.

    From the first only numbers, words and arrays come back, so no answer reaches what another one is measured by.
    """

    def __init__(self, assignment, limit=LIMIT, examiner=None):
        self.assignment, self.runner = assignment, Child(assignment, limit)
        self.examiner = examiner or Child(assignment, limit=STARTING)
        self.own_examiner = examiner is None
        self.stopped = {}

    def close(self):
        self.runner.close()
        if self.own_examiner:
            self.examiner.close()

    def grade(self, question, source, student=""):
        """The verdict on an answer to a question, given by its name and as the text of its cell."""
        return self._verdict(question, "grade", source, student)[0]

    def reference(self, question, student=""):
        """The text of a question's reference for a student's convention."""
        return self.runner.ask("reference", student, question)

    def passes(self, question, source):
        """Whether an answer passes all tests of a question, found out as fast as that can be."""
        try:
            return self.runner.ask("passes", "", question, source)
        except (Stopped, Ended):
            return False

    def diagnose(self, question, source, student=""):
        """The verdict, and the texts of the known wrong answers that give the same results on the tests' inputs."""
        return self._diagnosed(question, *self._verdict(question, "diagnose", source, student), student)

    def explain(self, question, cells, student=""):
        """The verdict on a question of a submitted notebook, and the diagnoses that fit its answer.

        A cell that has to be stopped is noted in ``stopped``, with what is to be said of it, and is left out from then
        on.
        """
        own = {question, *(test.name for test in self.assignment.questions[question].tests)}
        while True:
            left_out = list(self.stopped)
            found, rows = self._verdict(question, "submitted", cells, student, left_out)
            new = [cell for cell in self.stopped if cell not in left_out]
            if not new or "" in new or own & set(new):
                return self._diagnosed(question, found, rows, student)

    def _verdict(self, question, what, given, student, *more):
        asked = self.assignment.questions[question]
        try:
            answer = self.runner.ask(what, student, question, given, *more)
            (points, lost), rows = (answer, None) if what == "grade" else answer
            return Verdict(points, tuple(Lost(*map(str, each)) for each in lost)), rows
        except Stopped as stop:
            stage, cell = "time", str(stop)
            told = f"not finished after {self.runner.limit:g} seconds: is there a loop that never ends?"
        except Ended as end:
            stage, cell, told = "died", str(end), "the process ended in the middle of it"
        except (TypeError, ValueError):
            self.runner.close()
            stage, cell, told = "died", "", "what came out of the process was no verdict"
        self.stopped[cell] = f"cell {cell}{self._calls(cell)}: {told}" if cell else told
        return verdict(asked, [Lost(test.name, stage, self.stopped[cell]) for test in asked.tests]), None

    def _calls(self, cell):
        """Which answers a locked cell runs, in words that follow its name."""
        sources = {
            each.name: each.source for each in self.assignment.cells if each.kind == "code" and not each.is_answer
        }
        used = names_in(sources.get(cell, ""))
        asked = [each.id.removeprefix("q") for each in self.assignment.questions.values() if each.function in used]
        if not asked:
            return ""
        several = len(asked) > 1
        told = f"{', '.join(asked[:-1])} and {asked[-1]}" if several else asked[0]
        return f", which runs the answer{'s' * several} to question{'s' * several} {told}"

    def _diagnosed(self, question, found, rows, student):
        if rows is None:
            return found, []
        try:
            return found, self.examiner.ask("alike", student, question, rows)
        except (Stopped, Ended, RuntimeError):
            return found, []  # rows that say nothing, or that were made to say too much
