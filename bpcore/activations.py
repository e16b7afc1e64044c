"""Activation functions: the formula, its derivative, and the step of the chain rule through it."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments
from .records import Record, register


@dataclass(frozen=True)
class Activation(Record):
    """One activation: ``a = f(z)`` and its derivative.

    Parameters
    ----------
    name : str
        Its name in ``Network(hidden=..., output=...)`` and in files.
    f : callable
        ``f(z, out=None)`` returns ``a`` of the shape of ``z``, which holds floating-point numbers, one sample a row,
        written into ``out`` if that is given.
        For the complex step it must also accept complex ``z``, without abs or maximum: branch on ``z.real``.
    df : callable, optional
        ``df(z, a)`` returns the elementwise derivative f'(z), as numbers or as True and False. It gets the
        pre-activation z and the activation a = f(z), so that neither is mistaken for the other.
    vjp : callable, optional
        ``vjp(z, a, g)`` returns ``g`` times the Jacobian, for an activation whose outputs depend on the whole row of z.
        Give exactly one of ``df`` and ``vjp``.
    kink : bool
        True if the derivative jumps at ``z = 0``.

    Raises
    ------
    TypeError, ValueError
        For a field of another type, for both or neither of df and vjp, and for a function that takes other arguments
        or, tried on a few samples when the record is made, returns another shape.
    """

    name: str
    f: Callable
    df: Callable | None = None
    vjp: Callable | None = None
    kink: bool = False

    def pull(self, z, a, out):
        """Turn ``out`` from ∂ℓ/∂a into ∂ℓ/∂z, in place.

        All three have shape (m, n), one sample a row.
        """
        if self.vjp:
            out[...] = self.vjp(z, a, out)
        elif self.df is not _slope_of_identity:  # whose slope is 1
            out *= self.df(z, a)


# as an array, since NumPy would convert a Python number at every call, which takes longer than a small layer
constant = functools.cache(np.array)
ONE = {char: constant(1, char) for char in np.typecodes["AllFloat"]}
_slope_of_identity = lambda z, a: np.ones_like(z)


def _sigmoid(z, out=None):
    """1 / (1 + e⁻ᶻ), the logistic function: where e⁻ᶻ overflows, 1 / ∞ is 0, as it should be."""
    if out is None:  # whoever gives ``out`` has silenced the warning, which takes longer than a small layer
        return np.errstate(over="ignore")(_sigmoid)(z, np.empty_like(z))
    if (char := z.dtype.char) in "FDG":  # of complex numbers, 1 / ∞ is NaN
        return np.add(np.tanh(z / 2) / 2, 0.5, out=out)
    np.exp(np.negative(z, out), out)
    return np.divide(ONE[char], np.add(ONE[char], out, out), out)


def _relu(z, out=None):
    if np.iscomplexobj(z):
        return np.multiply(z, z.real > 0, out=out)
    return np.maximum(z, constant(0.0, z.dtype.char), out=out)


def _softmax(z, out=None):
    """exp(z_k) / Σ_j exp(z_j) along each row; subtracting the largest z_j first only prevents overflow."""
    e = np.exp(np.subtract(z, z.real.max(axis=1, keepdims=True), out), out)
    e /= e.sum(axis=1, keepdims=True)
    return e


def leaky_relu(slope=0.01):
    """The activation ``z`` for ``z > 0`` and ``slope * z`` elsewhere, as a record for ``Network(hidden=...)``.

    The same slope gives the same record, so that ``leaky_relu()`` is the one in ``ACTIVATIONS``.

    Raises
    ------
    TypeError, ValueError
        For a slope that is not a number with 0 ≤ slope < 1.
    """
    return _leaky_relu(arguments.number("slope", slope, 0, below=1))


@functools.cache
def _leaky_relu(slope):
    name = "leaky_relu" if slope == 0.01 else f"leaky_relu({slope})"
    return Activation(name, functools.partial(_leaky, slope), functools.partial(_leaky_slope, slope), kink=True)


def _leaky(slope, z, out=None):
    return np.multiply(z, _leaky_slope(slope, z), out=out)


def _leaky_slope(slope, z, a=None):
    return np.where(z.real > 0, 1, slope).astype(z.real.dtype)


ACTIVATIONS = register(
    Activation,
    Activation("identity", np.positive, _slope_of_identity),
    Activation("sigmoid", _sigmoid, lambda z, a: a * (ONE[a.dtype.char] - a)),
    Activation("tanh", np.tanh, lambda z, a: ONE[a.dtype.char] - a * a),
    Activation("relu", _relu, lambda z, a: z.real > constant(0.0, z.real.dtype.char), kink=True),
    leaky_relu(),
    Activation("softmax", _softmax, vjp=lambda z, a, g: a * (g - (g * a).sum(axis=1, keepdims=True))),
)
