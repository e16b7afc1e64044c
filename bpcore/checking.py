"""The gradient check: derivatives by difference quotients and by the complex step, held against a gradient."""

import functools
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments
from .network import Network

EPS = np.finfo(float).eps


@dataclass(frozen=True)
class Method:
    """One numerical derivative: ``quotient(f, h, here)``, where ``f(s)`` is the cost with one entry of theta moved by s.

    ``here()`` is the cost at theta itself, computed once for all entries.
    ``step`` is the h that balances truncation against rounding for a cost of order 1;
    ``tolerance`` is what the relative error of a right gradient stays below with that step.
    """

    quotient: Callable
    step: float
    tolerance: float


METHODS = {
    "complex": Method(lambda f, h, here: f(1j * h).imag / h, 1e-30, 1e-12),
    "central": Method(lambda f, h, here: (f(h) - f(-h)) / (2 * h), EPS ** (1 / 3), 1e-7),
    "forward": Method(lambda f, h, here: (f(h) - here()) / h, EPS ** (1 / 2), 1e-5),
}


def numerical_gradient(cost, theta, method="central", step=None):
    """The gradient of any function of a vector, one entry at a time::

        complex   Im C(θ + i h e_k) / h,                    error O(h²) and no cancellation: h can be 1e-30
        central   (C(θ + h e_k) - C(θ - h e_k)) / 2h,       error O(h²) + O(ε/h): about 1e-10 at the best h
        forward   (C(θ + h e_k) - C(θ)) / h,                error O(h) + O(ε/h): about 1e-8 at the best h

    Parameters
    ----------
    cost : callable
        ``cost(theta)`` returns one number. For "complex" it must be analytic: no abs, norm, maximum or conversion to float.
    theta : ndarray, shape (P,)
        Not modified: each call of ``cost`` gets a copy of its own.
    method : str
        "complex", "central" or "forward".
    step : float, optional
        h; None takes the method's own.

    Returns
    -------
    ndarray, shape (P,), float64

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; where the cost does not return one number; and where "complex"
        meets a cost that drops the imaginary part. What the cost itself raises comes through.

    References
    ----------
    Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions.
    """
    if not callable(cost):
        raise TypeError(
            f"cost is a {type(cost).__name__}: expected a function of theta alone, "
            f"such as lambda theta: net.cost(theta, X, Y)"
        )
    rule = arguments.one_of("method", method, METHODS)
    h = rule.step if step is None else arguments.number("step", step, 0, above=True)
    theta = arguments.finite(
        "theta", arguments.real("theta", arguments.vector("theta", theta, getattr(theta, "size", 0), "the function"))
    ).astype(float)
    if theta.size == 0:
        raise ValueError("theta is empty: expected at least one parameter")
    here = functools.cache(lambda: _one_number(cost, theta.copy()))
    gradient = np.empty_like(theta)
    for k in range(theta.size):

        def moved(s, k=k):
            point = theta.astype(type(s))
            point[k] += s
            return _one_number(cost, point)

        gradient[k] = rule.quotient(moved, h, here)
    return gradient


def _one_number(cost, point):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", np.exceptions.ComplexWarning)
            value = cost(point)
    except (TypeError, np.exceptions.ComplexWarning) as error:
        if not np.iscomplexobj(point):
            raise
        cost(point.real.copy())  # a cost that fails for real parameters as well says why by itself
        raise TypeError(
            f"cost does not take complex parameters ({error}): use method='central', "
            f"or keep every step of the cost analytic"
        ) from error
    value = arguments.array("cost", value, "one number from cost(theta)")
    if value.size != 1:
        raise TypeError(f"cost returned an array of shape {value.shape}: expected one number; take its mean or sum")
    if value.dtype.kind not in ("iufc" if np.iscomplexobj(point) else "iuf"):
        raise TypeError(f"cost returned {value.dtype} ({value}): expected one real number")
    value = value.item()
    if np.iscomplexobj(point) and not np.iscomplexobj(value):
        raise TypeError(
            "cost returned a real number for complex parameters, so it drops the imaginary part (abs, float, .real?): "
            "use method='central', or keep every step of the cost analytic"
        )
    return value


def relative_error(a, b):
    """‖a - b‖ / max(‖a‖, ‖b‖), and 0 where both are zero, NaN where an entry is NaN or infinite.

    There is no floor: two gradients that are nothing but rounding differ by all of themselves.

    Raises
    ------
    TypeError, ValueError
        For arrays of different shapes, and of anything but numbers.
    """
    a, b = arguments.numeric("a", a, "numbers", kinds="biufc"), arguments.numeric("b", b, "numbers", kinds="biufc")
    if a.shape != b.shape:
        raise ValueError(f"a has shape {a.shape} and b has shape {b.shape}: expected the same")
    largest = max(abs(a).max(initial=0), abs(b).max(initial=0))
    if not 0 < largest < math.inf:
        return 0.0 if largest == 0 else math.nan
    a, b = a / largest, b / largest  # the squares in the norms would underflow below 1e-162 and overflow above 1e154
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)))


@dataclass(frozen=True)
class Row:
    """One layer of a report: its error is ‖difference‖ / max norm within the layer; ``worst`` names its worst entry."""

    name: str
    size: int
    error: float
    worst: str


@dataclass(frozen=True)
class Report:
    """What a gradient check found.

    Attributes
    ----------
    passed : bool
        ``error <= tolerance``, and no function changed its argument.
    error : float
        ‖gradient - numerical‖ / max(‖gradient‖, ‖numerical‖) over all parameters.
    worst : str
        The parameter with the largest difference.
    rows : tuple of Row
        The same, a row a layer.
    changed : tuple of str
        Which of "cost" and "grad" changed the theta that they were given.
    kinks : tuple of str
        The parameters whose step moved some unit across the kink of its activation, where a difference quotient
        is no derivative; always empty for "complex", which does not move.
    method : str
        "complex", "central" or "forward".
    step : float
        The h of its quotient.
    tolerance : float
        What the error of a right gradient stays below.
    gradient : ndarray
        What was checked.
    numerical : ndarray
        What it was held against.
    """

    passed: bool
    error: float
    worst: str
    rows: tuple
    changed: tuple
    kinks: tuple
    method: str
    step: float
    tolerance: float
    gradient: np.ndarray
    numerical: np.ndarray

    def __repr__(self):
        lines = [
            f"gradient check {'passed' if self.passed else 'FAILED'} ({self.method} step): relative error {self._shown(self.error)}"
        ]
        for row in self.rows:
            worst = "" if row.error <= self.tolerance else f", worst at {row.worst}"
            lines.append(f"  {row.name:<9} {row.size:>6} parameters   error {self._shown(row.error)}{worst}")
        lines += [f"  {name} changes the theta that it is given: work on a copy" for name in self.changed]
        if self.kinks:
            lines.append(
                f"  {len(self.kinks)} of {len(self.gradient)} steps cross a kink, where this quotient is no derivative "
                f"({', '.join(self.kinks[:3])}{', …' * (len(self.kinks) > 3)}): compare method='complex'"
            )
        return "\n".join(lines)

    def _shown(self, error):
        """An error within the tolerance is rounding, whose digits differ between machines: its next power of ten is shown."""
        return f"below 1e{math.ceil(math.log10(max(error, 1e-15))):03d}" if error <= self.tolerance else f"{error:.1e}"


def check_gradient(net, theta, X, Y=None, lam=0.0, method="complex", step=None):
    """Hold a gradient against a numerical derivative of its cost.

    ``check_gradient(net, theta, X, Y)`` checks a network's ``grad`` against its ``cost``;
    ``check_gradient(cost, grad, theta)`` checks any two functions of a vector.

    Parameters
    ----------
    net, theta, X, Y, lam
        As for ``Network.cost``; or, in their places, two callables and the vector at which to check them.
    method, step
        As for ``numerical_gradient``.

    Returns
    -------
    Report
        ``passed``, ``error``, ``worst``, a row a layer, and what else it noticed; its repr is the whole story.

    Raises
    ------
    TypeError, ValueError
        As ``numerical_gradient``; and where ``grad`` returns another shape than that of theta.
    """
    if isinstance(net, Network):
        if Y is None:
            raise TypeError("Y is missing: expected check_gradient(net, theta, X, Y)")
        p, X, Y = net._check(theta, X, Y)
        lam = arguments.number("lam", lam, 0)
        blocks = [(f"Theta[{l}]", Theta.size) for l, Theta in enumerate(p.Theta) if l]
        report = _check_functions(
            lambda theta: net.cost(theta, X, Y, lam),
            lambda theta: net.grad(theta, X, Y, lam),
            theta,
            method,
            step,
            blocks,
            p.name_of,
        )
        return report if method == "complex" else _with_kinks(report, net, theta, X, p.name_of)
    cost, grad, theta = net, theta, X
    if not callable(cost) or not callable(grad):
        raise TypeError(
            f"net is a {type(cost).__name__}: expected check_gradient(net, theta, X, Y) with a Network, "
            f"or check_gradient(cost, grad, theta) with two functions"
        )
    if Y is not None or lam != 0:
        raise TypeError(
            "check_gradient(cost, grad, theta) takes no Y and no lam: expected two functions that hold their data, "
            "such as lambda theta: cost(theta, X, Y)"
        )
    theta = arguments.vector("theta", theta, getattr(theta, "size", 0), "the function")
    return _check_functions(cost, grad, theta, method, step, [("theta", theta.size)], "theta[{}]".format)


def _check_functions(cost, grad, theta, method, step, blocks, name_of):
    numerical = numerical_gradient(cost, theta, method, step)
    changed, results = [], {}
    for name, function in ("cost", cost), ("grad", grad):
        given = theta.copy()
        results[name] = function(given)
        if not np.array_equal(given, theta):
            changed.append(name)
    gradient = arguments.numeric("what grad returned", results["grad"], "an array of real numbers", kinds="iuf")
    if gradient.shape != theta.shape:
        raise ValueError(f"grad returned shape {gradient.shape}, but theta has shape {theta.shape}: expected the same")
    with np.errstate(invalid="ignore", over="ignore"):  # what is infinite is no right gradient, and is reported as such
        difference = abs(gradient - numerical)
    rows, start = [], 0
    for name, size in blocks:
        part = slice(start, start + size)
        rows.append(
            Row(
                name,
                size,
                relative_error(gradient[part], numerical[part]),
                name_of(start + int(difference[part].argmax())),
            )
        )
        start += size
    error = relative_error(gradient, numerical)
    rule = METHODS[method]
    tolerance = max(rule.tolerance, 32 * float(np.finfo(theta.dtype).eps))  # float32 gradients carry float32 rounding
    return Report(
        passed=error <= tolerance and not changed,
        error=error,
        worst=name_of(int(difference.argmax())),
        rows=tuple(rows),
        changed=tuple(changed),
        kinks=(),
        method=method,
        step=rule.step if step is None else step,
        tolerance=tolerance,
        gradient=gradient,
        numerical=numerical,
    )


def _with_kinks(report, net, theta, X, name_of):
    kinked = [l for l in range(1, net.L + 1) if net.activations[l].kink]
    if not kinked:
        return report

    def sides(k, s):
        point = theta.astype(float)
        point[k] += s
        t = net.forward(point, X)
        return [t.z[l] > 0 for l in kinked]

    back = -report.step if report.method == "central" else 0.0
    crossed = [
        name_of(k)
        for k in range(theta.size)
        if any((here != there).any() for here, there in zip(sides(k, report.step), sides(k, back)))
    ]
    return Report(**{**report.__dict__, "kinks": tuple(crossed)})
