"""Finds the notebooks in a folder of submissions, and says of everything else why it is not graded."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import handed_in
import submissions
from answers import Cell
from handed_in import NOT_READ


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
        """The bytes of the file; OSError, which says what was wrong, where they are not there."""
        return handed_in.read(self.path, self.entry)


def collect(folder, name):
    """All papers of a folder, in the order of their names; of several by one student the last one is graded."""
    tells = lambda place: submissions.student_of(place, name)
    found = list(handed_in.files(Path(folder), tells, submissions.is_one_student_s))
    when = {place: submissions.later(place, path) for place, path, _, problem in found if not problem}
    good = list(when)
    ids = submissions.students(good, name)
    ids |= _own_names([place for place in good if ids[place] is None])
    last = {}
    for place in good:
        student = ids[place]
        if student not in last or when[place] >= when[last[student]]:
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
        except OSError as error:
            yield Paper(student, place, path, entry, f"{NOT_READ}{error}")


def _own_names(places):
    """Place → the student, where no system's pattern fits it: the file's name, or its folder's where several folders
    have such a file; in letters, digits, dots and hyphens.
    """
    alike, names = {}, {}
    for place in places:
        alike.setdefault(PurePosixPath(place).stem, []).append(place)
    for stem, same in alike.items():
        folders = {place: PurePosixPath(place).parent.name for place in same}
        several = [folder for folder in folders.values() if folder]
        is_whole = len({*several}) < len(several)
        for place, folder in folders.items():
            if not folder or len(several) < 2:
                chosen = stem
            else:
                chosen = str(PurePosixPath(place).with_suffix("")) if is_whole else folder
            letters = "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in chosen)
            names[place] = letters.strip("._") or "unnamed"
    return names


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
    except (AttributeError, KeyError, TypeError, IndexError, RecursionError, MemoryError) as error:
        raise ValueError(f"no notebook of today's format ({type(error).__name__}: {error})") from None
    locked = {cell.name: cell for cell in assignment.cells if not cell.is_answer and cell.name != "student"}
    needed = {cell.name for cell in assignment.needed}
    cells = [locked.get(cell.name, cell) for cell in cells]
    return [cell for cell in cells if cell.name not in locked or cell.is_test or cell.name in needed], told
