"""The doctor on its page says what the native one says, lets nothing out, and is not stopped by what is pasted."""

import functools
import gzip
import hashlib
import http.server
import json
import re
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import doctor_page
import pyodide_files
import pytest
import serve
import vendored

sys.path.append(str(doctor_page.SOURCES))

import runner

from bpcore.clinic.own_lines.search import without_clocks

PASTED = Path(__file__).parent / "pasted"
PAGE, PHONE, WIDE = "book/doctor_online.html", {"width": 390, "height": 844}, {"width": 1280, "height": 900}
KINDS = {".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json"}
PATIENCE = 300_000  # milliseconds, as long as the page's own limits allow: no test waits for as long
UNHURRIED = """
    // whoever has a slow machine, beside other tests, is not stopped by the page
    const timer = window.setTimeout;
    window.setTimeout = (call, wait, ...rest) => timer(call, wait >= 20_000 ? 5 * wait : wait, ...rest);
"""
LEAD = """
    // the page fetches from elsewhere what it would fetch from the official release
    document.addEventListener("DOMContentLoaded", () => {
        const facts = document.getElementById("doctor-facts");
        if (facts) facts.textContent = facts.textContent.replace("%s", "%s");
    });
"""
RIGHT = """\
import numpy as np
params = np.arange(4.0)


def cost(p):
    return p @ p


def grad(p):
    return 2 * p
"""


class Release(http.server.ThreadingHTTPServer):
    """Serves a folder as the official release is served; ``faults``: file name → what goes wrong with it."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), ReleaseHandler)
        self.folder, self.faults, self.asked = folder, {}, []
        self.address = f"http://127.0.0.1:{self.server_port}/"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class ReleaseHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path[1:]
        fault, content = self.server.faults.get(name), (self.server.folder / name).read_bytes()
        self.server.asked.append(name)
        if fault == "first fails" and self.server.asked.count(name) > 1:
            fault = None
        self.send_response(503 if fault == "refused" else 200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", KINDS.get(Path(name).suffix, "application/zip"))
        if fault == "shortened":
            content = content[:-1000]
        if fault == "exchanged":
            content = content[:-1] + b"x"
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if fault in ("cut off", "first fails"):
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
        elif fault == "stalled":
            self.server.stalled.wait(20)
        elif fault != "refused":
            self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def served(site):
    """The site on a server that notes what it is asked: its address, and the list."""
    heard = []

    class Handler(serve.SiteHandler):
        def do_GET(self):
            heard.append(self.path)
            super().do_GET()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", heard
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(served):
    return served[0]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """Pyodide's files on a server of this machine, which stands for the official release."""
    folder = tmp_path_factory.mktemp("pyodide")
    try:
        pyodide_files.fetch_pyodide(folder, ["numpy"])
    except pyodide_files.PyodideMissing as error:
        pytest.skip(str(error))
    server = Release(folder)
    server.stalled = threading.Event()
    yield server
    server.stalled.set()
    server.shutdown()
    server.server_close()


class Visitor:
    """A reader of the page, with what the page has asked for."""

    def __init__(self, context, address, source=None, script=""):
        self.page, self.asked, self.faults = context.new_page(), [], []
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        if script:
            self.page.add_init_script(script)
        if source:
            self.page.add_init_script(LEAD % (pyodide_files.OFFICIAL, source))
        self.page.goto(address + PAGE)
        self.page.locator("#doctor").wait_for()

    def part(self, name):
        return self.page.locator(f"#doctor-{name}")

    @property
    def status(self):
        return self.part("status").inner_text()

    def says(self, words):
        self.part("status").filter(has_text=words).wait_for()

    def paste(self, source, kind="gradient"):
        self.part("program").fill(source)
        self.page.locator(f"input[name=doctor-kind][value={kind}]").check()

    def ask(self, source, kind="gradient"):
        """Paste a program, press the button, and wait for the answer; returns its text."""
        self.paste(source, kind)
        self.part("ask").click()
        return self.answer()

    def answer(self):
        self.page.locator("#doctor-answer h2").wait_for()
        return self.part("answer").inner_text()

    def rows(self):
        """What is shown of an answer: headings, and pairs of label and words."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll("#doctor-answer :is(h2, h3, dt)")].map(e =>
                e.tagName !== "DT" ? ["", e.textContent] : [e.textContent, e.nextElementSibling.textContent])"""
        )

    def printed(self):
        return self.page.locator("#doctor-answer details").last.locator("pre").text_content()


@pytest.fixture(scope="module")
def visitor(browser, address, release):
    """One reader, for whom Python is started once."""
    context = browser.browser.new_context()
    here = Visitor(context, address, release.address, script=UNHURRIED)
    here.ask(RIGHT)
    yield here
    context.close()
    assert not here.faults, here.faults


@pytest.fixture
def newcomer(browser, address):
    """Opens the page for somebody who has fetched nothing yet."""
    contexts = []

    def come(**options):
        contexts.append(browser.browser.new_context())
        return Visitor(contexts[-1], **{"address": address, **options})

    yield come
    for context in contexts:
        context.close()


def native(source, kind="gradient"):
    with without_clocks():
        return json.loads(runner.run(json.dumps({"source": source, "ask": kind})))


# Under a program that is pasted: its search for lines ends where its runs are spent, as natively, and not where the
# page's clocks say so, which on a slow machine is earlier.
NO_CLOCKS = """

__import__("bpcore.clinic.own_lines.search", fromlist=["MOST_SECONDS"]).MOST_SECONDS.clear()
"""


# What it says, and what it weighs.


@pytest.mark.long
@pytest.mark.parametrize("name", doctor_page.examples())
def test_the_answer_is_that_of_a_native_python(name, visitor):
    example = doctor_page.examples()[name]
    visitor.part("example").select_option(name)
    assert visitor.part("program").input_value() == example["text"]
    visitor.part("program").fill(example["text"] + NO_CLOCKS)
    visitor.part("ask").click()
    answer, expected = visitor.answer(), native(example["text"], example["ask"])
    assert visitor.rows() == expected["rows"]
    links = visitor.page.locator("#doctor-answer p a")
    assert links.count() > 0 or not expected["names"], answer
    if "source" in example:
        hrefs = visitor.page.locator("#doctor-source a").evaluate_all("links => links.map(a => a.href)")
        assert example["source"] in hrefs


@pytest.mark.long
@pytest.mark.parametrize("name", ["course_class", "layer_objects", "class_that_steps", "one_vector"])
def test_a_style_is_read_as_natively(name, visitor):
    source = (PASTED / f"{name}.py").read_text(encoding="utf-8")
    visitor.ask(source + NO_CLOCKS)
    assert visitor.rows() == native(source)["rows"]


def test_answers_lead_to_places_that_are_there(site):
    pages = {}
    for _, target in doctor_page.places().values():
        page, _, anchor = target.partition("#")
        pages.setdefault(page, (site / "book" / page).read_text(encoding="utf-8"))
        assert f'id="{anchor}"' in pages[page], target
    for example in doctor_page.examples().values():
        if "case" in example:
            page, _, anchor = example["case"].partition("#")
            assert f'id="{anchor}"' in (site / "book" / page).read_text(encoding="utf-8"), example["case"]


def test_before_the_click_a_few_kilobytes(newcomer, site, address):
    reader = newcomer()
    reader.page.wait_for_load_state("networkidle")
    own = [url for url in reader.asked if "/doctor/" in url]
    assert sorted(Path(urlsplit(url).path).name for url in own) == ["doctor.css", "doctor.js"]
    assert not [url for url in reader.asked if not url.startswith(address)]
    text = (site / PAGE).read_text(encoding="utf-8")
    facts = re.search(r'<div id="doctor".*?</div>\n', text, re.DOTALL)[0]
    sent = [
        facts,
        *((site / "_static" / "doctor" / name).read_text(encoding="utf-8") for name in ("doctor.js", "doctor.css")),
    ]
    assert f'"from": "{pyodide_files.OFFICIAL}"' in facts
    assert sum(len(gzip.compress(part.encode())) for part in sent) < 20_000


def test_the_size_is_said_before_and_holds(visitor, site, release):
    fetched = {Path(urlsplit(url).path).name for url in visitor.asked if "/doctor/" in url or release.address in url}
    rows = {row["name"]: row for row in doctor_page.files()}
    assert set(rows) == fetched - {"doctor.js", "doctor.css", "frame.html"}
    for name, row in rows.items():
        content = ((site / "_static" / "doctor" if row.get("own") else release.folder) / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (row["size"], row["sha256"])
    total = sum(row["wire"] for row in rows.values())
    said = re.search(r"fetches ([\d.]+) MB from", visitor.page.locator("article").inner_text())[1]
    assert said == f"{total / 1e6:.1f}" and total <= 10e6
    assert rows["pyodide.asm.wasm"]["wire"] < 0.4 * rows["pyodide.asm.wasm"]["size"], "a server that compresses"


# Nothing gets out.


@pytest.fixture
def elsewhere():
    """Another server that a browser could reach, with the list of what it was asked."""
    heard = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()
            self.wfile.write(b"0")

        do_POST = do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


WAYS = (Path(__file__).parent / "ways_out.js").read_text(encoding="utf-8")  # each of them to each of HOSTS
OUT = """
import json
import js
from pyodide.ffi import create_proxy, to_js
from pyodide.http import open_url

HOSTS, WAYS = %s, %r
said = {}


def attempt(name, way):
    try:
        said[name] = f"REACHED {way()}"
    except BaseException as error:
        said[name] = f"refused: {type(error).__name__}"


def request(host):
    asking = js.XMLHttpRequest.new()
    asking.open("GET", f"http://{host}/py-xhr", False)
    asking.send()
    return asking.status


def talk(host):
    import socket

    line = socket.create_connection(host.split(":"), timeout=1)
    line.sendall(b"GET /py-socket HTTP/1.0\\r\\n\\r\\n")
    return line.recv(1)


for host in HOSTS:
    attempt(f"open_url {host}", lambda: open_url(f"http://{host}/open_url").read())
    attempt(f"xhr {host}", lambda: request(host))
    attempt(f"importScripts {host}", lambda: js.importScripts(f"http://{host}/py-scripts"))
    attempt(f"socket {host}", lambda: talk(host))
    attempt(f"urllib {host}", lambda: __import__("urllib.request").request.urlopen(f"http://{host}/py-urllib").read())
    attempt(f"eval {host}", lambda: js.eval("1"))
    js.fetch(f"http://{host}/py-fetch")
    try:
        js.WebSocket.new(f"ws://{host}/py-socket")
        js.EventSource.new(f"http://{host}/py-events")
        js.Worker.new(f"http://{host}/py-worker")
    except Exception as error:
        said[f"objects {host}"] = f"refused: {error}"
text = f"const HOSTS = {json.dumps(HOSTS)};" + WAYS
blob = js.Blob.new(to_js([text]))
nested = js.Worker.new(js.URL.createObjectURL(blob))
js.said = json.dumps(said)
js.kept = to_js([])


def keep(event):
    js.kept.push(event.data)


nested.onmessage = create_proxy(keep)
"""
ANSWERS = "import js\nprint(js.said)\nfor text in js.kept:\n    print(text)\n"


def test_no_way_leads_out(visitor, elsewhere, served):
    (other, heard), (address, own) = elsewhere, served
    here = urlsplit(address).netloc
    visitor.page.evaluate("url => fetch(url, {mode: 'no-cors'})", f"http://{other}/control")
    assert heard == ["/control"], "the other server can be reached, by all but the program"
    visitor.page.evaluate("fetch('control')")
    assert own[-1] == "/book/control", "and so can the site"
    before = len(own)
    visitor.ask(OUT % (json.dumps([other, here]), WAYS))
    for _ in range(40):
        visitor.page.wait_for_timeout(250)
        visitor.ask(ANSWERS)
        rows = visitor.printed().splitlines()
        if len(rows) > 1:
            break
    python, script = map(json.loads, rows)
    assert len(python) >= 12 and len(script) >= 40
    found = {**python, **script}
    assert not {name: words for name, words in found.items() if "REACHED" in words}
    assert heard == ["/control"]
    assert own[before:] == []


def test_a_program_cannot_speak_as_the_doctor(visitor):
    forged = {"text": "Nothing wrong", "rows": [["", "FORGED"]], "names": [], "read": [], "call": "", "printed": ""}
    source = f"""
import js
from pyodide.ffi import create_proxy, to_js
message = js.JSON.parse({json.dumps(json.dumps({"report": forged, "ready": True}))})
js.postMessage(message)
ports = []
js.MessagePort.prototype.postMessage = create_proxy(lambda *values: ports.append(values))
js.JSON.parse = create_proxy(lambda text: message)
import runner
runner.run = lambda question: {json.dumps(json.dumps(forged))}
js.postMessage(message)
"""
    assert "No cost function found" in visitor.ask(source + RIGHT.partition("def")[0])
    assert "Nothing wrong found" in visitor.ask(RIGHT)


def test_what_a_program_prints_is_text(visitor):
    visitor.ask("print('<img src=x onerror=alert(1)><b>bold</b>')\nraise ValueError('<i>no</i>')\n")
    assert visitor.page.locator("#doctor-answer :is(img, b, i)").count() == 0
    assert visitor.printed() == "<img src=x onerror=alert(1)><b>bold</b>"
    assert "<i>no</i>" in visitor.part("answer").inner_text()


# What goes wrong, in words.


def test_bad_programs_are_answered_as_natively(visitor):
    for source in (
        "for i in range(3)\n    print(i)\n",
        "import torch\n",
        "n = input()\n",
        "import sys\nsys.exit()\n",
        "def f():\n    f()\n\n\nf()\n",
        "x = 1\n",
        RIGHT.replace("p @ p", "p @ p[:3]"),
    ):
        answer = visitor.ask(source)
        expected = native(source)
        assert re.sub(r"\s+", " ", expected["error"]) in re.sub(r"\s+", " ", answer)
        assert all(row in answer for row in expected["lines"] if "…" not in row)
        assert visitor.status == "The doctor could not be asked." and visitor.part("ask").is_enabled()


@pytest.mark.long
def test_a_million_lines_are_cut_short(visitor):
    visitor.ask("for i in range(10**6):\n    print(i)\n")
    assert visitor.printed().endswith("\n199\n… and 999,800 more lines")


@pytest.mark.long
def test_memory_has_a_limit_and_the_next_question_an_answer(visitor):
    answer = visitor.ask("import numpy as np\nheap = []\nwhile True:\n    heap.append(np.ones(10**6))\n")
    assert "more memory than this page gives it" in answer and "line 4: heap.append" in answer
    assert "Nothing wrong found" in visitor.ask(RIGHT)


@pytest.mark.long
def test_stop_by_keyboard_and_a_fresh_python(visitor):
    page = visitor.page
    visitor.paste("while True:\n    pass\n")
    visitor.part("ask").focus()
    page.keyboard.press("Enter")
    visitor.says("Asking the doctor")
    assert page.evaluate("document.activeElement.id") == "doctor-stop", "the button that can be used has the focus"
    page.keyboard.press("Enter")
    visitor.says("Stopped. A fresh Python is starting.")
    assert page.evaluate("document.activeElement.id") == "doctor-ask"
    visitor.paste(RIGHT)
    visitor.part("program").press("Control+Enter")
    visitor.says("Starting Python")
    page.keyboard.press("Escape")
    visitor.says("Stopped.")
    visitor.part("program").press("Control+Enter")
    assert "Nothing wrong found" in visitor.answer()


@pytest.mark.long
def test_a_program_without_an_end_is_ended(visitor):
    """The page's clock is put forward instead of waiting; the program floods the frame with messages meanwhile."""
    visitor.page.clock.install()
    visitor.paste("import js\nwhile True:\n    js.postMessage('much')\n")
    visitor.part("ask").click()
    visitor.says("Asking the doctor")
    visitor.page.clock.fast_forward(20_500)
    visitor.says("Still asking, after 20 seconds.")
    assert visitor.part("stop").is_enabled()
    visitor.page.clock.fast_forward(40_500)
    visitor.says("Stopped after 60 seconds.")
    assert "Nothing wrong found" in visitor.ask(RIGHT)


@pytest.fixture
def faults(release):
    """File name → what goes wrong with it, for one test."""
    release.asked.clear()
    yield release.faults
    release.faults.clear()


@pytest.mark.long
@pytest.mark.parametrize(
    ("fault", "words", "then"),
    [
        ("refused", "was refused (503)", "later"),
        ("cut off", "network error", "when the connection is better"),
        ("shortened", "arrived incomplete, with 1254688 of 1255688 bytes", "when the connection is better"),
        ("exchanged", "is not the file that was tested", "later"),
    ],
)
def test_a_broken_download_can_be_tried_again(fault, words, then, newcomer, release, faults):
    reader = newcomer(source=release.address)
    faults["pyodide.asm.js"] = fault
    reader.paste(RIGHT)
    reader.part("ask").click()
    reader.says("Python could not be fetched from")
    assert words in reader.status and f"try again {then}" in reader.status
    assert release.asked.count("pyodide.asm.js") == 2, "once from the cache, once past it"
    assert reader.part("program").input_value() == RIGHT and reader.part("ask").is_enabled()
    faults.clear()
    reader.part("again").focus()
    reader.page.keyboard.press("Enter")
    reader.says("Starting Python")
    assert reader.part("again").is_hidden()


def test_a_server_that_is_not_there_is_said(newcomer):
    reader = newcomer()  # the official release, which no test reaches
    reader.part("ask").click()
    reader.says("Python could not be fetched from cdn.jsdelivr.net: there is no connection to it.")
    assert reader.part("again").is_visible()


def test_python_may_lie_in_the_site_itself(newcomer, address, site, tmp_path):
    (tmp_path / "page.html").write_text((site / PAGE).read_text(encoding="utf-8"), encoding="utf-8")
    doctor_page.settle(tmp_path, "lite/pyodide/")
    settled = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "jsdelivr" not in settled and '"from": "lite/pyodide/"' in settled
    assert re.search(r"fetches [\d.]+ MB from this site \(", settled)
    reader = newcomer(source="lite/pyodide/")
    reader.part("ask").click()
    reader.says("was refused (404)")
    assert f"{address}lite/pyodide/pyodide.asm.wasm" in reader.asked
    assert all(url.startswith((address, "data:")) for url in reader.asked)


def test_a_stalled_download_is_given_up_and_can_be_stopped(newcomer, release, faults):
    reader = newcomer(source=release.address)
    reader.page.clock.install()
    faults["python_stdlib.zip"] = "stalled"
    reader.part("ask").click()
    reader.says("Loading Python")
    reader.page.wait_for_timeout(500)
    reader.page.clock.fast_forward(32_000)
    reader.says("nothing has arrived for 30 seconds")
    reader.part("again").click()
    reader.says("Loading Python")
    reader.part("stop").click()
    reader.says("Stopped.")
    assert reader.part("ask").is_enabled() and reader.part("progress").is_hidden()


@pytest.mark.long
def test_with_full_storage_it_goes_past_the_cache(newcomer, release, faults):
    """What is kept is the browser's own cache of files; where that has no room, or is broken, the first fetch fails."""
    full = """
        const full = () => { throw new DOMException("no room", "QuotaExceededError"); };
        Storage.prototype.setItem = full;
        CacheStorage.prototype.open = IDBFactory.prototype.open = full;
    """
    reader = newcomer(source=release.address, script=full)
    faults |= dict.fromkeys(pyodide_files.CORE, "first fails")
    assert "Nothing wrong found" in reader.ask(RIGHT)
    assert all(release.asked.count(name) == 2 for name in pyodide_files.CORE)


def test_without_webassembly_it_is_said_at_once(newcomer):
    reader = newcomer(script="delete window.WebAssembly")
    reader.says("This browser has no WebAssembly")
    reader.part("example").select_option("sigmoids")
    reader.part("ask").click()
    reader.says("This browser has no WebAssembly")
    assert reader.part("ask").is_enabled() and not [url for url in reader.asked if "pyodide" in url]


def test_an_example_does_not_cost_the_reader_s_own_program(newcomer):
    reader = newcomer()
    empty = reader.part("example").input_value()
    assert empty == ""
    reader.paste("mine = 1")
    for name in ("sigmoids", "changed_parameters"):
        reader.part("example").select_option(name)
        assert "mine" not in reader.part("program").input_value()
        reader.part("program").press("x")
    reader.part("example").select_option("sigmoids")
    reader.says("as you changed it")
    reader.part("program").fill("mine = 2")  # in the place of an example
    reader.part("example").select_option("changed_parameters")
    reader.part("program").fill("mine = 1")
    reader.part("example").select_option("sigmoids")
    assert "mine" not in reader.part("program").input_value()
    reader.part("program").fill("")  # to have an empty field, and then another choice
    reader.part("example").select_option("changed_parameters")
    reader.part("example").select_option(empty)
    assert reader.part("program").input_value() == "mine = 1" and reader.part("source").is_hidden()
    assert not reader.faults


def test_from_a_file_it_is_said_at_once(newcomer, site):
    reader = newcomer(address=f"{site.as_uri()}/")
    reader.says("opened as a file")
    reader.part("ask").press("Enter")
    reader.says("opened as a file")
    assert not [url for url in reader.asked if not url.startswith(("file:", "data:"))] and not reader.faults


# By keyboard, on a phone, in the dark.


def test_every_control_by_keyboard(visitor):
    page = visitor.page
    visitor.part("example").focus()
    page.keyboard.press("Home")
    page.keyboard.press("End")
    assert visitor.part("program").input_value().startswith("# After https://github.com/")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.tagName")
        )
    assert [name for name in reached if name in ("doctor-program", "doctor-kind", "SUMMARY", "doctor-ask")] == [
        "doctor-program",
        "doctor-kind",
        "SUMMARY",
        "doctor-ask",
    ]
    assert visitor.part("program").input_value().startswith("# After"), "the Tab key moves on"


@pytest.mark.long
def test_the_reader_chooses_the_network(visitor):
    page = visitor.page
    page.locator(".doctor-network summary").press("Enter")
    visitor.part("sizes").fill("3, 4, 1")
    visitor.part("hidden").select_option("relu")
    visitor.part("output").select_option("sigmoid")
    visitor.part("loss").select_option("binary_cross_entropy")
    answer = visitor.ask((PASTED / "global_arrays.py").read_text(encoding="utf-8"))
    assert "it has hidden='tanh'" in answer
    visitor.part("sizes").fill("3, 4")
    assert "none fits" in visitor.ask((PASTED / "global_arrays.py").read_text(encoding="utf-8"))
    visitor.part("sizes").fill("")
    assert "Nothing wrong found" in visitor.ask((PASTED / "global_arrays.py").read_text(encoding="utf-8"))


@pytest.mark.long
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1280"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(theme, size, visitor):
    page = visitor.page
    page.set_viewport_size(size)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(path=vendored.fetch("tests") / "axe.min.js")
    visitor.part("example").select_option("changed_parameters")
    for source in visitor.part("program").input_value(), "print('x' * 300)\n1 / 0\n":
        visitor.ask(source)
        for details in page.locator("#doctor details").all():
            details.evaluate("e => { e.open = true; }")
        result = page.evaluate("axe.run('#doctor', {resultTypes: ['violations'], preload: false})")
        assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in result["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    live = page.locator("#doctor-answer[aria-live=polite], #doctor-status[role=status]")
    assert live.count() == 2, "the answer and the state are read out"
