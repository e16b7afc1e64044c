"""A notebook that lies, hides or lasts costs its own points, and never the grader's process or another notebook."""

import json
import socket
import subprocess
import sys
import threading
import time

import pytest
from answers import Assignment
from marking import judge, page, papers, parts, stage, wire
from marking.judge import Judge

RIGHT = {name: {q.id: q.reference for q in Assignment(name).questions.values()} for name in ("theta", "chain_rule")}


@pytest.fixture(scope="module")
def judges():
    made = {name: Judge(Assignment(name), limit=60) for name in RIGHT}
    yield made
    for each in made.values():
        each.close()


def marks(judges, name="theta", own=(), **texts):
    """The marks by question, and the faults by cell, of a release with these answers and with cells of one's own."""
    assignment = Assignment(name)
    book = json.loads(assignment.release.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["source"] = {**RIGHT[name], **texts}.get(cell["id"], cell["source"])
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"][1:1] = [{**code, "id": f"mine-{place}", "source": text} for place, text in enumerate(own)]
    cells, _ = papers.cells_of(json.dumps(book).encode(), assignment)
    found, faults, _ = judges[name].grade(cells)
    return found, faults


def full(found, name="theta", but=()):
    questions = Assignment(name).questions.values()
    return all(found[q.id].verdict.points == q.points for q in questions if q.id not in but)


@pytest.mark.long
def test_the_cell_with_the_id_ends_nothing(judges):
    text = 'STUDENT = "s1"\nimport warnings, os\nwarnings.catch_warnings = lambda *a, **k: os._exit(0)\n'
    _, faults = marks(judges, student=text)
    assert judge.DIED in faults["student"]


@pytest.mark.long
def test_an_error_that_cannot_be_shown_is_an_error(judges):
    text = (
        "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\n\n"
        "def theta_shapes(sizes):\n    raise Odd\n"
    )
    found, _ = marks(judges, q1=text)
    assert {lost.stage for lost in found["q1"].verdict.lost} == {"visible"} and full(found, but=("q1",))


@pytest.mark.long
def test_words_among_numbers_cost_their_own_question(judges):
    function = Assignment("chain_rule").questions["q6"].function
    text = f"{RIGHT['chain_rule']['q6']}\n_right = {function}\n\n"
    text += f"def {function}(*given):\n    return ['a word', *_right(*given)[1:]]\n"
    found, _ = marks(judges, "chain_rule", q6=text)
    assert found["q6"].verdict.points == 0 and full(found, "chain_rule", but=("q6",))


def test_an_error_is_no_tree():
    assert parts.tree(["3 parts"]) == "3 parts"


@pytest.mark.long
def test_cells_of_one_s_own_have_a_time_together(judges, monkeypatch):
    monkeypatch.setattr(judge, "OWN", 0)
    found, faults = marks(judges, own=["1 + 1"])
    assert full(found) and [text for text in faults.values() if "used up" in text] == list(faults.values()) != []


@pytest.mark.long
def test_a_cell_that_is_run_again_is_counted_once(judges, monkeypatch):
    """Answers without an end are given up one by one, and the notebook is run anew after each."""
    monkeypatch.setattr(judge, "OWN", 0.02)  # of 60 seconds
    slow = "import time\ntime.sleep(0.5)\nhelps = 1"
    text = "def theta_shapes(sizes):\n    import os\n    os._exit(0)\n"
    found, faults = marks(judges, own=[slow], q1=text, q2=text.replace("theta_shapes", "unknown") + "unknown(1)\n")
    assert not [fault for fault in faults.values() if "used up" in fault] and full(found, but=("q1", "q2"))


@pytest.mark.long
def test_the_environment_of_the_grader_is_not_to_be_read(monkeypatch):
    monkeypatch.setenv("TOKEN_OF_THE_TEACHER", "secret")
    text = (
        "import pathlib\nif 'TOKEN_OF' in pathlib.Path('/proc/self/environ').read_text(errors='replace'):\n"
        "    raise RuntimeError('it was read')\n"
    )
    alone = {"theta": Judge(Assignment("theta"), limit=60, use=())}  # with no rules that keep files closed
    try:
        found, faults = marks(alone, own=[text])
    finally:
        alone["theta"].close()
    assert not [fault for fault in faults.values() if "it was read" in fault] and full(found)


@pytest.mark.skipif(sys.platform != "linux", reason="names of processes are those of Linux")
def test_a_process_with_a_name_that_is_no_text_is_a_child():
    named = "import ctypes, time\nctypes.CDLL(None).prctl(15, b'\\xff\\xfe', 0, 0, 0)\n"
    named += "print('named', flush=True)\ntime.sleep(60)\n"
    with subprocess.Popen([sys.executable, "-c", named], stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout.readline().strip() == b"named"
            assert child.pid in stage.children()
        finally:
            child.kill()


def test_a_message_that_nobody_reads_is_given_up():
    here, there = socket.socketpair()
    with here, there, pytest.raises(wire.Late):
        deadline = time.monotonic() + 0.2
        for _ in range(1000):
            wire.send(here, {"text": "x" * 10**5}, deadline)


def test_a_message_that_is_too_large_is_told_from_an_end():
    here, there = socket.socketpair()
    with here, there:
        threading.Thread(target=there.sendall, args=(b"\xff" * 8,)).start()
        with pytest.raises(wire.TooLarge, match="MB"):
            wire.receive(here)
    assert issubclass(wire.TooLarge, wire.Closed)


def test_pages_of_names_that_differ_in_case_are_two(tmp_path):
    row = {"question": "q1", "points": "1", "possible": "1", "status": "right", "reason": "", "mistake": ""}
    row |= {"for_student": "", "mended": "", "isolation": "", "notebook": "", "fingerprint": ""}
    students = "Ann", "ann", "ann-2"
    assert page.write_pages([row | {"student": student} for student in students], "theta", tmp_path) == 3
    assert len({path.name.casefold() for path in tmp_path.iterdir()}) == 3
