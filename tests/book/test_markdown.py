"""The Markdown pages keep to the book's style, and the Python examples in them are true."""

import doctest
import re

import markdown_blocks
import pytest
import yaml
from text import PAGES, ROOT, faults_of_style, prose

PLANTED = r"""---
title: just
---
# Just a heading

(sec-just)=
Prose with `just code`, $just$, {term}`just a role` and [a link](just.md).
It just goes on.

| just | a table |
|---|---|
| simply | cells |

$$ just $$ (eq-just)

- An item.
  **Just a heading.** It goes on.

> A quotation that is just there.

```python
just = "code"
```

````{exercise} Just a title
:label: just-a-label
Text in a box.

```{hint}
:class: just
This is easy.
```
````

% just a comment
"""


def test_prose_is_what_a_reader_reads_as_sentences():
    assert list(prose(PLANTED)) == [
        (7, "Prose with x, x, x and a link."),
        (8, "It just goes on."),
        (16, "An item."),
        (17, " It goes on."),
        (19, "A quotation that is just there."),
        (27, "Text in a box."),
        (31, "This is easy."),
    ]


def test_faults_of_style_are_found_with_their_lines():
    lines = "It is so.\nIt just is.\nSee Fig. 3 of A. Author.\nOne ends.  Another begins.\n"
    assert [fault.split(":")[0] for fault in faults_of_style(lines)] == [
        "line 2 says 'just'",
        "line 4 holds two sentences",
    ]


def test_pages_are_read_with_the_extensions_of_the_book():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert markdown_blocks.EXTENSIONS == set(config["parse"]["myst_enable_extensions"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_style(page):
    found = list(faults_of_style(page.read_text(encoding="utf-8")))
    assert not found, "\n".join(found)


def test_words_of_an_explorable_have_no_markup():
    """Without JavaScript they are read as they stand: a role would show its own name, and a link its brackets."""
    block = re.compile(r"^```{explorable} .+\n((?:.*\n)*?)```$", re.MULTILINE)
    words = [(page.name, text) for page in PAGES for text in block.findall(page.read_text(encoding="utf-8"))]
    assert len(words) >= 3
    assert [(name, text) for name, text in words if re.search(r"[`{}\[$]", text)] == []


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
    assert len(examples.examples) == len(re.findall(r"^ *>>> ", page.read_text(encoding="utf-8"), re.MULTILINE))
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(examples, out=told.append)
    assert not told, "".join(told)
