"""Activations and losses of one's own: what is told where their functions take or return something else."""

import dataclasses

import numpy as np

from .. import arguments
from ..activations import Activation


def refuse_misfits(record):
    """Try the functions of an activation or a loss on a few samples; one that raises is left to training.

    Raises
    ------
    TypeError
        For a function that takes other arguments.
    ValueError
        For one that returns another shape, and for fields that do not go together.
    """
    refuse = _refuse_activation if isinstance(record, Activation) else _refuse_loss
    with np.errstate(all="ignore"):
        refuse(record)


def untried(kind, **given):
    """An activation or a loss whose functions need no trial, since they are the clinic's own: it makes thousands."""
    record = object.__new__(kind)
    vars(record).update({field.name: field.default for field in dataclasses.fields(kind)} | given)
    return record


def _refuse_activation(record):
    if (record.df is None) == (record.vjp is None):
        expected = "expected exactly one of df and vjp, as df=lambda z, a: 1 - a * a"
        raise ValueError(f"activation {record.name!r}: {expected}")
    arguments.takes("f", record.f, "f(z, out=None), which writes a into out if that is given", out=None)
    if isinstance(record.df, np.ufunc) and record.df.nin == 1:  # what comes second is where it writes
        name = record.df.__name__
        raise TypeError(f"df is np.{name}, which would write into a: expected df(z, a), as lambda z, a: np.{name}(z)")
    if record.df:
        arguments.takes("df", record.df, "df(z, a), the derivative at z, where a = f(z)", 2)
    else:
        arguments.takes("vjp", record.vjp, "vjp(z, a, g), g times the Jacobian", 3)
    z = np.full((2, 3), 0.5)
    a = _came(lambda: record.f(z.copy(), out=np.empty_like(z)))
    if a is None:
        return
    _refuse_other_shape("f", a, z.shape, a.shape == z.shape, "that of z, also where a is written into out")
    if record.df:
        slope = _came(lambda: record.df(z.copy(), a.copy()))
    else:
        slope = _came(lambda: record.vjp(z.copy(), a.copy(), np.ones_like(z)))
    if slope is not None:
        fits = _broadcasts(slope, z.shape)
        _refuse_other_shape("df" if record.df else "vjp", slope, z.shape, fits, "that of z")


def _refuse_loss(record):
    if record.link and not record.from_logits:
        raise ValueError(f"from_logits is missing: expected a function, since link={arguments.shown(record.link)}")
    arguments.takes("value", record.value, "value(a, y), one number per sample", 2)
    arguments.takes("slope", record.slope, "slope(a, y), the derivative of value with respect to a", 2)
    if record.from_logits:
        arguments.takes("from_logits", record.from_logits, "from_logits(z, y), one number per sample", 2)
    if record.targets:
        arguments.takes("targets", record.targets, "targets(y), a mask of the rows that cannot be targets")
    values = {K: value for K in (2, 1) if (value := _of_three_samples(record, "value", K)) is not None}
    slopes = {K: slope for K in (2, 1) if (slope := _of_three_samples(record, "slope", K)) is not None}
    for K, value in [*values.items()][-1:]:  # a loss may be made for one output alone
        fits = any(value.shape == (3,) for value in values.values())
        _refuse_other_shape("value", value, (3, K), fits, "(3,), one number per sample")
    for K, slope in [*slopes.items()][-1:]:
        fits = any(_broadcasts(slope, (3, K)) for K, slope in slopes.items())
        _refuse_other_shape("slope", slope, (3, K), fits, "that of a")


def _of_three_samples(record, part, K):
    """What ``value`` or ``slope`` gives for three samples of K outputs, or None."""
    return _came(lambda: getattr(record, part)(np.full((3, K), 0.5), record.sample(np.random.default_rng(0), 3, K)))


def _came(call):
    """What a function returns, as an array; None where it raises, since it may be made for another number of units."""
    try:
        return np.asarray(call())
    except Exception:
        return None


def _broadcasts(array, shape):
    try:
        return array.dtype.kind in "biufc" and np.broadcast_shapes(array.shape, shape) == shape
    except ValueError:
        return False


def _refuse_other_shape(name, came, of, fits, expected):
    if not fits:
        given = f"shape {came.shape}" if came.dtype.kind in "biufc" else arguments.shown(came.tolist())
        raise ValueError(f"{name} returned {given} for an argument of shape {of}: expected {expected}")
