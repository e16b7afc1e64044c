"""Third-party scripts: only the bytes that the lock file pins get in, and what is there is not installed again."""

import base64
import hashlib
import io
import json
import re
import tarfile
from pathlib import Path

import pytest
import vendored


def locked(integrity):
    """A lock file for one package that lies beside it, so that npm needs no network."""
    package = {"version": "1.0.0", "resolved": "file:thing.tgz", "integrity": integrity, "hasInstallScript": True}
    root = {"name": "planted", "dependencies": {"thing": "file:thing.tgz"}}
    packages = {"": root, "node_modules/thing": package}
    return json.dumps({"name": "planted", "lockfileVersion": 3, "requires": True, "packages": packages})


@pytest.fixture
def planted(monkeypatch, tmp_path):
    """A package with three files and an install script, of which the site wants a file and a folder."""
    files = {
        "package.json": '{"name": "thing", "version": "1.0.0", "scripts": {"install": "echo > ran.txt"}}',
        "dist/a.js": "a",
        "dist/fonts/b": "b",
        "other.js": "c",
    }
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    lists = tmp_path / "lists"
    lists.mkdir()
    archive = lists / "thing.tgz"
    archive.write_bytes(memory.getvalue())
    (lists / "package.json").write_text('{"name": "planted", "dependencies": {"thing": "file:thing.tgz"}}')
    sha512 = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    (lists / "package-lock.json").write_text(locked(f"sha512-{sha512}"))
    monkeypatch.setattr(vendored, "LISTS", lists)
    monkeypatch.setattr(vendored, "CACHE", tmp_path / "cache")
    wanted = {"site": (("thing/dist/a.js", "lib/a.js"), ("thing/dist/fonts", "lib/f")), "tests": ()}
    monkeypatch.setattr(vendored, "WANTED", wanted)
    install = vendored._install

    def beside_its_archive(folder, lists):
        (folder / "thing.tgz").write_bytes(archive.read_bytes())
        return install(folder, lists)

    monkeypatch.setattr(vendored, "_install", beside_its_archive)
    return lists


def test_the_wanted_files_and_no_others(planted):
    folder = vendored.fetch("site")
    assert {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()} == {
        "lib/a.js": "a",
        "lib/f/b": "b",
    }
    assert [path.name for path in vendored.CACHE.iterdir()] == [folder.parent.name]


def test_a_second_build_installs_nothing(planted, monkeypatch):
    folder = vendored.fetch("site")
    monkeypatch.delattr(vendored, "_install")
    assert vendored.fetch("site") == folder


def test_other_wishes_are_installed_anew(planted, monkeypatch):
    folder = vendored.fetch("site")
    monkeypatch.setattr(vendored, "WANTED", {"site": (("thing/other.js", "c.js"),)})
    assert vendored.fetch("site") != folder and (vendored.fetch("site") / "c.js").read_text() == "c"


def test_other_bytes_are_refused(planted):
    (planted / "package-lock.json").write_text(locked("sha512-" + base64.b64encode(bytes(64)).decode()))
    with pytest.raises(RuntimeError, match=r"(?s)npm could not install.*EINTEGRITY.*needs the network"):
        vendored.fetch("site")
    assert not list(vendored.CACHE.iterdir())


def test_a_missing_file_is_named(planted, monkeypatch):
    monkeypatch.setattr(vendored, "WANTED", {"site": (("thing/gone.js", "x.js"),)})
    with pytest.raises(RuntimeError, match=r"have no thing/gone\.js"):
        vendored.fetch("site")
    assert not list(vendored.CACHE.iterdir())


def test_scripts_of_a_package_are_not_run(planted, monkeypatch):
    monkeypatch.setattr(vendored, "WANTED", {"site": (("thing/ran.txt", "x"),)})
    with pytest.raises(RuntimeError, match=r"have no thing/ran\.txt"):
        vendored.fetch("site")


# The real lists

PAPER = Path(__file__).resolve().parents[2] / "scripts" / "paper"


@pytest.mark.parametrize("lists", [vendored.LISTS, PAPER], ids=["site", "paper"])
def test_every_package_is_pinned_by_version_and_sha512_and_by_no_host(lists):
    listed, locked = (json.loads((lists / f"package{kind}.json").read_text(encoding="utf-8")) for kind in ("", "-lock"))
    installed = {name: entry for name, entry in locked["packages"].items() if "version" in entry}
    versions = {name.removeprefix("node_modules/"): entry["version"] for name, entry in installed.items()}
    assert versions == listed["dependencies"]
    assert all(re.fullmatch(r"sha512-[\w+/]{86}==", entry["integrity"]) for entry in installed.values())
    assert not [name for name, entry in installed.items() if "resolved" in entry]
