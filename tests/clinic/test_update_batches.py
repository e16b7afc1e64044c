"""Many trees of update rules at once have the values that each has alone."""

import numpy as np
import pytest

from bpcore.clinic.updates.batches import Batch
from bpcore.clinic.updates.forms import GRAMMAR
from bpcore.clinic.updates.neighbours import OVER, SCALARS
from bpcore.clinic.updates.programs import FORMS_OF, Program, programs
from bpcore.clinic.updates.running import FEW, run
from bpcore.clinic.updates.trees import symbols, value

SIZE = 5


def drawn(trees, step):
    """A number for every symbol: one for each parameter, one alone, or a matrix that takes sums."""
    rng = np.random.default_rng(4)
    names = sorted(frozenset().union(*map(symbols, trees)) - {"steps"})
    known = {name: rng.uniform(0.1, 2, () if name in SCALARS else SIZE) for name in names}
    return known | {name: np.ones((SIZE, SIZE)) for name in OVER} | {"steps": step, "t": step}


@pytest.mark.long
@pytest.mark.parametrize("step", [1.0, 3.0])
@pytest.mark.parametrize("which, like, over", [
    *[("usual", like, over) for like in ("sgd", "momentum", "adamw") for over in (False, True)],
    ("rarer", "rmsprop", False),
    ("doubled", "adagrad", False),
])  # fmt: skip
def test_values_are_those_of_each_tree_alone(which, like, over, step):
    for program in programs(like, over, which):
        for k in range(len(program.trees)):
            known = drawn(program.trees[k], step)
            with np.errstate(all="ignore"):
                found = program.batch(k).values(known, (SIZE,))
                alone = [value(tree, known.__getitem__) * np.ones(SIZE) for tree in program.trees[k]]
            # powers of one number and of many may differ in their last digits
            assert np.allclose(found, alone, rtol=1e-14, atol=1e-14, equal_nan=True)


def test_what_is_not_known_is_no_number():
    trees = ("g", ("+", "g", "h"), ("over", "array_sum", "h"), ("-", 3.0, "g"))
    found = Batch(trees).values({"g": np.arange(2.0)}, (2,))
    assert np.array_equal(found, [[0, 1], [np.nan] * 2, [np.nan] * 2, [3, 2]], equal_nan=True)


def test_a_batch_has_all_trees_of_a_line_however_many_are_added():
    program = Program("sgd", GRAMMAR["sgd"][0])
    before = len(program.batch(0).trees)
    program._choice(0, "raw", "a", ("+", "raw", ("*", 7.0, "a")))
    assert len(program.batch(0).trees) == before + 1 == len(program.trees[0])


@pytest.mark.parametrize("exchanges", ["singles", "pairs"])
@pytest.mark.parametrize("which", FORMS_OF)
def test_programs_go_the_same_way_together_and_in_groups_too_small_for_a_batch(which, exchanges):
    """With exchanges in one line, or in two, so that a line is evaluated for each choice of a line before."""
    program = programs("momentum", False, which)[0]
    steps = [drawn([tree for trees in program.trees for tree in trees], step) for step in (1.0, 2.0)]
    blocks = [block for block in getattr(program, exchanges)(steps[0]) if len(block)]
    rows = np.concatenate(blocks)[::7] if exchanges == "singles" else max(blocks, key=len)[:4000]
    path = lambda rows: np.array(list(run(program, rows, steps, np.arange(SIZE))))
    apart = np.concatenate([path(rows[k : k + FEW]) for k in range(0, len(rows), FEW)], axis=1)
    assert len(rows) > 2 * FEW and np.allclose(path(rows), apart, rtol=1e-13, atol=1e-13, equal_nan=True)
