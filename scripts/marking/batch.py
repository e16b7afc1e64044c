"""Grades all notebooks of a folder, on all cores, into a table that grows with each of them."""

import atexit
import hashlib
import time
from pathlib import Path

from answers import FOLDER, ROOT, Assignment, student_of
from benches import LIMIT

from marking import cage, papers, rows
from marking.judge import Judge, Lapsed

JUDGES = {}  # of this process, by assignment; each process of the batch has its own
ENDED_TWICE = "not graded: while it was looked at, the grader's own process ended, and once more when it was alone"


def grade(name, folder, out, course=None, limit=LIMIT, jobs=-1, say=print, use=("namespaces", "files")):
    """Grade the submissions of one assignment into the table ``out``; returns the number that were graded now.

    course : a folder made by ``assignments.py course``, whose tests count instead of the published ones
    limit : seconds that one cell, and one test of an answer, may take
    jobs : processes at once; -1 for one a core
    """
    folder, table = Path(folder).resolve(), rows.Table(out)
    if cage.resource is None:
        raise ValueError("on Windows answers cannot be closed in: grade in a container, as assignments/Dockerfile says")
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder: expected the folder that holds the submissions")
    source = assignment_of(name, course)
    tests = hashlib.sha256(source.path.read_bytes()).hexdigest()
    found = {mark(paper, tests): paper for paper in papers.collect(folder, name)}
    notebooks = {of_notebook(fingerprint) for fingerprint in found}
    before = table.read()
    read = {by_hand(row): row["points"] for row in before if row["status"] == rows.TO_BE_READ and row["points"]}
    kept = [
        row
        for row in before
        if row["fingerprint"] in found or by_hand(row) in read and of_notebook(row["fingerprint"]) in notebooks
    ]
    owners = {fingerprint: {"student": rows.safe(paper.student)} for fingerprint, paper in found.items()}
    kept = [row | owners.get(row["fingerprint"], {}) for row in kept]  # an id may depend on what else lies there
    done = {row["fingerprint"] for row in kept} & {*found}
    lost = [row for row in before if by_hand(row) in read and of_notebook(row["fingerprint"]) not in notebooks]
    if lost:
        say(f"{len(lost)} points by hand are of notebooks that are not there any more: {table.put_aside()} has them")
    table.write(kept)
    for fingerprint, paper in found.items():
        if paper.problem and fingerprint not in done:
            table.add([rows.row(paper, fingerprint, status="not graded", reason=paper.problem)])
    left = {key: paper for key, paper in found.items() if key not in done and not paper.problem}
    say(f"{len(found)} files, {len(left)} to grade" + (f", {len(done)} graded before" if done else ""))
    hidden = hidden_folders(folder, Path(out).resolve(), course)
    started, count = time.monotonic(), 0
    for _, graded in _in_parallel(left, (name, course, limit, hidden, use), jobs):
        table.add([row | {"points": read.get(by_hand(row), row["points"])} for row in graded])
        count += 1
        spent = time.monotonic() - started
        say(
            f"{count} of {len(left)}: {graded[0]['student']}, {points(graded)}"
            f" ({spent:.0f} s, about {spent / count * (len(left) - count):.0f} s left)"
        )
    order = {
        key: place for place, key in enumerate(sorted(found, key=lambda key: (found[key].student, found[key].place)))
    }
    present = [row for row in table.read() if row["fingerprint"] in order]
    table.write(sorted(present, key=lambda row: order[row["fingerprint"]]))
    return count


def assignment_of(name, course=None):
    """An assignment with the published tests, or with those of a teacher's course."""
    if course is None:
        return Assignment(name)
    path = Path(course).resolve() / "source" / name / f"{name}.ipynb"
    if not path.exists():
        raise ValueError(f"{path} is not there: run `assignments.py course {course} {name}` first")
    return Assignment(name, Path(course).resolve(), known=FOLDER)


def mark(paper, tests):
    """What a row is of, a notebook and tests: changed submissions and changed tests are graded again."""
    parts = f"{paper.place}\0{paper.digest}\0{paper.problem}", tests
    return "-".join(hashlib.sha256(part.encode()).hexdigest()[:16] for part in parts)


def of_notebook(fingerprint):
    """The part of a mark that is the notebook's."""
    return fingerprint.partition("-")[0]


def by_hand(row):
    """What a written question's points are of: they stay where the tests change, and the notebook does not."""
    return of_notebook(row["fingerprint"]), row["question"], row["possible"], row["status"] == rows.TO_BE_READ


def hidden_folders(folder, out, course):
    """The folders that no answer shall see, unless Python itself lies in them."""
    chosen = [*(ROOT / name for name in ("assignments", "tests", ".git", "_build")), folder, out.parent]
    chosen += [Path(course).resolve()] if course else []
    needed = [Path(path) for path in cage.libraries()]
    return [str(path) for path in chosen if not any(path == each or path in each.parents for each in needed)]


def points(graded):
    """The points of a notebook's rows, in words."""
    tested = [row for row in graded if row["points"]]
    if not tested:
        return graded[0]["reason"]
    total, possible = (sum(float(row[name]) for row in tested) for name in ("points", "possible"))
    return f"{total:g} of {possible:g} points"


def _in_parallel(left, settings, jobs):
    """Pairs (fingerprint, rows), as they come. The papers of a process that ends get a second try, alone."""
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = dict(left)
    while left:
        try:
            with Parallel(
                n_jobs=jobs, return_as="generator_unordered", pre_dispatch="n_jobs", batch_size=1
            ) as parallel:
                for key, graded in parallel(
                    delayed(grade_paper)(key, paper, *settings) for key, paper in list(left.items())
                ):
                    del left[key]
                    yield key, graded
        except TerminatedWorkerError:
            for key in list(left)[: 2 * Parallel(n_jobs=jobs)._effective_n_jobs()]:
                paper = left.pop(key)
                try:
                    (alone,) = Parallel(n_jobs=2)([delayed(grade_paper)(key, paper, *settings)])
                    yield alone
                except TerminatedWorkerError:
                    yield key, [rows.row(paper, key, status="not graded", reason=ENDED_TWICE)]


def grade_paper(key, paper, name, course, limit, hidden, use):
    """The rows of one submission."""
    try:
        judge = judge_of(name, course, limit, tuple(hidden), tuple(use))
        cells, mended = papers.cells_of(paper.read(), judge.assignment)
    except (ValueError, OSError) as error:
        return key, [rows.row(paper, key, status="not graded", reason=f"{papers.NOT_READ}{error}")]
    try:
        marks, faults, force = judge.grade(cells, student_of(cells))
        return key, rows.rows_of(paper, key, judge.assignment, cells, marks, faults, force, mended)
    except (Exception, Lapsed) as error:  # a fault of this program: the other submissions are graded all the same
        judge.close()
        reason = f"not graded, since this program failed: {type(error).__name__}: {error}"
        return key, [rows.row(paper, key, status="not graded", reason=reason)]


def judge_of(name, course, limit, hidden, use):
    """The judge of this process for these settings."""
    chosen = name, course, limit, hidden, use
    if chosen not in JUDGES:
        close_judges()
        atexit.register(close_judges)
        JUDGES[chosen] = Judge(assignment_of(name, course), limit, hidden, use)
    return JUDGES[chosen]


def close_judges():
    """End the processes that this one's judges have started."""
    while JUDGES:
        JUDGES.popitem()[1].close()
