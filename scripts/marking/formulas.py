"""Asks the book's doctor which formula a student's gradient is, where a question asks for the gradient of a network."""

import sys

import numpy as np
from answers import ROOT

if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from bpcore import Network, diagnose

SIZES, SAMPLES, WHOLE, STRENGTH = (3, 4, 2, 3), 5, 9, 0.7  # unequal, so that no shape fits by chance


def of_theta(gradient, convention):
    """The diagnosis of question 7 of theta: ``gradient(Theta, A, Y, lam, n)`` of sigmoid layers and cross-entropy.

    The doctor's costs are means, so he says nothing where a student's cost is a sum.
    """
    if convention["data"] == "sum":
        return []
    laid = np.transpose if convention["samples"] == "columns" else np.array
    net = Network(SIZES)
    draw = np.random.default_rng(0)
    X, Y = draw.standard_normal((SAMPLES, SIZES[0])), draw.integers(0, 2, (SAMPLES, SIZES[-1])).astype(float)

    def grad(theta):
        blocks = blocks_of(net, theta)
        A = [X]
        for block in blocks[1:]:
            A.append(1 / (1 + np.exp(-(block[:, 0] + A[-1] @ block[:, 1:].T))))
        return vector_of(net, gradient(blocks, [laid(each) for each in A], laid(Y), STRENGTH, WHOLE))

    return _asked(net, grad, X, Y, WHOLE, draw)


def of_digits(loss_and_gradient, convention):
    """The diagnosis of question 11 of digits: ReLU or tanh layers, softmax and cross-entropy."""
    net = Network(SIZES, hidden=convention["hidden"], output="softmax", loss="cross_entropy")
    draw = np.random.default_rng(0)
    X, Y = draw.standard_normal((SAMPLES, SIZES[0])), np.eye(SIZES[-1])[draw.integers(0, SIZES[-1], SAMPLES)]

    def grad(theta):
        return vector_of(net, loss_and_gradient(blocks_of(net, theta), X, Y, STRENGTH)[1])

    found = _asked(net, grad, X, Y, SAMPLES, draw)
    return [text.replace("λ", "α").replace("/n)", "/m)") for text in found]  # as the question calls them


ASKED = {("theta", "q7"): of_theta, ("digits", "q11"): of_digits}


def _asked(net, grad, X, Y, n, draw):
    """The doctor's formulas, where he is certain of every entry; otherwise nothing."""
    theta = draw.standard_normal(net.n_params)
    try:
        found = diagnose(lambda v: net.cost(v, X, Y, STRENGTH, n), grad, theta, net=net, X=X, Y=Y, lam=STRENGTH, n=n)
    except Exception:  # whatever a student's function raises
        return []
    if found.sure != "certain" or "unknown" in found.names:
        return []
    return [f"Layer {formula.layer}: {formula}." for formula in found.formulas if formula.computed]


def blocks_of(net, theta):
    """The book's vector as a list of blocks [b | W], None in slot 0."""
    p = net.params(np.array(theta, float))
    return [None] + [np.column_stack([p.b[l], p.W[l]]) for l in range(1, net.L + 1)]


def vector_of(net, blocks):
    """A list of blocks [b | W] as the book's vector; ValueError where it has other shapes."""
    vector = np.zeros(net.n_params)
    p = net.params(vector)
    for l in range(1, net.L + 1):
        block = np.asarray(blocks[l], float)
        if block.shape != (len(p.b[l]), 1 + p.W[l].shape[1]):
            raise ValueError(f"slot {l} has shape {block.shape}")
        p.b[l][...], p.W[l][...] = block[:, 0], block[:, 1:]
    return vector
