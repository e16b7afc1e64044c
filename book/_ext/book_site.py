"""Makes the built pages self-contained, light and accessible: what a page needs is served here, the rest goes."""

import gc
import json
import os
import re
import sys
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import vendored  # noqa: E402

BODY_REPAIRS = (
    (re.compile('role="doc-biblioentry"'), 'role="listitem"'),  # a deprecated role
    (re.compile(r"<th[^>]*>\s*(?:<p></p>)?\s*</th>"), "<td></td>"),  # a header cell that heads nothing
    (re.compile(r"(Solution to)(<a\b[^>]*>) "), r"\1 \2"),  # a space that would be underlined
    (re.compile(r' id="(?:(?:exercise|solution|proof)-content|proof)"'), ""),  # the same on each exercise, to no use
    (re.compile('<aside class="footnote-list'), '<aside role="presentation" class="footnote-list'),  # not a landmark
)
RELATIVE_ADDRESS = re.compile(r'\b(href|src|action|data-content_root)="(?![a-z]+:|[#/])([^"]*)"')


def add_vendored_files(app: Sphinx) -> None:
    """Serve the third-party scripts from the site, after Jupyter Book has listed the scripts for every page."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(vendored.fetch("site")))


def rebuild_after_changes(app: Sphinx, env, added, changed, removed):
    """Every page is out of date when the book's style, scripts or extensions have changed, which Sphinx ignores."""
    front = Path(app.outdir) / "index.html"
    built = front.stat().st_mtime if front.exists() else 0
    looks = [path for folder in ("_static", "_ext") for path in (ROOT / "book" / folder).rglob("*.*")]
    newest = max(path.stat().st_mtime for path in looks if path.suffix != ".pyc")  # another Python compiles them anew
    return list(env.found_docs) if newest > built else []


def fold_solutions(app: Sphinx, doctree) -> None:
    """Solutions are folded: the reader decides when to look."""
    for node in doctree.findall(lambda n: type(n).__name__ in ("solution_node", "solution_start_node")):
        if "dropdown" not in node["classes"]:
            node["classes"].append("dropdown")


def anchor_cells(app: Sphinx, doctree) -> None:
    """Each code cell of a notebook can be linked to, as {ref}`text <cell-chapter-id>`."""
    document = app.env.docname
    path = Path(app.env.doc2path(document))
    if path.suffix != ".ipynb":
        return
    names = [cell["id"] for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    labels = app.env.get_domain("std").anonlabels
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            name = names[node["cell_index"]]
            node["ids"].append(f"cell-{name}")
            labels[f"cell-{path.stem}-{name}"] = document, f"cell-{name}"


def clean_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Mend what keeps a page from being accessible and cannot be mended in a template."""
    for pattern, replacement in BODY_REPAIRS:
        if context.get("body"):
            context["body"] = pattern.sub(replacement, context["body"])


def write_root_pages(app: Sphinx, exception) -> None:
    """The site's front door, and its 404 page, which a web server shows at any depth of address."""
    if exception or app.builder.name != "html":
        return
    out = Path(app.outdir)
    start = app.builder.get_target_uri(app.config.root_doc)
    title = escape(app.config.html_title)
    (out / "index.html").write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<link rel="icon" href="data:,">'  # none to ask for, since the page is left at once
        f'<meta http-equiv="refresh" content="0; url={start}"></head>'
        f'<body><main><h1>{title}</h1><p><a href="{start}">Open the book</a></p></main></body></html>\n',
        encoding="utf-8",
    )
    lost = out / "book" / "404.html"
    if lost.exists():
        base = os.environ.get("BASE_URL", "").rstrip("/") + "/"
        page = lost.read_text(encoding="utf-8")
        page = RELATIVE_ADDRESS.sub(lambda m: f'{m[1]}="{urljoin(base + "book/", m[2])}"', page)
        (out / "404.html").write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> dict:
    app.add_config_value("comments_config", {}, "html")  # Jupyter Book sets it; the extension that reads it is not used
    app.connect("builder-inited", add_vendored_files)
    app.connect("env-get-outdated", rebuild_after_changes)
    app.connect("doctree-read", fold_solutions)
    app.connect("doctree-read", anchor_cells)
    app.connect("html-page-context", clean_page, priority=900)
    app.connect("build-finished", write_root_pages)
    # a build keeps nearly all that it makes, and looking through it for garbage again and again is a third of its time
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
