"""Slips of loops, batches, objects and indices, alone and in pairs: each line is found, and what should stand there."""

import time

import pytest
from support import program

from bpcore.clinic.own_lines import gradients
from bpcore.clinic.visit import _in_parts

HEAD = """
import numpy as np

RNG = np.random.default_rng(0)
X, T = RNG.standard_normal((4, 3)), RNG.standard_normal((4, 3))
B = RNG.standard_normal((2, 4, 3))
ASKED, MEANT, SEEN = [0, 2, 1, 2], [1, 0, 2, 2], np.array([1.0, 0.0, 1.0, 1.0])


def start():
    return {"W": RNG.standard_normal((3, 3)), "b": RNG.standard_normal(3)}

"""

WHILE = """
def cost(p):
    h = np.zeros(3)
    for x in X:
        h = np.tanh(p["W"] @ h + x + p["b"])
    return h @ h

def grad(p):
    h, kept = np.zeros(3), []
    for x in X:
        kept.append(h)
        h = np.tanh(p["W"] @ h + x + p["b"])
    dW, db, dh = np.zeros((3, 3)), np.zeros(3), 2 * h
    while kept:
        before = kept.pop()
        dz = dh * (1 - h ** 2)
        dW += np.outer(dz, before)
        db += dz
        dh = p["W"].T @ dz
        h = before
    return {"W": dW, "b": db}
"""

ROWS = """
def cost(p):
    total = 0.0
    for i in range(4):
        z = p["W"] @ X[i] + p["b"]
        total += SEEN[i] * (np.log(np.exp(z).sum()) - z[MEANT[i]])
    return total

def grad(p):
    dW, db = np.zeros((3, 3)), np.zeros(3)
    for i in range(4):
        z = p["W"] @ X[i] + p["b"]
        q = np.exp(z) / np.exp(z).sum()
        q[MEANT[i]] -= 1
        for k in range(3):
            g = SEEN[i] * q[k]
            dW[k] += g * X[i]
            db[k] += g
    return {"W": dW, "b": db}
"""

JUMPS = """
def cost(p):
    total, s = 0.0, 0.0
    for i in range(4):
        s = s + X[i] @ p["b"]
        if SEEN[i]:
            total += np.sin(s) + np.sum(p["W"] ** 2 * X[i][:, None])
    return total

def grad(p):
    dW, db, s, along = np.zeros((3, 3)), np.zeros(3), 0.0, np.zeros(3)
    for i in range(4):
        s = s + X[i] @ p["b"]
        along = along + X[i]
        if SEEN[i] == 0:
            continue
        dW += 2 * p["W"] * X[i][:, None]
        db += np.cos(s) * along
    return {"W": dW, "b": db}
"""

BATCHES = """
def cost(p):
    q, k = np.tanh(B @ p["W"]), B + p["b"]
    a = np.exp(q @ k.transpose(0, 2, 1))
    return np.sum(a @ k) + np.sum((p["b"] - np.arange(3)) ** 2)

def grad(p):
    q, k = np.tanh(B @ p["W"]), B + p["b"]
    a = np.exp(q @ k.transpose(0, 2, 1))
    da = a * k.sum(axis=2)[:, None, :]
    dq = da @ k
    dk = da.transpose(0, 2, 1) @ q + a.sum(axis=1)[:, :, None]
    dW = np.einsum("bti,btj->ij", B, dq * (1 - q ** 2))
    return {"W": dW, "b": dk.sum(axis=(0, 1)) + 2 * (p["b"] - np.arange(3))}
"""

OBJECTS = """
class Layer:
    def __init__(self, p):
        self.p = p

    def run(self):
        self.shown = X @ self.p["W"]
        self.out = np.tanh(self.shown)
        self.sums = np.cumsum(self.out.sum(axis=1)) * X[:, 0]
        self.positive = self.shown > 0
        of_sums = np.sum(np.cumsum(self.p["b"]) ** 3)
        return np.sum(self.out ** 3) + of_sums + np.sum(self.shown ** 2 * (self.shown.real > 0))

    def back(self):
        out, positive, b = self.out, self.positive, self.p["b"]
        d = 3 * out ** 2 * (1 - out ** 2)
        d = d + 2 * self.shown * positive
        sums, db = 3 * np.cumsum(b) ** 2, np.zeros(3)
        for j in range(3):
            db[j] = sums[j:].sum()
        return {"W": X.T @ d, "b": db}

def cost(p):
    return Layer(p).run()

def grad(p):
    layer = Layer(p)
    layer.run()
    return layer.back()
"""

SLICES = """
def cost(p):
    total, C = 0.0, X * p["b"]
    for k in range(3):
        column = p["W"][:, k:k + 1]
        total += np.sum(np.sin(column * X.T)) + (p["b"][k] ** 3 * X[k, 0] if k else 0)
    return total + np.sum(np.sin(X @ p["W"]) * np.cos(C))

def grad(p):
    dW, db, n = np.zeros((3, 3)), np.zeros(3), 3
    for k in range(3):
        column = p["W"][:, k:k + 1]
        dW[:, k] = (np.cos(column * X.T) * X.T).sum(axis=1)
        db[k] = n * p["b"][k] ** (n - 1) * X[k, 0]
    db[0] = 0
    A, C = X @ p["W"], X * p["b"]
    da = np.cos(A) * np.cos(C)
    dc = -np.sin(A) * np.sin(C)
    return {"W": dW + X.T @ da, "b": db + np.sum(X * dc, axis=0)}
"""

BRANCHES = """
def cost(p):
    total = 0.0
    for i in range(4):
        k = MEANT[i]
        if k < 2:
            total += np.sin(p["b"][k] * X[i, 0])
        if k > 0:
            total += np.sum(p["W"][k - 1] ** 2) * X[i, 1] + p["b"][k - 1] ** 2
    return total

def grad(p):
    dW, db = np.zeros((3, 3)), np.zeros(3)
    for i in range(4):
        k = MEANT[i]
        if k < 2:
            db[k] += np.cos(p["b"][k] * X[i, 0]) * X[i, 0]
        if k > 0:
            db[k - 1] += 2 * p["b"][k - 1]
            dW[k - 1] += 2 * p["W"][k - 1] * X[i, 1]
    return {"W": dW, "b": db}
"""

ADDED_UP = """
def cost(p):
    return np.sum(np.sin(X @ p["W"])) + np.sum(p["W"] ** 3) + np.sum(p["b"] ** 4)

def put(g, name, value):
    g[name] += value

def grad(p):
    g = {"W": np.zeros((3, 3)), "b": np.zeros(3)}
    put(g, "W", X.T @ np.cos(X @ p["W"]))
    put(g, "W", 3 * p["W"] ** 2)
    put(g, "b", 4 * p["b"] ** 3)
    return g
"""

SLIPS = {  # the program, what is right in it and what is wrong, and what is said
    "a while loop": (WHILE, ("dh = p['W'].T @ dz", "dh = p['W'] @ dz"), "`dh = dz @ p['W']`"),
    "popped from the front": (WHILE, ("kept.pop()", "kept.pop(0)"), "`before = kept.pop(-1)`"),
    "the list of something else": (ROWS, ("q[MEANT[i]] -= 1", "q[ASKED[i]] -= 1"), "`q[MEANT[i]] -= 1`"),
    "another entry is set": (ROWS, ("db[k] += g", "db[0] += g"), "`db[k] += g`"),
    "a number that the cost alone reads": (ROWS, ("g = SEEN[i] * q[k]", "g = q[k]"), "`g = q[k] * SEEN[i]`"),
    "a row for a column": (JUMPS, ("* X[i][:, None]\n    ", "* X[i]\n    "), "`dW += 2 * p['W'] * X[i][:, None]`"),
    "the end for on to the next": (JUMPS, ("continue", "break"), "`continue`"),
    "too early on to the next": (
        JUMPS,
        (
            "along = along + X[i]\n        if SEEN[i] == 0:\n            continue\n",
            "if SEEN[i] == 0:\n            continue\n        along = along + X[i]\n",
        ),
        "after line 28",
    ),
    "matrices of samples not transposed": (
        BATCHES,
        ("da.transpose(0, 2, 1) @ q", "da @ q"),
        "`dk = da.swapaxes(-1, -2) @ q + a.sum(axis=1)[:, :, None]`",
    ),
    "the slope of the sigmoid": (
        OBJECTS,
        ("d = 3 * out ** 2 * (1 - out ** 2)", "d = 3 * out ** 2 * out * (1 - out)"),
        "`d = 3 * out ** 2 * (1 - out ** 2)`",
    ),
    "a mask that is not used": (
        OBJECTS,
        ("2 * self.shown * positive", "2 * self.shown"),
        "`d = d + 2 * self.shown * positive`",
    ),
    "another attribute": (
        OBJECTS,
        ("2 * self.shown * positive", "2 * self.out * positive"),
        "`d = d + 2 * self.shown * positive`",
    ),
    "an entry for the sum from it on": (OBJECTS, ("sums[j:].sum()", "sums[j]"), "`db[j] = sums[j:].sum()`"),
    "variables of a tuple": (
        OBJECTS,
        ("out, positive, b = self.out", "positive, out, b = self.out"),
        "`out, positive, b = (self.out, self.positive, self.p['b'])`",
    ),
    "one column": (SLICES, ("k:k + 1]\n        dW", ":1]\n        dW"), "`column = p['W'][:, k:k + 1]`"),
    "a power that is not lowered": (SLICES, ("** (n - 1)", "** n"), "`db[k] = n * p['b'][k] ** (n - 1) * X[k, 0]`"),
    "the last for the first": (SLICES, ("db[0] = 0", "db[-1] = 0"), "`db[0] = 0`"),
    "no branch of its own": (
        BRANCHES,
        ("if k > 0:\n            db", "elif k > 0:\n            db"),
        "an `if` of its own",
    ),
}
PAIRS = {
    "a factor beside a slip of structure": (
        JUMPS,
        ("along = along + X[i]", "along = X[i]"),
        ("db += np.cos(s) * along", "db += 2 * np.cos(s) * along"),
        ["`along += X[i]`", "`db += np.cos(s) * along`"],
    ),
    "two lines crosswise": (
        SLICES,
        ("da = np.cos(A) * np.cos(C)", "da = -np.sin(A) * np.sin(C)"),
        ("dc = -np.sin(A) * np.sin(C)", "dc = np.cos(A) * np.cos(C)"),
        ["`da = np.cos(A) * np.cos(C)`", "`dc = -np.sin(A) * np.sin(C)`"],
    ),
    "a likely change that leads nowhere": (
        SLICES,
        (
            "for k in range(3):\n        column = p['W'][:, k:k + 1]\n        d",
            "for k in range(2):\n        column = p['W'][:, k:k + 1]\n        d",
        ),
        ("db[0] = 0", "db[-1] = 0"),
        ["`for k in range(3):`", "`db[0] = 0`"],
    ),
}


def lines_of(tmp_path, text, *slips, thorough=True):
    for right, wrong in slips:
        right, wrong = (each.replace("'", '"') for each in (right, wrong))
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    module = program(tmp_path, HEAD + text)
    return gradients.lines_to_change(*_in_parts(module.cost, module.grad, module.start(), None, None), thorough)


@pytest.mark.long
@pytest.mark.parametrize("name", SLIPS)
def test_the_line_is_found(name, tmp_path):
    text, slip, said = SLIPS[name]
    (line,) = lines_of(tmp_path, text, slip)
    assert said in str(line).partition("should be ")[2]


@pytest.mark.long
@pytest.mark.parametrize("name", PAIRS)
def test_both_lines_are_found(name, tmp_path):
    text, *slips, said = PAIRS[name]
    assert [str(line).partition("should be ")[2] for line in lines_of(tmp_path, text, *slips)] == said


def test_what_is_overwritten_is_usual_though_a_block_that_is_right_passes_there_too(tmp_path):
    (line,) = lines_of(tmp_path, ADDED_UP, ("g[name] += value", "g[name] = value"), thorough=False)
    assert line.right == "g[name] += value"


def test_two_neighbouring_lines_are_usually_crosswise(tmp_path):
    """Where each of them goes to every block."""
    text = """
def cost(p):
    return np.sum(np.exp(p["W"] @ p["b"]) * np.sin(p["W"] @ p["b"]))

def grad(p):
    z = p["W"] @ p["b"]
    d_exp = np.sin(z)
    d_sin = np.exp(z)
    dz = d_exp * np.exp(z) + d_sin * np.cos(z)
    return {"W": np.outer(dz, p["b"]), "b": p["W"].T @ dz}
"""
    slips = ("d_exp = np.sin(z)", "d_exp = np.exp(z)"), ("d_sin = np.exp(z)", "d_sin = np.sin(z)")
    lines = lines_of(tmp_path, text, *slips, thorough=False)
    assert [line.right for line in lines] == ["d_exp = np.sin(z)", "d_sin = np.exp(z)"]


def test_a_line_that_helps_by_luck_is_no_answer(tmp_path):
    """Near the parameters no score is below the margin: a condition that is left out shows farther off alone."""
    text = """
def cost(p):
    s = X @ p["W"] + 4 + 0 * p["b"]
    return np.sum(np.where(s.real > 0, s ** 2, 0)) + np.sum(p["b"] ** 2)

def grad(p):
    s = X @ p["W"] + 4
    ds = 2 * s * (s > 5)
    return {"W": X.T @ ds, "b": 2 * p["b"]}
"""
    (line,) = lines_of(tmp_path, text)
    assert line.right == "ds = 2 * s * (s > 0)"


def test_no_array_is_made_immense(tmp_path):
    """The product of a size and an array of ten labels would be a shape of ten axes, and its zeros take seconds."""
    text = """
LABELS, N = np.array([0, 1, 2, 3, 1, 2, 0, 3, 2, 1]), 4

def cost(p):
    return np.sum(p["W"] ** 4) + p["b"] @ np.bincount(LABELS)[:3]

def grad(p):
    db, labels = np.zeros(N - 1), LABELS
    for label in labels:
        db[label if label < 3 else 0] += 1
    return {"W": 4 * p["W"] ** 3, "b": db}
"""
    began = time.process_time()
    lines_of(tmp_path, text)
    assert time.process_time() - began < 5
