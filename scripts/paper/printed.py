"""Prints the joined page with Chromium until each number of a page is right; outline, title and language are put in."""

import io

import pikepdf

from paper import chinese

MOST = 4  # printings: the first finds the pages, the second shows them, and no line should move between them
TEXT_WIDTH = 665  # pixels: A4 without the margins of book.css
PRINT = {"prefer_css_page_size": True, "print_background": True, "tagged": True}

# What is wider than its column is set smaller: formulas in lines of their own, then those within a line of text.
FIT = """() => {
    for (const box of document.querySelectorAll(".math-box")) {
        for (let size = 1, k = 0; k < 3 && box.scrollWidth > box.clientWidth + 1; k++) {
            size *= 0.99 * box.clientWidth / box.scrollWidth;
            box.style.setProperty("--fits", size);
        }
    }
    for (const formula of document.querySelectorAll("span.math")) {
        const column = formula.closest("p, li, td, th, dd, div").clientWidth;
        const width = formula.getBoundingClientRect().width;
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
    page.route("**/chinese.woff2", lambda route: route.fulfill(path=chinese.font(), content_type="font/woff2"))
    page.goto(f"{address}joined.html", wait_until="load", timeout=300_000)  # ms: the whole book, on a busy machine
    page.evaluate("() => Promise.all([document.fonts.ready, ...[...document.images].map(image => image.decode())])")
    page.evaluate(FIT)
    return page


def print_book(page):
    """The bytes of the PDF, and place → number of its page for every place that a link leads to."""
    shown = {}
    for _ in range(MOST):
        data = page.pdf(**PRINT)
        found = places(data)
        if found == shown:
            return data, found
        page.evaluate(SHOW, found)
        shown = found
    raise RuntimeError(
        f"the pages still move after {MOST} printings: some number of a page takes more room than is kept for it"
    )


def places(data):
    """Name → page, counted from 1, of every place in a PDF that a link leads to."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number = {page.objgen: k for k, page in enumerate(pdf.pages, 1)}
        return {name.removeprefix("/"): number[target[0].objgen] for name, target in pdf.Root.Dests.items()}


def finish(data, rows, found, title, author):
    """The PDF, packed, with an outline from the rows of the contents, and with what it is: title, author, language."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        with pdf.open_outline() as outline:
            below = {-1: outline.root}
            for level, text, place in rows:
                item = pikepdf.OutlineItem(text, found[place] - 1)
                below[level - 1].append(item)
                below[level] = item.children
        with pdf.open_metadata() as metadata:
            metadata["dc:title"], metadata["dc:creator"], metadata["dc:language"] = title, [author], ["en"]
        pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, author
        pdf.Root.Lang = pikepdf.String("en")
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        packed = io.BytesIO()
        pdf.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()
