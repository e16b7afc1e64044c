"""What the tests of the site share: the site, built once, and one browser to look at it."""

import contextlib
import hashlib
import itertools
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

ROOT = Path(__file__).resolve().parents[1]


def build_site(source, target):
    """Build the book in `source` below the folder `target` with warnings as errors, and return the site's folder."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    done = subprocess.run(
        [*command, "build", source, "--path-output", target, "-W", "-n", "--keep-going", "--all"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )
    if done.returncode:
        lines = [
            line for line in done.stdout.splitlines() if any(word in line for word in ("WARNING", "ERROR", "rror:"))
        ]
        pytest.fail(
            "the book does not build without warnings:\n" + "\n".join(lines or done.stdout.splitlines()[-40:]),
            pytrace=False,
        )
    return (Path(target) / "_build" / "html").resolve()


@pytest.fixture
def no_clocks():
    """No search of a test, and no answer, depends on how fast the machine is."""
    from bpcore.clinic.own_lines import search

    with search.without_clocks():
        yield


FIRST = ("test_wild", "test_rarer_updates", "test_doctor", "test_own_lines")  # a minute of computing each
LONG = ("test_run_in_browser", "test_doctor_in_the_page", "test_site")  # a minute of waiting for a browser each


def case_of(item):
    """What of a test that takes long is run or left out as one: the name that its mark gives several, or its own."""
    mark = item.get_closest_marker("long")
    return mark and " ".join((item.path.name, *mark.args) if mark.args else (item.nodeid,))


def commit():
    """The commit that is tested, or nothing where there is no repository or no Git."""
    with contextlib.suppress(OSError):
        return subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return ""


def leave_out(items, one_in):
    """Skip what takes long, but for one case in so many: those that a hash of name and commit draws."""
    here = commit()
    for item in items:
        case = case_of(item)
        if case and int(hashlib.sha256(f"{here} {case}".encode()).hexdigest(), 16) % one_in:
            item.add_marker(pytest.mark.skip(reason=f"takes long: one case in {one_in}, others with each commit"))


def pytest_collection_modifyitems(config, items):
    """In turns what computes and what waits for a browser, so that the cores are never idle; the chapters at last.

    What computes for long begins, while the site is built. A module or class stays together, as the processes take it.
    """
    if config.getoption("one_in") > 1:
        leave_out(items, config.getoption("one_in"))
    scopes = {}
    for item in items:
        scopes.setdefault(item.nodeid.rpartition("::")[0], []).append(item)
    first, computes, looks, chapters = [], [], [], []
    for scope in scopes.values():
        name = scope[0].path.stem
        if any("site" in getattr(item, "fixturenames", ()) for item in scope):
            looks.insert(0, scope) if name in LONG else looks.append(scope)
        elif scope[0].path.suffix == ".ipynb":
            chapters.append(scope)
        else:
            (first if name in FIRST else computes).append(scope)
    in_turns = [scope for pair in itertools.zip_longest(looks, computes) for scope in pair if scope]
    items[:] = itertools.chain(*first, *in_turns, *chapters)


@pytest.fixture(scope="session", autouse=True)
def site_in_the_making(tmp_path_factory, request):
    """A function that waits for the site and returns its folder: the first of several test processes builds it."""
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one of several processes, whose folders stand side by side
        shared = shared.parent
    folder, lock = shared / "site", FileLock(shared / "site.lock", thread_local=False)

    def build():
        try:
            built = str(build_site(ROOT, folder))
        except BaseException as failure:  # that of pytest.fail is no Exception
            built = f"failed: {failure}"
        (folder / "built").write_text(built, encoding="utf-8")
        lock.release()

    def wait():
        if builder:
            builder.join()
        with lock:
            return (folder / "built").read_text(encoding="utf-8")

    builder = None
    if any("site" in getattr(item, "fixturenames", ()) for item in request.session.items):
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=0)
            if (folder / "built").exists():
                lock.release()
            else:
                folder.mkdir()
                builder = threading.Thread(target=build, daemon=True)
                builder.start()
    return wait


@pytest.fixture(scope="session")
def site(site_in_the_making):
    """The folder of the built site."""
    built = site_in_the_making()
    if built.startswith("failed: "):
        pytest.fail(built.removeprefix("failed: "), pytrace=False)
    return Path(built)


@pytest.fixture(scope="session")
def address(site):
    """The address of the built site, served on localhost."""
    from serve import site_server

    server = site_server(site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium of this machine (none is downloaded) that finds no host but this one."""
    from chromium import NAMES, start
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = start(playwright)
        if chromium is None:
            pytest.skip(f"no browser to look at the pages with: none of {', '.join(NAMES)} is on the PATH")
        yield chromium.new_context(reduced_motion="reduce")
        chromium.close()
