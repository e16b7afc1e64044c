"""Runs bpcore's tests and the chapters with the lowest and the latest libraries, on each Python that uv finds."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "_build" / "matrix"
PYTHONS = "3.11", "3.12", "3.13", "3.14"
ENDS = {
    "lowest": "lowest-direct",
    "latest": "highest",
}  # what pyproject.toml names at its bounds, or all that is newest
SHOWN = "numpy", "scipy", "matplotlib", "scikit-learn"
# The site and its browser are left out: their stack is pinned in pyproject.toml.
TESTS = (
    "tests/core",
    "tests/clinic",
    "tests/figures",
    "tests/estimators",
    "tests/articles",
    "tests/book/test_equations.py",
    "book",
)


def run(*command, **options):
    return subprocess.run([str(part) for part in command], cwd=ROOT, text=True, **options)


def uv(*arguments, **options):
    return run(sys.executable, "-m", "uv", *arguments, **options)


def prepare(row, python, resolution):
    """The interpreter of a fresh environment with what pyproject.toml asks for; None where uv cannot make one."""
    place = PLACE / row
    own = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = ["-r", "pyproject.toml", "--extra", "book", "--extra", "test", "--resolution", resolution, "--no-build"]
    made = uv("venv", "--quiet", "--clear", "--python", python, place).returncode == 0
    return own if made and uv("pip", "install", "--quiet", "--python", own, *wanted).returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help="such as 3.12-lowest; all rows if none is given")
    wanted = parser.parse_args().rows
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    os.environ["PATH"] = os.pathsep.join(filter(None, (os.environ.get("PYTHONS"), os.environ["PATH"])))
    rows = {f"{python}-{end}": (python, ENDS[end]) for python in PYTHONS for end in ENDS}
    if unknown := set(wanted) - set(rows):
        sys.exit(f"There is no row {', '.join(sorted(unknown))}: the rows are {', '.join(rows)}.")
    if uv("--version", capture_output=True).returncode:
        sys.exit("uv is missing: run make matrix, or python -m pip install uv first.")
    told, well, ran = [], True, False
    for row in wanted or rows:
        python, resolution = rows[row]
        if uv("python", "find", "--no-project", python, capture_output=True).returncode:
            told.append(
                f"{row:<12} not run: no Python {python} on the PATH, nor in the folders of the variable PYTHONS"
            )
            continue
        own = prepare(row, python, resolution)
        if own is None:
            told.append(f"{row:<12} FAILED: its environment could not be made; uv says why above")
            well = False
            continue
        versions = (
            f"import platform, importlib.metadata as m; print(platform.python_version(), *map(m.version, {SHOWN}))"
        )
        shown = run(own, "-c", versions, capture_output=True).stdout.strip()
        print(f"{row}: Python, {', '.join(SHOWN)} {shown}", flush=True)
        failed = run(
            own, "-m", "pytest", "-n", "auto", "--dist", "loadscope", "-q", "--disable-warnings", *TESTS
        ).returncode
        told.append(f"{row:<12} {'FAILED' if failed else 'passed'} with {shown}")
        well, ran = well and not failed, True
    print(f"\n{'row':<12} Python, {', '.join(SHOWN)}", *told, sep="\n")
    sys.exit(not (well and ran))


if __name__ == "__main__":
    main()
