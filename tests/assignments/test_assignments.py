"""The assignments' tests are tested: right answers pass, wrong ones and mutants fail, releases give nothing away."""

import ast
import builtins
import contextlib
import copy
import functools
import hashlib
import io
import json
import os
import random
import re
import subprocess
import sys
import tomllib
import warnings
import zipfile
from types import SimpleNamespace

import answers
import benches
import grading
import notebooks as stored
import numpy as np
import pytest
import submissions
import variants
from answers import HIDDEN, SOLUTION, Assignment, Cell
from benches import Bench, Grader
from text import BANNED, ROOT, faults_of_style

import assignments
from bpcore.clinic.defects import DEFECTS

NAMES = ("chain_rule", "digits", "theta")
FOUND = {name: Assignment(name) for name in NAMES if name in answers.names()}
EQUIVALENT = tomllib.loads((answers.FOLDER / "equivalent.toml").read_text(encoding="utf-8")).get("mutant", [])
ALLOWED_IMPORTS = {"numpy", "matplotlib", "sklearn"} | sys.stdlib_module_names
INSTALLED_AS = {"sklearn": "scikit-learn"}
STUB = "# YOUR CODE HERE\n    raise NotImplementedError()"


def random_ids(count):
    """Student ids as schools make them, and as they do not."""
    draw = random.Random(20)
    alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-_.@ éßжλ学"
    return ["".join(draw.choices(alphabet, k=draw.randint(1, 30))) for _ in range(count)]


WEEKLY = bool(os.environ.get("EVERY_ASSIGNMENT"))
STUDENTS = ["", "s1", "你好", 'O\'Brien "the\\ second"', *random_ids(12 if WEEKLY else 2)]


def pytest_generate_tests(metafunc):
    """The classes below are for one assignment each, so that several processes share the work; their tests are over its
    parts.
    """
    assignment = FOUND.get(getattr(metafunc.cls, "name", None))
    for fixture, values in {
        "question": lambda: list(assignment.questions.values()),
        "wrong": lambda: assignment.answers("wrong"),
        "right": lambda: assignment.answers("right"),
        "habit": lambda: [*HABITS],
    }.items():
        if fixture in metafunc.fixturenames:
            parts = values() if assignment else []
            metafunc.parametrize(
                fixture, parts, ids=[getattr(part, "name", getattr(part, "id", part)) for part in parts]
            )


# What honest students have in their notebooks: what stands in a cell, and what stands below their function
OWN_NAMES = [
    *(
        "numbers log draw answer blocks units m n X Y A W b z a Theta sizes rng seed cost forward test ours kind "
        "shapes copy types sys warnings notebook e pi np2 shared silent changes expected given result math random "
        "numpy k h y lam"
    ).split(),
    *(name for name in dir(builtins) if name.islower() and not name.startswith("_")),
]
CALLED = "\n\ndef {{function}}(*args, _right={{function}}, **kwargs):\n    {}\n    return _right(*args, **kwargs)\n"
HABITS = {
    "star-import": ("from numpy import *\n", ""),
    "own-names": (" = ".join(OWN_NAMES) + " = [1, 2, 3]\n", ""),
    "numpy-set-to-raise": ("np.seterr(all='raise')\n", ""),
    "warnings-as-errors": ("import warnings as w\nw.simplefilter('error')\n", ""),
    "warnings": (
        "",
        CALLED.format("np.zeros(2) / np.zeros(2), np.log(np.zeros(2)), __import__('warnings').warn('mine')"),
    ),
    "prints": ("", CALLED.format("__import__('builtins').print('here'); __import__('sys').stderr.write('here')")),
}


def with_builtins(source):
    """An answer that does not rely on the built-in names that a student has taken for something else."""

    class Named(ast.NodeTransformer):
        def visit_Name(self, node):
            if isinstance(node.ctx, ast.Load) and hasattr(builtins, node.id):
                return ast.copy_location(ast.parse(f"__import__('builtins').{node.id}", mode="eval").body, node)
            return node

    return ast.unparse(ast.fix_missing_locations(Named().visit(ast.parse(source)))) + "\n"


def source_lines(regions):
    return {line.strip() for region in regions for line in region.splitlines() if line.strip()}


def code_tree(source):
    """The syntax tree of an answer without its docstrings, so that what is compared is what is done."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            del node.body[0]
    return ast.dump(tree)


def stored_names(source):
    """What a cell defines at its top level."""
    defined = set()
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            defined |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        else:
            defined |= {
                part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            }
    return defined


def used_names(source):
    """The names that a cell looks up and has not made itself."""
    tree = ast.parse(source)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return used - made - {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def packages_of(node):
    """The packages that a node of a syntax tree imports, if it imports."""
    modules = (
        [alias.name for alias in node.names]
        if isinstance(node, ast.Import)
        else [node.module]
        if isinstance(node, ast.ImportFrom)
        else []
    )
    return {module.split(".")[0] for module in modules}


CHANGED = """
_right = {function}

def _each(part, change):
    if part is None:
        return None
    if isinstance(part, dict):
        return {{key: _each(value, change) for key, value in part.items()}}
    if isinstance(part, (tuple, list)):
        return type(part)(_each(value, change) for value in part)
    return part if isinstance(part, str) else change(part)

def {function}(*args, **kwargs):
    return _each(_right(*args, **kwargs), lambda part: {change})
"""


def with_results_changed(question, change):
    """The reference, with each number or array in its results changed on its way out by an expression over ``part``."""
    return question.reference + CHANGED.format(function=question.function, change=change)


def test_there_are_three_assignments():
    assert tuple(answers.names()) == NAMES
    for kind in ("source", "release", "right", "wrong"):
        assert sorted(path.name for path in (answers.FOLDER / kind).iterdir()) == list(NAMES), kind


def test_there_are_at_least_forty_wrong_answers():
    assert sum(len(assignment.answers("wrong")) for assignment in FOUND.values()) >= 40


def test_the_first_cell_is_the_same_in_all():
    assert (
        len({next(cell.source for cell in assignment.cells if cell.name == "imports") for assignment in FOUND.values()})
        == 1
    )


def test_one_rule_on_assistants():
    """The same sentence in the first cell of each notebook and on the page for teachers, and the last written question
    asks for it.
    """
    rule = re.search(r"You may ask an assistant.*", FOUND["theta"].cells[0].source)[0]
    assert "explain every line" in rule
    for name, assignment in FOUND.items():
        assert assignment.cells[0].source.splitlines().count(rule) == 1, name
        questions = [
            cell.source
            for cell in assignment.cells
            if cell.kind == "markdown" and cell.source.startswith("## Written question")
        ]
        assert len(questions) == 2 and "End with one line that says what help you had" in questions[-1], name
    assert rule in (ROOT / "book" / "teach.md").read_text(encoding="utf-8")


@pytest.mark.long
def test_each_notebook_says_in_which_precision_to_compute():
    """Where an answer in float32 loses points, as it does in each of them, the first cell names the other one."""
    for name, assignment in FOUND.items():
        rounded = with_results_changed(assignment.questions["q3"], "np.asarray(part, dtype='float32')")
        assert not grading.grader(name).grade("q3", rounded).passed
        assert "double precision" in assignment.cells[0].source, name


def test_every_listed_equivalent_mutant_is_of_a_question_and_has_a_reason():
    questions = {f"{name}/{question}" for name, assignment in FOUND.items() for question in assignment.questions}
    keys = [(entry["question"], entry["line"], entry["changed"]) for entry in EQUIVALENT]
    assert len(keys) == len(set(keys)) and {key[0] for key in keys} <= questions
    for entry in EQUIVALENT:
        assert set(entry) == {"question", "line", "changed", "reason"}
        assert len(entry["reason"].split()) > 3 and entry["reason"].endswith(".") and not BANNED.search(entry["reason"])


class Form:
    """What can be seen of an assignment without running it."""

    name = None

    @pytest.fixture
    def assignment(self):
        if self.name not in FOUND:
            pytest.fail(f"there is no assignments/source/{self.name}/{self.name}.ipynb")
        return FOUND[self.name]

    def test_points(self, assignment):
        written = sum(cell.points for cell in assignment.written)
        assert 20 <= written <= 25
        assert sum(question.points for question in assignment.questions.values()) + written == 100
        assert all(question.points > 0 for question in assignment.questions.values())

    def test_what_nbgrader_keeps_in_the_cells(self, assignment):
        seen = set()
        for cell in assignment.cells:
            about = cell.grading
            if not about:
                assert cell.name == "student", f"{cell.id} has no metadata of nbgrader, so a student can change it"
                continue
            assert cell.id == about["grade_id"] and cell.id not in seen and re.fullmatch(r"[a-z0-9][a-z0-9-]*", cell.id)
            seen.add(cell.id)
            assert about["schema_version"] == 3 and about["task"] is False
            assert ("points" in about) == about["grade"], cell.id
            free = cell.is_answer or cell.is_written or cell.name == "student"
            assert about["locked"] != free, f"{cell.id}: locked is {about['locked']}"
            assert about["solution"] == (cell.is_answer or cell.is_written), cell.id
        names = [cell.name for cell in assignment.cells if cell.kind == "code"]
        first_answer = names.index(next(iter(assignment.questions)))
        assert names[0] == "imports" and "student" in names[:first_answer]
        for question in assignment.questions.values():
            assert re.fullmatch(r"q\d+", question.id)
            for test in question.tests:
                assert re.fullmatch(rf"{question.id}-test(-[a-z]+)?", test.name)
                assert names.index(question.id) < names.index(test.name)
        assert all(re.fullmatch(r"w\d+", cell.name) for cell in assignment.written)

    def test_stored_without_outputs(self, assignment):
        notebook = json.loads(assignment.path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                assert cell["outputs"] == [] and cell["execution_count"] is None, cell["id"]
        assert notebook["metadata"] == {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        assert not stored.faults(notebook)

    def test_runs_anywhere(self, assignment):
        """Plain Python that imports nothing of this project, reads no files and asks no network."""
        for cell in assignment.cells:
            if cell.kind == "code":
                for node in ast.walk(ast.parse(cell.source)):
                    packages = packages_of(node)
                    assert packages <= ALLOWED_IMPORTS, cell.name
                    assert not packages or cell.grading.get("locked"), f"{cell.name} imports, and a student can lose it"
                    assert not (isinstance(node, ast.Name) and node.id in ("open", "get_ipython", "exec", "eval")), (
                        cell.name
                    )

    def test_student_is_empty(self, assignment):
        cell = next(cell for cell in assignment.cells if cell.kind == "code" and cell.name == "student")
        assert cell.source.splitlines()[-1].split("#")[0].strip() == 'STUDENT = ""'

    def test_style(self, assignment):
        found = [
            f"{cell.name}, {fault}"
            for cell in assignment.cells
            if cell.kind == "markdown"
            for fault in faults_of_style(cell.source)
        ]
        for cell in assignment.cells:
            if cell.kind == "code":
                found += [f"{cell.name} says {word!r}" for word in BANNED.findall(cell.source)]
        for answer in assignment.answers("wrong") + assignment.answers("right"):
            found += [f"{answer.name} says {word!r}" for word in BANNED.findall(answer.text)]
        assert not found, "\n".join(found)

    def test_private_parts_hold_their_canary(self, assignment):
        for cell in assignment.cells:
            mark = f"{answers.CANARY}{assignment.name}-{cell.name}"
            regions = (
                SOLUTION.findall(cell.source) if cell.is_answer or cell.is_written else HIDDEN.findall(cell.source)
            )
            assert cell.source.count("### BEGIN") == cell.source.count("### END") == len(regions), cell.name
            if cell.is_answer or cell.is_written or cell.is_test:
                assert regions, f"{cell.name} has no private part"
            for region in regions:
                line = f"<!-- canary: {mark} -->" if cell.is_written else f"# canary: {mark}"
                assert {line, line.removesuffix("-test")} & source_lines([region]), f"{cell.name} lacks {line}"
            assert answers.CANARY not in (HIDDEN if cell.is_test else SOLUTION).sub("", cell.source)

    def test_the_release_holds_nothing_private(self, assignment):
        cells = {cell.name: cell for cell in answers.read_cells(assignment.release)}
        private = source_lines(
            region
            for cell in assignment.cells
            for region in SOLUTION.findall(cell.source) + HIDDEN.findall(cell.source)
        )
        public = source_lines(HIDDEN.sub("", SOLUTION.sub("", cell.source)) for cell in assignment.cells)
        shown = source_lines(cell.source for cell in cells.values())
        assert not private & shown - public
        assert answers.CANARY not in assignment.release.read_text(encoding="utf-8")
        assert list(cells) == [cell.name for cell in assignment.cells]
        for question in assignment.questions.values():
            assert STUB in cells[question.id].source and f"def {question.function}(" in cells[question.id].source
            for test in question.tests:
                assert cells[test.name].source.strip() == HIDDEN.sub("", test.source).strip()
        for cell in assignment.written:
            assert cells[cell.name].source.endswith("YOUR ANSWER HERE"), cell.name

    def test_the_release_is_the_source_without_its_private_parts(self, assignment):
        """Cell by cell, so that a release is seen to be old before nbgrader makes it anew, as it does weekly."""
        books = [json.loads(path.read_text(encoding="utf-8")) for path in (assignment.path, assignment.release)]
        for source, released in zip(*(book["cells"] for book in books), strict=True):
            text, shown = "".join(source["source"]), "".join(released["source"])
            about, told = source["metadata"].get("nbgrader", {}), released["metadata"].get("nbgrader", {})
            kept = {key: value for key, value in told.items() if key not in ("checksum", "cell_type")}
            assert kept == {key: value for key, value in about.items() if key not in ("checksum", "cell_type")}
            text = SOLUTION.sub(f"    {STUB}" if source["cell_type"] == "code" else "YOUR ANSWER HERE", text)
            assert shown.strip() == HIDDEN.sub("", text).strip(), f"{source['id']}: run `make assignments`"

    def test_a_test_cell_is_one_function_beside_a_guard(self, question):
        """So it has names of its own, leaves none behind but one, and ends without a value, which nbgrader would take
        for the points.
        """
        arguments = re.search(rf"^def {question.function}\((.*)\):", question.reference, re.MULTILINE)[1]
        for test in question.tests:
            guard, function = ast.parse(test.source).body
            assert ast.unparse(guard).startswith(
                "assert 'tests_of' in __import__('builtins').globals(), 'nothing has been run yet: "
            )
            (made,) = function.decorator_list
            number, call, shapes = map(ast.literal_eval, made.args)
            assert (made.func.id, number, call) == (
                "tests_of",
                int(question.id[1:]),
                f"{question.function}({arguments})",
            )
            assert len(shapes.split()) > 2 and [argument.arg for argument in function.args.args] == [question.function]
            assert function.name == test.name.replace("-", "_")

    def test_long_questions_have_parts(self, question):
        assert len({test.name for test in question.tests}) == len(question.tests) <= 4
        assert len(question.tests) >= 2 or question.points < 12
        assert all(test.points >= 2 for test in question.tests)

    def test_hidden_and_visible_tests_both_check(self, question):
        for test in question.tests:
            whole, visible = (
                sum(
                    isinstance(node, ast.Assert)
                    or isinstance(node, ast.Call)
                    and getattr(node.func, "id", "").startswith("expect_")
                    for node in ast.walk(ast.parse(source))
                )
                for source in (test.source, HIDDEN.sub("", test.source))
            )
            assert visible >= 2 and whole > visible, test.name

    def test_questions_do_not_depend_on_each_other(self, assignment, question):
        """No answer to another question, right or wrong, defines a name that this question's reference uses: so nothing
        that is wrong
        there is wrong here. The tests and the locked cells have names of their own."""
        theirs = {
            name: other.id
            for other in assignment.questions.values()
            if other != question
            for name in stored_names(other.reference)
        }
        for answer in assignment.answers("wrong") + assignment.answers("right"):
            if answer.question != question.id:
                theirs |= dict.fromkeys(stored_names(answer.source) - {"DEFECT"}, answer.name)
        used = used_names(question.reference)
        assert {name: theirs[name] for name in used & theirs.keys()} == {}

    def test_hints_are_words(self, question):
        assert question.hints
        for hint in question.hints:
            assert len(hint.split()) >= 4 and not BANNED.search(hint), hint
            assert not any(squeezed(line) in squeezed(hint) for line in code_pieces(question)), (
                f"the hint {hint!r} holds a piece of the reference"
            )

    def test_every_question_has_a_wrong_answer_and_three_right_ones(self, assignment):
        for kind, least in (("wrong", 1), ("right", 3)):
            answers = [answer.question for answer in assignment.answers(kind)]
            assert set(answers) == set(assignment.questions), kind
            assert all(answers.count(question) >= least for question in assignment.questions), kind

    def test_right_answers_are_written_differently(self, assignment, question):
        answers = [answer for answer in assignment.answers("right") if answer.question == question.id]
        trees = [code_tree(source) for source in (question.reference, *(answer.source for answer in answers))]
        assert len(set(trees)) == len(trees)
        assert all(len(answer.text.split()) >= 3 for answer in answers), "no docstring that says how it differs"

    def test_a_diagnosis_helps_and_does_not_tell(self, assignment, wrong):
        question, text = assignment.questions[wrong.question], wrong.text
        if wrong.defect:
            assert wrong.defect in DEFECTS
            assert text.startswith(DEFECTS[wrong.defect].symptom)
        else:
            assert text.endswith((".", "?")) and len(re.findall(r"[.?](?=\s|$)", text)) >= 2, (
                "two sentences at least: what was seen, where to look"
            )
        assert answers.CANARY not in wrong.source
        for letter, argument in ("λ", "lam"), ("n", "n"):
            if re.search(rf"(?<![\w'’]){letter}(?!\w)", text) and argument not in question.arguments:
                assert re.search(rf"\([^()]*\b{letter} [^()]*\bis\b[^()]*\)", text), (
                    f"{letter} is no letter of the question"
                )
        told = [piece for piece in code_pieces(question) if squeezed(piece) in squeezed(text)]
        assert not told, f"the diagnosis holds {told} of the reference"

    def test_diagnoses_differ(self, assignment):
        texts = [wrong.text for wrong in assignment.answers("wrong")]
        assert len(texts) == len(set(texts))


def squeezed(text):
    return re.sub(r"[\s`]", "", text)


def code_pieces(question):
    """Lines of a reference, and the expressions in them that compute something."""
    pieces = {
        line
        for region in SOLUTION.findall(question.reference)
        for line in source_lines([region])
        if not line.startswith("#")
    }
    for node in ast.walk(ast.parse(question.reference)):
        if isinstance(node, (ast.BinOp, ast.Call)):
            pieces.add(ast.unparse(node))
    return {piece for piece in pieces if len(squeezed(piece)) >= 6}


class TestFormOfChainRule(Form):
    name = "chain_rule"


class TestFormOfTheta(Form):
    name = "theta"


class TestFormOfDigits(Form):
    name = "digits"


class Graded:
    """Answers under the fast grader: an answer to one question beside the references of all others."""

    name = None

    @pytest.fixture(autouse=True)
    def _graders(self):
        if self.name not in FOUND:
            pytest.fail(f"there is no assignments/source/{self.name}/{self.name}.ipynb")
        self.assignment, self.grader = FOUND[self.name], grading.grader(self.name)


@functools.cache
def diagnosed(name, answer):
    """The verdict on a stored answer, and the diagnoses that fit its results."""
    return grading.grader(name).diagnose(answer.question, answer.source)


class Answers(Graded):
    """The stored answers, the constant ones, and answers of the wrong kind."""

    @pytest.mark.long
    def test_a_right_answer_passes(self, right):
        verdict, diagnoses = diagnosed(self.name, right)
        assert verdict.passed and diagnoses == [], verdict

    @pytest.mark.long
    def test_a_wrong_answer_fails_and_is_given_its_diagnosis(self, wrong):
        """By its results alone: its own text, and that of no other wrong answer."""
        verdict, diagnoses = diagnosed(self.name, wrong)
        assert verdict.stage in ("visible", "hidden"), verdict
        assert diagnoses == [wrong.text]

    @pytest.mark.long
    def test_every_hint_is_shown_by_a_wrong_answer(self, question):
        shown = [
            lost.message
            for wrong in self.assignment.answers("wrong")
            if wrong.question == question.id
            for lost in diagnosed(self.name, wrong)[0].lost
        ]
        assert [
            hint for hint in question.hints if not any(message.endswith(f"Hint: {hint}") for message in shown)
        ] == []

    @pytest.mark.long
    def test_a_submitted_notebook_is_explained(self):
        """Made from the release: it is known whose it is, and a wrong answer to the last question is told from a right
        one.
        """
        *_, last = self.assignment.questions.values()
        wrong = next(answer for answer in self.assignment.answers("wrong") if answer.question == last.id)
        cells = answers.read_cells(self.assignment.release)
        assert assignments.which(cells) == self.name and answers.student_of(cells) == ""
        texts = {question.id: question.reference for question in self.assignment.questions.values()}
        for source, expected in {last.reference: [], wrong.source: [wrong.text]}.items():
            verdict, diagnoses = self.grader.explain(
                last.id,
                [
                    Cell(cell.id, cell.kind, {**texts, last.id: source}.get(cell.name, cell.source), cell.grading)
                    for cell in cells
                ],
            )
            assert verdict.passed == (not expected) and diagnoses == expected

    def test_a_blank_answer_fails(self, question):
        verdict = self.grader.grade(
            question.id,
            next(cell.source for cell in answers.read_cells(self.assignment.release) if cell.name == question.id),
        )
        assert (verdict.stage, verdict.message) == ("visible", "NotImplementedError")

    def test_lists_in_the_place_of_arrays_keep_all_points(self, question):
        verdict = self.grader.grade(question.id, with_results_changed(question, "np.asarray(part).tolist()"))
        assert verdict.passed, verdict

    @pytest.mark.long
    def test_constant_answers_fail(self, question):
        verdicts = {name: self.grader.grade(question.id, source) for name, source in grading.constants(question)}
        assert [
            (name, verdict) for name, verdict in verdicts.items() if verdict.stage not in ("visible", "hidden")
        ] == []
        handed_through = question.reference + grading.SHAPED.format(
            function=question.function, make="lambda result: result"
        )
        assert self.grader.grade(question.id, handed_through).passed, (
            "what wraps the reference to make a constant of it is at fault itself"
        )

    def test_cells_out_of_order(self, question):
        """The test is run before the answer."""
        verdict = self.grader.grade(question.id, "pass")
        assert verdict.stage == "visible"
        assert (
            verdict.message == f"{question.function} is not defined yet: "
            f"run the answer cell of question {question.id[1:]} first, then this one"
        )

    def test_nothing_was_run(self, question):
        """The test is the first cell that a student runs."""
        verdict = Bench(self.assignment).judge(question, {"__name__": "__main__"})
        assert len(verdict.lost) == len(question.tests)
        assert all(
            lost.stage == "visible" and lost.message.startswith("nothing has been run yet: run the first code cell")
            for lost in verdict.lost
        ), verdict

    def test_a_locked_cell_that_is_run_first_says_what_is_missing(self):
        for cell in self.assignment.cells:
            if cell.kind == "code" and cell.grading.get("locked") and not cell.is_test:
                try:
                    exec(cell.source, {"__name__": "__main__"})
                except AssertionError as error:
                    assert "run the" in str(error), (cell.name, error)

    def test_the_data_cell_was_not_run(self, question):
        """A test that needs it says so; nothing but the imports and the answer has been run."""
        bench = Bench(self.assignment)
        space = {"__name__": "__main__"}
        for cell in self.assignment.needed:
            if cell.name.endswith("imports") or cell == question.answer:
                exec(cell.source, space)
        verdict = bench.judge(question, space)
        assert (
            verdict.passed
            or verdict.stage == "visible"
            and re.search(r"\brun the cells? .*(above|at the top)", verdict.message)
        ), verdict

    def test_an_honest_answer_keeps_its_points(self, question, habit):
        """Whatever else stands in its cell."""
        if (self.name, question.id, habit) == ("chain_rule", "q9", "warnings"):
            pytest.skip("there a warning is what the question is about")
        before, behind = HABITS[habit]
        answer = before + with_builtins(question.reference) + behind.format(function=question.function)
        verdict = self.grader.grade(question.id, answer)
        assert verdict.passed, verdict

    @pytest.mark.long
    def test_an_honest_answer_keeps_its_points_in_a_notebook_full_of_habits(self, question):
        """With all of them at once, in cells of the student's own before and behind the data."""
        before, behind = ("".join(part) for part in zip(*HABITS.values(), strict=True))
        if (self.name, question.id) == ("chain_rule", "q9"):
            behind = HABITS["prints"][1]
        answer = with_builtins(question.reference) + behind.format(function=question.function)
        cells = []
        for cell in submitted(self.assignment, {question.id: answer}):
            cells.append(cell)
            if cell.name in ("student", "data") and cell.kind == "code":
                cells.append(Cell(f"own-{cell.name}", "code", before, {}))
        verdict, diagnoses = self.grader.explain(question.id, cells)
        assert verdict.passed and diagnoses == [], verdict

    @pytest.mark.long
    def test_a_whole_notebook_full_of_habits_runs(self):
        """One cell after the other in one namespace, as in a kernel: no cell fails, be it one that only shows
        something, and none of ours writes to stderr.
        """
        space, names = {"__name__": "__main__"}, "".join(before for before, _ in HABITS.values())
        for cell in self.assignment.cells:
            if cell.kind == "code":
                own = cell.is_answer or cell.name == "student"
                stderr = io.StringIO()
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(stderr), np.errstate():
                    exec(compile(with_builtins(cell.source) if own else cell.source, cell.name, "exec"), space)
                    if cell.name in ("student", "data"):
                        exec(names, space)
                assert own or not stderr.getvalue(), (cell.name, stderr.getvalue())

    def test_what_numpy_raises_comes_with_what_was_given_and_the_shapes(self, question):
        source = f"def {question.function}(*args, **kwargs):\n    return np.ones((2, 3)) @ np.ones((2, 3))\n"
        found = self.grader.grade(question.id, source).lost
        assert len(found) == len(question.tests)
        for lost in found:
            assert (
                lost.stage == "visible"
                and f"{question.function}(" in lost.message
                and "raised ValueError: matmul" in lost.message
            )
            assert "\nIt was given " in lost.message and "\nShapes: " in lost.message

    @pytest.mark.parametrize(
        "change, came",
        [
            ("None", "None"),
            ("'words'", "str|words"),
            ("np.asarray(part, dtype=float) * (1 + 1j)", "complex"),
            ("np.asarray(part, dtype=float) * np.nan", "NaN"),
            ("np.asarray(part)[np.newaxis]", r"shape|ndarray|\[|index"),
        ],
        ids=["no-return", "a-string", "complex", "nan", "wrong-shape"],
    )
    def test_what_is_no_answer_gets_a_message(self, question, change, came):
        """It says what failed, what came and what was expected, in the visible tests, and it is no error of the test
        itself.
        """
        source = with_results_changed(question, change)
        if change == "None":
            source += f"\ndef {question.function}(*args, **kwargs):\n    pass\n"
        verdict = self.grader.grade(question.id, source)
        assert verdict.stage == "visible", verdict
        assert not re.match(r"\w+(Error|Exception)\b", verdict.message), verdict.message
        assert re.search(came, verdict.message) and "expected" in verdict.message, verdict.message


def submitted(assignment, answers):
    """The cells of a notebook with answers, given by question, in the place of the references."""
    return [Cell(cell.id, cell.kind, answers.get(cell.name, cell.source), cell.grading) for cell in assignment.cells]


def write_notebook(path, cells):
    path.write_text(
        json.dumps(
            {
                "cells": [
                    {
                        "id": cell.id,
                        "cell_type": cell.kind,
                        "source": cell.source,
                        "metadata": {"nbgrader": cell.grading} if cell.grading else {},
                    }
                    for cell in cells
                ]
            }
        ),
        encoding="utf-8",
    )
    return path


class TestAnswersOfChainRule(Answers):
    name = "chain_rule"


class TestAnswersOfTheta(Answers):
    name = "theta"


class TestAnswersOfDigits(Answers):
    name = "digits"


class Mutants(Graded):
    """References with one change of their syntax tree: caught, or listed in assignments/equivalent.toml."""

    @pytest.mark.long
    def test_mutants_fail(self, question):
        listed = {
            (entry["line"], entry["changed"])
            for entry in EQUIVALENT
            if entry["question"] == f"{self.name}/{question.id}"
        }
        mutants = list(grading.mutants(question.reference))
        survivors = {
            (mutant.line, mutant.changed): mutant.what
            for mutant in mutants
            if self.grader.passes(question.id, mutant.source)
        }
        assert len(mutants) >= 5
        told = "".join(
            f"\n[{what}]\n  - {line}\n  + {changed}"
            for (line, changed), what in survivors.items()
            if (line, changed) not in listed
        )
        assert not told, f"{self.name}/{question.id}: mutants pass{told}"
        assert listed <= survivors.keys(), f"listed as equivalent, but no survivors: {listed - survivors.keys()}"


class TestMutantsOfChainRule(Mutants):
    name = "chain_rule"


class TestMutantsOfTheta(Mutants):
    name = "theta"


class TestMutantsOfDigits(Mutants):
    name = "digits"


class Variants(Graded):
    """Every student's id makes a notebook of its own, which the reference solves."""

    def data(self, student):
        """Digest and shapes of the arrays that a student starts from."""
        space = {}
        for cell in self.assignment.needed:
            with contextlib.redirect_stdout(None):
                exec(f"STUDENT = {student!r}" if cell.name == "student" else cell.source, space)
            if cell.name == "data":
                break
        arrays = {
            name: value for name, value in space.items() if isinstance(value, np.ndarray) and value.dtype.kind != "O"
        }
        assert arrays
        return hashlib.sha256(b"".join(value.tobytes() for value in arrays.values())).hexdigest(), tuple(
            value.shape for value in arrays.values()
        )

    @pytest.mark.long
    def test_the_reference_passes_for_every_student(self):
        failed = [
            (student, question, verdict)
            for student in STUDENTS
            for question in self.assignment.questions
            if not (verdict := self.grader.grade(question, self.grader.reference(question, student), student)).passed
        ]
        assert not failed

    def test_numbers_and_sizes_differ(self):
        drawn = [self.data(student) for student in STUDENTS]
        assert len({digest for digest, _ in drawn}) == len(STUDENTS), "two students have the same numbers"
        assert len({shapes for _, shapes in drawn}) > 1, "all students have the same sizes"
        assert drawn[1] == self.data(STUDENTS[1]), "a student has other numbers the next time"


class TestVariantsOfChainRule(Variants):
    name = "chain_rule"


class TestVariantsOfTheta(Variants):
    name = "theta"


class TestVariantsOfDigits(Variants):
    name = "digits"


# The first cell where a package is missing

HIDE = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name={package!r})
sys.meta_path.insert(0, Absent())
"""


def imported(assignment):
    """The packages that must be installed for an assignment, with the source of the cells up to the one that imports
    them.
    """
    above = ""
    for cell in assignment.cells:
        if cell.kind == "code":
            above += cell.source + "\n"
            for node in ast.walk(ast.parse(cell.source)):
                yield from ((package, above) for package in packages_of(node) - sys.stdlib_module_names)


@pytest.mark.parametrize(
    "name, package, above",
    [
        pytest.param(name, package, above, id=f"{name}-{package}")
        for name, assignment in FOUND.items()
        for package, above in dict(imported(assignment)).items()
    ],
)
def test_a_missing_package_is_named_with_its_cure(name, package, above):
    done = subprocess.run(
        [sys.executable, "-c", HIDE.format(package=package) + above],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "MPLBACKEND": "Agg"},
    )
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode and last.startswith("ModuleNotFoundError")
    assert f"`%pip install {INSTALLED_AS.get(package, package)}`" in last and "During handling" not in done.stderr


# nbgrader itself

# One assignment is graded by nbgrader itself whenever the tests run; all of them, which takes minutes,
# where EVERY_ASSIGNMENT is set
GRADED = NAMES if WEEKLY else ("theta",)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    place = tmp_path_factory.mktemp("course")
    return place, assignments.generate(list(GRADED), course=place)


def autograde(place, name, **more):
    """Let nbgrader grade every submission to an assignment; the messages of those that it refuses, by student."""
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory

    refused = {}
    for path in sorted((place / "submitted").glob(f"*/{name}")):
        config = assignments.settings(place, assignment_id=name, student_id=path.parent.name)
        for section, values in more.items():
            config[section].update(values)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy's, on how nbgrader uses it
            try:
                Autograde(coursedir=CourseDirectory(config=config), config=config).start()
            except Exception as error:
                refused[path.parent.name] = str(error)
    return refused


@pytest.fixture(scope="module")
def grades(course):
    """Of each student and assignment the points by cell and in all, as the gradebook has them; what was mended, and
    what nbgrader refused to grade.
    """
    from nbgrader.api import Gradebook

    place, _ = course
    hand_in(place, {name: FOUND[name] for name in GRADED})
    mended = {name: list(submissions.repair(place, name)) for name in GRADED}
    refused = {name: autograde(place, name) for name in GRADED}
    found = {}
    with Gradebook(f"sqlite:///{place / 'gradebook.db'}") as gradebook:
        for name in GRADED:
            for submission in gradebook.assignment_submissions(name):
                cells = {grade.name: grade.auto_score for book in submission.notebooks for grade in book.grades}
                found[submission.student.id, name] = cells, submission.score
    return found, mended, refused


class TestNbgrader:
    """One course with all assignments: generated, and graded with its own gradebook."""

    @pytest.mark.long
    @pytest.mark.parametrize("name", GRADED)
    def test_the_release_is_what_the_source_makes(self, course, name):
        assert name not in assignments.stale(course[1]), "run: make assignments"

    def test_no_release_without_a_source(self, course):
        assert set(assignments.stale(course[1])) <= set(NAMES) - set(GRADED)

    @pytest.mark.long
    @pytest.mark.parametrize("name", GRADED)
    def test_no_notebook_is_refused(self, grades, name):
        assert grades[2][name] == {}

    @pytest.mark.long
    @pytest.mark.parametrize("student", ["damaged"] if len(GRADED) == 1 else ["damaged", "reference"])
    @pytest.mark.parametrize("name", GRADED)
    def test_right_answers_score_all_points_of_the_tests(self, grades, name, student):
        """In a notebook as it should be, and in one full of habits that has lost cells, metadata and kinds of cells and
        was put into the release again.
        """
        cells, score = grades[0][student, name]
        points = {test.name: test.points for question in FOUND[name].questions.values() for test in question.tests}
        assert cells == {**points, **{cell.name: None for cell in FOUND[name].written}} and score == sum(
            points.values()
        )

    @pytest.mark.skipif(len(GRADED) == 1, reason="nbgrader grades blank releases weekly: EVERY_ASSIGNMENT=1 does it")
    @pytest.mark.parametrize("name", GRADED)
    def test_the_blank_release_scores_zero(self, grades, name):
        cells, score = grades[0]["blank", name]
        assert (
            set(cells.values()) == {0}
            and len(cells) == sum(bool(cell.points) for cell in FOUND[name].cells)
            and score == 0
        )

    @pytest.mark.parametrize("name", GRADED)
    def test_a_mistake_costs_points_of_its_own_question_alone(self, grades, name):
        cells, _ = grades[0]["mixed", name]
        for place, question in enumerate(FOUND[name].questions.values()):
            came = sum(cells[test.name] for test in question.tests)
            assert came < question.points if place % 2 else came == question.points, question.id

    @pytest.mark.parametrize("name", GRADED)
    def test_what_was_mended_is_said(self, grades, name):
        told = dict(line.split(": ", 1) for line in grades[1][name])
        assert all(told[student] == "nothing to mend" for student in told if student not in ("mixed", "damaged"))
        assert "q2-test: changed, put back" in told["mixed"]
        for part in (
            "q1: in it 2 times",
            "q1-test: in it 2 times, once is kept",
            "q3-test: missing, put back",
            "q5: turned into a markdown cell, turned back",
            "imports: changed, put back",
            "cells have lost their metadata",
        ):
            assert part in told["damaged"], (part, told["damaged"])

    @pytest.mark.parametrize("name", GRADED)
    def test_nbgrader_can_put_missing_tests_back(self, course, tmp_path, name):
        """With its setting add_missing_cells, which no cell of the release may get in the way of."""
        place, release = course[0], json.loads(FOUND[name].release.read_text(encoding="utf-8"))
        tests = [test.name for question in FOUND[name].questions.values() for test in question.tests]
        release["cells"] = [cell for cell in release["cells"] if cell["id"] not in tests[::2]]
        path = place / "submitted" / "missing" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(stored.write(release), encoding="utf-8")
        try:
            assert "missing" not in autograde(
                place, name, OverwriteCells={"add_missing_cells": True}, Execute={"enabled": False}
            )
        finally:
            path.unlink()
            path.parent.rmdir()
        back = [cell.name for cell in answers.read_cells(place / "autograded" / "missing" / name / f"{name}.ipynb")]
        assert set(tests) <= set(back) and "student" in back


def hand_in(place, found):
    """Submissions made from the releases, as students would: all answered, none, every second answer wrong, and a
    damaged notebook.
    """
    for name, assignment in found.items():
        release = json.loads((place / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
        references = {question.id: question.reference for question in assignment.questions.values()}
        written = {cell.name: "I saw 0.25, since the sizes are unequal." for cell in assignment.written}
        mixed = {"student": 'STUDENT = "s5"'}  # with the published convention, for which answers are stored
        for turn, question in enumerate(assignment.questions.values()):
            kind = "wrong" if turn % 2 else "right"
            mixed[question.id] = next(
                answer.source for answer in assignment.answers(kind) if answer.question == question.id
            )
            if turn % 2:
                mixed |= {test.name: "pass  # a student has changed the test" for test in question.tests}
            else:
                mixed[question.id] += "\nprint('got as far as this')\n"
        books = {"mixed": filled(release, mixed), "damaged": damaged(release, references, written)}
        if len(GRADED) > 1:
            bench = Bench(assignment, "s1")  # with another convention
            own = {question.id: bench.reference(question) for question in assignment.questions.values()}
            books |= {"blank": release, "reference": filled(release, {**own, **written, "student": 'STUDENT = "s1"'})}
        for student, book in books.items():
            folder = place / "submitted" / student / name
            folder.mkdir(parents=True)
            (folder / f"{name}.ipynb").write_text(stored.write(book), encoding="utf-8")


def damaged(release, references, written):
    """Right answers full of habits, in a notebook with cells twice, without metadata, deleted, changed, and of another
    kind.
    """
    before, behind = ("".join(part) for part in zip(*HABITS.values()))
    function = {question: re.search(r"^def (\w+)", source, re.MULTILINE)[1] for question, source in references.items()}
    habits = {
        question: with_builtins(source)
        + (behind.format(function=function[question]) if function[question] != "sigmoid_and_slope" else "")
        for question, source in references.items()
    }
    book = filled(
        release, {**habits, **written, "student": f'STUDENT = "s5"\n{before}', "imports": "import numpy as np"}
    )
    cells = []
    for cell in book["cells"]:
        if cell["id"] == "q3-test":
            continue
        if cell["id"] == "q5":
            cell = {"cell_type": "markdown", "id": "q5", "metadata": cell["metadata"], "source": cell["source"]}
        if cell["id"].startswith("q2"):
            cell["metadata"] = {}
        cells.append(cell)
        if cell["id"] in ("q1", "q1-test"):
            cells.append({**copy.deepcopy(cell), "id": f"again-{cell['id']}"})
    cells.insert(
        3,
        {"cell_type": "code", "id": "mine", "metadata": {}, "source": "1 / 0", "outputs": [], "execution_count": None},
    )
    return {**book, "cells": cells}


def filled(release, texts):
    book = copy.deepcopy(release)
    for cell in book["cells"]:
        cell["source"] = texts.get(cell["id"], cell["source"])
    return book


# The tools

ANSWER = 'def double(x):\n    """Twice."""\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION'
TEST = (
    "def tests_of(question, call, shapes):\n    name = call.partition('(')[0]\n"
    "    assert name in globals(), f'{name} is missing'\n\n"
    "tests_of(1, 'double(x)', 'x: a number')\n"
    "assert double(2) == 4, 'double(2) is not 4'\nassert given == [1], 'given has changed'\n"
    "### BEGIN HIDDEN TESTS\nassert double(3) == 6, 'double(3) is not 6'\n### END HIDDEN TESTS"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    about = {"schema_version": 3, "task": False, "grade": False, "locked": True, "solution": False}
    answer, test = (
        {**about, "locked": False, "solution": True, "grade_id": "q1"},
        {**about, "grade": True, "grade_id": "q1-test", "points": 5},
    )
    cells = [
        ("imports", "code", "given = [1]", {**about, "grade_id": "imports"}),
        ("student", "code", 'STUDENT = ""', {}),
        ("q1", "code", ANSWER, answer),
        ("q1-test", "code", TEST, test),
        ("show", "code", "double(7)", {**about, "grade_id": "show"}),
        ("q2", "code", ANSWER.replace("double", "twice"), {**answer, "grade_id": "q2"}),
        (
            "q2-test",
            "code",
            TEST.replace("double", "twice").replace("of(1", "of(2"),
            {**test, "grade_id": "q2-test", "points": 3},
        ),
    ]
    (folder / "source" / "small").mkdir(parents=True)
    (folder / "source" / "small" / "small.ipynb").write_text(
        json.dumps(
            {
                "cells": [
                    {
                        "id": name,
                        "cell_type": kind,
                        "source": source,
                        "metadata": {"nbgrader": about} if about else {},
                        **({"outputs": [], "execution_count": None} if kind == "code" else {}),
                    }
                    for name, kind, source, about in cells
                ],
                "metadata": {},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
        encoding="utf-8",
    )
    (folder / "wrong" / "small").mkdir(parents=True)
    for name, body in {"plus-two": "return x + 2", "never": "return 1 / 0"}.items():
        (folder / "wrong" / "small" / f"q1-{name}.py").write_text(
            f'"""This is {name}."""\n\n\ndef double(x):\n    {body}\n', encoding="utf-8"
        )
    return folder


@pytest.fixture(scope="module")
def grader(folder):
    grader = Grader(Assignment("small", folder), limit=60)
    yield grader
    grader.close()


@pytest.fixture(scope="module")
def checks():
    """The names that the first cell of the notebooks defines."""
    space = {"__name__": "__main__"}
    exec(next(cell.source for cell in FOUND["theta"].cells if cell.name == "imports"), space)
    return space


class TestMessages:
    """What the first cell of the notebooks has to say, and how."""

    @pytest.mark.parametrize(
        "came, expected",
        [
            (1 + 2e-9, 1),
            (1.994491997, 1.994492021),
            (-2e-9, 0),
            (0.1 + 0.2 + 2e-9, 0.3),
            (12345678.5, 12345678.25),
            (1 + 2e-9, 1.0),
        ],
    )
    def test_two_different_numbers_look_different(self, checks, came, expected):
        with pytest.raises(AssertionError) as failed:
            checks["expect_close"]("it", came, expected, "look again", tolerance=0)
        numbers = re.fullmatch(r"it is (\S+): expected (\S+)\. Hint: look again", str(failed.value)).groups()
        assert numbers[0] != numbers[1] and "-0" not in numbers

    @pytest.mark.parametrize(
        "value, words",
        [
            (None, "is None (is the `return` missing?)"),
            ([None, 1.0], "holds a None"),
            ([None, np.ones((2, 2)), np.ones((1, 3))], "holds a None"),
            ([np.ones((3, 2)), np.ones((1, 4))], "expected a number or an array of numbers, joined to one"),
            ("two", "is of the type str"),
            (1j, "is complex"),
            ([1.0, np.nan], "NaN or infinite: expected finite numbers. Hint: look again"),
        ],
    )
    def test_what_is_no_number_is_called_what_it_is(self, checks, value, words):
        with pytest.raises(AssertionError) as failed:
            checks["expect_close"]("it", value, [1.0, 2.0], "look again")
        assert str(failed.value).startswith("it ") and words in str(failed.value)

    def test_the_argument_that_changed_is_named_before_what_it_spoils(self):
        answer = FOUND["theta"].questions["q7"].reference.replace("delta = A[-1] - Y", "delta = A[-1]\n    delta -= Y")
        verdict = grading.grader("theta").grade("q7", answer)
        assert {lost.message.partition(":")[0] for lost in verdict.lost} == {
            "A[2] is not what it was before your function ran"
        } and verdict.points == 0

    def test_an_argument_that_a_function_of_the_test_has_changed_comes_with_that_cure(self):
        """In question 9 of theta an answer that hands its argument on changes nothing itself."""
        reference, copies = FOUND["theta"].questions["q9"].reference, "[None] + [block.copy() for block in Theta[1:]]"
        assert copies in reference
        message = grading.grader("theta").grade("q9", reference.replace(copies, "Theta")).message
        assert message.startswith("Theta[1] is not what it was") and "hand only copies to a function" in message

    def test_what_an_answer_prints_does_not_flood_the_cells_that_call_it_often(self, checks, capsys):
        checks["noisy"] = lambda x: print("noise") or x
        checks["run_with"](noisy=1)(lambda noisy: print("ours", noisy(1.0)))
        assert capsys.readouterr().out == "ours 1.0\n"

    def test_a_wrong_shape_comes_with_the_shapes_of_the_question(self):
        turned = (
            FOUND["theta"].questions["q7"].reference.replace("return G", "return [None] + [block.T for block in G[1:]]")
        )
        message = grading.grader("theta").grade("q7", turned).message
        assert message.startswith(
            "slot 1 of the gradient of the pencil network without penalty has shape (2, 4): expected (4, 2). "
            "Shapes: Theta[l] (n_l, 1 + n_(l-1))"
        )

    def test_names_of_an_answer_reach_no_test(self):
        """An answer that puts its own functions into the place of the checks is tested by ours."""
        zeros = "def gradient(Theta, A, Y, lam, n):\n    return [None] + [0 * block for block in Theta[1:]]\n"
        cheat = (
            zeros
            + "for name in [*globals()]:\n    if name.startswith(('expect', 'numbers', 'watched', 'run_')):\n"
            + "        globals()[name] = lambda *a, **k: a\n"
        )
        assert grading.grader("theta").grade("q7", cheat).points == 0


class TestTools:
    """The fast grader, the mutants and the explanations, on a small assignment of their own."""

    @pytest.mark.parametrize(
        "body, stage, message",
        [
            ("return x + x", "passed", ""),
            ("print('x' * 10_000)\n    return x + x", "passed", ""),
            ("return x + 1", "visible", "double(2) is not 4"),
            ("return x + 2", "hidden", "double(3) is not 6"),
            ("return y", "visible", "NameError: name 'y' is not defined"),
            ("given.append(2)\n    return 2 * x", "visible", "given has changed"),
            ("raise SystemExit", "visible", "SystemExit"),
            ("import warnings\n    warnings.warn('hm')\n    return 2 * x", "stderr", "hm"),
            ("import os\n    os._exit(0)", "died", "ended"),
            ("return (", "answer", "SyntaxError"),
        ],
    )
    def test_verdicts(self, grader, body, stage, message):
        """One after the other in one process, where none is to be noticed by the next."""
        verdict = grader.grade("q1", f"def double(x):\n    {body}\n")
        assert verdict.stage == stage and message in verdict.message and verdict.passed == (stage == "passed")
        assert grader.grade("q1", "pass").message == "double is missing", "an earlier answer is still there"

    def test_an_answer_that_never_returns_is_stopped(self, folder):
        grader = Grader(Assignment("small", folder), limit=1)
        verdict = grader.grade("q1", "def double(x):\n    while True:\n        pass\n")
        assert verdict.stage == "time" and "cell q1-test" in verdict.message
        assert grader.runner.process is None
        grader.runner.limit = 60
        assert grader.grade("q1", ANSWER).passed
        grader.close()

    @pytest.mark.long
    def test_what_a_student_is_told(self, folder, tmp_path):
        small = Assignment("small", folder)

        def told(*cells):
            path = write_notebook(tmp_path / "small.ipynb", cells)
            return "\n".join(assignments.explain(path, folder=folder, limit=60)).replace(str(path), "small.ipynb")

        def with_answer(source):
            return submitted(small, {"q1": source})

        passed = told(*with_answer(ANSWER))
        assert passed.splitlines() == [
            "small.ipynb: assignment small",
            "  q1: 5 of 5 points",
            "  q2: 3 of 3 points",
            "  8 of 8 points by tests",
        ]
        mistaken = told(*with_answer("def double(number):\n    two = 2\n    return two + number"))
        assert (
            "q1: 0 of 5" in mistaken and "A test that the notebook does not show fails: double(3) is not 6" in mistaken
        )
        assert "This is plus-two." in mistaken and "This is never." not in mistaken
        other = told(*with_answer("def double(x):\n    return 3 * x"))
        assert "A test in the notebook fails: double(2) is not 4" in other and "This is" not in other
        assert "Not answered" in told(*with_answer("def double(x):\n    raise NotImplementedError()"))
        assert "This is never." in told(*with_answer("def double(x):\n    return 3 / 0"))
        assert "SyntaxError" in told(*with_answer("def double(x:\n    return 3 / 0"))
        helped = [*with_answer("def double(x):\n    return helper(x)"), Cell("more", "code", "1 / 0", {})]
        helped.insert(1, Cell("own", "code", "def helper(x):\n    return 2 * x", {}))
        assert "8 of 8 points by tests" in told(*helped)
        assert "no cell q1: was it deleted" in told(*(cell for cell in small.cells if cell.name != "q1"))
        twice = told(
            *with_answer(ANSWER), *(cell for cell in with_answer("def double(x):\n    return 0") if cell.name == "q1")
        )
        assert "q1: in it more than once" in twice and "q1: 0 of 5 points" in twice
        assert "name the assignment" in told(Cell("x", "code", "x = 1", {}))

    @pytest.mark.long
    def test_what_one_notebook_does_is_not_seen_by_the_next(self, folder, tmp_path):
        """Neither settings that it changes nor functions of NumPy that it replaces."""
        small = Assignment("small", folder)
        examiners = {}
        for name, own, expected in [
            ("raise.ipynb", "import numpy as np\nnp.seterr(all='raise')\n", ["This is plus-two."]),
            (
                "equal.ipynb",
                "import numpy as np\nnp.allclose = np.isclose = lambda *args, **kwargs: True\n",
                ["This is plus-two."],
            ),
            ("sums.ipynb", "import builtins\nbuiltins.all = lambda *args: True\n", ["This is plus-two."]),
            ("own.ipynb", "", ["This is plus-two."]),
        ]:
            path = write_notebook(tmp_path / name, submitted(small, {"q1": own + "def double(x):\n    return 2 + x"}))
            told = "\n".join(assignments.explain(path, folder=folder, limit=60, examiners=examiners))
            assert re.findall(r"known mistake\. (.*)", told) == expected, told
        for examiner in examiners.values():
            examiner.close()

    def test_a_fault_in_the_machine_is_a_line_and_the_rest_is_looked_at(self, folder, tmp_path, monkeypatch, capsys):
        small, seen = Assignment("small", folder), []

        def fails(self, question, cells, student=""):
            seen.append(question)
            raise RuntimeError("no more rooms")

        monkeypatch.setattr(Grader, "explain", fails)
        paths = [write_notebook(tmp_path / name, submitted(small, {})) for name in ("a.ipynb", "b.ipynb")]
        for path in paths:
            told = "\n".join(assignments.explain(path, folder=folder))
            assert "q1: not looked at" in told and "no more rooms" in told and "0 of 8 points by tests" in told
        assert seen == ["q1", "q2"] * 2

    def test_only_numbers_and_words_come_out_of_the_process_with_answers(self, folder):
        """What an answer returns is data there; a row that is none is an error, and runs nothing."""
        rows = [[np.array(1 + 2j), "2 parts", np.arange(6.0).reshape(2, 3).astype(complex)], []]
        back = benches.unpacked(json.loads(json.dumps(benches.packed(rows))))
        assert all(
            np.array_equal(x, y) for row, other in zip(rows, back, strict=True) for x, y in zip(row, other, strict=True)
        )
        for forged in ([1], [[1]], [[["a", "b"]]], [[[[2], "AAAA"]]], [[None]], None):
            with pytest.raises(ValueError):
                benches.unpacked(forged)

    def test_an_answer_that_writes_into_the_pipe_is_lost_alone(self, folder):
        grader = Grader(Assignment("small", folder), limit=60)
        source = (
            "import gc\nfor thing in gc.get_objects():\n    if type(thing).__name__ == 'Connection':\n"
            "        thing.send({'answer': 1})\n" + ANSWER
        )
        assert grader.grade("q1", source).stage == "died"
        assert grader.grade("q1", ANSWER).passed
        grader.close()

    @pytest.mark.long
    def test_the_cell_that_never_ends_is_named(self, folder, tmp_path):
        """A locked cell that runs an answer is named with the question, a cell of the student's own with its place; the
        rest is graded.
        """
        small = Assignment("small", folder)
        looped = "def double(x):\n    while True:\n        pass\n"
        cells = submitted(small, {"q1": looped + "\n"})
        told = "\n".join(assignments.explain(write_notebook(tmp_path / "a.ipynb", cells), folder=folder, limit=2))
        assert (
            "q1: 0 of 5 points" in told
            and "cell q1-test, which runs the answer to question 1: not finished after 2 seconds" in told
        )
        assert (
            "q2: 3 of 3 points" in told
            and "cell show, which runs the answer to question 1: not finished after 2 seconds" in told
        )
        cells = submitted(small, {"q1": ANSWER})
        cells.insert(2, Cell("", "code", "import os\nos._exit(1)", {}))
        path = write_notebook(tmp_path / "b.ipynb", cells)
        told = "\n".join(assignments.explain(path, folder=folder, limit=60))
        assert "8 of 8 points by tests" in told and "cell 3 of the notebook: the process ended" in told
        cells = submitted(small, {"q1": ANSWER + "\nimport os\nos._exit(1)"})
        told = "\n".join(assignments.explain(write_notebook(tmp_path / "c.ipynb", cells), folder=folder, limit=60))
        assert "q1: 0 of 5 points" in told and "cell q1: the process ended" in told and "q2: 3 of 3 points" in told

    @pytest.mark.parametrize("text", [None, "", "{}", "[]", '{"cells": [{}]}', "\ud800", '{"worksheets": []}'])
    def test_what_is_no_notebook(self, folder, tmp_path, text):
        path = tmp_path / "no.ipynb"
        if text is not None:
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        told = list(assignments.explain(path, folder=folder))
        assert len(told) == 1 and told[0].startswith(f"{path}: not read (")

    @pytest.mark.parametrize(
        "came, same",
        [
            ([1e-300 / 3, 2.0 + 1e-13], True),
            ([1e-300, 2.0], False),
            ([0.0, 2.0], False),
            ([1e-300 / 3, 2.001], False),
            ([1e-300 / 3], False),
            ([[1e-300 / 3, 2.0]], False),
            ([1e-300 / 3, np.nan], False),
            (None, False),
            ("no", False),
        ],
    )
    def test_what_counts_as_the_same_results(self, came, same):
        """The wrong answer below is off in the first number alone, and there by 1e-300."""
        came, wrong, right = [
            [list(benches._leaves(value if isinstance(value, (str, type(None))) else np.array(value)))]
            for value in (came, [1e-300 / 3, 2.0], [1e-300, 2.0])
        ]
        assert benches._same(came, wrong, right) == same

    def test_explain_says_that_it_is_no_sandbox(self, tmp_path):
        (tmp_path / "empty.ipynb").write_text('{"cells": []}', encoding="utf-8")
        done = subprocess.run(
            [sys.executable, ROOT / "scripts" / "assignments.py", "explain", tmp_path / "empty.ipynb"],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert (
            "no sandbox" in done.stderr
            and "Each cell is stopped after 20 seconds" in done.stderr
            and "name the assignment" in done.stdout
        )

    def test_stale_releases_are_found(self, tmp_path):
        for name, text in {"same": "a", "other": "b", "left": "c"}.items():
            (tmp_path / "release" / name).mkdir(parents=True)
            (tmp_path / "release" / name / f"{name}.ipynb").write_text(text, encoding="utf-8")
        assert assignments.stale({"same": "a", "other": "B", "new": "d"}, tmp_path) == ["left", "new", "other"]

    def test_check_fails_with_the_names_of_stale_releases(self, monkeypatch, capsys):
        monkeypatch.setattr(assignments, "generate", lambda names: dict.fromkeys(names, ""))
        with pytest.raises(SystemExit) as stopped:
            assignments.renew(check=True)
        assert all(name in str(stopped.value.code) for name in FOUND) and stopped.value.code

    def test_settings_of_this_folder(self):
        """nbgrader run by hand in the folder reads the sources here, and keeps everything else where it is not
        committed.
        """
        from traitlets.config import PyFileConfigLoader

        course = PyFileConfigLoader("nbgrader_config.py", path=str(answers.FOLDER)).load_config().CourseDirectory
        assert course.root == str(answers.FOLDER)
        for place in (
            course.submitted_directory,
            course.autograded_directory,
            course.feedback_directory,
            course.solution_directory,
            course.db_url.removeprefix("sqlite:///"),
        ):
            assert place.startswith(str(ROOT / "_build"))

    def test_mutants_of_a_small_function(self):
        source = (
            "def f(a, b):\n    c = np.dot(a, b.T)\n    if c.sum(axis=0) > 1:\n        c += 2\n    return -c, b @ a\n"
        )
        changed = {(mutant.line, mutant.changed) for mutant in grading.mutants(source)}
        for pair in {
            ("c = np.dot(a, b.T)", "c = np.dot(b.T, a)"),
            ("c = np.dot(a, b.T)", "c = np.dot(a, b)"),
            ("c = np.dot(a, b.T)", "pass"),
            ("if c.sum(axis=0) > 1:", "if c.sum() > 1:"),
            ("if c.sum(axis=0) > 1:", "if c.sum(axis=1) > 1:"),
            ("if c.sum(axis=0) > 1:", "if c.sum(axis=0) >= 1:"),
            ("if c.sum(axis=0) > 1:", "if c.sum(axis=0) > 0:"),
            ("if c.sum(axis=0) > 1:", "if c.mean(axis=0) > 1:"),
            ("c += 2", "c -= 2"),
            ("c += 2", "c = 2"),
            ("c += 2", "pass"),
            ("return (-c, b @ a)", "return (c, b @ a)"),
            ("return (-c, b @ a)", "return (-c, a @ b)"),
            ("return (-c, b @ a)", "return (-c, b)"),
            ("return (-c, b @ a)", "return (-c,)"),
            ("return (-c, b @ a)", "return (b @ a, -c)"),
            ("return (-c, b @ a)", "return (-c, b * a)"),
        }:
            assert pair in changed, pair
        sources = [mutant.source for mutant in grading.mutants(source)]
        assert len(sources) == len(set(sources)) and ast.unparse(ast.parse(source)) not in sources
        for mutated in sources:
            compile(mutated, "mutant", "exec")

    def test_constants_are_many_and_differ(self):
        question = next(iter(FOUND.values())).questions["q1"]
        made = list(grading.constants(question))
        assert len(made) >= 20 and len({name for name, _ in made}) == len({source for _, source in made}) == len(made)


class TestSubmissions:
    """Downloads of learning management systems, sorted; and notebooks without names and metadata, put into the release
    again.
    """

    @pytest.mark.parametrize(
        "path, student",
        [
            ("Jane Doe_12345_assignsubmission_file_theta.ipynb", "Jane_Doe"),
            ("Jane Doe_12345_assignsubmission_file_/theta.ipynb", "Jane_Doe"),
            ("Zoë van der Berg_7_assignsubmission_file/my theta (2).ipynb", "Zoë_van_der_Berg"),
            ("doejane_12345_67890_theta.ipynb", "doejane_12345"),
            ("smithbob_LATE_22345_67891_theta-2.ipynb", "smithbob_22345"),
            ("week 2/smith_bob_LATE_22345_67891_theta.ipynb", "smith_bob_22345"),
            ("s3_theta.ipynb", "s3"),
            ("s3/theta.ipynb", "s3"),
            ("archive/s3/theta/theta.ipynb", "s3"),
            ("../../evil_theta.ipynb", "evil"),
            ("homework.ipynb", None),
            ("theta.ipynb", None),
            ("..._theta.ipynb", None),
        ],
    )
    def test_whose_notebook_it_is(self, path, student):
        assert submissions.students([path], "theta") == {path: student}

    def test_two_of_one_name_stay_apart(self):
        paths = [f"Jane Doe_{number}_assignsubmission_file_theta.ipynb" for number in (1, 2)]
        assert list(submissions.students(paths, "theta").values()) == ["Jane_Doe_1", "Jane_Doe_2"]

    def test_a_version_that_a_browser_or_a_system_has_numbered_is_the_newer_one(self):
        names = [
            "theta.ipynb",
            "theta (1).ipynb",
            "theta (10).ipynb",
            "theta-1.ipynb",
            "theta-2.ipynb",
            "theta_1.ipynb",
        ]
        assert sorted(names[2::-1], key=submissions.version) == names[:3]
        assert all(submissions.version(name) > submissions.version("theta.ipynb") for name in names[1:])

    def test_an_archive_is_sorted_once_and_newer_versions_count(self, tmp_path):
        archive = tmp_path / "downloaded" / "theta" / "archive"
        archive.mkdir(parents=True)
        with zipfile.ZipFile(archive / "submissions.zip", "w") as packed:
            for version in ("", "-2", "-10"):
                packed.writestr(f"doejane_12345_6789{len(version)}_theta{version}.ipynb", f"version{version}")
            packed.writestr("__MACOSX/._s1_theta.ipynb", "no")
            packed.writestr("s1_theta.ipynb", "one")
            packed.writestr("holiday.ipynb", "?")
        told = list(submissions.sort(tmp_path, "theta"))
        found = {
            path.parents[1].name: path.read_text() for path in (tmp_path / "submitted").glob("*/theta/theta.ipynb")
        }
        assert found == {"doejane_12345": "version-10", "s1": "one"}
        assert len(told) == 3 and told[0].startswith("submissions/holiday.ipynb: whose notebook this is cannot be told")
        assert [line for line in submissions.sort(tmp_path, "theta") if "holiday" not in line] == []

    @pytest.mark.parametrize("keep", ["id", "grade_id", "neither"])
    @pytest.mark.parametrize("name", NAMES)
    def test_cells_are_known_by_id_by_name_or_by_what_is_in_them(self, name, keep):
        release = json.loads(FOUND[name].release.read_text(encoding="utf-8"))
        right = {question.id: question.reference for question in FOUND[name].questions.values()}
        texts = {
            **right,
            **{cell.name: f"My answer to {cell.name}." for cell in FOUND[name].written},
            "student": 'STUDENT = "s7"',
        }
        wanted = filled(release, texts)
        came = copy.deepcopy(wanted)
        for number, cell in enumerate(came["cells"]):
            cell["id"] = cell["id"] if keep == "id" else f"cell-{number}"
            cell["metadata"] = cell["metadata"] if keep == "grade_id" else {}
        book, told = submissions.mended(came, release, FOUND[name])
        assert [(cell["id"], "".join(cell["source"]), cell["metadata"]) for cell in book["cells"]] == [
            (cell["id"], "".join(cell["source"]), cell["metadata"]) for cell in wanted["cells"]
        ]
        assert told == ([] if keep == "grade_id" else ["cells have lost their metadata"])
        assert submissions.mended(book, release, FOUND[name])[1] == []

    def test_own_cells_stay_where_they_were(self):
        release = json.loads(FOUND["theta"].release.read_text(encoding="utf-8"))
        came = copy.deepcopy(release)
        came["cells"].insert(
            0,
            {
                "cell_type": "markdown",
                "id": "q1",
                "metadata": {"nbgrader": {"grade_id": "mine"}},
                "source": "My notebook",
            },
        )
        came["cells"].insert(
            12,
            {
                "cell_type": "code",
                "id": "draft",
                "metadata": {},
                "source": "def theta_shapes(sizes):\n    return 1",
                "outputs": [],
                "execution_count": 3,
            },
        )
        book, told = submissions.mended(came, release, FOUND["theta"])
        own = [
            (place, "".join(cell["source"]))
            for place, cell in enumerate(book["cells"])
            if cell["id"].startswith("own-")
        ]
        assert told == [] and own[-1] == (12, "def theta_shapes(sizes):\n    return 1")
        assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])

    @pytest.mark.parametrize(
        "source, student",
        {
            'STUDENT = ""': "", "STUDENT = 's1'  # my 'id'": "s1", '# mine\nSTUDENT="s\\"1"\n': 's"1',
            "STUDENT = s1": None, "STUDENT = 4711": None, 'STUDENT = "s1': None, "X = 1": None,
        }.items(),
    )  # fmt: skip
    def test_an_id_stands_between_quotation_marks(self, source, student):
        """Where it does not, the notebook has been of use to nobody; it is graded as it was handed out."""
        assert answers.id_in(source) == student
        release = json.loads(FOUND["theta"].release.read_text(encoding="utf-8"))
        book, told = submissions.mended(filled(release, {"student": source}), release, FOUND["theta"])
        (cell,) = [cell for cell in book["cells"] if cell["id"] == "student"]
        assert "".join(cell["source"]) == (source if student is not None else 'STUDENT = ""')
        assert bool(told) == (student is None)

    def test_answers_that_were_joined_in_one_cell_are_kept(self):
        """As by a way through a .py file, or where a student has merged cells."""
        release = json.loads(FOUND["theta"].release.read_text(encoding="utf-8"))
        right = {question.id: question.reference for question in FOUND["theta"].questions.values()}
        code = ["".join(cell["source"]) for cell in filled(release, right)["cells"] if cell["cell_type"] == "code"]
        one = {"cell_type": "code", "metadata": {}, "source": "\n\n".join(code), "outputs": []}
        book, told = submissions.mended({"cells": [one]}, release, FOUND["theta"])
        cells = {cell["id"]: "".join(cell["source"]) for cell in book["cells"]}
        assert cells["q1"] == one["source"] and cells["q2"] == "# unroll is in the cell q1"
        assert "q9: missing, and wrong_block is in q1" in told and "35 locked cells: missing, put back" in told
        merged = filled(release, {"q1": f"{right['q1']}\n\n{right['q2']}"})
        merged["cells"] = [cell for cell in merged["cells"] if cell["id"] not in ("q2", "q1-test")]
        assert submissions.mended(merged, release, FOUND["theta"])[1] == [
            "q1-test: missing, put back",
            "q2: missing, and unroll is in q1",
        ]

    def test_what_cannot_be_read_is_said_and_left(self, tmp_path):
        (tmp_path / "release" / "theta").mkdir(parents=True)
        with pytest.raises(ValueError, match="run `nbgrader generate_assignment theta`"):
            list(submissions.repair(tmp_path, "theta"))
        (tmp_path / "release" / "theta" / "theta.ipynb").write_bytes(FOUND["theta"].release.read_bytes())
        texts = {"a": "", "b": "{}", "c": "\ufeff" + FOUND["theta"].release.read_text(encoding="utf-8")}
        for student, text in texts.items():
            path = tmp_path / "submitted" / student / "theta" / "theta.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
        told = list(submissions.repair(tmp_path, "theta"))
        assert [line.split(" (")[0] for line in told] == [
            "a: not read",
            "b: not read",
            "c: a byte-order mark: taken away",
        ]
        assert list(submissions.repair(tmp_path, "theta"))[2] == "c: nothing to mend"


# What the rubrics have a teacher run


def names_above(assignment, name, student=""):
    """The names of the notebook with the references for an id, after the cells above this one."""
    space = {"__name__": "__main__"}
    for cell in assignment.cells:
        if cell.name == name:
            return space
        if cell.kind == "code" and not cell.is_test:
            source = f"STUDENT = {student!r}" if cell.name == "student" else cell.source
            if cell.is_answer:
                source = variants.fitted(assignment.name, cell.name, source, space.get("convention", {}))
            with contextlib.redirect_stdout(io.StringIO()):
                exec(source, space)


def printed(source, space):
    """What a program prints."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(source, space)
    return told.getvalue()


def code_of(assignment, name):
    """The program in a rubric."""
    (cell,) = [cell for cell in assignment.written if cell.name == name]
    (code,) = re.findall(r"^```python\n(.*?)^```$", cell.source, re.DOTALL | re.MULTILINE)
    return code


@pytest.mark.parametrize("student", ["", "s1"])
def test_the_rubrics_of_the_chain_rule_show_a_student_s_numbers(student):
    assignment, shown = FOUND["chain_rule"], {}
    for name in "w1", "w2":
        space = names_above(assignment, name, student)
        text = printed(code_of(assignment, name), space)
        shown[name] = np.array([float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", text)])
    z, y, errors, shares = shown["w1"].reshape(4, 6)
    a = 1 / (1 + np.exp(-z))
    np.testing.assert_allclose(errors, abs(a - y), atol=6e-4)
    sizes = errors * a * (1 - a)
    np.testing.assert_allclose(shares, sizes / sizes.sum(), atol=2e-3)
    assert (z == space["six_z"]).all() and (y == space["six_y"]).all()
    units = space["my_sizes"][2]
    terms, slopes, deltas = np.split(shown["w2"][2:], [2 * units, 3 * units])
    np.testing.assert_allclose(deltas, terms.reshape(2, units).sum(axis=0) * slopes, atol=1e-6)


SHOWN = {  # where the colleague's table is wrong, without the penalty and with it
    "bias regularised": ([], ["bias"]),
    "penalty missing": ([], ["weights"]),
    "penalty undivided": ([], ["weights"]),
    "bias summed": (["bias"], ["bias"]),
    "sign": (["weights"], ["weights"]),
}


@pytest.mark.parametrize("student", ["", "s0", "s1", "s2", "s3", "s7"])
def test_the_rubric_of_theta_names_the_mistake_that_the_table_shows_and_the_notebook_does_not(student):
    assignment = FOUND["theta"]
    space = names_above(assignment, "colleague", student)
    before = set(space)
    (cell,) = [cell for cell in assignment.cells if cell.name == "colleague"]
    lines = re.findall(r"λ = (\S+) +layer (\d) +bias (\S+) +weights (\S+)", printed(cell.source, space))
    assert len(lines) == 6 and space.keys() - before == {"colleague"}
    wrong = {0: [], 1: []}
    for strength, layer, *errors in lines:
        wrong[float(strength) > 0] += [
            (part, layer) for part, error in zip(("bias", "weights"), errors) if float(error) > 1e-6
        ]
    told = printed(code_of(assignment, "w2").replace("…", student), {})
    mistake, layer = re.fullmatch(r"(.*) in layer (\d)\n", told).groups()
    assert [wrong[0], wrong[1]] == [[(part, layer) for part in parts] for parts in SHOWN[mistake]]


def test_the_rubric_of_digits_says_what_an_id_with_tanh_needs():
    assignment = FOUND["digits"]
    (cell,) = [cell for cell in assignment.written if cell.name == "w2"]
    pairs = re.findall(r"`([^`]+)` for `([^`]+)`", cell.source)
    source = assignment.questions["q11"].reference
    fitted = variants.fitted("digits", "q11", source, {"hidden": "tanh"})
    for new, old in pairs:
        assert old in source
        source = source.replace(old, new)
    assert pairs and source == fitted


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("teacher") / "course"
    list(assignments.course(place))
    return place


class TestCourse:
    """A teacher's own course, outside of this folder, with hidden tests of the teacher's own."""

    def test_a_new_course_is_the_published_one(self, place):
        for name, assignment in FOUND.items():
            assert answers.read_cells(place / "source" / name / f"{name}.ipynb") == assignment.cells
            assert {path.name for path in (place / "overlay" / name).iterdir()} == {
                f"{test.name}.py" for question in assignment.questions.values() for test in question.tests
            } | {f"{cell.name}.md" for cell in assignment.written}

    def test_what_editors_leave_behind_is_passed_over(self, place):
        own = place / "overlay" / "chain_rule"
        left = [own / ".ipynb_checkpoints", own / ".DS_Store", own / "q1-test.py~", own / "__pycache__"]
        for path in left:
            path.mkdir() if "." not in path.name or path.name.endswith("points") else path.touch()
        question, marked = own / "q1-test.py", own / "w1.md"
        before = {path: path.read_bytes() for path in (question, marked)}
        for path, text in before.items():
            path.write_bytes(b"\xef\xbb\xbf" + text)
        try:
            assert list(assignments.course(place, ["chain_rule"]))[0].startswith("chain_rule: 0 parts of your own")
            question.write_bytes("# für alle\n".encode("latin-1"))
            with pytest.raises(ValueError, match=r"q1-test\.py is not written in UTF-8"):
                list(assignments.course(place, ["chain_rule"]))
        finally:
            for path in left:
                path.rmdir() if path.is_dir() else path.unlink()
            for path, text in before.items():
                path.write_bytes(text)

    @pytest.mark.long
    def test_what_a_teacher_writes_takes_the_place_of_what_is_published(self, place):
        question, written = FOUND["theta"].questions["q1"], FOUND["theta"].written[0]
        own = 'expect_close("a test of my own", theta_shapes([2, 3])[1], 9, "count the biases too")'
        told = written.source.replace("**", "")
        (place / "overlay" / "theta" / "q1-test.py").write_text(own, encoding="utf-8")
        (place / "overlay" / "theta" / f"{written.name}.md").write_text(told, encoding="utf-8")
        said = list(assignments.course(place, ["theta"]))
        assert (
            len(said) == 1
            and said[0].startswith("theta: 2 parts of your own; as published: q2-test.py, ")
            and "q1-test.py" not in said[0]
        )
        cells = {cell.name: cell for cell in answers.read_cells(place / "source" / "theta" / "theta.ipynb")}
        assert HIDDEN.findall(cells["q1-test"].source) == [f"    {own}\n"] and HIDDEN.sub(
            "", cells["q1-test"].source
        ) == HIDDEN.sub("", question.tests[0].source)
        assert cells[written.name].source == told
        assert {name: cell for name, cell in cells.items() if name not in ("q1-test", written.name)} == {
            cell.name: cell for cell in FOUND["theta"].cells if cell.name not in ("q1-test", written.name)
        }
        assert (place / "overlay" / "theta" / "q1-test.py").read_text(encoding="utf-8") == own
        from nbformat import read
        from nbgrader.preprocessors import ClearHiddenTests

        book = read(place / "source" / "theta" / "theta.ipynb", as_version=4)
        release = str(ClearHiddenTests().preprocess(book, {})[0])
        assert "a test of my own" not in release and "theta_shapes" in release

    @pytest.mark.parametrize(
        "file, text, message",
        [
            (
                "q1-test.py",
                "assert False, 'a test that the reference does not pass'",
                "the reference solutions do not pass with your tests",
            ),
            (
                "q1-test.py",
                "assert notebook['STUDENT'] == '', 'a number of the notebook without an id'",
                "the reference solutions do not pass .*\nq1-test, with the id s0: a number of the notebook without",
            ),
            ("q1-test.py", "assert (", "is not Python"),
            ("q1-test.py", "### BEGIN HIDDEN TESTS\n", "expected the hidden test alone"),
            ("q77-test.py", "", "stands for no cell of chain_rule: expected one of q1-test.py, "),
            ("w1.md", "What did you see? (10 points for everything)", "expected one of each, around the rubric"),
        ],
    )
    def test_what_cannot_be_a_part_is_refused(self, place, file, text, message):
        path = place / "overlay" / "chain_rule" / file
        before = path.read_text(encoding="utf-8") if path.exists() else None
        path.write_text(text, encoding="utf-8")
        try:
            with pytest.raises(ValueError, match=message):
                list(assignments.course(place, ["chain_rule"]))
            source = place / "source" / "chain_rule" / "chain_rule.ipynb"
            assert source.exists() == ("reference" not in message), "nothing may be graded by a test that is wrong"
        finally:
            path.unlink() if before is None else path.write_text(before, encoding="utf-8")
            list(assignments.course(place, ["chain_rule"]))

    @pytest.mark.long
    def test_a_test_that_holds_in_one_convention_alone_is_refused(self, tmp_path):
        """The published convention is that of a notebook without an id, which is the one that nbgrader validates."""
        own = 'expect_close("my cost", cost([None, np.ones((1, 2))], {}, {}, 0.0, 2), {}, "a hint of mine")'
        H, Y = "np.array([[0.5], [0.5]])", "np.array([[1], [0]])"
        rows = own.format(H, Y, "np.log(2)")
        own = own.format(f"laid({H})", f"laid({Y})", "2 * np.log(2) / divisor(2)")
        path = tmp_path / "course" / "overlay" / "theta" / "q6-test.py"
        path.parent.mkdir(parents=True)
        path.write_text(rows, encoding="utf-8")
        with pytest.raises(ValueError, match="the reference solutions do not pass with your tests") as refused:
            list(assignments.course(tmp_path / "course", ["theta"]))
        lines = [line for line in str(refused.value).splitlines() if line.startswith("q6-test, with the id ")]
        assert len(lines) == 3 and all("my cost is " in line for line in lines)
        assert {tuple(word in line for word in ("as columns", "the sum")) for line in lines} == {
            (True, False),
            (False, True),
            (True, True),
        }
        assert not (tmp_path / "course" / "source" / "theta" / "theta.ipynb").exists()
        path.write_text(own, encoding="utf-8")
        assert list(assignments.course(tmp_path / "course", ["theta"]))[0].startswith("theta: 1 part of your own")

    @pytest.mark.parametrize("place", [ROOT, ROOT / "course", ROOT / "book" / ".." / "assignments"])
    def test_a_course_inside_the_published_folder_is_refused(self, place):
        with pytest.raises(ValueError, match="choose a folder outside"):
            list(assignments.course(place))

    def test_settings_and_what_stays_out_of_a_repository(self, place):
        from traitlets.config import PyFileConfigLoader

        config = PyFileConfigLoader("nbgrader_config.py", path=str(place)).load_config()
        assert (
            config.CourseDirectory.course_id == "course"
            and "nbgrader.preprocessors.ClearHiddenTests" in config.GenerateFeedback.preprocessors
        )
        assert {"gradebook.db*", "downloaded/", "submitted/", "autograded/", "feedback/"} <= set(
            (place / ".gitignore").read_text(encoding="utf-8").splitlines()
        )


def test_the_page_for_teachers_counts_as_the_notebooks_do():
    """Its table and its number of known mistakes are those of the sources."""
    page = (ROOT / "book" / "teach.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"<\.\./assignments/release/(\w+)/\1\.ipynb>` \|.*?\| (\d+) \|$", page, re.M))
    points = re.search(r"100 points of each assignment, (\d+) are given by tests and (\d+) by hand", page)
    for name, assignment in FOUND.items():
        minutes = [
            int(found)
            for cell in assignment.cells
            if cell.kind == "markdown"
            for found in re.findall(r"points\*?\*?,[^\n]*?(\d+) minutes", cell.source)
        ]
        assert len(minutes) == len(assignment.questions) + len(assignment.written)
        by_tests = sum(question.points for question in assignment.questions.values())
        assert points.groups() == (f"{by_tests}", f"{sum(cell.points for cell in assignment.written)}")
        assert rows.pop(name) == f"{sum(minutes)}"
    assert not rows
    assert int(re.search(r"a list of (\d+) known mistakes", page)[1]) == sum(
        len(assignment.answers("wrong")) for assignment in FOUND.values()
    )


LIMIT = str(assignments.LIMIT)
TYPED = {  # what the page for teachers lets them type, and what it has to reach
    "course ../course": [("course", "../course", "[]")],
    "repair . theta": [("sort", ".", "theta"), ("repair", ".", "theta")],
    "explain submitted/*/theta/theta.ipynb": [("explain", "submitted/*/theta/theta.ipynb", "None", LIMIT)],
    "grade theta submissions grades.csv --course ../course --html pages": [
        ("grade", "theta", "submissions", "grades.csv", "../course", LIMIT, "-1"),
        ("write_pages", "['grades.csv']", "theta", "pages", ""),
    ],
    "gradescope theta theta.zip --course ../course": [("pack", "theta", "theta.zip", "../course", "visible")],
    "gradebook theta grades.csv exported.csv import.csv": [
        ("fill", "theta", "['grades.csv']", "exported.csv", "import.csv")
    ],
    "similar theta submissions alike.csv --html alike.html": [
        ("report", "theta", "submissions", "alike.csv", "alike.html", "None")
    ],
}


def test_every_command_of_the_page_for_teachers_is_tried():
    page = (ROOT / "book" / "teach.md").read_text(encoding="utf-8").replace("\\\n", "")
    assert {" ".join(line.split()) for line in re.findall(r"scripts/assignments\.py +(.+)", page)} == set(TYPED)


def test_no_command_of_the_page_for_teachers_writes_private_tests_into_the_book_s_own_folder():
    page = (ROOT / "book" / "teach.md").read_text(encoding="utf-8")
    copied = re.findall(r"\b(?:cp|mv)\b[^`\n]*?([^\s`]+)[`\n]", page.replace("\\\n", ""))
    assert copied and not [place for place in copied if place.split("/")[0] in ("assignments", "book")]


@pytest.mark.parametrize("command", TYPED)
def test_a_command_reaches_its_function_with_what_was_typed(command, monkeypatch):
    done = []
    for owner, name in (
        *((assignments, name) for name in ("course", "sort", "repair", "explain")),
        *((assignments.batch, "grade"), (assignments.page, "write_pages"), (assignments.gradescope, "pack")),
        *((assignments.gradebook, "fill"), (assignments.similar, "report")),
    ):
        noted = lambda *given, name=name, **more: done.append((name, *map(str, given))) or ()
        monkeypatch.setattr(owner, name, noted)
    monkeypatch.setattr(assignments.rows, "Table", lambda path: SimpleNamespace(read=lambda: [str(path)]))
    monkeypatch.setattr(sys, "argv", ["assignments.py", *command.split()])
    assignments.main()
    assert done == TYPED[command]


@pytest.mark.parametrize("option", ["--limit=0", "--limit=-1", "--limit=nan", "--limit=soon", "--jobs=0", "--jobs=two"])
def test_a_limit_or_a_number_of_processes_that_is_none_is_refused(option, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["assignments.py", "grade", "theta", "in", "out.csv", option])
    with pytest.raises(SystemExit):
        assignments.main()
    assert f"{option.partition('=')[2]} came: expected a number of" in capsys.readouterr().err
