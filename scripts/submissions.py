"""Sorts what a learning management system hands over, and puts each submitted notebook into its release again."""

import codecs
import copy
import json
import re
from pathlib import Path

import handed_in
import notebooks
from answers import Assignment, id_in

SEVERAL = 8  # locked cells that are missing: no more of them are named one by one

# How systems name the file of a student, within an archive; the first pattern that fits counts
NAMES = (
    # Moodle: "Jane Doe_12345_assignsubmission_file_theta.ipynb", or a folder up to "file" with the notebook in it
    re.compile(r"(?:.*/)?(?P<student>[^/]+)_(?P<number>\d+)_assignsubmission_file_?/?[^/]*"),
    # Canvas: "doejane_LATE_12345_67890_theta-2.ipynb", with the numbers of the student and of the submission
    re.compile(r"(?:.*/)?(?P<student>[^/_]+(?:_(?!LATE_)[^/_\d][^/_]*)*?)(?:_LATE)?_(?P<number>\d+)_\d+_[^/]*"),
    # a folder for each student, as nbgrader has them, with or without the name of the assignment in between
    re.compile(r"(?:.*?/)?(?P<student>[^/]+)/(?:{name}/)?{name}[^/]*"),
    # "s3_theta.ipynb"
    re.compile(r"(?:.*/)?(?P<student>[^/]+)_{name}[^/]*"),
)


def students(paths, name):
    """For each path of a notebook in an archive the student's id, or None where no known name fits.

    An id is the name that the system gives, in letters, digits, dots and hyphens. Moodle's number is another one for
    each assignment and stands behind the name only where two students share it; Canvas's number stays and stands there
    always.
    """
    found = {}
    for path in paths:
        for place, pattern in enumerate(NAMES):
            match = re.fullmatch(pattern.pattern.replace("{name}", re.escape(name)), path.removesuffix(".ipynb"))
            if match:
                parts = match.groupdict()
                student = re.sub(r"[^\w.-]+", "_", parts["student"]).strip("._")
                found[path] = place, student, parts.get("number")
                break
    ids = {}
    for path in paths:
        if path not in found or not found[path][1]:
            ids[path] = None
            continue
        place, student, number = found[path]
        others = {entry[2] for entry in found.values() if entry[:2] == (0, student)}
        ids[path] = f"{student}_{number}" if place == 1 or len(others) > 1 else student
    return ids


def is_one_student_s(path):
    """Whether a name is that which Moodle or Canvas gives to what one student has handed in."""
    return any(pattern.fullmatch(path.removesuffix(".ipynb")) for pattern in NAMES[:2])


def student_of(path, name):
    """The student's id that one path tells, or None."""
    return students([path], name)[path]


def sort(course, name):
    """Put the notebooks of downloaded/NAME/archive where nbgrader looks for them; yields what there is to say, line by
    line.

    Of several notebooks of one student the one counts whose name comes last, since systems count versions up.
    """
    archive = Path(course) / "downloaded" / name / "archive"
    if not archive.is_dir():
        return
    came, last, when = {}, {}, {}
    for place, path, entry, problem in handed_in.files(archive, lambda at: student_of(at, name), is_one_student_s):
        is_left_over = any(part.startswith((".", "__MACOSX")) for part in place.split("/"))
        if problem.startswith(handed_in.NOT_READ) or problem and place.endswith(".ipynb") and not is_left_over:
            yield f"{place}: {problem}"
        if not problem:
            try:
                came[place], when[place] = handed_in.read(path, entry), later(place, path)
            except OSError as error:
                yield f"{place}: {handed_in.NOT_READ}{error}"
    for path, student in students(came, name).items():
        if student is None:
            yield f"{path}: whose notebook this is cannot be told from its name; it is left where it is"
        elif student not in last or when[path] >= when[last[student]]:
            last[student] = path
    for student, path in sorted(last.items()):
        place = Path(course) / "submitted" / student / name / f"{name}.ipynb"
        kept = _as_handed_in(course, name, student)
        if any(old.exists() and old.read_bytes() == came[path] for old in (place, kept)):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(came[path])
        kept.unlink(missing_ok=True)
        yield f"{student}: {path}"


def later(place, path):
    """A key by which the later of two notebooks of one student comes last: by its name, then by its file's."""
    return version(place.rpartition("/")[2]), version(str(path))


def version(path):
    """A key that sorts the versions of a file: numbers in its name count as numbers, and theta (1) is after theta."""
    parts = re.split(r"([0-9]+)", path.rpartition(".")[0])  # at odd places numbers, which may be longer than int reads
    return [(len(part.lstrip("0")), part.lstrip("0")) if place % 2 else part for place, part in enumerate(parts)]


def _as_handed_in(course, name, student):
    return Path(course) / "as_handed_in" / name / f"{student}.ipynb"


def repair(course, name, assignment=None):
    """Put every notebook of submitted/*/NAME into the release again; yields what there is to say, line by line.

    What was handed in is kept in as_handed_in/NAME wherever something had to be mended.
    """
    assignment = assignment or Assignment(name)
    release = Path(course) / "release" / name / f"{name}.ipynb"
    if not release.exists():
        raise ValueError(f"{release} is not there: run `nbgrader generate_assignment {name}` in the course first")
    blank = json.loads(release.read_text(encoding="utf-8"))
    for path in sorted((Path(course) / "submitted").glob(f"*/{name}/{name}.ipynb")):
        student, original = path.parents[1].name, path.read_bytes()
        try:
            book, told = mended(json.loads(original.decode("utf-8-sig")), blank, assignment)
        except (ValueError, AttributeError, KeyError, TypeError, IndexError, RecursionError, MemoryError) as error:
            yield f"{student}: not read ({type(error).__name__}: {error}); left as it is"
            continue
        if original.startswith(codecs.BOM_UTF8):  # which nbgrader does not read
            told.insert(0, "a byte-order mark: taken away")
        if told:
            kept = _as_handed_in(course, name, student)
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(original)
            path.write_text(notebooks.write(book), encoding="utf-8", newline="\n")
        yield f"{student}: {'; '.join(told) or 'nothing to mend'}"


def mended(submitted, blank, assignment):
    """The release with the answers and the own cells of a submitted notebook, and a list of what had to be mended."""
    places = [_grade_id(cell) or cell["id"] for cell in blank["cells"]]
    home = dict(zip(places, blank["cells"], strict=True))
    named = {_grade_id({"metadata": {}, **cell}) or cell.get("id") for cell in submitted["cells"]}
    functions = {
        question.function: question.id for question in assignment.questions.values() if question.id not in named
    }
    free = {place for place, cell in home.items() if not _about(cell).get("locked", place != "student")}
    came, behind, told, at = {place: [] for place in places}, {place: [] for place in (None, *places)}, [], None
    names, lost = set(), False
    for cell in submitted["cells"]:
        cell = {**cell, "source": "".join(cell["source"]), "metadata": dict(cell.get("metadata", {}))}
        place = _place(cell, home, functions, at)
        lost = lost or place is not None and not _grade_id(cell) and bool(_about(home[place]))
        if place is None:
            behind[at].append(cell)
        else:
            at = place
            came[place].append(cell)
    if lost:
        told.append("cells have lost their metadata")
    cells, missing = [_own(cell, names) for cell in behind[None]], []
    holders = {place: found[-1]["source"] for place, found in came.items() if found}
    asked = {question.id: question.function for question in assignment.questions.values()}
    for place in places:
        cell, found = copy.deepcopy(home[place]), came[place]
        if place in free:
            filled = [
                each for each in found if each["source"].strip() != "".join(home[place]["source"]).strip()
            ] or found
            if len(found) > 1:
                told.append(f"{place}: in it {len(found)} times, the last one with an answer counts")
            holder = next((other for other in holders if _defines(holders[other], asked.get(place))), None)
            if not found and holder:
                told.append(f"{place}: missing, and {asked[place]} is in {holder}")
                cell["source"] = f"# {asked[place]} is in the cell {holder}"
            elif not found:
                told.append(f"{place}: missing, put back as it was handed out")
            else:
                if filled[-1]["cell_type"] != cell["cell_type"]:
                    told.append(f"{place}: turned into a {filled[-1]['cell_type']} cell, turned back")
                cell["source"] = filled[-1]["source"]
                if place == "student" and id_in(cell["source"]) is None:
                    told.append("student: no id between quotation marks, put back as it was handed out")
                    cell["source"] = home[place]["source"]
                if cell["cell_type"] == "code" == filled[-1]["cell_type"]:
                    cell["outputs"] = filled[-1].get("outputs", [])
        elif not found:
            missing.append(place)
            told.append(f"{place}: missing, put back")
        elif len(found) > 1:
            told.append(f"{place}: in it {len(found)} times, once is kept")
        elif found[0]["source"].strip() != "".join(cell["source"]).strip():
            told.append(f"{place}: changed, put back")
        elif found[0]["cell_type"] != cell["cell_type"]:
            told.append(f"{place}: turned into a {found[0]['cell_type']} cell, turned back")
        cells.append(cell)
        cells += [_own(each, names) for each in behind[place]]
    if len(missing) > SEVERAL:
        told = [text for text in told if text.partition(": missing, put back")[1:] != (": missing, put back", "")]
        told.append(f"{len(missing)} locked cells: missing, put back")
    return {**blank, "cells": cells}, told


def _defines(text, function):
    """Whether a cell defines this function, without indentation."""
    return bool(function) and bool(re.search(rf"^(async )?def {function}\(", text, re.MULTILINE))


def _about(cell):
    return cell["metadata"].get("nbgrader", {})


def _grade_id(cell):
    return _about(cell).get("grade_id")


def _place(cell, home, functions, at):
    """The cell of the release that this one was, or None for a cell of the student's own: by its name, its id, or what
    is in it.
    """
    name = _grade_id(cell) or cell.get("id")
    if name in home:
        return name
    text = cell["source"].strip()
    for place, other in home.items():
        if text and text == "".join(other["source"]).strip():
            return place
    for function, place in functions.items():
        if _defines(text, function):
            return place
    if re.match(r"STUDENT\s*=", text):
        return "student"
    written = (at or "").removesuffix("-text")
    return written if at == f"{written}-text" and written.startswith("w") and cell["cell_type"] == "markdown" else None


def _own(cell, names):
    """A cell of the student's own, under a name that no other cell has."""
    cell["metadata"].pop("nbgrader", None)
    name = f"own-{len(names) + 1}"
    names.add(name)
    if cell["cell_type"] == "code":
        cell = {"execution_count": None, "outputs": [], **cell}
    return {**cell, "id": name}
