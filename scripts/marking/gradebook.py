"""Puts the points of a table into a gradebook as Moodle or Canvas exports it, one column a question."""

import csv
import io
import re
from pathlib import Path

from answers import text_of

POINTS_POSSIBLE = "Points Possible"  # Canvas's second or third row
# The columns by which a system knows a student again, and what a student's id in the table may be made of
SYSTEMS = {
    "Canvas": {"known by": ("Student", "ID", "Section"), "ids": ("ID", "SIS User ID", "SIS Login ID")},
    "Moodle": {"known by": ("First name", "Last name"), "ids": ("ID number", "Username", "Email address")},
}
NAMES_OF_MOODLE = {"Surname": "Last name", "Firstname": "First name"}  # as versions before 4.0 have them


def fill(name, rows, exported, out):
    """Write the exported gradebook's students with their points to ``out``; yields what there is to say.

    One column a question, such as "theta q6"; written questions have one as soon as the table has their points.
    Students of whom the table has nothing keep empty cells, which an import leaves as they are.
    """
    text = text_of(exported)
    header, *lines = [line for line in csv.reader(io.StringIO(text, newline=""), _dialect(text)) if any(line)] or [[]]
    header = [NAMES_OF_MOODLE.get(title.strip(), title.strip()) for title in header]
    system = next((key for key, about in SYSTEMS.items() if {*about["known by"]} <= {*header}), None)
    if system is None:
        raise ValueError(
            f"{exported} begins with {', '.join(header[:4]) or 'nothing'}: expected a gradebook as Canvas exports it "
            "(Student, ID, …, Section) or Moodle (First name, Last name, …)"
        )
    people = [dict(zip(header, line + [""] * (len(header) - len(line)))) for line in lines]
    above = [person for person in people if POINTS_POSSIBLE in person[header[0]] or not any(_keys(person, system))]
    people = [person for person in people if person not in above]
    given, possible = _points(rows)
    belongs = {student: _owner(student, people, system) for student in given}
    # Canvas asks for all columns up to Section in its order; Moodle asks at the import which column is which
    behind = header.index("Section") + 1 if system == "Canvas" else 0
    kept = header[:behind] or [title for title in header if title in {*SYSTEMS["Moodle"]["known by"], *_ids(system)}]
    titles = [f"{name} {question}" for question in possible]
    table = [kept + titles]
    if system == "Canvas":
        table.append([f"    {POINTS_POSSIBLE}", *[""] * (len(kept) - 1), *possible.values()])
    for place, person in enumerate(people):
        own = next((given[student] for student, at in belongs.items() if at == place), {})
        table.append([person.get(title, "") for title in kept] + [own.get(question, "") for question in possible])
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(table)
    matched = [student for student, place in belongs.items() if place is not None]
    yield f"{system}: {len(matched)} of {len(people)} students have points in {len(titles)} columns"
    for student in given:
        if belongs[student] is None:
            yield f"{student}: graded, but nobody in the gradebook, or more than one, goes by this id"
    for place, person in enumerate(people):
        if place not in belongs.values():
            yield f"{_name(person, system)}: in the gradebook, and not in the table"


def _dialect(text):
    """Moodle writes commas, semicolons or tabs, as its settings say."""
    first = text.partition("\n")[0]
    return type("Dialect", (csv.excel,), {"delimiter": max(",;\t", key=first.count)})


def _points(rows):
    """The points by student and question, and the points that each question can have."""
    given, possible = {}, {}
    for row in rows:
        if row["question"] and row["student"]:
            given.setdefault(row["student"], {})
            if row["points"].strip():
                given[row["student"]][row["question"]] = row["points"].strip()
                possible[row["question"]] = row["possible"]
    return given, possible


def _owner(student, people, system):
    """The place of the one person who goes by a student's id, or None."""
    ids = {student.casefold()}
    if system == "Canvas":  # whose files begin with "doejane_12345", with the number of the column ID
        ids |= set(re.findall(r"_(\d+)$", student))
    found = [place for place, person in enumerate(people) if ids & _keys(person, system)]
    return found[0] if len(found) == 1 else None


def _ids(system):
    return SYSTEMS[system]["ids"]


def _keys(person, system):
    """The ids under which a person's notebook may have been handed in."""
    ids = [person.get(title, "").strip() for title in _ids(system)]
    ids += [address.partition("@")[0] for address in ids if "@" in address]
    ids.append(_name(person, system) if system == "Moodle" else "")
    return {re.sub(r"[^\w.-]+", "_", each).strip("._").casefold() for each in ids if each} - {""}


def _name(person, system):
    if system == "Moodle":
        return f"{person['First name']} {person['Last name']}".strip()
    return person["Student"].strip()
