"""Holds an optimiser's step against the book's rule, step by step, and names the usual slips."""

import copy
import functools
import inspect
import itertools
import textwrap
import warnings
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np

from .. import arguments
from .rules import FORMS, RATES, RULES, SHOWN, SLIPS, rule_path
from .structures import Structure
from .update_measures import changing, decay_beside, factor_beside, sequence
from .update_search import DIGITS, differs, explanations

SINGLE_DIGITS = 1e-5  # the same where the update computes in float32
STEPS = 6
PASSED = {  # parameters of an update that are filled in by their names
    **dict.fromkeys(("lr", "rate", "learning_rate", "alpha", "eta"), "lr"),
    **dict.fromkeys(("momentum", "mu"), "mu"),
    **dict.fromkeys(("beta1", "beta_1", "b1"), "beta1"),
    **dict.fromkeys(("beta2", "beta_2", "b2"), "beta2"),
    **dict.fromkeys(("eps", "epsilon"), "eps"),
    "t": "t",
}


@dataclass(frozen=True)
class UpdateCheck:
    """What holding an update against the book's rule found; its repr is the whole story.

    Attributes
    ----------
    right : bool
        Every entry of every step agrees with the book's rule.
    names : tuple of str
        The slips: keys of ``bpcore.clinic.updates.SLIPS[like]``, or one of "another-rule", "factor", "decay-in-step",
        "formula", "unknown". Empty where right.
    like : str
        The rule that it was held against.
    where : str
        The arrays of theta whose update is wrong, or "everywhere".
    explanation : str
        In words.
    cure : str
        What to change.
    formulas : tuple of (str, str)
        The lines that differ: the book's, and the one that predicts the update.
    evidence : tuple of str
        What was measured, and what was noticed besides.
    alternatives : tuple of tuple of str
        Other slips that predict the same steps.
    unseen : tuple of str
        Slips that make no difference with these settings, so that they could not be seen.
    sure : str
        "certain": it is right, or what is named predicts every step and nothing else does that is as simple.
        "one of several": ``alternatives`` predict them too. "unknown" where nothing explains them.
    """

    right: bool
    names: tuple
    like: str
    where: str
    explanation: str
    cure: str = ""
    formulas: tuple = ()
    evidence: tuple = ()
    alternatives: tuple = ()
    unseen: tuple = ()
    sure: str = "unknown"

    def __repr__(self):
        title = f"Right: this is {self.like} as in the book" if self.right else self.explanation
        rows = [
            *(("or", " + ".join(_title(self.like, n) for n in names)) for names in self.alternatives),
            ("where", "" if self.where == "everywhere" else self.where),
            *(row for book, own in self.formulas for row in (("book", book), ("yours", own))),
            ("", self.explanation if self.right else ""),
            ("cure", self.cure),
            *(("evidence", text) for text in self.evidence),
            ("unseen", ", ".join(self.unseen)),
        ]
        return "\n".join(
            [title]
            + [
                textwrap.fill(text, 82, initial_indent=f"  {label:<10}", subsequent_indent=" " * 12)
                for label, text in rows
                if text
            ]
        )


def _title(like, name):
    return SLIPS[like][name].title if name in SLIPS[like] else name


def check_update(
    update, like="sgd", *, lr=None, momentum=0.9, beta1=0.9, beta2=0.999, eps=1e-8, theta=None, state=None, each=False
):
    """Take six steps with an update of one's own and hold each against the book's rule (see ``sgd`` and ``adam``).

    The gradients are fixed numbers from 1e-7 to 10, so that every part of the rule shows: no network takes part,
    and no luck. An update is right where every entry of every step agrees to nine digits of its own movement.
    Where it does not, each usual slip, and then each pair of them, is tried in its place; one is named only if it
    predicts every entry of every step to nine digits. Both usual places of Adam's ε are right; the result says which
    it is.

    Parameters
    ----------
    update : callable
        ``update(theta, gradient)`` is called six times in a row and either returns the new parameters or changes theta
        in place and returns None. What it remembers it keeps itself: a closure, or a method of an object
        (``MyAdam(lr=0.001).step``), which has to be fresh. Parameters with a usual name are filled in:
        lr (or rate, learning_rate, alpha, eta), momentum (mu), beta1, beta2, eps (epsilon), t (1, 2, …).
    like : str
        "sgd", "momentum" or "adam": what it is meant to be.
    lr, momentum, beta1, beta2, eps : float
        The settings that the update has. ``lr=None`` is 0.1, and 0.001 for Adam, as in ``sgd`` and ``adam``.
    theta : optional
        Where to start, in the form that the update takes: a vector, or a dict, list or tuple (of tuples …) of arrays.
        The gradient has the same form. None is a vector of six numbers, or two arrays of three for ``each``.
    state : optional
        For an update that is handed what it remembers: ``update(theta, gradient, state)`` returns ``(theta, state)``,
        or changes both in place. A tuple stands for several: with ``state=(0.0, 0.0, 0)``,
        ``theta, m, v, t = update(theta, gradient, m, v, t)``.
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
    if not callable(update) or isinstance(update, type):
        kind = f"the class {update.__name__}" if isinstance(update, type) else f"a {type(update).__name__}"
        raise TypeError(f"update is {kind}: expected a function update(theta, gradient), or a method such as opt.step")
    arguments.one_of("like", like, RULES)
    each = arguments.flag("each", each)
    settings = {
        "lr": RATES[like] if lr is None else arguments.number("lr", lr, 0, above=True),
        "mu": arguments.number("momentum", momentum, 0, below=1),
        "beta1": arguments.number("beta1", beta1, 0, below=1),
        "beta2": arguments.number("beta2", beta2, 0, below=1),
        "eps": arguments.number("eps", eps, 0, above=True),
    }
    if theta is not None:
        Structure(theta, "theta")  # refuses what is no nest of arrays
    with np.errstate(all="ignore"):  # a rate of 1e-320 is a number, and no judgement rests on what it divides
        return _judge(like, settings, _watch(update, settings, theta, state, each))


# Calling the update.


def _leaves(tree):
    if isinstance(tree, dict):
        return [leaf for key in tree for leaf in _leaves(tree[key])]
    if isinstance(tree, (list, tuple)):
        return [leaf for part in tree for leaf in _leaves(part)]
    return [np.asarray(tree)]


def _rebuilt(tree, leaves):
    """The same structure with its arrays taken from the iterator ``leaves``."""
    if isinstance(tree, dict):
        return {key: _rebuilt(part, leaves) for key, part in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_rebuilt(part, leaves) for part in tree)
    return next(leaves)


def _like(tree, vector):
    """The vector cut into the arrays of ``tree``, in its structure."""
    leaves = _leaves(tree)
    cuts = np.split(vector, np.cumsum([leaf.size for leaf in leaves])[:-1])
    return _rebuilt(tree, iter([cut.reshape(leaf.shape).copy() for cut, leaf in zip(cuts, leaves)]))


def gradients_for(size, steps=STEPS):
    """The fixed gradients: of both signs, from 1e-3 to 10; every third entry about 1e-7, where Adam's ε shows."""
    rng = np.random.default_rng(1)
    made = rng.choice([-1.0, 1.0], (steps, size)) * 10.0 ** rng.uniform(-3, 1, (steps, size))
    made[:, 2::3] = np.sign(made[:, 2::3]) * 10.0 ** rng.uniform(-7.5, -6.5, made[:, 2::3].shape)
    return made


def _filled(update, settings, n_state):
    """The names of the parameters of ``update`` that are filled in, each with its setting."""
    try:
        parameters = list(inspect.signature(update).parameters.values())
    except (TypeError, ValueError):  # some callables written in C have no signature
        return {}
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if len(positional) < 2 + n_state and not any(p.kind == p.VAR_POSITIONAL for p in parameters):
        takes = ", ".join(p.name for p in positional) or "nothing"
        wants = "theta, gradient" + ", state" * bool(n_state)
        raise TypeError(
            f"update takes ({takes}): expected update({wants}); lambda theta, gradient: … puts its arguments in order"
        )
    rest = positional[2 + n_state :] + [p for p in parameters if p.kind == p.KEYWORD_ONLY]
    unknown = [p.name for p in rest if p.default is p.empty and p.name not in PASSED]
    if unknown:
        raise TypeError(
            f"update takes {', '.join(unknown)} as well: expected update(theta, gradient); give what it remembers "
            f"as state=… (one start value for each), and fix the rest with a lambda"
        )
    return {p.name: PASSED[p.name] for p in rest if p.name in PASSED}


def _watch(update, settings, theta, state, each):
    """The six steps of ``update``: start, gradients, path, and what was noticed on the way."""
    if theta is None:
        start = np.linspace(-1.0, 1.3, 6)
        theta = [start[:3], start[3:]] if each else start
    arrays = _leaves(theta)
    for leaf in arrays:
        if leaf.dtype.kind not in "f":
            raise TypeError(
                f"theta holds an array of {leaf.dtype}: expected floating-point numbers; "
                f"in an array of whole numbers every step is rounded away"
            )
        arguments.finite("theta", leaf)
    start = np.concatenate([leaf.ravel() for leaf in arrays] or [np.zeros(0)]).astype(float)
    if start.size == 0:
        raise ValueError("theta is empty: expected at least one parameter")
    blocks = {leaf.size for leaf in arrays}
    gradients = gradients_for(start.size)
    states = () if state is None else state if isinstance(state, tuple) else (state,)
    filled = _filled(update, settings, len(states))
    noticed, path, dtypes = {}, [], set()

    def call(here, g, states, t):
        kept, given = copy.deepcopy(here), copy.deepcopy(g)
        named = {name: t if setting == "t" else settings[setting] for name, setting in filled.items()}
        result = update(here, g, *states, **named)
        if states and isinstance(result, tuple) and len(result) == 1 + len(states):
            result, states = result[0], result[1:]
        same = lambda a, b: all(np.array_equal(x, y, equal_nan=True) for x, y in zip(_leaves(a), _leaves(b)))
        if not same(g, given):
            noticed[
                "It changes the gradient that it is given, which is harmless if nothing reads the gradient afterwards."
            ] = t
        if result is None:
            return here, states
        shapes = [leaf.shape for leaf in _leaves(result)]
        if shapes != [leaf.shape for leaf in _leaves(kept)]:
            raise ValueError(
                f"update returned arrays of shape {shapes} for parameters of shape "
                f"{[leaf.shape for leaf in _leaves(kept)]}: expected the new parameters in the form of the old "
                "ones, or None"
            )
        if (
            not same(here, kept)
            and not same(result, kept)
            and any(x is not y for x, y in zip(_leaves(result), _leaves(here)))
        ):
            noticed["It changes theta in place and returns another array: keep to one of the two."] = t
        return result, states

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        here = _like(theta, start)
        memories = [copy.deepcopy(states) for _ in arrays] if each else copy.deepcopy(states)
        for t, gradient in enumerate(gradients, start=1):
            g = _like(theta, gradient)
            if each:
                moved = []
                for k, (leaf, g_leaf) in enumerate(zip(_leaves(here), _leaves(g))):
                    leaf, memories[k] = call(leaf, g_leaf, memories[k], t)
                    moved.append(np.asarray(leaf))
                here = _rebuilt(theta, iter(moved))
            else:
                here, memories = call(here, g, memories, t)
            leaves = _leaves(here)
            dtypes |= {leaf.dtype for leaf in leaves}
            path.append(np.concatenate([leaf.ravel() for leaf in leaves]).astype(float))
            here = _like(theta, path[-1]) if any(leaf.dtype.kind != "f" for leaf in leaves) else here
    if any(dtype.itemsize < 8 for dtype in dtypes):
        noticed["It computes in float32, so it is compared to five digits instead of nine."] = 1
    names, ends = _entry_names(theta), np.cumsum([leaf.size for leaf in arrays]).tolist()
    return SimpleNamespace(
        start=start,
        gradients=gradients,
        path=np.array(path),
        digits=SINGLE_DIGITS if any(dtype.itemsize < 8 for dtype in dtypes) else DIGITS,
        noticed=tuple(noticed),
        block=blocks.pop() if len(blocks) == 1 and len(arrays) > 1 else None,
        turns=(np.repeat(np.arange(len(arrays)), [leaf.size for leaf in arrays]), len(arrays)),
        names=names,
        arrays=[
            (names[end - leaf.size].rsplit("[", 1)[0], slice(end - leaf.size, end)) for leaf, end in zip(arrays, ends)
        ],
    )


def _entry_names(tree, name="theta"):
    if isinstance(tree, dict):
        return [n for key in tree for n in _entry_names(tree[key], f"{name}[{key!r}]")]
    if isinstance(tree, (list, tuple)):
        return [n for k, part in enumerate(tree) for n in _entry_names(part, f"{name}[{k}]")]
    return [f"{name}[{','.join(map(str, i))}]" for i in np.ndindex(np.shape(tree))]


# Judging what it did.


def _judge(like, settings, seen):
    """Right, or the simplest that explains it: a slip of the table, one exchange, two slips, two exchanges, a measure."""

    def path(rule, changes, steps=STEPS):
        return rule_path(rule, seen.start, seen.gradients[:steps], settings, changes, seen.block, seen.turns)

    right = {form: path(like, form) for form in FORMS[like]}
    fits = [form for form, prediction in right.items() if not differs(seen, prediction).any()]
    unseen = _hidden(like, path, seen)
    count = f"{STEPS} steps, {seen.start.size} parameters, lr = {settings['lr']:g}"
    if fits:
        said = FORMS[like][fits[0]] if len(fits) == 1 else "With these settings the place of ε makes no difference."
        agree = f"{count}: every entry agrees to {'five' if seen.digits > DIGITS else 'nine'} digits."
        return UpdateCheck(True, (), like, "", said, evidence=(agree, *seen.noticed), unseen=unseen, sure="certain")

    best, off = min(
        ((form, differs(seen, prediction)) for form, prediction in right.items()), key=lambda pair: pair[1].sum()
    )
    step, entry = np.argwhere(off)[0]
    first = (
        f"{count}: the first difference is in step {step + 1} at {seen.names[entry]}, which is "
        f"{seen.path[step, entry]:.10g} and should be {right[best][step, entry]:.10g}."
    )
    found = _explained(like, settings, seen, off.any(axis=0)) or _array_by_array(like, settings, seen, off.any(axis=0))
    if found:
        return replace(found, evidence=(first, *seen.noticed, *found.evidence), unseen=unseen)
    return UpdateCheck(
        False,
        ("unknown",),
        like,
        _named(_wrong_arrays(seen, off.any(axis=0))),
        "Wrong, and no known slip explains it",
        "Print every line of the first step that differs, and compute it by hand for one entry.",
        ((SHOWN[like], "something else"),),
        (first, *seen.noticed),
        unseen=unseen,
    )


def _explained(like, settings, seen, wrong):
    """The simplest that explains these parameters: a slip of the table, an exchange, two of them, or what is measured."""
    arrays, places = _wrong_arrays(seen, wrong), [("everywhere", seen)]
    if len(arrays) < len(seen.arrays):
        places.append((_named(arrays), _only(seen, [part for _, part in arrays])))
    on_each = lambda attempt: (functools.partial(attempt, like, settings, *place) for place in places)
    on_these = lambda attempt, *more: functools.partial(attempt, like, settings, seen, wrong, *more)
    for attempt in (
        *on_each(_one_slip),
        on_these(_read, 0),
        *on_each(_two_slips),
        on_these(_read, 1),
        *on_each(_decayed),
        on_these(_read, 2),
        on_these(_changing),
        on_these(_beside, factor_beside),
        on_these(_beside, decay_beside),
    ):
        found = attempt()
        if found:
            return found
    return None


def _array_by_array(like, settings, seen, wrong):
    """Another explanation for each array; None where one of them has none."""
    arrays = _wrong_arrays(seen, wrong)
    if len(arrays) < 2:
        return None
    found = []
    for name, part in arrays:
        alone = np.zeros_like(wrong)
        alone[part] = wrong[part]
        found.append(_explained(like, settings, seen, alone))
        if not found[-1]:
            return None
    join = lambda field, by: by.join(dict.fromkeys(getattr(one, field) for one in found))
    return UpdateCheck(
        False,
        tuple(dict.fromkeys(name for one in found for name in one.names)),
        like,
        _place(seen, wrong),
        " + ".join(f"In {name}: {one.explanation}" for (name, _), one in zip(arrays, found)),
        join("cure", " "),
        tuple(dict.fromkeys(pair for one in found for pair in one.formulas)),
        tuple(text for one in found for text in one.evidence),
        sure="certain" if all(one.sure == "certain" for one in found) else "one of several",
    )


def _wrong_arrays(seen, wrong):
    return [(name, part) for name, part in seen.arrays if wrong[part].any()]


def _named(arrays):
    return ", ".join(name for name, _ in arrays)


def _one_slip(like, settings, where, seen):
    """A slip of the table, another rule, or a factor that explains these parameters."""

    def path(rule, changes, steps=STEPS):
        return rule_path(rule, seen.start, seen.gradients[:steps], settings, changes, seen.block, seen.turns)

    found = _search(like, path, seen, settings, 1)
    if found:
        return _slips_found(like, where, found)
    for other in RULES:
        for form in FORMS[other]:
            if other != like and not differs(seen, path(other, form)).any():
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
        right = path(like, form)
        factor = _factor(seen, right)
        if factor is not None:
            letters = next(
                (f", which is {text}" for text, x in _letters(like, settings) if abs(factor / x - 1) < DIGITS), ""
            )
            return UpdateCheck(
                False,
                ("factor",),
                like,
                where,
                f"Every step is {factor:.6g} times the book's{letters}",
                f"Look for a factor of {factor:.6g}: another lr than the {settings['lr']:g} that was told "
                f"(lr = {factor * settings['lr']:.6g} would fit), a mean taken twice or not at all, a sign.",
                ((SHOWN[like], f"{factor:.6g} times that step"),),
                sure="certain",
            )
    return None


def _decayed(like, settings, where, seen):
    """A weight decay in the step that explains these parameters."""
    for form in FORMS[like]:
        right = rule_path(like, seen.start, seen.gradients, settings, form, seen.block, seen.turns)
        decay = _decay(seen, right, settings["lr"])
        if decay is not None:
            return UpdateCheck(
                False,
                ("decay-in-step",),
                like,
                where,
                f"A weight decay of {decay:.6g} is in the step",
                SLIPS["adam"]["decay-in-step-0.01"].cure,
                ((SHOWN[like], f"the same, and θ ← θ - lr·{decay:.6g} θ"),),
                (f"Each step takes {settings['lr'] * decay:.6g} of θ off.",),
                sure="certain",
            )
    return None


def _letters(like, settings):
    """Numbers that a step may be multiplied by, in letters."""
    known = {"2": 2.0, "½": 0.5, "1/lr": 1 / settings["lr"], "lr": settings["lr"]}
    own = {"momentum": {"μ": "mu"}, "adam": {"β₁": "beta1", "β₂": "beta2"}}.get(like, {})
    for letter, name in own.items():
        x = settings[name]
        known |= {letter: x, f"1 - {letter}": 1 - x, f"1 + {letter}": 1 + x, f"1/(1 - {letter})": 1 / (1 - x)}
    return [(sign + (f"({text})" if sign and " " in text else text), (-1 if sign else 1) * x) for sign in ("", "-") for text, x in known.items() if x]


def _two_slips(like, settings, where, seen):
    """Two slips of the table that explain these parameters."""

    def path(rule, changes, steps=STEPS):
        return rule_path(rule, seen.start, seen.gradients[:steps], settings, changes, seen.block, seen.turns)

    found = _search(like, path, seen, settings, 2)
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


def _read(like, settings, seen, wrong, size):
    """A program with ``size`` exchanges in the lines of the rule, or in those of a relative, that explains them."""
    found = explanations(like, seen, settings, wrong, size)
    if not found:
        return None
    first = found[0]
    others = [other for other in found[1:] if other.price < first.price + 0.3 and other.everywhere == first.everywhere]
    names = _letters_of(seen)
    return UpdateCheck(
        False,
        tuple(dict.fromkeys(first.names)) or ("another-rule",),
        like,
        "everywhere" if first.everywhere else _place(seen, wrong),
        _title_of(like, first, names),
        " ".join(dict.fromkeys(_cures(like, first, names))),
        first.formulas(names) or ((SHOWN[like], first.shown()),),
        ("Several formulas take the same steps; another lr or other settings may tell them apart.",) * bool(others),
        tuple((other.words(names),) for other in others),
        sure="one of several" if others else "certain",
    )


def _changing(like, settings, seen, wrong):
    """A rate or a momentum that is another in every step."""
    found = changing(like, seen, settings, wrong)
    if found is None:
        return None
    if found.letter == "factor":
        numbers = sequence(found.numbers)
        title, own = "The step is the book's times a number that changes", f"that step, times {numbers}"
    else:
        title = "μ or the learning rate changes from step to step"
        own = f"v ← μ v + lr·g with μ = {sequence(found.numbers[1:, 0])} from the second step on, and lr = "
        own += sequence(found.numbers[:, 1])
    return UpdateCheck(
        False,
        ("schedule",),
        like,
        _place(seen, wrong),
        title,
        "Keep lr and μ; where a schedule is meant, check the update without it.",
        ((SHOWN[like], own),),
        sure="certain",
    )


def _beside(like, settings, seen, wrong, measure):
    """One exchange, and a factor or a decay that was measured."""
    found = measure(like, seen, settings, wrong)
    if not found:
        return None
    reading, number = found[0]
    names = _letters_of(seen)
    if measure is factor_beside:
        name, words, own = "factor", f"every step is {number:.6g} times that", f"{number:.6g} times that step"
        cure = f"Look for a factor of {number:.6g} as well."
    else:
        name, words, own = "decay-in-step", f"each step adds {number:.6g} θ", f"the same, and θ ← θ + {number:.6g} θ"
        cure = SLIPS["adam"]["decay-in-step-0.01"].cure
    return UpdateCheck(
        False,
        tuple(dict.fromkeys([*reading.names, name])),
        like,
        _place(seen, wrong),
        f"{_title_of(like, reading, names)} + {words}",
        " ".join(dict.fromkeys([*_cures(like, reading, names), cure])),
        (*reading.formulas(names), (reading.shown(), own)),
        sure="certain",
    )


def _letters_of(seen):
    """How the letters of single entries read."""
    names = {f"theta@{j}": name for j, name in enumerate(seen.names)}
    return names | {f"raw@{j}": f"∂C/∂{name}" for j, name in enumerate(seen.names)}


def _place(seen, wrong):
    """The arrays that are wrong, or the entries where the rest of their array is right."""
    arrays = [(name, part) for name, part in seen.arrays if wrong[part].any()]
    whole = [name for name, part in arrays if wrong[part].all()]
    entries = [seen.names[k] for name, part in arrays if name not in whole for k in range(part.start, part.stop) if wrong[k]]
    if len(whole) == len(seen.arrays):
        return "everywhere"
    return ", ".join(whole + entries[:4] + ["…"] * (len(entries) > 4))


def _title_of(like, reading, names):
    words = [
        SLIPS[like][name].title if name in SLIPS[like] else said
        for name, said in zip(reading.names, reading.said(names))
    ]
    if reading.form.relative:
        words.insert(0, f"This is {reading.form.relative}" + ("" if words else ", and right as such"))
    return " + ".join(words)


def _cures(like, reading, names):
    for name, (book, _) in zip(reading.names, reading.formulas(names)):
        yield SLIPS[like][name].cure if name in SLIPS[like] else f"Write {book}."
    if reading.form.relative:
        yield f"{reading.form.relative[0].upper()}{reading.form.relative[1:]} is right where it is meant; {like} is {SHOWN[like]}."


def _only(seen, parts):
    """The same with these parts of theta alone."""
    inside = np.concatenate([np.arange(part.start, part.stop) for part in parts])
    arrays, at = [], 0
    for part in parts:
        size = part.stop - part.start
        arrays.append(("", slice(at, at + size)))
        at += size
    return SimpleNamespace(
        start=seen.start[inside],
        gradients=seen.gradients[:, inside],
        path=seen.path[:, inside],
        digits=seen.digits,
        noticed=seen.noticed,
        block=None,
        turns=(seen.turns[0][inside], seen.turns[1]),
        names=[seen.names[k] for k in inside],
        arrays=arrays,
    )


def _with(form, changes):
    """The changes together with those of a form, where they do not speak of the same line."""
    return (*((line, choice) for line, choice in form if line not in dict(changes)), *changes)


def _possible(changes, seen):
    """Whether the changes can be made: some mix up several arrays, of equal length."""
    choices = {choice for _, choice in changes}
    return (seen.block or "shared" not in choices) and (seen.turns[1] > 1 or "by arrays" not in choices)


def _hidden(like, path, seen):
    """The slips that make no difference to these steps."""
    right = {form: path(like, form) for form in FORMS[like]}
    return tuple(
        name
        for name, slip in SLIPS[like].items()
        if _possible(slip.changes, seen)
        and any(not differs(seen, right[form], path(like, _with(form, slip.changes))).any() for form in right)
    )


def _search(like, path, seen, settings, size):
    """The slips, or pairs of slips in different lines, that predict every step: names, form and changes of each."""
    found = []
    hidden = _hidden(like, path, seen)
    names = [name for name in SLIPS[like] if name not in hidden]
    tried = []
    for chosen in itertools.combinations(names, size):
        changes = tuple(change for name in chosen for change in SLIPS[like][name].changes)
        if len(dict(changes)) == len(changes) and _possible(changes, seen):
            tried += [(chosen, form) for form in dict.fromkeys(_with(form, changes) for form in FORMS[like])]
    first = SimpleNamespace(**{**vars(seen), "path": seen.path[:1], "digits": 1e-3})  # rules out nearly all
    there = first_steps(like, seen.start, seen.gradients[0], settings, [form for _, form in tried], seen.turns)
    for (chosen, form), place in zip(tried, there):
        if all(chosen != other for other, _, _ in found) and (np.isnan(place).all() or not differs(first, place[None]).any()):
            if not differs(seen, path(like, form)).any():
                changes = tuple(change for name in chosen for change in SLIPS[like][name].changes)
                found.append((chosen, form, changes))
    return found


def first_steps(like, theta, gradient, settings, all_changes, turns):
    """The parameters after one step of the rule, a row for each sequence of changes: all of them at once.

    A slip that shares a state between arrays shows from the second array on, and its row is NaN until it is asked alone.
    """
    chosen = [dict(changes) for changes in all_changes]
    exchanged = np.array(["betas" in changes for changes in chosen])[:, None]
    b1, b2 = settings["beta1"], settings["beta2"]
    known = {
        **{"lr": settings["lr"], "mu": settings["mu"], "eps": settings["eps"], "t": 1, "raw": gradient},
        **{"b1": np.where(exchanged, b2, b1), "b2": np.where(exchanged, b1, b2)},
        **{"total": gradient, "start": theta, "calls": turns[0] + 1.0},
        "before": SimpleNamespace(theta=theta, m=0.0, v=0.0, c1=1.0, c2=1.0, top=0.0),
    }
    rows, whole = ["b1", "b2"], np.arange(len(chosen))
    with np.errstate(all="ignore"):
        for line, choices in RULES[like].items():
            out = np.full((len(chosen), len(theta)), np.nan)
            own = np.array([changes.get(line, "") for changes in chosen])
            for choice in np.unique(own):
                at = whole[own == choice]
                if choice != "shared":
                    s = SimpleNamespace(**known | {name: known[name][at] for name in rows})
                    out[at] = choices[str(choice)][1](s)
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
        if line == "betas":
            lines += [(RULES[like][name][""][0], RULES[like][name][""][0].translate(_EXCHANGED)) for name in ("m", "v")]
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
