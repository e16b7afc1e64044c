"""Steps of a cost that have another derivative in a gradient: which they are, what is said of them, and what is not."""

import numpy as np
import pytest
import support

from bpcore import diagnose
from bpcore.clinic.own_lines import misderived as module
from bpcore.clinic.own_lines import watched
from bpcore.clinic.own_lines.misderived import misderived

COST = """
import numpy as np


def start():
    return np.random.default_rng(3).standard_normal(16)


def parts(theta):
    return theta[:3], theta[3:6], theta[6:15].reshape(3, 3), theta[15]


def cost(theta):
    x, w, A, c = parts(theta)
    u = np.tanh(A @ x)
    v = np.exp(0.3 * u) * w
    total = c**2 / 2
    for rate in (0.5, 1.5, 2.5):
        total = total + np.sqrt(1 + rate * (v @ u) ** 2)
    pair = np.outer(w, x) * A
    return total + np.sum(np.sin(w) * x) + pair.sum() * c
"""
TWIN = """

def grad(theta):
    steps = 1e-20j * np.eye(theta.size)
    return np.array([cost(theta + step).imag for step in steps]) * 1e20
"""  # the cost's own derivative
# The expression, one of the same value and another derivative, and what is said of it.
OTHERS = [
    ("rate * (v @ u) ** 2", "rate * (v @ u.real) ** 2", "treats `u` as a constant"),
    ("A @ x", "A.real @ x", "treats `A` as a constant"),
    ("c**2 / 2", "c**2 - c.real**2 / 2", "multiplies the derivative through `c` by 2"),
    ("* x) +", "* (2 * x.real - x)) +", "has the other sign in the derivative through `x`"),
    ("np.sin(w)", "(np.sin(w.real) + w - w.real)", "has the derivative of `w` where that of `np.sin(w)` belongs"),
    ("* A\n", "* (A.real + (A - A.real).T)\n", "transposes the derivative through `A`"),
    ("* A\n", "* (A.real + np.tril(A - A.real))\n", "keeps the lower triangle alone of the derivative through `A`"),
    (
        "np.outer(w, x) * A",
        "np.outer(w, x) * (A.real + (A - A.real) * [[0], [1], [1]])",
        "leaves out the derivative through `A[0]`",
    ),
    (
        "np.outer(w, x) * A",
        "np.outer(w, x) * (A.real + (A - A.real) * [0, 0, 1])",
        "keeps of the derivative through `A` that through `A[:, -1]` alone",
    ),
    (
        "np.sqrt(1 + rate * (v @ u) ** 2)",
        "np.sqrt(1 + rate * ((v @ u) if rate > 1 else (v @ u).real) ** 2)",
        "treats `np.sqrt(1 + rate * (v @ u) ** 2)` as a constant the first time that it is computed",
    ),
    (
        "np.tanh(A @ x)",
        "(np.tanh((A @ x).real) + (A @ x - (A @ x).real) * (1 - (A @ x).real ** 2))",
        "has `1 - (A @ x) ** 2` where the derivative of `np.tanh(A @ x)` with respect to `A @ x` belongs",
    ),
    (
        "np.exp(0.3 * u) * w",
        "(np.exp(0.3 * u.real) + (np.exp(0.3 * u) - np.exp(0.3 * u.real)) * x.real) * w",
        "multiplies the derivative through `u` by `x`",
    ),
    (
        "np.tanh(A @ x)",
        "(np.tanh((A @ x).real) + (A @ x - (A @ x).real) * np.cos(3 * (A @ x).real))",
        None,  # no rule has that
    ),
    (
        "(v @ u) ** 2",
        "(v.real @ u + (v - v.real) @ w.real) ** 2",
        "has `w` where `u` belongs in the derivative of `v @ u` with respect to `v`",
    ),
]
SAID = [row for row in OTHERS if row[2]]


def pair(folder, *others, real=False):
    """The cost, with or without complex numbers, and a gradient that has other derivatives, and no lines to read."""
    written = COST
    for text, other in others:
        assert written.count(text) == 1
        written = written.replace(text, other)
    twin = {}
    exec(written + TWIN, twin)
    own = COST.replace("return total + ", "return float(total) + ") if real else COST
    return support.program(folder, own, "real" if real else "program"), twin["grad"]


def blocks(*ends):
    return [(f"part {k}", part) for k, part in enumerate(np.split(np.arange(16), ends))]


@pytest.mark.long
@pytest.mark.parametrize("real", [False, True], ids=["complex", "real"])
@pytest.mark.parametrize("text, other, said", SAID, ids=[f"s{k}" for k in range(len(SAID))])
def test_what_a_gradient_has_in_place_of_a_derivative_is_told(tmp_path, text, other, said, real):
    own, grad = pair(tmp_path, (text, other), real=real)
    (line,) = misderived(own.cost, grad, own.start(), blocks())
    assert line.words == said
    assert line.function == "cost" and line.number == 1 + COST[: COST.index(text)].count("\n")
    assert str(line) == f"line {line.number} of cost: `{line.computed}`; the gradient {said}"


def test_two_steps_at_once(tmp_path):
    own, grad = pair(tmp_path, ("c**2 / 2", "c**2 - c.real**2 / 2"), ("np.sin(w)", "np.sin(w.real)"))
    first, second = misderived(own.cost, grad, own.start(), blocks())
    assert first.words == "multiplies the derivative through `c` by 2"
    assert second.words in ("treats `np.sin(w)` as a constant", "treats `w` as a constant")


def test_a_step_that_is_another_for_some_parameters_alone(tmp_path):
    """As where one block's derivative is written by itself, and lacks a way that the others have."""
    own, wrong = pair(tmp_path, ("np.exp(0.3 * u)", "np.exp(0.3 * u.real)"))
    _, right = pair(tmp_path)
    grad = lambda theta: np.concatenate([right(theta)[:6], wrong(theta)[6:15], right(theta)[15:]])
    (line,) = misderived(own.cost, grad, own.start(), blocks(6, 15))
    assert line.words == "treats `v` as a constant"  # which these parameters change by way of u alone


@pytest.mark.long
def test_each_block_has_its_own(tmp_path):
    own, first = pair(tmp_path, ("rate * (v @ u)", "rate * (v.real @ u)"))
    _, second = pair(tmp_path, ("pair.sum() * c", "pair.sum() * c.real"))
    _, third = pair(tmp_path, ("* x) +", "* (2 * x.real - x)) +"))
    grad = lambda theta: np.concatenate([third(theta)[:3], first(theta)[3:15], second(theta)[15:]])
    lines = misderived(own.cost, grad, own.start(), blocks(3, 15))
    numbers = [1 + COST[: COST.index(text)].count("\n") for text in ("rate * (v @ u)", "np.sin(w)")]
    assert {line.number for line in lines} == {*numbers} and len(lines) == 3, lines


@pytest.mark.long
@pytest.mark.parametrize("real", [False, True])
def test_a_right_gradient_and_one_of_noise_have_none(tmp_path, real):
    own, grad = pair(tmp_path, real=real)
    noise = np.random.default_rng(5).standard_normal(16)
    assert misderived(own.cost, grad, own.start(), blocks(6, 15)) == ()
    assert misderived(own.cost, lambda theta: grad(theta) + noise * theta**2, own.start(), blocks(6, 15)) == ()
    text, other, _ = next(row for row in OTHERS if row[2] is None)
    own, grad = pair(tmp_path, (text, other), real=real)
    assert misderived(own.cost, grad, own.start(), blocks()) == ()


def test_the_functions_are_as_before(tmp_path):
    own, grad = pair(tmp_path, SAID[0][:2])
    codes = own.cost.__code__, own.parts.__code__
    assert misderived(own.cost, grad, own.start(), blocks())
    assert codes == (own.cost.__code__, own.parts.__code__) and not hasattr(own, watched.PASSES)

    def raises(theta):
        raise KeyError("no gradient")

    assert misderived(own.cost, raises, own.start(), blocks()) == ()
    assert codes == (own.cost.__code__, own.parts.__code__) and not hasattr(own, watched.PASSES)


def test_a_function_that_gives_the_gradient_too_does_so_while_its_cost_is_looked_at(tmp_path):
    """What stands in a branch that the cost never takes is not watched, and must not be lost."""
    source = """
import numpy as np

X = np.random.default_rng(0).standard_normal((6, 3))


def start():
    return np.array([0.3, -0.4, 0.7])


def energy(theta, forces=None):
    total = 0.0
    for x in X:
        distance = np.sqrt(1 + (x @ theta) ** 2)
        total = total + np.sin(distance) / distance
        if forces is not None:
            slope = np.cos(distance) / distance - np.sin(distance) / distance**2
            forces += slope * (x @ theta) * x
    return total


def cost(theta):
    return energy(theta)


def grad(theta):
    forces = np.zeros(3)
    energy(theta, forces)
    return forces
"""
    own = support.program(tmp_path, source, "shared")
    (line,) = misderived(own.cost, own.grad, own.start(), [("theta", np.arange(3))])
    inside = "1 + (x @ theta) ** 2"
    assert line.words == f"has the derivative of `{inside}` where that of `np.sqrt({inside})` belongs, times 1/2"


def test_what_a_program_remembers_is_as_before(tmp_path):
    """A cost may keep what it computed, and must not be left with what it computed for the doctor."""
    source = COST.replace("u = np.tanh(A @ x)", "u = kept.setdefault(theta.tobytes(), np.tanh(A @ x))")
    own = support.program(tmp_path, source.replace("def start():", "kept = {}\n\n\ndef start():"), "remembers")
    _, grad = pair(tmp_path, SAID[0][:2])
    (line,) = misderived(own.cost, grad, own.start(), blocks())
    assert line.words == SAID[0][2] and own.kept
    for key, value in own.kept.items():
        x, _, A, _ = own.parts(np.frombuffer(key))
        np.testing.assert_array_equal(value, np.tanh(A @ x))


def test_what_would_take_too_long_or_too_much_is_left(tmp_path, monkeypatch):
    own, grad = pair(tmp_path, SAID[0][:2])
    for place, name, most in (
        (module.Misderived, "greatest", 0),
        (module, "MOST_PARAMETERS", 15),
        (watched, "MOST_NUMBERS", 3),
    ):
        with monkeypatch.context() as smaller:
            smaller.setattr(place, name, most)
            assert misderived(own.cost, grad, own.start(), blocks()) == ()
    assert misderived(own.cost, grad, own.start(), blocks())


@pytest.mark.long
def test_the_doctor_shows_the_step_where_no_line_of_the_gradient_can_be_changed(tmp_path):
    own, grad = pair(tmp_path, SAID[0][:2], real=True)
    found = diagnose(own.cost, grad, own.start())
    assert found.names == ("derivative",) and found.sure == "certain" and len(found.lines) == 1
    said = " ".join(repr(found).split())
    assert "A step of the cost has another derivative in the gradient (certain)" in said
    assert "line 19 of cost the cost total = total + np.sqrt(1 + rate * (v @ u) ** 2)" in said
    assert "gradient treats `u` as a constant" in said and "along four directions at three places" in said


@pytest.mark.long
def test_a_formula_that_was_read_off_the_steps_of_a_cost_has_the_step_beside_it(tmp_path):
    """The steps are followed as NumPy takes them, and have no names; the line has those of the program."""
    own, grad = pair(tmp_path, SAID[0][:2])
    found = diagnose(own.cost, grad, own.start())
    assert found.names == ("formula",) and found.formulas and [line.words for line in found.lines] == [SAID[0][2]]
    assert "Differentiated so" in found.evidence[0]
