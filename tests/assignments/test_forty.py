"""Forty submissions of one class, hostile ones among them: each gets its fair points, and changes no other row."""

import os

import pytest
from answers import FOLDER
from forty import archive, forty
from marking import batch, rows

pytestmark = pytest.mark.skipif(
    not os.environ.get("EVERY_ASSIGNMENT"),
    reason="it waits for loops that never end: EVERY_ASSIGNMENT=1 does it, as the weekly workflow does",
)


@pytest.fixture(scope="module")
def students(tmp_path_factory):
    return forty(FOLDER, tmp_path_factory.getbasetemp() / "gradebook.db")


@pytest.fixture(scope="module")
def table(students, tmp_path_factory):
    place = tmp_path_factory.mktemp("forty")
    (place / "in").mkdir()
    archive(place / "in" / "moodle.zip", students)
    batch.grade("theta", place / "in", place / "grades.csv", limit=15, say=lambda text: None)
    return rows.Table(place / "grades.csv").read()


def test_there_are_forty(students, table):
    assert len(students) == 40 == len({row["student"] for row in table})


def test_each_gets_its_fair_points(students, table):
    found = {}
    for row in table:
        if row["points"]:
            found.setdefault(row["student"], {})[row["question"]] = float(row["points"])
    for student, (_, fair) in students.items():
        came = found.get(student, {})
        assert came.keys() == (fair or {}).keys(), student
        unfair = {key: came[key] for key in came if fair[key] not in (None, came[key])}
        assert not unfair, student


def test_every_lost_point_has_a_reason(table):
    for row in table:
        if row["points"] and float(row["points"]) < float(row["possible"]) or row["status"] == "not graded":
            assert len(row["reason"].split()) >= 3, row
