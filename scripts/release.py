"""Collects what a release offers into one folder: wheel, plain notebooks, site, offline edition, PDF, checksums."""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from plain_notebooks import version  # noqa: E402

BUILD = ROOT / "_build"
NAME = "every-gradient-checked"
ABOUT = """\
The chapters of Every Gradient Checked as notebooks. They need Jupyter, NumPy, Matplotlib and scikit-learn
(pip install jupyterlab matplotlib scikit-learn); bpcore, the package of the book, comes with each of them.
"""


def make_wheel(target):
    """The wheel of bpcore, made from a copy, since a build leaves its folders beside the sources."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        shutil.copytree(ROOT / "bpcore", source / "bpcore", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, source)
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
        subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", target, source], check=True)


def pack(files, archive):
    """A zip of the files, given as name → bytes: the same bytes for the same files."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(f"{archive.stem}/{name}", (2020, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            file.writestr(info, content, zipfile.ZIP_DEFLATED)


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(build, command, name):
    """The file that a command has made of this version."""
    if not (build / name).is_file():
        sys.exit(f"There is no {name} in {build}: run {command} first.")
    return build / name


def collect(build, target):
    """Fill the folder ``target``, and return the names of what is in it with their sizes."""
    site, release = build / "html", f"{NAME}-{version()}"
    if not (site / "notebooks").is_dir():
        sys.exit(f"There is no site in {site}: run make book first.")
    offline = made(build, "make offline", f"offline/{release}-offline.zip")
    pdf = made(build, "make pdf", f"{NAME}.pdf")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    make_wheel(target)
    pack({"READ-ME.txt": ABOUT.encode(), **contents(site / "notebooks")}, target / f"{release}-notebooks.zip")
    pack(contents(site), target / f"{release}-site.zip")
    shutil.copy(offline, target / f"{release}-offline.zip")
    shutil.copy(pdf, target / f"{release}.pdf")
    files = sorted(target.iterdir())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (target / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    return {path.name: path.stat().st_size for path in files}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tag", help="the release's tag, refused if it is not v and the version of pyproject.toml")
    tag = parser.parse_args().tag
    if tag and tag != f"v{version()}":
        sys.exit(f"The tag is {tag} and pyproject.toml says {version()}: expected the tag v{version()}.")
    target = BUILD / "release"
    for name, size in collect(BUILD, target).items():
        print(f"{size / 1e6:8.2f} MB  {name}")
    print(f"The release is in {target}, with SHA256SUMS (sha256sum --check SHA256SUMS).")


if __name__ == "__main__":
    main()
