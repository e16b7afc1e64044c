"""Checks of arguments: every message names the argument, what came, what is expected, and the cure."""
import math
import numbers

import numpy as np


def one_of(argument, value, known):
    """Return ``known[value]``, or say which names there are."""
    if isinstance(value, str) and value in known:
        return known[value]
    error = ValueError if isinstance(value, str) else TypeError
    raise error(f"{argument}={value!r} is not known: expected one of {', '.join(map(repr, known))}")


def number(argument, value, low, *, above=False, below=None):
    """Return the value as a finite float that is at least ``low`` (above it where ``above``) and, where given, below ``below``."""
    if not isinstance(value, numbers.Real) or isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{argument}={value!r} is a {type(value).__name__}: expected a number")
    given = value
    try:
        value = float(given)       # a NumPy scalar would turn float32 arithmetic into float64
    except OverflowError:
        value = math.inf
    if not low <= value < math.inf or (above and value == low) or (below is not None and value >= below):
        end = "" if below is None else f" and below {below}"
        raise ValueError(f"{argument}={given!r}: expected a finite number {'above' if above else 'at least'} {low}{end}")
    return value


def whole(argument, value, low, high=None, cure=""):
    """Return a whole number from ``low`` to ``high``."""
    if not isinstance(value, numbers.Integral) or isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{argument}={value!r} is a {type(value).__name__}: expected a whole number{cure}")
    if value < low or (high is not None and value > high):
        span = f"at least {low}" if high is None else f"from {low} to {high}"
        raise ValueError(f"{argument}={value!r}: expected a whole number {span}{cure}")
    return int(value)


def finite(argument, array):
    """Return the array, or say how many entries are NaN or infinite and where the first one is."""
    good = np.isfinite(array)
    if not good.all():
        where = np.argwhere(~good)[0].tolist()
        raise ValueError(f"{argument} has {(~good).sum()} entries that are NaN or infinite, the first at {where}: "
                         f"expected finite numbers; remove or replace them")
    return array


def real(argument, array):
    """Return the array, unless it is complex."""
    if np.iscomplexobj(array):
        raise TypeError(f"{argument} has dtype {array.dtype}: expected real numbers; {argument}.real drops the imaginary part")
    return array


def vector(argument, theta, size, owner):
    """Return theta, a NumPy vector of ``size`` floating-point numbers."""
    if not isinstance(theta, np.ndarray) or theta.dtype.kind not in "fc":
        kind = f"an array of {theta.dtype}" if isinstance(theta, np.ndarray) else f"a {type(theta).__name__}"
        raise TypeError(f"{argument} is {kind}: expected a NumPy vector of floating-point numbers; "
                        f"net.init(seed) makes one, np.asarray({argument}, dtype=float) converts")
    if theta.shape != (size,):
        raise ValueError(f"{argument} has shape {theta.shape}, but {owner} has {size} parameters: expected ({size},)")
    return theta


def matrix(argument, values, columns, what, dtype, cure):
    """Return values as a finite (m, columns) array of ``dtype``, one sample a row."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{argument} is not a table of numbers: expected rows of equal length ({error})") from None
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{argument} has dtype {array.dtype}: expected real numbers, one sample a row; "
                        f"np.asarray({argument}, dtype=float) converts where it can")
    if array.size == 0:
        raise ValueError(f"{argument} has shape {array.shape}: expected at least one sample")
    if array.ndim != 2 or array.shape[1] != columns:
        one_sample = array.shape == (columns,) and columns > 1
        expected = (1 if one_sample or array.ndim == 0 else len(array), columns)
        if array.ndim == 2 and len(array) == columns:
            expected, cure = array.shape[::-1], f"{argument}.T turns columns into rows"
        elif array.size == expected[0] * columns:
            cure = f"{argument}.reshape{expected} if the values are in that order"
        raise ValueError(f"{argument} has shape {array.shape}, but the network has {columns} {what}{'s' * (columns > 1)}: "
                         f"expected {expected}, one sample a row; {cure}")
    with np.errstate(over="ignore"):
        return finite(argument, np.asarray(array, dtype))
