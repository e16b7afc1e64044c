"""Losses: one number per sample, its derivative, and the exact form from the logits of the matching output."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .activations import constant
from .records import Record, register


@dataclass(frozen=True)
class Loss(Record):
    """One loss: ``value(a, y)`` gives one number per sample; whoever calls it takes the mean.

    Parameters
    ----------
    name : str
        Its name in ``Network(loss=...)`` and in files.
    value : callable
        ``value(a, y)`` with ``a`` and ``y`` of shape (m, K) returns shape (m,).
    slope : callable
        ``slope(a, y)`` is its derivative with respect to ``a``, shape (m, K).
    link : str, optional
        The name of the one output activation that the loss accepts, with which ∂loss/∂z is ``a - y``.
        A loss without a link accepts any output.
    from_logits : callable, optional
        ``from_logits(z, y)`` is the same number computed from the pre-activation z of the link:
        finite, and exact to rounding, for every ``z`` whose differences and sums are finite. Used only with a link.
    targets : callable, optional
        ``targets(y)`` returns a mask (m,) of the rows that cannot be targets.
    expects : str
        What can be, for the error message.
    sample : callable, optional
        ``sample(rng, m, K)`` draws m rows of K targets that the loss accepts; standard-normal numbers by default.

    Raises
    ------
    TypeError, ValueError
        For a field of another type, a link without ``from_logits``, a function but ``sample`` that takes other
        arguments, and a ``value`` or ``slope`` that, tried on a few samples when the record is made, returns
        another shape.
    """

    name: str
    value: Callable
    slope: Callable
    link: str | None = None
    from_logits: Callable | None = None
    targets: Callable | None = None
    expects: str = ""
    sample: Callable = lambda rng, m, K: rng.standard_normal((m, K))


def _cross_entropy_from_sigmoid_logits(z, y):
    """Σ_k log(1 + exp(-|z_k|)) + (max(z_k, 0) - y_k z_k), accurate to rounding for labels 0 and 1."""
    # of complex numbers, minimum and maximum compare the real parts first
    losses = np.minimum(z, -z)
    np.log1p(np.exp(losses, out=losses), out=losses)
    losses += np.maximum(z, constant(0.0, z.dtype.char)) - y * z
    return losses.sum(axis=1)


def _cross_entropy_from_softmax_logits(z, y):
    """log Σ_j exp(z_j) - Σ_k y_k z_k, for rows of y that sum to 1, with logits relative to the row's largest."""
    below = z - z.max(axis=1, keepdims=True)
    # the largest term, 1, is left to log1p: added to it, the small ones would lose their digits
    others = np.einsum("ij,ij->i", np.exp(below), below != 0)
    if np.count_nonzero(below == 0) > len(z):  # two of a row are the largest
        others += (below == 0).sum(axis=1) - 1
    return np.log1p(others) - np.einsum("ij,ij->i", y, below)


def _not_a_probability(y):
    return ((y < 0) | (y > 1)).any(axis=1)


def _not_a_distribution(y):
    # rows may have been float32, and sum to 1 only to its rounding
    rounding = 8 * y.shape[1] * np.finfo(np.float32).eps
    return _not_a_probability(y) | (abs(y.sum(axis=1) - 1) > rounding)


LOSSES = register(
    Loss,
    Loss("half_squared", value=lambda a, y: 0.5 * ((a - y) ** 2).sum(axis=1), slope=lambda a, y: a - y),
    Loss("mse", value=lambda a, y: ((a - y) ** 2).mean(axis=1), slope=lambda a, y: 2 * (a - y) / y.shape[1]),
    Loss(
        "binary_cross_entropy",
        value=lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum(axis=1),
        slope=lambda a, y: (a - y) / (a * (1 - a)),
        link="sigmoid",
        from_logits=_cross_entropy_from_sigmoid_logits,
        targets=_not_a_probability,
        expects="numbers from 0 to 1",
        sample=lambda rng, m, K: rng.integers(0, 2, (m, K)).astype(float),
    ),
    Loss(
        "cross_entropy",
        value=lambda a, y: -(y * np.log(a)).sum(axis=1),
        slope=lambda a, y: -y / a,
        link="softmax",
        from_logits=_cross_entropy_from_softmax_logits,
        targets=_not_a_distribution,
        expects="rows of probabilities that sum to 1 (one_hot makes them from labels)",
        sample=lambda rng, m, K: np.eye(K)[rng.integers(0, K, m)],
    ),
)
