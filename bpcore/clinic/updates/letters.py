"""Numbers that were measured, in the letters of a rule where a short product of them fits."""

import itertools
import math

SAME = 1e-7  # how near a number must be to the product that is written for it


def in_letters(x, settings, own):
    """The shortest product of settings that is as good as x, and how it reads without its sign; x itself if none is.

    Parameters
    ----------
    x : float
    settings : dict
    own : sequence of str
        Which settings the rule has.
    """
    lr, mu, wd = (settings[name] if name in own else None for name in ("lr", "mu", "wd"))
    of_mu, of_lr, of_wd = {"": 1.0}, {"": 1.0}, {"": 1.0}
    if lr is not None:
        of_lr |= {"lr": lr, "lr²": lr**2}
    if mu is not None:
        of_mu |= {"μ": mu, "μ²": mu**2, "μ³": mu**3, "(1 - μ)": 1 - mu, "(1 + μ)": 1 + mu, "(1 - μ)²": (1 - mu) ** 2}
        of_mu |= {
            "(1 - μ²)": 1 - mu**2,
            "μ (1 - μ)": mu * (1 - mu),
            "μ (1 + μ)": mu * (1 + mu),
            "(1 + 2 μ)": 1 + 2 * mu,
        }
        of_mu |= {"(1 + μ)²": (1 + mu) ** 2, "(1 + μ + μ²)": 1 + mu + mu**2, "(2 - μ)": 2 - mu}
    if wd is not None:
        of_wd |= {"wd": wd, "(1 - wd)": 1 - wd}
        of_wd |= {} if lr is None else {"(1 - lr·wd)": 1 - lr * wd, "(1 + lr·wd)": 1 + lr * wd}
    found, simple = [], {"": 1.0, "2": 2.0, "½": 0.5}
    for parts in itertools.product(simple.items(), of_mu.items(), of_lr.items(), of_wd.items()):
        value = math.prod(factor for _, factor in parts)
        if value and abs(value - abs(x)) <= SAME * abs(x):
            texts = [text for text, _ in parts if text]
            found.append((len("".join(texts)), len(found), "·".join(texts) or "1", value))
    if not found:
        return x, f"{abs(x):.10g}"
    *_, text, value = min(found)
    return math.copysign(value, x), text


def with_sign(x, text, what):
    """A number times something as it is added: "+ 0.9·(θ - θₜ₋₁)"."""
    factor = "" if text == "1" else f"{text}·"
    return f"{'+' if x > 0 else '-'} {factor}{what}"
