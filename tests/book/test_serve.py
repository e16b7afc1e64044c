"""The server of the built site: pages with status 200, and the book's own page with status 404 elsewhere."""

import threading
import urllib.error
import urllib.request

import pytest
from serve import site_server

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxy this machine has


@pytest.fixture
def address(tmp_path):
    (tmp_path / "page.html").write_text("a page", encoding="utf-8")
    (tmp_path / "404.html").write_text("the page for lost readers", encoding="utf-8")
    server = site_server(tmp_path)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def answer(address, method="GET"):
    """(status, length that is announced, text)."""
    try:
        reply = DIRECT.open(urllib.request.Request(address, method=method), timeout=10)
    except urllib.error.HTTPError as error:
        reply = error
    with reply:
        return reply.status, int(reply.headers["Content-Length"]), reply.read().decode()


def test_a_page_is_found(address):
    assert answer(address + "page.html") == (200, 6, "a page")


@pytest.mark.parametrize("name", ["lost.html", "a/deep/place/", "../page.html.old"])
def test_an_unknown_address_is_answered_with_the_books_page_and_status_404(address, name):
    assert answer(address + name) == (404, 25, "the page for lost readers")
    assert answer(address + name, "HEAD") == (404, 25, "")


def test_without_such_a_page_the_status_is_404_all_the_same(address, tmp_path):
    (tmp_path / "404.html").unlink()
    assert answer(address + "lost.html")[0] == 404
