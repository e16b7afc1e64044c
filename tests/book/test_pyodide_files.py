"""Pyodide's files: only bytes of the official release get in, wherever they come from, and nobody is asked twice."""

import hashlib
import json

import pyodide_files
import pytest
from pyodide_files import PyodideMissing, fetch_pyodide

WHEELS = {"alpha-1.whl": b"alpha", "beta-1.whl": b"beta", "gamma-1.whl": b"gamma"}


@pytest.fixture
def planted(monkeypatch, tmp_path):
    """A release of three packages, alpha needing beta_2; a core of small files; nothing on the network."""
    needs = {"alpha": ["Beta_2"], "beta-2": [], "gamma": []}
    packages = {
        name: {"file_name": file, "sha256": hashlib.sha256(content).hexdigest(), "depends": depends, "imports": [name]}
        for (name, depends), (file, content) in zip(needs.items(), WHEELS.items())
    }
    lock = json.dumps({"info": {"version": pyodide_files.VERSION}, "packages": packages})
    npm = tmp_path / "npm"
    npm.mkdir()
    for name in pyodide_files.CORE:
        (npm / name).write_text(name)
    (npm / pyodide_files.LOCK).write_text(lock)
    monkeypatch.setattr(pyodide_files.vendored, "fetch", lambda use: npm)
    monkeypatch.setattr(pyodide_files.vendored, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(pyodide_files, "OFFICIAL", "http://127.0.0.1:9/")  # a port at which nobody listens
    monkeypatch.setattr(pyodide_files, "CARRIER", "no-such-package==1.0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    release = tmp_path / "release"
    release.mkdir()
    for file, content in WHEELS.items():
        (release / file).write_bytes(content)
    monkeypatch.setenv("PYODIDE_FILES", str(release))
    return release


def test_the_wanted_packages_with_what_they_need_and_no_others(planted, tmp_path):
    sizes = fetch_pyodide(tmp_path / "out", ["alpha"])
    there = {path.name: path.stat().st_size for path in (tmp_path / "out").iterdir()}
    assert there == sizes and set(sizes) == {*pyodide_files.CORE, pyodide_files.LOCK, "alpha-1.whl", "beta-1.whl"}
    lock = json.loads((tmp_path / "out" / pyodide_files.LOCK).read_text())
    assert list(lock["packages"]) == ["alpha", "beta-2"], "the list names what is there"


def test_a_second_time_nobody_is_asked(planted, tmp_path, monkeypatch):
    fetch_pyodide(tmp_path / "out", ["alpha"])
    for way in "_from_folder", "_from_release", "_from_carrier":
        monkeypatch.delattr(pyodide_files, way)
        monkeypatch.setattr(pyodide_files, way, None, raising=False)
    assert (tmp_path / "out" / "alpha-1.whl").read_bytes() == b"alpha"
    fetch_pyodide(tmp_path / "again", ["alpha"])


def test_other_bytes_are_refused_and_every_place_that_was_tried_is_named(planted, tmp_path):
    (planted / "beta-1.whl").write_bytes(b"BETA")
    with pytest.raises(PyodideMissing) as caught:
        fetch_pyodide(tmp_path / "out", ["alpha"])
    words = ("1 of 2 files", "beta-1.whl", str(planted), "http://127.0.0.1:9/", "no-such-package", "PYODIDE_FILES")
    assert [word for word in words if word not in str(caught.value)] == []
    assert not (tmp_path / "out").exists(), "half of Python is none"
    assert not list(tmp_path.glob("cache/*/beta*")) and not list(tmp_path.glob("cache/*/.fetching*"))


def test_a_file_that_was_spoiled_in_the_cache_is_fetched_again(planted, tmp_path):
    fetch_pyodide(tmp_path / "out", ["gamma"])
    kept = next(tmp_path.glob("cache/*/gamma-1.whl"))
    kept.write_bytes(b"spoiled")
    fetch_pyodide(tmp_path / "again", ["gamma"])
    assert (tmp_path / "again" / "gamma-1.whl").read_bytes() == b"gamma"


def test_a_package_that_pyodide_does_not_have(planted, tmp_path):
    with pytest.raises(ValueError, match=r"packages: .* has no 'torch'"):
        fetch_pyodide(tmp_path / "out", ["torch"])


# The real release


def test_stored_sizes_are_those_of_the_files(tmp_path):
    """Pages say them before anything is loaded."""
    try:
        sizes = fetch_pyodide(tmp_path, pyodide_files.MEASURED)
    except PyodideMissing as missing:
        pytest.skip(str(missing))
    del sizes[pyodide_files.LOCK]
    assert pyodide_files.stored_sizes() == sizes, "run python book/_ext/pyodide_files.py again"
    lock = pyodide_files.official_lock()["packages"]
    digests = {entry["file_name"]: entry["sha256"] for entry in lock.values()}
    wheels = [path for path in tmp_path.iterdir() if path.name in digests]
    assert len(wheels) > 30
    assert [p.name for p in wheels if hashlib.sha256(p.read_bytes()).hexdigest() != digests[p.name]] == []
