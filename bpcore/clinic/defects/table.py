"""The one table of defects: mistakes in backpropagation, each with its repair and the check that catches it."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...checking import check_gradient, relative_error
from ...network import Network
from ..backward import NEEDS, STEPS, program_with


@dataclass(frozen=True)
class Defect:
    """One mistake: the program with it and without it, and how it shows.

    Attributes
    ----------
    name : str
        The key in ``DEFECTS``.
    title : str
        One line for a table.
    symptom : str
        What one sees, in a sentence.
    survives : str
        Why it is not noticed, in a sentence.
    cure : str
        What the owner of the program changes, in a sentence.
    broken : callable
        The program with the mistake.
        Where ``gradient`` is True, ``broken(net, theta, X, Y, lam=0.0, layers=None, lr=0.5)`` returns a gradient
        laid out as theta, with the mistake made in the layers named (None: in every layer where it can be made).
        A mistake that makes no difference (λ missing where λ = 0) returns the right gradient; one that cannot be made
        (a transposed block where no layer is square) raises ValueError. ``lr`` matters to "stale-weights" alone.
    repaired : callable
        The program without it, which takes the same arguments.
    check : callable
        ``check(program)`` raises an AssertionError that says what it saw if the program has the defect,
        and returns what it measured otherwise. That of a gradient defect also takes what ``gradient_check`` takes:
        ``check(program, lam=0.0, m=1, biases=0)`` looks at a place where less can be seen.
    gradient : bool
        True where the program is a gradient function.
    wrong : callable
        The few lines that are wrong: in a gradient function the step that is replaced, otherwise the whole program.
    right : callable
        What stands in their place.
    step : str
        The name of that step, of ``STEPS``; empty where the program is no gradient function.
    exhibit : bool
        True where the museum of common bugs shows it.
    """

    name: str
    title: str
    symptom: str
    survives: str
    cure: str
    broken: Callable
    repaired: Callable
    check: Callable
    gradient: bool
    wrong: Callable
    right: Callable
    step: str
    exhibit: bool

    @property
    def lines(self):
        """The text of ``wrong``."""
        return _text(self.wrong)

    @property
    def repaired_lines(self):
        """The text of ``right``."""
        return _text(self.right)


def _text(function):
    source = inspect.getsource(function)
    return source[source.index("def ") :].rstrip()


DEFECTS = {}


# The book's gradient check, where it can see: uneven sizes, λ > 0, biases that are not zero, and twice.


def place(sizes=(3, 5, 4, 2), hidden="sigmoid", output="sigmoid", loss="binary_cross_entropy", m=6, biases=1, seed=0):
    """A network, its parameters, m samples and targets that suit its loss; ``biases`` scales the biases."""
    net, rng = Network(sizes, hidden, output, loss), np.random.default_rng(seed)
    theta, X = rng.standard_normal(net.n_params), rng.standard_normal((m, sizes[0]))
    Y = net.loss.sample(rng, m, sizes[-1])
    for b in net.params(theta).b[1:]:
        b *= biases
    return net, theta, X, Y


def gradient_check(program, lam=0.7, **at):
    """Assert that ``program`` is the cost's gradient at one ``place(**at)``, leaves theta alone, and repeats itself.

    Returns
    -------
    float
        The relative error.

    Raises
    ------
    AssertionError
        If the check fails, theta is changed, or a second call differs.
    """
    net, theta, X, Y = place(**at)
    report = check_gradient(net, theta, X, Y, lam, grad=lambda theta: program(net, theta, X, Y, lam))
    assert not report.changed, f"the gradient changes the theta that it is given (relative error {report.error:.1e})"
    wrong = [f"{row.name} {row.error:.1e}" for row in report.rows if row.error > report.tolerance]
    assert report.passed, f"relative error {report.error:.1e}: {', '.join(wrong)}"
    again = relative_error(program(net, theta.copy(), X, Y, lam), report.gradient)
    assert again == 0, f"a second call at the same theta differs by {again:.1e}"
    return report.error


def gradient_defect(
    name, step, where, title, symptom, survives, cure, exhibit=False, needs=None, right=None, also=(), **at
):
    """Enter a defect whose mistake is the decorated function, in the place of one step of the backward pass.

    ``right`` says what the step is in this case, where the general step says it less plainly;
    ``also`` are pairs of another step and its layers, where the same function stands.
    """

    def enter(wrong):
        lines = wrong, right or STEPS[step]
        broken, repaired = (program_with(name, step, instead, where, needs or NEEDS[where], also) for instead in lines)
        DEFECTS[name] = Defect(
            name,
            title,
            symptom,
            survives,
            cure,
            broken,
            repaired,
            functools.partial(gradient_check, **at),
            True,
            *lines,
            step,
            exhibit,
        )
        return wrong

    return enter


def program_defect(name, check, repaired, title, symptom, survives, cure, exhibit=True):
    """Enter a defect whose program is the decorated function."""

    def enter(broken):
        DEFECTS[name] = Defect(
            name, title, symptom, survives, cure, broken, repaired, check, False, broken, repaired, "", exhibit
        )
        return broken

    return enter
