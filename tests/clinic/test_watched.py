"""Programs whose expressions are watched while they run, and run with other values."""

import ast
import contextlib

import numpy as np
import support

from bpcore.clinic.own_lines.stands_for import StandsFor
from bpcore.clinic.own_lines.watched import Watched


@contextlib.contextmanager
def watching(folder, source):
    """A program with ``cost`` and ``grad`` of a vector, and its expressions as a Watched."""
    own = support.program(folder, f"import numpy as np\n\n{source}")
    places = [np.array([0.4, 2.0]), np.array([0.25, 3.0])]
    watched = Watched(StandsFor(own.cost, own.grad, places, [np.arange(2)]).functions)
    with watched.watching():
        yield own, watched


def number(watched, text):
    """The expression that is assigned as a text says."""
    (found,) = [k for k, (_, place) in enumerate(watched.nodes) if _is_assigned(place, text)]
    return found


def _is_assigned(place, text):
    return isinstance(place.owner, ast.Assign) and place.field == "value" and ast.unparse(place.node) == text


SCALED = """
def cost(w):
    return float(np.sum(w**2))

def grad(w):
    parts = 1 / (w - 0.5)
    parts *= 2
    return parts
"""


def test_a_value_that_is_not_finite_can_be_another(tmp_path):
    with watching(tmp_path, SCALED) as (own, watched), np.errstate(divide="ignore"):
        given = [(number(watched, "1 / (w - 0.5)"), [np.array([3.0, 4.0])])]
        came = watched.with_values(given, lambda: own.grad(np.array([0.5, 2.0])))
        assert np.array_equal(came, [6, 8])
        came = watched.with_values(given, lambda: own.grad(np.array([0.0, 1.0])), added=True)
        assert np.array_equal(came, [2 * (-2 + 3), 2 * (2 + 4)])


def test_what_is_given_is_not_changed_by_the_program(tmp_path):
    with watching(tmp_path, SCALED) as (own, watched):
        row = np.array([3.0, 4.0])
        watched.with_values([(number(watched, "1 / (w - 0.5)"), [row])], lambda: own.grad(np.array([0.0, 1.0])))
        assert np.array_equal(row, [3, 4])


def test_an_index_that_does_something_is_read_once(tmp_path):
    source = """
def cost(w):
    return float(np.sum(w**2))

def grad(w):
    places, total = iter(range(2)), np.zeros(2)
    total[next(places)] += 2 * w[0]
    total[next(places)] += 2 * w[1]
    total[int(0)] *= 1.0
    return total
"""
    with watching(tmp_path, source) as (own, watched):
        assert np.array_equal(own.grad(np.array([0.5, 2.0])), [1, 4])
        assert len(watched.sums) == 1
