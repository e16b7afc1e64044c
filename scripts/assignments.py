"""Makes releases and courses of the assignments' sources, grades submissions, and names known mistakes."""

import argparse
import ast
import html
import json
import math
import os
import re
import shutil
import sys
import tempfile
import textwrap
from pathlib import Path

import notebooks
import variants
from answers import CANARY, FOLDER, HIDDEN, ROOT, Assignment, names, read_cells, student_of, text_of
from benches import LIMIT, STARTING, Child, Grader
from marking import batch, gradebook, gradescope, page, rows, similar
from submissions import repair, sort

BUILD = ROOT / "_build" / "assignments"
RUNNING = {
    "timeout": 600,
    "iopub_timeout": 60,
    "startup_timeout": 600,
    "extra_arguments": ["--log-level=ERROR"],
}  # how nbgrader runs a notebook: no kernel's remarks on itself


# Releases


def generate(names, folder=FOLDER, course=None):
    """The text of each release, as `nbgrader generate_assignment` makes it in a course of its own that is gone
    afterwards.

    ``course`` names a folder in which the course is made and left instead, with its gradebook in gradebook.db.
    """
    if course is None:
        BUILD.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=BUILD) as place:
            return generate(names, folder, place)
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    texts = {}
    for name in names:
        shutil.copytree(Path(folder) / "source" / name, Path(course) / "source" / name)
        config = settings(course, assignment_id=name)
        GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
        texts[name] = (Path(course) / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8")
        if CANARY in texts[name]:
            raise ValueError(
                f"{name}: a part that is private is in the release; "
                "its BEGIN and END lines are not as nbgrader expects them"
            )
    return texts


def settings(course, **more):
    """The settings of nbgrader for a course in a folder of its own, with a gradebook of its own."""
    from traitlets.config import Config

    # nbgrader starts alembic by its name, which stands beside this Python even where no environment is activated
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, os.environ["PATH"]])
    return Config(
        Execute=RUNNING,
        CourseDirectory={"root": str(course), "db_url": f"sqlite:///{Path(course) / 'gradebook.db'}", **more},
    )


def validate(path):
    """What `nbgrader validate` objects to in a notebook: an empty string where that is nothing."""
    from nbgrader.validator import Validator
    from traitlets.config import Config

    found = Validator(config=Config(Execute=RUNNING)).validate(str(path))
    faults = "\n".join(
        f"{kind}: {cell.get('error') or cell['source']}" for kind, cells in found.items() for cell in cells
    )
    return html.unescape(re.sub("<[^<>]*>", "", faults))


def stale(texts, folder=FOLDER):
    """The names of releases that differ from what their sources make, or have none."""
    here = {path.name: path / f"{path.name}.ipynb" for path in (Path(folder) / "release").glob("*") if path.is_dir()}
    return sorted(
        {
            name
            for name, text in texts.items()
            if name not in here or not here[name].exists() or here[name].read_text(encoding="utf-8") != text
        }
        | (here.keys() - texts.keys())
    )


def renew(check):
    """Generate every release; store those that have changed, or with ``check`` name them."""
    texts = generate(names())
    old = stale(texts)
    if check:
        sys.exit(f"Not as their sources make them: {', '.join(old)}. Run: make assignments" if old else 0)
    for name, text in texts.items():
        assignment = Assignment(name)
        faults = validate(assignment.path)
        if faults:
            sys.exit(f"{name}: nbgrader validate finds that the reference fails, so no release was stored\n{faults}")
        path = assignment.release
        if name in old:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(ROOT)}: {'stored' if name in old else 'unchanged'}")
    left = [name for name in old if name not in texts]
    if left:
        sys.exit(f"Releases without a source: {', '.join(left)}. Delete them, or put their sources back.")


# A teacher's own course

SETTINGS = """\
\"\"\"The settings of nbgrader for this course.\"\"\"

c = get_config()
c.CourseDirectory.course_id = {course!r}
c.Execute.timeout = {timeout}
c.Execute.iopub_timeout = {patience}  # seconds, so that a notebook full of prints is read to its end
# A student's feedback shows the tests of the notebook, and not the hidden ones.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
"""
KEPT_OUT = """\
# What is about students stays out of a repository, be it a private one.
gradebook.db*
downloaded/
as_handed_in/
submitted/
autograded/
feedback/
"""


def course(place, chosen=()):
    """Make or renew an nbgrader course: the published sources, with what lies in its folder "overlay" in their places.

    The overlay has a file for each hidden test, NAME/q1-test.py, and each written question, NAME/w1.md. Files that are
    missing are written as they are published, and files that are there are never changed. Yields what there is to say,
    line by line.
    """
    place = Path(place).resolve()
    if place.is_relative_to(ROOT):
        raise ValueError(
            f"{place} is inside the book's own folder, where private tests would be published with it: "
            "choose a folder outside, such as ../course"
        )
    for name in chosen or names():
        assignment, own = Assignment(name), place / "overlay" / name
        files = {
            cell: own / f"{cell.name}{'.py' if cell.is_test else '.md'}"
            for cell in assignment.cells
            if cell.is_test or cell.is_written
        }
        own.mkdir(parents=True, exist_ok=True)
        unknown = sorted(path for path in set(own.iterdir()) - set(files.values()) if not _is_left_by_an_editor(path))
        if unknown:
            raise ValueError(
                f"{unknown[0]} stands for no cell of {name}: "
                f"expected one of {', '.join(path.name for path in files.values())}"
            )
        changed = {}
        for cell, path in files.items():
            start, end = HIDDEN.search(cell.source).span(1) if cell.is_test else (0, len(cell.source))
            published = textwrap.dedent(cell.source[start:end])
            if not path.exists():
                path.write_text(published, encoding="utf-8", newline="\n")
            text = text_of(path)
            if text != published:
                own_part = textwrap.indent(_overlaid(path, text), "    ") if cell.is_test else _overlaid(path, text)
                changed[cell.name] = cell.source[:start] + own_part + cell.source[end:]
        book = json.loads(assignment.path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            cell["source"] = changed.get(cell["metadata"].get("nbgrader", {}).get("grade_id"), cell["source"])
        path = place / "source" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebooks.write(book), encoding="utf-8", newline="\n")
        faults = validate(path) if changed else ""
        faults = faults or "\n".join(faults_for_ids(Assignment(name, place, known=FOLDER), changed))
        if faults:
            path.unlink()  # so that nothing is graded by tests that are wrong themselves
            raise ValueError(
                f"{name}: the reference solutions do not pass with your tests; "
                f"until they do, there is no {path}\n{faults}"
            )
        same = [path.name for cell, path in files.items() if cell.name not in changed]
        parts = f"{len(changed)} part{'s' * (len(changed) != 1)} of your own"
        yield f"{name}: {parts}" + (f"; as published: {', '.join(same)}" if same else "")
    for file, text in {
        "nbgrader_config.py": SETTINGS.format(
            course=place.name, timeout=RUNNING["timeout"], patience=RUNNING["iopub_timeout"]
        ),
        ".gitignore": KEPT_OUT,
    }.items():
        if not (place / file).exists():
            (place / file).write_text(text, encoding="utf-8", newline="\n")


def faults_for_ids(assignment, changed):
    """What tests of the teacher's own object to in the references for an id of each convention, line by line.

    A notebook without an id, which nbgrader validates, has one convention, and numbers that no student with an id has.
    ``changed`` holds the names of the teacher's own cells; the tests of other questions are not run.
    """
    questions = [each for each in assignment.questions.values() if any(test.name in changed for test in each.tests)]
    if not questions:
        return
    grader = Grader(assignment, RUNNING["timeout"])
    try:
        for convention in variants.conventions(assignment.name):
            student = variants.student_with(assignment.name, convention)
            told = ", ".join([f"with the id {student}", *filter(None, [variants.words(convention)])])
            for question in questions:
                reference = grader.reference(question.id, student)
                for lost in grader.grade(question.id, reference, student).lost:
                    yield f"{lost.cell}, {told}: {lost.message}"
    finally:
        grader.close()


def _is_left_by_an_editor(path):
    """Whether a file is what editors and file managers leave behind, such as .ipynb_checkpoints, .DS_Store and
    q1-test.py~.
    """
    return path.name.startswith((".", "_", "#")) or path.name.endswith(("~", ".bak", ".swp"))


def _overlaid(path, text):
    """The text of an overlay's file, if it can stand in its cell."""
    if path.suffix == ".md":
        marks = [text.count(mark) for mark in ("### BEGIN SOLUTION", "### END SOLUTION")]
        if marks != [1, 1]:
            raise ValueError(
                f"{path} has {marks[0]} lines BEGIN SOLUTION and {marks[1]} lines END SOLUTION: "
                "expected one of each, around the rubric, which students would read otherwise"
            )
        return text
    if re.search("### (BEGIN|END) ", text):
        raise ValueError(f"{path} has a BEGIN or END line: expected the hidden test alone, which is put between them")
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise ValueError(f"{path} is not Python ({error})") from None
    return text if text.endswith("\n") else text + "\n"


# A submitted notebook, explained


def which(cells, folder=FOLDER):
    """The assignment that a notebook answers: it shares the most cells with it that no other assignment has."""
    sources = {name: {cell.source.strip() for cell in Assignment(name, folder).cells} for name in names(folder)}
    came = {cell.source.strip() for cell in cells}
    shared = {
        name: len(came & own - set().union(*(other for key, other in sources.items() if key != name)))
        for name, own in sources.items()
    }
    best = max(shared, key=shared.get)
    return best if shared[best] else None


def explain(path, name=None, limit=LIMIT, folder=FOLDER, examiners=None):
    """What there is to say of one submitted notebook, line by line.

    ``examiners`` holds the processes that know the references, by assignment, for those who explain several notebooks:
    they close them in the end. Without it there is one for this notebook alone.
    """
    try:
        cells = read_cells(path)
    except (OSError, ValueError) as error:
        yield f"{path}: not read ({error})"
        return
    name = name or which(cells, folder)
    if name is None:
        yield f"{path}: no cell of an assignment is in it; name the assignment with --assignment"
        return
    assignment = Assignment(name, folder)
    known = {cell.name for cell in assignment.cells}
    came = [cell.name for cell in cells if cell.name in known]
    twice = sorted({cell for cell in came if came.count(cell) > 1})
    yield f"{path}: assignment {name}"
    if twice:
        yield f"  {', '.join(twice)}: in it more than once, the last one counts; repair it before nbgrader grades it"
    if examiners is None:
        examiner = None
    else:
        examiner = examiners.setdefault(name, Child(assignment, limit=STARTING))
    grader, points = Grader(assignment, limit, examiner), 0
    try:
        for question in assignment.questions.values():
            if question.id not in came:
                yield (
                    f"  {question.id}: 0 of {question.points} points. The notebook has no cell {question.id}: "
                    "was it deleted, or copied without its metadata?"
                )
                continue
            stopped = set(grader.stopped)
            try:
                verdict, alike = grader.explain(question.id, cells, student_of(cells))
            except (
                RuntimeError
            ) as error:  # a fault of this program: the other questions and notebooks are looked at all the same
                last = str(error).strip().splitlines()[-1]
                yield f"  {question.id}: not looked at, since this program failed: {last}"
                continue
            for cell in grader.stopped.keys() - stopped:
                if cell and all(lost.message != grader.stopped[cell] for lost in verdict.lost):
                    yield f"  {grader.stopped[cell]} It is left out from here on."
            points += verdict.points
            yield from _explained(question, verdict, alike)
    finally:
        grader.close()
    for cell in assignment.written:
        yield f"  {cell.name}: {cell.points} points, to be read"
    yield f"  {points} of {sum(question.points for question in assignment.questions.values())} points by tests"


def _explained(question, verdict, alike):
    """The lines on one question."""
    yield f"  {question.id}: {verdict.points} of {question.points} points"
    told = set()
    for lost in verdict.lost:
        if lost.message == "NotImplementedError":
            text = "Not answered: the function raises NotImplementedError, as it did when it was handed out"
        else:
            text = f"{rows.STAGES[lost.stage]}: {lost.message}"
        if text not in told:
            yield textwrap.indent(text, "    ")
            told.add(text)
    for text in alike:
        yield f"    The same results come from a known mistake. {text}"


def seconds(text):
    """A number of seconds, as it was typed."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text} came: expected a number of seconds above 0, such as {LIMIT}")
    return value


def processes(text):
    """A number of processes, as it was typed; -1 is one for each core."""
    if not re.fullmatch(r"-1|[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f"{text} came: expected a number of processes above 0, or -1 for one a core")
    return int(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("generate", help="generate the releases from the sources, and validate the sources")
    command.add_argument(
        "--check",
        action="store_true",
        help="change nothing; fail with the names of releases that are not as their sources make them",
    )
    command = commands.add_parser(
        "course", help="make or renew an nbgrader course outside of this folder, with hidden tests of your own"
    )
    command.add_argument(
        "folder", type=Path, help="where the course is; its folder overlay holds your own tests and written questions"
    )
    command.add_argument(
        "assignments", nargs="*", metavar="assignment", help=f"of {', '.join(names())}; all if none is given"
    )
    command = commands.add_parser(
        "repair",
        help="sort downloaded submissions of a course, and put each into its release again",
        description="Sorts what lies in downloaded/NAME/archive of a course, "
        "and puts each submitted notebook into the release again: "
        "answers and own cells are the student's, all other cells those of the release.",
    )
    command.add_argument("folder", type=Path, help="where the course is")
    command.add_argument("assignment", choices=names())
    command = commands.add_parser(
        "explain",
        help="say of submitted notebooks which tests fail, and which known mistake an answer makes",
        description=f"{NO_SANDBOX} Each cell is stopped after a time.",
    )
    command.add_argument("notebooks", nargs="+", type=Path)
    command.add_argument(
        "--assignment", choices=names(), help="the assignment that the notebooks answer, where their cells do not tell"
    )
    command.add_argument("--limit", type=seconds, default=LIMIT, help=f"seconds that a cell may take ({LIMIT})")
    command = commands.add_parser(
        "grade",
        help="grade a folder of submissions into a table, with a row for each student and question",
        description="Grades a folder, or an archive of a learning management system in a folder. "
        "Answers run in a closed process, tests in another one. "
        "Started again, it goes on where it was stopped; changed notebooks and tests are graded again.",
    )
    command.add_argument("assignment", choices=names())
    command.add_argument("folder", type=Path, help="where the submissions are")
    command.add_argument("table", type=Path, metavar="OUT.csv", help="the table to write, or to go on with")
    command.add_argument("--course", type=Path, help="a course made by this program, whose tests count")
    command.add_argument("--html", type=Path, metavar="DIR", help="write a page for each student there")
    command.add_argument("--site", default="", help="the address of the book, for the pages; relative otherwise")
    command.add_argument("--limit", type=seconds, default=LIMIT, help=f"seconds for a cell, and for a test ({LIMIT})")
    command.add_argument("--jobs", type=processes, default=-1, help="notebooks at once (one for each core)")
    command = commands.add_parser(
        "gradescope",
        help="pack an assignment as a Gradescope autograder",
        description="Writes the archive that Gradescope asks for under Configure Autograder. "
        "It holds the references: keep it where students cannot get it.",
    )
    command.add_argument("assignment", choices=names())
    command.add_argument("archive", type=Path, metavar="OUT.zip")
    command.add_argument("--course", type=Path, help="a course made by this program, whose tests count")
    command.add_argument(
        "--visibility", choices=gradescope.VISIBILITIES, default="visible", help="when students see their results"
    )
    command = commands.add_parser(
        "gradebook",
        help="put the points of a table into the gradebook that Moodle or Canvas has exported",
        description="Writes the rows of an exported gradebook with a column for each question, to be imported again.",
    )
    command.add_argument("assignment", choices=names())
    command.add_argument("table", type=Path, metavar="GRADES.csv", help="a table that grade has written")
    command.add_argument("exported", type=Path, metavar="EXPORTED.csv", help="the gradebook, as it was exported")
    command.add_argument("out", type=Path, metavar="OUT.csv")
    command = commands.add_parser(
        "similar",
        help="list the pairs of submissions that are most alike",
        description="Compares all submissions with each other by copydetect, without the code that was handed out. "
        "A large share is a reason to talk to two students, and no proof.",
    )
    command.add_argument("assignment", choices=names())
    command.add_argument("folder", type=Path, help="where the submissions are")
    command.add_argument("table", type=Path, metavar="OUT.csv")
    command.add_argument("--html", type=Path, metavar="OUT.html", help="write the codes of alike pairs side by side")
    command.add_argument("--course", type=Path, help="the course whose tests were handed out")
    arguments = parser.parse_args()
    try:
        carry_out(arguments, parser)
    except (ValueError, OSError) as error:
        sys.exit(str(error))


def carry_out(arguments, parser):
    """Do what was typed."""
    if arguments.command == "generate":
        renew(arguments.check)
    elif arguments.command == "course":
        unknown = set(arguments.assignments) - set(names())
        if unknown:
            parser.error(f"no assignment {', '.join(sorted(unknown))}: expected some of {', '.join(names())}")
        for line in course(arguments.folder, arguments.assignments):
            print(line, flush=True)
    elif arguments.command == "repair":
        for step in (sort, repair):
            for line in step(arguments.folder, arguments.assignment):
                print(line, flush=True)
    elif arguments.command == "grade":
        batch.grade(
            arguments.assignment,
            arguments.folder,
            arguments.table,
            arguments.course,
            arguments.limit,
            arguments.jobs,
            say=lambda text: print(text, file=sys.stderr, flush=True),
        )
        if arguments.html:
            graded = rows.Table(arguments.table).read()
            count = page.write_pages(graded, arguments.assignment, arguments.html, arguments.site)
            print(f"{count} pages in {arguments.html}", file=sys.stderr)
    elif arguments.command == "gradescope":
        archive = gradescope.name_of_archive(arguments.archive)
        count = gradescope.pack(arguments.assignment, archive, arguments.course, arguments.visibility)
        print(f"{archive}: {count} files")
    elif arguments.command == "similar":
        for line in similar.report(
            arguments.assignment, arguments.folder, arguments.table, arguments.html, arguments.course
        ):
            print(line, file=sys.stderr)
    elif arguments.command == "gradebook":
        graded = rows.Table(arguments.table).read()
        for line in gradebook.fill(arguments.assignment, graded, arguments.exported, arguments.out):
            print(line, file=sys.stderr)
    else:
        print(f"{NO_SANDBOX} Each cell is stopped after {arguments.limit:g} seconds.", file=sys.stderr)
        examiners = {}
        for path in arguments.notebooks:
            try:
                for line in explain(path, arguments.assignment, arguments.limit, examiners=examiners):
                    print(line, flush=True)
            except Exception as error:  # whatever one notebook does, the next one is looked at
                print(f"{path}: not explained any further ({type(error).__name__}: {error})", flush=True)
        for examiner in examiners.values():
            examiner.close()


NO_SANDBOX = (
    "The notebooks' code runs in a process of its own, which is no sandbox: it can read and write what you can."
)

if __name__ == "__main__":
    main()
