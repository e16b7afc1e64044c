"""Holds an optimiser's step against the book's rule, step by step, and says which formula it computes instead."""

import functools
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ... import arguments
from ..diagnosis import OTHERS
from .clipping import Clip
from .decay import Decay
from .lines import lines_of_update, memory
from .readings import ADDED, beside, by_steps, changed, linear, other_counts, read, spoilt, with_a_number
from .result import UpdateCheck
from .rules import BETA2, DECAY, FORMS, RATES, RULES, SHOWN
from .running import DIGITS, differs
from .slips import book_path, decayed, exchanged_arguments, hidden_slips, one_slip, rate_not_told, takes, two_slips
from .steps import GRADIENT_CHANGED, STEPS, in_single, is_filled_in, names_of, only, place_of, watch, wrong_arrays
from .used import used_before


def check_update(
    update,
    like="sgd",
    *,
    lr=None,
    momentum=0.9,
    beta1=0.9,
    beta2=None,
    eps=1e-8,
    weight_decay=None,
    clip_norm=None,
    clip_value=None,
    theta=None,
    state=None,
    each=False,
):
    """Take six steps with an update of one's own and compare each with the book's rule (see ``sgd`` and ``adam``).

    The gradients are fixed numbers from about 3e-8 to 10, so that every part of the rule shows: no network takes part,
    and no luck. An update is right where every entry of every step agrees to nine digits of its own movement.
    Where theta is float32, or comes back so, five digits are enough, and the evidence says so.
    Where it does not, the formula that it computes is sought: each usual slip, and then each pair of them, is tried in
    its place; then the lines of the rule, in each of the forms that people write, with one or two of their parts
    exchanged: an operand, an operator, a sign, a factor, a power, brackets, the first step, the old for the new.
    A formula is reported only if it predicts every entry of every step to nine digits, the simplest first.
    Then a number is measured: a factor, a decay, a rate that changes; last come rarer forms, a rule taken twice in one
    call, corrections that count something else, and one number of a line that is found by solving. Where the program's
    source can be read, its lines are changed one at a time, and those that make every step right are shown; what the
    update remembers is afterwards as it was before. Both usual places of Adam's ε are right; the result says which it
    is.

    Parameters
    ----------
    update : callable
        ``update(theta, gradient)`` is called six times in a row and either returns the new parameters or changes theta
        in place and returns None. What it remembers it keeps itself: a closure, or a method of an object
        (``MyAdam(lr=0.001).step``), which has to be fresh. Parameters with a usual name are filled in:
        lr (or rate, learning_rate, alpha, eta), momentum (mu), beta1 (beta_1, b1), beta2 (beta_2, b2), eps (epsilon),
        weight_decay (wd, decay), t (1, 2, …).
    like : str
        What it is meant to be: "sgd", "momentum", "adam", or one that ``bpcore`` does not train with: "nesterov"
        (v ← μ v + lr·g; θ ← θ - (μ v + lr·g)), "rmsprop" (v ← β₂ v + (1 - β₂) g²; θ ← θ - lr·g/(√v + ε)),
        "adagrad" (the same with v ← v + g²) or "adamw" (Adam, and lr·wd θ off in each step).
    lr, momentum, beta1, beta2, eps, weight_decay : float
        The settings that the update has. ``lr=None`` is 0.1, and 0.001 where steps are divided by √v, as in ``sgd``
        and ``adam``; ``beta2=None`` is 0.999, and 0.9 for RMSprop. ``eps`` may be 0. ``weight_decay`` is AdamW's wd,
        0.01 if it is None; for each other rule wd θ comes to the gradient first, g ← g + wd θ, as in PyTorch, and
        nothing if it is None. Vectors beside matrices, as biases are, may be left out.
    clip_norm, clip_value : float, optional
        For an update that clips the gradient before it steps, g ← g min(1, c / ‖g‖) with the norm of all arrays
        together, or each entry to ±c: the bound c. Not both. Some gradients are then longer than c, and some shorter.
    theta : optional
        Where to start, in the form that the update takes: a vector, or a dict, list or tuple (of tuples …) of arrays.
        The gradient has the same form. None is a vector of six numbers, or two arrays of three for ``each``.
    state : optional
        For an update that is handed what it remembers: ``update(theta, gradient, state)`` returns ``(theta, state)``,
        or changes both in place. A tuple stands for several: with ``state=(0.0, 0.0, 0)``,
        ``theta, m, v, t = update(theta, gradient, m, v, t)``. Not needed where the update begins with None.
    each : bool
        Call the update for each array of theta in turn, as programs do whose optimiser knows one array at a time.

    Returns
    -------
    UpdateCheck
        ``right``, ``names``, both formulas, evidence, cure.

    Raises
    ------
    TypeError, ValueError
        For settings of another type or range, and an update that cannot be called in this way or returns another form.
        Exceptions that the update raises itself propagate.

    Examples
    --------
    >>> check_update(lambda theta, g: theta - 0.1 * g, lr=0.1).right
    True
    """
    expected = "a function update(theta, gradient), or a method such as opt.step"
    if isinstance(update, type):
        raise TypeError(f"update is the class {update.__name__}: expected {expected}")
    arguments.instance("update", update, Callable, expected)
    arguments.one_of("like", like, RULES)
    each = arguments.flag("each", each)
    settings = {
        "lr": RATES[like] if lr is None else arguments.number("lr", lr, 0, above=True),
        "mu": arguments.number("momentum", momentum, 0, below=1),
        "beta1": arguments.number("beta1", beta1, 0, below=1),
        "beta2": BETA2[like] if beta2 is None else arguments.number("beta2", beta2, 0, below=1),
        "eps": arguments.number("eps", eps, 0),
        "wd": arguments.number("weight_decay", DECAY[like] if weight_decay is None else weight_decay, 0),
    }
    clip, decay = _clip(clip_norm, clip_value), Decay(settings["wd"]) if settings["wd"] and like != "adamw" else None
    judge, fits = (functools.partial(decay.judged, judge=_judge), decay.takes) if decay else (_judge, takes)
    # a rate of 1e-320 is a number, and no judgement rests on what it divides
    with memory(update) as remembered, np.errstate(all="ignore"):
        seen = watch(update, settings, theta, state, each, clip)
        if seen.given_single and seen.digits == DIGITS and not fits(like, settings, seen):
            seen = in_single(seen)
        found = clip.judged(like, settings, seen, judge, fits) if clip else judge(like, settings, seen)
        if found.right:
            return found
        if lr is None and not is_filled_in(update, "lr"):
            found = rate_not_told(found, settings)
        if not any("the first difference" in text for text in found.evidence):
            meant = decay.as_meant(like, settings, seen) if decay else seen
            found = replace(found, evidence=(*_first_difference(like, settings, meant), *found.evidence))
        if any(name.startswith("one-array") for name in found.names):
            return found  # no change of a line tells more: whatever makes a copy would do
        thorough, rule = found.names == ("unknown",), settings
        if decay:
            rule = {**settings, "in_gradient": decay.shares(like, settings, seen)}
        return _with(found, lines_of_update(update, remembered, like, rule, seen, theta, state, each, thorough))


def _clip(norm, value):
    """How the gradient is to be clipped; None where it is not."""
    if norm is not None and value is not None:
        raise TypeError("clip_norm and clip_value come together: expected the one by which the gradient is clipped")
    if norm is None and value is None:
        return None
    name, bound = ("clip_value", value) if norm is None else ("clip_norm", norm)
    return Clip(arguments.number(name, bound, 0, above=True), norm is not None)


def _with(found, lines):
    """The same result with the lines of the program that make it right, which may be all that explains it."""
    if not lines or found.names != ("unknown",):
        return replace(found, lines=lines)
    title, cure = OTHERS["line"]
    return replace(found, names=("line",), explanation=title, cure=cure, formulas=(), sure="certain", lines=lines)


def _judge(like, settings, seen):
    """Right, or the simplest that explains it."""
    right = {form: book_path(like, settings, seen, form) for form in FORMS[like]}
    fits = [form for form, prediction in right.items() if not differs(seen, prediction).any()]
    unseen, noticed = hidden_slips(like, settings, seen), seen.noticed
    if not fits and seen.digits == DIGITS:
        fits = _with_single_numbers(like, settings, seen)
        if fits:
            noticed = (*noticed, "Its numbers have single precision: np.float32(0.1) is 0.1000000015.")
    count = f"{STEPS} steps, {arguments.count(seen.start.size, 'parameter')}, lr = {settings['lr']:g}"
    if fits:
        said = FORMS[like][fits[0]] if len(fits) == 1 else "With these settings the place of ε makes no difference."
        agree = f"{count}: every entry agrees to {'five' if seen.digits > DIGITS else 'nine'} digits."
        return UpdateCheck(True, (), like, "", said, evidence=(agree, *noticed), unseen=unseen, sure="certain")

    off = min((differs(seen, prediction) for prediction in right.values()), key=np.sum)
    (first,), wrong = _first_difference(like, settings, seen), off.any(axis=0)
    if not np.isfinite(seen.path[off]).any():
        found = _not_finite(like, settings, seen, off)
        return replace(found, evidence=(first, *seen.noticed, *found.evidence), unseen=unseen)
    ways = (_explained, _array_by_array, _explained_by_rarer)
    found = next(filter(None, (way(like, settings, seen, wrong) for way in ways)), None)
    if found:
        if found.names == ("nothing-changed",) and GRADIENT_CHANGED in seen.noticed:
            order = "It changes the gradient instead: are its arguments in the order update(theta, gradient)?"
            found = replace(found, cure=f"{order} {found.cure}")
        return replace(found, evidence=(first, *seen.noticed, *found.evidence), unseen=unseen)
    arrays = wrong_arrays(seen, wrong)
    return UpdateCheck(
        False,
        ("unknown",),
        like,
        "everywhere" if len(arrays) == len(seen.arrays) else names_of(arrays),
        "Wrong, and no known slip explains it",
        "Print every line of the first step that differs, and compute it by hand for one entry.",
        ((SHOWN[like], "something else"),),
        (first, *seen.noticed),
        unseen=unseen,
    )


def _not_finite(like, settings, seen, off):
    """Whatever differs is NaN or infinite, with which any formula agrees that makes no numbers either.

    One slip of the table may be told of it, as one of several: the usual reason is a count from 0.
    """
    step = int(off.any(axis=1).argmax())
    broken, g = off[step], seen.gradients[step]
    count = "every entry" if broken.all() else arguments.count(int(broken.sum()), "entry")
    said = f"Step {step + 1} returns NaN or infinity at {count}"
    found = one_slip(like, settings, place_of(seen, off.any(axis=0)), seen)
    if found:
        many = f"{said}, as other mistakes do as well."
        return replace(found, evidence=(*found.evidence, many), sure="one of several")
    negative = not broken.all() and (g[broken] < 0).all() and (g[~broken] > 0).all()
    where = "The gradient is below 0 in these entries alone: look for its root or logarithm. " if negative else ""
    cure = (
        f"{where}Print each line of step {step + 1}, and find the first that is not finite: a division by zero (a "
        "count of steps from 0, no ε), a root or logarithm of a negative number, or a number that is inf already."
    )
    return UpdateCheck(False, ("not-finite",), like, place_of(seen, off.any(axis=0)), said, cure)


def _first_difference(like, settings, seen):
    """Where an update first leaves the nearest form of the rule, in words; nothing where it does not."""
    paths = [book_path(like, settings, seen, form) for form in FORMS[like]]
    off, right = min(((differs(seen, path), path) for path in paths), key=lambda pair: pair[0].sum())
    if not off.any():
        return ()
    step, entry = np.argwhere(off)[0]
    count = f"{STEPS} steps, {arguments.count(seen.start.size, 'parameter')}, lr = {settings['lr']:g}"
    return (
        f"{count}: the first difference is in step {step + 1} at {seen.names[entry]}, which is "
        f"{seen.path[step, entry]:.10g} and should be {right[step, entry]:.10g}.",
    )


def _with_single_numbers(like, settings, seen):
    """The forms of the rule whose steps the update takes with the rate, or all settings, in single precision."""
    rounded = {name: float(np.float32(number)) for name, number in settings.items()}
    if any(abs(rounded[name] - number) > 1e-7 * number for name, number in settings.items()):
        return []  # too large or too small for single precision
    for given in ({**settings, "lr": rounded["lr"]}, rounded):
        paths = {form: book_path(like, given, seen, form) for form in FORMS[like]}
        fits = [form for form, path in paths.items() if not differs(seen, path).any()]
        if fits:
            return fits
    return []


def _explained(like, settings, seen, wrong, most=2):
    """The simplest that explains these parameters: slips of the table, exchanges in a line, or what is measured."""
    arrays, places = wrong_arrays(seen, wrong), [("everywhere", seen)]
    if len(arrays) < len(seen.arrays):
        places.append((names_of(arrays), only(seen, [part for _, part in arrays])))
    on_each = lambda attempt: (functools.partial(attempt, like, settings, *place) for place in places)
    on_these = lambda attempt, *more: functools.partial(attempt, like, settings, seen, wrong, *more)
    for attempt in (
        *on_each(one_slip),
        *on_each(exchanged_arguments),
        on_these(read, 0),
        *on_each(two_slips),
        *on_each(functools.partial(decayed, most=1)),
        on_these(read, 1),
        *on_each(decayed),
        on_these(used_before),
        on_these(read, 1, True),
        on_these(other_counts, 0),
        *([on_these(read, 2)] if most > 1 else []),
        on_these(changed),
        on_these(spoilt),
        on_these(beside),
        *(on_these(beside, added) for added in ADDED),
    ):
        found = attempt()
        if found:
            return found
    return None


def _explained_by_rarer(like, settings, seen, wrong):
    """What is rarer: other forms, a rule that is taken twice in one call, other counts or numbers beside a slip."""
    for attempt, *more in (
        *((read, size, False, which) for which in ("rarer", "doubled") for size in (0, 1)),
        (linear,),
        (with_a_number,),
        (read, 2, False, "rarer"),
        (other_counts, 1),
        (by_steps,),
    ):
        found = attempt(like, settings, seen, wrong, *more)
        if found:
            return found
    return None


def _array_by_array(like, settings, seen, wrong):
    """Another explanation for each array; None where one of them has none."""
    arrays = wrong_arrays(seen, wrong)
    if len(arrays) < 2:
        return None
    found = []
    for _, part in arrays:
        alone = np.zeros_like(wrong)
        alone[part] = wrong[part]
        found.append(_explained(like, settings, seen, alone, most=1))
        if not found[-1]:
            return None
    join = lambda field, by: by.join(dict.fromkeys(getattr(one, field) for one in found))
    return UpdateCheck(
        False,
        tuple(dict.fromkeys(name for one in found for name in one.names)),
        like,
        place_of(seen, wrong),
        " + ".join(f"In {name}: {one.explanation}" for (name, _), one in zip(arrays, found)),
        join("cure", " "),
        tuple(dict.fromkeys(pair for one in found for pair in one.formulas)),
        tuple(text for one in found for text in one.evidence),
        sure="certain" if all(one.sure == "certain" for one in found) else "one of several",
    )
