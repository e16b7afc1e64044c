"""Leads an address of an earlier edition, its anchor included, to where that part of the book stands now."""

import json
import tomllib
from pathlib import Path

from sphinx.application import Sphinx

TABLE = Path(__file__).resolve().parents[1] / "moved.toml"


def moved(table=TABLE):
    """page → {anchor that it had: "page" or "page#anchor" that now holds it}."""
    found = {}
    for page, entry in tomllib.loads(table.read_text(encoding="utf-8")).items():
        same = {anchor: f"{home}#{anchor}" for home, anchors in entry.get("kept", {}).items() for anchor in anchors}
        found[page] = same | entry.get("instead", {})
    return found


def address(app, docname, place):
    """The relative address, seen from one page, of a place such as ``"costs#sec-costs-time"``."""
    page, _, anchor = place.partition("#")
    return app.builder.get_relative_uri(docname, f"book/{page}") + (f"#{anchor}" if anchor else "")


def add_table(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Give a page that lost anchors the table of where they are, which the book's script reads."""
    folder, _, page = pagename.rpartition("/")
    table = moved().get(page) if folder == "book" else None
    if table and context.get("body"):
        places = {anchor: address(app, pagename, place) for anchor, place in table.items()}
        context["body"] += f'<script type="application/json" id="moved-anchors">{json.dumps(places)}</script>'


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", add_table)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
