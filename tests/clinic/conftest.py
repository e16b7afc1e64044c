"""What the tests of the doctor share."""

import pytest

from bpcore.clinic import visit


@pytest.fixture
def formulas_alone(monkeypatch):
    """The doctor reads formulas and no lines: a noise that stands in a line of a test is not explained by that line."""
    monkeypatch.setattr(visit, "lines_to_change", lambda *_, **__: ())
