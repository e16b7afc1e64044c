"""What the derivative of a cost is, entry by entry: by the complex step, or by differences at shrinking steps."""

import dataclasses
import functools
import warnings

import numpy as np

from ..checking import CURE, METHODS, differences, numerical_gradient, one_number
from ..parameters import with_ones
from ..progress import each
from . import no_slope

GAINED = 64  # by how much smaller an error is in numbers of eleven bits more, which have lost digits as well
LOST = 1e-10  # of the sizes of the terms of a slope: more is no rounding of a cost that keeps its digits


def ladder(cost, theta, rungs, entries=None, progress=False):
    """Central differences at steps that shrink fivefold, extrapolated: derivative, error, and where there is a kink.

    ``entries`` are those of theta that are asked; None means all. ``progress`` shows how many of them are done.
    """
    entries = np.arange(theta.size) if entries is None else entries
    size = np.maximum(abs(theta), 1)
    h = 0.1 * 5.0 ** -np.asarray(rungs, float)[:, None] * size[entries]
    right, left = theta[entries] + h, theta[entries] - h

    def at(k, value):
        point = theta.copy()
        point[k] = value
        try:
            return float(one_number(cost, point))
        except (ArithmeticError, ValueError):  # a tenth away a cost may not be defined
            return np.nan

    with np.errstate(all="ignore"):
        here = float(one_number(cost, theta.copy()))
        costs = [
            [[at(entries[i], value) for value in end[:, i]] for end in (right, left)]
            for i in each(range(entries.size), progress, "parameter")
        ]
        up, down = np.array(costs).transpose(1, 2, 0)
        tiny = np.cos(np.arange(theta.size)) * size
        flat = [one_number(cost, theta + s * tiny) == here for s in (1e-12, 1e-11, 1e-10, 1e-6, 3e-6)]
        coarse = all(flat[:3]) and not all(flat)  # as a cost in float32 is
        noise = (
            4 * np.finfo(np.float32 if coarse else float).eps * np.maximum(abs(here), np.maximum(abs(up), abs(down)))
        )
        slope, bend = (
            (up - down) / (right - left),
            (up - 2 * here + down) / h,
        )  # bend: the slope to the right minus that to the left
        better = (25 * slope[1:] - slope[:-1]) / 24
        change = abs(np.diff(better, axis=0))
        error = np.maximum(np.vstack([change[:1], change]), np.vstack([change, change[-1:]])) + noise[1:] / h[1:]
        seen = abs(bend[:-1]) > 100 * noise[1:] / h[1:]  # on these rungs a smooth bend would be seen to shrink fivefold
        stays = seen & (abs(bend[1:]) > 0.5 * abs(bend[:-1]))  # and here it does not
        error += np.where(stays, abs(bend[1:]), 0)
        error[np.isnan(error)] = np.inf
        best, k = error.argmin(axis=0), np.arange(entries.size)
        kink = stays[len(seen) - 1 - seen[::-1].argmax(axis=0), k]
    return better[best, k], error[best, k], kink


def derivative(cost, theta, near, progress=False):
    """The cost's derivative, its error, which entries can be trusted, and how it was found.

    ``near(t)`` says whether to be content with the complex step at once.
    ``progress`` shows each pass over the parameters: one for the complex step, up to three of differences.
    """
    error, how = np.zeros(theta.size), "the complex step"
    across = [wave(np.arange(1, theta.size + 1)) * np.maximum(abs(theta), 1) for wave in (np.cos, np.sin)]
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            t = numerical_gradient(cost, theta, "complex", progress=progress)
            if not t.any() and no_slope.is_a_staircase(
                lambda at: one_number(cost, at), theta
            ):  # np.round drops the i h
                return t, error, np.ones(theta.size, bool), how
            if (digits_lost(cost, theta, across, t) > LOST * (abs(np.array(across)) @ abs(t))).any():
                cost, how = of_longer_numbers(cost), how + ", in numbers of more digits"
                short, t = t, numerical_gradient(cost, theta, "complex", progress=progress).astype(float)
                error += abs(t - short).max() / GAINED
    except Exception:  # a cost need not be written for complex numbers
        t = np.array([np.nan])
    if np.isfinite(t).all():
        agrees = lambda t, central, error, kink: (abs(t - central) <= 100 * error + 1e-6 * abs(t).max())[
            ~kink
        ].all()  # it is analytic
        along = [ladder(lambda s, v=v: cost(theta + s * v), np.zeros(1), (4, 5, 6, 7)) for v in across]
        kinks = any(kink[0] for _, _, kink in along)
        smooth = all(
            agrees(np.array([t @ v]), central, error, kink) for v, (central, error, kink) in zip(across, along)
        )
        if smooth and (not kinks or near(t)):  # an |x| has no slope in complex numbers, and a wrong gradient may agree
            return t, error, np.ones(theta.size, bool), how
        central, rough, kink = ladder(cost, theta, (5, 6, 7), progress=progress)
        if agrees(t, central, rough, kink):
            return t, error, ~kink, how
    central, error, kink = ladder(cost, theta, (3, 4, 5, 6, 7), progress=progress)
    doubtful = np.flatnonzero(kink | ~(error <= 1e-10 * np.nanmax(abs(central), initial=0)))
    if doubtful.size:  # from a tenth down to 1e-9, for these entries alone
        central[doubtful], error[doubtful], kink[doubtful] = ladder(cost, theta, range(13), doubtful, progress)
    return central, error, ~kink & (error <= max(1e-4 * abs(central).max(), 1e-8)), "central differences"


def with_kinks(report, net, theta, X, p, progress):
    """The report, and whose step moved a unit across its kink; ``p`` names the parameters."""
    kinked = [l for l in range(1, net.L + 1) if net.activations[l].kink]

    def sides(k, s):
        z = net.forward(theta + s * (np.arange(theta.size) == k), X).z
        return np.concatenate([(z[l] > 0).ravel() for l in kinked])

    back = -report.step if report.method == "central" else 0.0
    entries = each(range(theta.size * bool(kinked)), progress, "kink")
    crossed = [p.name_of(k) for k in entries if (sides(k, report.step) != sides(k, back)).any()]
    return dataclasses.replace(report, kinks=tuple(crossed))


def rounding_of(net, theta, X, Y):
    """The rounding error of the gradient: δ^l inherits that of δ^(l+1), and adds ε times what f' multiplies."""
    p, t = net.params(theta), net.backward(theta, net.forward(theta, X), Y)
    eps, f = np.finfo(theta.dtype).eps, net.activations
    delta, errors = eps * (abs(t.a[-1]) + abs(Y) if net.loss.link else abs(net.loss.slope(t.a[-1], Y))), []
    for l in range(net.L, 0, -1):
        errors.insert(0, (delta.T @ abs(with_ones(t.a[l - 1], theta.dtype)) / len(X)).ravel())
        if l > 1:
            slope = abs(f[l - 1].df(t.z[l - 1], t.a[l - 1])) if f[l - 1].df else 1
            delta = (delta @ abs(p.W[l])) * (slope + eps) + eps * abs(t.delta[l]) @ abs(p.W[l])
    return np.concatenate(errors)


def of_longer_numbers(cost):
    """The cost at the same parameters in numbers of more digits, where the machine has them."""
    return lambda theta: cost(theta.astype(np.clongdouble if np.iscomplexobj(theta) else np.longdouble))


def digits_lost(cost, theta, directions, numerical):
    """By how much the complex step along each direction is another in numbers of more digits.

    Where an output saturates, 1 - a has few digits left, and so has the complex step of log(1 - a), while a gradient
    may divide by the same 1 - a that it was multiplied by. Zero where a cost does not take such numbers, or is another
    at each call, as with dropout.
    """
    h = METHODS["complex"].step
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            longer = of_longer_numbers(cost)
            slopes, again = ([one_number(longer, theta + 1j * h * v).imag / h for v in directions] for _ in range(2))
    except Exception:  # linear algebra, for one, is not made for them
        return np.zeros(len(directions))
    lost = abs(np.array(slopes, float) - directions @ numerical)
    return np.where(np.isfinite(lost) & (np.array(slopes) == again), lost, 0.0)


def loss_of_digits(cost, theta, part, difference, numerical):
    """As ``digits_lost``, along the difference of a gradient and the complex step's in a part of theta.

    Where it is as long as the difference, the gradient is right, and the cost has lost the digits.
    """
    along = np.zeros(theta.size)
    along[part] = difference / np.linalg.norm(difference)
    return digits_lost(cost, theta, [along], numerical)[0]


def slopes_along(cost, theta, count):
    """The slopes of the cost along random directions, their errors, and the directions, a row each."""
    rng = np.random.default_rng(0)
    directions = rng.standard_normal((count, theta.size)) / np.sqrt(theta.size)
    found = [ladder(lambda s, v=v: cost(theta + s * v), np.zeros(1), (3, 4, 5, 6, 7)) for v in directions]
    return np.array([slope[0] for slope, _, _ in found]), np.array([error[0] for _, error, _ in found]), directions


def are_slopes(cost, gradient, place, count, close):
    """Whether a gradient gives the slopes of the cost along random directions; None where one of the two is not finite.

    ``close`` is how far off it may be, as a share of its terms.
    """
    if gradient.shape != place.shape or not np.isfinite(gradient).all():
        return None
    along, error, directions = slopes_along(cost, place, count)
    if not np.isfinite(along + error).all():
        return None
    return bool((abs(directions @ gradient - along) <= 100 * error + close * abs(directions) @ abs(gradient)).all())


def judged(report, theta, cost, rounding):
    """The report of a gradient check with each row judged by what is known of its errors, and the reasons of a failure.

    ``rounding()`` is the rounding error of the gradient, entry by entry; None says that the rows are not judged.
    """
    if report.remarks:  # the cost has no derivative
        return report
    if rounding is not None:
        report = _with_rows_judged(report, theta, cost, rounding)
    if report.passed or report.changed:
        return report
    one = functools.partial(one_number, cost)
    compared = report.gradient, report.numerical, report.method
    return dataclasses.replace(report, remarks=no_slope.why(one, theta.astype(float), *compared, CURE))


@np.errstate(all="ignore")  # an error that is not finite decides nothing
def _with_rows_judged(report, theta, cost, rounding):
    """Rows above the tolerance fail, unless they differ by no more than the error of the two derivatives themselves."""
    passed = report.passed or report.method == "complex" and not report.changed
    undecided, start, rule = [], 0, METHODS[report.method]
    noise = (
        0.0 if report.method == "complex" else abs(one_number(cost, theta.copy())) * np.finfo(float).eps / report.step
    )
    for row in report.rows:
        part, start = slice(start, start + row.size), start + row.size
        gradient, numerical = report.gradient[part], report.numerical[part]
        largest, error = max(np.linalg.norm(gradient), np.linalg.norm(numerical)), np.full(row.size, noise)
        if row.error > report.tolerance:
            error += rounding()[part]
            if report.method != "complex":  # truncation: twice the step has a larger one
                twice = differences(cost, theta.astype(float), rule, 2 * report.step, range(theta.size)[part])
                error += abs(twice - numerical)
            else:
                error += loss_of_digits(cost, theta, part, gradient - numerical, report.numerical)
        limit = 8 * np.linalg.norm(error)
        passed &= bool(row.error <= report.tolerance or np.linalg.norm(gradient - numerical) <= limit)
        if 0 < limit and largest <= limit:
            undecided.append(row.name)
    return dataclasses.replace(report, passed=passed, undecided=tuple(undecided))
