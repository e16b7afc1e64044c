"""Whose a file is and what is in it is told of any folder and any archive, and one that is damaged ends nothing."""

import json
import struct
import zipfile

import handed_in
import pytest
import submissions
from answers import Assignment
from marking import papers

BOOK = Assignment("theta").release.read_bytes()


def archive(path, **entries):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(f"{name}.ipynb", data)
    return path


def put(path, data=BOOK):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def found(folder):
    """Student → the place of the notebook that is graded; what is not graded, by its place."""
    rows = list(papers.collect(folder, "theta"))
    return {row.student: row.place for row in rows if not row.problem}, {
        row.place: row.problem for row in rows if row.problem
    }


def test_a_folder_for_each_student_will_do(tmp_path):
    for student in "ann", "bob":
        put(tmp_path / student / "homework.ipynb")
    assert found(tmp_path) == ({"ann": "ann/homework.ipynb", "bob": "bob/homework.ipynb"}, {})


def test_folders_within_folders_are_told_apart(tmp_path):
    for student in "ann", "bob":
        put(tmp_path / student / "work" / "homework.ipynb")
    assert {*found(tmp_path)[0]} == {"ann_work_homework", "bob_work_homework"}


def test_a_copy_in_a_folder_is_another_version(tmp_path):
    put(tmp_path / "ann.ipynb")
    put(tmp_path / "old" / "ann.ipynb")
    graded, left = found(tmp_path)
    assert graded.keys() == {"ann"} and "another version" in " ".join(left.values())


def test_an_archive_of_one_student_s_tells_whose_it_is(tmp_path):
    for person in "Ann Lee_11", "Bob Ray_12":
        archive(tmp_path / f"{person}_assignsubmission_file" / "_theta.zip", theta=BOOK)
    assert found(tmp_path)[0].keys() == {"Ann_Lee", "Bob_Ray"}


@pytest.mark.parametrize(
    "name, student",
    [("Ann Lee_11_assignsubmission_file_theta", "Ann_Lee"), ("doejane_12_345_theta", "doejane_12"), ("s3_theta", "s3")],
)
def test_of_two_archives_of_a_class_the_later_counts(name, student, tmp_path):
    for week in "1", "2":
        archive(tmp_path / f"class{week}.zip", **{name: BOOK, "other_theta": BOOK})
    graded, left = found(tmp_path)
    assert graded[student] == f"class2/{name}.ipynb"
    assert left[f"{name}.ipynb"] == f"not graded: class2/{name}.ipynb is another version by the same student"


@pytest.mark.parametrize("inside", ["theta/theta", "homework/theta", "my_theta", "./theta", "theta"])
@pytest.mark.parametrize(
    "first, second",
    [
        ("doejane_12_345_theta.zip", "roejo_13_346_theta.zip"),
        ("Jane Doe_12_assignsubmission_file_/theta.zip", "Jo Roe_13_assignsubmission_file_/theta.zip"),
    ],
)
def test_what_stands_in_an_archive_of_one_student_s_is_theirs(first, second, inside, tmp_path):
    for place in first, second:
        archive(tmp_path / place, **{inside: BOOK, "__MACOSX/._theta": b"x"})
    assert found(tmp_path)[0].keys() in ({"doejane_12", "roejo_13"}, {"Jane_Doe", "Jo_Roe"})


def test_a_name_is_that_of_the_notebook_and_not_of_what_lies_beside_it(tmp_path):
    archive(tmp_path / "doejane_12_345_theta.zip", **{"__MACOSX/._theta": b"x", "theta": BOOK})
    graded, left = found(tmp_path)
    assert graded == {"doejane_12": "doejane_12_345_theta.ipynb"} and "__MACOSX" in "".join(left)


def test_odd_paths_within_an_archive_are_students_with_a_name(tmp_path):
    archive(tmp_path / "sub.zip", **{"./theta": BOOK, "./b": BOOK, "a//c": BOOK})
    assert found(tmp_path)[0].keys() == {"theta", "b", "c"}


def test_a_notebook_beside_the_folders_is_one_more(tmp_path):
    for place in "a/foo", "b/foo", "foo":
        put(tmp_path / f"{place}.ipynb")
    assert found(tmp_path)[0].keys() == {"a", "b", "foo"}


def flipped(path):
    """An archive with one byte of its first entry changed."""
    data = bytearray(path.read_bytes())
    data[60 + len("s1_theta.ipynb")] ^= 0xFF
    path.write_bytes(data)


def false_name(path):
    """An archive whose name of an entry says that it is UTF-8, and is not."""
    data = path.read_bytes()
    place = data.index(b"PK\x01\x02")
    flags = struct.pack("<H", 0x800)
    data = data[: place + 8] + flags + data[place + 10 :]
    path.write_bytes(data[:place] + data[place:].replace(b"s1_theta", b"s1_\xffheta"))


def later_format(path):
    """An archive that says that a later version is needed to read it."""
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 6 : place + 8] = struct.pack("<H", 99)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [flipped, false_name, later_format], ids=lambda each: each.__name__)
def test_a_damaged_archive_is_a_row_and_the_others_are_read(damage, tmp_path):
    damage(archive(tmp_path / "a.zip", s1_theta=BOOK))
    archive(tmp_path / "b.zip", s2_theta=BOOK)
    graded, left = found(tmp_path)
    assert graded == {"s2": "s2_theta.ipynb"} and ["damaged" in why for why in left.values()] == [True]


def test_no_more_is_read_than_a_notebook_may_have(tmp_path, monkeypatch):
    """The size that an archive claims may be false."""
    monkeypatch.setattr(handed_in, "HUGE", 10_000)
    path = archive(tmp_path / "a.zip", s1_theta=b" " * 10**6)
    data = path.read_bytes()
    place = data.index(b"PK\x01\x02") + 24
    path.write_bytes(data[:place] + struct.pack("<I", 20_000_000) + data[place + 4 :])
    with pytest.raises(OSError, match="MB|damaged"):
        handed_in.read(path, "s1_theta.ipynb")
    path.write_bytes(data[:place] + struct.pack("<I", 100) + data[place + 4 :])
    with pytest.raises(OSError, match="MB|damaged"):
        handed_in.read(path, "s1_theta.ipynb")


def test_sorting_says_what_it_cannot_read(tmp_path):
    folder = tmp_path / "downloaded" / "theta" / "archive"
    put(folder / "a.zip", b"PK\x03\x04 no more")
    put(folder / "s2_theta.ipynb")
    put(folder / "#3_theta.ipynb")
    put(folder / ".ipynb_checkpoints" / "s2_theta.ipynb")
    told = list(submissions.sort(tmp_path, "theta"))
    assert told[0].startswith("#3_theta.ipynb: not graded: an editor")
    assert told[1].startswith("a.zip: not read: a damaged archive") and told[2:] == ["s2: s2_theta.ipynb"]
    assert (tmp_path / "submitted" / "s2" / "theta" / "theta.ipynb").read_bytes() == BOOK


def test_numbers_in_names_count_whatever_digits_they_have():
    names = ["theta (2)", "theta (10)", "theta (²)", f"theta ({'9' * 5000})"]
    numbered = sorted((names[1], names[3], names[0], names[2]), key=lambda name: submissions.version(f"{name}.ipynb"))
    assert numbered[:3] == [names[0], names[1], names[3]]


@pytest.mark.parametrize(
    "line", ["-" * 10**5 + "1", "x" + ".x" * 10**4, '"\\ud800"', "'"], ids=["deep", "long", "lone", "open"]
)
def test_an_id_that_cannot_be_read_is_none(line):
    book = json.loads(BOOK)
    for cell in book["cells"]:
        if cell["id"] == "student":
            cell["source"] = f"STUDENT = {line}"
    cells, _ = papers.cells_of(json.dumps(book).encode(), Assignment("theta"))
    (own,) = [cell for cell in cells if cell.name == "student"]
    assert line not in own.source
