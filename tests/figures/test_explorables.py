"""Explorables in a notebook: a module with all that it imports, its state as traits, and what a page can do without."""

import base64
import re
import sys

import pytest

from bpcore.figures import explorables
from bpcore.figures.explorables import FOLDER, MIME, explorable, module_text, widget_text

MODULES = sorted(path.stem for path in FOLDER.glob("*.js"))


@pytest.mark.parametrize("name", MODULES)
def test_a_module_needs_no_address_in_a_notebook(name):
    """Every import is put in, those of what it imports as well."""

    def imports(text):
        return [
            base64.b64decode(found).decode()
            for found in re.findall(r'from "data:text/javascript;base64,([^"]+)"', text)
        ]

    texts = [module_text(name)]
    for text in texts:
        assert 'from "./' not in text
        texts += imports(text)
    assert len(texts) > (FOLDER / f"{name}.js").read_text(encoding="utf-8").count("import")


def test_state_is_what_the_module_reads_and_what_is_stored():
    widget = explorable("pages", "a picture", {"at": 0, "values": ["a"]})
    data, metadata = widget._repr_mimebundle_()
    assert (widget.at, widget.values, widget.pages) == (0, ["a"], [])
    assert {"at", "values", "pages"} <= set(widget.trait_names(sync=True)), "what a page changes, Python sees"
    assert widget._esm == widget_text("pages") and ".explorable" in str(widget._css)
    assert data[MIME] == {"module": "pages", "state": {"at": 0, "values": ["a"]}, "words": "a picture"}
    assert "image/png" not in data and MIME not in metadata


def test_an_unknown_module_is_named_with_the_known_ones():
    with pytest.raises(ValueError, match="module='nothing' is not known: expected one of .*'pages'"):
        explorable("nothing", "words", {})


def test_a_changed_import_would_be_seen(monkeypatch, tmp_path):
    (tmp_path / "outer.js").write_text('import {a} from "./inner.js";')
    (tmp_path / "inner.js").write_text("export const a = 1;")
    monkeypatch.setattr(explorables, "FOLDER", tmp_path)
    assert base64.b64encode(b"export const a = 1;").decode() in module_text("outer")


def test_without_anywidget_there_are_picture_and_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    shown = explorable("pages", "a picture", {"at": 0}, picture="abc", pages=["abc", "def"])
    data, metadata = shown._repr_mimebundle_()
    assert data["image/png"] == "abc" and data["text/plain"] == repr(shown) == "[a picture]"
    assert metadata[MIME]["pages"] == ["", "def"] and "application/vnd.jupyter.widget-view+json" not in data
