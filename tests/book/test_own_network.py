"""The bugs of "A network of your own" spoil the blocks that the chapter names, and its hidden bug is one mistake."""

import numpy as np
import pytest
from text import ROOT, read, source

CELLS = {cell["id"]: source(cell) for cell in read(ROOT / "book" / "own_network.ipynb")["cells"]}
PROGRAM = (
    *("random-start", "tiny-problem", "forward", "cost", "deltas", "gradient", "update"),
    *("quotients", "relative-error", "block-errors", "broken-deltas", "broken-backward"),
)
WRONG = {  # of W3, b3, W2, b2, W1, b1
    (): (),
    (1,): (0, 1, 2, 3, 4, 5),
    (2,): (2, 3, 4, 5),
    (3,): (4, 5),
    (4,): (2,),
    (5,): (5,),
    (1, 3): (0, 1, 2, 3, 4, 5),
}


@pytest.fixture(scope="module")
def chapter():
    names = {}
    for cell in PROGRAM:
        exec(CELLS[cell], names)
    return names


def errors(chapter, backward, seed):
    W, b, X, Y = chapter["tiny"](seed)
    return np.array(chapter["block_errors"](*backward(W, b, X, Y), chapter["cost"], W, b, X, Y))


@pytest.mark.parametrize("bugs", WRONG)
def test_the_pattern_is_that_of_the_bug_and_not_of_the_start(chapter, bugs):
    """A right block is off by the quotient's own error, below 1e-7 with h = 1e-4; a wrong one by a percent or more."""
    for seed in range(30):
        found = errors(chapter, lambda *network: chapter["broken_backward"](bugs, *network), seed)
        right = np.delete(found, WRONG[bugs])
        assert (found[list(WRONG[bugs])] > 0.01).all() and (right < 1e-7).all(), (seed, found)


def test_the_hidden_bug_is_one_mistake(chapter):
    listing, mended = CELLS["hidden-friend"], CELLS["hidden-friend"].replace("len(a)", "len(X)")
    exec(listing, chapter)
    assert (errors(chapter, chapter["friend"], 9)[::2] > 0.01).all()
    exec(mended, chapter)
    assert (errors(chapter, chapter["friend"], 9) < 1e-7).all()
