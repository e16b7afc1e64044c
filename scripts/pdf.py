"""Makes one PDF of the built site: title, contents with page numbers, chapters, and the solutions at the end."""

import argparse
import sys
import threading
from pathlib import Path

from serve import SITE, site_server

TARGET = SITE.parent / "every-gradient-checked.pdf"


def make_pdf(site, browser, wanted=()):
    """The bytes of the PDF of all pages of ``site``, or of those that ``wanted`` names; ``browser`` is Chromium."""
    from paper import joined, printed

    html, rows = joined.join(site, wanted)
    server = site_server(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = printed.open_joined(browser, f"http://127.0.0.1:{server.server_port}/", html)
        data, found = printed.print_book(page)
        title, author = page.title(), page.locator(".title-page .author").inner_text()
        page.close()
    finally:
        server.shutdown()
        server.server_close()
    return printed.finish(data, joined.plain(rows), found, title, author)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="names such as chain_rule; the whole book if none is given")
    parser.add_argument("--site", type=Path, default=SITE)
    parser.add_argument("--to", type=Path, default=TARGET)
    given = parser.parse_args()
    if not (given.site / "index.html").is_file():
        sys.exit(f"There is no site in {given.site}: build it first (make book).")
    try:
        import pikepdf
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError as error:
        sys.exit(f'The PDF needs {error.name}: install the libraries of its extra, pip install ".[pdf]".')

    from chromium import start

    with sync_playwright() as playwright:
        browser = start(playwright)
        if browser is None:
            sys.exit("The PDF is printed by Chromium, Chrome or Edge, and none of them was found.")
        try:
            data = make_pdf(given.site, browser, given.pages)
        except ValueError as error:
            sys.exit(f"{error}.")
    given.to.write_bytes(data)
    with pikepdf.open(given.to) as pdf:
        print(f"{given.to}: {len(pdf.pages)} pages, {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
