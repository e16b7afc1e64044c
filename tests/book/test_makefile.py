"""What make says and does about the Python that it is given, in a folder of its own with Pythons that only tell their
version.
"""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PATH = "/usr/bin:/bin"
needs_make = pytest.mark.skipif(not shutil.which("make", path=PATH), reason=f"there is no make in {PATH}")

PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) exit {fits} ;;
  *platform*) echo {version} ;;
  *--version*) echo Python {version} ;;
  *venv*) echo made >> made ;;
esac
"""


@pytest.fixture
def folder(tmp_path):
    for name in "Makefile", "pyproject.toml", "requirements.txt":
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def python(path, version, fits=True):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PYTHON.format(version=version, fits=0 if fits else 1), encoding="utf-8")
    path.chmod(0o755)
    return path


def make(folder, *arguments, path=PATH):
    done = subprocess.run(
        ["make", *arguments], cwd=folder, capture_output=True, text=True, env={"PATH": path, "HOME": str(folder)}
    )
    return done.returncode, done.stdout + done.stderr


@needs_make
def test_another_python_than_that_of_the_environment_stops_make(folder):
    python(folder / ".venv/bin/python", "3.11.7")
    other = python(folder / "python3.13", "3.13.1")
    for options in [], ["-n"]:
        code, said = make(folder, *options, f"PYTHON={other}", "test")
        assert code and "3.11.7" in said and "3.13.1" in said and "make clean-venv" in said


@needs_make
def test_the_same_python_is_accepted(folder):
    python(folder / ".venv/bin/python", "3.11.7")
    same = python(folder / "python3.11", "3.11.7")
    code, said = make(folder, "-n", f"PYTHON={same}", "test")
    assert code == 0 and "-m pytest" in said


@needs_make
def test_a_python_that_is_none_stops_make(folder):
    python(folder / ".venv/bin/python", "3.11.7")
    code, said = make(folder, "-n", "PYTHON=/nonexistent/python3.13", "test")
    assert code and "PYTHON=/nonexistent/python3.13 is not a Python that runs" in said


@needs_make
def test_the_environment_can_be_deleted_whatever_its_python(folder):
    python(folder / ".venv/bin/python", "3.11.7")
    code, _ = make(folder, f"PYTHON={python(folder / 'python3.13', '3.13.1')}", "clean-venv")
    assert code == 0 and not (folder / ".venv").exists()


@needs_make
def test_a_python_that_is_too_new_for_the_libraries_is_told_in_one_line_what_fits(folder):
    newer = python(folder / "python3.15", "3.15.0", fits=False)
    code, said = make(folder, f"PYTHON={newer}", "book")
    lines = [line for line in said.splitlines() if not line.startswith("make")]
    assert code and len(lines) == 1 and not (folder / ".venv").exists()
    assert "need Python 3.11, 3.12, 3.13 or 3.14, but found 3.15.0" in lines[0] and "uv python install 3.13" in lines[0]


def recipe(folder, *arguments):
    """What make would hand to the shell."""
    python(folder / ".venv/bin/python", "3.13.1")
    (folder / ".venv/ready").touch()
    code, said = make(folder, "-n", "--no-print-directory", *arguments)
    assert code == 0, said
    return said


@needs_make
@pytest.mark.parametrize(
    "target", re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[0].split()
)
def test_the_shell_can_read_every_recipe(folder, target):
    for given in [], ["TAG=v0.1.0", "CHAPTER=xor", "ARGS=-k sigmoid", "UPGRADE=--upgrade"]:
        read = subprocess.run(["sh", "-n"], input=recipe(folder, target, *given), capture_output=True, text=True)
        assert read.returncode == 0, read.stderr


@needs_make
@pytest.mark.parametrize("right", (True, False))
def test_a_tag_has_to_be_the_version(folder, right):
    version = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    tag = f"v{version}" if right else "v9.9.9"
    first = recipe(folder, "release", f"TAG={tag}").split("make offline")[0]
    done = subprocess.run(["sh", "-c", first], cwd=folder, capture_output=True, text=True)
    assert (done.returncode == 0) == right and (tag in done.stderr) == (not right), done.stderr


def test_bpcore_itself_is_open_to_later_pythons():
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert about["requires-python"] == ">=3.11"


def test_every_requirement_is_pinned_within_its_bounds():
    """requirements.txt is derived: a library or a bound that is new in pyproject.toml has to arrive in it."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = {}
    for line in re.findall(
        r"^([\w.-]+(?:\[.*?\])?==[^\s;]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    ):
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).extend(each.version for each in pin.specifier)
    groups = about["dependencies"], *about["optional-dependencies"].values()
    wanted = [Requirement(line) for group in groups for line in group]
    found = {each: pins.get(canonicalize_name(each.name), []) for each in wanted}
    assert [str(each) for each in wanted if not found[each]] == [] and len(wanted) > 5
    fits = lambda each, version: each.specifier.contains(version, prereleases=True)
    assert [str(each) for each in wanted if not all(fits(each, version) for version in found[each])] == []
