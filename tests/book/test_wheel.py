"""The wheel of bpcore holds all of it: installed into an empty environment, every module can be imported."""

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from text import ROOT

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "bpcore").rglob("*.py")
}
DATA = {path.relative_to(ROOT).as_posix() for kind in ("js", "css") for path in (ROOT / "bpcore").rglob(f"*.{kind}")}
IMPORT_ALL = """
import importlib, json, pkgutil, bpcore
names = ["bpcore", *(module.name for module in pkgutil.walk_packages(bpcore.__path__, "bpcore."))]
print(json.dumps({name: importlib.import_module(name).__file__ for name in names}))
"""


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Where each module of bpcore is in an environment that holds its wheel alone; NumPy is the one of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT / "bpcore", source / "bpcore", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("bpcore-*.whl")
    place = folder / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", place)
    own = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(*pip, "--python", own, "install", "--no-index", "--no-deps", wheel)
    libraries = run(own, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    with open(f"{libraries}/others.pth", "w", encoding="utf-8") as file:
        file.write(sysconfig.get_path("purelib"))  # its own .pth files are not read: an editable bpcore is not found
    found = json.loads(run(own, "-I", "-c", IMPORT_ALL, cwd=folder))
    assert all(file.startswith(str(place)) for file in found.values())
    return found


def test_every_module_is_in_the_wheel(installed):
    assert set(installed) == MODULES


def test_the_explorables_are_in_the_wheel(installed):
    folder = Path(installed["bpcore"]).parents[1]
    assert DATA and all((folder / name).exists() for name in DATA)
