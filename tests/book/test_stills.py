"""The pictures of the explorables for paper are those of today's modules, and each explorable has one."""

import json

import pytest
import stills
from light_pages import png_size

STORED = json.loads(stills.LIST.read_text(encoding="utf-8"))
STATES = stills.states()


def test_each_explorable_of_the_book_has_a_picture_and_there_are_no_others():
    assert list(STORED) == sorted(STATES)
    assert sorted(path.stem for path in stills.STILLS.glob("*.png")) == sorted(STATES)


@pytest.mark.parametrize("name", sorted(STATES))
def test_the_picture_is_that_of_the_module(name):
    assert STORED[name]["made_of"] == stills.made_of(name, STATES[name]), "it has changed since: make stills"
    size = png_size(stills.STILLS / f"{name}.png")
    assert size == (STORED[name]["png_width"], STORED[name]["png_height"]) and size[0] <= 2 * stills.WIDTH


@pytest.mark.parametrize("name", sorted(STATES))
def test_it_asks_and_says_what_it_shows(name):
    assert STORED[name]["question"].strip() and len(STORED[name]["words"]) > 30


def test_a_change_of_the_module_or_of_its_state_is_noticed(monkeypatch):
    before = stills.made_of("unit", {"w": 1})
    assert stills.made_of("unit", {"w": 2}) != before
    monkeypatch.setattr(stills, "module_text", lambda name: "another")
    assert stills.made_of("unit", {"w": 1}) != before
