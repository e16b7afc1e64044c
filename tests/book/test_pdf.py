"""The book as one PDF: two chapters on each push, every page of it where WHOLE_BOOK is set."""

import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from paper import chinese, joined

ROOT = Path(__file__).resolve().parents[2]
TWO = ["chain_rule", "four_equations"]
pytestmark = pytest.mark.long("printed")

pytest.importorskip("pikepdf", reason="pikepdf, which packs the PDF, is not installed")
pypdf = pytest.importorskip("pypdf", reason="pypdf, which reads the PDF, is not installed")
from paper import printed  # noqa: E402

DARK = """() => {
    const light = colour => {
        const [r, g, b, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
        return alpha < 0.1 ? 1 : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
    };
    return [...document.querySelectorAll("body, article *")]
        .filter(each => light(getComputedStyle(each).backgroundColor) < 0.8)
        .map(each => each.outerHTML.slice(0, 150));
}"""


@dataclass
class Book:
    """What the tests look at: the joined page's HTML, the rows of its contents, the PDF, and what Chromium saw."""

    names: list
    soup: BeautifulSoup
    rows: list
    reader: object
    found: dict
    texts: list
    too_wide: list
    dark: list
    broken: list
    says: list


@pytest.fixture(scope="module", params=[TWO, []], ids=["two chapters", "the whole book"])
def book(request, site, address, browser):
    if not request.param and not os.environ.get("WHOLE_BOOK"):
        pytest.skip("the whole book takes minutes; WHOLE_BOOK=1 prints it, as the weekly workflow does")
    html, rows = joined.join(site, request.param)
    page = printed.open_joined(browser, address, html)
    too_wide, dark = page.evaluate(printed.TOO_WIDE), page.evaluate(DARK)
    broken = page.evaluate("() => [...document.images].filter(i => !i.naturalWidth).map(i => i.src)")
    data, found = printed.print_book(page)
    says = page.evaluate(
        "() => [...document.querySelectorAll('.on-page')].map(each => [each.dataset.place, each.textContent])"
    )
    page.close()
    data = printed.finish(data, joined.plain(rows), found, "A title: of a book", "Its authors")
    reader = pypdf.PdfReader(io.BytesIO(data))
    texts = [page.extract_text() for page in reader.pages]
    names = request.param or [joined.Page(address, "", None).name for _, address in joined.addresses(site)]
    return Book(names, BeautifulSoup(html, "html.parser"), rows, reader, found, texts, too_wide, dark, broken, says)


def squeezed(text):
    """Without spaces, and with letters in place of ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_every_row_of_the_contents_has_its_page(book):
    first = min(page for place, page in book.found.items() if place.startswith("page--"))
    contents = squeezed("".join(book.texts[1 : first - 1]))
    pages = []
    for level, title, place in joined.plain(book.rows):
        if level == 0:
            continue
        page = book.found[place]
        pages.append(page)
        words = squeezed(
            re.sub(r"[^\w ,.:’'-].*", "", title)
        )  # up to the first formula, which a PDF spells its own way
        assert words in squeezed(book.texts[page - 1]), f"{title}: page {page}"
        if words == squeezed(title):
            assert re.search(rf"{re.escape(words)}{page}(?!\d)", contents) or f"{words}{page}" in contents, title
    assert pages == sorted(pages)


def test_the_outline_is_the_contents(book):
    def flat(items, level=0):
        for item in items:
            if isinstance(item, list):
                yield from flat(item, level + 1)
            else:
                yield level, item.title, book.reader.get_destination_page_number(item) + 1

    expected = [(level, title, book.found[place]) for level, title, place in joined.plain(book.rows)]
    assert list(flat(book.reader.outline)) == expected


def test_every_internal_link_leads_somewhere(book):
    ids = Counter(element["id"] for element in book.soup.select("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []
    links = [anchor["href"] for anchor in book.soup.select("article a[href]")]
    assert [href for href in links if href.startswith("#") and href[1:] not in ids] == []
    assert [href for href in links if not re.match(r"#|https?://|mailto:", href)] == []
    leads = 0
    for page in book.reader.pages:
        for annotation in page.get("/Annots") or []:
            target = annotation.get_object().get("/Dest")
            if target is not None:
                assert str(target).removeprefix("/") in book.found
                leads += 1
    assert leads >= len([href for href in links if href.startswith("#")]) > 50


def test_pages_that_are_named_are_the_right_ones(book):
    assert len(book.says) > 50
    assert [(place, text) for place, text in book.says if text != str(book.found.get(place))] == []


def test_nothing_is_wider_than_the_text_dark_or_missing(book):
    assert book.too_wide == []
    assert book.dark == []
    assert book.broken == []


def test_the_solutions_stand_at_the_end_with_links_both_ways(book):
    sources = [ROOT / "book" / f"{name}.ipynb" for name in book.names]
    words = "\n".join(
        "".join(cell["source"])
        for path in sources
        if path.exists()
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    )
    number = len(re.findall(r"^(?:```+|:::+)\{solution(?:-start)?\}", words, re.M))
    boxes = book.soup.find_all("section", class_="sheet")[-1].select(".admonition.solution")
    assert len(boxes) == number == len(book.soup.select(".admonition.solution"))
    leads = [link["href"] for link in book.soup.select(".solution-place a")]
    assert leads == [f"#{box.select_one('.admonition-title [id^=solution--]')['id']}" for box in boxes]
    places = {element["id"]: element for element in book.soup.find_all(id=True)}
    for box in boxes:
        assert "exercise" in places[box.select_one(".admonition-title a")["href"][1:]]["class"]


def test_numbers_are_those_of_the_site(site, book):
    places = sorted(page for place, page in book.found.items() if place.startswith(("page--", "solutions")))
    for name in book.names:
        soup = BeautifulSoup(
            (site / "book" / f"{name.replace('api-', 'api/')}.html").read_text(encoding="utf-8"), "html.parser"
        )
        article = soup.select_one("article")
        numbers = lambda element: [
            each.get_text(strip=True).rstrip("#") for each in element.select(".eqno, .caption-number")
        ]
        here = book.soup.find(id=f"page--{name}").find_parent("section", class_="sheet")
        # numbers within solutions stand with them at the end
        for box in article.select(".admonition.solution"):
            box.decompose()
        assert numbers(here) == numbers(article)
        start = book.found[f"page--{name}"]
        end = min((page for page in places if page > start), default=len(book.texts) + 1)
        text = squeezed("".join(book.texts[start - 1 : end]))
        missing = [number for number in numbers(article) if squeezed(number) not in text]
        assert missing == [], name


def test_pages_say_their_number_and_chapter(book):
    for place, text in enumerate(book.texts[1:], 2):
        assert str(place) in text.split()
    for name in book.names:
        start = book.found[f"page--{name}"]
        title = book.soup.find(id=f"page--{name}").find_parent("h1").get_text()
        goes_on = "goes-on" in book.soup.find(id=f"page--{name}").find_parent("section", class_="sheet")["class"]
        times = 1 if goes_on or name == "index" else 2  # as the heading, and above the text
        assert squeezed(book.texts[start - 1]).count(squeezed(title)) >= times or not title.isascii()


def test_explorables_are_pictures_with_their_question(book):
    modules = {"chain_rule": ["unit", "stepper"], "four_equations": ["linked", "shapes"]}
    stills = json.loads((ROOT / "book" / "_static" / "stills" / "stills.json").read_text(encoding="utf-8"))
    text = squeezed("".join(book.texts))
    for name in [name for chapter in TWO for name in modules[chapter]]:
        assert squeezed(stills[name]["question"]) in text
        assert book.soup.select(f'.x-paper img[src$="stills/{name}.png"]')
    assert not book.soup.select(".explorable:not([data-explorable=pages])")
    assert all(slider.select("img") and slider.select(".x-shown") for slider in book.soup.select(".explorable"))


def test_says_what_it_is(book):
    assert book.reader.metadata.title == "A title: of a book" and book.reader.metadata.author == "Its authors"
    root = book.reader.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root


def test_the_font_has_every_chinese_character_of_the_book():
    from fontTools.ttLib import TTFont

    signs = set(map(chr, TTFont(chinese.font()).getBestCmap()))
    assert chinese.characters() - signs == set()


def test_an_unknown_page_is_said(site):
    with pytest.raises(ValueError, match="no page 'no_such_page': it has .*chain_rule"):
        joined.join(site, ["no_such_page"])


def test_a_missing_site_is_said(tmp_path):
    command = [sys.executable, ROOT / "scripts" / "pdf.py", "--site", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1 and "make book" in done.stderr
