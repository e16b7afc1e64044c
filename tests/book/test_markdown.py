"""The Markdown pages keep to the book's style, and the Python examples in them are true."""

import doctest
import re

import pytest
from text import PAGES, ROOT, faults_of_style


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_style(page):
    found = list(faults_of_style(page.read_text(encoding="utf-8")))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if ">>>" in page.read_text(encoding="utf-8")],
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_examples_on_pages(page, tmp_path, monkeypatch):
    """The blocks of one page share their names, as they do for a reader who types them in one after the other."""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    text = "\n".join(block for block in blocks if ">>>" in block)
    told = []
    examples = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(examples, out=told.append)
    assert not told, "".join(told)
