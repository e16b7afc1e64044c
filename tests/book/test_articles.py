"""What each article shows and gets wrong has its place in the book: an item, a notebook, a cell that has run."""

import json
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = tomllib.loads((ROOT / "tests" / "book" / "articles.toml").read_text(encoding="utf-8"))

# Counted apart from the table, so that a row that is lost is missed.
ITEMS = {
    "A.shown": 6,
    "A.wrong": 8,
    "B.shown": 10,
    "B.wrong": 17,
    "C.shown": 6,
    "C.wrong": 8,
    "D.shown": 7,
    "D.wrong": 4,
    "E.shown": 4,
    "all.shown": 7,
    "others.shown": 2,
}


def where(notebook, cell, book=ROOT / "book"):
    """None where the cell is in the notebook and has run; else what is wrong."""
    path = book / f"{notebook}.ipynb"
    if not path.is_file():
        return f"there is no chapter {notebook!r}"
    found = [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["id"] == cell]
    if not found:
        return f"{notebook} has no cell {cell!r}"
    if found[0]["cell_type"] != "code" or not found[0]["outputs"]:
        return f"the cell {cell!r} of {notebook} shows nothing"
    return None


@pytest.mark.parametrize("group", ITEMS)
def test_no_item_is_lost(group):
    article, kind = group.split(".")
    assert len(PLACES[article][kind]) == ITEMS[group]


def test_no_group_is_uncounted():
    assert {f"{article}.{kind}" for article in PLACES for kind in PLACES[article]} == set(ITEMS)


@pytest.mark.parametrize("article, kind, item", [(a, k, i) for a in PLACES for k in PLACES[a] for i in PLACES[a][k]])
def test_item_has_its_place(article, kind, item):
    places = PLACES[article][kind][item]
    for place in [places] if isinstance(places, str) else places:
        problem = where(*place.split(": "))
        assert problem is None, f"article {article}, {item}: {problem}"


def test_a_missing_cell_is_found():
    assert where("no_such_chapter", "x") and where("one_minute", "no-such-cell")
    assert where("one_minute", "train") is None
