"""Finds the notebooks in a folder of submissions, and says of everything else why it is not graded."""

import hashlib
import json
import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import submissions
from answers import Cell

HUGE = 2**27  # bytes of one notebook; a million printed lines are a third of it
NOT_READ = "not read: "


@dataclass(frozen=True)
class Paper:
    """A file of the folder, or one within an archive: whose it is, and its bytes, or why it is not graded."""

    student: str
    place: str
    path: Path
    entry: str = ""
    problem: str = ""
    digest: str = ""

    def read(self):
        """The bytes of the file; OSError or zipfile.BadZipFile where they cannot be had."""
        if self.entry:
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(self.entry)
        return self.path.read_bytes()


def collect(folder, name):
    """All papers of a folder, in the order of their names; of several by one student the last one is graded."""
    folder = Path(folder)
    found = list(_files(folder))
    good = [place for place, _, _, problem in found if not problem]
    ids = submissions.students(good, name)
    last = {}
    for place in good:
        student = ids[place] = ids[place] or _own_name(place)
        if student not in last or submissions.version(place) >= submissions.version(last[student]):
            last[student] = place
    for place, path, entry, problem in found:
        student = ids.get(place, "")
        if not problem and last[student] != place:
            problem = f"not graded: {last[student]} is another version by the same student"
        paper = Paper(student, place, path, entry, problem)
        if problem:
            yield paper
            continue
        try:
            yield Paper(student, place, path, entry, "", hashlib.sha256(paper.read()).hexdigest())
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            yield Paper(student, place, path, entry, f"{NOT_READ}{error}")


def _own_name(place):
    """The name of a file, in letters, digits, dots and hyphens, where no system's pattern fits it."""
    stem = PurePosixPath(place).name.removesuffix(".ipynb")
    return "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in stem).strip("._") or "unnamed"


def _files(folder):
    """For each file its place, its path, its name within an archive, and why it is not graded."""
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for link in [each for each in folders if (Path(parent) / each).is_symlink()]:
            yield _place(Path(parent) / link, folder), Path(parent) / link, "", f"{NOT_READ}it is a link to a folder"
        for file in sorted(files):
            path = Path(parent) / file
            place, problem = _place(path, folder), _problem(path, folder)
            if problem or path.suffix != ".zip":
                yield place, path, "", problem
                continue
            try:
                with zipfile.ZipFile(path) as archive:
                    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            except (OSError, zipfile.BadZipFile) as error:
                yield place, path, "", f"{NOT_READ}a damaged archive ({error})"
                continue
            for entry in sorted(entries, key=lambda entry: entry.filename):
                yield entry.filename, path, entry.filename, _problem_of_entry(entry)


def _place(path, folder):
    return path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()


def _problem(path, folder):
    if path.is_symlink():
        return f"{NOT_READ}it is a link, and links are not followed"
    try:
        about = path.stat()
    except OSError as error:
        return f"{NOT_READ}{error}"
    if not stat.S_ISREG(about.st_mode):
        return f"{NOT_READ}it is no ordinary file"
    return _problem_of_name(path.relative_to(folder).as_posix(), about.st_size)


def _problem_of_entry(entry):
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"{NOT_READ}it is a link, and links are not followed"
    if entry.filename.endswith(".zip"):
        return f"{NOT_READ}an archive within an archive: unpack the outer one into the folder, in its place"
    return _problem_of_name(entry.filename, entry.file_size)


def _problem_of_name(name, size):
    """Why a file is not graded, as far as its name and its size tell."""
    parts = PurePosixPath(name).parts
    if ".." in parts:
        return "not graded: its path leads out of the archive"
    if any(part.startswith((".", "__MACOSX", "~", "#")) for part in parts) or name.endswith(("~", ".bak", ".swp")):
        return "not graded: an editor or a file manager has left it there"
    if not name.endswith((".ipynb", ".zip")):
        return f"not graded: {PurePosixPath(name).suffix or 'a file without suffix'}, expected .ipynb or an archive"
    if size == 0:
        return f"{NOT_READ}the file is empty"
    if size > HUGE:
        return f"{NOT_READ}the file has {size / 2**20:.0f} MB, expected at most {HUGE / 2**20:.0f} MB"
    return ""


def cells_of(data, assignment):
    """The cells of a submitted notebook, its answers in the published notebook's cells, and what had to be mended.

    Raises ValueError where it is no notebook of this assignment.
    """
    release = assignment.known / "release" / assignment.name / f"{assignment.name}.ipynb"
    try:
        book = json.loads(data.decode("utf-8-sig"))
        if isinstance(book, dict) and "worksheets" in book:
            raise ValueError(
                "a notebook of format 3, as Jupyter wrote it until 2015: open it in Jupyter and save it again"
            )
        if not isinstance(book, dict) or "cells" not in book:
            raise ValueError("the file is JSON, but no notebook")
        came = [
            cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id") for cell in book["cells"]
        ]
        blank = json.loads(release.read_text(encoding="utf-8"))
        known = {cell.name for cell in assignment.cells} - {"student", "data", "imports", "intro", "end"}
        functions = tuple(f"def {question.function}(" for question in assignment.questions.values())
        if not known & set(came) and not any(
            text in "".join(cell["source"]) for cell in book["cells"] for text in functions
        ):
            raise ValueError(f"no question of the assignment {assignment.name} is in it")
        mended, told = submissions.mended(book, blank, assignment)
        cells = [
            Cell(cell.get("id", ""), cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("nbgrader", {}))
            for cell in mended["cells"]
        ]
    except ValueError as error:
        if isinstance(error, (json.JSONDecodeError, UnicodeDecodeError)):
            raise ValueError("the file is damaged, or not in UTF-8") from None
        raise
    except (AttributeError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError(f"no notebook of today's format ({type(error).__name__}: {error})") from None
    locked = {cell.name: cell for cell in assignment.cells if not cell.is_answer and cell.name != "student"}
    needed = {cell.name for cell in assignment.needed}
    cells = [locked.get(cell.name, cell) for cell in cells]
    return [cell for cell in cells if cell.name not in locked or cell.is_test or cell.name in needed], told
