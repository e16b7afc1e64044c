"""Takes six steps with an update of the reader's own, in the form of parameters that it has, and notes what it does."""

import copy
import inspect
import warnings
from types import SimpleNamespace

import numpy as np

from .. import arguments
from .update_search import DIGITS

SINGLE_DIGITS = 1e-5  # in the place of DIGITS where the update computes in float32
STEPS = 6
PASSED = {  # parameters of an update that are filled in by their names
    **dict.fromkeys(("lr", "rate", "learning_rate", "alpha", "eta"), "lr"),
    **dict.fromkeys(("momentum", "mu"), "mu"),
    **dict.fromkeys(("beta1", "beta_1", "b1"), "beta1"),
    **dict.fromkeys(("beta2", "beta_2", "b2"), "beta2"),
    **dict.fromkeys(("eps", "epsilon"), "eps"),
    **dict.fromkeys(("weight_decay", "wd", "decay"), "wd"),
    "t": "t",
}


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


def _in_the_form_of(tree, vector):
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


def watch(update, settings, theta, state, each):
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
        here = _in_the_form_of(theta, start)
        memories = [copy.deepcopy(states) for _ in arrays] if each else copy.deepcopy(states)
        for t, gradient in enumerate(gradients, start=1):
            g = _in_the_form_of(theta, gradient)
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
            here = _in_the_form_of(theta, path[-1]) if any(leaf.dtype.kind != "f" for leaf in leaves) else here
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
        shapes=[leaf.shape for leaf in arrays],
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
