"""JupyterLab as `make lab` opens it: the chapters in the book's order, and none marked as changed by being opened."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import lab
import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Folders of built notebooks and of a reader, and a data folder of their own for the signatures."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    built, desk = tmp_path / "built", tmp_path / "desk"
    built.mkdir()
    for _, name in lab.chapters():
        cells = [nbformat.v4.new_markdown_cell(f"# {name}", id="title")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), built / f"{name}.ipynb")
    return built, desk


def test_the_file_list_has_the_order_of_the_book(desk):
    paths, kept = lab.lay_out(*desk)
    assert sorted(path.name for path in paths) == [path.name for path in paths]
    assert [path.name for path in paths][:3] == [
        "01_one_minute.ipynb",
        "02_chain_rule.ipynb",
        "03_four_equations.ipynb",
    ]
    assert {re.sub(r"^\d\d_", "", path.stem) for path in paths} == {
        path.stem for path in (ROOT / "book").glob("*.ipynb")
    }
    assert kept == []


def test_what_the_reader_changed_is_kept_and_the_rest_renewed(desk):
    built, folder = desk
    first, second, *_ = lab.lay_out(built, folder)[0]
    first.write_text("{}", encoding="utf-8")
    for path in built.glob("*.ipynb"):
        path.write_text(path.read_text(encoding="utf-8").replace("# ", "# A new edition: "), encoding="utf-8")
    assert lab.lay_out(built, folder)[1] == [first.name]
    assert first.read_text(encoding="utf-8") == "{}"
    assert "A new edition" in second.read_text(encoding="utf-8")
    first.unlink()
    assert lab.lay_out(built, folder)[1] == []
    assert "A new edition" in first.read_text(encoding="utf-8")


def test_the_settings_are_found_before_all_others(monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", "elsewhere")
    assert lab.environment()["JUPYTER_PATH"].split(os.pathsep) == [str(lab.SETTINGS), "elsewhere"]
    for path in lab.SETTINGS.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))


def test_the_kernel_says_what_the_stored_notebooks_say(monkeypatch):
    """JupyterLab writes the kernel's answer into the notebook, which marks it as changed where the two differ."""
    from jupyter_client import KernelManager

    monkeypatch.setenv("JUPYTER_PATH", str(lab.SETTINGS))
    manager = KernelManager(kernel_name="python3")
    assert Path(manager.kernel_spec.resource_dir) == lab.SETTINGS / "kernels" / "python3"
    spec = {
        "display_name": manager.kernel_spec.display_name,
        "language": manager.kernel_spec.language,
        "name": "python3",
    }
    manager.start_kernel(cwd=str(ROOT / "book"))
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=120)
        client.kernel_info()
        while (reply := client.get_shell_msg(timeout=120))["msg_type"] != "kernel_info_reply":
            pass
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    told = {"kernelspec": spec, "language_info": reply["content"]["language_info"]}
    for path in sorted((ROOT / "book").glob("*.ipynb")):
        stored = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        assert {key: stored[key] for key in told} == told, path.name


@pytest.mark.skipif(
    not os.environ.get("EVERY_NOTEBOOK"), reason="JupyterLab itself is opened once a week: EVERY_NOTEBOOK=1"
)
def test_a_chapter_opens_without_being_marked_as_changed(site, browser, tmp_path):
    paths, _ = lab.lay_out(site / "notebooks", tmp_path / "desk")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=", "--ServerApp.password="]
    command = [sys.executable, "-m", "jupyterlab", str(paths[0]), *options]
    place = {"JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "JUPYTER_DATA_DIR": str(tmp_path / "data")}
    log = tmp_path / "log"
    with log.open("w", encoding="utf-8") as file:
        server = subprocess.Popen(command, env=lab.environment() | place, stdout=file, stderr=file)
    try:
        for _ in range(240):
            if "is running at" in log.read_text(encoding="utf-8") or server.poll() is not None:
                break
            time.sleep(0.5)
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{port}/lab/tree/{paths[0].name}")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=240_000)
        page.locator(".jp-NotebookPanel [data-status=idle]").first.wait_for(timeout=240_000)
        page.wait_for_timeout(5000)  # the kernel's answer comes some moments after the notebook
        assert page.locator(".jp-mod-dirty").count() == 0
        assert page.locator(".jp-DirListing-itemText").first.inner_text() == paths[0].name
        assert "[Kingma and Ba 2015]" in page.locator(".jp-Notebook").inner_text()
        page.close()
    finally:
        server.terminate()
        server.wait()
