"""Checks of arguments: every message names the argument, what came, what is expected, and the cure."""

import dataclasses
import math
import numbers
import operator

import numpy as np

MOST = 2**31 - 1  # units in a layer, classes: more than any memory holds


def shown(value):
    """What the value looks like, in a line; where it cannot say, its type."""
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= 200 else text[:200] + "…"


def one_of(argument, value, known):
    """Return ``known[value]``, or say which names there are."""
    if isinstance(value, str) and value in known:
        return known[value]
    error = ValueError if isinstance(value, str) else TypeError
    raise error(f"{argument}={shown(value)} is not known: expected one of {', '.join(map(repr, known))}")


def instance(argument, value, kind, expected):
    """Return the value, which is a ``kind``."""
    if not isinstance(value, kind):
        raise TypeError(f"{argument}={shown(value)} is a {type(value).__name__}: expected {expected}")
    return value


def fields(record):
    """Hold each field of a dataclass against its annotation."""
    for field in dataclasses.fields(record):
        instance(field.name, getattr(record, field.name), field.type, getattr(field.type, "__name__", field.type))


def flag(argument, value):
    """Return True or False."""
    return bool(instance(argument, value, (bool, np.bool_), "True or False"))


def items(argument, value, expected):
    """Return what the value holds, as a list."""
    try:
        if not isinstance(
            value, (bytes, bytearray, memoryview, set, frozenset)
        ):  # which hold numbers, but not in a row
            return list(value)
    except Exception:
        pass
    raise TypeError(f"{argument}={shown(value)} is a {type(value).__name__}: expected {expected}")


def number(argument, value, low, *, above=False, below=None):
    """Return the value as a finite float that is at least ``low`` (above it where ``above``) and, where given, below ``below``."""
    if not isinstance(value, numbers.Real) or isinstance(value, (bool, np.bool_, np.timedelta64)):
        raise TypeError(f"{argument}={shown(value)} is a {type(value).__name__}: expected a number")
    given = value
    try:
        value = float(given)  # a NumPy scalar would turn float32 arithmetic into float64
    except Exception:  # too large, or of a type whose conversion fails
        value = math.nan
    if not low <= value < math.inf or (above and value == low) or (below is not None and value >= below):
        end = "" if below is None else f" and below {below}"
        raise ValueError(
            f"{argument}={shown(given)}: expected a finite number {'above' if above else 'at least'} {low}{end}"
        )
    return value


def whole(argument, value, low, high=None, cure=""):
    """Return a whole number from ``low`` to ``high``."""
    try:
        number = None if isinstance(value, (bool, np.ndarray)) else operator.index(value)
    except Exception:
        number = None
    if number is None:
        raise TypeError(f"{argument}={shown(value)} is a {type(value).__name__}: expected a whole number{cure}")
    if number < low or (high is not None and number > high):
        span = f"at least {low}" if high is None or number < low and high == MOST else f"from {low} to {high}"
        raise ValueError(f"{argument}={shown(value)}: expected a whole number {span}{cure}")
    return number


class _Layers(tuple):
    """Sizes that have been looked at, which every forward pass hands on: looking again would cost it a twentieth."""


def layers(sizes):
    """Return the units of each layer as a tuple of whole numbers."""
    if type(sizes) is _Layers:
        return sizes
    if type(sizes) is not tuple:
        sizes = tuple(items("sizes", sizes, "the units of each layer, such as (2, 4, 1)"))
    if len(sizes) < 2:
        raise ValueError(f"sizes={shown(sizes)}: expected at least the inputs and one layer, such as (2, 1)")
    return _Layers(whole(f"sizes[{l}]", n, 1, MOST) for l, n in enumerate(sizes))


def array(argument, values, expected):
    """Return values as an array, unless they make none or some of them are masked."""
    try:
        made = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{argument} is no array: expected {expected} ({error})") from None
    except Exception as error:
        raise TypeError(
            f"{argument} is a {type(values).__name__} that makes no array ({error!r}): expected {expected}"
        ) from None
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(
            f"{argument} is a masked array: expected {expected}, as a plain array; {argument}.filled(number) makes one"
        )
    return made


def numeric(argument, values, expected, ndim=None, kinds="biuf"):
    """Return values as an array of numbers whose dtype is of these kinds, with ``ndim`` axes where given."""
    made = array(argument, values, expected)
    if made.dtype.kind not in kinds:
        raise TypeError(
            f"{argument} has dtype {made.dtype}: expected {expected}; np.asarray({argument}, dtype=float) converts where it can"
        )
    if ndim is not None and made.ndim != ndim:
        raise ValueError(f"{argument} has shape {made.shape}: expected {expected}")
    return made


def finite(argument, array):
    """Return the array, or say how many entries are NaN or infinite and where the first one is."""
    good = np.isfinite(array)
    if not good.all():
        where = np.argwhere(~good)[0].tolist()
        raise ValueError(
            f"{argument} has {(~good).sum()} entries that are NaN or infinite, the first at {where}: "
            f"expected finite numbers; remove or replace them"
        )
    return array


def real(argument, array):
    """Return the array, unless it is complex."""
    if np.iscomplexobj(array):
        raise TypeError(
            f"{argument} has dtype {array.dtype}: expected real numbers; {argument}.real drops the imaginary part"
        )
    return array


def vector(argument, theta, size, owner):
    """Return theta, a NumPy vector of ``size`` floating-point numbers."""
    if not isinstance(theta, np.ndarray) or theta.dtype.kind not in "fc" or isinstance(theta, np.ma.MaskedArray):
        kind = f"an array of {theta.dtype}" if type(theta) is np.ndarray else f"a {type(theta).__name__}"
        raise TypeError(
            f"{argument} is {kind}: expected a NumPy vector of floating-point numbers; "
            f"net.init(seed) makes one, np.asarray({argument}, dtype=float) converts"
        )
    if theta.shape != (size,):
        raise ValueError(f"{argument} has shape {theta.shape}, but {owner} has {size} parameters: expected ({size},)")
    return theta


def matrix(argument, values, columns, what, dtype, cure):
    """Return values as a finite (m, columns) array of ``dtype``, one sample a row."""
    array = numeric(argument, values, "real numbers, one sample a row, in rows of equal length")
    if array.size == 0:
        raise ValueError(f"{argument} has shape {array.shape}: expected at least one sample")
    if array.ndim != 2 or array.shape[1] != columns:
        one_sample = array.shape == (columns,) and columns > 1
        expected = (1 if one_sample or array.ndim == 0 else len(array), columns)
        if array.ndim == 2 and len(array) == columns:
            expected, cure = array.shape[::-1], f"{argument}.T turns columns into rows"
        elif array.size == expected[0] * columns:
            cure = f"{argument}.reshape{expected} if the values are in that order"
        raise ValueError(
            f"{argument} has shape {array.shape}, but {what}{'s' * (columns > 1)}: "
            f"expected {expected}, one sample a row; {cure}"
        )
    with np.errstate(over="ignore"):
        return finite(argument, np.asarray(array, dtype))
