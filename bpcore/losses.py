"""Losses: one number a sample, its slope, and the exact form from the logits where the loss fits its output."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import arguments


@dataclass(frozen=True)
class Loss:
    """One loss: ``value(a, y)`` gives one number a sample; only ``Network.cost`` and ``Network.grad`` take the mean.

    Parameters
    ----------
    name : str
        What ``Network(loss=...)`` and files call it.
    value : callable
        ``value(a, y)`` with ``a`` and ``y`` of shape (m, K) returns shape (m,).
    slope : callable
        ``slope(a, y)`` is its derivative by ``a``, shape (m, K).
    link : str, optional
        The one output activation that the loss belongs to, where ∂loss/∂z is ``a - y``.
        Such a loss is refused with any other output; a loss without a link goes with all of them.
    from_logits : callable, optional
        ``from_logits(z, y)`` is the same number computed from the pre-activation of the link:
        finite, and exact to rounding, for every finite ``z``.
    targets : callable, optional
        ``targets(y)`` returns the rows that cannot be targets, as a mask (m,), and ``expects`` says what can.

    Raises
    ------
    TypeError, ValueError
        For a field of another type, and for a link without ``from_logits``.
    """

    name: str
    value: Callable
    slope: Callable
    link: str | None = None
    from_logits: Callable | None = None
    targets: Callable | None = None
    expects: str = ""

    def __post_init__(self):
        arguments.fields(self)
        if self.link and not self.from_logits:
            raise ValueError(
                f"from_logits is missing: expected a function, since the loss has link={arguments.shown(self.link)}"
            )


def _cross_entropy_from_sigmoid_logits(z, y):
    """Σ_k log(1 + exp(-|z_k|)) + z_k ([z_k > 0] - y_k), which loses no digit for labels 0 and 1."""
    positive = z.real > 0
    return (np.log1p(np.exp(np.where(positive, -z, z))) + z * (positive - y)).sum(axis=1)


def _cross_entropy_from_softmax_logits(z, y):
    """log Σ_j exp(z_j) - Σ_k y_k z_k, for rows of y that sum to 1, counted from the row's largest logit."""
    below = z - z.real.max(axis=1, keepdims=True)
    ratio, smaller = np.exp(below), below.real < 0
    others = np.where(smaller, ratio, 0).sum(axis=1) + (
        np.where(smaller, 0, ratio).sum(axis=1) - 1
    )  # no small one drowns in the 1
    return np.log1p(others) - (y * below).sum(axis=1)


def _not_a_probability(y):
    return ((y < 0) | (y > 1)).any(axis=1)


def _not_a_distribution(y):
    rounding = (
        8 * y.shape[1] * np.finfo(np.float32).eps
    )  # float32 rows that sum to 1 still do so after their conversion
    return _not_a_probability(y) | (abs(y.sum(axis=1) - 1) > rounding)


LOSSES = {
    record.name: record
    for record in (
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
        ),
        Loss(
            "cross_entropy",
            value=lambda a, y: -(y * np.log(a)).sum(axis=1),
            slope=lambda a, y: -y / a,
            link="softmax",
            from_logits=_cross_entropy_from_softmax_logits,
            targets=_not_a_distribution,
            expects="rows of probabilities that sum to 1 (one_hot makes them from labels)",
        ),
    )
}
