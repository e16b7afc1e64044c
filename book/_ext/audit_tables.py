"""The tables of the audit, made from its data: what the articles say, what their programs do, verdicts and evidence."""

import re
import tomllib
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

DATA = Path(__file__).resolve().parents[1] / "audit.toml"
HEADS = {"claims": "The article says", "programs": "The program"}


class Original(nodes.inline):
    """Words of an article in its own language."""


class OriginalRole(SphinxRole):
    """{zh}`…`: Chinese words, marked as such for screen readers and fonts."""

    def run(self):
        return [Original(self.rawtext, self.text)], []


class MarkOriginals(SphinxPostTransform):
    """Marks Chinese words that stand in running text without the role, such as the articles' titles in citations."""

    default_priority = 900  # when citations and references have got their words
    formats = ("html",)
    CHINESE = re.compile(r"([\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+)")

    def run(self):
        for text in list(self.document.findall(nodes.Text)):
            if isinstance(text.parent, (Original, nodes.raw, nodes.literal, nodes.literal_block, nodes.math)):
                continue
            parts = self.CHINESE.split(text)
            if len(parts) > 1:
                new = [Original("", part) if place % 2 else nodes.Text(part) for place, part in enumerate(parts)]
                text.parent.replace(text, [node for node in new if node.astext()])


def visit_html(translator, node):
    translator.body.append('<span lang="zh">')


def depart_html(translator, node):
    translator.body.append("</span>")


def leave_as_text(translator, node):
    pass


def rows(article, kind):
    """The Markdown lines of one table; ``kind`` is "claims" or "programs"."""
    yield f"| {HEADS[kind]} | verdict | evidence |" if kind == "claims" else f"| {HEADS[kind]} | evidence |"
    yield "|---|---|---|" if kind == "claims" else "|---|---|"
    for row in tomllib.loads(DATA.read_text(encoding="utf-8"))[article][kind]:
        quotes = [f"{{zh}}`{quote}`" for quote in row.get("quotes", ())]
        code = [f"`{line}`" for line in row.get("code", ())]
        links = ", ".join(f"{{ref}}`{text} <cell-{cell}>`" for text, cell in row["evidence"])
        cells = [" … ".join(quotes + code) + (": " if quotes or code else "") + row["says"]]
        yield "| " + " | ".join([*cells, *([row["verdict"]] if kind == "claims" else []), links]) + " |"


class Audit(SphinxDirective):
    """```{audit} A claims```: the table of one article."""

    required_arguments = 2

    def run(self):
        self.env.note_dependency(str(DATA))
        article, kind = self.arguments
        box = nodes.container()
        self.state.nested_parse(StringList(list(rows(article, kind)), str(DATA)), self.content_offset, box)
        return box.children


def setup(app: Sphinx) -> dict:
    plain = leave_as_text, leave_as_text
    app.add_node(Original, html=(visit_html, depart_html), latex=plain, text=plain)
    app.add_role("zh", OriginalRole())
    app.add_post_transform(MarkOriginals)
    app.add_directive("audit", Audit)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
