"""What the tests of the site share: the site, built once, and one browser to look at it."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

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


@pytest.fixture(scope="session")
def site(tmp_path_factory, request):
    """The folder of the built site: built once, by the first test process that asks for it, while others wait."""
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one of several processes, whose folders stand side by side
        shared = shared.parent
    with FileLock(shared / "site.lock"):
        done = shared / "site" / "built"
        if not done.exists():
            shutil.rmtree(shared / "site", ignore_errors=True)
            done.parent.mkdir()
            done.write_text(str(build_site(ROOT, done.parent)), encoding="utf-8")
        return Path(done.read_text(encoding="utf-8"))


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
