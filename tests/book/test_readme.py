"""What README.md promises is counted again, and not far below what there is."""

import importlib
import re

import pytest
from equations.registry import EQUATIONS
from text import NOTEBOOKS, ROOT, read

from bpcore.clinic.defects import DEFECTS

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROMISED = {what: int(number) for number, what in re.findall(r"^\| (\d+) \| ([^|]+) \|", README, re.MULTILINE)}


def counted():
    """The same counts, made from what the tests run over."""
    for file in sorted((ROOT / "tests" / "equations").glob("*.py")):
        if file.stem != "__init__":
            importlib.import_module(f"equations.{file.stem}")
    return {
        "labelled equations": len(EQUATIONS),
        "mistakes of one symbol in them": sum(len(entry.mutants) for entry in EQUATIONS.values()),
        "code cells of the chapters": sum(
            cell["cell_type"] == "code" for path in NOTEBOOKS for cell in read(path)["cells"]
        ),
        "defects of a gradient": sum(bool(defect.gradient) for defect in DEFECTS.values()),
        "wrong answers to the assignments": len(list((ROOT / "assignments" / "wrong").rglob("*.py"))),
    }


def test_every_figure_is_counted():
    assert PROMISED and set(PROMISED) == set(counted())


@pytest.mark.parametrize("what", PROMISED)
def test_a_figure_is_true_and_fresh(what):
    assert PROMISED[what] < counted()[what] < 1.3 * PROMISED[what]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_files_and_folders_that_a_page_names_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"\]\(([^):#]+)\)", text)
    named += re.findall(r"`((?:book|bpcore|tests|scripts|benchmarks|assignments|\.github|\.ci)/[\w./-]*)`", text)
    assert named and [name for name in named if not (ROOT / name).exists()] == []
