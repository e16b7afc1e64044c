"""Activations that programs have and the package does not, with constants that are solved for."""

import math
from dataclasses import dataclass

import numpy as np

from ..activations import Activation
from .own_records import untried

_erf = np.vectorize(math.erf, otypes=[float])
ROOT = math.sqrt(2 / math.pi)


def _sigmoid(t):
    return 0.5 * (1 + np.tanh(0.5 * t))


def _softplus(t):
    return np.logaddexp(0, t)


def _left(t):
    """exp of what is below zero; above, where another branch is taken, 1."""
    return np.exp(np.minimum(t, 0))


def _inner(z):
    return ROOT * (z + 0.044715 * z**3)


def _gelu_slope(z):
    t = np.tanh(_inner(z))
    return 0.5 * (1 + t) + 0.5 * z * (1 - t * t) * ROOT * (1 + 3 * 0.044715 * z * z)


def _silu_slope(z, c):
    s = _sigmoid(c * z)
    return s + c * z * s * (1 - s)


def _mish_slope(z):
    t = np.tanh(_softplus(z))
    return t + z * (1 - t * t) * _sigmoid(z)


def _hard_swish_slope(z):
    return np.where(z < -3, 0, np.where(z > 3, 1, (2 * z + 3) / 6))


def written_into(out, a):
    """What an activation returns: a, in the memory of ``out`` where that is given."""
    if out is None:
        return a
    out[...] = a
    return out


@dataclass(frozen=True)
class Family:
    """Activations that differ in constants: ``f(z, *constants)``, the slope ``df``, and where the search begins."""

    name: str
    f: object
    df: object
    starts: tuple = ((),)
    kink: bool = False
    title: object = None  # of the constants: a plainer name, or None

    def with_constants(self, *constants):
        """The record for ``Network``; its name says the constants."""
        listed = ", ".join(f"{c:.6g}" for c in constants)

        def f(z, out=None):
            with np.errstate(all="ignore"):
                return written_into(out, self.f(z, *constants))

        name = f"{self.name}({listed})" if listed else self.name
        name = (self.title(*constants) if self.title else None) or name
        return untried(Activation, name=name, f=f, df=lambda z, a: self.df(z, *constants), kink=self.kink)


def _relu_times(c):
    return "relu" if c == 1 else f"{c:.6g} relu"


def _of_a_sum(name, f, df):
    """Of z plus a constant: a bias that is no parameter."""
    return Family(f"{name} of z plus", lambda z, c: f(z + c), lambda z, c: df(z + c), ((1.0,),), name == "relu")


FAMILIES = (
    _of_a_sum("sigmoid", _sigmoid, lambda z: _sigmoid(z) * (1 - _sigmoid(z))),
    _of_a_sum("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    _of_a_sum("relu", lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    Family("power", lambda z, c: np.exp(c * z), lambda z, c: c * np.exp(c * z), ((1.0,), (0.7,))),
    Family(
        "piecewise linear",
        lambda z, w, c: np.where(abs(z) <= w, z / (2 * w) + 0.5, np.where(z < 0, c * (z + w), c * (z - w) + 1)),
        lambda z, w, c: np.where(abs(z) <= w, 1 / (2 * w), c),
        ((1.0, 0.01), (1.0, 0.1)),
        True,
        lambda w, c: f"hard sigmoid({0.5 / w:.6g})" if c == 0 else None,
    ),
    Family(
        "leaky_relu",
        lambda z, c: np.where(z > 0, z, c * z),
        lambda z, c: np.where(z > 0, 1, c),
        ((0.1,), (-0.3,), (-1.5,)),
        True,
    ),
    Family(
        "elu",
        lambda z, c: np.where(z > 0, z, c * (_left(z) - 1)),
        lambda z, c: np.where(z > 0, 1, c * _left(z)),
        ((1.0,),),
        True,
    ),
    Family("softplus", lambda z, c: _softplus(c * z) / c, lambda z, c: _sigmoid(c * z), ((1.0,), (8.0,))),
    Family("silu", lambda z, c: z * _sigmoid(c * z), _silu_slope, ((1.0,), (1.7,))),
    Family("gelu", lambda z: 0.5 * z * (1 + np.tanh(_inner(z))), _gelu_slope),
    Family(
        "exact gelu",
        lambda z: 0.5 * z * (1 + _erf(z / math.sqrt(2))),
        lambda z: 0.5 * (1 + _erf(z / math.sqrt(2))) + z * np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi),
    ),
    Family(
        "selu",
        lambda z, c, d: np.where(z > 0, c * z, d * (_left(z) - 1)),
        lambda z, c, d: np.where(z > 0, c, d * _left(z)),
        ((1.0507, 1.7581),),
        True,
        lambda c, d: _relu_times(c) if d == 0 else None,
    ),
    Family(
        "sigmoid of a multiple",
        lambda z, c: _sigmoid(c * z),
        lambda z, c: c * _sigmoid(c * z) * (1 - _sigmoid(c * z)),
        ((1.0,), (3.0,)),
    ),
    Family(
        "scaled tanh",
        lambda z, c, d: c * np.tanh(d * z),
        lambda z, c, d: c * d / np.cosh(np.clip(d * z, -300, 300)) ** 2,
        ((1.7159, 2 / 3), (1.0, 0.5), (1.0, 2.0)),
    ),
    Family(
        "scaled relu",
        lambda z, c, d: np.where(z > 0, c * z, d * z),
        lambda z, c, d: np.where(z > 0, c, d),
        ((0.5, 0.1), (1.0, -1.0), (1.0, -3.0), (2.0, 0.0), (0.01, 0.0)),
        True,
        lambda c, d: _relu_times(c) if d == 0 else None,
    ),
    Family(
        "elish",
        lambda z: np.where(z > 0, z, _left(z) - 1) * _sigmoid(z),
        lambda z: (
            _sigmoid(z) * np.where(z > 0, 1 + z * (1 - _sigmoid(z)), _left(z) + (_left(z) - 1) * (1 - _sigmoid(z)))
        ),
        kink=True,
    ),
    Family("hard swish", lambda z: z * np.clip(z + 3, 0, 6) / 6, _hard_swish_slope, kink=True),
    Family("lisht", lambda z: z * np.tanh(z), lambda z: np.tanh(z) + z * (1 - np.tanh(z) ** 2)),
    Family("tanh shrink", lambda z: z - np.tanh(z), lambda z: np.tanh(z) ** 2),
    Family(
        "soft shrink",
        lambda z, c: np.sign(z) * np.maximum(abs(z) - c, 0),
        lambda z, c: (abs(z) > c) * 1.0,
        ((0.5,), (0.1,)),
        True,
    ),
    Family("hard shrink", lambda z, c: z * (abs(z) > c), lambda z, c: (abs(z) > c) * 1.0, ((0.5,), (0.1,)), True),
    Family("log sigmoid", lambda z: -_softplus(-z), lambda z: _sigmoid(-z)),
    Family("bent identity", lambda z: (np.sqrt(z * z + 1) - 1) / 2 + z, lambda z: z / (2 * np.sqrt(z * z + 1)) + 1),
    Family(
        "celu",
        lambda z, c: np.where(z > 0, z, c * (_left(z / c) - 1)),
        lambda z, c: np.where(z > 0, 1, _left(z / c)),
        ((0.5,), (2.0,)),
        True,
    ),
    Family("elliot", lambda z: 0.5 * z / (1 + abs(z)) + 0.5, lambda z: 0.5 / (1 + abs(z)) ** 2),
    Family("inverse square root unit", lambda z: z / np.sqrt(1 + z * z), lambda z: (1 + z * z) ** -1.5),
    Family("cosine", np.cos, lambda z: -np.sin(z)),
    Family("squared relu", lambda z: np.maximum(z, 0) ** 2, lambda z: 2 * np.maximum(z, 0), kink=True),
    Family(
        "capped relu", lambda z, c: np.clip(z, 0, c), lambda z, c: ((z > 0) & (z < c)) * 1.0, ((1.0,), (2.0,)), True
    ),
    Family("bell", lambda z, c: np.exp(-c * z * z), lambda z, c: -2 * c * z * np.exp(-c * z * z), ((0.5,), (1.0,))),
    Family("logarithm", lambda z: np.sign(z) * np.log1p(abs(z)), lambda z: 1 / (1 + abs(z))),
    Family("mish", lambda z: z * np.tanh(_softplus(z)), _mish_slope),
    Family("softsign", lambda z: z / (1 + abs(z)), lambda z: 1 / (1 + abs(z)) ** 2),
    Family("arctan", np.arctan, lambda z: 1 / (1 + z * z)),
    Family("sine", np.sin, np.cos),
    Family("gaussian", lambda z: np.exp(-z * z), lambda z: -2 * z * np.exp(-z * z)),
    Family("square", lambda z: z * z, lambda z: 2 * z),
    Family("cube", lambda z: z**3, lambda z: 3 * z * z),
    Family("absolute value", abs, np.sign, kink=True),
    Family("exponential", lambda z: np.exp(np.minimum(z, 50)), lambda z: np.exp(np.minimum(z, 50))),
    Family("shifted sigmoid", lambda z: 2 * _sigmoid(z) - 1, lambda z: 2 * _sigmoid(z) * (1 - _sigmoid(z))),
    Family("hard tanh", lambda z: np.clip(z, -1, 1), lambda z: (abs(z) < 1) * 1.0, kink=True),
    Family("relu6", lambda z: np.clip(z, 0, 6), lambda z: ((z > 0) & (z < 6)) * 1.0, kink=True),
    Family(
        "hard sigmoid",
        lambda z, c: np.clip(c * z + 0.5, 0, 1),
        lambda z, c: c * (abs(c * z) < 0.5),
        ((0.2,), (0.25,), (1 / 6,)),
        kink=True,
    ),
    Family("arsinh", np.arcsinh, lambda z: 1 / np.sqrt(1 + z * z)),
    Family(
        "sigmoid of the tanh",
        lambda z: _sigmoid(np.tanh(z)),
        lambda z: _sigmoid(np.tanh(z)) * (1 - _sigmoid(np.tanh(z))) * (1 - np.tanh(z) ** 2),
    ),
    Family(
        "sigmoid of the relu",
        lambda z: _sigmoid(np.maximum(z, 0)),
        lambda z: _sigmoid(np.maximum(z, 0)) * (1 - _sigmoid(np.maximum(z, 0))) * (z > 0),
        kink=True,
    ),
    Family(
        "sigmoid of the sigmoid",
        lambda z: _sigmoid(_sigmoid(z)),
        lambda z: _sigmoid(_sigmoid(z)) * (1 - _sigmoid(_sigmoid(z))) * _sigmoid(z) * (1 - _sigmoid(z)),
    ),
    Family(
        "tanh of the relu",
        lambda z: np.tanh(np.maximum(z, 0)),
        lambda z: (1 - np.tanh(np.maximum(z, 0)) ** 2) * (z > 0),
        kink=True,
    ),
    Family(
        "tanh of the sigmoid",
        lambda z: np.tanh(_sigmoid(z)),
        lambda z: (1 - np.tanh(_sigmoid(z)) ** 2) * _sigmoid(z) * (1 - _sigmoid(z)),
    ),
)


def refined(family, start, residual):
    """Constants at which ``residual(*constants)``, a vector, is least: Gauss-Newton from ``start``; them and its size.

    Without constants there is nothing to refine.
    """
    constants = np.array(start, float)
    left = residual(*constants)
    size = float(np.linalg.norm(left))
    for _ in range(12 if constants.size and np.isfinite(size) else 0):
        steps = 1e-6 * np.maximum(abs(constants), 0.1)
        J = np.stack(
            [
                (residual(*(constants + h * unit)) - residual(*(constants - h * unit))) / (2 * h)
                for h, unit in zip(steps, np.eye(constants.size))
            ],
            axis=1,
        )
        if not np.isfinite(J).all():
            break
        move, gained = np.linalg.lstsq(J, -left, rcond=None)[0], False
        for damping in (1.0, 0.3, 0.1):
            at = constants + damping * move
            new = residual(*at)
            if np.isfinite(new).all() and np.linalg.norm(new) < size:
                constants, left, size, gained = at, new, float(np.linalg.norm(new)), True
                break
        if not gained or size < 1e-13:
            break
    return tuple(constants.tolist()), size
