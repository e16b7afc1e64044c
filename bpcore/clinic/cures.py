"""What to do with a value that is no array of numbers: the cure at the end of an error message."""

import numbers

import numpy as np

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
    return f"cost returned {number.dtype} ({number}): expected one real number{cure}"


def masked(argument, expected):
    return f"{argument} is a masked array: expected {expected}; {called(argument)}.filled(number) makes one"


def not_numbers(argument, values, made, expected, kinds):
    """What is said of a value that NumPy takes for an array of something else than numbers of these kinds."""
    name, whole = called(argument), kinds == "iu"
    if values is None:
        return f"{argument} is None: expected {expected}; is a value, or a return, missing?"
    if hasattr(values, "toarray"):
        return f"{argument} is a sparse matrix: expected {expected}; {name}.toarray() makes an array"
    if made.dtype.kind in "US" and argument in LABELS and not _are_numbers(made):
        cure = f"np.unique({name}, return_inverse=True)[1] makes whole numbers of labels"
        cure += "" if whole else ", and one_hot makes rows of these"
    elif made.dtype.kind == "c":
        cure = f"np.real({name}) drops the imaginary part"
    elif not _are_numbers(made):
        cure = "take out what is no number, and make all rows equally long"
    else:
        cure = f"np.asarray({name}, dtype={'int' if whole else 'float'}) converts them if they are numbers"
    return f"{argument} has dtype {made.dtype}: expected {expected}; {cure}"


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


def _are_numbers(made):
    try:
        made.astype(float)
    except (TypeError, ValueError):
        return False
    return True
