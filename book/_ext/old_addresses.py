"""Leads an address of an earlier edition, its anchor included, to where that part of the book stands now."""

import functools
import json
import tomllib
from pathlib import Path

import wild_parts
from sphinx.application import Sphinx

SPLIT = {  # pages of cases, and those to which some of them went
    "wild_adam": ["wild_adamw"],
    "wild_costs": ["wild_other_costs"],
    "wild_derivatives": ["wild_losses"],
    "wild_signs_and_factors": ["wild_means"],
    "wild_steps": ["wild_adam", "wild_adamw"],
    "wild_way_down": ["wild_other_layers"],
}
TABLE = Path(__file__).resolve().parents[1] / "moved.toml"


@functools.cache
def moved():
    """page → {anchor that it had: "page" or "page#anchor" that now holds it}."""
    cases = {}  # which stood on one page before each kind had its own
    for name in wild_parts.modules():
        cases.setdefault(wild_parts.page_of(name), []).append(f"wild-{name}")
    entries, found = tomllib.loads(TABLE.read_text(encoding="utf-8")), {}
    for page, others in ({"wild": cases} | SPLIT).items():
        entries.setdefault(page, {})["kept"] = {other: cases[other] for other in others}
    for page, entry in entries.items():
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
        places = {"kept": {}, "instead": {}}  # the same anchor on another page is written once
        for anchor, place in table.items():
            home, _, there = place.partition("#")
            if there == anchor:
                places["kept"].setdefault(address(app, pagename, home), []).append(anchor)
            else:
                places["instead"][anchor] = address(app, pagename, place)
        context["body"] += f'<script type="application/json" id="moved-anchors">{json.dumps(places)}</script>'


def setup(app: Sphinx) -> dict:
    app.connect("html-page-context", add_table)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
