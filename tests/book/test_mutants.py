"""The mutation testing of bpcore can begin: what it asks of the tests is to be had of them."""

import shutil

import mutants
import pytest
from mutants import ROOMS, ROOT, every_test_has_a_name, prepare


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
