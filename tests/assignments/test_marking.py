"""Submissions are graded whatever was handed in: hostile ones, damaged ones, and strange ones beside honest ones."""

import contextlib
import copy
import html
import json
import os
import re
import shutil
import stat
import time
import zipfile
from pathlib import Path

import pytest
from answers import HIDDEN, ROOT, Assignment, Cell
from marking import batch, page, rows
from marking.judge import Judge

THETA = Assignment("theta")
RELEASE = json.loads(THETA.release.read_text(encoding="utf-8"))
RIGHT = {question.id: question.reference for question in THETA.questions.values()}


def notebook(**texts):
    """A release with these answers in it, and right ones for all other questions."""
    book = copy.deepcopy(RELEASE)
    for cell in book["cells"]:
        cell["source"] = {**RIGHT, **texts}.get(cell["id"], cell["source"])
    return book


def short(**texts):
    """A release with an answer to question 1 alone, which is graded fast, and these ones."""
    book = copy.deepcopy(RELEASE)
    for cell in book["cells"]:
        cell["source"] = {"q1": RIGHT["q1"], **texts}.get(cell["id"], cell["source"])
    return book


def hand_in(folder, **books):
    for student, book in books.items():
        text = book if isinstance(book, str) else json.dumps(book)
        (folder / f"{student}_theta.ipynb").write_text(text, encoding="utf-8")


def graded(folder, out, **settings):
    """The rows of a folder, by student and question."""
    told = []
    batch.grade("theta", folder, out, say=told.append, **{"limit": 60, "jobs": 2, **settings})
    found = {}
    for row in rows.Table(out).read():
        found.setdefault(row["student"], {})[row["question"]] = row
    return found


def points(own):
    return {question: float(row["points"]) for question, row in own.items() if row["points"]}


FULL = {question.id: question.points for question in THETA.questions.values()}
ONE = {**dict.fromkeys(FULL, 0), "q1": FULL["q1"]}  # the points of a short notebook
HOSTILE = {  # what stands above a right answer to question 1, and what becomes of its points
    "loop": ("while True:\n    pass\n", "stopped"),
    "fork": ("import os\nfor _ in range(12):\n    os.fork()\nos.setsid()\nimport time\ntime.sleep(60)\n", "stopped"),
    "memory": ("hog = bytearray(2**34)\n", "fails"),
    "kill": ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)\n", None),
    "exit": ("import os\nos._exit(0)\n", "lost"),
    "quit": ("import sys\nsys.exit()\n", "fails"),
    "input": ("input()\n", "fails"),
    "prints": ("for number in range(10**6):\n    print(number)\n", "right"),
    "numpy": ("np.array_equal = np.allclose = lambda *given, **named: True\nnp.abs = lambda value: 0\n", "right"),
    "checks": (
        "for _name in [*globals()]:\n    if _name.startswith('expect_'):\n"
        "        globals()[_name] = lambda *given, **named: None\n",
        "right",
    ),
    "leaves": ("import os, time\nif not os.fork():\n    os.setsid()\n    time.sleep(600)\n", None),
    "thread": ("import threading\nthreading.Thread(target=lambda: [0 for _ in iter(int, 1)]).start()\n", None),
}


WEEKLY = bool(os.environ.get("EVERY_ASSIGNMENT"))
if not WEEKLY:  # those that take the whole time limit run weekly, and one of them in a test of its own
    HOSTILE = {name: hostile for name, hostile in HOSTILE.items() if name not in ("loop", "fork", "thread", "prints")}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def hostile(place):
    folder = place / "submitted"
    folder.mkdir()
    reading = (
        f"import pathlib\nfor _path in [{str(THETA.path)!r}, {str(folder / 'a-honest_theta.ipynb')!r}]:\n"
        "    if 'BEGIN SOLUTION' in pathlib.Path(_path).read_text():\n        raise RuntimeError('it was read')\n"
    )
    writing = f"open({str(folder / 'a-honest_theta.ipynb')!r}, 'w').write('gone')\n"
    books = {name: notebook(q1=text + RIGHT["q1"]) for name, (text, _) in HOSTILE.items()}
    books |= {"reads": notebook(q1=reading + RIGHT["q1"]), "writes": notebook(q1=writing + RIGHT["q1"])}
    zeros = "def theta_shapes(sizes):\n    return 0\n"
    books |= {"a-honest": notebook(), "z-honest": notebook()}
    books |= {"forged": notebook(q1=HOSTILE["checks"][0] + HOSTILE["numpy"][0] + zeros)}
    hand_in(folder, **books)
    return graded(folder, place / "grades.csv", limit=20 if WEEKLY else 60)  # weekly, some take all of it


class TestHostile:
    """No submission changes another one's row, nor the rows of its own other questions."""

    @pytest.mark.long
    def test_the_honest_keep_their_points(self, hostile):
        assert points(hostile["a-honest"]) == FULL == points(hostile["z-honest"])

    @pytest.mark.long
    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_is_hostile_costs_its_own_question_alone(self, hostile, name):
        own, status = hostile[name], HOSTILE[name][1]
        assert {key: value for key, value in points(own).items() if key != "q1"} == {
            key: value for key, value in FULL.items() if key != "q1"
        }
        assert status is None or own["q1"]["status"] == status
        assert status not in ("stopped", "lost", "fails") or own["q1"]["points"] == "0" and own["q1"]["reason"]

    def test_the_references_are_not_to_be_read(self, hostile):
        if (
            "namespaces" not in hostile["reads"]["q1"]["isolation"]
            and "file" not in hostile["reads"]["q1"]["isolation"]
        ):
            pytest.skip("this machine has neither namespaces nor file rules")
        assert hostile["reads"]["q1"]["status"] == "fails" and "it was read" not in hostile["reads"]["q1"]["reason"]

    def test_nothing_is_written_into_the_folder(self, hostile, place):
        text = (place / "submitted" / "a-honest_theta.ipynb").read_text(encoding="utf-8")
        if hostile["writes"]["q1"]["isolation"] == "limits":
            pytest.skip("this machine has no isolation but limits")
        assert json.loads(text) and hostile["writes"]["q1"]["status"] == "fails"

    def test_patched_modules_and_checks_pass_no_test(self, hostile):
        assert points(hostile["forged"])["q1"] == 0

    def test_isolation_stands_in_each_row(self, hostile):
        assert all(row["isolation"].startswith("limits") for own in hostile.values() for row in own.values())

    def test_no_process_is_left(self, hostile):
        parents = _processes()
        stages = {number for number, (_, name) in parents.items() if b"marking.stage" in name and _own(number, parents)}
        assert stages and not [number for number in stages if parents[number][0] in stages]

    @pytest.mark.skipif(os.getpid() == 1, reason="what nobody waits for comes to the first process, which is this one")
    def test_no_process_is_nobody_s(self, hostile):
        """One whose parent another test has just ended has a moment; what has escaped sleeps for ten minutes."""
        for _ in range(600):
            left = [n for n, (parent, name) in _processes().items() if b"marking.stage" in name and parent == 1]
            if not left:
                return
            time.sleep(0.1)
        assert left == []


def _processes():
    """The parent and the command of each process of this machine, by its number."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            parent = path.read_bytes().rpartition(b")")[2].split()[1]  # its own name, before it, may be no text
            found[int(path.parent.name)] = int(parent), (path.parent / "cmdline").read_bytes()
    return found


def _own(number, parents):
    """Whether a process descends from this one."""
    while number in parents and number != os.getpid():
        number = parents[number][0]
    return number == os.getpid()


@pytest.mark.long
def test_an_endless_loop_costs_its_own_question_alone(tmp_path):
    (tmp_path / "in").mkdir()
    waits = "import time\nwhile True:\n    time.sleep(1)\n"  # and leaves the machine to other tests meanwhile
    hand_in(tmp_path / "in", a=short(q1=waits, q2=RIGHT["q2"]))
    own = graded(tmp_path / "in", tmp_path / "out.csv", limit=5, jobs=1)["a"]
    assert own["q1"]["status"] == "stopped" and points(own) == {**ONE, "q1": 0, "q2": FULL["q2"]}


def test_what_an_answer_forks_does_not_answer_beside_it(tmp_path):
    (tmp_path / "in").mkdir()
    hand_in(tmp_path / "in", a=short(q1="import os\nos.fork()\nos.fork()\n" + RIGHT["q1"], q2=RIGHT["q2"]))
    assert points(graded(tmp_path / "in", tmp_path / "out.csv", use=(), jobs=1)["a"]) == {**ONE, "q2": FULL["q2"]}


@pytest.mark.long
@pytest.mark.parametrize("measure, words", [("namespaces", "namespaces"), ("files", "rules")])
def test_each_measure_alone_keeps_the_references_and_the_folder_closed(tmp_path, measure, words):
    folder = tmp_path / "submitted"
    folder.mkdir()
    reading = f"READ = open({str(THETA.path)!r}).read()\n"
    writing = f"open({str(folder / 'new.ipynb')!r}, 'w').write('new')\n"
    hand_in(folder, a=notebook(q1=reading + RIGHT["q1"], q2=writing + RIGHT["q2"]))
    own = graded(folder, tmp_path / "out.csv", use=(measure,), jobs=1)["a"]
    if words not in own["q1"]["isolation"]:
        pytest.skip(f"this machine has no {measure}")
    assert own["q1"]["status"] == own["q2"]["status"] == "fails" and points(own)["q3"] == FULL["q3"]
    assert not (folder / "new.ipynb").exists()


@pytest.mark.long
def test_without_namespaces_and_file_rules_the_row_says_so(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    parent = "import os, signal\nos.kill(os.getppid(), signal.SIGTERM)\n"
    hand_in(folder, a=short(), b=short(q1=parent + RIGHT["q1"]), c=short())
    found = graded(folder, tmp_path / "out.csv", use=(), limit=10)
    assert points(found["a"]) == ONE == points(found["c"])
    assert "namespaces" not in found["a"]["q1"]["isolation"] and "file" not in found["a"]["q1"]["isolation"]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    place = tmp_path_factory.mktemp("odd")
    folder = place / "in"
    (folder / ".ipynb_checkpoints").mkdir(parents=True)
    good = json.dumps(short())
    hand_in(folder, good=good, empty="", corrupt='{"cells": [', list="[]", deep="[" * 10**5, mark="\ufeff" + good)
    hand_in(folder, foreign={"cells": [], "nbformat": 4}, old={"worksheets": [{"cells": []}], "nbformat": 3})
    (folder / "éß 学 (1)_theta.ipynb").write_text(good, encoding="utf-8")
    (folder / "=SUM(A1)_theta.ipynb").write_text(good, encoding="utf-8")
    (folder / "bytes_theta.ipynb").write_bytes(b"\xff\xfe\x00")
    (folder / "report.pdf").write_bytes(b"%PDF")
    (folder / ".ipynb_checkpoints" / "good_theta-checkpoint.ipynb").write_text(good, encoding="utf-8")
    (folder / "good_theta.ipynb~").write_text(good, encoding="utf-8")
    (folder / "link_theta.ipynb").symlink_to(THETA.path)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no more")
    with (folder / "huge_theta.ipynb").open("wb") as file:
        file.truncate(2**28)  # a hole, which takes no room on the disk
    os.mkfifo(folder / "pipe_theta.ipynb")
    with zipfile.ZipFile(folder / "moodle.zip", "w") as archive:
        archive.writestr("Jane Doe_12345_assignsubmission_file_theta.ipynb", good)
        archive.writestr("../../out_theta.ipynb", good)
        archive.writestr("Max Doe_12346_assignsubmission_file_theta.zip", b"PK")
        link = zipfile.ZipInfo("Ann Doe_12347_assignsubmission_file_theta.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(THETA.path))
    return graded(folder, place / "out.csv", jobs=1), rows.Table(place / "out.csv").read(), folder


class TestFolder:
    """Whatever lies in the folder is a row, and the rest goes on."""

    @pytest.mark.parametrize("student", ["good", "mark", "Jane_Doe", "SUM_A1", "éß_学_1"])
    def test_notebooks_are_graded(self, odd, student):
        assert points(odd[0][student]) == ONE

    @pytest.mark.parametrize(
        "place, word",
        {
            "empty_theta.ipynb": "empty", "corrupt_theta.ipynb": "damaged", "list_theta.ipynb": "no notebook",
            "old_theta.ipynb": "format 3", "../../out_theta.ipynb": "leads out",
            "deep_theta.ipynb": "not read", "foreign_theta.ipynb": "no question of", "bytes_theta.ipynb": "damaged",
            "report.pdf": ".pdf", ".ipynb_checkpoints/good_theta-checkpoint.ipynb": "editor", "broken.zip": "archive",
            "good_theta.ipynb~": "editor", "link_theta.ipynb": "link", "huge_theta.ipynb": "MB",
            "pipe_theta.ipynb": "no ordinary file",
            "Max Doe_12346_assignsubmission_file_theta.zip": "an archive within an archive",
            "Ann Doe_12347_assignsubmission_file_theta.ipynb": "it is a link",
        }.items(),
    )  # fmt: skip
    def test_everything_else_is_a_row_with_its_reason(self, odd, place, word):
        (own,) = [row for row in odd[1] if row["notebook"] == place]
        assert own["status"] == "not graded" and word in own["reason"] and not own["points"]

    def test_no_cell_is_a_formula(self, odd):
        assert not [value for row in odd[1] for value in row.values() if value.startswith(("=", "+", "-", "@"))]

    @pytest.mark.parametrize("sign", "=+-@")
    def test_a_text_that_begins_like_a_formula_is_none(self, sign):
        assert rows.safe(f"{sign}1+1") == f"'{sign}1+1" and rows.safe(f"1{sign}1") == f"1{sign}1"


class TestTable:
    def test_it_goes_on_where_it_was_stopped(self, tmp_path, monkeypatch):
        folder, out = tmp_path / "in", tmp_path / "out.csv"
        folder.mkdir()
        hand_in(folder, a=short(), b=short(), c=short())
        assert batch.grade("theta", folder, out, say=lambda text: None, jobs=2) == 3
        whole = out.read_text(encoding="utf-8")
        out.write_text(whole[: whole.index("\nc,") + 40], encoding="utf-8")  # stopped in the middle of a row
        assert batch.grade("theta", folder, out, say=lambda text: None, jobs=2) == 1
        assert out.read_text(encoding="utf-8") == whole
        hand_in(folder, b=short(q1="def theta_shapes(sizes):\n    return 0\n"))
        assert batch.grade("theta", folder, out, say=lambda text: None, jobs=2) == 1
        assert [row["points"] for row in rows.Table(out).read() if row["question"] == "q1"] == ["5", "0", "5"]

    def test_an_id_follows_what_else_lies_there_and_points_by_hand_are_put_aside(self, tmp_path):
        folder, out, told = tmp_path / "in", tmp_path / "out.csv", []
        for student in "ann", "bob":
            (folder / student).mkdir(parents=True)
        (folder / "ann" / "homework.ipynb").write_text(json.dumps(short()), encoding="utf-8")
        assert {*graded(folder, out, jobs=1)} == {"homework"}
        (folder / "bob" / "homework.ipynb").write_text(json.dumps(short()), encoding="utf-8")
        assert {*graded(folder, out, jobs=1)} == {"ann", "bob"}
        text = out.read_text(encoding="utf-8")
        read = [row | ({"points": "3"} if row["status"] == "to be read" else {}) for row in rows.Table(out).read()]
        rows.Table(out).write(read)
        assert rows.Table(out).read() == read and out.read_text(encoding="utf-8") != text
        (folder / "ann" / "homework.ipynb").rename(folder / "ann" / "another.ipynb")
        batch.grade("theta", folder, out, say=told.append, jobs=1)
        assert "points by hand" in told[0] and (tmp_path / "out.csv.before").is_file()

    def test_another_table_is_left_alone(self, tmp_path):
        (tmp_path / "out.csv").write_text("name,grade\nme,1\n", encoding="utf-8")
        with pytest.raises(ValueError, match="another table"):
            rows.Table(tmp_path / "out.csv").read()


class TestPages:
    def test_a_page_has_points_reasons_and_no_hidden_test(self, one_table, tmp_path):
        table, _ = one_table
        page.write_pages(table, "theta", tmp_path, "https://example.org/site/")
        text = (tmp_path / "wrong.html").read_text(encoding="utf-8")
        plain = html.unescape(text)
        lost = sum(FULL[question] for question in ("q1", "q2", "q4"))
        assert f"{78 - lost:g} of 78 points by tests" in text
        assert "is 3 at index (0, 1): expected 4" in plain and "one column too narrow" in plain
        assert 'href="https://example.org/site/book/theta_matrices.html"' in text
        for question in THETA.questions.values():
            for test in question.tests:
                for line in HIDDEN.search(test.source)[1].splitlines():
                    assert len(line.strip()) < 20 or line.strip() not in plain
        assert "<b>x</b>" not in text and "<b>x</b>" in plain

    def test_points_that_a_teacher_has_written_are_kept_and_shown(self, tmp_path):
        folder, out = tmp_path / "in", tmp_path / "out.csv"
        folder.mkdir()
        hand_in(folder, a=notebook())
        batch.grade("theta", folder, out, say=lambda text: None, jobs=1)
        text = out.read_text(encoding="utf-8").replace(",w1,,12,", ",w1,10.5,12,")
        out.write_text(text, encoding="utf-8")
        assert batch.grade("theta", folder, out, say=lambda text: None, jobs=1) == 0
        assert out.read_text(encoding="utf-8") == text
        page.write_pages(rows.Table(out).read(), "theta", tmp_path)
        assert "78 of 78 points by tests, 10.5 of 12 points by hand" in (tmp_path / "a.html").read_text("utf-8")

    def test_points_by_hand_stay_where_the_tests_change_and_not_where_the_notebook_does(self, tmp_path, monkeypatch):
        folder, out = tmp_path / "in", tmp_path / "out.csv"
        folder.mkdir()
        hand_in(folder, a=short(), b=short())
        batch.grade("theta", folder, out, say=lambda text: None, jobs=1)
        out.write_text(out.read_text(encoding="utf-8").replace(",w1,,12,", ",w1,10.5,12,"), encoding="utf-8")
        tests, hand_in_again = batch.mark, short(q2=RIGHT["q2"])
        monkeypatch.setattr(batch, "mark", lambda paper, of: tests(paper, of + "changed"))
        hand_in(folder, b=hand_in_again)
        assert batch.grade("theta", folder, out, say=lambda text: None, jobs=1) == 2
        found = rows.Table(out).read()
        assert {row["student"]: row["points"] for row in found if row["question"] == "w1"} == {"a": "10.5", "b": ""}
        assert len(found) == len({(row["student"], row["question"]) for row in found})

    def test_only_the_book_is_linked_and_nothing_is_loaded(self, one_table, tmp_path):
        page.write_pages(one_table[0], "theta", tmp_path)
        text = (tmp_path / "wrong.html").read_text(encoding="utf-8")
        assert set(re.findall(r"""(?:href|src|url)\W+([^"')]+)""", text)) == {
            "book/theta_matrices.html",
            "none",
            "unsafe-inline",
        }
        assert "default-src 'none'" in text and "prefers-color-scheme: dark" in text and '<html lang="en">' in text

    def test_what_only_hidden_tests_find_keeps_their_numbers_back(self, one_table):
        (row,) = [row for row in one_table[0] if row["question"] == "q2"]
        assert "unroll for sizes" in row["reason"] and "unroll for sizes" not in row["for_student"]
        assert rows.KEPT_BACK in row["for_student"] and "the matrix comes to its end" in row["for_student"]

    @pytest.mark.parametrize("name", page.CHAPTERS)
    def test_chapters_are_there(self, name):
        questions = Assignment(name).questions
        for question, chapter in page.CHAPTERS[name].items():
            assert (ROOT / "book" / f"{chapter}.ipynb").exists() and (not question or question in questions)

    @pytest.mark.parametrize("name", page.CHAPTERS)
    def test_a_chapter_treats_what_the_question_asks(self, name):
        words = SUBJECTS[name]
        assert words.keys() == Assignment(name).questions.keys()
        for question, word in words.items():
            chapter = page.chapter_of(name, question)
            cells = json.loads((ROOT / "book" / f"{chapter}.ipynb").read_text(encoding="utf-8"))["cells"]
            assert any(word in "".join(cell["source"]) for cell in cells), (question, chapter, word)


SUBJECTS = {  # what has to stand in the chapter to which a question leads, word for word
    "chain_rule": {
        "q1": "## One unit, three knobs", "q2": "def forward(", "q3": "## BP1", "q4": "## BP2", "q5": "## BP3 and BP4",
        "q6": "every path", "q7": "## Many samples: rows instead of columns", "q8": "changes the output weights first",
        "q9": "## Stable from the logits",
    },
    "theta": {
        "q1": "## One matrix per layer", "q2": "## Rolled and unrolled", "q3": "## Rolled and unrolled",
        "q4": "## Labels that vanish", "q5": "## One matrix per layer", "q6": "## A cost that a pencil can check",
        "q7": "## Sample by sample, or all at once", "q8": "## Two difference quotients",
        "q9": "## How far apart is too far?",
    },
    "digits": {
        "q1": "those of the training rows", "q2": "## Five curves and their slopes", "q3": "## Stable from the logits",
        "q4": "{cite}`glorot2010`", "q5": "order = rng.permutation(len(X))", "q6": "## Room 3: slopes",
        "q7": "σ′ is taken of the activation", "q8": "The penalty pulls at the biases too",
        "q9": "Hidden deltas from weights that have moved already", "q10": "## Weights in and out",
        "q11": "## Which cost: Andrew Ng's, with alpha for λ",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def one_table(tmp_path_factory):
    """The table of one student with three wrong answers, one of them found by hidden tests alone."""
    place = tmp_path_factory.mktemp("one")
    (place / "in").mkdir()
    two = "def unroll(T):\n    return np.concatenate([t.ravel() for t in (T[1:] if len(T) < 5 else T[:0:-1])])\n"
    four = "def one_hot(labels, classes):\n    raise ValueError('<b>x</b>')\n"
    one = (THETA.known / "wrong" / "theta" / "q1-bias-column-forgotten.py").read_text(encoding="utf-8")
    hand_in(place / "in", wrong=notebook(q1=one, q2=two, q4=four))
    batch.grade("theta", place / "in", place / "out.csv", say=lambda text: None, jobs=1)
    return rows.Table(place / "out.csv").read(), place


JUPYTER = {  # what a notebook understands and Python does not, or only with IPython at hand
    "q1": "import asyncio\nawait asyncio.sleep(0)\n",
    "q4": "%%time\n%matplotlib inline\n!pip install numpy\nnp.sum?\n?np.sum\nif True:\n    %time 1\n",
    "q5": "display(np.ones(2))\nget_ipython().run_line_magic('matplotlib', 'inline')\n",
}


def test_what_jupyter_understands_costs_nothing_and_an_error_its_own_question_alone(tmp_path):
    """The doctor is asked about question 7, and has to stand whatever a gradient raises."""
    (tmp_path / "in").mkdir()
    raises = "def gradient(Theta, A, Y, lam, n):\n    return nothing_of_this_name\n"
    hand_in(tmp_path / "in", a=notebook(**{key: text + RIGHT[key] for key, text in JUPYTER.items()}, q7=raises))
    assert points(graded(tmp_path / "in", tmp_path / "out.csv", jobs=1)["a"]) == {**FULL, "q7": 0}


@pytest.mark.long
def test_a_teachers_own_tests_count(tmp_path):
    """The sources alone suffice, in the folder of the class too, as a container sees them."""
    import assignments

    (tmp_path / "course" / "overlay" / "theta").mkdir(parents=True)
    own = 'expect_close("the count for (9, 9)", theta_shapes((9, 9))[1], 90, "an own hint")\n'
    (tmp_path / "course" / "overlay" / "theta" / "q1-test.py").write_text(own, encoding="utf-8")
    list(assignments.course(tmp_path / "course", ["theta"]))
    place = tmp_path / "class"
    shutil.copytree(tmp_path / "course" / "source", place / "course" / "source")
    (place / "in").mkdir()
    nine = (
        RIGHT["q1"] + "\n_right = theta_shapes\ndef theta_shapes(s):\n    return _right(s if s != (9, 9) else (1, 1))\n"
    )
    hand_in(place / "in", a=short(), b=short(q1=nine, q2=RIGHT["q2"]))
    found = graded(place / "in", place / "out.csv", course=place / "course", jobs=1)
    assert points(found["a"]) == ONE and found["b"]["q1"]["points"] == "0" and points(found["b"])["q2"] == 5
    assert "the count for (9, 9)" in found["b"]["q1"]["reason"]
    assert "an own hint" not in found["b"]["q1"]["for_student"] and "(9, 9)" not in found["b"]["q1"]["for_student"]


@pytest.mark.parametrize("name", ["theta", "chain_rule", "digits"])
def test_stored_answers_get_the_verdicts_of_the_fast_grader(name):
    """Right answers keep all points; wrong ones lose points of their own question alone, and are named."""
    if name != "chain_rule" and not WEEKLY:
        pytest.skip("one assignment on a push, and all three where EVERY_ASSIGNMENT=1, as the weekly workflow does")
    assignment, judge = Assignment(name), Judge(Assignment(name), limit=60)
    full = {question.id: question.points for question in assignment.questions.values()}
    try:
        for kind in ("right", "wrong"):
            left, turns = assignment.answers(kind), 0
            while left and (WEEKLY or turns < 2):
                turns += 1  # one answer to each question at a time; two for each on a push
                turn = {answer.question: answer for answer in left}
                left = [answer for answer in left if answer not in turn.values()]
                sources = {question: answer.source for question, answer in turn.items()}
                cells = [
                    Cell(cell.id, cell.kind, sources.get(cell.name, cell.source), cell.grading)
                    for cell in assignment.cells
                ]
                marks, _, _ = judge.grade(cells)
                for question, answer in turn.items():
                    verdict = marks[question].verdict
                    assert (verdict.points == full[question]) == (kind == "right"), answer.path
                    assert kind == "right" or answer.text in marks[question].mistakes, answer.path
    finally:
        judge.close()
