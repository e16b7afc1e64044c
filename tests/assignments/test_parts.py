"""A mistake that nobody has listed is named by its parts, and by its formula where the book's doctor can read it."""

import numpy as np
import pytest
import variants
from answers import Assignment
from benches import Bench
from marking import formulas, parts

OWN = variants.conventions("theta")[0]
BENCHES = {name: Bench(Assignment(name)) for name in ("theta", "chain_rule")}
GRADIENT = """
def gradient(Theta, A, Y, lam, n):
    G, delta = [None] * len(Theta), A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W, b, m = Theta[l][:, 1:], Theta[l][:, 0], len(Y)
        dW, db, pull = delta.T @ A[l - 1] / m, delta.mean(axis=0), lam / n * W
        {change}
        G[l] = np.column_stack([db, dW + pull])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    return G
"""
BATCH = """
def batch_gradient(W, Z, A, Y):
    Delta = [(A[-1] - Y) * sigma_slope(Z[-1])]
    for l in range(len(W) - 2, 0, -1):
        Delta.insert(0, Delta[0] @ W[l + 1] * sigma_slope(Z[l]))
    dW = [None] + [D.T @ A[l] / len(Y) for l, D in enumerate(Delta)]
    db = [None] + [D.mean(axis=0) for D in Delta]
    {change}
    return dW, db
"""


def said(name, question, source):
    """What is said of an answer: sentences on its parts."""
    bench = BENCHES[name]
    asked = bench.assignment.questions[question]
    calls = bench.calls(asked)
    bench.alike(asked, [])
    rows = bench.results(asked, bench.define(asked, source)[asked.function])
    return parts.describe(asked, calls, *([parts.tree(row) for row in each] for each in (rows, bench.right(asked))))


@pytest.mark.parametrize(
    "change, words",
    {
        "db = db / m": ["The biases: 1/m times the right numbers.", "Right: the weights."],
        "db, dW = -db, -dW": ["The biases: the wrong sign.", "The weights: the data's share has the wrong sign."],
        "pull = 2 * pull": ["The weights: the penalty is 2 times the right one.", "Right: the biases."],
        "pull = lam / m * W": ["The weights: the penalty is n/m times the right one.", "Right: the biases."],
        "pull, dW = -pull, m * dW": [
            "The weights: the data's share is m times the right one, and the penalty has the wrong sign.",
            "Right: the biases.",
        ],
        "db, pull = 0 * db, n * pull": ["The biases: zero.", "The weights: the penalty is n times the right one."],
        "db = db + lam / n * b; dW = 2 * dW": [
            "The biases: the penalty pulls at them, which reads none of them.",
            "The weights: the data's share is 2 times the right one.",
        ],
        "dW = dW if l < len(Theta) - 1 else -dW": [
            "the weights of the last layer: the data's share has the wrong sign.",
            "Right: the biases, the weights of the layers below.",
        ],
        "db = np.sin(db)": ["Right: the weights."],
    }.items(),
)
def test_parts_of_a_gradient(change, words):
    found = said("theta", "q7", GRADIENT.format(change=change))
    assert sorted(text.lower() for text in found) == sorted(text.lower() for text in words)


@pytest.mark.parametrize(
    "change, words",
    {
        "db = [None] + [-d for d in db[1:]]": ["db: the wrong sign.", "Right: dW."],
        "dW[1:] = [len(Y) ** 2 * d for d in dW[1:]]": ["dW: m² times the right numbers.", "Right: db."],
        "dW = [None] + [d.T for d in dW[1:]]": ["dW: transposed.", "Right: db."],
        "dW[-1] = 3 * dW[-1]": [
            "dW of the last layer: 3 times the right numbers.",
            "Right: db, dW of the layers below.",
        ],
        "db[1:] = [D[0] for D in Delta]": [
            "db: right for one sample alone, and wrong for several: look at how the samples come together.",
            "Right: dW.",
        ],
    }.items(),
)  # fmt: skip
def test_parts_of_two_lists(change, words):
    assert sorted(said("chain_rule", "q7", BATCH.format(change=change))) == sorted(words)


def test_a_right_answer_has_no_wrong_part():
    assert said("theta", "q7", GRADIENT.format(change="pass")) == []


def test_a_power_is_named_only_where_no_other_fits():
    facts = [{"m": 2.0, "n": 4.0}, {"m": 3.0, "n": 9.0}]
    assert parts.factor([4.0, 9.0], facts) is None  # m² and n fit alike
    assert parts.factor([2.0, 3.0], [{"m": 2.0, "n": 5.0}, {"m": 3.0, "n": 4.0}]) == "m"
    assert parts.factor([2.0], facts) is None and parts.factor([2.0, 7.0], facts) is None


@pytest.mark.long
@pytest.mark.parametrize(
    "change, formula",
    {
        "db = db / m": "(1/m²) Σᵢ δ",
        "pull = 0 * W": "the penalty on the weights is missing",
        "dW = -dW": "the sign is wrong",
    }.items(),
)
def test_the_doctor_reads_the_formula(change, formula):
    space = {"np": np}
    exec(GRADIENT.format(change=change), space)
    found = formulas.of_theta(space["gradient"], OWN)
    assert found and all("it should be" in text for text in found) and formula in " ".join(found)


@pytest.mark.long
def test_the_doctor_is_silent_where_he_is_not_certain():
    space = {"np": np}
    exec(GRADIENT.format(change="dW = np.sin(3 * dW) + W ** 3; db = np.cos(db)"), space)
    assert formulas.of_theta(space["gradient"], OWN) == []
    exec(GRADIENT.format(change="db = db / m if l == 3 else np.cos(3 * db)"), space)
    assert formulas.of_theta(space["gradient"], OWN) == []
    for error in (NameError, KeyError, StopIteration, AssertionError, type("Own", (Exception,), {})):

        def fails(*given, error=error):
            raise error("x")

        assert formulas.of_theta(fails, OWN) == []
    assert formulas.of_theta(lambda *given: None, OWN) == [] == formulas.of_theta(lambda *given: [None, 1, 2, 3], OWN)
