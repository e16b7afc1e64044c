"""The gradient check: derivatives by difference quotients and by the complex step, compared with a gradient."""

import dataclasses
import functools
import math
import textwrap
from collections.abc import Callable

import numpy as np

from . import arguments
from .network import Network
from .progress import each

EPS = np.finfo(float).eps
FUNCTION = "a function of theta alone, such as lambda theta: net.cost(theta, X, Y)"
CURE = "use method='central', or keep every step of the cost analytic (no abs, float or .real)"


@dataclasses.dataclass(frozen=True)
class Method:
    """One numerical derivative: ``quotient(f, h, here)``; ``f(s)`` is the cost with s added to one entry of theta.

    ``here()`` is the cost at theta itself, computed once for all entries.
    ``step`` is the default h: for the two differences it balances truncation against rounding for a cost of order 1,
    and for "complex" its square vanishes beside 1;
    ``tolerance`` is the largest relative error that passes: a right gradient stays below it where cost, parameters and
    curvature are of order 1.
    """

    quotient: Callable
    step: float
    tolerance: float


METHODS = {
    "complex": Method(lambda f, h, here: f(1j * h).imag / h, 1e-30, 1e-12),
    "central": Method(lambda f, h, here: (f(h) - f(-h)) / (2 * h), EPS ** (1 / 3), 1e-7),
    "forward": Method(lambda f, h, here: (f(h) - here()) / h, EPS ** (1 / 2), 1e-5),
}


def numerical_gradient(cost, theta, method="central", step=None, progress=False):
    """The gradient of any function of parameters, one entry at a time::

        complex   Im C(θ + i h e_k) / h,                    error O(h²) and no cancellation: h can be 1e-30
        central   (C(θ + h e_k) - C(θ - h e_k)) / 2h,       error O(h²) + O(ε/h): about 1e-10 at the best h
        forward   (C(θ + h e_k) - C(θ)) / h,                error O(h) + O(ε/h): about 1e-8 at the best h

    Parameters
    ----------
    cost : callable
        ``cost(theta)`` returns one number. For "complex" it must be analytic: no abs, norm, maximum or float.
        NumPy warns (ComplexWarning) where an assignment discards the imaginary part.
    theta : ndarray, shape (P,), or any nest of dicts, lists and tuples of arrays
        Not modified: each call of ``cost`` gets its own copy, with the structure of theta and in double precision, for
        "complex" complex numbers of it.
        Messages call a nest ``params``, and its entries by their places in it, such as ``params["W1"]``.
    method : str
        "complex", "central" or "forward".
    step : float, optional
        h; None means the default of the method.
    progress : bool
        Show how many parameters are done, as training shows its epochs (see ``sgd``).

    Returns
    -------
    ndarray, shape (P,), float64
        Or a nest of the structure of theta.

    Raises
    ------
    TypeError, ValueError
        For an argument of another type, shape or range; for a cost that does not return one number; and for a cost that
        drops the imaginary part if the method is "complex". Exceptions raised by the cost propagate; a TypeError
        that it raises at complex parameters alone is explained.

    References
    ----------
    Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions.
    """
    arguments.takes("cost", arguments.instance("cost", cost, Callable, FUNCTION), FUNCTION)
    if not isinstance(theta, np.ndarray) or theta.ndim != 1:
        f = _on_vectors(theta, cost)
        return f.structure.nest(numerical_gradient(f.cost, f.structure.vector(theta), method, step, progress))
    rule = arguments.one_of("method", method, METHODS)
    h = rule.step if step is None else arguments.number("step", step, 0, above=True)
    theta = arguments.finite("theta", arguments.real("theta", arguments.vector("theta", theta, theta.size, "cost")))
    if theta.size == 0:
        raise ValueError("theta is empty: expected at least one parameter")
    if method != "complex" and (lost := theta[theta.astype(float) + h == theta]).size:
        raise ValueError(arguments.clinic("cures").of_lost_step(h, lost[0]))
    found = differences(cost, theta.astype(float), rule, h, range(theta.size), arguments.flag("progress", progress))
    if method == "complex":
        cost(theta.astype(float))  # an object that keeps what it computes is not left with complex numbers
    return found


def _on_vectors(params, cost, grad=None):
    """Functions of a nest of parameters as functions of one vector."""
    from .clinic.structures import OnVectors, Structure  # here, since whoever has a vector does not need it

    return OnVectors(Structure(params), cost, grad)


def differences(cost, theta, rule, h, entries, progress=False):
    """The quotients of a method for these entries of theta."""
    here = functools.cache(lambda: one_number(cost, theta.copy()))

    moved = lambda k, s: one_number(cost, theta + s * (np.arange(theta.size) == k))
    return np.array([rule.quotient(functools.partial(moved, k), h, here) for k in each(entries, progress, "parameter")])


def one_number(cost, point):
    """Return ``cost(point)`` as a Python number, and complex if the point is.

    Raises
    ------
    TypeError, ValueError
        If it is not one number, or has lost the imaginary part.
    """
    try:
        value = cost(point)
    except (TypeError, np.exceptions.ComplexWarning) as error:
        if not np.iscomplexobj(point):
            raise
        cost(point.real.copy())  # a cost that fails for real parameters as well raises its own error here
        raise TypeError(f"cost does not take complex parameters ({error}): {CURE}") from error
    if isinstance(value, tuple) and len(value) > 1:  # the cost and its gradient have no common shape
        raise TypeError(arguments.clinic("cures").of_cost(value, None))
    number, is_complex = arguments.array("what cost returned", value, "one number"), np.iscomplexobj(point)
    if number.size != 1 or number.dtype.kind not in ("iufc" if is_complex else "iuf"):
        raise TypeError(arguments.clinic("cures").of_cost(value, number))
    if is_complex and not np.iscomplexobj(number):
        raise TypeError(arguments.clinic("truth").no_slope.without_imaginary_part(cost, point, number.item(), CURE))
    return number.item()


def relative_error(a, b):
    """‖a - b‖ / max(‖a‖, ‖b‖), and 0 if both are zero, NaN if an entry is NaN or infinite.

    There is no floor: two gradients that consist of rounding errors alone have a relative error of order 1.

    Raises
    ------
    TypeError, ValueError
        For arrays of different shapes, and for entries that are not numbers.
    """
    a, b = arguments.numeric("a", a, "numbers", kinds="biufc"), arguments.numeric("b", b, "numbers", kinds="biufc")
    if a.shape != b.shape:
        raise ValueError(f"a has shape {a.shape} and b has shape {b.shape}: expected the same")
    a, b = (x if x.dtype.kind in "fc" else x.astype(float) for x in (a, b))  # abs of the least int8, -128, is -128
    largest = np.maximum(abs(a).max(initial=0), abs(b).max(initial=0))  # NaN if one is; Python's max may lose it
    if not 0 < largest < math.inf:
        return 0.0 if largest == 0 else math.nan
    a, b = a / largest, b / largest  # the squares in the norms would underflow below 1e-162 and overflow above 1e154
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)))


@dataclasses.dataclass(frozen=True)
class Row:
    """One layer of a report: its error is ‖difference‖ / max norm within the layer; ``worst`` names its worst entry."""

    name: str
    size: int
    error: float
    worst: str


@dataclasses.dataclass(frozen=True, eq=False)
class Report:
    """What a gradient check found. Print it to see all results.

    Attributes
    ----------
    passed : bool
        Whether every row, and all parameters together, have an error of at most ``tolerance``, or as near as the two
        derivatives can tell; no function changed its argument; and the cost is the same number at each call.
    error : float
        ‖gradient - numerical‖ / max(‖gradient‖, ‖numerical‖) over all parameters.
    worst : str
        The parameter with the largest difference.
    rows : tuple of Row
        The same, a row for each layer, or for each array of a nest.
    changed : tuple of str
        Which of "cost" and "grad" changed the theta that they were given.
    kinks : tuple of str
        The parameters whose step moved a unit across the kink of its activation, where a difference quotient
        is not a derivative; always empty for "complex", which does not move, and for two functions, whose units are not
        known.
    method : str
        "complex", "central" or "forward".
    step : float
        The h of its quotient.
    tolerance : float
        The largest error that passes; that of a difference quotient is larger where the cost, or
        theta, has so many digits before the point that the difference of two loses what the step changes.
        It is at least 32 ε of theta's own type, 4e-6 for float32.
    gradient : ndarray
        What was checked; of a nest, its arrays one after the other, each row by row.
    numerical : ndarray
        What it was compared with, in the same order.
    undecided : tuple of str
        The rows whose gradient is below the error of the numerical derivative itself: a wrong one, or none at all,
        would look the same. In deep networks of sigmoids these are the first layers; "complex" decides them.
    remarks : tuple of str
        A sentence each: why the cost has no derivative, or the gradient few digits; and where the gradient of a nest
        had another shape or other keys and was understood all the same.
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
    undecided: tuple = ()
    remarks: tuple = ()

    def __repr__(self):
        verdict, names = "passed" if self.passed else "FAILED", ", ".join(self.undecided)
        lines = [f"gradient check {verdict} ({self.method} step): relative error {self._shown(self.error)}"]
        lines[0] += f"; not decided for {names}" if names else ""
        for row in self.rows:
            worst = "" if row.error <= self.tolerance else f", worst at {row.worst}"
            worst = ", not decided" if row.name in self.undecided else worst
            size, error = arguments.count(row.size, "parameter"), self._shown(row.error)
            lines.append(f"  {row.name:<9} {size:>17}   error {error}{worst}")
        cure = "run the forward pass on theta as it came; zero biases only in a copy for the penalty"
        lines += [f"  {name} changes the theta that it is given:\n    {cure}" for name in self.changed]
        if self.undecided:
            reason = {"complex": "rounding errors"}.get(self.method, "the error of this quotient: use method='complex'")
            lines.append(f"  the gradient of {names} is smaller than {reason}")
        if self.kinks:
            steps = f"{len(self.kinks)} of {len(self.gradient)} steps cross{'es' * (len(self.kinks) == 1)} a kink"
            first = f"{', '.join(self.kinks[:3])}{', …' * (len(self.kinks) > 3)}"
            lines.append(f"  {steps}, where this is not a derivative ({first}): compare method='complex'")
        return "\n".join(lines + [textwrap.fill("  " + text, 98, subsequent_indent="    ") for text in self.remarks])

    def _shown(self, error):
        """Errors within the tolerance are rounding, which differs between machines: the next power of ten is shown."""
        return f"below 1e{math.ceil(math.log10(max(error, 1e-15))):03d}" if error <= self.tolerance else f"{error:.1e}"


def check_gradient(net, theta, X, Y=None, lam=0.0, method="complex", step=None, grad=None, progress=False):
    """Compare a gradient with a numerical derivative of its cost.

    ``check_gradient(net, theta, X, Y)`` checks a network's ``grad`` against its ``cost``;
    ``check_gradient(net, theta, X, Y, grad=mine)`` checks a gradient of your own against the network's ``cost``;
    ``check_gradient(cost, grad, params)`` checks any two functions of a vector, which has no layers and gives one row,
    or of a nest of dicts, lists and tuples of arrays, which has a row for each array, under its owner's name.

    Parameters
    ----------
    net, theta, X, Y, lam
        As for ``Network.cost``; or, in their places, two callables and the parameters at which to check them.
    method, step, progress
        As for ``numerical_gradient``; the step of "complex" is from 1e-200 to 1e-8, or a gradient of zeros might pass.
    grad : callable or ndarray, optional
        ``grad(theta)`` returns the gradient, a vector laid out as theta; or that vector itself.

    Returns
    -------
    Report
        ``passed``, ``error``, ``worst``, a row for each layer, and more. Print it to see all results.

    Raises
    ------
    TypeError, ValueError
        As ``numerical_gradient``; if the gradient has another shape or structure than the parameters; and if a
        difference quotient has the gradient's slope, and the complex step another, since the cost is not analytic.
    """
    if not isinstance(net, Network):
        if not callable(net) or not callable(theta):
            expected = "expected check_gradient(net, theta, X, Y) with a Network, or check_gradient(cost, grad, theta)"
            raise TypeError(f"net is of type {type(net).__name__}: {expected} with two functions")
        if Y is not None or lam != 0 or grad is not None:
            expected = "expected two functions that hold their data, such as lambda theta: cost(theta, X, Y)"
            raise TypeError(f"check_gradient(cost, grad, theta) takes no Y, no lam and no further grad: {expected}")
        arguments.takes("cost", net, FUNCTION), arguments.takes("grad", theta, FUNCTION)
        return _check_functions(net, theta, X, (method, step, progress))
    if Y is None:
        raise TypeError("Y is missing: expected check_gradient(net, theta, X, Y)")
    p, X, Y = net.checked(theta, X, Y)
    cost, mine = (functools.partial(of, X=X, Y=Y, lam=arguments.number("lam", lam, 0)) for of in (net.cost, net.grad))
    if grad is not None:
        if callable(grad):
            arguments.takes("grad", grad, "a function of theta alone, such as lambda theta: net.grad(theta, X, Y)")
        mine = grad if callable(grad) else lambda theta: grad
    blocks = [(f"Theta[{l}]", Theta.size) for l, Theta in enumerate(p.Theta) if l]
    report = _compare(cost, mine, theta, (method, step, progress), blocks, p.name_of)
    report = _judged(report, theta, cost, lambda: arguments.clinic("truth").rounding_of(net, theta, X, Y))
    return report if method == "complex" else arguments.clinic("truth").with_kinks(report, net, theta, X, p, progress)


def _check_functions(cost, grad, params, how):
    if isinstance(params, np.ndarray) and params.ndim == 1:
        theta = arguments.vector("theta", params, params.size, "cost")
        report = _compare(cost, grad, theta, how, [("theta", theta.size)], "theta[{}]".format)
        return _judged(report, theta, cost, (lambda: np.zeros(theta.size)) if how[0] == "complex" else None)
    f = _on_vectors(params, cost, grad)
    theta, s = f.structure.vector(params), f.structure
    report = _compare(f.cost, f.grad, theta, how, [block[:2] for block in s.blocks], s.name_of, s.dtype)
    rounding = np.full(theta.size, np.finfo(s.dtype).eps * abs(report.numerical).max())
    report = _judged(report, theta, f.cost, lambda: rounding)
    return dataclasses.replace(report, remarks=report.remarks + f.remarks)


def _compare(cost, grad, theta, how, blocks, name_of, dtype=None):
    numerical, (method, step, _) = numerical_gradient(cost, theta, *how), how
    given = {"cost": theta.copy(), "grad": theta.copy()}
    value, *again = (one_number(cost, point) for point in (given["cost"], theta.copy(), theta.copy()))
    random = any(abs(other - value) > 1e-12 * abs(value) for other in again)
    gradient = arguments.numeric("what grad returned", grad(given["grad"]), "an array of real numbers", kinds="iuf")
    changed = tuple(name for name, point in given.items() if not np.array_equal(point, theta))
    if gradient.shape != theta.shape:
        raise ValueError(f"grad returned shape {gradient.shape}, but theta has shape {theta.shape}: expected the same")
    step = METHODS[method].step if step is None else float(step)
    if method == "complex" and not 1e-200 <= step <= 1e-8:  # its error is step², and below, numbers lose their digits
        raise ValueError(f"step={step:g}: expected 1e-200 to 1e-08 for method='complex', or None, which takes 1e-30")
    with np.errstate(all="ignore"):  # infinite entries are reported as a failure
        difference = abs(gradient - numerical)
        digits = abs(value) * theta.size**0.5 / np.linalg.norm(numerical) + abs(theta).max()  # lost by a quotient
    rows, start = [], 0
    for name, size in blocks:
        part, worst = slice(start, start + size), name_of(start + int(difference[start : start + size].argmax()))
        rows.append(Row(name, size, relative_error(gradient[part], numerical[part]), worst))
        start += size
    error, worst = relative_error(gradient, numerical), name_of(int(difference.argmax()))
    lost = 0.0 if method == "complex" else min(float(EPS / step * digits), 1e-3)
    # float32 rounds earlier
    tolerance = max(METHODS[method].tolerance, lost, 32 * float(np.finfo(dtype or theta.dtype).eps))
    passed = error <= tolerance and not changed and not random
    why = (arguments.clinic("no_slope").RANDOM,) if random else ()
    return Report(passed, error, worst, tuple(rows), changed, (), method, step, tolerance, gradient, numerical, (), why)


def _judged(report, theta, cost, rounding=None):
    """The report, and where it is in doubt what can be told of the reasons."""
    exact = report.method == "complex" and all(row.error <= report.tolerance for row in report.rows)
    return report if report.passed and exact else arguments.clinic("truth").judged(report, theta, cost, rounding)
