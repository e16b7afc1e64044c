"""The audit gives every statement a verdict and evidence, and leaves out nothing that the table of the articles calls wrong."""

import re
import tomllib
from pathlib import Path

import pytest
from test_articles import where

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "book" / "audit.md").read_text(encoding="utf-8")
PLACES = tomllib.loads((ROOT / "tests" / "book" / "articles.toml").read_text(encoding="utf-8"))
VERDICT = re.compile(r"(holds, if |holds(?:[;:,]|$)|wrong(?:[: ]|$)|cannot be known)")
LINK = re.compile(r"<cell-([a-z_]+)-([a-z0-9-]+)>")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| claim |")
]


def test_every_article_is_audited():
    parts = re.split(r"^## ", PAGE, flags=re.M)
    for article in "ABCDE":
        part = next(part for part in parts if part.startswith(f"Article {article}"))
        assert part.count("\n| ") > 4, f"article {article} has hardly a row"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:50])
def test_a_row_has_a_verdict_and_evidence_that_ran(row):
    claim, verdict, evidence = row
    assert VERDICT.match(verdict), f"{verdict!r} is none of the four verdicts"
    links = LINK.findall(evidence)
    assert links, f"no cell decides {claim!r}"
    for notebook, cell in links:
        problem = where(notebook, cell)
        assert problem is None, f"{claim!r}: {problem}"


@pytest.mark.parametrize("article, item", [(a, i) for a in PLACES for i in PLACES[a].get("wrong", ())])
def test_what_is_wrong_is_in_the_audit(article, item):
    places = PLACES[article]["wrong"][item]
    linked = {f"{notebook}: {cell}" for notebook, cell in LINK.findall(PAGE)}
    assert linked & set([places] if isinstance(places, str) else places), (
        f"article {article}, {item}: none of its cells is linked from the audit"
    )


def test_the_verdicts_are_told_apart():
    assert (
        not VERDICT.match("right")
        and not VERDICT.match("wrongly")
        and VERDICT.match("wrong: so")
        and VERDICT.match("holds, if so")
    )
