"""An update that is linear in parameters and gradients: with which numbers it takes those of the last steps together."""

import itertools
from types import SimpleNamespace

import numpy as np

from .running import differs

SAME = 1e-7  # how near a number must be to the letters that are written for it
EXACT = 1e-10  # of a coefficient that is nothing
FEWEST = 2  # how many equations more than unknown numbers there must be


def recurrence(seen, settings, wrong):
    """The coefficients of θ ← θ + a (θ - θₜ₋₁) - b g - c gₜ₋₁ - d θ, the shortest that takes all steps.

    With θ of two steps before, where it must be. Before the first step there was no other: θₜ₋₁ is θ, gₜ₋₁ is 0.

    Returns
    -------
    SimpleNamespace or None
        ``terms``: name of what is multiplied → number, in letters where some fit; ``text``: the line.
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
            numbers = _fitted([made[name] for name in chosen], needed)
            if numbers is None or not _takes(seen, wrong, whole, chosen, made, numbers):
                continue
            lettered = [_in_letters(x, settings) for x in numbers]
            plain = [value for value, _ in lettered]
            if not _takes(seen, wrong, whole, chosen, made, plain):
                lettered = [(x, f"{abs(x):.10g}") for x in numbers]
            return SimpleNamespace(terms=dict(zip(chosen, lettered)), text=_written(dict(zip(chosen, lettered))))
    return None


def _fitted(columns, needed):
    sizes = [np.linalg.norm(column) for column in columns]
    if not all(sizes):
        return None
    matrix = np.stack([column / size for column, size in zip(columns, sizes)], axis=1)
    x, _, rank, _ = np.linalg.lstsq(matrix, needed, rcond=None)
    return x / sizes if rank == len(columns) else None


def _takes(seen, wrong, whole, chosen, made, numbers):
    told = whole[:-1].copy()
    told[:, wrong] += sum(x * made[name] for name, x in zip(chosen, numbers)).reshape(len(seen.path), -1)
    return not differs(seen, told)[:, wrong].any()


def _in_letters(x, settings):
    """The number that the shortest product of settings has that is as good as equal, and the product."""
    lr, mu = settings["lr"], settings["mu"]
    factors = {
        "": 1.0, "2·": 2.0, "½·": 0.5,
    }  # fmt: skip
    of_mu = {"": 1.0, "μ": mu, "μ²": mu**2, "μ³": mu**3, "(1 - μ)": 1 - mu, "(1 + μ)": 1 + mu, "(1 - μ)²": (1 - mu) ** 2}
    of_mu |= {"(1 - μ²)": 1 - mu**2, "μ (1 - μ)": mu * (1 - mu), "μ (1 + μ)": mu * (1 + mu), "2 μ": 2 * mu}
    of_mu |= {"(1 + μ)²": (1 + mu) ** 2, "(1 + μ + μ²)": 1 + mu + mu**2, "(2 - μ)": 2 - mu, "(1 + 2 μ)": 1 + 2 * mu}
    of_lr = {"": 1.0, "lr": lr, "lr²": lr**2}
    for (f, a), (m, b), (rate, c) in itertools.product(factors.items(), of_mu.items(), of_lr.items()):
        if abs(a * b * c - abs(x)) <= SAME * abs(x):
            text = (f + " ".join(filter(None, (m, rate)))).rstrip("·") or "1"
            return np.sign(x) * a * b * c, text
    return x, f"{abs(x):.10g}"


def _written(terms):
    words = {"Δ": "(θ - θₜ₋₁)", "Δₜ₋₁": "(θₜ₋₁ - θₜ₋₂)"}
    text = "θ ← θ"
    for name in ("Δ", "Δₜ₋₁", "g", "gₜ₋₁", "gₜ₋₂", "θ"):
        if name in terms:
            x, own = terms[name]
            factor = "" if own == "1" else own + ("·" if own[-1].isdigit() or own[-1] in "½r²" else " ")
            text += f" {'+' if x > 0 else '-'} {factor}{words.get(name, name)}"
    return text
