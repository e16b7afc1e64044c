"""Each explorable of the chapters: the module that it runs, the state that this starts from, and what it says."""

import re

import pytest

from bpcore.figures import play
from bpcore.figures.explorables import MIME

NAMES = "unit", "stepper", "linked", "shapes", "ucurve", "kink", "signal", "xor_map", "doctor_map", "playground"
MODULES = {name: name for name in NAMES} | {"penalty": "lambda"}


@pytest.mark.parametrize("name, module", MODULES.items())
def test_it_runs_its_module_and_has_words(name, module):
    given = {"w": 0.25, "b": -0.5, "x": 2.5, "y": 0.75} if name == "unit" else {}
    stored = getattr(play, name)(**given)._repr_mimebundle_()[0][MIME]
    assert stored["module"] == module and stored["state"] == given
    assert re.fullmatch("[A-Z][^A-Z].*[^A-Z]\\.", stored["words"]), "a sentence"


def test_the_unit_says_the_numbers_that_it_is_given():
    stored = play.unit(w=0.25, b=-0.5, x=2.5, y=0.75)._repr_mimebundle_()[0][MIME]
    assert all(part in stored["words"] for part in ("w = 0.25", "b = -0.5", "input 2.5", "target 0.75"))
