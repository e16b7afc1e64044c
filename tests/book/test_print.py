"""A page printed from the browser: light whatever the theme, no controls, nothing cut off, far fewer sheets."""

import io
import json
import re
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
A4 = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "1cm")}
TEXT_WIDTH = 665  # pixels: A4 within the margins of print.css

pytest.importorskip("pypdf", reason="pypdf, which counts the pages, is not installed")

VISIBLE_CONTROLS = """() => {
    const kinds = "button, select, input, nav, header, footer, .headerlink, .bd-sidebar";
    return [...document.querySelectorAll(kinds)].filter(each => each.checkVisibility())
        .map(each => each.outerHTML.slice(0, 120));
}"""
# Text on a dark ground, and text in a light colour, whatever lies behind it.
HARD_TO_READ = """() => {
    const light = colour => {
        const [r, g, b, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
        return alpha < 0.1 ? null : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
    };
    const found = [];
    for (const each of document.querySelectorAll("body, article *")) {
        if (!each.checkVisibility()) continue;
        const style = getComputedStyle(each), ground = light(style.backgroundColor), ink = light(style.color);
        const what = `${style.color} on ${style.backgroundColor}: ${each.outerHTML.slice(0, 100)}`;
        if (ground !== null && ground < 0.8) found.push(`dark ground: ${what}`);
        if (ink !== null && ink > 0.6) found.push(`pale ink: ${what}`);
    }
    return found;
}"""
TOO_WIDE = """() => {
    const right = document.querySelector("article").getBoundingClientRect().right + 1;
    const cut = each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== "visible";
    return [...document.querySelectorAll("article *")]
        .filter(each => each.getBoundingClientRect().right > right || cut(each))
        .map(each => each.outerHTML.slice(0, 150));
}"""
FIRE = "name => dispatchEvent(new Event(name))"


@pytest.fixture(scope="module")
def opened(address, browser):
    """Opens a page in dark mode as a reader has it who has not scrolled; with ``bare``, without the print style."""
    pages = []

    def open_one(name, bare=False):
        page = browser.new_page()
        pages.append(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        if bare:
            page.route(re.compile(r"/_static/print\.(css|js)"), lambda route: route.abort())
        page.emulate_media(color_scheme="dark")
        page.goto(f"{address}book/{name}.html", wait_until="load")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        return page

    yield open_one
    for page in pages:
        page.close()


def squeezed(text):
    """Without spaces, and with letters in place of ligatures."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(page):
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(page.pdf(**A4, prefer_css_page_size=True, print_background=True)))


@pytest.fixture(scope="module")
def paper(opened):
    """A chapter with explorables, printed with keys once its pictures are there, which nobody has come near."""
    page = opened("chain_rule")
    page.keyboard.press("Control")
    page.wait_for_function("() => [...document.images].every(image => image.complete && image.naturalWidth)")
    return printed(page)


def test_who_opens_a_menu_to_print_has_the_pictures(opened):
    page = opened("chain_rule")
    waiting = page.locator("img[loading=lazy]")
    assert waiting.count()
    page.locator("article").dispatch_event("contextmenu")
    assert waiting.count() == 0


@pytest.mark.long
def test_a_chapter_takes_far_fewer_sheets_than_without_its_style(paper, opened):
    styled, bare = len(paper.pages), len(printed(opened("chain_rule", bare=True)).pages)
    assert styled <= 0.8 * bare, f"{styled} pages, and {bare} without the style"


def test_tables_take_far_fewer_sheets_than_without_their_style(opened):
    styled, bare = len(printed(opened("audit")).pages), len(printed(opened("audit", bare=True)).pages)
    assert styled <= 0.6 * bare, f"{styled} pages, and {bare} without the style"


@pytest.fixture
def on_paper(opened):
    """A page in the state in which it is printed, at the width of paper."""

    def put(name):
        page = opened(name)
        page.evaluate(FIRE, "beforeprint")
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size({"width": TEXT_WIDTH, "height": 1000})
        return page

    return put


@pytest.mark.parametrize("name", ["four_equations", "wild_penalties"])
def test_is_light_within_its_column_and_without_controls(name, on_paper):
    page = on_paper(name)
    assert page.evaluate(VISIBLE_CONTROLS) == []
    assert page.evaluate(HARD_TO_READ) == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.locator("article h1").is_visible()


def test_solutions_stand_at_the_end_and_afterwards_where_they_were(opened):
    page = opened("chain_rule")
    page.wait_for_selector(".toggle-button", state="attached")
    article = "() => document.querySelector('article').innerHTML"
    before, solutions = page.evaluate(article), page.locator(".admonition.solution").count()
    page.evaluate(FIRE, "beforeprint")
    last = page.locator("article > section > :last-child")
    assert last.locator("h2").inner_text() == "Solutions" and last.locator(".admonition.solution").count() == solutions
    assert page.locator(".solution-place").count() == solutions
    page.emulate_media(media="print")
    texts = last.locator(".admonition.solution > section p").all()
    assert texts and all(text.is_visible() for text in texts)
    page.emulate_media(media="screen")
    page.evaluate(FIRE, "afterprint")
    without_state = re.compile(r' (?:data-toggle_after_print|style|tabindex|class|loading)="[^"]*"')
    assert without_state.sub("", page.evaluate(article)) == without_state.sub("", before)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_folded_parts_are_printed_and_folded_again(opened):
    page = opened("common_bugs")
    page.locator("details.fold summary").first.click()  # what a reader has opened stays open
    before = page.locator("details.fold").evaluate_all("all => all.map(e => e.open)")
    assert before[0] and not any(before[1:])
    page.evaluate(FIRE, "beforeprint")
    assert all(page.locator("details.fold").evaluate_all("all => all.map(e => e.open)"))
    page.evaluate(FIRE, "afterprint")
    assert page.locator("details.fold").evaluate_all("all => all.map(e => e.open)") == before


@pytest.mark.long
def test_explorables_are_pictures_with_their_question(paper):
    """Also those that nobody has scrolled to: their pictures come as the keys are pressed."""
    stills = json.loads((ROOT / "book" / "_static" / "stills" / "stills.json").read_text(encoding="utf-8"))
    pictures = {image.image.size for page in paper.pages for image in page.images}
    text = squeezed("".join(page.extract_text() for page in paper.pages))
    for module in ("unit", "stepper"):
        still = stills[module]
        assert (still["png_width"], still["png_height"]) in pictures, module
        assert squeezed(still["question"]) in text
        assert all(squeezed(answer) in text for answer in still["answers"])
