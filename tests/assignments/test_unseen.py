"""Mistakes that nobody has listed, two at once among them: what is said of each is true, and held here."""

import pytest
from answers import Assignment
from benches import Bench
from marking import parts
from unseen import UNSEEN, source_of

BENCHES = {name: Bench(Assignment(name)) for name in UNSEEN}


def said(name, mistake):
    """What is told of an answer, without the doctor's formulas: names of known mistakes, or sentences on its parts."""
    bench = BENCHES[name]
    question = bench.assignment.questions[mistake.partition("-")[0]]
    source = source_of(question.reference, UNSEEN[name][mistake])
    assert not bench.grade(question, source).passed
    rows = bench.results(question, bench.define(question, source)[question.function])
    names = {wrong.text: wrong.name for wrong in bench.assignment.answers("wrong")}
    return [names[text] for text in bench.alike(question, rows)] or parts.describe(
        question, bench.calls(question), *([parts.tree(row) for row in each] for each in (rows, bench.right(question)))
    )


CASES = [(name, mistake) for name, mistakes in UNSEEN.items() for mistake in mistakes]


SAID = {  # each sentence was held against its answer by hand before it was written down
    ("theta", "q5-bias-subtracted"): ["Right: part 1 of the result."],
    ("theta", "q5-steeper"): ["Right: part 1 of the result."],
    ("theta", "q6-base-ten"): [
        "The cost without penalty: 0.434294 times the right numbers.",
        "Right: what the penalty adds.",
    ],
    ("theta", "q6-sign-and-half"): [
        "The cost without penalty: the wrong sign.",
        "What the penalty adds: 2 times the right numbers.",
    ],
    ("theta", "q6-penalty-not-squared"): ["Right: the cost without penalty."],
    ("theta", "q7-bias-mean-missing-and-penalty-missing"): [
        "The biases: m times the right numbers.",
        "The weights: the penalty is missing.",
    ],
    ("theta", "q7-penalty-sign-and-data-doubled"): [
        "The weights: the data's share is 2 times the right one, and the penalty has the wrong sign.",
        "Right: the biases.",
    ],
    ("theta", "q7-slope-cubed"): ["Right: the biases of the last layer, the weights of the last layer."],
    ("theta", "q7-weights-by-n"): ["q7-mean-over-the-training-set"],
    ("theta", "q8-h-alone"): ["q8-forward-difference"],
    ("theta", "q8-backward"): [],
    ("theta", "q6-mean-of-all-and-penalty-doubled"): [
        "The cost without penalty: 1/K times the right numbers.",
        "What the penalty adds: 2 times the right numbers.",
    ],
    ("theta", "q7-sign-below-the-top"): ["Right: the biases of the last layer, the weights of the last layer."],
    ("theta", "q9-answers-exchanged"): ["Parts 2 and 3 of the result have changed places; all else is right."],
    ("chain_rule", "q1-slopes-exchanged"): ["Parts 4 and 5 of the result have changed places; all else is right."],
    ("chain_rule", "q2-bias-subtracted"): [],
    ("chain_rule", "q3-output-error-squared"): [],
    ("chain_rule", "q3-doubled"): ["The result: 2 times the right numbers."],
    ("chain_rule", "q4-sign-and-slope-squared"): [],
    ("chain_rule", "q5-both-negative"): ["All parts: the wrong sign."],
    ("chain_rule", "q5-bias-doubled"): ["db: 2 times the right numbers.", "Right: dW."],
    ("chain_rule", "q6-sign"): ["The numbers: the wrong sign."],
    ("chain_rule", "q7-weights-doubled-and-bias-summed"): [
        "dW: 2 times the right numbers.",
        "db: m times the right numbers.",
    ],
    ("chain_rule", "q7-half"): ["All parts: 0.5 times the right numbers."],
    ("chain_rule", "q7-transposed-weights-and-negative-bias"): ["dW: transposed.", "db: the wrong sign."],
    ("chain_rule", "q8-rate-squared"): [
        "The step of W_new: rate times the right numbers.",
        "Right: the step of b_new.",
    ],
    ("chain_rule", "q8-weights-uphill-and-bias-doubled"): [
        "The step of W_new: the wrong sign.",
        "The step of b_new: 2 times the right numbers.",
    ],
    ("digits", "q1-variance"): [],
    ("digits", "q2-exchanged"): ["Parts 1 and 2 of the result have changed places; all else is right."],
    ("digits", "q3-sign"): [],
    ("digits", "q4-root-missing"): ["Right: the biases."],
    ("digits", "q7-slope-doubled"): [
        "Part 2 of the result: 2 times the right numbers.",
        "Right: part 1 of the result.",
    ],
    ("digits", "q8-sign-and-biases"): ["The weights: the wrong sign.", "Wrong as well: the biases."],
    ("digits", "q8-mean-twice"): ["The weights: 1/m times the right numbers.", "Right: the biases."],
    ("digits", "q8-squared"): ["Right: the biases."],
    ("digits", "q9-rate-forgotten"): ["All parts: 1/rate times the right numbers."],
    ("digits", "q9-uphill-and-mean-missing"): ["All parts: −m times the right numbers."],
    ("digits", "q11-sign-of-all"): ["The biases, the weights: the wrong sign.", "Right: part 1 of the result."],
    ("digits", "q11-half-and-penalty-sign"): [
        "The biases: 0.5 times the right numbers.",
        "The weights: the data's share is 0.5 times the right one, and the penalty has the wrong sign.",
        "Right: part 1 of the result.",
    ],
    ("digits", "q11-bias-without-mean-and-no-penalty"): [
        "The biases: m times the right numbers.",
        "The weights: the penalty is missing.",
        "Right: part 1 of the result.",
    ],
}


@pytest.mark.parametrize("name, mistake", CASES, ids=["-".join(case) for case in CASES])
def test_what_is_said_of_a_mistake(name, mistake):
    assert said(name, mistake) == SAID[name, mistake]
