"""An update that is linear in parameters and gradients: the numbers with which it adds those of the last steps."""

import itertools

import numpy as np

from ..least_squares import closest_sum
from .letters import in_letters, with_sign
from .running import differs

FEWEST = 2  # how many equations more than unknown numbers there must be


def recurrence(seen, settings, wrong, own):
    """The coefficients of θ ← θ + a (θ - θₜ₋₁) - b g - c gₜ₋₁ - d θ, the shortest that takes all steps.

    With θ of two steps before, where it must be. Before the first step there was no other: θₜ₋₁ is θ, gₜ₋₁ is 0.

    Parameters
    ----------
    seen : SimpleNamespace
    settings : dict
    wrong : ndarray of bool, shape (P,)
    own : sequence of str
        Which settings the rule has.

    Returns
    -------
    str or None
        The line, in letters where some fit.
    """
    if not np.isfinite(seen.path).all() or wrong.sum() < 1 + FEWEST:
        return None
    whole = np.vstack([seen.start, seen.path])
    theta = lambda k: whole[max(k, 0), wrong]
    g = lambda k: seen.gradients[k, wrong] if k >= 0 else np.zeros(wrong.sum())
    parts = {
        "g": g,
        "Δ": lambda k: theta(k) - theta(k - 1),
        "gₜ₋₁": lambda k: g(k - 1),
        "θ": theta,
        "Δₜ₋₁": lambda k: theta(k - 1) - theta(k - 2),
        "gₜ₋₂": lambda k: g(k - 2),
    }
    needed = np.concatenate([theta(k + 1) - theta(k) for k in range(len(seen.path))])
    made = {name: np.concatenate([part(k) for k in range(len(seen.path))]) for name, part in parts.items()}
    for size in range(1, len(parts) + 1):
        for chosen in itertools.combinations(parts, size):
            numbers, _, rank = closest_sum(np.stack([made[name] for name in chosen], axis=1), needed)
            if rank < size or not _takes(seen, wrong, whole, chosen, made, numbers):
                continue
            lettered = [_told(x, settings, own, name) for x, name in zip(numbers, chosen)]
            plain = [value for value, _ in lettered]
            if not _takes(seen, wrong, whole, chosen, made, plain):
                lettered = [(x, f"{abs(x):.10g}") for x in numbers]
            return _written(dict(zip(chosen, lettered)))
    return None


def _takes(seen, wrong, whole, chosen, made, numbers):
    told = whole[:-1].copy()
    told[:, wrong] += sum(x * made[name] for name, x in zip(chosen, numbers)).reshape(len(seen.path), -1)
    return not differs(seen, told)[:, wrong].any()


def _told(x, settings, own, name):
    """A number in letters; a decay is made of the rate, and not of a momentum."""
    return in_letters(x, settings, ("lr",) if name == "θ" else own)


def _written(terms):
    words = {"Δ": "(θ - θₜ₋₁)", "Δₜ₋₁": "(θₜ₋₁ - θₜ₋₂)"}
    order = ("Δ", "Δₜ₋₁", "g", "gₜ₋₁", "gₜ₋₂", "θ")
    return " ".join(["θ ← θ", *(with_sign(*terms[name], words.get(name, name)) for name in order if name in terms)])
