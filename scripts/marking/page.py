"""Writes a page for each student: points, what came, what was expected, and where to read about it."""

import html
import re
from pathlib import Path

from marking.rows import TO_BE_READ

CHAPTERS = {  # where the book explains what a question asks for; the first chapter is that of all others
    "chain_rule": {"": "chain_rule", "q3": "four_equations", "q4": "four_equations", "q5": "four_equations",
                   "q7": "four_equations", "q9": "loss_and_output"},
    "theta": {"": "theta_matrices", "q8": "gradient_check", "q9": "gradient_check"},
    "digits": {"": "common_bugs", "q1": "mlp_classifier", "q2": "vanishing_slopes", "q3": "loss_and_output",
               "q4": "first_weights", "q5": "own_network", "q10": "mlp_classifier", "q11": "mlp_classifier"},
}  # fmt: skip
HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --text: #1a1a1a; --back: #ffffff; --line: #767676; --link: #0b4f9e; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --text: #ececec; --back: #16181c; --line: #8f8f8f; --link: #9cc7ff; }}
}}
body {{ color: var(--text); background: var(--back); font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto;
  max-width: 46rem; padding: 0 1rem; }}
a {{ color: var(--link); }}
table {{ border-collapse: collapse; }}
th, td {{ border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; }}
section {{ border-top: 1px solid var(--line); margin-top: 1.5rem; }}
p, li {{ overflow-wrap: anywhere; white-space: pre-line; }}
{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
"""
FOOT = """\
{body}
</main>
</body>
</html>
"""


def write_pages(rows, name, folder, site=""):
    """A page for each student of the table; returns how many.

    site : the address of the built book, such as https://example.org/book/; without it the links are relative
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    students = {}
    for row in rows:
        if row["student"] and row["question"] or row["status"] == "note":
            students.setdefault(row["student"], []).append(row)
    taken = set()
    for student, own in students.items():
        file = name_of_file = re.sub(r"[^\w.-]", "_", student)[:100] or "unnamed"
        number = 1
        while file.casefold() in taken:  # two ids may differ in what a name cannot hold, on some systems in case alone
            number += 1
            file = f"{name_of_file}-{number}"
        taken.add(file.casefold())
        (folder / f"{file}.html").write_text(page_of(own, name, site), encoding="utf-8")
    return len(students)


def page_of(rows, name, site=""):
    """The page of one student's rows."""
    told_points = [f"{_sum(rows, False)} points by tests"]
    if any(row["points"] for row in rows if row["status"] == TO_BE_READ):
        told_points.append(f"{_sum(rows, True)} points by hand")
    table = "".join(
        f'<tr><th scope="row">{_text(row["question"])}</th><td>{_text(row["points"] or TO_BE_READ)}</td>'
        f"<td>{_text(row['possible'])}</td><td>{_text(_status(row))}</td></tr>\n"
        for row in rows
        if row["question"]
    )
    body = (
        '<table>\n<tr><th scope="col">question</th><th scope="col">points</th><th scope="col">of</th>'
        f'<th scope="col">result</th></tr>\n{table}</table>\n'
    )
    if rows[0]["mended"]:
        body += f"<p>Mended before grading: {_text(rows[0]['mended'])}.</p>\n"
    body += "".join(_section(row, name, site) for row in rows if row["for_student"] or row["mistake"])
    told = (
        f"<p>{_text(rows[0]['student'])}, notebook {_text(rows[0]['notebook'])}</p>\n"
        f"<p><strong>{', '.join(told_points)}</strong></p>\n"
    )
    title = f"{_text(rows[0]['student'])}: {_text(name)}"
    return HEAD.format(title=title, style="") + FOOT.format(body=told + body)


def _sum(rows, by_hand):
    """The points of the questions that tests grade, or of the written ones, as "40 of 78"."""
    chosen = [row for row in rows if row["points"] and (row["status"] == TO_BE_READ) == by_hand]
    return " of ".join(f"{sum(float(row[key]) for row in chosen):g}" for key in ("points", "possible"))


def _status(row):
    return "read" if row["status"] == TO_BE_READ and row["points"] else row["status"]


def chapter_of(name, question):
    """The chapter that explains what a question asks for."""
    chapters = CHAPTERS.get(name, {"": "index"})
    return chapters.get(question, chapters[""])


def _section(row, name, site):
    question = row["question"]
    told = "".join(f"<p>{_text(text)}</p>\n" for text in row["for_student"].split("\n") if text)
    if row["mistake"]:
        items = "".join(f"<li>{_text(text)}</li>\n" for text in row["mistake"].split("\n"))
        told += f"<h3>What your answer does</h3>\n<ul>\n{items}</ul>\n"
    chapter = chapter_of(name, question)
    address = f"{site.rstrip('/') or '.'}/book/{chapter}.html"
    words = chapter.replace("_", " ")
    return (
        f'<section aria-labelledby="{_text(question)}">\n<h2 id="{_text(question)}">Question '
        f"{_text(question.removeprefix('q'))}: {_text(row['points'])} of {_text(row['possible'])} points</h2>\n{told}"
        f'<p>In the book: <a href="{_text(address)}">{_text(words)}</a></p>\n</section>\n'
    )


def _text(text):
    return html.escape(str(text), quote=True)
