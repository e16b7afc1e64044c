"""Runs bpcore's tests and the chapters with the lowest and the latest supported libraries, on each Python that it finds."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "_build" / "matrix"
PYTHONS = ("3.11", "3.12", "3.13")
LIBRARIES = ("numpy", "scipy", "matplotlib", "scikit-learn")
# Where a lower bound has no wheel for a Python, the first release that has one stands in for it.
FIRST_WHEELS = {"3.13": {"numpy": "2.1.0", "scipy": "1.14.1", "matplotlib": "3.9.2", "scikit-learn": "1.5.2"}}
# What the tests and the chapters import beside those four; the site and its browser are left out.
BESIDE = (
    "threadpoolctl",
    "ipywidgets",
    "ipykernel",
    "myst-nb",
    "pytest",
    "nbval",
    "pyyaml",
    "hypothesis",
    "mpmath",
    "autograd",
    "sympy",
    "filelock",
)
OTHER_TESTS = (
    "test_site.py",
    "test_assignments.py",
    "test_checks_page.py",
    "test_vendored.py",
    "test_markdown.py",
    "test_notebooks.py",
    "test_notebook_script.py",
    "test_articles.py",
)
ASK = "import sys, venv, ensurepip; print('%d.%d.%d' % sys.version_info[:3])"


def candidates():
    """Every python on the PATH, and what the variable PYTHONS names: interpreters, or folders that hold them."""
    names = [f"python{version}" for version in PYTHONS] + ["python3", "python"]
    folders = []
    for entry in filter(None, os.environ.get("PYTHONS", "").split(os.pathsep)):
        if Path(entry).is_dir():
            folders += [entry, os.path.join(entry, "bin")]
        else:
            yield entry
    folders += os.get_exec_path()
    for name in names:
        for folder in folders:
            found = shutil.which(name, path=folder)
            if found:
                yield found


def interpreters():
    """Python → (the command, its whole version), for those that run and can make a virtual environment."""
    found = {}
    for command in dict.fromkeys(candidates()):
        try:
            asked = subprocess.run([command, "-c", ASK], capture_output=True, text=True, timeout=60)
        except OSError:
            continue
        version = asked.stdout.strip()
        if asked.returncode == 0 and version.rpartition(".")[0] in PYTHONS:
            found.setdefault(version.rpartition(".")[0], (command, version))
    return {python: found[python] for python in PYTHONS if python in found}


def lower_bounds():
    """The four libraries' lowest supported versions, as pyproject.toml declares them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = dict(
        re.fullmatch(r"([\w-]+)>=([\d.]+)", line).groups()
        for line in project["dependencies"] + project["optional-dependencies"]["book"]
        if re.fullmatch(r"([\w-]+)>=([\d.]+)", line)
    )
    return {library: declared[library] for library in LIBRARIES}


def requirements(python, end):
    """What pip is asked for: the four at their lowest or latest, the rest as requirements.txt has it."""
    tested = {}
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9_.-]+)==", line)
        if match and match[1] not in LIBRARIES:
            tested.setdefault(match[1], []).append(line)
    if end == "latest":
        four = list(LIBRARIES)
    else:
        first = FIRST_WHEELS.get(python, {})
        four = [
            f"{library}=={max(bound, first.get(library, bound), key=lambda text: [int(part) for part in text.split('.')])}"
            for library, bound in lower_bounds().items()
        ]
    return four + [name for name in BESIDE], [line for lines in tested.values() for line in lines]


def run(command, log, **options):
    """Run it with its words in the log; whether that went well."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    with open(log, "a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(map(str, command))}\n")
        file.flush()
        return subprocess.run(
            command,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={**environment, "PYTHONNOUSERSITE": "1"},
            **options,
        ).returncode


def results(report):
    """(passed, failed, names of the failed) of a pytest run, from the report that it left."""
    passed, failed = 0, []
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(f"{case.get('classname')} {case.get('name')}")
        elif case.find("skipped") is None:
            passed += 1
    return passed, failed


def attempt(python, command, end):
    """One row of the table: a fresh environment, the tests of bpcore, and the chapters' stored outputs."""
    place = PLACE / f"{python}-{end}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    log, own = place / "log.txt", place / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    wanted, constraints = requirements(python, end)
    (place / "constraints.txt").write_text("\n".join(constraints) + "\n", encoding="utf-8")
    pip = [
        own,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ",".join(LIBRARIES),
        "-c",
        place / "constraints.txt",
    ]
    if run([command, "-m", "venv", place / "venv"], log) or run([*pip, *wanted], log):
        return "", None, f"not installed; see {log.relative_to(ROOT)}"
    versions = subprocess.run(
        [own, "-c", "from importlib.metadata import version as v; print(*map(v, %r))" % (LIBRARIES,)],
        capture_output=True,
        text=True,
    ).stdout.split()
    parts = {
        "unit": ["tests", *(f"--ignore=tests/{name}" for name in OTHER_TESTS), "-p", "no:nbval"],
        "cells": ["book", "--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval_sanitize.cfg"],
    }
    told, failures = [], []
    for part, options in parts.items():
        report = place / f"{part}.xml"
        run(
            [own, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider", f"--junitxml={report}", *options],
            log,
        )
        passed, failed = results(report) if report.exists() else (0, [f"{part}: pytest did not finish"])
        told.append(f"{part} {passed} passed, {len(failed)} failed")
        failures += failed
    return " ".join(versions), failures, "; ".join(told)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help="such as 3.12-lowest; all rows if none is given")
    wanted = parser.parse_args().rows
    found = interpreters()
    for python in PYTHONS:
        print(
            f"Python {python}: "
            + (
                f"found {found[python][1]}"
                if python in found
                else "not found on the PATH, nor in the variable PYTHONS; its rows are missing below"
            ),
            flush=True,
        )
    rows = [
        (python, end) for python in found for end in ("lowest", "latest") if not wanted or f"{python}-{end}" in wanted
    ]
    if not rows:
        sys.exit("There is nothing to run: no such row, or no interpreter for it.")
    print(f"\n{'Python':<8} {'end':<7} {' '.join(LIBRARIES):<38} result")
    well = True
    for python, end in rows:
        versions, failures, told = attempt(python, found[python][0], end)
        print(f"{found[python][1]:<8} {end:<7} {versions:<38} {told}", flush=True)
        for name in (failures or [])[:20]:
            print(f"    {name}", flush=True)
        well &= failures == []
    sys.exit(not well)


if __name__ == "__main__":
    main()
