"""Compares the answers of all submissions with each other, by copydetect, and lists the pairs that are most alike."""

import csv
import html
import io
import itertools
import statistics
import warnings
from pathlib import Path

from answers import read_cells, student_of

from marking import batch, page, papers
from marking.rows import safe

COLUMNS = ("student", "other", "share", "share_of_other", "characters", "same_id")
# In characters of code whose names are one letter each: a match shorter than the first does not count, and one as long
# as the second is found for certain
NOISE, GUARANTEE = 25, 30
SHOWN = 20  # pairs on the page


def report(name, folder, out, beside=None, course=None):
    """Write a row for each pair of submissions to ``out``, the most alike first; yields what there is to say.

    The code that was handed out is left out of the comparison, and so are the names of variables.
    beside : an HTML file that shows the first pairs side by side, with what they share marked
    """
    try:
        from copydetect import CodeFingerprint, compare_files
    except ModuleNotFoundError:
        raise ValueError("copydetect is missing: run `python -m pip install copydetect`") from None
    assignment = batch.assignment_of(name, course)
    codes, ids = {}, {}
    for paper in papers.collect(folder, name):
        try:
            if paper.problem:
                raise ValueError(paper.problem)
            cells, _ = papers.cells_of(paper.read(), assignment)
        except (ValueError, OSError) as error:
            yield f"{paper.place}: left out, {error}"
            continue
        codes[paper.student], ids[paper.student] = code_of(cells, assignment), student_of(cells)

    def prints_of(code, known=()):
        window = GUARANTEE - NOISE + 1
        return CodeFingerprint("code.py", NOISE, window, boilerplate=known, fp=io.StringIO(code))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an empty answer has no fingerprint, which is said as a share of 0
        released = list(prints_of(released_code(assignment)).hashes)
        prints = {student: prints_of(code, released) for student, code in codes.items()}
        rows, marked = [], {}
        for one, other in itertools.combinations(sorted(prints), 2):
            characters, shares, slices = compare_files(prints[one], prints[other])
            first, second = (min(1.0, float(share)) if prints[one].token_coverage else 0.0 for share in shares)
            same = ids[one] if ids[one] and ids[one] == ids[other] else ""
            rows.append((one, other, first, second, int(characters), same))
            marked[one, other] = slices
    rows.sort(key=lambda row: (not row[-1], -max(row[2:4]), row[:2]))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        [COLUMNS, *([*map(safe, (one, other, f"{a:.2f}", f"{b:.2f}", *rest))] for one, other, a, b, *rest in rows)]
    )
    Path(out).write_text("\ufeff" + text.getvalue(), encoding="utf-8", newline="")
    if beside:
        Path(beside).write_text(page_of(name, rows[:SHOWN], codes, marked), encoding="utf-8")
    yield f"{len(codes)} submissions, {len(rows)} pairs"
    if rows:
        largest = [max(row[2:4]) for row in rows]
        half, most = (f"{share:.0%}" for share in (statistics.median(largest), max(largest)))
        little = "hardly any code" if half == "0%" else f"{half} of their code or less"
        yield f"half of all pairs share {little}, and the most alike {most}"


def code_of(cells, assignment):
    """A student's own code, in answers and cells of their own, without the docstrings that were handed out."""
    locked = {cell.name for cell in assignment.cells if cell.kind == "code" and not cell.is_answer}
    own = "\n\n".join(cell.source for cell in cells if cell.kind == "code" and cell.name not in locked)
    released = {line.strip() for line in released_code(assignment).splitlines()} - {""}
    return "\n".join(line for line in own.splitlines() if line.strip() not in released or line.startswith("def "))


def released_code(assignment):
    """The code that was handed out."""
    path = assignment.known / "release" / assignment.name / f"{assignment.name}.ipynb"
    return "\n\n".join(cell.source for cell in read_cells(path) if cell.kind == "code")


def page_of(name, rows, codes, marked):
    """A page with pairs of codes side by side."""
    sections = []
    for one, other, first, second, _, same in rows:
        told = f"{first:.0%} of {one}'s code and {second:.0%} of {other}'s are in both."
        told += f" Both notebooks have the id {same}." if same else ""
        sides = "".join(
            f"<pre>{_marked(codes[student], slices)}</pre>"
            for student, slices in zip((one, other), marked[one, other], strict=True)
        )
        sections.append(
            f"<section>\n<h2>{html.escape(one)}, {html.escape(other)}</h2>\n<p>{html.escape(told)}</p>\n"
            f'<div class="sides">{sides}</div>\n</section>\n'
        )
    return page.HEAD.format(title=html.escape(f"{name}: submissions that are alike"), style=SIDES) + page.FOOT.format(
        body="".join(sections) or "<p>There are no pairs.</p>"
    )


SIDES = """
body { max-width: 90rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
@media (max-width: 60rem) { .sides { grid-template-columns: 1fr; } }
pre { overflow-x: auto; margin: 0; padding: .5rem; border: 1px solid var(--line); font-size: .8rem; }
mark { background: #ffe9a8; color: inherit; }
@media (prefers-color-scheme: dark) { mark { background: #574800; } }
"""


def _marked(code, slices):
    """Code as HTML, with its copied pieces marked."""
    text, at = "", 0
    for start, stop in sorted(zip(*slices)) if len(slices) else ():
        start, stop = max(at, int(start)), int(stop)
        if start < stop:
            text += html.escape(code[at:start]) + f"<mark>{html.escape(code[start:stop])}</mark>"
            at = stop
    return text + html.escape(code[at:])
