"""What a release offers: every file that was promised, with checksums that hold."""

import hashlib
import subprocess
import sys
import zipfile

import pytest
import release
from text import ROOT

NAME = f"every-gradient-checked-{release.version()}"


@pytest.fixture
def build(tmp_path):
    """A folder in which make book, make offline and make pdf have been at work."""
    for name, text in {
        "html/index.html": "<p>the site</p>",
        "html/notebooks/xor.ipynb": "{}",
        f"offline/{NAME}-offline.zip": "the offline edition",
        "every-gradient-checked.pdf": "%PDF",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.long
def test_everything_is_collected_and_its_checksum_holds(build):
    target = build / "release"
    sizes = release.collect(build, target)
    wheel = f"bpcore-{release.version()}-py3-none-any.whl"
    packed = [f"{NAME}-notebooks.zip", f"{NAME}-site.zip", f"{NAME}-offline.zip", f"{NAME}.pdf"]
    assert sorted(sizes) == sorted([wheel, *packed])
    lines = (target / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 5
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((target / name).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(target / f"{NAME}-notebooks.zip") as file:
        assert file.namelist() == [f"{NAME}-notebooks/READ-ME.txt", f"{NAME}-notebooks/xor.ipynb"]
    with zipfile.ZipFile(target / f"{NAME}-site.zip") as file:
        assert f"{NAME}-site/index.html" in file.namelist()


def test_a_zip_is_the_same_for_the_same_files(tmp_path):
    files = {"b/c.txt": b"two", "a.txt": b"one"}
    release.pack(files, tmp_path / "x.zip")
    first = (tmp_path / "x.zip").read_bytes()
    release.pack(dict(reversed(files.items())), tmp_path / "x.zip")
    assert (tmp_path / "x.zip").read_bytes() == first


MISSING = {"html": "make book", f"offline/{NAME}-offline.zip": "make offline", "every-gradient-checked.pdf": "make pdf"}


@pytest.mark.parametrize("missing, cure", MISSING.items())
def test_what_is_missing_is_said_with_its_cure(missing, cure, build):
    """An offline edition of another version is none of this one."""
    (build / missing).rename(build / "another")
    (build / "offline" / "every-gradient-checked-0.0.1-offline.zip").write_text("an old one", encoding="utf-8")
    with pytest.raises(SystemExit, match=cure):
        release.collect(build, build / "release")
    assert not (build / "release").exists()


def test_a_tag_that_is_not_the_version_is_refused():
    command = [sys.executable, ROOT / "scripts" / "release.py", "--tag", "v99.0"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode and f"expected the tag v{release.version()}" in done.stderr
