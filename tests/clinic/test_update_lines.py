"""Lines of an update: each slip is shown where it stands, and what the update remembers is as before."""

import types

import numpy as np
import pytest

from bpcore import check_update
from bpcore.clinic.own_lines import program as program_of_lines
from bpcore.clinic.own_lines import search
from bpcore.clinic.updates import lines

PROGRAM = '''"""An optimiser in the manner of a tutorial."""

import numpy as np
from math import factorial

RATE, BETA1, BETA2, EPS, EPOCH = 0.01, 0.9, 0.999, 1e-8, 5


def share(t):
    return BETA1


class Adam:
    def __init__(self):
        self.steps = 0
        self.mean, self.square = {}, {}

    def moments(self, name, g):
        m, v = self.mean.get(name, 0.0), self.square.get(name, 0.0)
        beta = share(self.steps)
        self.mean[name] = beta * m + (1 - beta) * g
        self.square[name] = BETA2 * v + (1 - BETA2) * g**2
        return self.mean[name], self.square[name]

    def step(self, theta, gradient):
        self.steps += 1
        moved = {}
        for name in theta:
            m, v = self.moments(name, gradient[name])
            m_hat = m / (1 - BETA1**self.steps)
            v_hat = v / (1 - BETA2**self.steps)
            moved[name] = theta[name] - RATE * m_hat / (np.sqrt(v_hat) + EPS)
        return moved
'''
SLIPS = {  # what stands there, what should, and the line as it should be
    "the time of the correction is another": (
        "BETA1**self.steps",
        "BETA1 ** (self.steps + EPOCH)",
        "m_hat = m / (1 - BETA1 ** self.steps)",
    ),
    "the share falls": ("return BETA1", "return BETA1 - 0.1 * np.sin(t)", "return BETA1"),
    "the other moment is corrected": ("v_hat = v /", "v_hat = m /", "v_hat = v / (1 - BETA2 ** self.steps)"),
    "the share of the new square": (
        "+ (1 - BETA2) * g**2",
        "+ (1 - BETA1) * g**2",
        "self.square[name] = BETA2 * v + (1 - BETA2) * g ** 2",
    ),
    "the root is that of the other moment": (
        "np.sqrt(v_hat) + EPS",
        "np.sqrt(m_hat) + EPS",
        "theta[name] - RATE * m_hat / (np.sqrt(v_hat) + EPS)",
    ),
    "the steps are counted twice": ("self.steps += 1", "self.steps += 2", "self.steps += 1"),
}
TWICE = "self.steps += 2", "self.steps += 1"
WHERE = {"theta": {"W": np.linspace(-1, 1, 6).reshape(2, 3), "b": np.linspace(0.5, 1, 3)}}


def program(folder, *slips):
    """The module with slips, pairs of what stands there and what should, and its text."""
    text = PROGRAM
    for wrong, right in slips:
        assert right in text
        text = text.replace(right, wrong)
    path = folder / f"optimiser_{len(list(folder.iterdir()))}.py"  # a file of its own: no two share what Python keeps
    path.write_text(text, encoding="utf-8")
    module = types.ModuleType("optimiser")
    exec(compile(text, str(path), "exec"), vars(module))
    return module, text


def asked(optimiser):
    return check_update(optimiser.step, "adam", lr=0.01, **WHERE)


@pytest.mark.long
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_shown_where_it_stands(name, tmp_path):
    right, wrong, line = SLIPS[name]
    module, text = program(tmp_path, (wrong, right))
    said = asked(module.Adam())
    assert [each.right for each in said.lines] == [line]
    (number,) = (k for k, own in enumerate(text.splitlines(), 1) if wrong in own)
    assert said.lines[0].number == number and said.sure == "certain"
    assert f"line      {number} of" in repr(said)


@pytest.mark.long
def test_the_sign_of_the_step_is_changed_and_no_share_is_turned_round(tmp_path):
    """(BETA1**t - 1) and - (1 - beta) * g would make up for the wrong sign."""
    step = "RATE * m_hat / (np.sqrt(v_hat) + EPS)"
    uphill = "RATE * m / (1 - BETA1**self.steps) / (np.sqrt(v_hat) + EPS)"
    module, _ = program(tmp_path, (f"+ {uphill}", f"- {step}"))
    assert [line.right.split(" - ")[0] for line in asked(module.Adam()).lines] == ["moved[name] = theta[name]"]


@pytest.mark.long
def test_the_line_of_a_wrong_decay_is_shown(tmp_path):
    right, wrong = "self.moments(name, gradient[name] + 0.03 * theta[name])", "self.moments(name, gradient[name])"
    module, _ = program(tmp_path, (right, wrong))
    assert check_update(module.Adam().step, "adam", lr=0.01, weight_decay=0.03, **WHERE).right
    module, text = program(tmp_path, (right.replace("+", "-"), wrong))
    said = check_update(module.Adam().step, "adam", lr=0.01, weight_decay=0.03, **WHERE)
    (line,) = said.lines
    assert said.names == ("decay-sign",) and right in line.right and "gradient[name] - 0.03" in line.computed


@pytest.mark.long
def test_a_line_explains_what_no_formula_does(tmp_path):
    right = "v_hat = v / (1 - BETA2**self.steps)"
    module, _ = program(tmp_path, (f"{right} + EPOCH * m_hat**2", right))
    said = asked(module.Adam())
    assert said.names == ("line",) and not said.formulas and not said.right and said.where == "everywhere"


@pytest.mark.long
def test_two_slips_are_found_one_after_the_other_only_where_the_first_makes_an_array_right(tmp_path):
    """Weights and biases go through the same lines here: no change alone makes any array right."""
    module, _ = program(tmp_path, TWICE, ("m_hat = v /", "m_hat = m /"))
    assert not asked(module.Adam()).lines


@pytest.mark.long
def test_a_right_update_has_no_lines_and_a_wrong_one_remembers_nothing_afterwards(tmp_path):
    for slips in [], [TWICE]:
        module, _ = program(tmp_path, *slips)
        optimiser = module.Adam()
        before = asked(optimiser)
        assert before.right == (not slips) and bool(before.lines) == bool(slips)
        assert (optimiser.steps, optimiser.mean, optimiser.square) == (0, {}, {})
        assert repr(asked(optimiser)) == repr(before)


@pytest.mark.long
def test_the_program_is_as_it_was(tmp_path):
    module, _ = program(tmp_path, TWICE)
    codes = module.share.__code__, module.Adam.step.__code__, module.Adam.moments.__code__
    asked(module.Adam())
    assert codes == (module.share.__code__, module.Adam.step.__code__, module.Adam.moments.__code__)


@pytest.mark.long
def test_a_function_that_could_grow_without_bounds_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(search, "MOST", 300_000)
    module, _ = program(tmp_path, ("return BETA1 * 0.9 ** factorial(t)", "return BETA1"))
    said = asked(module.Adam())
    assert not any(line.function == "share" for line in said.lines)


def test_what_remembers_too_much_is_asked_for_formulas_alone(tmp_path, monkeypatch):
    module, _ = program(tmp_path, TWICE)
    optimiser = module.Adam()
    optimiser.data = np.zeros(100)
    monkeypatch.setattr(lines, "MOST_HELD", 99)
    said = asked(optimiser)
    assert not said.right and not said.lines and optimiser.steps == 12


@pytest.mark.parametrize("each", [False, True])
def test_updates_of_each_array_and_with_a_state(each):
    def momentum(theta, g, v):
        v = 0.9 * v + 0.1 * g
        return theta - v * v, v

    start = [np.ones(2), np.arange(3.0)] if each else np.arange(4.0)
    said = check_update(momentum, "momentum", lr=0.1, theta=start, state=0.0, each=each)
    assert [line.right for line in said.lines] == ["return (theta - v, v)"]


class Refusing:
    """An optimiser beside something that cannot be looked at."""

    __slots__ = ("secret", "t")

    def __init__(self):
        self.t = 0

    def __getattribute__(self, name):
        if name == "secret":
            raise RuntimeError("not for you")
        return object.__getattribute__(self, name)

    def step(self, theta, g):
        self.t += 1
        return theta - 0.1 * g * (self.t > 0)


def test_objects_that_refuse_to_be_looked_at_and_many_objects_do_no_harm(monkeypatch):
    assert check_update(Refusing().step, "sgd", lr=0.1).right
    records = [{"k": k} for k in range(40)]
    monkeypatch.setattr(program_of_lines, "MOST_OBJECTS", 50)
    counted = lambda theta, g: theta - 0.2 * g * (len(records) > 0)
    said = check_update(counted, "sgd", lr=0.1)
    assert said.names == ("factor",) and not said.lines


def test_parameters_by_the_thousand_are_asked_for_formulas_alone():
    double = lambda theta, g: theta - 0.2 * g
    assert check_update(double, "sgd", lr=0.1, theta=np.ones(9)).lines
    assert not check_update(double, "sgd", lr=0.1, theta=np.ones(2_001)).lines
