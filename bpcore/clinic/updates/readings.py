"""Puts into words which formulas an update computes, and what was measured of it."""

import numpy as np

from .counts import counted
from .fitted import UNKNOWN, fitted, steady
from .letters import in_letters, with_sign
from .measures import changing, factor_beside, memory, multiple_beside, rounded, staying
from .programs import OWN, named
from .recurrence import recurrence
from .result import UpdateCheck
from .rules import SHOWN
from .schedules import sequence
from .search import explanations
from .steps import place_of
from .stepwise import stepwise
from .table import SLIPS
from .trees import letter, parts_of, put, symbols, written

ADDED = {"θ": lambda theta: theta, "sign(θ)": np.sign, "": np.ones_like}  # to a step, and how it is written
LINEAR = {
    "sgd": SHOWN["sgd"],
    "momentum": "θ ← θ + μ (θ - θₜ₋₁) - lr·g",
    "nesterov": "θ ← θ + μ (θ - θₜ₋₁) - (1 + μ) lr·g + μ lr·gₜ₋₁",
}
TIE = 0.3  # how much dearer another formula may be that is listed beside the cheapest


def read(like, settings, seen, wrong, size, over=False, which="usual"):
    """A program with ``size`` exchanges in the lines of the rule, or in those of a relative, that explains them."""
    found = explanations(like, seen, settings, wrong, size, over, which)
    if not found:
        return None
    first = found[0]
    others = [other for other in found[1:] if other.price < first.price + TIE and other.everywhere == first.everywhere]
    others = [other for other in others if other.but_for_eps != first.but_for_eps]  # ε may stand in either place
    names = _letters_of(seen)
    return UpdateCheck(
        False,
        tuple(dict.fromkeys(first.names)) or ("another-rule",),
        like,
        "everywhere" if first.everywhere else place_of(seen, wrong),
        _title_of(like, first, names),
        " ".join(dict.fromkeys(_cures(like, first, names))),
        first.formulas(names) or ((SHOWN[like], first.shown()),),
        ("Several formulas take the same steps; another lr or other settings may tell them apart.",) * bool(others),
        tuple((other.words(names),) for other in others),
        sure="one of several" if others else "certain",
    )


def changed(like, settings, seen, wrong):
    """A rate or a momentum that is another in every step."""
    found = changing(like, seen, settings, wrong)
    if found is None:
        return None
    if found.letter == "factor":
        numbers = sequence(found.numbers)
        title, own = "The step is the book's times a number that changes", f"θ ← θ - c·step with c = {numbers}"
    else:
        title = "μ or the learning rate changes from step to step"
        own = f"v ← μ v + lr·g with μ = {sequence(found.numbers[1:, 0])} from the second step on, and lr = "
        own += sequence(found.numbers[:, 1])
    cure = "Keep lr and μ; where a schedule is meant, check the update without it."
    return _measured(like, seen, wrong, title, cure, (SHOWN[like], own))


def spoilt(like, settings, seen, wrong):
    """The right steps, rounded, or left out for some parameters in some steps."""
    digits, share = rounded(like, seen, settings, wrong), staying(like, seen, settings, wrong)
    numbers = None if digits or share else memory(like, seen, settings, wrong)
    if digits:
        title, own = f"The parameters are rounded to {digits}", f"the same, rounded to {digits}"
        cure = "Keep the parameters as they are computed; small steps are rounded away."
    elif share:
        title = f"The step is right where it is taken, and {share:.0%} of the entries stay as they are"
        own = "the same, or θ ← θ"
        cure = "Move every parameter in every step; dropout and masks belong into the forward pass and its gradient."
    elif numbers:
        title, own = f"What it remembers is kept in {numbers}", f"the same, with the memory in {numbers}"
        cure = "Keep it in float64: np.zeros(theta.shape), not an array of another type."
    else:
        return None
    return _measured(like, seen, wrong, title, cure, (SHOWN[like], own))


def beside(like, settings, seen, wrong, added=None):
    """One exchange, and a factor or, where it is told what is added, a multiple of that, which was measured."""
    measure = factor_beside if added is None else multiple_beside(ADDED[added])
    found = measure(like, seen, settings, wrong)
    if not found:
        return None
    reading, number = found[0]
    if added is None:
        name, words, own = "factor", f"every step is {number:.6g} times that", f"{number:.6g} times that step"
        cure = f"Look for a factor of {number:.6g} as well."
    else:
        size, sign = f"{abs(number):.6g} {added}".strip(), "+" if number > 0 else "-"
        name = {"θ": "decay-in-step", "": "constant-in-step"}.get(added, "penalty-in-step")
        words, own = f"each step {'adds' if number > 0 else 'takes off'} {size}", f"θ ← θ - step {sign} {size}"
        cure = SLIPS["adam"]["decay-in-step-0.01"].cure
        if added == "":
            cure = "A decay is a multiple of θ itself: θ ← θ - step - lr·wd θ."
            if abs(abs(number) - settings["eps"]) <= 1e-6 * settings["eps"]:
                cure = "ε belongs to the root that divides, in brackets with it: / (√v + ε)."
    return _exchanged(like, reading, seen, wrong, name, words, cure, (reading.shown(), own))


def other_counts(like, settings, seen, wrong, size):
    """The corrections count something else, beside ``size`` exchanges."""
    found = counted(like, seen, settings, wrong, size)
    if found is None:
        return None
    groups = {}
    for name, law, numbers in found.counts:
        groups.setdefault((law, tuple(numbers)), []).append(name)
    said = [
        f"{', '.join(f'{t:.0f}' for t in numbers[:4])}, …" + f" in {', '.join(names)}" * (len(groups) > 1)
        for (_, numbers), names in groups.items()
    ]
    words = "The corrections count something else than steps"
    cure = "Raise t once a step, before it is used: 1, 2, 3, …"
    formula = ("t = 1, 2, 3, 4, …", f"t = {'; '.join(said)}")
    return _exchanged(like, found.reading, seen, wrong, "measured", words, cure, formula)


def linear(like, settings, seen, wrong):
    """The numbers with which a linear update takes parameters and gradients of several steps together."""
    line = recurrence(seen, settings, wrong, OWN[like]) if like in LINEAR else None
    if line is None:
        return None
    title = "The step is another sum of the last step, the gradients and θ"
    cure = f"Compare it, number by number, with {LINEAR[like]}."
    return _measured(like, seen, wrong, title, cure, (LINEAR[like], line))


def with_a_number(like, settings, seen, wrong):
    """A right form with another number in one place of one line, which was found by solving."""
    found = fitted(like, seen, settings, wrong)
    if found is None:
        return None
    changes, right = not steady(found.numbers), dict(found.form.lines)
    own = [name for name in OWN[like] if name in ("lr", "wd") and found.kind in ("factor", "added")]
    sign, number = 1.0, UNKNOWN
    if not changes:
        sign, number = in_letters(found.numbers[0], settings, own)
        number = "-" * bool(sign < 0 and found.kind != "added") + number
    lines = []
    for name, tree in found.changed.items():
        names = named(found.form, name, {})
        tree = put(tree, *_taken_off(found.part, tree)) if sign < 0 and found.kind == "added" else tree
        own = written(tree, {**names, UNKNOWN: number}) + f" with {UNKNOWN} = {sequence(found.numbers)}" * changes
        lines.append((f"{letter(name)} ← {written(right[name], names)}", f"{letter(name)} ← {own}"))
    part = written(found.part, names)
    told = {
        "letter": f"another number stands for {part}",
        "start": f"{part} begins with another number",
        "factor": f"{part} has a factor",
        "added": f"something is added to {part}",
    }
    where = "In all lines" if len(lines) > 1 else f"In the line of {letter(name)}"
    title = f"{where}, {told[found.kind]}" + " that changes from step to step" * changes
    return _measured(like, seen, wrong, title, f"Write {'; '.join(line for line, _ in lines)}.", *lines)


def _taken_off(part, tree):
    """What is added to a part of a line, and the same taken off."""
    whole = next(each for each in parts_of(tree) if each[:2] == ("+", part) and UNKNOWN in symbols(each[2]))
    return whole, ("-", *whole[1:])


def by_steps(like, settings, seen, wrong):
    """One exchange, or none, and numbers of each step."""
    found = stepwise(like, seen, settings, wrong)
    if found is None:
        return None
    words, own = _factors(found, settings, OWN[like])
    cure = "Look for what is multiplied or added besides."
    return _exchanged(like, found.reading, seen, wrong, "measured", words, cure, (SHOWN[like], own))


def _factors(found, settings, own):
    """What is told of the numbers of each step, and the line with them."""
    constant = all(steady(numbers) for _, numbers in found.numbers)
    if constant and len(found.numbers) == 1:
        letters = (own, [name for name in own if name in ("lr", "wd")])  # a decay is not made of a momentum
        c, *d = (in_letters(x, settings, each) for x, each in zip(found.numbers[0][1][0], letters))
        line = " ".join(["θ ← θ", with_sign(-c[0], c[1], "step"), *(with_sign(*x, found.added) for x in d)])
        also = f"{found.added} is added as well" if found.added else ""
        return " and ".join(filter(None, ("the step has another factor" * (c[1] != "1"), also))), line
    line = "θ ← θ - c·step" + f" + d·{found.added}" * bool(found.added) + " with "
    line += "; ".join(
        ", ".join(f"{letter} = {sequence(column)}" for letter, column in zip("cd", numbers.T))
        + f" in {name}" * bool(name)
        for name, numbers in found.numbers
    )
    between = " and ".join(["array to array"] * (len(found.numbers) > 1) + ["step to step"] * (not constant))
    also = f", and {found.added} times another is added" * bool(found.added)
    return f"the step has a factor that changes from {between}{also}", line


def _measured(like, seen, wrong, title, cure, *formulas):
    """What is told of an update of which something was measured."""
    return UpdateCheck(False, ("measured",), like, place_of(seen, wrong), title, cure, formulas, sure="certain")


def _exchanged(like, reading, seen, wrong, name, words, cure, formula):
    """What is told of an update with the exchanges of a reading, if any, and something more, which was measured."""
    names = _letters_of(seen)
    told = _title_of(like, reading, names)
    return UpdateCheck(
        False,
        tuple(dict.fromkeys([*reading.names, name])),
        like,
        place_of(seen, wrong),
        f"{told} + {words}" if told else f"{words[0].upper()}{words[1:]}",
        " ".join(dict.fromkeys([*_cures(like, reading, names), cure])),
        (*reading.formulas(names), formula),
        sure="certain",
    )


def _letters_of(seen):
    """How the letters of single entries read."""
    names = {f"theta@{j}": name for j, name in enumerate(seen.names)}
    return names | {f"raw@{j}": f"∂C/∂{name}" for j, name in enumerate(seen.names)}


def _title_of(like, reading, names):
    words = [
        SLIPS[like][name].title if name in SLIPS[like] else said
        for name, said in zip(reading.names, reading.said(names))
    ]
    if reading.form.relative:
        words.insert(
            0,
            f"This is {reading.form.relative}"
            + ("" if words or reading.form.doubled or not reading.form.has_a_use else ", and right as such"),
        )
    return " + ".join(words)


def _cures(like, reading, names):
    for name, (book, _), (line, exchange) in zip(reading.names, reading.formulas(names), reading.exchanges):
        own = f"Begin with {letter(line)} = 0; the line itself is right." if exchange.kind == "begins" else ""
        yield SLIPS[like][name].cure if name in SLIPS[like] else own or f"Write {book}."
    if reading.form.doubled:
        yield "Take the step once in each call, and raise t once."
    elif not reading.form.has_a_use:
        yield f"Write {SHOWN[like]}."
    elif reading.form.relative:
        relative = reading.form.relative
        yield f"{relative[0].upper()}{relative[1:]} is right where it is meant; {like} is {SHOWN[like]}."
