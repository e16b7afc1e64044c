"""What is wrong in the Jacobian of a softmax that a program computes itself is told."""

import re

import numpy as np
import pytest

from bpcore import diagnose

RNG = np.random.default_rng(2)
X, Y = RNG.standard_normal((5, 3)), RNG.standard_normal((5, 2))
PARAMS = {"Q": RNG.standard_normal((3, 4)), "V": RNG.standard_normal((4, 2))}


def weights(p, axis=1):
    e = np.exp(np.tanh(X @ p["Q"]))
    return e / e.sum(axis=axis, keepdims=True)


def cost(p):
    return np.sum((weights(p) @ p["V"] - Y) ** 2)


def grad(p, jacobian):
    a = weights(p)
    d = 2 * (a @ p["V"] - Y)
    dz = jacobian(a, d @ p["V"].T) * (1 - np.tanh(X @ p["Q"]) ** 2)
    return {"Q": X.T @ dz, "V": a.T @ d}


def total(t, axis=1):
    return t.sum(axis=axis, keepdims=True)


JACOBIANS = {
    "sums over axis 0": lambda a, g: a * (g - total(a * g, 0)),
    "sums over all entries": lambda a, g: a * (g - total(a * g, None)),
    "entry by entry": lambda a, g: a * (1 - a) * g,
    "is left out": lambda a, g: g,
    "is taken for 1 − a": lambda a, g: (1 - a) * g,
    "lacks the brackets": lambda a, g: a * g - total(a * g),
    "lacks its first factor": lambda a, g: g - total(a * g),
    "has Σ g in the place": lambda a, g: a * (g - total(g)),
    "has a mean in the place": lambda a, g: a * (g - total(a * g) / 4),
    "has the mean of g": lambda a, g: a * (g - total(g) / 4),
}


@pytest.mark.long
@pytest.mark.parametrize("words", JACOBIANS)
def test_the_jacobian_is_told(words):
    found = diagnose(cost, lambda p: grad(p, JACOBIANS[words]), PARAMS)
    assert found.sure == "certain" and words in str(found.formulas[0]), found


def test_the_right_one_is_right():
    assert not diagnose(cost, lambda p: grad(p, lambda a, g: a * (g - total(a * g))), PARAMS).names


@pytest.mark.long
@pytest.mark.parametrize("words", ["is left out", "lacks the brackets", "has a mean in the place", "entry by entry"])
def test_the_same_in_each_round_of_a_loop_is_one(words):
    params = {f"Q{k}": PARAMS["Q"] + k for k in range(4)}
    V = PARAMS["V"]

    def cost(p):
        loss = 0
        for k in range(4):
            e = np.exp(np.tanh(X @ p[f"Q{k}"]))
            loss = loss + np.sum((e / e.sum(axis=1, keepdims=True) @ V - Y) ** 2)
        return loss

    def grad(p):
        found = {}
        for name, Q in p.items():
            a = weights({"Q": Q})
            dz = JACOBIANS[words](a, 2 * (a @ V - Y) @ V.T) * (1 - np.tanh(X @ Q) ** 2)
            found[name] = X.T @ dz
        return found

    found = diagnose(cost, grad, params)
    assert found.sure == "certain" and len(found.formulas) == 4, found
    assert all(words in str(formula) and "in each round" in str(formula) for formula in found.formulas), found


def test_counts_that_are_taken_for_shares_are_told():
    """Row by row, with a class of reference: a − y is the delta only where the targets of a row add up to one."""
    counts = RNG.integers(0, 4, (5, 3)).astype(float)

    def shares(x, beta):
        e = np.append(np.exp(x @ beta), 1.0)
        return e / e.sum()

    def cost(beta):
        return -sum(np.sum(y * np.log(shares(x, beta))) for x, y in zip(X, counts))

    def grad(beta):
        return -sum(np.outer(x, (y - shares(x, beta))[:2]) for x, y in zip(X, counts))

    found = diagnose(cost, grad, RNG.standard_normal((3, 2)))
    assert found.sure == "certain"
    (formula,) = found.formulas
    assert re.search(r"where 1 / \((sum\(.*\))\) stands for ∂C/∂\(\1\), in each round", str(formula))


def test_the_error_is_the_delta_only_where_targets_add_up_to_one():
    counts = RNG.integers(0, 4, (5, 4)).astype(float)
    counts[0] += 1

    def shares(W):
        e = np.exp(X @ W)
        return e / total(e)

    def cost(W):
        return -np.sum(counts * np.log(shares(W))) / 5

    found = diagnose(cost, lambda W: X.T @ (shares(W) - counts) / 5, PARAMS["Q"])
    (formula,) = found.formulas
    assert found.sure == "certain" and "a¹ − y" in str(formula) and "targets of a sample add up to one" in str(formula)
    right = diagnose(cost, lambda W: X.T @ (total(counts) * shares(W) - counts) / 5, PARAMS["Q"])
    assert right.names == ()


def test_one_jacobian_for_all_samples_is_told():
    labels = np.eye(4)[[0, 1, 2, 3, 1]]

    def shares(W):
        e = np.exp(X @ W)
        return e / total(e)

    def grad(W):
        a = shares(W)
        jacobian = np.mean([np.diag(row) - np.outer(row, row) for row in a], axis=0)
        return X.T @ (-labels / a @ jacobian) / 5

    found = diagnose(lambda W: -np.sum(labels * np.log(shares(W))) / 5, grad, PARAMS["Q"])
    (formula,) = found.formulas
    assert found.sure == "certain" and "meanᵢ(J)" in str(formula) and "of all samples" in str(formula)
