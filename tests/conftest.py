"""What the tests of the site share: the site, built once, and one browser to look at it."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def build_site(source, target):
    """Build the book in `source` below the folder `target` with warnings as errors, and return the site's folder."""
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    done = subprocess.run(
        [*command, "build", source, "--path-output", target, "-W", "-n", "--keep-going", "--all"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if any(word in line for word in ("WARNING", "ERROR", "rror:"))]
        pytest.fail("the book does not build without warnings:\n" + "\n".join(lines or done.stdout.splitlines()[-40:]), pytrace=False)
    return (Path(target) / "_build" / "html").resolve()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built site."""
    return build_site(ROOT, tmp_path_factory.mktemp("site"))


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
    from playwright.sync_api import Error, sync_playwright

    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    ways = [{"executable_path": found}] if found else [{"channel": "chrome"}, {"channel": "msedge"}]
    with sync_playwright() as playwright:
        for way in ways:
            try:
                chromium = playwright.chromium.launch(args=list(CHROMIUM_FLAGS), **way)
                break
            except Error:
                if found:
                    raise
        else:
            pytest.skip(f"no browser to look at the pages with: none of {', '.join(CHROMIUMS)} is on the PATH")
        yield chromium.new_context(reduced_motion="reduce")
        chromium.close()
