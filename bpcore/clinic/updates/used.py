"""Whether an update is the book's rule that goes on from other steps: an object that has run before is not fresh."""

from types import SimpleNamespace

import numpy as np

from .result import UpdateCheck
from .rules import FORMS, SHOWN, rule_path
from .running import columns_of, differs

MOST = 3000  # earlier steps that are tried; after more of them Adam's corrections hardly change
DIGITS = 1e-5  # in the place of nine digits: what is remembered is solved from small differences
NEAR = 1e-3  # what the third step may be off where the number of earlier steps is sought


def used_before(like, settings, seen, wrong):
    """The rule of the book with what other steps left in its memory, or None.

    Two steps tell what an update of two means remembers, and one step what an update of one does; the others have to
    follow. A memory that begins with one number for all entries, and no count, may be a slip, which others find.
    """
    if like == "sgd" or not np.isfinite(seen.path).all():
        return None
    loose = SimpleNamespace(**{**vars(seen), "digits": max(seen.digits, DIGITS)})
    path_of = lambda form, *kept: rule_path(
        like, seen.start, seen.gradients, settings, form, seen.block, seen.turns, *kept
    )
    with np.errstate(all="ignore"):
        if not all(differs(loose, path_of(form)).any() for form in FORMS[like]):
            return None  # what is off after so many digits was not remembered, but rounded
        steps = -np.diff(np.vstack([seen.start, seen.path]), axis=0)
        if like == "adamw":
            steps -= settings["lr"] * settings["wd"] * np.vstack([seen.start, seen.path[:-1]])
        for form in FORMS[like]:
            corrected = dict(form).get("step") == "corrected"
            for count, memory in _memories(like, settings, seen, steps, wrong, corrected):
                path = path_of(form, {"t": count, **memory})
                equal = all(np.allclose(kept, kept[0], rtol=1e-6, atol=0) for kept in memory.values())
                if (count or not equal) and not differs(loose, path).any():
                    return _told(like, count, memory)
    return None


def _told(like, count, memory):
    times = f"{count} step" + "s" * (count != 1)
    title = f"The update has taken {times} before" if count else "What the update remembers is not zero at the start"
    kept = ", ".join(f"{name} = {values[0]:.4g}, …" for name, values in memory.items())
    return UpdateCheck(
        False,
        ("used-before",),
        like,
        "everywhere",
        title,
        "Hand over a fresh object or closure, as in check_update(MyAdam(lr=0.001).step): from there on its steps are "
        "right. If it is fresh, let its memory begin with zeros.",
        ((SHOWN[like], f"the same, from {kept}" + f" and t = {count + 1} on" * bool(count)),),
        sure="certain",
    )


def _memories(like, settings, seen, steps, wrong, corrected):
    """What may be remembered before the first step: the number of earlier steps, and each memory, (P,)."""
    lr, mu, b2, eps, g = settings["lr"], settings["mu"], settings["beta2"], settings["eps"], seen.gradients
    if like in ("momentum", "nesterov"):
        velocity = steps[0] if like == "momentum" else (steps[0] - lr * g[0]) / mu
        yield 0, {"v": (velocity - lr * g[0]) / mu}
    elif like in ("rmsprop", "adagrad"):
        root = lr * g[0] / steps[0] - eps
        keep, weight = (b2, 1 - b2) if like == "rmsprop" else (1.0, 1.0)
        yield 0, {"v": np.maximum((root**2 - weight * g[0] ** 2) / keep, 0)}
    else:
        some = columns_of(seen, wrong)
        off = _off(*_means(np.arange(MOST)[:, None], settings, g[:3, some], steps[:3, some], corrected))
        count = int(off.argmin())
        if off[count] < NEAR:
            m, v, _ = _means(count, settings, g[:3], steps[:3], corrected)
            if (abs(m) > DIGITS * abs(g[0])).any():  # else nothing is remembered, and the count alone is another
                yield count, {"m": m, "v": v}


def _off(m, v, off):
    return np.where(np.isfinite(m) & np.isfinite(v), off, np.inf).max(axis=1)


def _means(count, settings, g, steps, corrected):
    """m and v of Adam before the first step, after ``count`` earlier ones, and how far off the third step then is.

    With r = step / lr · (1 - β₁ᵗ) / √(1 - β₂ᵗ) each step says m = r (√v + e), where e is ε beside √v. The first two,
    with m and v before the second from those before the first, are a quadratic equation for s = √v in the first.
    """
    b1, b2 = settings["beta1"], settings["beta2"]
    t = [count + 1, count + 2, count + 3]
    r = [step / settings["lr"] * (1 - b1**k) / np.sqrt(1 - b2**k) for step, k in zip(steps, t)]
    e = [settings["eps"] * (np.sqrt(1 - b2**k) if corrected else 1.0) for k in t]
    B, G = b1 * r[0], b1 * r[0] * e[0] + (1 - b1) * g[1] - r[1] * e[1]  # r₂ √v₂ = B s + G, v₂ = β₂ s² + A
    A = (1 - b2) * g[1] ** 2
    a, half, c = r[1] ** 2 * b2 - B**2, -B * G, r[1] ** 2 * A - G**2
    root = np.sqrt(np.maximum(half**2 - a * c, 0))
    found = []
    for s in ((-half + root) / a, (-half - root) / a):
        m1, v1 = r[0] * (s + e[0]), s**2
        m, v = (m1 - (1 - b1) * g[0]) / b1, (v1 - (1 - b2) * g[0] ** 2) / b2
        m3 = b1 * (b1 * m1 + (1 - b1) * g[1]) + (1 - b1) * g[2]
        v3 = b2 * (b2 * v1 + A) + (1 - b2) * g[2] ** 2
        off = abs(m3 / (np.sqrt(v3) + e[2]) / r[2] - 1)
        found.append((m, np.maximum(v, 0), np.where((s > 0) & (v > -1e-9 * v1) & np.isfinite(off), off, np.inf)))
    (m, v, off), (other_m, other_v, other_off) = found
    other = other_off < off
    return np.where(other, other_m, m), np.where(other, other_v, v), np.where(other, other_off, off)
