"""What the derivative of a cost is, entry by entry: by the complex step, or by differences at shrinking steps."""

import warnings

import numpy as np

from ..checking import numerical_gradient, one_number
from ..progress import each


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
    certain = np.zeros(theta.size)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            t = numerical_gradient(cost, theta, "complex", progress=progress)
    except Exception:  # a cost need not be written for complex numbers
        t = np.array([np.nan])
    if np.isfinite(t).all():
        agrees = lambda t, central, error, kink: (abs(t - central) <= 100 * error + 1e-6 * abs(t).max())[
            ~kink
        ].all()  # it is analytic
        across = [wave(np.arange(1, theta.size + 1)) * np.maximum(abs(theta), 1) for wave in (np.cos, np.sin)]
        along = [ladder(lambda s, v=v: cost(theta + s * v), np.zeros(1), (4, 5, 6, 7)) for v in across]
        kinks = any(kink[0] for _, _, kink in along)
        smooth = all(
            agrees(np.array([t @ v]), central, error, kink) for v, (central, error, kink) in zip(across, along)
        )
        if smooth and (not kinks or near(t)):  # an |x| has no slope in complex numbers, and a wrong gradient may agree
            return t, certain, certain == 0, "the complex step"
        central, error, kink = ladder(cost, theta, (5, 6, 7), progress=progress)
        if agrees(t, central, error, kink):
            return t, certain, ~kink, "the complex step"
    central, error, kink = ladder(cost, theta, (3, 4, 5, 6, 7), progress=progress)
    doubtful = np.flatnonzero(kink | ~(error <= 1e-10 * np.nanmax(abs(central), initial=0)))
    if doubtful.size:  # from a tenth down to 1e-9, for these entries alone
        central[doubtful], error[doubtful], kink[doubtful] = ladder(cost, theta, range(13), doubtful, progress)
    return central, error, ~kink & (error <= max(1e-4 * abs(central).max(), 1e-8)), "central differences"


def slopes_along(cost, theta, count):
    """The slopes of the cost along random directions, their errors, and the directions, a row each."""
    rng = np.random.default_rng(0)
    directions = rng.standard_normal((count, theta.size)) / np.sqrt(theta.size)
    found = [ladder(lambda s, v=v: cost(theta + s * v), np.zeros(1), (3, 4, 5, 6, 7)) for v in directions]
    return np.array([slope[0] for slope, _, _ in found]), np.array([error[0] for _, error, _ in found]), directions
