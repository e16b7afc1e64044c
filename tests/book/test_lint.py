"""Code is formatted and free of what a linter finds, and no text holds a common misspelling."""

import subprocess
import sys

from text import NOTEBOOKS, ROOT, read, source

SOURCES = sorted((ROOT / "assignments" / "source").glob("*/*.ipynb"))


def run(*command, **options):
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", **options
    )


def test_the_linter_finds_nothing():
    done = run("ruff", "check", "--output-format", "concise", ".")
    assert done.returncode == 0, done.stdout + done.stderr


def test_code_is_formatted():
    done = run("ruff", "format", "--check", ".")
    assert done.returncode == 0, done.stdout + done.stderr + "\nruff format . mends it"


def test_cells_are_formatted():
    """At the width that a page shows."""
    done = run("ruff", "format", "--check", "--line-length", "80", *map(str, NOTEBOOKS))
    assert done.returncode == 0, done.stdout + done.stderr + "\nruff format --line-length 80 book/*.ipynb mends it"


def test_files_are_spelt_right():
    done = run("codespell_lib")
    assert done.returncode == 0, done.stdout + done.stderr


def test_notebooks_are_spelt_right(tmp_path):
    """Their sources alone: a stored picture is no text."""
    for path in [*NOTEBOOKS, *SOURCES]:
        text = "\n".join(source(cell) for cell in read(path)["cells"])
        (tmp_path / f"{path.stem}.md").write_text(text, encoding="utf-8")
    done = run("codespell_lib", "--toml", str(ROOT / "pyproject.toml"), str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_misspelling_is_found(tmp_path):
    (tmp_path / "page.md").write_text("The gradient is rec" + "ieved.", encoding="utf-8")
    assert run("codespell_lib", "--toml", str(ROOT / "pyproject.toml"), str(tmp_path)).returncode
