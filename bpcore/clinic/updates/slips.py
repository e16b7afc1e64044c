"""The slips of the table, one or two at once, and a factor or a decay: which of them take the steps of an update."""

import functools
import itertools
from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from .result import UpdateCheck
from .rules import BETAS, FORMS, RULES, SHOWN, rule_path
from .running import DIGITS, allowed, differs
from .table import SLIPS

NEAR = 1e-3  # what the first look at the first step allows


def book_path(rule, settings, seen, changes=()):
    """The parameters after each step of a rule with these changes, with the gradients that the update was given."""
    return rule_path(rule, seen.start, seen.gradients, settings, changes, seen.block, seen.turns)


def takes(like, settings, seen):
    """Whether an update takes the rule's steps, in one of its forms, with the gradients that it was given."""
    return any(not differs(seen, book_path(like, settings, seen, form)).any() for form in FORMS[like])


def one_slip(like, settings, where, seen):
    """A slip of the table, another rule, or a factor that explains these parameters."""
    found = _search(like, settings, seen, 1)
    if found:
        return _slips_found(like, where, found)
    for other in RULES:
        for form in FORMS[other]:
            if other != like and not differs(seen, book_path(other, settings, seen, form)).any():
                return UpdateCheck(
                    False,
                    ("another-rule",),
                    like,
                    where,
                    f"This is {other}, and right as such",
                    f"Ask with like={other!r}, or write {like}.",
                    ((SHOWN[like], SHOWN[other]),),
                    sure="certain",
                )
    for form in FORMS[like]:
        factor = _factor(seen, book_path(like, settings, seen, form))
        if factor is not None:
            letters = next(
                (f", which is {text}" for text, x in _letters(like, settings) if abs(factor / x - 1) < DIGITS), ""
            )
            times = f"{'-' if factor > 0 else '+'} {f'{abs(factor):.6g}·' * (abs(factor) != 1)}step"
            return UpdateCheck(
                False,
                ("factor",),
                like,
                where,
                f"Every step is {factor:.6g} times the book's{letters}",
                f"Look for a factor of {factor:.6g}: another lr than the {settings['lr']:g} that was told "
                f"(lr = {factor * settings['lr']:.6g} would fit), a mean taken twice or not at all, a sign.",
                ((SHOWN[like], f"θ ← θ {times}"),),
                sure="certain",
            )
    return None


def exchanged_arguments(like, settings, where, seen):
    """The rule with θ and its gradient in each other's place; None for AdamW, whose decay is of θ."""
    if like == "adamw":
        return None
    old = np.vstack([seen.start, seen.path[:-1]])
    for form in FORMS[like]:
        path = rule_path(like, np.zeros_like(seen.start), old, settings, form, seen.block, seen.turns)
        if not differs(seen, seen.gradients + np.diff(path, axis=0, prepend=0.0)).any():
            return UpdateCheck(
                False,
                ("arguments-exchanged",),
                like,
                where,
                "θ and the gradient stand in each other's place",
                "check_update calls update(theta, gradient): name the two arguments of the function in this order, or "
                "hand over lambda theta, gradient: update(gradient, theta).",
                (("update(theta, gradient)", "update(gradient, theta)"),),
                sure="certain",
            )
    return None


def two_slips(like, settings, where, seen):
    """Two slips of the table that explain these parameters."""
    found = _search(like, settings, seen, 2)
    return _slips_found(like, where, found) if found else None


def _slips_found(like, where, found):
    names, form, changes = found[0]
    alternatives = tuple(dict.fromkeys(other for other, _, _ in found[1:] if other != names))
    return UpdateCheck(
        False,
        names,
        like,
        where,
        " + ".join(SLIPS[like][name].title for name in names),
        " ".join(dict.fromkeys(SLIPS[like][name].cure for name in names)),
        _formulas(like, changes),
        ("Several slips take the same steps; another lr or other settings may tell them apart.",) * (len(found) > 1),
        alternatives,
        sure="one of several" if alternatives else "certain",
    )


def rate_not_told(found, settings):
    """The same for an update whose rate was not told: that it has another is likelier than the square of the usual."""
    if found.names != ("rate-squared",):
        return found
    like, lr, last = found.like, settings["lr"], (found.names,)
    ask = f"Ask with lr={lr**2:.6g} if that is the rate of this update."
    if found.alternatives:  # such as 1 - μ, where lr = 0.1 and μ = 0.9
        names, *others = found.alternatives
        slips = [SLIPS[like][name] for name in names]
        return replace(
            found,
            names=names,
            explanation=" + ".join(slip.title for slip in slips),
            cure=" ".join([*dict.fromkeys(slip.cure for slip in slips), ask]),
            formulas=_formulas(like, [change for slip in slips for change in slip.changes]),
            alternatives=(*others, *last),
        )
    return replace(
        found,
        names=("factor",),
        explanation=f"Every step is {lr:.6g} times the book's: another lr than {lr:g} would fit",
        cure=f"{ask} No lr was told, so {lr:g} was taken; if that is the rate, multiply by it once.",
        formulas=((SHOWN[like], f"θ ← θ - {lr:.6g}·step"),),
        alternatives=last,
        sure="one of several",
    )


def decayed(like, settings, where, seen, most=np.inf):
    """A weight decay in the step, a positive one up to ``most``, that explains these parameters."""
    for form in FORMS[like]:
        decay = _decay(seen, book_path(like, settings, seen, form), settings["lr"])
        if decay is not None and (most == np.inf or 0 < decay <= most):
            return UpdateCheck(
                False,
                ("decay-in-step",),
                like,
                where,
                f"A weight decay of {decay:.6g} is in the step",
                SLIPS["adam"]["decay-in-step-0.01"].cure,
                ((SHOWN[like], f"θ ← θ - step - lr·{decay:.6g} θ"),),
                (f"Each step takes {settings['lr'] * decay:.6g} of θ off.",),
                sure="certain",
            )
    return None


def _letters(like, settings):
    """Numbers that a step may be multiplied by, in letters."""
    known = {"1/lr": 1 / settings["lr"], "lr": settings["lr"]}
    own = {"momentum": {"μ": "mu"}, "adam": {"β₁": "beta1", "β₂": "beta2"}}.get(like, {})
    for letter, name in own.items():
        x = settings[name]
        known |= {letter: x, f"1 - {letter}": 1 - x, f"1 + {letter}": 1 + x, f"1/(1 - {letter})": 1 / (1 - x)}
    return [
        (sign + (f"({text})" if sign and " " in text else text), (-1 if sign else 1) * x)
        for sign in ("", "-")
        for text, x in known.items()
        if x
    ]


def _with(form, changes):
    """The changes together with those of a form, where they do not speak of the same line."""
    return (*((line, choice) for line, choice in form if line not in dict(changes)), *changes)


def _possible(changes, seen):
    """Whether the changes can be made: some mix up several arrays, of equal length."""
    choices = {choice for _, choice in changes}
    by_arrays = any(choice.startswith("by arrays") for choice in choices)
    return (seen.block or "shared" not in choices) and (seen.turns[1] > 1 or not by_arrays)


def hidden_slips(like, settings, seen):
    """The slips that make no difference to these steps."""
    path, hidden = functools.partial(book_path, like, settings, seen), []
    slips = [name for name, slip in SLIPS[like].items() if _possible(slip.changes, seen)]
    for form in FORMS[like]:
        right, changed = path(form), [_with(form, SLIPS[like][name].changes) for name in slips]
        there = first_steps(like, seen.start, seen.gradients[0], settings, changed, seen.turns)
        with np.errstate(invalid="ignore", over="ignore"):
            far = (abs(there - right[0]) > 2 * allowed(seen, right)).any(axis=1)  # the first step rules out most
        hidden += [slips[k] for k in np.flatnonzero(~far) if not differs(seen, right, path(changed[k])).any()]
    return tuple(name for name in slips if name in hidden)


def _search(like, settings, seen, size):
    """The slips, or pairs of slips in different lines, that predict every step: names, form and changes of each."""
    found, tried, hidden = [], [], hidden_slips(like, settings, seen)
    names = [name for name in SLIPS[like] if name not in hidden]
    for chosen in itertools.combinations(names, size):
        changes = tuple(change for name in chosen for change in SLIPS[like][name].changes)
        if len(dict(changes)) == len(changes) and _possible(changes, seen):
            tried += [(chosen, form) for form in dict.fromkeys(_with(form, changes) for form in FORMS[like])]
    there = first_steps(like, seen.start, seen.gradients[0], settings, [form for _, form in tried], seen.turns)
    far = abs(there - seen.path[0]) > NEAR * abs(there - seen.start) + 1e-6 * abs(seen.start)
    far |= np.isnan(there) != np.isnan(seen.path[0])
    for k in np.flatnonzero(np.isnan(there).all(axis=1) | ~far.any(axis=1)):  # the first step rules out nearly all
        chosen, form = tried[k]
        if all(chosen != other for other, _, _ in found):
            if not differs(seen, book_path(like, settings, seen, form)).any():
                changes = tuple(change for name in chosen for change in SLIPS[like][name].changes)
                found.append((chosen, form, changes))
    return found


def first_steps(like, theta, gradient, settings, all_changes, turns):
    """The parameters after one step of the rule, a row for each sequence of changes: all of them at once.

    The rows of slips that share a state between arrays are NaN.
    """
    chosen = [dict(changes) for changes in all_changes]
    betas = np.array([settings["beta1"], settings["beta2"]])
    b1, b2 = np.array([BETAS[changes.get("betas", "")](betas) for changes in chosen]).reshape(-1, 2, 1).swapaxes(0, 1)
    known = {
        **{name: settings.get(name) for name in ("lr", "mu", "eps", "wd")},
        **{"t": 1, "raw": gradient},
        **{"b1": b1, "b2": b2},
        **{"total": gradient, "start": theta, "calls": turns[0] + 1.0},
        "before": SimpleNamespace(theta=theta, m=0.0, v=0.0, c1=1.0, c2=1.0, top=0.0),
    }
    rows = ["b1", "b2"]
    with np.errstate(all="ignore"):
        for line, choices in RULES[like].items():
            out = np.full((len(chosen), len(theta)), np.nan)
            alike = {}
            for row, changes in enumerate(chosen):
                alike.setdefault(changes.get(line, ""), []).append(row)
            for choice, at in alike.items():
                if choice != "shared":
                    s = SimpleNamespace(**known | {name: known[name][at] for name in rows})
                    out[at] = choices[choice][1](s)
            known[line] = out
            rows.append(line)
            if line == "c2":
                known["top"] = np.maximum(0.0, known["v"] / out)
                rows.append("top")
    return known["theta"]


def _formulas(like, changes):
    """The lines that differ, the book's beside the other."""
    lines = []
    for line, choice in changes:
        if choice == "exchanged" and line == "betas":
            lines += [(RULES[like][name][""][0], RULES[like][name][""][0].translate(_EXCHANGED)) for name in ("m", "v")]
        elif line == "betas":
            lines += [(RULES[like][name][""][0], RULES[like][name]["weights"][0]) for name in ("m", "v")]
            lines += [
                (RULES[like][f"c{k}"][""][0], f"{a}̂ = {a} / (1 - (1 - β{n})ᵗ)")
                for k, a, n in ((1, "m", "₁"), (2, "v", "₂"))
            ]
        else:
            lines.append((RULES[like][line][""][0], RULES[like][line][choice][0]))
    return tuple(lines)


_EXCHANGED = str.maketrans("₁₂", "₂₁")


def _factor(seen, right):
    """The one number that all steps are multiplied by, or None."""
    if not np.isfinite(seen.path).all() or not np.isfinite(right).all():
        return None
    book = np.diff(np.vstack([seen.start, right]), axis=0)
    own = np.diff(np.vstack([seen.start, seen.path]), axis=0)
    factor = float((own * book).sum() / (book * book).sum())
    return factor if factor and not differs(seen, seen.start + factor * np.cumsum(book, axis=0)).any() else None


def _decay(seen, right, lr):
    """The wd of θ ← θ - step - lr·wd·θ, or None: any number, where the slips try the usual ones."""
    book = np.diff(np.vstack([seen.start, right]), axis=0)
    here = np.vstack([seen.start, seen.path[:-1]])
    if not np.isfinite(seen.path).all():
        return None
    over = here + book - seen.path
    wd = float((over * here).sum() / (here * here).sum() / lr)
    return wd if wd and not differs(seen, here + book - lr * wd * here).any() else None
