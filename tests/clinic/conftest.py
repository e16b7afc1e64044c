"""What the tests of the doctor share."""

import pytest

from bpcore.clinic import visit
from bpcore.clinic.updates import check

WITH_LINES = {"test_foresight", "test_lines_beside_the_cost", "test_lines_of_costs"}
WITH_LINES |= {
    "test_misderived",
    "test_same_everywhere",
    "test_own_lines",
    "test_update_lines",
    "test_module_variables",
    "test_stands_for",
}


@pytest.fixture(autouse=True)
def formulas_alone(request, monkeypatch, no_clocks):
    """The doctor reads formulas and no lines, but where lines are tested.

    A noise that stands in a line of a test would be explained by that line, and looking for it takes seconds.
    """
    if request.module.__name__ not in WITH_LINES:
        monkeypatch.setattr(visit, "lines_to_change", lambda *_, **__: ())
        monkeypatch.setattr(visit, "lines_of_cost", lambda *_, **__: ())
        monkeypatch.setattr(visit, "misderived", lambda *_, **__: ())
        monkeypatch.setattr(visit, "values_to_mend", lambda *_: ())
        monkeypatch.setattr(check, "lines_of_update", lambda *_, **__: ())
