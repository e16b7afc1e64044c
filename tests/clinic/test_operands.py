"""Operands of a backward pass that stay the same, or are functions of the weights, are solved for and named."""

import numpy as np
import pytest

from bpcore import ACTIVATIONS, LOSSES, Network, diagnose
from bpcore.clinic import expressions as x
from bpcore.clinic.likeness import loss_like, weights_in_words
from bpcore.clinic.operands import MATRICES, matrix_in_words
from bpcore.clinic.pieces import ERRORS
from bpcore.clinic.preparations import targets_in_words

NET, RNG = Network((3, 4, 2), "tanh", "identity", "half_squared"), np.random.default_rng(0)
X, Y, M = RNG.standard_normal((7, 3)), RNG.standard_normal((7, 2)), RNG.integers(0, 2, (7, 4)) * 1.0
THETA, FIXED = NET.init(0) + 0.1, RNG.standard_normal((2, 4))


def program(matrix=lambda W: W, mask=1.0, weights=1.0, x=lambda x: x):
    """The gradient with one operand exchanged."""

    def grad(v):
        p, t, g = NET.params(v), NET.forward(v, X), np.zeros(v.size)
        G, d2 = NET.params(g), weights * (t.a[2] - Y) / 7
        d1 = (d2 @ matrix(p.W[2])) * (1 - t.a[1] ** 2) * mask
        for l, d, a in ((2, d2, t.a[1]), (1, d1, x(X))):
            G.W[l][...], G.b[l][...] = d.T @ a, d.sum(0)
        return g

    return grad


def asked(grad):
    return diagnose(lambda v: NET.cost(v, X, Y), grad, THETA, net=NET, X=X, Y=Y)


@pytest.mark.long
@pytest.mark.parametrize(
    "grad, layer, said",
    [
        (program(mask=M), "layer 1", "a mask sets"),
        (program(mask=M / 0.8), "layer 1", "the factor 1.25"),
        (program(mask=np.array([1, 1, 0, 1.0])), "layer 1", "the units have the factors 1, 1, 0, 1"),
        (program(weights=np.arange(1, 8)[:, None]), "layer 2", "the samples count 1, 2, 3"),
        (program(weights=1.5 - Y), "layer 2", "a factor (1.5 − y), one for each target"),
        (program(weights=1 / (9 + 2 * Y)), "layer 2", "a factor 1/(9 + 2 y)"),
        (program(lambda W: W**2), "layer 1", "W² ⊙ W² stands for"),
        (program(np.sign), "layer 1", "sign(W²) stands for"),
        (program(lambda W: W / W.sum(0)), "layer 1", "of each column stands for"),
        (program(lambda W: W / np.linalg.norm(W, axis=1, keepdims=True)), "layer 1", "/ ‖W²‖ of each row stands for"),
        (program(lambda W: W.mean(0) + 0 * W), "layer 1", "W² with each column averaged stands for"),
        (program(lambda W: FIXED), "layer 1", "does not depend on the weights"),
        (program(x=lambda x: np.trunc(3 * x)), "layer 1", "the inputs are other numbers"),
        (program(x=np.rint), "layer 1", "rounded to whole numbers"),
        (program(x=lambda x: 2 * x + 1), "layer 1", "another scale"),
    ],
)
def test_an_operand_is_solved_for(grad, layer, said):
    found = asked(grad)
    assert found.sure == "certain" and found.where == layer and said in " ".join(f.words for f in found.formulas)


@pytest.mark.long
@pytest.mark.parametrize(
    "grad",
    [
        lambda v: program(mask=1 + 0.3 * np.cos(99 * v.sum() + np.arange(28).reshape(7, 4)))(v),
        lambda v: program(lambda W: FIXED * np.cos(9 * v.sum()), 1 + 0.2 * np.sin(v[0] * np.arange(7))[:, None])(v),
        lambda v: program(x=lambda x: x + np.sin(50 * v.sum() + np.arange(3)))(v),
    ],
    ids=["factors", "matrix and factors", "inputs"],
)
def test_operands_that_change_from_place_to_place_are_not_taken_for_constants(grad):
    found = asked(grad)
    assert "unknown" in found.names


@pytest.mark.long
def test_with_as_many_units_above_as_samples_no_matrix_is_said():
    """Some matrix makes any delta then."""
    X, Y = RNG.standard_normal((2, 5)), RNG.standard_normal((2, 2))
    net = Network((5, 4, 2), "tanh", "identity", "half_squared")

    def grad(v):
        t, g = net.forward(v, X), np.zeros(v.size)
        G, d2 = net.params(g), (t.a[2] - Y) / 2
        d1 = np.cos(7 * v.sum() + np.arange(8)).reshape(2, 4)
        for l, d, a in ((2, d2, t.a[1]), (1, d1, X)):
            G.W[l][...], G.b[l][...] = d.T @ a, d.sum(0)
        return g

    found = diagnose(lambda v: net.cost(v, X, Y), grad, net.init(0) + 0.1, net=net, X=X, Y=Y)
    assert "unknown" in found.names and "matrix" not in " ".join(f.words for f in found.formulas)


LABELS = np.eye(3)[[0, 1, 2, 1, 1]]


@pytest.mark.parametrize(
    "targets, said",
    [
        (1 - LABELS, "1 − y"),
        (2 * LABELS - 1, "2y − 1"),
        (0.9 * LABELS + 0.1 / 3, "0.9 y + 0.0333333"),
        (np.roll(LABELS, 1, 1), "y 1 output further"),
        (LABELS[[3, 2, 0, 1, 4]], "those of other samples: 2, 3, 1, 2, 2"),
        (np.roll(LABELS, 1, 0), "y of the sample 1 before"),
        (1 / 3 + 1e-16 * LABELS, "0.333333 for all samples and outputs"),
        (LABELS[::-1], "y in reverse order"),
        (LABELS[:, ::-1], "y with the outputs in reverse order"),
    ],
)
def test_targets_are_said_in_words(targets, said):
    assert targets_in_words(targets, LABELS) == said


@pytest.mark.parametrize(
    "weights, said",
    [
        (np.ones((5, 1)) * [1, 2, 3], "1, 2, 3 for the outputs"),
        (LABELS @ [[1], [2], [5]] * np.ones(3), "5 where y = 0, 0, 1; 2 where y = 0, 1, 0; 1 where y = 1, 0, 0"),
        (np.arange(1, 6)[:, None] * np.ones(3), "1, 2, 3, 4, 5 for the samples"),
        (1 + 2 * LABELS, "1 where y = 0; 3 where y = 1"),
    ],
)
def test_weights_are_said_in_words(weights, said):
    assert weights_in_words(weights, LABELS) == said


@pytest.mark.long
def test_inputs_are_not_solved_from_equations_that_say_the_same():
    """The deltas of a softmax sum to zero, and so do these: one unit of three says nothing of its own."""
    rng = np.random.default_rng(117)
    X, Y, reward = rng.standard_normal((8, 3)), np.eye(3)[rng.integers(0, 3, 8)], rng.standard_normal(8)

    def chosen(p):
        e = np.exp(X @ p["W"])
        return e / e.sum(1, keepdims=True)

    def grad(p):
        a = chosen(p)
        return {"W": X.T @ ((a - Y) * reward[:, None] * (a * Y).sum(1, keepdims=True)) / 8}

    cost = lambda p: -np.mean(reward * np.log((chosen(p) * Y).sum(1)))
    found = diagnose(cost, grad, {"W": rng.standard_normal((3, 3))}, X=X, Y=Y)
    assert "inputs" not in str(found.formulas) and "is left out" in str(found.formulas), found


def test_a_mask_of_dropout_that_was_drawn_anew_is_seen():
    """Where the cost's own mask is zero, the other one need not be."""
    rng = np.random.default_rng(106)
    X, Y = rng.standard_normal((9, 3)), rng.standard_normal((9, 2))
    own, anew = ((rng.random((9, 6)) < 0.6) / 0.6 for _ in range(2))
    params = [(rng.standard_normal((3, 6)), rng.standard_normal(6)), (rng.standard_normal((6, 2)), np.ones(2))]

    def forward(p):
        h = np.tanh(X @ p[0][0] + p[0][1])
        return h, (h * own) @ p[1][0] + p[1][1]

    def grad(p, mask):
        h, out = forward(p)
        d2 = (out - Y) / 9
        d1 = d2 @ p[1][0].T * mask * (1 - h * h)
        return [(X.T @ d1, d1.sum(0)), ((h * own).T @ d2, d2.sum(0))]

    cost = lambda p: np.sum((forward(p)[1] - Y) ** 2) / 18
    assert not diagnose(cost, lambda p: grad(p, own), params, X=X, Y=Y).names
    found = diagnose(cost, lambda p: grad(p, anew), params, X=X, Y=Y)
    zeros = int((anew == 0).sum())
    assert found.sure == "certain" and f"a mask sets {zeros} of 54 deltas to zero" in str(found.formulas[0]), found


@pytest.mark.parametrize("factor", [1.0, 2.0, -0.37])
def test_a_matrix_for_the_weights_is_written_with_its_factor(factor):
    W = x.symbol("W", RNG.standard_normal((3, 4, 5)), 2, kind=x.MATRIX)
    before = "" if factor == 1 else f"{factor:g} "
    for _, f in MATRICES:
        text, words = matrix_in_words(factor * f(W.value), W)
        again = next(g for pattern, g in MATRICES if words == f"{pattern.format(W)} stands for the weights above")
        assert text == f"{before}({words.removesuffix(' stands for the weights above')})ᵀ"
        np.testing.assert_allclose(again(W.value), f(W.value))


ERROR_AND_MORE = {
    **{text: lambda z, y, f=f: -1.7 * f(z - y) for text, f in ERRORS},
    "its slope has weights": lambda z, y: np.arange(1, 8)[:, None] * (z - y),
    "its targets are": lambda z, y: z - np.sin(3 * y),
    "(2.5 z)": lambda z, y: 0.4 * (1 / (1 + np.exp(-2.5 * z)) - y),
    "elsewhere": lambda z, y: np.where(abs(z - y) < 0.7, (z - y) ** 3, np.sign(z - y)),
}


@pytest.mark.parametrize("case", ERROR_AND_MORE)
def test_a_measured_slope_is_that_of_the_loss_that_is_told(case):
    """Whatever it is called: output and loss together have the slope that was measured, at other places too."""
    if case in ("(2.5 z)", "its slope has weights"):
        output, loss, targets = "sigmoid", "binary_cross_entropy", (Y > 0) * 1.0
    else:
        output, loss, targets = "identity", "half_squared", Y
    rng, slope = np.random.default_rng(1), ERROR_AND_MORE[case]
    *places, (z, d) = [(z, slope(z, targets)) for z in 1.5 * rng.standard_normal((4, *Y.shape))]
    like = loss_like(places, targets, ACTIVATIONS[output], LOSSES[loss], 1e-9)
    a = like.output.f(z.copy())
    found = like.scale * like.loss.slope(a, targets) * (1 if like.loss.link else like.output.df(z, a))
    if case == "(2.5 z)":
        assert like.words and case in like.words[0]
    else:
        np.testing.assert_allclose(found, d, rtol=1e-6)
