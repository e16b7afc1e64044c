"""Packs an assignment as a Gradescope autograder, and grades there what one student has handed in."""

import json
import os
import re
import stat
import sys
import time
import zipfile
from pathlib import Path

from answers import ROOT
from benches import LIMIT

from marking import batch, page, papers
from marking.judge import packages
from marking.rows import TO_BE_READ

VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
CLOSED = {"namespaces", "file rules", "file and signal rules"}  # each keeps answers from the references
SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, as root, when it makes the image.
set -euo pipefail
python=
for name in python3.13 python3.12 python3.11 python3.14; do
  if command -v "$name" >/dev/null && "$name" -c 'import ensurepip' 2>/dev/null; then python=$name; break; fi
done
if [ -z "$python" ]; then
  apt-get update
  for version in 3.12 3.11; do
    if apt-get install -y "python$version" "python$version-venv"; then python=python$version; break; fi
  done
fi
here=$(cd "$(dirname "$0")" && pwd)
"$python" -m venv "${GRADING:-/opt/grading}"
"${GRADING:-/opt/grading}/bin/python" -m pip install --quiet -r "$here/requirements.txt"
"""
RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission, as root. What grades is for root alone; answers run under another account.
set -euo pipefail
autograder=${{AUTOGRADER:-/autograder}}
chmod -R go-rwx "$autograder/source" "$autograder/submission"
cd "$autograder/source/book/scripts"
exec "${{GRADING:-/opt/grading}}/bin/python" -m marking.gradescope {name} "$autograder" {visibility}
"""


def pack(name, out, course=None, visibility="visible"):
    """Write the autograder of an assignment, with the published tests or a course's, as an archive ``out``."""
    assignment = batch.assignment_of(name, course)
    files = {
        "setup.sh": SETUP,
        "run_autograder": RUN.format(name=name, visibility=visibility),
        "requirements.txt": requirements(assignment),
        f"book/assignments/source/{name}/{name}.ipynb": assignment.path.read_text(encoding="utf-8"),
    }
    known = assignment.known
    for path in [
        *(
            ROOT / "scripts" / f"{module}.py"
            for module in ("answers", "benches", "handed_in", "notebooks", "submissions", "variants")
        ),
        *(ROOT / "scripts" / "marking").glob("*.py"),
        *(ROOT / "bpcore").rglob("*.py"),
        *(known / "wrong" / name).glob("*.py"),
        known / "release" / name / f"{name}.ipynb",
    ]:
        files[f"book/{path.relative_to(ROOT).as_posix()}"] = path.read_text(encoding="utf-8")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in sorted(files):
            entry = zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0))  # so that the same files make the same archive
            mode = 0o755 if place in ("setup.sh", "run_autograder") else 0o644
            entry.external_attr, entry.compress_type = (stat.S_IFREG | mode) << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[place])
    return len(files)


def requirements(assignment):
    """The versions that the book was tested with, of the packages that the cells of an assignment import."""
    modules = {module.partition(".")[0] for module in packages(assignment)}
    wanted = {"sklearn": "scikit-learn"}
    wanted = {wanted.get(module, module) for module in modules}
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return "".join(f"{line}\n" for line in lines if line.partition("==")[0] in wanted)


def run(name, place, visibility="visible", use=("namespaces", "files"), limit=LIMIT):
    """Grade place/submission, and write place/results/results.json."""
    place, started = Path(place).resolve(), time.monotonic()
    found = list(papers.collect(place / "submission", name))
    good = [paper for paper in found if not paper.problem]
    named = [paper for paper in good if Path(paper.place).name == f"{name}.ipynb"]
    if not good:
        told = "; ".join(f"{paper.place}: {paper.problem}" for paper in found) or "nothing was handed in"
        result = {"score": 0, "output": f"No notebook was graded. {told}. Hand in {name}.ipynb."}
    elif len(good) > 1 and len(named) != 1:
        result = {
            "score": 0,
            "output": f"Several notebooks were handed in ({', '.join(paper.place for paper in good)}), and none was "
            f"graded: hand in one, {name}.ipynb.",
        }
    else:
        paper = (named or good)[0]
        hidden = [str(path) for path in (ROOT.parent, place / "submission", place / "results")]
        _, rows = batch.grade_paper(paper.digest, paper, name, None, limit, hidden, use)
        batch.close_judges()
        result = result_of(rows, name, visibility, unreadable())
        print("\n".join(f"{row['question']} {row['points']}/{row['possible']} {row['reason']}" for row in rows))
    result |= {"execution_time": round(time.monotonic() - started, 2), "stdout_visibility": "hidden"}
    (place / "results").mkdir(exist_ok=True)
    (place / "results" / "results.json").write_text(json.dumps(result, indent=1), encoding="utf-8")


def unreadable():
    """Whether no other account can come to what this program is made of, by the rights of a folder above it."""
    return any(not path.stat().st_mode & stat.S_IXOTH for path in (ROOT / "assignments").parents)


def result_of(rows, name, visibility, unreadable):
    """The rows of one submission as Gradescope reads them; what only hidden tests say is not in it."""
    tested = [row for row in rows if row["points"]]
    if not tested:
        return {"score": 0, "output": " ".join(row["reason"] for row in rows if row["reason"])}
    force = set(tested[0]["isolation"].split(", "))
    if not (force & CLOSED or "account" in force and unreadable):
        return {
            "output": "Not graded: this machine keeps answers from nothing that grades them. "
            f"In force: {', '.join(sorted(force))}. Tell your teacher."
        }
    notes = [row["reason"] for row in rows if row["status"] == "note"]
    notes += [f"Mended before grading: {tested[0]['mended']}."] if tested[0]["mended"] else []
    notes += [f"{row['question']}: {row['possible']} points, read by your teacher." for row in rows if _is_written(row)]
    return {
        "output": "\n".join(notes),
        "visibility": visibility,
        "extra_data": {"isolation": tested[0]["isolation"]},
        "tests": [_test(row, name, visibility) for row in tested],
    }


def _is_written(row):
    return row["status"] == TO_BE_READ


def _test(row, name, visibility):
    number = row["question"].removeprefix("q")
    told = [row["for_student"], row["mistake"] and f"What your answer does: {row['mistake']}"]
    if row["status"] != "right":
        told.append(f"In the book: {page.chapter_of(name, row['question'])}")
    return {
        "number": number,
        "name": f"Question {number}",
        "score": float(row["points"]),
        "max_score": float(row["possible"]),
        "status": "passed" if row["status"] == "right" else "failed",
        "output": "\n".join(text for text in told if text) or "Right.",
        "output_format": "text",
        "visibility": visibility,
    }


def name_of_archive(out):
    """The path of the archive; ValueError where it is none."""
    path = Path(out)
    if not re.search(r"\.zip$", path.name) or not path.resolve().parent.is_dir():
        raise ValueError(f"{out}: expected the name of an archive in a folder that is there, such as theta.zip")
    return path


if __name__ == "__main__":
    os.umask(0o077)
    run(*sys.argv[1:])
