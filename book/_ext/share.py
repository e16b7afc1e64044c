"""What a shared link shows: title, description and picture; and where the repository is, once that is known."""

import os
import re
from html import escape
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

LONGEST = 200  # what a card shows of a description
PICTURE = "_static/share.png"
REPOSITORY = re.compile(r"((?:this|the) book['’]s repository)")
LINKED_OR_CODE = nodes.reference, nodes.literal, nodes.FixedTextElement


def description(doctree) -> str:
    """The page's opening: its first sentences, as many as fit."""
    opening = next(iter(doctree.findall(nodes.paragraph)), None)
    if opening is None:
        return ""
    text, chosen = re.sub(r"\s+", " ", opening.astext()).strip(), ""
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if chosen and len(chosen) + 1 + len(sentence) > LONGEST:
            break
        chosen = f"{chosen} {sentence}".strip()
    return chosen[:LONGEST]


def add_card(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if doctree is None or app.builder.format != "html":
        return
    said, title = description(doctree), re.sub("<[^>]+>", "", context.get("title", ""))
    tags = {"og:type": "article", "og:title": title, "og:site_name": "Every Gradient Checked", "og:description": said}
    base = os.environ.get("SITE_URL", "").rstrip("/")
    if base:  # a card's picture and address have to be whole
        tags["og:url"] = urljoin(f"{base}/", app.builder.get_target_uri(pagename))
        tags["og:image"] = urljoin(f"{base}/", PICTURE)
        tags["og:image:alt"] = "Two networks with the same score, one of them with a wrong gradient"
    lines = [f'<meta property="{name}" content="{escape(text)}">' for name, text in tags.items() if text]
    if said:
        lines.append(f'<meta name="description" content="{escape(said)}">')
    context["metatags"] = context.get("metatags", "") + "\n".join(lines)


def offer_reports(app: Sphinx, config) -> None:
    """With REPOSITORY_URL set, a line at the foot of each page says where mistakes are reported."""
    repository = os.environ.get("REPOSITORY_URL", "").rstrip("/")
    if repository:
        link = f'<a href="{escape(repository)}/issues/new">Report it</a>'
        config.html_theme_options["extra_footer"] += f"<p>Found a mistake? {link}.</p>"


def ancestors(node):
    while node.parent is not None:
        node = node.parent
        yield node


def link_repository(app: Sphinx, doctree, pagename: str) -> None:
    """With REPOSITORY_URL set, the words "the book's repository" and "this book's repository" lead there."""
    address = os.environ.get("REPOSITORY_URL", "").rstrip("/")
    if not address or app.builder.format != "html":
        return
    for text in list(doctree.findall(nodes.Text)):
        if any(isinstance(around, LINKED_OR_CODE) for around in ancestors(text)):
            continue
        parts = REPOSITORY.split(str(text))
        if len(parts) > 1:
            link = lambda words: nodes.reference("", words, refuri=address, internal=False)
            new = [link(part) if k % 2 else nodes.Text(part) for k, part in enumerate(parts) if part]
            text.parent.replace(text, new)


def setup(app: Sphinx) -> dict:
    app.connect("config-inited", offer_reports)
    app.connect("html-page-context", add_card)
    app.connect("doctree-resolved", link_repository)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
