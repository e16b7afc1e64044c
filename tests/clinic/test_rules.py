"""Rules can be asked about every function of the published programs: an exception would end a search in silence."""

import ast

import pytest
import wild_answers

from bpcore.clinic.own_lines.changes import words_of
from bpcore.clinic.own_lines.program import OwnFunction
from bpcore.clinic.own_lines.rules import OTHERS, USUAL

PARTS = 40  # of the collection, a case each


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_rules_make_changes_of_whatever_stands_in_a_program(part):
    for path in list(wild_answers.paths().values())[part::PARTS]:
        values = vars(wild_answers.load(path))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                words = words_of(OwnFunction(node.name, str(path), node, [], values), lambda node: True)
                for rule in (*USUAL, *OTHERS):
                    for change in rule(node, lambda node: True, words):
                        assert change.edits and change.price > 0, f"{path.stem}: {rule.__name__} in {node.name}"
