"""Every chapter keeps to the form that makes it readable, repeatable and accessible."""

import re

import notebooks as script
import pytest
from text import NOTEBOOKS, PAGES, faults_of_style, read, source

from bpcore.figures.explorables import MIME

CELL_LINES = 12
CELL_WIDTH = 80  # what a page shows without scrolling
PHONE_WIDTH = 46  # what a phone of 390 pixels shows of what is printed
# Printed code and tables, whose lines do not wrap.
COLUMNS = {"d-one-function", "loop-over-samples", "solution-friend-check", "variance-formula-beside-the-measurement"}
LECTURE = {"words": 3600, "cells": 45}  # what one lecture holds
HIDDEN = "remove-cell"
GLUED = re.compile(r"\{glue(?::\w+)?\}`([^`:]+)")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return read(path)


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def hidden(cell):
    """Whether a cell is bookkeeping that no page shows, such as handing numbers to the prose."""
    return HIDDEN in cell["metadata"].get("tags", [])


def shown_cells(notebook):
    return [cell for cell in code_cells(notebook) if not hidden(cell)]


def outputs(notebook):
    return [(cell, output) for cell in code_cells(notebook) for output in cell["outputs"]]


def printed(output):
    """The text of an output that is no more than text."""
    data = output.get("data", {})
    return "".join(output.get("text", data["text/plain"] if [*data] == ["text/plain"] else ""))


def test_there_are_chapters():
    assert NOTEBOOKS


def test_executed_once_from_top_to_bottom(notebook):
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_no_errors_warnings_or_paths_of_one_machine(notebook):
    assert not script.faults(notebook)


def test_stored_as_the_script_stores(path, notebook):
    assert path.read_text(encoding="utf-8") == script.write(script.normalise(notebook)), (
        f"run: python scripts/notebooks.py {path.stem}"
    )


def test_prose_before_every_code_cell(notebook):
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown" or not hidden(cell)]
    bare = [
        cell["id"]
        for before, cell in zip([None, *cells], cells)
        if cell["cell_type"] == "code" and (before is None or before["cell_type"] != "markdown")
    ]
    assert not bare, f"cells {bare} follow no Markdown cell"


def test_a_chapter_is_one_lecture(notebook):
    words = sum(len(source(cell).split()) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    assert words <= LECTURE["words"], f"{words} words"
    assert len(shown_cells(notebook)) <= LECTURE["cells"], f"{len(shown_cells(notebook))} code cells"


def test_code_cells_are_short_and_narrow(notebook):
    """At most 12 lines, not counting blank ones, of at most 80 characters."""
    for cell in shown_cells(notebook):
        lines = [line for line in source(cell).splitlines() if line.strip()]
        assert len(lines) <= CELL_LINES, f"cell {cell['id']} has {len(lines)} lines"
        wide = [line for line in lines if len(line) > CELL_WIDTH]
        assert not wide, f"cell {cell['id']} has a line of {len(wide[0])} characters: {wide[0]}"


def test_bookkeeping_does_not_show(notebook):
    """A number is handed to the prose in a hidden cell, and no line throws a value away to keep it off the page."""
    for cell in shown_cells(notebook):
        assert "glue(" not in source(cell), f"cell {cell['id']} shows its glue: tag it {HIDDEN}"
        assert not re.search(r"^_ = ", source(cell), re.M), f"cell {cell['id']} assigns to _"


def test_style(notebook):
    found = [
        f"cell {place}, {fault}"
        for place, cell in enumerate(notebook["cells"])
        if cell["cell_type"] == "markdown"
        for fault in faults_of_style(source(cell))
    ]
    assert not found, "\n".join(found)


def test_printed_sentences_wrap_on_a_phone(notebook):
    """A longer line is cut there, unless its cell has the tag; without two spaces in it, it has no columns to lose."""
    for cell in shown_cells(notebook):
        if "wraps" in cell["metadata"].get("tags", []) or cell["id"] in COLUMNS:
            continue
        lines = "\n".join(printed(output) for output in cell["outputs"]).splitlines()
        wide = [line.strip() for line in lines if len(line.rstrip()) > PHONE_WIDTH]
        report = any(line.startswith("gradient check") for line in lines)  # its rows have columns, and may lose them
        columns = any("  " in line for line in wide) and not report
        assert not wide or columns, f"cell {cell['id']} needs the tag wraps"


def test_figures_have_alt_text_and_caption(notebook):
    for cell, output in outputs(notebook):
        data = output.get("data", {})
        if "image/png" in data and not _glued(output):
            about = cell["metadata"].get("mystnb", {})
            for part, key in (("image", "alt"), ("figure", "caption"), ("figure", "name")):
                if MIME in data and key == "alt":  # an explorable says in its own words what it shows
                    continue
                assert about.get(part, {}).get(key), f"a figure has no {part} {key}: {cell['id']}"


def test_a_drawing_returns_nothing(notebook):
    """Otherwise what its last line returns stands above the figure: end the line with a semicolon."""
    for cell in code_cells(notebook):
        kinds = [(output["output_type"], set(output.get("data", {}))) for output in cell["outputs"]]
        if any("image/png" in data for _, data in kinds):
            assert ("execute_result", {"text/plain"}) not in kinds, cell["id"]


def test_explorables_have_words(notebook):
    for cell, output in outputs(notebook):
        stored = output.get("data", {}).get(MIME)
        if stored:
            assert stored["words"], cell["id"]
            assert all(stored["state"].get("words", ["none to say"])), cell["id"]
        assert script.WIDGET_VIEW not in output.get("data", {}), f"{cell['id']} is a widget that needs a kernel"


def _glued(output):
    return output.get("metadata", {}).get("scrapbook", {}).get("name")


def test_every_glued_value_is_quoted_and_every_quoted_one_glued():
    made = {name for path in NOTEBOOKS for _, output in outputs(read(path)) if (name := _glued(output))}
    texts = [source(cell) for path in NOTEBOOKS for cell in read(path)["cells"] if cell["cell_type"] == "markdown"]
    texts += [page.read_text(encoding="utf-8") for page in PAGES]
    captions = [
        cell["metadata"].get("mystnb", {}).get("figure", {}).get("caption", "")
        for path in NOTEBOOKS
        for cell in code_cells(read(path))
    ]
    quoted = {name for text in texts + captions for name in GLUED.findall(text)}
    assert sorted(made - quoted) == [], "glued, but quoted nowhere"
    assert sorted(quoted - made) == [], "quoted, but glued nowhere"


def test_glued_numbers_are_plain():
    """A NumPy scalar prints its type, which the page cannot format; float() and int() make plain numbers."""
    glued = [(path.stem, _glued(output), output) for path in NOTEBOOKS for _, output in outputs(read(path))]
    texts = [(stem, name, str(output["data"])) for stem, name, output in glued if name]
    assert len(texts) > 100
    assert not [(stem, name) for stem, name, text in texts if "np." in text]
