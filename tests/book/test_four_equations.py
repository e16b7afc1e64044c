"""The hidden bug of "The four delta equations" is one mistake, which spoils one matrix."""

import numpy as np
import pytest
from text import ROOT, read, source

CELLS = {cell["id"]: source(cell) for cell in read(ROOT / "book" / "four_equations.ipynb")["cells"]}
PROGRAM = ("one-sample-network", "forward-one-sample", "loss-from-layer", "measure-deltas", "bp1-checked")
LISTING = CELLS["hidden-bug"].partition("\n\n\n")[0]


@pytest.fixture(scope="module")
def chapter():
    names = {}
    for cell in (*PROGRAM, "hidden-bug"):
        exec(CELLS[cell], names)
    return names


def errors(chapter, listing):
    """Of the gradients of W1, W2 and W3 of the chapter's 3-4-4-2 network, relative to its quotients."""
    exec(listing, chapter)
    W, b, x, y = (chapter[name] for name in "Wbxy")
    a, (grad_W, _) = chapter["forward"](W, b, x)[1], chapter["layer_by_layer"](W, b, x, y)
    found = []
    for l in (1, 2, 3):
        slopes = chapter["quotients"](lambda V: chapter["loss_from"](l, V @ a[l - 1] + b[l]), W[l])
        found.append(np.linalg.norm(grad_W[l] - slopes) / np.linalg.norm(slopes))
    return np.array(found)


def test_the_hidden_bug_spoils_one_matrix_alone(chapter):
    found = errors(chapter, LISTING)
    assert found[1] > 0.1 and (found[[0, 2]] < 1e-7).all(), found


def test_mending_one_product_mends_the_gradient(chapter):
    assert (errors(chapter, LISTING.replace("a[1] @ d2.T", "d2 @ a[1].T")) < 1e-7).all()
