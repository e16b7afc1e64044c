"""What to do with a value that is no array of numbers: the cure at the end of an error message."""

import numbers
from collections.abc import Iterable, Mapping, Set

import numpy as np

from ..arguments import shown

LABELS = ("Y", "labels")  # arguments that may come as text


def of_cost(value, number):
    """What is said of a cost that did not return one real number."""
    if value is None:
        return "cost returned None: expected one number; is its return missing?"
    if isinstance(value, tuple) and len(value) > 1:
        return f"cost returned a tuple of {len(value)}: expected one number; return the cost alone"
    if isinstance(value, dict):
        return "cost returned a dict: expected one number; are cost and grad in each other's place?"
    if number.size != 1:
        return f"cost returned an array of shape {number.shape}: expected one number; take its mean or sum"
    cure = "; float() of it is one" if isinstance(number.item(), numbers.Real) else ""
    return f"cost returned {number.dtype} ({shown(number.item())}): expected one real number{cure}"


def of_lost_step(step, entry):
    """What is said of a step that adds nothing to an entry of the parameters."""
    cure = "theta scaled to about 1, or method='complex'"
    return f"step={step:.3g} is lost in the digits of an entry of {entry:.3g}: expected a larger step, {cure}"


def masked(argument, expected):
    return f"{argument} is a masked array: expected {expected}; {called(argument)}.filled(number) makes one"


def not_numbers(argument, values, made, expected, kinds):
    """What is said of a value that NumPy takes for an array of something else than numbers of these kinds."""
    name, whole = called(argument), kinds == "iu"
    if values is None:
        return f"{argument} is None: expected {expected}; is a value, or a return, missing?"
    if hasattr(values, "toarray"):
        return f"{argument} is a sparse matrix: expected {expected}; {name}.toarray() makes an array"
    if not isinstance(values, (str, bytes)) and made.ndim == 0 and made.dtype.kind == "O":
        return f"{argument} is of type {type(values).__name__}: expected {expected}; {_of_no_array(values, name)}"
    if argument in LABELS and _are_texts(made):
        cure = f"np.unique({name}, return_inverse=True)[1] makes whole numbers of labels"
        if not whole and argument != "labels":
            cure += ", and one_hot, or reshape(-1, 1) for a single output, makes rows of these"
    elif made.dtype.kind == "c":
        cure = f"np.real({name}) drops the imaginary part"
    elif not _are_numbers(made):
        cure = "take out what is no number, and make all rows equally long"
    else:
        cure = f"np.asarray({name}, dtype={'int' if whole else 'float'}) converts them if they are numbers"
    return f"{argument} has dtype {made.dtype}: expected {expected}; {cure}"


def _of_no_array(value, name):
    if hasattr(value, "__float__"):
        return f"float({name}) makes a number, where it is not too large"
    if isinstance(value, Set):
        return "a set has no order that was meant: a list has one"
    if callable(value):
        return "call it, and hand over what it returns"
    if isinstance(value, Iterable) and not isinstance(value, Mapping):
        return f"np.array(list({name})) makes an array"
    return "hand over one of its arrays"


def vector(argument, theta):
    """How to make a vector of parameters that are none."""
    name = called(argument)
    if theta is None:
        return "net.init(seed) makes one"
    if isinstance(getattr(theta, "theta", None), np.ndarray):
        return f"{name}.theta is one"
    if isinstance(theta, np.ma.MaskedArray):
        return f"{name}.filled(number) makes one"
    try:
        made = np.asarray(theta)
    except ValueError:  # arrays of several shapes
        made = np.array(None)
    if made.dtype.kind in "biuf" or made.ndim and _are_numbers(made):
        return f"net.init(seed) makes one, np.asarray({name}, dtype=float) converts"
    return "net.init(seed) makes one, np.concatenate([part.ravel() for part in parts]) makes one of several arrays"


def no_vector(argument, theta, expected):
    """What is said of parameters that are no vector."""
    return f"{argument} is of type {type(theta).__name__}: {expected}; {vector(argument, theta)}"


def of_dtype(argument, theta, expected):
    """What is said of a vector of something else than floating-point numbers."""
    cure = f"{argument}.astype(float) converts"
    if theta.dtype.kind == "O" and not _are_numbers(theta):
        cure = f"np.concatenate([part.ravel() for part in {argument}]) makes one of several arrays"
    return f"{argument} has dtype {theta.dtype.str}: {expected}; {cure}"


def called(argument):
    """A name that can stand in a line of code."""
    return argument if argument.replace("[", "").replace("]", "").isidentifier() else "it"


def _are_texts(made):
    texts = made.dtype.kind in "US" or made.size and all(isinstance(label, str) for label in made.flat)
    return bool(texts) and not _are_numbers(made)


def _are_numbers(made):
    try:
        made.astype(float)
    except (TypeError, ValueError, OverflowError):
        return False
    return True
