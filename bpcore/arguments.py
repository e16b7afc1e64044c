"""Checks of arguments: each error names the argument, what was given, what is expected, and the cure."""

import dataclasses
import importlib
import inspect
import math
import numbers
import operator
from collections.abc import Callable, Mapping

import numpy as np

MOST = 2**31 - 1  # units in a layer, classes: more than any memory holds


def shown(value):
    """The value as Python shows it, cut after 200 characters."""
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"


def count(number, noun):
    """The number and its noun: "1 entry", "2 entries"."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"


def wrong_type(argument, value, expected):
    """The error for a value of the wrong type."""
    return TypeError(f"{argument}={shown(value)} ({type(value).__name__}): expected {expected}")


def one_of(argument, value, known):
    """Return ``known[value]``, or list the known names."""
    expected = f"one of {', '.join(map(repr, known))}"
    if not isinstance(value, str):
        raise wrong_type(argument, value, expected)
    if value not in known:
        raise ValueError(f"{argument}={shown(value)} is not known: expected {expected}")
    return known[value]


def instance(argument, value, kind, expected):
    """Return the value if it is an instance of ``kind``."""
    if not isinstance(value, kind):
        raise wrong_type(argument, value, expected)
    return value


def function(argument, value):
    """Return the value if it is a function or None."""
    return instance(argument, value, Callable | None, "a function or None")


def takes(argument, function, expected, places=1, **named):
    """Refuse a function that cannot be called with so many arguments, and these named ones."""
    try:
        inspect.signature(function).bind(*[None] * places, **named)
    except TypeError as error:
        raise TypeError(f"{argument} takes other arguments ({error}): expected {expected}") from None
    except ValueError:  # compiled functions need not say what they take
        pass


WORDS = {str: "text", str | None: "text or None", bool: "True or False"}  # for what a field may be
WORDS |= {Callable: "a function", Callable | None: "a function or None"}


def fields(record):
    """Check the type of each field of a dataclass against its annotation."""
    for field in dataclasses.fields(record):
        instance(field.name, getattr(record, field.name), field.type, WORDS[field.type])


def flag(argument, value):
    """Return True or False."""
    return bool(instance(argument, value, (bool, np.bool_), "True or False"))


def items(argument, value, expected):
    """Return the items of the value as a list."""
    if isinstance(value, (bytes, bytearray, memoryview, set, frozenset, Mapping)):  # in no order that was meant
        raise wrong_type(argument, value, expected)
    try:
        return list(value)
    except TypeError:
        raise wrong_type(argument, value, expected) from None


def number(argument, value, low, *, above=False, below=None):
    """Return the value as a finite float of at least ``low`` (or above it), and below ``below`` if that is given."""
    if not isinstance(value, numbers.Real) or isinstance(value, (bool, np.bool_, np.timedelta64)):
        raise wrong_type(argument, value, "a number")
    try:
        result = float(value)  # a NumPy float64 would turn float32 arithmetic into float64
    except OverflowError:
        result = math.inf
    if not low <= result < math.inf or (above and result == low) or (below is not None and result >= below):
        span = f"{'above' if above else 'of at least'} {low}" + ("" if below is None else f" and below {below}")
        raise ValueError(f"{argument}={shown(value)}: expected a finite number {span}")
    return result


def whole(argument, value, low, high=None, cure=""):
    """Return a whole number from ``low`` to ``high``."""
    if isinstance(value, (bool, np.ndarray)) or not hasattr(value, "__index__"):
        raise wrong_type(argument, value, f"a whole number{cure}")
    number = operator.index(value)
    if number < low or (high is not None and number > high):
        span = f"of at least {low}" if high is None or number < low and high == MOST else f"from {low} to {high}"
        raise ValueError(f"{argument}={shown(value)}: expected a whole number {span}{cure}")
    return number


def generator(argument, seed):
    """Return the random generator, or a new one from a whole number of at least 0."""
    known = isinstance(seed, np.random.Generator)
    return seed if known else np.random.default_rng(whole(argument, seed, 0, cure=", or a numpy.random.Generator"))


class _Layers(tuple):
    """Sizes that are already validated; validating them again would cost 5 % of a forward pass."""


def layers(sizes):
    """Return the number of units in each layer as a tuple of whole numbers."""
    if type(sizes) is _Layers:
        return sizes
    sizes = items("sizes", sizes, "the units of each layer, such as (2, 4, 1)")
    if len(sizes) < 2:
        raise ValueError(f"sizes={tuple(sizes)}: expected at least the inputs and one layer, such as (2, 1)")
    return _Layers(whole(f"sizes[{l}]", n, 1, MOST) for l, n in enumerate(sizes))


def clinic(module):
    """A module of the clinic, loaded where a message or a judgement needs it, and not on import."""
    return importlib.import_module(f"bpcore.clinic.{module}")


def array(argument, values, expected):
    """Return values as an array without a mask."""
    try:
        made = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{argument} is not an array: expected {expected} ({error})") from None
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(clinic("cures").masked(argument, expected))
    return made


def numeric(argument, values, expected, ndim=None, kinds="biuf"):
    """Return values as an array of numbers, with a dtype of these kinds and with ``ndim`` axes if that is given."""
    made = array(argument, values, expected)
    if made.size and made.dtype.kind not in kinds:  # an empty list has no numbers, and is told so
        raise TypeError(clinic("cures").not_numbers(argument, values, made, expected, kinds))
    if ndim is not None and made.ndim != ndim:
        flat = f"; np.ravel({argument}) flattens" if ndim == 1 and made.ndim else ""
        raise ValueError(f"{argument} has shape {made.shape}: expected {expected}{flat}")
    return made


def finite(argument, array):
    """Return the array if no entry is NaN or infinite."""
    good = np.isfinite(array)
    if not good.all():
        where, bad = np.argwhere(~good)[0].tolist(), (~good).sum()
        given = f"{count(bad, 'entry')} that {'is' if bad == 1 else 'are'} NaN or infinite, the first at {where}"
        raise ValueError(f"{argument} has {given}: expected finite numbers; remove or replace them")
    return array


def real(argument, array):
    """Return the array if it is not complex."""
    if np.iscomplexobj(array):
        raise TypeError(f"{argument} has dtype {array.dtype}: expected real numbers; {argument}.real has them")
    return array


def vector(argument, theta, size=None, owner=None):
    """Return theta, a NumPy vector of floating-point numbers, of this size if one is given."""
    expected = "expected a NumPy vector of floating-point numbers"
    if not isinstance(theta, np.ndarray) or isinstance(theta, np.ma.MaskedArray):
        raise TypeError(clinic("cures").no_vector(argument, theta, expected))
    if theta.dtype.kind not in "fc" or not theta.dtype.isnative or theta.dtype == np.float16:
        expected += " in the byte order of this machine, at least float32"  # in float16 Adam's eps is zero
        raise TypeError(clinic("cures").of_dtype(argument, theta, expected))
    if size is not None and theta.shape != (size,):
        given = f"{argument} has shape {theta.shape}, but {owner} has {count(size, 'parameter')}"
        raise ValueError(f"{given}: expected ({size},)")
    return theta


def matrix(argument, values, columns, owner, dtype, cure):
    """Return values as a finite (m, columns) array of ``dtype``, one sample a row; ``owner`` has these columns."""
    array = numeric(argument, values, "real numbers, one sample a row, in rows of equal length")
    name = argument if isinstance(values, np.ndarray) else f"np.asarray({argument})"  # lists have no .T
    if array.size == 0 and (array.ndim < 2 or not len(array)):
        raise ValueError(f"{argument} has shape {array.shape}: expected at least one sample")
    if array.ndim != 2 or array.shape[1] != columns:
        one_sample = array.shape == (columns,) and columns > 1
        expected = (1 if one_sample or array.ndim == 0 else len(array), columns)
        if array.ndim == 2 and array.size and len(array) == columns:
            expected, cure = array.shape[::-1], f"{name}.T turns columns into rows"
        elif array.size == expected[0] * columns:
            cure = f"{name}.reshape{expected} if the values are in that order"
        given = f"{argument} has shape {array.shape}, but {owner}{'s' * (columns > 1)}"
        raise ValueError(f"{given}: expected {expected}, one sample a row; {cure}")
    with np.errstate(over="ignore"):
        return finite(argument, np.asarray(array, dtype))
