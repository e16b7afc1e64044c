"""The audit gives each claim a verdict and evidence that has run, and quotes the articles exactly."""

import json
import os
import re
import tomllib
from pathlib import Path

import pytest
from test_articles import where

ROOT = Path(__file__).resolve().parents[2]
AUDIT = tomllib.loads((ROOT / "book" / "audit.toml").read_text(encoding="utf-8"))
VERDICT = re.compile(r"(holds, if |holds\b|wrong\b|cannot be known\b)")
SOURCES = os.environ.get("ARTICLES", "")
TITLES = {  # what each original says near its beginning, so that its file is found under any name
    "A": "复现反向传播BP算法",
    "B": "理清反向传播算法",
    "C": "今天教大家用Python实现BP神经网络",
    "D": "实现神经网络自动训练:反向传播与激活函数的应用详解",
    "E": "BP神经网络——从原理到实现",
}
ROWS = [(article, kind, row) for article in AUDIT for kind in AUDIT[article] for row in AUDIT[article][kind]]


def called(value):
    return value["says"][:50] if isinstance(value, dict) else None


def without_spaces(text):
    """The originals break their lines and space their signs at will."""
    return re.sub(r"\s+", "", text)


def quotes(row):
    return [*row.get("quotes", ()), *row.get("code", ())]


def missing(row, text):
    return [quote for quote in quotes(row) if without_spaces(quote) not in without_spaces(text)]


def original(article):
    """The text of an article in the folder ``ARTICLES``."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(SOURCES).glob("*.txt"))]
    found = [text for text in texts if TITLES[article] in text[:400]]
    assert len(found) == 1, f"{len(found)} files in {SOURCES} begin with the title of article {article}"
    return found[0]


def test_every_article_has_both_tables_on_the_page():
    page = (ROOT / "book" / "audit.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^```\{audit\} (\w+) (\w+)$", page, re.M))
    assert shown == {(article, kind) for article in AUDIT for kind in AUDIT[article]}
    assert shown >= {(article, kind) for article in TITLES for kind in ("claims", "programs")}


@pytest.mark.parametrize("article, kind, row", ROWS, ids=called)
def test_a_row_is_complete_and_its_evidence_has_run(article, kind, row):
    assert set(row) <= {"quotes", "code", "says", "verdict", "evidence"}
    if kind == "claims":
        assert VERDICT.match(row["verdict"]), f"{row['verdict']!r} is none of the four verdicts"
        assert quotes(row), f"{row['says']!r} is said to be the article's, and no word of the article is given"
    assert row["evidence"], f"no cell decides {row['says']!r}"
    for _, cell in row["evidence"]:
        notebook, _, name = cell.partition("-")
        problem = where(notebook, name)
        assert problem is None, f"{row['says']!r}: {problem}"


@pytest.mark.skipif(
    not SOURCES, reason="the originals are not at hand: set ARTICLES to the folder that holds their texts"
)
@pytest.mark.parametrize("article, kind, row", [row for row in ROWS if quotes(row[2])], ids=called)
def test_a_quotation_stands_in_its_article(article, kind, row):
    assert not missing(row, original(article))


def test_a_word_that_is_not_in_the_text_is_found():
    assert missing({"quotes": ["ab", "bd"], "code": ["x = 1"]}, "a b c; x=1") == ["bd"]


def test_the_verdicts_are_told_apart():
    assert not VERDICT.match("right") and not VERDICT.match("wrongly") and VERDICT.match("wrong: so")


OURS = {"一半"}  # what vanishing_slopes says the article meant


@pytest.mark.skipif(not SOURCES, reason="the originals are not part of the repository: ARTICLES names their folder")
def test_quotations_in_the_chapters_stand_in_an_article():
    texts = [without_spaces(original(article)) for article in TITLES]
    missing = []
    for page in sorted((ROOT / "book").glob("*.ipynb")):
        cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
        words = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        quoted = set(re.findall(r"\{zh\}`([^`]+)`", words)) - OURS
        missing += [(page.name, each) for each in quoted if not any(without_spaces(each) in text for text in texts)]
    assert missing == []
