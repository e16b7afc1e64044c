"""Functions of one's own that are handed over to training: what is told where they cannot be called as they are."""

import inspect

RULE = "a function rule(theta) that returns update(theta, g, rate)"


def refuse_other_forms(error, rule, steps, schedule, callback):
    """Where training ended with this error because a function was handed over in another form, say which one.

    An error that comes from within a function which takes what it is given is its owner's, and nothing is said of it.

    Raises
    ------
    TypeError
        With the name of the function, and the form that is expected.
    """
    handed_over = (
        ("rule", rule, ("theta",), f"{RULE}; lambda theta: update makes a rule of an update"),
        ("rule(theta)", getattr(steps, "update", None), ("theta", "g", "rate"), "update(theta, g, rate)"),
        ("schedule", schedule, ("epoch", "epochs"), "schedule(epoch, epochs)"),
        ("callback", callback, ("epoch", "theta", "cost"), "callback(epoch, theta, cost)"),
    )
    if isinstance(error, TypeError):
        for name, function, given, expected in handed_over:
            if function is not None and (why := _refused(function, given)):
                said = f"{name} cannot be called with ({', '.join(given)}), {why}"
                raise TypeError(f"{said}: expected {expected}") from None
    elif "truth value" in str(error) and error.__traceback__.tb_next is None:  # asked by the loop of training itself
        raise TypeError("callback returned an array: expected True, to stop the training, or None") from None


def _refused(function, given):
    """Why a function cannot be called with so many arguments; None where it can, or where that is not known."""
    try:
        inspect.signature(function).bind(*given)
    except ValueError:  # some callables written in C have no signature
        return None
    except TypeError as error:
        return str(error)
