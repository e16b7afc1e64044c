"""Takes six steps with an update of the reader's own, in the form of parameters that it has, and notes what it does."""

import copy
import inspect
import warnings
from types import SimpleNamespace

import numpy as np

from ... import arguments
from ..structures import Structure, StructureError
from .running import DIGITS

SINGLE_DIGITS = 1e-5  # in the place of DIGITS where the update computes in float32
STEPS = 6
GRADIENT_CHANGED = (
    "It changes the gradient that it is given, which is harmless if nothing reads the gradient afterwards."
)
PASSED = {  # parameters of an update that are filled in by their names
    **dict.fromkeys(("lr", "rate", "learning_rate", "alpha", "eta"), "lr"),
    **dict.fromkeys(("momentum", "mu"), "mu"),
    **dict.fromkeys(("beta1", "beta_1", "b1"), "beta1"),
    **dict.fromkeys(("beta2", "beta_2", "b2"), "beta2"),
    **dict.fromkeys(("eps", "epsilon"), "eps"),
    **dict.fromkeys(("weight_decay", "wd", "decay"), "wd"),
    "t": "t",
}


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


def is_filled_in(update, setting):
    """Whether an update has a parameter by whose name this setting is handed over."""
    try:
        return any(PASSED.get(name) == setting for name in inspect.signature(update).parameters)
    except (TypeError, ValueError):  # some callables written in C have no signature
        return False


def _set_otherwise(update, settings, state):
    """What is said of the parameters that are filled in with another number than their default."""
    states = 0 if state is None else len(state) if isinstance(state, tuple) else 1
    try:
        parameters = inspect.signature(update).parameters.values()
    except (TypeError, ValueError):
        return
    said = [
        f"{p.name} = {settings[PASSED[p.name]]:g} (its default is {p.default:g})"
        for k, p in enumerate(parameters)
        if k >= 2 + states and p.name in PASSED and PASSED[p.name] in settings and isinstance(p.default, int | float)
        if p.default != settings[PASSED[p.name]]
    ]
    if said:
        yield f"Filled in: {', '.join(said)}. A call without them uses the defaults."


def _takes_a_third(update):
    """Whether an update has a third argument that must be given, by its place, and no other."""
    needed = [p for p in inspect.signature(update).parameters.values() if p.default is p.empty]
    return len(needed) == 3 and needed[2].kind in (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
    )


def start_of(theta, each):
    """Where the update starts, in its own form: ``theta``, or six numbers, or two arrays of three for ``each``."""
    if theta is not None:
        return theta
    start = np.linspace(-1.0, 1.3, 6)
    return [start[:3], start[3:]] if each else start


def taker(update, settings, theta, state, each, gradients, noticed=None):
    """A function of a start, as a vector, that yields the parameters after each of the steps in their own form.

    ``gradients`` are those that the update is given, a row for each step.

    In ``noticed``, a dict, it notes what the update does besides, which takes time.

    Raises
    ------
    TypeError, ValueError
        For an update that cannot be called in this way, or, within the function, returns another form.
    """
    form = Structure(theta, "theta")
    states = () if state is None else state if isinstance(state, tuple) else (state,)
    refused = None
    try:
        filled = _filled(update, settings, len(states))
    except TypeError as error:
        if states or not _takes_a_third(update):
            raise
        refused, states = error, (None,)  # many begin with nothing, and make what they remember in the first step
        filled = _filled(update, settings, 1)
    single = [Structure(value, "theta") for value in form.arrays_in(theta)] if each else []

    def call(form, here, g, states, t):
        before = copy.deepcopy((here, g)) if noticed is not None else None
        named = {name: t if setting == "t" else settings[setting] for name, setting in filled.items()}
        try:
            result = update(here, g, *states, **named)
        except (TypeError, AttributeError, LookupError) as error:
            if refused and t == 1:
                raise refused from error
            raise
        if states and isinstance(result, tuple) and len(result) == 1 + len(states):
            result, states = result[0], result[1:]
        if before:
            _note(noticed, form, before, here, g, result)
        if result is None:
            return here, states
        _returned(form, result)
        return result, states

    def take(start):
        here = form.nest(start)
        memories = [copy.deepcopy(states) for _ in form.leaves] if each else copy.deepcopy(states)
        for t, gradient in enumerate(gradients, start=1):
            g = form.nest(gradient)
            if each:
                moved = []
                for k, leaf in enumerate(form.leaves):
                    new, memories[k] = call(single[k], leaf.within(here), leaf.within(g), memories[k], t)
                    moved.append(np.asarray(new))
                here = form.filled(moved)
            else:
                here, memories = call(form, here, g, memories, t)
            arrays = form.arrays_in(here)
            yield arrays
            if any(array.dtype.kind != "f" for array in arrays):
                here = form.nest(in_one_row(arrays))

    return take


def in_one_row(arrays):
    return np.concatenate([array.ravel() for array in arrays]).astype(float)


def _note(noticed, form, before, here, g, result):
    """What one call of the update does besides; ``before`` holds copies of what it was given."""
    same = lambda a, b: all(np.array_equal(x, y, equal_nan=True) for x, y in zip(a, b))
    kept, given = before
    if not same(form.arrays_in(g), form.arrays_in(given)):
        noticed[GRADIENT_CHANGED] = True
    if result is not None:
        own, kept, new = form.arrays_in(here), form.arrays_in(kept), _returned(form, result)
        if not same(own, kept) and not same(new, kept) and any(x is not y for x, y in zip(new, own)):
            noticed["It changes theta in place and returns another array: keep to one of the two."] = True


def watch(update, settings, theta, state, each, clip=None):
    """The six steps of ``update``: start, gradients, path, and what was noticed on the way.

    ``given`` are the gradients that the update was given; those that the rule steps by are clipped where a ``clip``
    says so.

    Raises
    ------
    TypeError, ValueError
        For an update that cannot be called in this way, or returns another form.
    """
    theta = start_of(theta, each)
    form = Structure(theta, "theta")
    start, noticed, path, dtypes = form.vector(theta), {}, [], set()
    given = gradients_for(start.size)
    given = clip.drawn(given) if clip else given
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for arrays in taker(update, settings, theta, state, each, given, noticed)(start):
            dtypes |= {array.dtype for array in arrays}
            path.append(in_one_row(arrays))
    for said in _set_otherwise(update, settings, state):
        noticed[said] = True
    returns_single = any(dtype.itemsize < 8 for dtype in dtypes)
    if returns_single:
        noticed["It computes in float32, so it is compared to five digits instead of nine."] = True
    sizes = [leaf.size for leaf in form.leaves]
    places = ["theta" + "".join(f"[{key!r}]" for key in leaf.path) for leaf in form.leaves]
    seen = SimpleNamespace(
        start=start,
        given=given,
        gradients=given,
        path=np.array(path),
        digits=SINGLE_DIGITS if returns_single else DIGITS,
        rounding=np.finfo(np.float32 if returns_single else float).eps,
        given_single=any(array.dtype in (np.float16, np.float32) for array in form.arrays_in(theta)),
        noticed=tuple(noticed),
        block=sizes[0] if len(set(sizes)) == 1 and len(sizes) > 1 else None,
        shapes=[leaf.shape for leaf in form.leaves],
        turns=(np.repeat(np.arange(len(sizes)), sizes), len(sizes)),
        names=[
            f"{place}[{','.join(map(str, index))}]" if index else place
            for place, leaf in zip(places, form.leaves)
            for index in np.ndindex(leaf.shape)
        ],
        arrays=[(place, slice(leaf.start, leaf.start + leaf.size)) for place, leaf in zip(places, form.leaves)],
    )
    return clip.as_meant(seen) if clip else seen


def in_single(seen):
    """What the update did, to be compared to the digits that numbers of single precision have."""
    said = "theta is given in float32, so the steps are compared to five digits instead of nine."
    return SimpleNamespace(**{**vars(seen), "digits": SINGLE_DIGITS, "noticed": (*seen.noticed, said)})


def with_gradients(seen, gradients):
    """What the update did, beside other gradients that the rule steps by."""
    return SimpleNamespace(**{**vars(seen), "gradients": gradients})


def _returned(form, result):
    """The arrays that an update returned."""
    wants = [leaf.shape for leaf in form.leaves]
    try:
        arrays = form.arrays_in(result)
        shapes = [array.shape for array in arrays]
    except StructureError as error:
        shapes, came = None, str(error)
    else:
        came = f"arrays of shape {shapes}"
        if any(array.dtype.kind not in "biufO" for array in arrays):
            of_complex = any(array.dtype.kind == "c" for array in arrays)
            came = "complex numbers" if of_complex else arguments.shown(result)
            cure = "; .real has them" if of_complex else ""
            raise TypeError(f"update returned {came}: expected real numbers in the form of theta, or None{cure}")
    if shapes != wants:
        raise ValueError(
            f"update returned {came} for parameters of shape {wants}: expected the new parameters in the form of the "
            "old ones, or None"
        )
    return arrays


def only(seen, parts):
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
        rounding=seen.rounding,
        noticed=seen.noticed,
        block=None,
        turns=(seen.turns[0][inside], seen.turns[1]),
        names=[seen.names[k] for k in inside],
        arrays=arrays,
    )


def wrong_arrays(seen, wrong):
    return [(name, part) for name, part in seen.arrays if wrong[part].any()]


def names_of(arrays):
    return ", ".join(name for name, _ in arrays)


def place_of(seen, wrong):
    """The arrays that are wrong, or the entries where the rest of their array is right."""
    arrays = [(name, part) for name, part in seen.arrays if wrong[part].any()]
    whole = [name for name, part in arrays if wrong[part].all()]
    entries = [
        seen.names[k] for name, part in arrays if name not in whole for k in range(part.start, part.stop) if wrong[k]
    ]
    if len(whole) == len(seen.arrays):
        return "everywhere"
    return ", ".join(whole + entries[:4] + ["…"] * (len(entries) > 4))
