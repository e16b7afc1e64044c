"""The releases run in an environment like Colab's: a fresh one, with three packages, and without this repository."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from answers import Assignment, names
from nbclient import NotebookClient

pytestmark = pytest.mark.skipif(
    not os.environ.get("EVERY_ASSIGNMENT"),
    reason="it makes an environment: EVERY_ASSIGNMENT=1 does it, as the weekly workflow does",
)
MORE = {"digits": ["scikit-learn"]}  # which Colab has, too


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A new environment with NumPy, Matplotlib and a kernel, in which nothing of this book is found."""
    place = tmp_path_factory.mktemp("colab")
    subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
    python = place / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "numpy", "matplotlib", "ipykernel"], check=True)
    subprocess.run([python, "-m", "ipykernel", "install", "--prefix", place, "--name", "fresh"], check=True)
    return place, python


def run(name, answers, environment, tmp_path, monkeypatch):
    """The errors of a release's cells with these answers in it, by cell, and the outputs; nothing may be written."""
    place, python = environment
    if name in MORE:
        subprocess.run([python, "-m", "pip", "install", "--quiet", *MORE[name]], check=True)
    monkeypatch.setenv("JUPYTER_PATH", str(place / "share" / "jupyter"))
    shutil.copy(Assignment(name).release, tmp_path / "downloaded.ipynb")
    book = nbformat.read(tmp_path / "downloaded.ipynb", as_version=4)
    (tmp_path / "downloaded.ipynb").unlink()
    for cell in book.cells:
        cell.source = answers.get(cell.id, cell.source)
    own = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONSTARTUP")}
    client = NotebookClient(
        book, kernel_name="fresh", allow_errors=True, timeout=300, resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute(env={**own, "HOME": str(tmp_path / "home")})
    made = [path for path in tmp_path.iterdir() if path.name != "home"]
    assert not made, made
    outputs = {cell.id: cell.get("outputs", []) for cell in book.cells}
    return {
        cell: output
        for cell, many in outputs.items()
        for output in many
        if output.output_type == "error" or output.get("name") == "stderr"
    }


@pytest.mark.parametrize("name", names())
def test_with_the_references_no_cell_fails(name, environment, tmp_path, monkeypatch):
    answers = {question.id: question.reference for question in Assignment(name).questions.values()}
    assert run(name, answers, environment, tmp_path, monkeypatch) == {}


@pytest.mark.parametrize("name", names())
def test_blank_only_what_needs_answers_fails_and_says_so(name, environment, tmp_path, monkeypatch):
    failed = run(name, {}, environment, tmp_path, monkeypatch)
    assignment = Assignment(name)
    tests = {test.name for question in assignment.questions.values() for test in question.tests}
    assert tests <= failed.keys()
    asked = {question.function for question in assignment.questions.values()}
    for cell in assignment.cells:
        if cell.name in failed:
            output = failed[cell.name]
            assert output.ename == "NotImplementedError" or cell.name not in tests and "first" in output.evalue, output
            assert cell.name in tests or any(function in cell.source for function in asked) or "run_with" in cell.source
