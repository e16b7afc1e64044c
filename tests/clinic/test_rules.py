"""Rules can be asked about every function of the published programs: an exception would end a search in silence."""

import ast

import pytest
import wild_answers

from bpcore.clinic.own_lines.changes import Word, Words, words_of
from bpcore.clinic.own_lines.program import OwnFunction
from bpcore.clinic.own_lines.rules import OTHERS, USUAL

PARTS, EACH = 40, 8  # cases, and programs of the collection in each; the doctor has been through all of them


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_rules_make_changes_of_whatever_stands_in_a_program(part):
    for path in list(wild_answers.paths().values())[part::PARTS][:EACH]:
        values = vars(wild_answers.load(path))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                words = words_of(OwnFunction(node.name, str(path), node, [], values), lambda node: True)
                for rule in (*USUAL, *OTHERS):
                    for change in rule(node, lambda node: True, words):
                        assert change.edits and change.price > 0, f"{path.stem}: {rule.__name__} in {node.name}"


def changed(text):
    """What every rule makes of an expression of the arrays h, z and X and the number m, as text."""
    shapes = {"h": (5, 3), "z": (5, 3), "X": (5, 2), "m": ()}
    values = [Word(name, ast.Name(name, ast.Load()), shape) for name, shape in shapes.items()]
    words = Words(values, [], [], [], set(), set(), [], {})
    tree = ast.parse(f"def grad(p):\n    return {text}")
    found = set()
    for rule in (*USUAL, *OTHERS):
        for change in rule(tree.body[0], lambda node: True, words):
            with change.made():
                found.add(ast.unparse(tree.body[0].body[0]).removeprefix("return "))
    return found


@pytest.mark.parametrize(
    "text, not_offered, offered",
    [
        ("h / m", {"h / (m > 0)"}, {"(h > 0) / m", "h * m"}),  # a 1 that is no slope
        ("h / X.shape[0]", {"h / (X.shape[0] > 0)"}, {"(h > 0) / X.shape[0]"}),
        ("h / np.sum(X)", {"h / np.sum(X > 0)"}, {"h / np.sum(1 - X ** 2)"}),  # a count that fits by luck
        ("slope(h, z)", {"slope(h > 0, z)"}, {"slope(h * (1 - h), z)"}),
        ("np.multiply(h, z)", set(), {"np.multiply(h, z > 0)"}),
        ("np.where(z, h, 0)", set(), {"np.where(z > 0, h, 0)"}),
        ("X.sum()", {"(X > 0).sum()"}, {"(X * (1 - X)).sum()"}),
        ("h", {"h / h", "(h > 0) / h"}, {"h > 0", "h / z"}),  # ones
        ("z.copy()", {"z.copy() / z"}, {"z.copy() / h"}),
        ("h * z", {"h / h", "z / z"}, {"h / z"}),
        ("h * (1 - h)", {"h + (1 - h)"}, {"h / (1 - h)", "h - (1 - h)"}),
    ],
)
def test_nothing_is_offered_that_makes_ones_or_a_count_by_luck(text, not_offered, offered):
    found = changed(text)
    assert not not_offered & found and offered <= found
