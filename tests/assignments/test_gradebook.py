"""Points go from the table into a gradebook as Canvas or Moodle exports it, a column a question, and to nobody else."""

import csv

import pytest
from marking import gradebook, papers, rows

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Integration ID,Section,Notes,Homework 1 (887),Current Score
,,,,,,,Manual Posting,
    Points Possible,,,,,,,10,(read only)
"Doe, Jane",12345,a1,jdoe,,Tuesday,,9,90
"Smith, Bob",22345,a2,bsmith,,Tuesday,,8,80
"Smith, Bobby",2345,a3,bobby,,Tuesday,,7,70
"""
MOODLE = """\
First name;Last name;ID number;Institution;Department;Email address;Assignment: Theta (Real);Last downloaded
Jane;Doe;4711;;;jane.doe@example.org;-;1700000000
Émile;Du Châtelet;4712;;;emile@example.org;-;1700000000
Sam;Lee;4713;;;sam1@example.org;-;1700000000
Sam;Lee;4714;;;sam2@example.org;-;1700000000
"""


def table(places, tmp_path):
    """Rows of notebooks under these names, as grade makes them: q1 with 1, 2, ... points, and a written question."""
    for place in places:
        (tmp_path / "in" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / place).write_text("{}")
    made = []
    for number, place in enumerate(places, 1):
        (paper,) = [paper for paper in papers.collect(tmp_path / "in", "theta") if paper.place == place]
        made.append(rows.row(paper, "f", question="q1", points=f"{number}", possible="5", status="right"))
        made.append(rows.row(paper, "f", question="w1", possible="12", status="to be read"))
    return made


def filled(name, text, made, tmp_path):
    (tmp_path / "exported.csv").write_text(text, encoding="utf-8-sig")
    told = list(gradebook.fill(name, made, tmp_path / "exported.csv", tmp_path / "out.csv"))
    return list(csv.reader((tmp_path / "out.csv").open(encoding="utf-8", newline=""))), told


def test_canvas(tmp_path):
    places = ["doejane_12345_67890_theta.ipynb", "smithbob_LATE_22345_67891_theta-2.ipynb", "x_99_1_theta.ipynb"]
    found, told = filled("theta", CANVAS, table(places, tmp_path), tmp_path)
    assert found == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Section", "theta q1"],
        ["    Points Possible", "", "", "", "", "", "5"],
        ["Doe, Jane", "12345", "a1", "jdoe", "", "Tuesday", "1"],
        ["Smith, Bob", "22345", "a2", "bsmith", "", "Tuesday", "2"],
        ["Smith, Bobby", "2345", "a3", "bobby", "", "Tuesday", ""],
    ]
    assert told[0] == "Canvas: 2 of 3 students have points in 1 columns"
    assert [line.partition(":")[0] for line in told[1:]] == ["x_99", "Smith, Bobby"]


def test_moodle(tmp_path):
    places = [
        "Jane Doe_1_assignsubmission_file_theta.ipynb",
        "Émile Du Châtelet_2_assignsubmission_file_/theta.ipynb",
        "Sam Lee_3_assignsubmission_file_theta.ipynb",
        "sam2_theta.ipynb",
    ]
    found, told = filled("theta", MOODLE, table(places, tmp_path), tmp_path)
    assert found[0] == ["First name", "Last name", "ID number", "Email address", "theta q1"]
    assert [line[-1] for line in found[1:]] == [
        "1",
        "2",
        "",
        "4",
    ]  # two are called Sam Lee, so neither gets these points
    assert [line.partition(":")[0] for line in told[1:]] == ["Sam_Lee", "Sam Lee"]


def test_written_questions_have_a_column_as_soon_as_they_have_points(tmp_path):
    made = table(["jane.doe_theta.ipynb"], tmp_path)
    made[1]["points"] = "10.5"
    found, _ = filled("theta", MOODLE, made, tmp_path)
    assert found[0][-2:] == ["theta q1", "theta w1"] and found[1][-2:] == ["1", "10.5"]


@pytest.mark.parametrize("text", ["", "name,grade\nme,1\n"])
def test_another_table_is_refused(text, tmp_path):
    with pytest.raises(ValueError, match="expected a gradebook as Canvas exports it"):
        filled("theta", text, [], tmp_path)
