"""Another id is another convention: references keep all points in each, known mistakes are named in each."""

import json
import os
import re
from collections import Counter

import pytest
import variants
from answers import Assignment, Cell
from benches import Bench
from marking.judge import Judge

CONVENTIONS = [(name, convention) for name in variants.AXES for convention in variants.conventions(name)]
if not os.environ.get("EVERY_ASSIGNMENT"):  # all of them weekly; on a push those in which everything differs
    CONVENTIONS = [
        (name, convention) for name, convention in CONVENTIONS if convention == variants.conventions(name)[-1]
    ]
IDS = ["-".join([name, *convention.values()]) for name, convention in CONVENTIONS]


@pytest.fixture(scope="module", params=CONVENTIONS, ids=IDS)
def bench(request):
    name, convention = request.param
    bench = Bench(Assignment(name), variants.student_with(name, convention))
    bench.prepare(None)
    assert bench.convention == convention
    return bench


def reached(bench):
    """The questions that a convention reaches."""
    concerned = variants.CONCERNED[bench.assignment.name].values()
    return [bench.assignment.questions[question] for question in sorted({*sum(concerned, ())})]


def test_the_reference_keeps_all_points(bench):
    for question in reached(bench):
        found = bench.grade(question, bench.reference(question))
        assert found.points == question.points, found


# What a text that helps in the published convention speaks of, and another convention has not
PUBLISHED = {
    "sum": r"\bm times|divide[sd] by",
    "columns": r"a column too many\.|column of ones|five columns",
    "tanh": "ReLU",
}


@pytest.mark.long
def test_each_known_mistake_loses_points_and_is_named(bench):
    """But for those in GONE: each of them is right there, or is told in words that are wrong there, and no other is."""
    questions, values = {question.id: question for question in reached(bench)}, bench.convention.values()
    assert PUBLISHED.keys() == variants.GONE.keys()
    for wrong in bench.assignment.answers("wrong"):
        if wrong.question in questions:
            question = questions[wrong.question]
            found, rows = bench.diagnose(question, bench.stored(question.id, wrong.source))
            misleads = any(re.search(PUBLISHED[value], wrong.text) for value in values if value in PUBLISHED)
            if variants.is_mistake(wrong.name, bench.convention):
                assert not found.passed and wrong.text in bench.alike(question, rows) and not misleads, wrong.name
            else:
                assert found.passed or misleads, wrong.name


def test_an_answer_for_another_id_fails_and_is_called_so(bench):
    name = bench.assignment.name
    for question in reached(bench):
        for other in variants.others(name, question.id, bench.convention):
            source = bench.stored(question.id, question.reference, other)
            found, _ = bench.diagnose(question, source)
            assert not found.passed
            function = bench.define(question, source)[question.function]
            assert bench.of_another(question, function) == variants.said(bench.convention, other)


def test_wrong_and_right_answers_are_not_called_another_s(bench):
    for question in reached(bench):
        function = bench.define(question, bench.reference(question))[question.function]
        assert bench.of_another(question, function) is None
        for wrong in bench.assignment.answers("wrong"):
            own = wrong.question == question.id and variants.is_mistake(wrong.name, bench.convention)
            if own and wrong.name != "q7-mean-missing":  # which is the sum, that another id asks for
                function = bench.define(question, bench.stored(question.id, wrong.source))[question.function]
                assert bench.of_another(question, function) is None, wrong.name


@pytest.mark.parametrize("name", variants.AXES)
def test_names_of_mistakes_that_are_none_are_there(name):
    known = {wrong.name for wrong in Assignment(name).answers("wrong")}
    values = {value for axis in variants.AXES[name].values() for value in axis}
    assert {answer for value in values for answer in variants.GONE.get(value, ())} <= known
    assert {question for axis in variants.CONCERNED[name].values() for question in axis} <= {
        *Assignment(name).questions
    }


@pytest.mark.parametrize("name", variants.AXES)
def test_every_convention_is_drawn_alike_often(name):
    counts = Counter(json.dumps(variants.drawn(name, f"student{number}")) for number in range(400))
    share = 400 / len(variants.conventions(name))
    assert len(counts) == len(variants.conventions(name)) and all(
        0.7 * share < count < 1.3 * share for count in counts.values()
    )


@pytest.mark.parametrize("name", variants.AXES)
def test_a_notebook_has_the_convention_that_is_drawn_for_its_id(name):
    for student in "s0", "s1", "s2", "s3":
        bench = Bench(Assignment(name), student)
        bench.prepare(None)
        assert bench.convention == variants.drawn(name, student)


def test_without_an_id_all_have_the_published_convention():
    for name in variants.AXES:
        bench = Bench(Assignment(name))
        bench.prepare(None)
        assert bench.convention == variants.conventions(name)[0]


def test_a_copied_notebook_is_told_by_the_grader():
    """All questions of one student, handed in under the id of another: the reached ones fail, and the page says why."""
    name, (own, other) = "theta", ({"samples": "columns", "data": "mean"}, {"samples": "rows", "data": "mean"})
    assignment, student = Assignment(name), variants.student_with("theta", own)
    cells = []
    for cell in assignment.cells:
        source = f'STUDENT = "{student}"' if cell.name == "student" and cell.kind == "code" else cell.source
        source = variants.fitted(name, cell.name, source, other) if cell.is_answer else source
        cells.append(Cell(cell.id, cell.kind, source, cell.grading))
    judge = Judge(assignment, limit=60)
    try:
        marks, _, _ = judge.grade(cells, student)
    finally:
        judge.close()
    lost = {question for question, mark in marks.items() if not mark.verdict.passed}
    assert lost == {"q5", "q6", "q7"}
    for question in lost:
        assert marks[question].mistakes == [variants.said(own, other)]
        assert "samples as rows; yours" in marks[question].mistakes[0]
        assert "Shapes: " not in marks[question].verdict.message or "(n_l, m)" in marks[question].verdict.message
