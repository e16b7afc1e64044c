"""Makes of the built site an edition that asks no other host: a folder, a zip of it, and the zip's checksum."""

import argparse
import hashlib
import shutil
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "book" / "_ext"), str(ROOT)]

import doctor_page  # noqa: E402
import pyodide_files  # noqa: E402
import run_in_browser  # noqa: E402
from plain_notebooks import version  # noqa: E402

SITE = ROOT / "_build" / "html"
TARGET = ROOT / "_build" / "offline"
PYTHON = "./pyodide/"  # below the folder of JupyterLite
HELP = """\
Every Gradient Checked, a book in notebooks: the edition that needs no network.

To read it, open index.html in a browser: everything works from a folder or a stick,
except Python in the page, which browsers start from no file.

To run chapters in the browser too, serve this folder. On one's own machine:

    python -m http.server --bind 127.0.0.1

and open http://localhost:8000. In a class, on the teacher's machine:

    python -m http.server

and the students open http://ADDRESS:8000, with the address of that machine. Over
such an address browsers keep nothing for the next visit, and what a notebook reads
and writes are files in its memory; everything else is as on localhost.

Pyodide is under the Mozilla Public License 2.0, JupyterLite under the BSD licence;
the packages beside Pyodide carry their own licences.
"""


def make_folder(site: Path, folder: Path) -> None:
    """Copy the site, with Python's files in it, each held against the official release's sha256."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site, folder)
    lite = folder / run_in_browser.FOLDER
    python = lite / PYTHON
    sizes = pyodide_files.fetch_pyodide(python, pyodide_files.MEASURED)
    wrong = [
        entry["file_name"]
        for entry in pyodide_files.official_lock()["packages"].values()
        if (python / entry["file_name"]).exists()
        and pyodide_files.digest(python / entry["file_name"]) != entry["sha256"]
    ]
    assert not wrong, f"copied with other bytes: {wrong}"
    run_in_browser.settle(lite, PYTHON, sizes)
    doctor_page.settle(folder, f"{run_in_browser.FOLDER}/{PYTHON.removeprefix('./')}")
    (lite / pyodide_files.LOCK).unlink()  # the one beside the files lists what is there
    (folder / "READ-ME.txt").write_text(HELP, encoding="utf-8")


def make_archive(folder: Path, archive: Path) -> Path:
    """A zip of the folder, the same bytes for the same files, and the file with its sha256 as sha256sum writes it."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                info = zipfile.ZipInfo((folder.name + "/" + path.relative_to(folder).as_posix()), (2020, 1, 1, 0, 0, 0))
                info.external_attr = 0o644 << 16
                packed = path.suffix in (".whl", ".zip", ".png", ".woff2")
                kind = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                file.writestr(info, path.read_bytes(), kind)
    checksum = archive.with_name(archive.name + ".sha256")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    checksum.write_text(f"{digest}  {archive.name}\n", encoding="utf-8")
    return checksum


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=SITE, help="the folder of the built site")
    parser.add_argument("--target", type=Path, default=TARGET, help="where the edition is put")
    chosen = parser.parse_args()
    if not (chosen.site / run_in_browser.FOLDER / "run.html").is_file():
        sys.exit(f"There is no site in {chosen.site}: build it first (make book).")
    chosen.target.mkdir(parents=True, exist_ok=True)
    folder = chosen.target / "every-gradient-checked"
    try:
        make_folder(chosen.site, folder)
    except pyodide_files.PyodideMissing as missing:
        sys.exit(str(missing))
    archive = chosen.target / f"every-gradient-checked-{version()}-offline.zip"
    checksum = make_archive(folder, archive)
    print(f"The offline edition is in {folder}, packed in {archive} ({archive.stat().st_size / 1e6:.0f} MB).")
    print(f"Its sha256 is in {checksum}; what is in it is said in {folder / 'READ-ME.txt'}.")


if __name__ == "__main__":
    main()
