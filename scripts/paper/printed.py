"""Prints the joined page with Chromium until each number of a page is right, and gives the PDF outline, title and language."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from paper.chinese import FONT

MOST = 4  # printings: the first finds the pages, the second shows them, and no line should move between them
TEXT_WIDTH = 665  # pixels: A4 without the margins of book.css
PRINT = {"prefer_css_page_size": True, "print_background": True, "tagged": True}

# What is wider than its column is set smaller: formulas in lines of their own, then those within a line of text.
FIT = """() => {
    for (const box of document.querySelectorAll(".math-box")) {
        for (let k = 0; k < 3 && box.scrollWidth > box.clientWidth + 1; k++)
            box.style.setProperty("--fits", (box.style.getPropertyValue("--fits") || 1) * 0.99 * box.clientWidth / box.scrollWidth);
    }
    for (const formula of document.querySelectorAll("span.math")) {
        const column = formula.closest("p, li, td, th, dd, div").clientWidth, width = formula.getBoundingClientRect().width;
        if (column && width > column) formula.style.setProperty("--fits", 0.99 * column / width);
    }
}"""
# What reaches beyond the column all the same, for the tests and for whoever changes the styles.
TOO_WIDE = """() => {
    const right = document.querySelector("article").getBoundingClientRect().right + 1;
    return [...document.querySelectorAll("article *")].filter(each => each.getBoundingClientRect().right > right)
        .map(each => each.outerHTML.slice(0, 200));
}"""
SHOW = """pages => {
    for (const room of document.querySelectorAll(".on-page")) room.textContent = pages[room.dataset.place] ?? "?";
}"""


def open_joined(browser, address, html):
    """The joined page in Chromium as paper shows it, with everything loaded and nothing wider than its column."""
    page = browser.new_page()
    page.set_viewport_size({"width": TEXT_WIDTH, "height": 1000})
    page.emulate_media(media="print", color_scheme="light", reduced_motion="reduce")
    page.route("**/joined.html", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.route("**/chinese.woff2", lambda route: route.fulfill(path=FONT, content_type="font/woff2"))
    page.goto(f"{address}joined.html", wait_until="load")
    page.evaluate("() => Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode())])")
    page.evaluate(FIT)
    return page


def print_book(page):
    """The bytes of the PDF, and place → number of its page for every place that a link leads to."""
    shown = {}
    for _ in range(MOST):
        data = page.pdf(**PRINT)
        found = places(PdfReader(io.BytesIO(data)))
        if found == shown:
            return data, found
        page.evaluate(SHOW, found)
        shown = found
    raise RuntimeError(f"the pages still move after {MOST} printings: some number of a page takes more room than is kept for it")


def places(reader):
    """Name → page, counted from 1, of every place in a PDF that a link leads to."""
    number = {page.indirect_reference.idnum: k for k, page in enumerate(reader.pages, 1)}
    return {name.removeprefix("/"): number[target.raw_get("/Page").idnum] for name, target in reader.named_destinations.items()}


def finish(data, rows, found, title, author):
    """The PDF with an outline from the rows of the contents, and with what it is: title, author, language."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    above = {}
    for level, text, place in rows:
        above[level] = writer.add_outline_item(text, found[place] - 1, parent=above.get(level - 1))
        above = {k: item for k, item in above.items() if k <= level}
    writer.add_metadata({"/Title": title, "/Author": author, "/Subject": title.partition(": ")[2], "/Creator": "Every Gradient Checked"})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("en")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    writer.create_viewer_preferences().display_doctitle = True
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()
