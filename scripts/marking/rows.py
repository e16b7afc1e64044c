"""Puts what is said of a submission into the rows of a table, one for each question, and keeps the table in a file."""

import csv
import io
import os
import re
from pathlib import Path

from answers import text_of
from benches import Verdict

from marking.judge import Marks, is_blank

COLUMNS = (
    "student", "notebook", "question", "points", "possible", "status", "reason", "mistake", "for_student", "mended",
    "isolation", "fingerprint",
)  # fmt: skip
STAGES = {
    "answer": "The answer's cell fails",
    "visible": "A test in the notebook fails",
    "hidden": "A test that the notebook does not show fails",
    "stderr": "The test passes, but something was written to stderr",
    "time": "The answer was stopped",
    "died": "The answer was lost",
}
TO_BE_READ = "to be read"  # the status of a written question; points beside it are a teacher's
NOT_ANSWERED = "Not answered: the function is as it was handed out."
KEPT_BACK = "A test that the notebook does not show fails: it tries other numbers and sizes."
LONGEST = 1500  # characters of a cell of the table


def row(paper, fingerprint, **values):
    """A row of the table, with only those of its columns that are given."""
    known = {"student": paper.student, "notebook": paper.place, "fingerprint": fingerprint}
    return {name: safe({**known, **values}.get(name, "")) for name in COLUMNS}


def rows_of(paper, fingerprint, assignment, cells, marks, faults, force, mended):
    """The rows of a graded notebook: a row for each question, and one for each written question."""
    about = {"mended": "; ".join(mended), "isolation": ", ".join(force)}
    rows = []
    if "student" in faults:
        reason = f"The cell with the id fails, so data without an id were used: {faults['student']}"
        rows.append(row(paper, fingerprint, status="note", reason=reason, **about))
    for question in assignment.questions.values():
        given = marks.get(question.id, Marks(Verdict(0)))
        verdict = given.verdict
        reasons = _once(_reason(lost) for lost in verdict.lost)
        told = _once(_for_student(lost, question) for lost in verdict.lost)
        found = given.mistakes or given.parts
        rows.append(
            row(
                paper,
                fingerprint,
                question=question.id,
                points=f"{verdict.points:g}",
                possible=f"{question.points:g}",
                status=_status(verdict, question),
                reason="\n".join([NOT_ANSWERED] if is_blank(verdict) else reasons),
                mistake="\n".join(found),
                for_student="\n".join([NOT_ANSWERED] if is_blank(verdict) else told),
                **about,
            )
        )
    for cell in assignment.written:
        rows.append(row(paper, fingerprint, question=cell.name, possible=cell.points, status=TO_BE_READ, **about))
    return rows


def _once(texts):
    """The texts, but of those with the same first line only the first."""
    first = {}
    for text in texts:
        first.setdefault(text.partition("\n")[0], text)
    return list(first.values())


def _status(verdict, question):
    if verdict.passed:
        return "right"
    if is_blank(verdict):
        return "blank"
    stages = {lost.stage for lost in verdict.lost}
    for stage, status in (("time", "stopped"), ("died", "lost"), ("answer", "fails")):
        if stage in stages:
            return status
    return "partly right" if verdict.points else "wrong"


def _reason(lost):
    return f"{STAGES[lost.stage]}: {lost.message}"


def _for_student(lost, question):
    """What a student may read: of a hidden test no line, and a hint only where the notebook shows it too."""
    if lost.stage != "hidden":
        return _reason(lost)
    hint = lost.message.partition(" Hint: ")[2]
    shown = "".join(
        re.sub(r"### BEGIN HIDDEN.*?### END HIDDEN", "", test.source, flags=re.DOTALL) for test in question.tests
    )
    raised = re.match(r"[^\n]*? (raised \w+: [^\n]*)", lost.message)
    if raised:
        return f"{KEPT_BACK} There your function {raised[1]}"
    return f"{KEPT_BACK} Hint: {hint}" if hint and hint in shown else KEPT_BACK


def safe(value):
    """A value as text that no spreadsheet takes for a formula, without control characters, and not too long."""
    text = "".join(letter for letter in str(value) if letter.isprintable() or letter == "\n")
    text = text.encode("utf-8", "replace").decode()
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


class Table:
    """The rows in a file: each submission's are added as soon as they are there, and those of an earlier run count."""

    def __init__(self, path):
        self.path = Path(path)

    def read(self):
        """The rows of the file; ValueError where it is another table."""
        if not self.path.exists():
            return []
        text = text_of(self.path)
        reader = csv.DictReader(io.StringIO(text[: text.rfind("\n") + 1], newline=""))
        if text and tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{self.path} is another table: expected a new name, or a table of this command's")
        return [row for row in reader if None not in row.values() and None not in row]

    def write(self, rows):
        """Replace the file, in one step."""
        beside = self.path.with_name(f"{self.path.name}.part")
        beside.write_text("\ufeff" + _lines([dict(zip(COLUMNS, COLUMNS)), *rows]), encoding="utf-8", newline="")
        os.replace(beside, self.path)

    def put_aside(self):
        """Copy the file as it is, and return the name of the copy."""
        beside = self.path.with_name(f"{self.path.name}.before")
        beside.write_bytes(self.path.read_bytes())
        return beside

    def add(self, rows):
        """Append rows, and see to it that they are on the disk."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            file.write(_lines(rows))
            file.flush()
            os.fsync(file.fileno())


def _lines(rows):
    text = io.StringIO(newline="")
    csv.DictWriter(text, COLUMNS, lineterminator="\n").writerows(rows)
    return text.getvalue()
