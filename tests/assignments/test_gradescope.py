"""Where others grade, at Gradescope and in a container: the files, the results, and what answers can read there."""

import csv
import json
import os
import re
import shutil
import site
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from answers import ROOT, Assignment
from marking import gradescope

THETA = Assignment("theta")
RIGHT = {question.id: question.reference for question in THETA.questions.values()}
REFERENCE = "book/assignments/source/theta/theta.ipynb"
SOMEBODY = 61000  # an account that is not root
READING = """\
import pathlib
try:
    _text = pathlib.Path({path!r}).read_text()
except OSError:
    _text = ""
if _text:
    raise RuntimeError("it was read")
"""
AS_IN_A_CONTAINER = [  # the rights of root in a container that Docker has started as it does by itself
    "setpriv",
    "--bounding-set",
    "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,"
    "+mknod,+audit_write,+setfcap",
]


def notebook(**texts):
    book = json.loads(THETA.release.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["source"] = {**RIGHT, **texts}.get(cell["id"], cell["source"])
    return json.dumps(book)


@pytest.fixture(scope="module")
def outside():
    """A folder that every account can come to, as pytest's own cannot be."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.fixture(scope="module")
def python(outside):
    """A Python that every account can read, as /opt/grading is: this one, or the system's with this one's packages."""
    if all(path.stat().st_mode & stat.S_IXOTH for path in Path(os.__file__).resolve().parents):
        return sys.executable
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for folder in ("/usr/bin", "/usr/local/bin"):
        if (Path(folder) / version).exists():
            subprocess.run([Path(folder) / version, "-m", "venv", "--without-pip", outside / "venv"], check=True)
            (packages,) = (outside / "venv" / "lib").glob("*/site-packages")
            own = [path for path in site.getsitepackages() if Path(path).is_dir()]
            (packages / "own.pth").write_text("".join(f"{path}\n" for path in own))
            return str(outside / "venv" / "bin" / "python")
    pytest.skip("this Python lies in a folder that other accounts cannot read, and there is no other of its version")


@pytest.fixture
def autograder(outside, request):
    """The folder /autograder, as Gradescope makes it, elsewhere."""
    place = outside / re.sub(r"\W", "-", request.node.name) / "autograder"
    for folder in ("source", "submission", "results"):
        (place / folder).mkdir(parents=True)
    gradescope.pack("theta", place.parent / "theta.zip")
    with zipfile.ZipFile(place.parent / "theta.zip") as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, place / "source"))
            path.chmod(entry.external_attr >> 16 & 0o777)
    shutil.copy2(place / "source" / "run_autograder", place / "run_autograder")
    return place


def run(place, python, before=(), **more):
    """results.json after a run of run_autograder, with the commands ``before`` in front of it."""
    grading = place.parent / "opt"
    if not grading.exists():
        (grading / "bin").mkdir(parents=True)
        (grading / "bin" / "python").write_text(f'#!/bin/sh\nexec "{python}" "$@"\n')
        (grading / "bin" / "python").chmod(0o755)
    told = subprocess.run(
        [*before, place / "run_autograder"],
        env={**os.environ, "AUTOGRADER": str(place), "GRADING": str(grading), "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        cwd=place,
        **more,
    )
    assert told.returncode == 0, told.stderr
    return json.loads((place / "results" / "results.json").read_text(encoding="utf-8")), told.stdout


def test_the_archive_has_what_gradescope_asks_for(tmp_path):
    gradescope.pack("theta", tmp_path / "theta.zip")
    with zipfile.ZipFile(tmp_path / "theta.zip") as archive:
        rights = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in archive.infolist()}
        for name in ("setup.sh", "run_autograder"):
            assert rights[name] == 0o755 and archive.read(name).startswith(b"#!/usr/bin/env bash\n")
            subprocess.run(["bash", "-n"], input=archive.read(name), check=True)
        assert archive.read("requirements.txt").decode().startswith("numpy==")
        assert b"/autograder" in archive.read("run_autograder")
    assert not [name for name in rights if "digits" in name or name.endswith(".js")]


@pytest.mark.long
def test_points_reasons_and_what_stays_hidden(autograder, python):
    wrong = {
        name: (THETA.known / "wrong" / "theta" / f"{name}.py").read_text(encoding="utf-8")
        for name in ("q1-bias-column-forgotten", "q7-bias-mean-missing")
    }
    two = "def unroll(T):\n    return np.concatenate([t.ravel() for t in (T[1:] if len(T) < 5 else T[:0:-1])])\n"
    answers = {name.partition("-")[0]: text for name, text in wrong.items()}
    (autograder / "submission" / "theta.ipynb").write_text(notebook(q2=two, **answers), encoding="utf-8")
    result, told = run(autograder, python)
    tests = {test["number"]: test for test in result["tests"]}
    assert list(tests) == [str(number) for number in range(1, 10)] and result["stdout_visibility"] == "hidden"
    assert sum(test["max_score"] for test in tests.values()) == 78
    assert (tests["1"]["score"], tests["2"]["score"], tests["3"]["score"]) == (0, 0, 7) and 0 < tests["7"]["score"] < 16
    assert tests["3"]["status"] == "passed" and tests["7"]["status"] == "failed"
    assert "expected 4" in tests["1"]["output"] and "one column too narrow" in tests["1"]["output"]
    assert "unroll for sizes" not in tests["2"]["output"] and "unroll for sizes" in told
    assert "w1: 12 points" in result["output"]
    assert all(test["visibility"] == "visible" for test in tests.values())


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another account")
def test_with_the_rights_of_a_container_answers_read_no_reference(autograder, python):
    if not shutil.which("setpriv"):
        pytest.skip("setpriv, of util-linux, is not there")
    book = notebook(q1=READING.format(path=str(autograder / "source" / REFERENCE)) + RIGHT["q1"])
    (autograder / "submission" / "theta.ipynb").write_text(book, encoding="utf-8")
    result, _ = run(autograder, python, AS_IN_A_CONTAINER)
    force = result["extra_data"]["isolation"]
    assert "account" in force and "namespaces" not in force
    assert result["tests"][0]["score"] == 5, result["tests"][0]["output"]


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another account")
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_the_account_alone_keeps_references_from_answers(autograder, python, closed, monkeypatch):
    """Without namespaces and file rules it is the rights of the files that count: with them points, else none."""
    book = notebook(q1=READING.format(path=str(autograder / "source" / REFERENCE)) + RIGHT["q1"])
    (autograder / "submission" / "theta.ipynb").write_text(book, encoding="utf-8")
    script = autograder / "run_autograder"
    text = script.read_text().replace("-m marking.gradescope theta", "-c '" + ALONE + "'").replace(" visible", "")
    script.write_text(text if closed else text.replace("chmod -R go-rwx", "chmod -R go+rX"))
    result, _ = run(autograder, python)
    if closed:
        assert result["extra_data"]["isolation"] == "limits, account"
        assert result["tests"][0]["score"] == 5, result["tests"][0]["output"]
    else:
        assert "tests" not in result and "score" not in result and "Not graded" in result["output"]


ALONE = 'import sys; from marking import gradescope; gradescope.run("theta", sys.argv[1], use=())'


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can start it as somebody else")
def test_without_root(autograder, python):
    (autograder / "submission" / "theta.ipynb").write_text(notebook(), encoding="utf-8")
    for path in [autograder, *autograder.rglob("*")]:
        os.chown(path, SOMEBODY, SOMEBODY)
    result, _ = run(autograder, python, user=SOMEBODY, group=SOMEBODY, extra_groups=[])
    if "tests" in result:
        assert sum(test["score"] for test in result["tests"]) == 78
        assert "account" not in result["extra_data"]["isolation"]
    else:  # a machine that gives neither namespaces nor file rules
        assert "Not graded" in result["output"]
        pytest.skip("this machine gives an ordinary account neither namespaces nor file rules")


@pytest.mark.parametrize(
    "files, words",
    [
        ({}, "nothing was handed in"),
        ({"theta.ipynb": ""}, "empty"),
        ({"report.pdf": "%PDF"}, ".pdf"),
        ({"a.ipynb": "{}", "b.ipynb": "{}"}, "Several notebooks"),
        ({"theta.ipynb": "no"}, "damaged"),
    ],
    ids=["nothing", "empty", "pdf", "several", "damaged"],
)
def test_what_cannot_be_graded_gets_a_reason(files, words, tmp_path):
    (tmp_path / "submission").mkdir()
    for name, text in files.items():
        (tmp_path / "submission" / name).write_text(text)
    gradescope.run("theta", tmp_path)
    result = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert result["score"] == 0 and words in result["output"]


@pytest.mark.skipif(not os.environ.get("EVERY_ASSIGNMENT"), reason="it installs packages: EVERY_ASSIGNMENT=1 does it")
@pytest.mark.parametrize("name", ["theta", "chain_rule", "digits"])
def test_the_set_up_installs_all_that_is_needed(name, tmp_path):
    """In a fresh environment, with nothing but what setup.sh has installed."""
    gradescope.pack(name, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(tmp_path / "source")
    (tmp_path / "submission").mkdir()
    shutil.copy(Assignment(name).path, tmp_path / "submission" / f"{name}.ipynb")
    environment = {**os.environ, "GRADING": str(tmp_path / "opt"), "AUTOGRADER": str(tmp_path), "PYTHONPATH": ""}
    for script in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", tmp_path / "source" / script], env=environment, check=True)
    result = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert sum(test["score"] for test in result["tests"]) == 78, result


def steps():
    """The instructions of the Dockerfile, as pairs (word, rest)."""
    text = (ROOT / "assignments" / "Dockerfile").read_text(encoding="utf-8")
    return [tuple(line.split(" ", 1)) for line in text.splitlines() if line and not line.startswith("#")]


def test_the_containers_file_copies_what_is_there():
    words = [word for word, _ in steps()]
    assert words[0] == "FROM" and words[-1] == "ENTRYPOINT"
    for word, rest in steps():
        if word == "COPY":
            source, target = rest.split()
            assert (ROOT / source).exists() and target.startswith("/book/")


@pytest.mark.skipif(not os.environ.get("EVERY_ASSIGNMENT"), reason="it installs packages: EVERY_ASSIGNMENT=1 does it")
def test_the_containers_steps_run(outside, python):
    """What the Dockerfile does, done in a folder, and its command with the rights that a container has."""
    tmp_path = outside / "container"
    subprocess.run([Path(python).resolve(), "-m", "venv", tmp_path / "venv"], check=True)
    own = {**os.environ, "PATH": f"{tmp_path / 'venv' / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": ""}
    for word, rest in steps():
        rest = rest.replace("/book", str(tmp_path / "book"))
        if word == "COPY":
            source, target = rest.split()
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, target)
            else:
                Path(target).mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, target)
        elif word == "RUN":
            subprocess.run(rest, shell=True, check=True, env=own)
    place = tmp_path / "book" / "class"
    (place / "submissions").mkdir()
    reading = READING.format(path=str(tmp_path / "book" / "assignments" / "source" / "theta" / "theta.ipynb"))
    (place / "submissions" / "a_theta.ipynb").write_text(notebook(q1=reading + RIGHT["q1"]), encoding="utf-8")
    command = json.loads(dict(steps())["ENTRYPOINT"].replace("/book", str(tmp_path / "book")))
    before = AS_IN_A_CONTAINER if os.geteuid() == 0 and shutil.which("setpriv") else []
    given = ["theta", "submissions", "grades.csv", "--html", "pages"]
    subprocess.run([*before, *command, *given], cwd=place, check=True, env=own)
    with (place / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert sum(float(row["points"] or 0) for row in found) == 78, found
    assert not before or "account" in found[0]["isolation"]
    assert (place / "pages" / "a.html").exists()
