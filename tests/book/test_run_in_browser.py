"""Chapters in JupyterLite, from an offline edition: stored results, keys, a second visit, and whatever goes wrong."""

import ast
import contextlib
import hashlib
import http.server
import io
import json
import os
import re
import sys
import threading
import zipfile
from itertools import zip_longest

import browser_packages
import offline as offline_edition
import pyodide_files
import pytest
import run_in_browser
import vendored
from playwright.sync_api import expect
from serve import SiteHandler
from test_plain_notebooks import printed
from text import NOTEBOOKS, source

sys.path.append(str(run_in_browser.SOURCES))

from short_output import Short, short_results

NAMES = [path.stem for path in NOTEBOOKS]
SHORT = "chain_rule"  # has figures, formulas and explorables, and needs no scikit-learn
NOTEBOOK = "() => jupyterapp.shell.currentWidget.content"
CELLS = """() => {
    const seen = ({model, outputHidden}) => ({source: model.sharedModel.source, number: model.executionCount,
        outputs: model.outputs.toJSON(), folded: outputHidden});
    return jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === "code").map(seen);
}"""

# Lines that this other machine prints otherwise: it has 32 bits, other libraries, and another exponential function.
DIFFERENT = {
    "costs": ("peak /", "296790506055688320 against"),  # Python's own bytes; integers beyond 32 bits
    "first_weights": ("start times 5",),  # one of five runs multiplies the last bit of exp in its 300 steps
    "gradient_check": ("int64: 2 - 6e-6",),  # the integers of the machine
    # powers of ten of rounding errors
    "straight_lines": ("(iv) half_squared", "(iv) mse"),
    "theta_matrices": ("loop: off by", "matrix form: off by"),
    "vanishing_slopes": ("start  4", "after   layers 1", "before  layers 1"),
}


@pytest.mark.parametrize(
    "way",
    [
        "try:\n        import tqdm\n    except ModuleNotFoundError:\n        pass",
        "with suppress(ModuleNotFoundError):\n        import tqdm",
    ],
)
def test_what_a_program_does_without_is_not_loaded(way):
    """A function of the name that is called, with an import whose absence is caught, and one whose absence is not."""
    program = ast.parse(f"def bar():\n    {way}\n    import numpy")
    assert browser_packages.imported(browser_packages.imports_in(program, ""), {"bar"}) == {"numpy"}


@pytest.fixture
def short():
    """A stream for the cells of a notebook, and what it has passed on."""
    passed = io.StringIO()
    stream = Short(passed)
    return stream, passed


def test_what_one_cell_prints_is_cut_short(short):
    stream, passed = short
    for number in range(Short.most_lines + 500):
        print(number, file=stream)
    rows = passed.getvalue().splitlines()
    assert rows[: Short.most_lines] == [str(number) for number in range(Short.most_lines)]
    assert f"{Short.most_lines}" not in rows, "the next one is left out"
    assert rows[Short.most_lines + 1].startswith("… More"), "and this is said before the cell ends"
    stream.end()
    assert "1,500 lines with 6,390 characters" in passed.getvalue() and "file=file" in passed.getvalue()
    stream.begin()
    print("the next cell", file=stream)
    stream.end()
    assert passed.getvalue().endswith("machine.\nthe next cell\n")


def test_a_long_line_is_cut_short(short):
    stream, passed = short
    assert stream.write("x" * 10**6) == 10**6
    assert passed.getvalue().startswith("x" * Short.most_characters + "\n… More")


@pytest.mark.parametrize("length, cut", [(Short.most_characters - 2, False), (Short.most_characters - 1, True)])
def test_a_long_result_is_cut_short(length, cut):
    from IPython.core.formatters import DisplayFormatter

    shown = DisplayFormatter().format
    whole, result = (made("x" * length)[0]["text/plain"] for made in (shown, short_results(shown)))
    assert (result != whole) == cut and len(result) < len(whole) + 100
    assert result.startswith("'xxx") and ("1 characters more" in result) == cut


def test_what_a_cell_prints_up_to_the_limit_is_as_printed(short):
    stream, passed = short
    text = "number\n" * Short.most_lines
    for part in text[:1000], "", text[1000:]:
        stream.write(part)
    stream.end()
    assert passed.getvalue() == text


@pytest.fixture(scope="module")
def offline(site, tmp_path_factory):
    """The folder of the offline edition, made of the site that all tests share."""
    folder = tmp_path_factory.mktemp("offline") / "every-gradient-checked"
    try:
        offline_edition.make_folder(site, folder)
    except pyodide_files.PyodideMissing as missing:
        pytest.skip(str(missing))
    return folder


class Counting(SiteHandler):
    """The site's server, which counts what it sends and can spoil a file."""

    def handle(self):
        with contextlib.suppress(ConnectionError):  # the reader has gone on
            super().handle()

    def send_response(self, code, message=None):
        super().send_response(code, message)
        self.server.answers.append((code, self.path))

    def copyfile(self, content, out):
        data, fault = content.read(), self.server.faults.get(self.path.rpartition("/")[2])
        if fault == "other bytes":
            data = data[:-1] + bytes([data[-1] ^ 1])
        self.server.sent += len(data)
        out.write(data[: len(data) // 2] if fault == "broken off" else data)

    def send_head(self):
        if self.server.faults.get(self.path.rpartition("/")[2]) == "gone":
            return self.send_error(404)
        return super().send_head()


@pytest.fixture
def server(offline):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: Counting(*args, directory=str(offline)))
    server.sent, server.answers, server.faults = 0, [], {}
    server.address = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(browser, server):
    """Opens the page of a chapter in a browser that has never been here; what asks another host ends the test."""
    context = browser.browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    asked, faults = set(), []
    context.on("request", lambda request: asked.add(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))

    def visit(name=SHORT, address=None):
        page.goto("about:blank")  # a change behind the # alone would load nothing
        page.goto(f"{address or server.address}lite/run.html#{name}")
        return page

    visit.context, visit.page = context, page
    yield visit
    met = list(faults)  # what breaks off when the page is closed is none
    context.close()
    ours = re.compile(rf"http://(127\.0\.0\.1|class\.test):{server.server_port}/|data:|blob:|about:")
    foreign = [url for url in asked if not ours.match(url)]
    assert foreign == [] and met == []


def start(page, button="Start Python"):
    page.get_by_role("button", name=button).click()
    page.locator("iframe").wait_for(timeout=120_000)


def notebook(page):
    """The notebook's frame, once its cells are there."""
    frame = page.frame_locator("iframe")
    frame.locator(".jp-Cell").first.wait_for(state="attached", timeout=120_000)
    return next(f for f in page.frames if "notebooks/index.html" in f.url)


def wait_for_python(page):
    expect(page.get_by_role("status")).to_have_text(re.compile("^Python is ready"), timeout=300_000)


def run_all(page):
    page.get_by_role("button", name="Run all cells").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^All cells have run"), timeout=600_000)
    return notebook(page).evaluate(CELLS)


def run_cell(frame, code):
    """Put a cell at the end of the notebook, and let it run."""
    frame.evaluate(
        f"""async code => {{
            const all = ({NOTEBOOK})();
            all.activeCellIndex = all.widgets.length - 1;
            await jupyterapp.commands.execute("notebook:insert-cell-below");
            all.activeCell.model.sharedModel.setSource(code);
            jupyterapp.commands.execute("notebook:run-cell");
        }}""",
        code,
    )


def stored(offline, name=SHORT):
    cells = json.loads((offline / "lite" / "files" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.long
def test_a_chapter_runs(offline, server, visitor):
    """The size is said, keys reach the explorable, every printed result is the stored one, a copy is noticed."""
    page = visitor()
    names = json.loads((offline / "lite" / "edition.js").read_text(encoding="utf-8").partition("=")[2].strip(" ;\n"))
    files = names["chapters"][SHORT]["files"]
    sizes = {name: (offline / "lite" / "pyodide" / name).stat().st_size for name in files}
    promised = sum(sizes.values())
    expect(page.locator("#words")).to_contain_text(f"{promised / 1e6:.0f} MB")
    start(page)
    frame = notebook(page)

    explorable = page.frame_locator("iframe").locator("[data-explorable=unit]")
    explorable.locator("input").first.wait_for(state="attached", timeout=60_000)
    look = "cell => cell.node.querySelector('[data-explorable=unit]')"
    frame.evaluate(
        f"() => {{ const all = ({NOTEBOOK})(); all.scrollToItem(all.widgets.findIndex({look}), 'center'); }}"
    )
    slider = explorable.get_by_role("slider").first
    slider.focus()
    cell = frame.evaluate(f"() => ({NOTEBOOK})().activeCellIndex")
    slider.press("Home")
    first = slider.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") != first, "the arrow moves the slider"
    cells = frame.evaluate(f"() => ({NOTEBOOK})().widgets.length")
    rise = explorable.get_by_role("button", name="rise")
    rise.press("b")  # JupyterLab would put a cell below
    rise.press("Enter")  # and begin to edit it
    expect(explorable).to_contain_text("Your bet was")
    assert frame.evaluate(f"() => ({NOTEBOOK})().widgets.length") == cells
    assert frame.evaluate(f"() => ({NOTEBOOK})().mode") == "command"
    assert frame.evaluate(f"() => ({NOTEBOOK})().activeCellIndex") == cell, "and not the notebook"

    wait_for_python(page)
    ran = run_all(page)
    kept = stored(offline)
    assert [cell["source"] for cell in ran] == [source(cell) for cell in kept]
    assert [source(s)[:80] for s, r in zip(kept, ran) if printed(s) != printed(r)] == []
    assert all(cell["number"] for cell in ran)
    pictures = [output for cell in ran for output in cell["outputs"] if "image/png" in output.get("data", {})]
    assert pictures, "figures are drawn"
    folded = [cell for cell in kept if cell["metadata"].get("jupyter", {}).get("outputs_hidden")]
    assert folded and [cell["folded"] for cell in ran].count(True) == len(folded), "solutions stay folded"

    # What the reader's browser loaded is what was promised, within a tenth for JupyterLite's share.
    program = server.sent - promised
    weight = json.loads(run_in_browser.WEIGHT.read_text(encoding="utf-8"))["bytes"]
    assert abs(program - weight) < 0.1 * weight, (
        f"JupyterLite sent {program} bytes: write them into {run_in_browser.WEIGHT.name}"
    )

    # The next visit finds Python in the browser, and the copy in which cells were run.
    frame.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    server.sent = 0
    visitor()
    expect(page.locator("#words")).to_contain_text("is in this browser already")
    expect(page.locator("#words")).to_contain_text("still the same edition")
    start(page, "Start with my copy")
    notebook(page)
    wait_for_python(page)
    assert server.sent < 1_000_000, f"a second visit loads {server.sent} bytes"


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_every_chapter_runs(name, offline, visitor):
    if not os.environ.get("EVERY_NOTEBOOK"):
        pytest.skip("each takes a minute or so; EVERY_NOTEBOOK=1 runs all, as the weekly workflow does")
    page = visitor(name)
    start(page)
    wait_for_python(page)
    ran, kept = run_all(page), stored(offline, name)
    different = {}
    for before, after in zip(kept, ran, strict=True):
        rows = zip_longest(printed(before).splitlines(), printed(after).splitlines(), fillvalue="")
        different |= {one.strip(): two.strip() for one, two in rows if one != two}
    assert all(cell["number"] for cell in ran)
    assert [one for one in different if not one.startswith(DIFFERENT.get(name, ()))] == [], different


def test_a_class_server_over_plain_http(server, visitor):
    """At an address that is not localhost a browser has no service worker, no Cache API and no crypto.subtle."""
    if not os.environ.get("EVERY_NOTEBOOK"):
        pytest.skip("starts Python once more; EVERY_NOTEBOOK=1 runs it, as the weekly workflow does")
    page = visitor(address=server.address.replace("127.0.0.1", "class.test"))
    assert not page.evaluate("isSecureContext")
    expect(page.locator("#words")).to_contain_text("plain http")
    start(page)
    wait_for_python(page)
    ran = run_all(page)
    assert ran and all(cell["number"] for cell in ran)

    # A million lines leave the page usable, and a cell without an end is said to be one.
    frame = notebook(page)
    run_cell(frame, "for number in range(10**6):\n    print(number)")
    run_cell(frame, "print('the next cell')")
    frame.wait_for_function(f"() => ({CELLS})().at(-1).outputs.length", timeout=120_000)
    long, after = ("".join(output["text"] for output in cell["outputs"]) for cell in frame.evaluate(CELLS)[-2:])
    assert "999\n" in long and "\n1000\n" not in long and "1,000,000 lines" in long
    assert after == "the next cell\n"
    run_cell(frame, "while True:\n    print('on and on')")
    expect(page.get_by_role("status")).to_contain_text("Restart Kernel", timeout=120_000)


# What goes wrong is said in words


def test_without_webassembly(visitor):
    visitor.page.add_init_script("delete globalThis.WebAssembly")
    page = visitor()
    expect(page.get_by_role("alert")).to_contain_text("no WebAssembly")
    assert not page.get_by_role("button").count()
    page.get_by_role("link", name="Back to the chapter's page").click()
    page.wait_for_url("**/book/chain_rule.html")


def test_from_a_file(offline, browser):
    page = browser.new_page()
    page.goto((offline / "lite" / "run.html").as_uri() + f"#{SHORT}")
    expect(page.get_by_role("alert")).to_contain_text("python -m http.server")
    assert not page.get_by_role("button").count()
    page.close()


@pytest.mark.long
def test_broken_downloads(server, visitor):
    """Each is told in words and can be tried again, one after the other; the last try arrives."""
    faults = {"other bytes": "other bytes", "broken off": "did not arrive", "gone": "404"}
    page = visitor()
    for button, (fault, word) in zip(["Start Python", "Try again", "Try again"], faults.items()):
        server.faults["python_stdlib.zip"] = fault
        page.get_by_role("button", name=button).click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(word, timeout=60_000)
        expect(alert).to_contain_text("python_stdlib.zip")
    server.faults.clear()
    start(page, "Try again")
    notebook(page)


@pytest.mark.long
def test_full_storage(server, visitor):
    page = visitor()
    protocol = visitor.context.new_cdp_session(page)
    protocol.send("Storage.overrideQuotaForOrigin", {"origin": server.address.rstrip("/"), "quotaSize": 1_000_000})
    start(page)
    expect(page.get_by_role("status")).to_contain_text("storage is full")
    notebook(page)


@pytest.mark.long
def test_an_older_copy(visitor):
    """It was saved by an earlier edition: the newer one is offered, and the copy is kept beside it."""
    page = visitor()
    page.evaluate(
        """async storage => {
        const opened = indexedDB.open(storage, 1);
        opened.onupgradeneeded = () => opened.result.createObjectStore("files");
        await new Promise(done => { opened.onsuccess = done; });
        const content = {cells: [], metadata: {edition: "an earlier one"}, nbformat: 4, nbformat_minor: 5};
        const name = "chain_rule.ipynb", when = "2026-05-02T09:30:00Z";
        const copy = {name, path: name, type: "notebook", format: "json", content, created: when, last_modified: when,
                      mimetype: "application/json", writable: true};
        const change = opened.result.transaction("files", "readwrite");
        change.objectStore("files").put(copy, "chain_rule.ipynb");
        await new Promise(done => { change.oncomplete = done; });
        opened.result.close();
    }""",
        run_in_browser.STORAGE,
    )
    visitor()
    words = page.locator("#words")
    expect(words).to_contain_text("of 2 May 2026")
    expect(words).to_contain_text("newer edition")
    start(page, "Start with the newer edition")
    frame = notebook(page)
    # the book's chapter, not the empty copy; JupyterLab begins with an empty cell until it has read the file
    frame.wait_for_function(f"() => ({NOTEBOOK})().widgets.length > 40")
    expect(page.get_by_role("status")).to_contain_text("chain_rule, my copy of 2026-05-02 09.30.ipynb")
    listed = frame.evaluate(
        "async () => (await jupyterapp.serviceManager.contents.get('')).content.map(file => file.path)"
    )
    assert "chain_rule, my copy of 2026-05-02 09.30.ipynb" in listed


# The page, and what is built


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", [SHORT, ""])
def test_the_page_is_accessible_and_fits(place, theme, visitor):
    visitor.page.emulate_media(color_scheme=theme)
    page = visitor(place)
    expect(page.locator("#words")).not_to_be_empty()
    if place:
        page.get_by_role("button", name="Start Python").wait_for()
    page.add_script_tag(path=vendored.fetch("tests") / "axe.min.js")
    for width, height in (1280, 900), (390, 844):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("axe.run().then(({violations}) => violations.map(v => v.id + v.nodes[0].html))") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_chapter_has_a_button_and_no_other_page(site):
    found = {
        path.stem: re.findall(r'href="\.\./lite/run\.html#(\w+)"', path.read_text(encoding="utf-8"))
        for path in (site / "book").glob("*.html")
    }
    assert {name: links for name, links in found.items() if links} == {name: [name] for name in NAMES}


def test_the_site_names_one_other_host_and_the_offline_edition_none(site, offline):
    """In what tells JupyterLite and its page where Python is."""

    def hosts(folder):
        texts = [(folder / "lite" / name).read_text(encoding="utf-8") for name in ("edition.js", "jupyter-lite.json")]
        return {host for text in texts for host in re.findall(r'"https?://([^/"]+)', text)}

    assert hosts(site) == {"cdn.jsdelivr.net"} and hosts(offline) == set()


def test_the_offline_edition_has_the_official_files(offline):
    entries = pyodide_files.official_lock()["packages"].values()
    digests = {entry["file_name"]: entry["sha256"] for entry in entries}
    there = {path.name: path for path in (offline / "lite" / "pyodide").iterdir() if path.name in digests}
    assert len(there) > 30
    assert [n for n, path in there.items() if hashlib.sha256(path.read_bytes()).hexdigest() != digests[n]] == []
    lock = json.loads((offline / "lite" / "pyodide" / pyodide_files.LOCK).read_text(encoding="utf-8"))
    assert {entry["file_name"] for entry in lock["packages"].values()} == set(there)


def test_the_zip_and_its_checksum(tmp_path):
    folder = tmp_path / "edition"
    (folder / "a").mkdir(parents=True)
    for name, text in {"index.html": "words " * 100, "a/x.whl": "packed"}.items():
        (folder / name).write_text(text)
    archive = tmp_path / "edition.zip"
    checksum = offline_edition.make_archive(folder, archive)
    first = archive.read_bytes()
    assert checksum.read_text() == f"{hashlib.sha256(first).hexdigest()}  edition.zip\n"
    with zipfile.ZipFile(archive) as file:
        assert file.namelist() == ["edition/a/x.whl", "edition/index.html"] and file.testzip() is None
    os.utime(folder / "index.html", (0, 0))
    offline_edition.make_archive(folder, archive)
    assert archive.read_bytes() == first, "the same files give the same zip"
