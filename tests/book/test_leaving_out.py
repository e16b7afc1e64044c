"""What takes long is left out but for a few cases, which are others with each commit."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONE_IN = 8


@pytest.fixture
def shared():
    spec = importlib.util.spec_from_file_location("what_tests_share", ROOT / "tests" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def items(names, *mark):
    """Tests of one file with these names; with the mark ``long`` and its arguments, or without."""

    def one(name):
        marks = []
        long = pytest.mark.long(*mark[0]).mark if mark else None
        return SimpleNamespace(
            nodeid=f"tests/test_some.py::{name}",
            path=Path("tests/test_some.py"),
            get_closest_marker=lambda _: long,
            add_marker=marks.append,
            marks=marks,
        )

    return [one(name) for name in names]


def run_at(shared, monkeypatch, commit, tests):
    """The names of the tests that are not skipped at a commit."""
    monkeypatch.setattr(shared, "commit", lambda: commit)
    for test in tests:
        test.marks.clear()
    shared.leave_out(tests, ONE_IN)
    return {test.nodeid for test in tests if not test.marks}


def test_one_case_in_eight_is_run_and_each_of_them_at_some_commit(shared, monkeypatch):
    tests = items([f"test_case[{k}]" for k in range(400)], ())
    runs = [run_at(shared, monkeypatch, f"{k:040x}", tests) for k in range(100)]
    assert runs[0] == run_at(shared, monkeypatch, f"{0:040x}", tests)
    assert all(25 < len(ran) < 85 for ran in runs)  # of 400 one in eight is 50, give or take 7
    assert len(set.union(*runs)) == 400


def test_tests_of_one_name_are_run_together(shared, monkeypatch):
    tests = items(["test_first", "test_second[a]", "test_second[b]"], ("a book",))
    sizes = {len(run_at(shared, monkeypatch, f"{k:040x}", tests)) for k in range(100)}
    assert sizes == {0, 3}


def test_what_does_not_take_long_is_always_run(shared, monkeypatch):
    tests = items([f"test_case[{k}]" for k in range(50)])
    assert len(run_at(shared, monkeypatch, f"{0:040x}", tests)) == 50


def test_what_is_left_out_says_why(shared, monkeypatch):
    tests = items([f"test_case[{k}]" for k in range(50)], ())
    run_at(shared, monkeypatch, f"{0:040x}", tests)
    reasons = {mark.kwargs["reason"] for test in tests for mark in test.marks}
    assert len(reasons) == 1 and f"one case in {ONE_IN}" in reasons.pop()
