"""Each explorable of the chapters: the module that it runs, the state that this starts from, and what it says."""

import re

import pytest

from bpcore.figures import play
from bpcore.figures.explorables import MIME

MODULE = {"penalty": "lambda"}
NAMES = [name for name, value in vars(play).items() if getattr(value, "__module__", "") == play.__name__]


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_the_module_of_its_name_and_has_words(name):
    given = {"w": 0.25, "b": -0.5, "x": 2.5, "y": 0.75} if name == "unit" else {}
    stored = getattr(play, name)(**given)._repr_mimebundle_()[0][MIME]
    assert stored["module"] == MODULE.get(name, name) and stored["state"] == given
    assert re.fullmatch("[A-Z][^A-Z].*[^A-Z]\\.", stored["words"]), "a sentence"


def test_every_explorable_is_looked_at():
    assert {"unit", "stepper", "linked", "kink", "penalty", "playground"} < set(NAMES)


def test_the_unit_says_the_numbers_that_it_is_given():
    stored = play.unit(w=0.25, b=-0.5, x=2.5, y=0.75)._repr_mimebundle_()[0][MIME]
    assert all(part in stored["words"] for part in ("w = 0.25", "b = -0.5", "input 2.5", "target 0.75"))
