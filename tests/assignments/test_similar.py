"""Copied answers stand at the top of the list, renamed or not; what was handed out counts for nothing."""

import csv
import json
import re

import pytest
from answers import Assignment
from marking import similar

pytest.importorskip("copydetect", reason="copydetect, of the extra classroom, is not installed")
THETA = Assignment("theta")
BLANK = json.loads(THETA.release.read_text(encoding="utf-8"))


def notebook(answers, student=""):
    book = json.loads(json.dumps(BLANK))
    for cell in book["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
        if cell["id"] == "student" and student:
            cell["source"] = f'STUDENT = "{student}"'
    return json.dumps(book)


def renamed(source):
    """The same answer with other names of variables, and a comment."""
    for old, new in {
        "Theta": "params",
        "delta": "d",
        "block": "mat",
        "lam": "reg",
        "A": "acts",
        "start": "pos",
    }.items():
        source = re.sub(rf"\b{old}\b", new, source)
    return "# my own work\n" + source


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Three who wrote on their own, one copy with other names, one with another's id, one blank, and a broken file."""
    place = tmp_path_factory.mktemp("alike")
    (place / "in").mkdir()
    right = {}
    for answer in THETA.answers("right"):
        right.setdefault(answer.question, []).append(answer.source)
    references = {question.id: question.reference for question in THETA.questions.values()}
    books = {
        "first": notebook({name: texts[0] for name, texts in right.items()}),
        "second": notebook({name: texts[1] for name, texts in right.items()}, "s2"),
        "third": notebook({name: texts[2] for name, texts in right.items()}),
        "source": notebook(references),
        "copy": notebook({name: renamed(text) for name, text in references.items()}),
        "blank": notebook({}, "s2"),
        "broken": "no",
    }
    for student, text in books.items():
        (place / "in" / f"{student}_theta.ipynb").write_text(text, encoding="utf-8")
    lines = list(similar.report("theta", place / "in", place / "out.csv", place / "out.html"))
    with (place / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {frozenset((row["student"], row["other"])): row for row in csv.DictReader(file)}
    return lines, rows, (place / "out.html").read_text(encoding="utf-8")


def share(row):
    return max(float(row["share"]), float(row["share_of_other"]))


def test_a_copy_with_other_names_is_on_top(told):
    _, rows, _ = told
    ordered = [pair for pair, row in rows.items() if not row["same_id"]]
    assert ordered[0] == {"source", "copy"} and share(rows[ordered[0]]) > 0.9
    assert all(share(rows[pair]) < 0.6 for pair in ordered[1:] if pair != {"source", "copy"})


def test_two_with_one_id_come_first(told):
    _, rows, page = told
    assert next(iter(rows)) == {"second", "blank"} and rows[frozenset({"second", "blank"})]["same_id"] == "s2"
    assert "Both notebooks have the id s2" in page


def test_what_was_handed_out_is_no_likeness(told):
    assert all(share(row) < 0.1 for pair, row in told[1].items() if "blank" in pair)


def test_released_docstrings_are_not_shown(told):
    assert "def theta_shapes(sizes):" in told[2] and "returns: [None, (rows, columns), ...]" not in told[2]


def test_what_is_left_out_is_said(told):
    lines, rows, page = told
    assert lines[0].startswith("broken_theta.ipynb: left out") and lines[1] == "6 submissions, 15 pairs"
    assert len(rows) == 15 and "http:" not in page and "https:" not in page and "<mark>" in page


def test_without_pairs(tmp_path):
    lines = list(similar.report("theta", tmp_path, tmp_path / "out.csv", tmp_path / "out.html"))
    assert lines == ["0 submissions, 0 pairs"] and "There are no pairs." in (tmp_path / "out.html").read_text()
