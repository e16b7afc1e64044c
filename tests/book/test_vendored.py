"""Third-party scripts: only the recorded bytes get in, and what is there is not fetched again."""

import base64
import hashlib
import io
import tarfile
from types import SimpleNamespace

import pytest
import vendored


def an_archive(files):
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    return memory.getvalue()


@pytest.fixture
def registry(monkeypatch, tmp_path):
    """A registry with one archive, and the list of what was asked of it."""
    archive, asked = an_archive({"dist/a.js": "a", "dist/fonts/b": "b", "other.js": "c"}), []

    def download(package, folder):
        asked.append(package.name)
        (folder / "a.tgz").write_bytes(archive)
        return folder / "a.tgz"

    monkeypatch.setattr(vendored, "CACHE", tmp_path)
    monkeypatch.setattr(vendored, "_download", download)
    return SimpleNamespace(asked=asked, sha512=base64.b64encode(hashlib.sha512(archive).digest()).decode())


def a_package(sha512, wanted=(("dist/a.js", "lib/a.js"), ("dist/fonts/", "lib/f/"))):
    return vendored.Package("@some/thing", "1.0.0", sha512, wanted)


def test_the_wanted_files_and_no_others(registry):
    folder = vendored.fetch(a_package(registry.sha512))
    assert {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()} == {
        "lib/a.js": "a",
        "lib/f/b": "b",
    }


def test_a_second_build_asks_nobody(registry):
    vendored.fetch(a_package(registry.sha512))
    vendored.fetch(a_package(registry.sha512))
    assert registry.asked == ["@some/thing"]


def test_other_bytes_are_refused(registry, tmp_path):
    with pytest.raises(RuntimeError, match="expects AAAA"):
        vendored.fetch(a_package("AAAA"))
    assert not list(tmp_path.iterdir())


def test_a_missing_file_is_named(registry):
    with pytest.raises(RuntimeError, match="has no dist/gone.js"):
        vendored.fetch(a_package(registry.sha512, (("dist/gone.js", "x.js"),)))
