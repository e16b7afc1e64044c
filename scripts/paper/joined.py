"""Joins the articles of the built site into one page: a title, contents, chapters, and the solutions at the end."""

import copy
import json
import posixpath
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

START = "book/index.html"
STYLES = Path(__file__).parent / "book.css"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# What a page of the site has for a mouse, or for a reader who can open and close it.
FOR_THE_SCREEN = "a.headerlink, details.hide, .sd-tab-set > input, .x-controls, .explorable > script, .toctree-wrapper"
# Links after which paper says the page: to chapters, sections, figures, equations, exercises; not to terms and sources.
SAYS_ITS_PAGE = ".doc, .std-ref, .std-numref"


@dataclass
class Page:
    """A page of the site: its address, its part in the contents, and its article."""

    address: str
    part: str
    article: object
    title: str = ""
    solutions: list = field(default_factory=list)

    @property
    def name(self):
        return self.address.removeprefix("book/").removesuffix(".html").replace("/", "-")


def text_between(site, address, start, end):
    """A piece of a page of the site, so that its navigation need not be parsed."""
    text = (site / address).read_text(encoding="utf-8")
    return text[text.index(start) :].partition(end)[0]


def addresses(site):
    """Pairs (part, address), in the order of the site's contents, the first page without a part."""
    contents = text_between(site, START, '<nav class="bd-links bd-docs-nav"', "</nav>")
    found, part = [("", START)], ""
    for element in BeautifulSoup(contents, "html.parser").select("p.caption, li > a"):
        if element.name == "p":
            part = element.get_text(strip=True)
        elif element["href"] != "#":
            found.append((part, posixpath.normpath(posixpath.join(posixpath.dirname(START), element["href"]))))
    return found


def read(site, part, address):
    article = text_between(site, address, '<article class="bd-article">', "</article>")
    return Page(address, part, BeautifulSoup(article, "html.parser").article)


def join(site, wanted=()):
    """The joined page and the rows of its contents; ``wanted`` names pages such as chain_rule, none for all."""
    every = addresses(site)
    names = {Page(address, "", None).name: (part, address) for part, address in every}
    for name in wanted:
        if name not in names:
            raise ValueError(f"the site has no page {name!r}: it has {', '.join(names)}")
    pages = [read(site, *names[name]) for name in names if not wanted or name in wanted]
    known = {page.address: page for page in pages}
    for page in pages:
        clean(page)
    for page in pages:
        link(page, known)
    for page in pages:
        take_solutions(page)
    rows = contents(pages)
    return document(site, pages, rows), rows


def clean(page):
    """Drop what is for the screen; ids get the page's name in front, so that each is there once."""
    article = page.article
    for slider in article.select("[data-explorable=pages]"):
        tell_what_a_slider_shows(slider)
    for element in article.select(FOR_THE_SCREEN):
        element.decompose()
    for element in article.select(".explorable:not([data-explorable=pages])"):
        element.decompose()
    for image in article.select("img"):
        image["src"] = "/" + posixpath.normpath(posixpath.join(posixpath.dirname(page.address), image["src"]))
        image["loading"] = "eager"
    for anchor in article.select("a.full-size"):
        anchor.unwrap()
    for details in article.select("details"):
        details["open"] = ""
    anchor_headings(article)
    heading = article.select_one("h1")
    page.title = " ".join(heading.get_text().split())
    seen = set()
    for element in article.select("[id]"):
        name = f"{page.name}--{element['id']}"
        element["id"] = name
        if name in seen:  # sphinx-proof and sphinx-exercise call the content of each box the same
            del element["id"]
        seen.add(name)
    for element in article.select("[aria-labelledby]"):
        del element["aria-labelledby"]
    heading.insert(0, anchor_tag(f"page--{page.name}"))


def anchor_tag(name):
    return BeautifulSoup(f'<span id="{escape(name)}"></span>', "html.parser").span


def tell_what_a_slider_shows(slider):
    """The slider's name and where it stands, above its picture."""
    state = json.loads(slider.select_one("script").string)
    values, at = state["values"], state["at"]
    others = f", one of {len(values)} pictures on the site" if len(values) > 1 else ""
    text = f"{state['label']}: {values[at]}{others}"
    slider.insert(0, BeautifulSoup(f'<p class="x-shown">{escape(text)}</p>', "html.parser"))


def anchor_headings(article):
    """A link to a section leads to its heading, since a section may begin at the foot of the page before."""
    for section in article.select("section[id]"):
        heading = section.find(HEADINGS, recursive=False)
        if heading is None:
            continue
        for label in section.find_all("span", id=True, recursive=False):
            heading.insert(0, label.extract())
        if not heading.get("id"):
            heading["id"] = section["id"]
            del section["id"]


def link(page, known):
    """Links within the book lead to its places, with their page; links to the site's other files become plain text."""
    for anchor in page.article.select("a[href]"):
        target = urlsplit(anchor["href"])
        if target.scheme or target.netloc:
            continue
        base = posixpath.dirname(page.address)
        address = posixpath.normpath(posixpath.join(base, target.path)) if target.path else page.address
        if address not in known:
            anchor.decompose() if "sd-stretched-link" in anchor.get("class", ()) else anchor.unwrap()
            continue
        goal = known[address]
        place = f"{goal.name}--{target.fragment}" if target.fragment else f"page--{goal.name}"
        anchor["href"] = f"#{place}"
        names_a_place = anchor.select_one(SAYS_ITS_PAGE) or target.fragment.startswith("equation-")
        if goal is not page and names_a_place and not anchor.find_parent(HEADINGS):
            anchor.insert_after(on_page(place, " (p. ", ")"))


def on_page(place, before="", after=""):
    """Room for the number of the page of a place, which is known when everything has been printed once."""
    text = f'{before}<span class="on-page" data-place="{escape(place)}">000</span>{after}'
    return BeautifulSoup(f'<span class="says-page">{text}</span>', "html.parser").span


def take_solutions(page):
    """Solutions leave the chapter, and a link to them stays."""
    for place, solution in enumerate(page.article.select("div.admonition.solution"), 1):
        name = f"solution--{page.name}-{place}"
        title = solution.select_one(".admonition-title")
        title.insert(0, anchor_tag(name))
        back = title.select_one("a[href]")
        if back:
            back.insert_after(on_page(back["href"][1:], " (p. ", ")"))
        there = BeautifulSoup(f'<p class="solution-place"><a href="#{name}">Solution</a></p>', "html.parser").p
        there.append(on_page(name, " on p. "))
        solution.replace_with(there)
        page.solutions.append(solution)


def contents(pages):
    """Rows (level, HTML of the title, place): parts at level 0, their pages at 1, sections at 2; then the solutions."""
    rows, part = [], ""
    for page in pages:
        if page.part != part:
            part = page.part
            rows.append((0, escape(part), f"page--{page.name}"))
        level = 1 if page.part else 0
        for heading in page.article.select("h1, h2"):
            first = heading.name == "h1"
            place = f"page--{page.name}" if first else heading["id"]
            rows.append((level if first else level + 1, bare(heading), place))
    solved = [page for page in pages if page.solutions]
    if solved:
        rows.append((0, "Solutions", "solutions"))
        rows += [(1, escape(page.title), f"solutions--{page.name}") for page in solved]
    return rows


def plain(rows):
    """The same rows with titles as text, as an outline takes them."""
    return [
        (level, " ".join(BeautifulSoup(title, "html.parser").get_text().split()), place) for level, title, place in rows
    ]


def bare(heading):
    """A heading's inner HTML without its anchors and links."""
    heading = copy.copy(heading)
    for element in heading.select("[id]"):
        del element["id"]
    for element in heading.select("a"):
        element.unwrap()
    return heading.decode_contents().strip()


def document(site, pages, rows):
    sheets, part, before = [], "", None
    for page in pages:
        label = ""
        if page.part != part:
            part = page.part
            label = f'<p class="part-name">{escape(part)}</p>'
        goes_on = " goes-on" if running(page) == before else ""
        before = running(page)
        text = page.article.decode_contents()
        sheets.append(f'<section class="sheet{goes_on}" style="page: {before}">{label}{text}</section>')
    solved = [page for page in pages if page.solutions]
    if solved:
        boxes = "".join(
            f'<h2 id="solutions--{page.name}">{escape(page.title)}</h2>{"".join(map(str, page.solutions))}'
            for page in solved
        )
        sheets.append(
            f'<section class="sheet" style="page: the-solutions"><h1 id="solutions">Solutions</h1>{boxes}</section>'
        )
    heads = {running(page): page.title for page in reversed(pages)} | {"the-solutions": "Solutions"}
    start = BeautifulSoup((site / START).read_text(encoding="utf-8"), "html.parser")
    title, _, subtitle = start.title.get_text().rpartition("— ")[2].partition(": ")
    return TEMPLATE.format(
        links="".join(styles(site, pages)),
        style=STYLES.read_text(encoding="utf-8") + "".join(running_head(*head, title) for head in heads.items()),
        title=escape(title),
        subtitle=escape(subtitle[:1].upper() + subtitle[1:]),
        author=escape(re.sub(r"^By\s+", "", start.select_one(".component-author").get_text(" ", strip=True))),
        licence=start.select_one(".extra_footer").decode_contents(),
        rows="".join(row(*each, following) for each, following in zip(rows, [*rows[1:], ()])),
        sheets="\n".join(sheets),
    )


def running(page):
    """The name of the sheets on which a page stands: a new one for each, but a folder's pages follow on its index."""
    name = page.name if page.address.count("/") == 1 else f"{page.address.split('/')[1]}-index"
    return f"page-{name}".replace("_", "-")


def running_head(name, text, book):
    """Chromium takes the words above a page from its style alone."""
    left, right = json.dumps(book), json.dumps("" if text == book else text, ensure_ascii=False)
    return f"@page {name} {{ @top-left {{ content: {left}; }} @top-right {{ content: {right}; }} }}\n"


def styles(site, pages):
    """Links to the style sheets of the pages, each once."""
    seen = {}
    for page in pages:
        head = text_between(site, page.address, "<head>", "</head>")
        for element in BeautifulSoup(head, "html.parser").select("link[rel=stylesheet]"):
            path = "/" + posixpath.normpath(posixpath.join(posixpath.dirname(page.address), element["href"]))
            seen.setdefault(path.partition("?")[0], path)
    return [f'<link rel="stylesheet" href="{path}">' for path in seen.values()]


def row(level, title, place, following):
    """A line of the contents; a part begins where its first page begins, which says the number."""
    page = (
        ""
        if place in following
        else f'<span class="dots"></span><span class="on-page" data-place="{escape(place)}">000</span>'
    )
    return f'<li class="book-row level-{level}"><a href="#{escape(place)}">{title}</a>{page}</li>'


TEMPLATE = """<!DOCTYPE html>
<html lang="en" data-theme="light" data-mode="light"><head><meta charset="utf-8"><title>{title}: {subtitle}</title>
{links}<style>{style}</style></head><body>
<main class="bd-main"><div class="bd-content"><div class="bd-article-container"><article class="bd-article">
<section class="title-page"><h1>{title}</h1><p class="subtitle">{subtitle}</p><p class="author">{author}</p>
<div class="licence">{licence}</div></section>
<nav class="book-contents"><h1>Contents</h1><ol>{rows}</ol></nav>
{sheets}
</article></div></div></main></body></html>
"""
