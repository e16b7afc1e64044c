"""Explanations of a wrong gradient that need no network: factors, multiples of theta, zeros, another order."""

import re
from dataclasses import dataclass

import numpy as np

from .defects import DEFECTS

DIGITS = 1e-9  # an explanation has to be right to this, relative to each block


@dataclass
class Finding:
    """One explanation: names, where, a sentence, the gradient that it predicts; ``few`` if it rests on few entries."""

    names: tuple
    where: str
    text: str
    gradient: np.ndarray
    few: bool = False
    label: str = ""
    turns: tuple = ()  # of blocks whose entries stand elsewhere: name, words, its places, and where they are read
    laws: tuple = ()


@dataclass(frozen=True)
class Law:
    """What a wrong gradient is at some entries, whatever the parameters: factor f(θ) ∂C/∂θ + multiple θ."""

    factor: float
    multiple: float
    part: np.ndarray
    of: object = None  # the function f, entry by entry; None is 1
    text: str = ""  # f(θ), with {} for θ


# What comes of a derivative with respect to another parameter than the one that is trained, such as its logarithm.
OWN_FUNCTIONS = (
    (lambda theta: np.exp(-theta), "exp(−{})", "it is the derivative with respect to exp(θ)"),
    (np.exp, "exp({})", "it is multiplied by exp(θ) once too often"),
    (lambda theta: theta, "{}", "it is the derivative with respect to log θ"),
    (lambda theta: 1 / theta, "1/{}", "it is divided by the parameter itself"),
    (lambda theta: np.exp(-2 * theta), "exp(−2 {})", "it is divided by exp(θ) twice"),
    (lambda theta: theta**2, "({})²", "it is multiplied by the parameter itself twice"),
)


def named_factor(value, facts):
    """The names of a constant factor, and the factor in words."""
    m, K, loss, sign = facts.get("m", 1), facts.get("K", 1), facts.get("loss"), ("sign",) if value < 0 else ()
    known = [
        (1, "minus one", ()),
        (m, "m", ("mean-missing",)),
        (1 / m, "1/m", ("mean-twice",)),
        (2, "2", ("two-too-many",) if loss == "half_squared" else ("factor",)),
        (0.5, "½", ("two-missing",) if loss == "mse" else ("factor",)),
        (K, "K", ("outputs-not-averaged",) if loss == "mse" else ("factor",)),
        *(
            (number, letter, ("factor",))
            for number, letter in (
                (1 / K, "1/K"),
                (2 / K, "2/K"),
                (K / 2, "K/2"),
                (2 * m, "2m"),
                (0.5 / m, "1/2m"),
                (m / 2, "m/2"),
                (2 / m, "2/m"),
            )
        ),
    ]
    for number, letter, names in known:
        if abs(abs(value) / number - 1) < facts["rough"] and (number != 1 or not names):
            return (
                (*sign, *names),
                "it has the wrong sign"
                if number == 1
                else f"it is {'minus ' if sign else ''}{_with_value(letter, abs(value))} times the cost's",
            )
    return (*sign, "factor"), f"it is {value:.6g} times the cost's"


def _with_value(letter, value):
    """Such as "2/m = 0.25", and "2" alone."""
    return letter if letter == f"{value:.6g}" else f"{letter} = {value:.6g}"


def patterns(case, part):
    """What turns the truth into the gradient at the entries ``part``: a factor, a multiple of theta, another order."""
    g, t, theta, where, few = case.g[part], case.t[part], case.theta[part], case.where(part), part.sum() < 4

    def found(names, text, values, *law):
        prediction = case.t.copy()
        prediction[part] = values
        laws = (Law(*law[:2], part, *law[2:]),) if law else ()
        label = "a constant factor" if "factor" in names else ""
        return Finding(names, where, text, prediction, few, label, laws=laws)

    if t @ t:
        factor = float(g @ t / (t @ t))
        names, text = named_factor(factor, case.facts)
        if abs(factor) < DIGITS:
            beside_weights = any(block.ndim > 1 for _, block in case.blocks) or len(case.blocks) == 1
            only_biases = beside_weights and all(
                _biases_alone(name, block, part) for name, block in case.blocks if part[block].any()
            )
            matrix = any(block.ndim == 2 and min(block.shape) > 1 and part[block].any() for _, block in case.blocks)
            whole = all((part | (case.t == 0))[block].all() for _, block in case.blocks if part[block].any())
            name = "bias-missing" if only_biases else "layer-forgotten" if matrix and whole else "no-gradient"
            names, text = (name,), "it is zero where the cost's is not"
        if part.sum() > 1 or "factor" not in names:
            yield found(names, text, factor * t, factor, 0.0)
        with np.errstate(divide="ignore", over="ignore"):
            scales = [(of, written, words, of(theta)) for of, written, words in OWN_FUNCTIONS]
        for of, written, words, scale in scales:
            if np.isfinite(scale).all():
                yield found(("formula",), words, t * scale, 1.0, 0.0, of, written)
    if theta @ theta and part.sum() > 1:
        multiple, lam = (g - t) @ theta / (theta @ theta), case.facts["lam"]
        decay = lam / case.facts["n"]
        known = {"penalty-missing": -decay, "penalty-undivided": lam - decay}
        if not any(block.ndim == 2 and not _biases_alone(name, block, part) for name, block in case.blocks):
            known["bias-regularised"] = decay
        names = next(
            ((name,) for name, value in known.items() if abs(multiple - value) < 1e-6 * abs(value)), ("penalty",)
        )
        yield found(names, f"it is the cost's plus {multiple:.4g} times theta", t + multiple * theta, 1.0, multiple)
    for name, block in case.blocks:
        if block.ndim and len(block) > 2 and part[block].any() and not np.delete(part, block).any():
            for words, turned in (
                ("in reverse order", block[::-1]),
                ("moved on by one place", np.roll(block, 1, axis=0)),
                ("moved back by one place", np.roll(block, -1, axis=0)),
            ):
                values = case.t.copy()
                values[block] = case.t[turned]
                finding = found(("order",), f"the entries of {name} stand {words}", values[part])
                finding.turns = ((name, words, block, turned),)
                yield finding
    for name, block in case.blocks:
        if block.ndim == 2 and min(block.shape) > 1 and not np.delete(part, block).any():
            yield found(
                ("transposed-block",) if block.shape[0] == block.shape[1] else ("order",),
                f"{name} is written column by column",
                case.t[block.T.ravel()][np.searchsorted(block.ravel(), np.flatnonzero(part))],
            )
    if part.sum() > 2:
        yield found(("order",), "the same numbers stand in another order", t[t.argsort()][g.argsort().argsort()])


def _biases_alone(name, block, part):
    """Whether the entries of a block that are meant are biases: a block of its own, or its first or last column."""
    if block.ndim == 1 and block.size < part.size or name[0] in "bB":
        return not name[0].isalpha() or bool(re.match(r"(?i)[bc]|.*(bias|intercept|offset)", name))
    inside = part[block]
    return block.ndim == 2 and block.shape[1] > 1 and not (inside[:, 1:].any() and inside[:, :-1].any())


def by_pattern(case, wrong):
    """One pattern for all wrong entries, or one for each block that has some."""
    yield from patterns(case, wrong)
    prediction, found = case.t.copy(), []
    for _, block in case.blocks:
        part = np.isin(np.arange(wrong.size), block) & wrong
        fits = (
            [finding for finding in patterns(case, part) if not (case.off(finding.gradient) & part).any()]
            if part.any()
            else []
        )
        if part.any() and not fits:
            return
        for finding in sorted(fits, key=rank)[:1]:
            prediction[part] = finding.gradient[part]
            found.append(finding)
    yield Finding(
        tuple(dict.fromkeys(name for finding in found for name in finding.names)),
        ", ".join(finding.where for finding in found),
        "; ".join(f"{finding.where}: {finding.text}" for finding in found),
        prediction,
        any(finding.few for finding in found),
        turns=tuple(turn for finding in found for turn in finding.turns),
        laws=tuple(law for finding in found for law in finding.laws),
    )


def rank(finding):
    return finding.few, len(finding.names), not set(finding.names) <= set(DEFECTS)
