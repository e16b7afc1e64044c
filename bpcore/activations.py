"""Activation functions: the formula, the derivative, and how each pulls a gradient back through itself."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments


@dataclass(frozen=True)
class Activation:
    """One activation: ``a = f(z)`` and its derivative.

    Parameters
    ----------
    name : str
        What ``Network(hidden=..., output=...)`` and files call it.
    f : callable
        ``f(z, out=None)`` returns ``a`` of the shape of ``z``, one sample a row, written into ``out`` where given.
        It must work on complex numbers as the analytic function that it is on real ones (branch on ``z.real``).
    df : callable, optional
        ``df(z, a)`` returns the derivative entry by entry: it sees the pre-activation and the activation,
        so that neither can be taken for the other.
    vjp : callable, optional
        ``vjp(z, a, g)`` returns ``g`` times the Jacobian, for an activation that mixes the entries of a row.
        Exactly one of ``df`` and ``vjp`` is given.
    kink : bool
        True where the derivative jumps at ``z = 0``.

    Raises
    ------
    TypeError, ValueError
        For a field of another type, and for both or none of df and vjp.
    """

    name: str
    f: Callable
    df: Callable | None = None
    vjp: Callable | None = None
    kink: bool = False

    def __post_init__(self):
        arguments.fields(self)
        if (self.df is None) == (self.vjp is None):
            raise ValueError(f"activation {self.name!r}: expected exactly one of df and vjp; give the one it has")

    def pull(self, z, a, g):
        """Turn ``g`` from ∂ℓ/∂a into ∂ℓ/∂z, in place.

        All three are (m, n), one sample a row.
        """
        if self.df:
            np.multiply(g, self.df(z, a), out=g)
        else:
            g[...] = self.vjp(z, a, g)


def _identity(z, out=None):
    return np.positive(z, out=out)


def _sigmoid(z, out=None):
    """½(1 + tanh(z/2)): the logistic function, in a form that cannot overflow."""
    a = np.multiply(z, 0.5, out=out)
    np.tanh(a, out=a)
    a *= 0.5
    a += 0.5
    return a


def _relu(z, out=None):
    if np.iscomplexobj(z):
        return np.multiply(z, z.real > 0, out=out)
    return np.maximum(z, 0, out=out)


def _softmax(z, out=None):
    """exp(z_k) / Σ_j exp(z_j) along each row; subtracting the row's largest entry first changes nothing but overflow."""
    e = np.subtract(z, z.real.max(axis=1, keepdims=True), out=out)
    np.exp(e, out=e)
    e /= e.sum(axis=1, keepdims=True)
    return e


def _softmax_vjp(z, a, g):
    return a * (g - (g * a).sum(axis=1, keepdims=True))


def leaky_relu(slope=0.01):
    """The activation ``z`` for ``z > 0`` and ``slope * z`` elsewhere, as a record for ``Network(hidden=...)``.

    Raises
    ------
    TypeError, ValueError
        For a slope that is no number from 0 up to, but not including, 1.
    """
    slope = arguments.number("slope", slope, 0, below=1)

    def df(z, a):
        return np.where(z.real > 0, 1, slope).astype(z.real.dtype)

    def f(z, out=None):
        return np.multiply(z, df(z, None), out=out)

    return Activation("leaky_relu" if slope == 0.01 else f"leaky_relu({slope})", f, df, kink=True)


ACTIVATIONS = {
    record.name: record
    for record in (
        Activation("identity", _identity, lambda z, a: np.ones_like(z)),
        Activation("sigmoid", _sigmoid, lambda z, a: a * (1 - a)),
        Activation("tanh", np.tanh, lambda z, a: 1 - a * a),
        Activation("relu", _relu, lambda z, a: z.real > 0, kink=True),
        leaky_relu(),
        Activation("softmax", _softmax, vjp=_softmax_vjp),
    )
}
