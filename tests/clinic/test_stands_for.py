"""Values of a gradient's program that are not the derivatives for which they stand: which, and what is said of them."""

import re

import numpy as np
import pytest
import support

from bpcore import diagnose
from bpcore.clinic import visit
from bpcore.clinic.own_lines import stands_for as module
from bpcore.clinic.own_lines import watched
from bpcore.clinic.own_lines.stands_for import values_to_mend

PROGRAM = """
import numpy as np

rng = np.random.default_rng(4)
X, Y = rng.standard_normal((5, 3)), rng.standard_normal((5, 2))


def start():
    return np.random.default_rng(3).standard_normal(26)


def parts(theta):
    return theta[:12].reshape(4, 3), theta[12:16], theta[16:24].reshape(4, 2), theta[24:]


def act(z):
    return z / np.sqrt(1 + z**2)


def cost(theta):
    W, b, V, scale = parts(theta)
    z = X @ W.T + b
    h = act(z)
    norm = np.sqrt(np.sum(h**2, axis=1)) + 1
    out = (h / norm[:, None]) @ V * np.exp(scale)
    state = 0.3 * b
    for x in X[:3]:
        state = np.sin(W @ x + 0.7 * state)
    return np.sum((out - Y) ** 2) / len(X) + np.sum(state * b)


def grad(theta):
    W, b, V, scale = parts(theta)
    z = X @ W.T + b
    h = act(z)
    norm = np.sqrt(np.sum(h**2, axis=1)) + 1
    hat = h / norm[:, None]
    out = hat @ V * np.exp(scale)
    e = 2 * (out - Y)
    d_scale = np.sum(e * out, axis=0) / len(X)
    above = e * np.exp(scale)
    d_V = hat.T @ above / len(X)
    below = above @ V.T
    inverse = 1 / norm
    along = np.sum(below * h, axis=1) * inverse**2
    d_h = below * inverse[:, None]
    d_h -= along[:, None] * h / (norm - 1)[:, None]
    slope = (1 + z**2) ** -1.5
    d_z = d_h * slope
    d_z **= 1
    turned = d_z.T
    d_W = turned @ X / len(X)
    d_b = d_z.sum(axis=0) / len(X)
    states = [0.3 * b]
    for x in X[:3]:
        states.append(np.sin(W @ x + 0.7 * states[-1]))
    d_b = d_b + states[-1]
    d_state = b
    for t in (2, 1, 0):
        inner = d_state * np.cos(W @ X[t] + 0.7 * states[t])
        d_W = d_W + np.outer(inner, X[t])
        d_state = 0.7 * inner
    d_b = d_b + 0.3 * d_state
    return np.concatenate([d_W.ravel(), d_b, d_V.ravel(), d_scale])
"""
# A line, another in its place with slips that no rule of lines undoes, and what is said of it.
OF = "the derivative of the cost with respect to "
BACK = ", from the last time that it is computed to the first"
SLIPS = [
    ("d_z = d_h * slope", "d_z = d_h**2 + slope - h", "5 times " + OF + "`z` of line {z = X @ W.T + b}"),
    ("below = above @ V.T", "below = above @ V.T * 3 + h", "5 times " + OF + "`h / norm[:, None]` of line {out = (h}"),
    (
        "slope = (1 + z**2) ** -1.5",
        "slope = np.cosh(z) + h",
        "the derivative of `h` with respect to `z` of line {h = act(z)}",
    ),
    ("inverse = 1 / norm", "inverse = np.tanh(norm) + 1", "`1 / norm`, with that of line {norm =}"),
    ("turned = d_z.T", "turned = (d_z**2).T - h.T", "5 times " + OF + "`z` of line {z = X @ W.T + b}, transposed"),
    ("d_state = 0.7 * inner", "d_state = inner**2 + 0.7", OF + "`state` of line {state = np.sin}" + BACK),
    (
        "d_h -= along[:, None] * h / (norm - 1)[:, None]",
        "d_h -= along[:, None] ** 2 * h",
        "-5 times " + OF + "`h` of line {norm =}",
    ),
    ("d_z **= 1", "d_z **= 2", "5 times " + OF + "`z` of line {z = X @ W.T + b}"),
    ("e = 2 * (out - Y)", "e = 2 * np.cosh(out) - Y", "5 times " + OF + "`out` of line {out = (h}"),
]
BLOCKS = [(f"part {k}", part) for k, part in enumerate(np.split(np.arange(26), (12, 16, 24)))]


def program(folder, *slips, real=False):
    """The program with slips in its gradient, whose cost takes complex numbers or does not."""
    written = PROGRAM.replace("return np.sum((out - Y)", "return float(np.sum((out - Y)") if real else PROGRAM
    written = written.replace("np.sum(state * b)\n", "np.sum(state * b))\n") if real else written
    for line, other in slips:
        assert written.count(f"    {line}\n") == 1
        written = written.replace(f"    {line}\n", f"    {other}\n")
    return support.program(folder, written, "real" if real else "program")


def number_of(line):
    return 1 + PROGRAM[: PROGRAM.index(line)].count("\n")


def with_numbers(said):
    """A text in which the start of a line stands for its number."""
    return re.sub("{(.*?)}", lambda found: str(number_of(found[1])), said)


@pytest.mark.long
@pytest.mark.parametrize("real", [False, True], ids=["complex", "real"])
@pytest.mark.parametrize("line, other, said", SLIPS, ids=[line.split("=")[0].strip() for line, *_ in SLIPS])
def test_the_first_value_that_is_another_is_told(tmp_path, line, other, said, real):
    own = program(tmp_path, (line, other), real=real)
    (found,) = values_to_mend(own.cost, own.grad, own.start(), BLOCKS)
    assert (found.words, found.doubts, found.number) == (with_numbers(said), (), number_of(line))
    assert found.function == "grad" and found.computed.startswith(other.split("=")[0])
    assert str(found).endswith(f"should be {found.words}")


@pytest.mark.long
def test_two_lines_are_told(tmp_path):
    own = program(
        tmp_path, SLIPS[4][:2], ("d_scale = np.sum(e * out, axis=0) / len(X)", "d_scale = np.sum(e, axis=0) * h[0, 0]")
    )
    first, second = values_to_mend(own.cost, own.grad, own.start(), BLOCKS)
    assert first.words == with_numbers("the derivative of the cost with respect to `scale` of line {out = (h}")
    assert second.words == with_numbers(SLIPS[4][2])


@pytest.mark.long
def test_a_slip_that_is_made_before_is_a_doubt(tmp_path, monkeypatch):
    """What a list is made of may be what is wrong, and so may values that are no derivatives."""
    helper = "def inward(d):\n    rows = [np.cosh(row) for row in d]\n    return np.array(rows)\n\n\ndef grad(theta):"
    source = PROGRAM.replace("def grad(theta):", helper).replace("d_h * slope", "inward(d_h) * slope")
    own = support.program(tmp_path, source, "calls")
    (found,) = values_to_mend(own.cost, own.grad, own.start(), BLOCKS)
    assert found.doubts == ("rows",) and "`rows` in it is no value of the cost" in found.words
    source = PROGRAM.replace("d_z = d_h * slope", "odd, other = np.cosh(d_h), h**3\n    d_z = odd * slope + other")
    own = support.program(tmp_path, source, "makes")
    (found,) = values_to_mend(own.cost, own.grad, own.start(), BLOCKS)
    assert found.doubts == ("odd", "other") and "`odd` and `other` in it are no values" in found.words
    for other in "lines_to_change", "lines_of_cost", "misderived":
        monkeypatch.setattr(visit, other, lambda *_, **__: ())
    said = diagnose(own.cost, own.grad, own.start())
    assert said.names == ("unknown",) and said.sure == "unknown" and len(said.lines) == 1
    assert said.lines[0].doubts == ("odd", "other")


def test_samples_one_after_the_other_and_layers_back(tmp_path):
    """The cost goes through the layers of a sample and then to the next one, the gradient back in each."""
    source = """
import numpy as np
rng = np.random.default_rng(4)
X, Y = rng.standard_normal((3, 2)), rng.standard_normal((3, 2))

def act(z):
    return np.tanh(z)

def cost(theta):
    total = 0.0
    for x, y in zip(X, Y):
        for W in theta.reshape(2, 2, 2):
            x = act(W @ x)
        total = total + np.sum((x - y) ** 2) / 2
    return total

def prime(z):
    return np.cosh(z) + z

def grad(theta):
    W, total = theta.reshape(2, 2, 2), np.zeros((2, 2, 2))
    for x, y in zip(X, Y):
        below = [x, np.tanh(W[0] @ x)]
        delta = np.tanh(W[1] @ below[1]) - y
        for l in (1, 0):
            delta = delta * prime(W[l] @ below[l])
            total[l] += np.outer(delta, below[l])
            delta = W[l].T @ delta
    return total.ravel()
"""
    own, start = support.program(tmp_path, source), np.random.default_rng(3).standard_normal(8)
    (found,) = values_to_mend(own.cost, own.grad, start, [("W1", np.arange(4)), ("W2", np.arange(4, 8))])
    assert (found.function, found.number, found.doubts) == ("prime", 18, ())
    said = "the derivative of `np.tanh(z)` with respect to `z` of line 7"
    assert found.words == f"{said}, of each 2 times that it is computed the last first"


@pytest.mark.long
def test_what_enters_a_loop_before_its_first_round_is_no_doubt(tmp_path):
    """In ``inner`` the derivative of the round before stands, and what the loop began with."""
    own = program(tmp_path, ("inner = d_state * np.cos(W @ X[t] + 0.7 * states[t])", "inner = d_state**2 + states[t]"))
    (found,) = values_to_mend(own.cost, own.grad, own.start(), BLOCKS)
    assert found.words.startswith("the derivative of the cost with respect to `W @ x`")
    assert found.doubts == ()


@pytest.mark.long
@pytest.mark.parametrize("real", [False, True], ids=["complex", "real"])
def test_a_right_gradient_and_what_no_value_mends_have_none(tmp_path, real):
    own = program(tmp_path, real=real)
    noise = np.random.default_rng(5).standard_normal(26)
    for grad in own.grad, lambda theta: own.grad(theta) + noise * theta**2:
        assert values_to_mend(own.cost, grad, own.start(), BLOCKS) == ()


def test_the_whole_gradient_and_constants_say_nothing(tmp_path):
    """A line that returns all of it, or that computes a number that is always the same, stands for anything."""
    source = """
import numpy as np
X = np.random.default_rng(4).standard_normal((5, 3))

def cost(w):
    return np.sum(np.tanh(X @ w)) + 3 * w[0]

def grad(w):
    first = 1.0
    return X.T @ np.cosh(X @ w) + np.array([first, 0, 0])
"""
    own = support.program(tmp_path, source)
    assert values_to_mend(own.cost, own.grad, np.array([0.3, -0.2, 0.5]), [("w", np.arange(3))]) == ()


@pytest.mark.long
def test_the_program_is_afterwards_as_before(tmp_path):
    own = program(tmp_path, SLIPS[0][:2])
    before = own.cost.__code__, own.grad.__code__, own.act.__code__, own.X.copy()
    assert values_to_mend(own.cost, own.grad, own.start(), BLOCKS)
    assert before[:3] == (own.cost.__code__, own.grad.__code__, own.act.__code__)
    assert np.array_equal(before[3], own.X) and not hasattr(own, watched.PASSES)


@pytest.mark.long
def test_what_would_take_too_long_or_too_much_is_left(tmp_path, monkeypatch):
    own = program(tmp_path, SLIPS[0][:2])
    for place, name, most in (
        (module.StandsFor, "greatest", 0),
        (module, "MOST_PARAMETERS", 25),
        (module, "MOST_HELD", 3),
        (module, "MOST_ENTRIES", 3),
        (module, "MOST_LINES", 0),
        (watched, "MOST_NUMBERS", 3),
    ):
        with monkeypatch.context() as smaller:
            smaller.setattr(place, name, most)
            assert values_to_mend(own.cost, own.grad, own.start(), BLOCKS) == (), name


@pytest.mark.long
def test_the_doctor_shows_the_line(tmp_path):
    own = program(tmp_path, SLIPS[0][:2])
    found = diagnose(own.cost, own.grad, own.start())
    assert found.names == ("line",) and found.sure == "certain" and len(found.lines) == 1
    said = " ".join(repr(found).split())
    assert f"line {number_of('d_z = d_h')} of grad yours d_z = d_h ** 2 + slope - h" in said
    assert f"right {with_numbers(SLIPS[0][2])}" in said and "in the place of what the line computes" in said
