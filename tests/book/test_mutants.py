"""The mutation testing of bpcore can begin: what it asks of the tests is to be had of them."""

import ast
import shutil
import sys
import tomllib

import mutants
import pytest
from mutants import ROOMS, ROOT, every_test_has_a_name, prepare


def test_every_change_that_makes_no_difference_is_one_of_a_line_that_is_there():
    entries = tomllib.loads(mutants.EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
    texts = {}
    for name in {entry["file"] for entry in entries}:
        text, naming = (ROOT / name).read_text(encoding="utf-8"), mutants.NamedFormulas()
        tree = naming.visit(ast.parse(text))
        text = ast.unparse(ast.fix_missing_locations(tree)) if naming.made else text
        texts[name] = " ".join(line.strip() for line in text.splitlines())
    assert {(entry["file"], entry["line"]) for entry in entries if entry["line"] not in texts[entry["file"]]} == set()
    assert all(len(entry["reason"].split()) > 3 for entry in entries)


@pytest.mark.parametrize("typed", [["figurs"], ["--file", "bpcore/nope.py"]])
def test_a_room_that_is_not_there_is_refused(typed, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["mutants.py", *typed])
    with pytest.raises(SystemExit) as end:
        mutants.main()
    assert end.value.code and "expected a path" in capsys.readouterr().err.replace("the rooms are", "expected a path")


@pytest.mark.long
@pytest.mark.parametrize("room", ROOMS)
def test_each_test_of_a_room_is_found_by_its_name(room, monkeypatch):
    """In a copy below the project, whose own conftest.py has the same options."""
    files, tests = ROOMS[room]
    place = ROOT / "_build" / f"mutants-of-{room}"
    monkeypatch.setattr(mutants, "PLACE", place)
    try:
        prepare(sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(files)), tests)
        assert every_test_has_a_name(tests)
    finally:
        shutil.rmtree(place, ignore_errors=True)
