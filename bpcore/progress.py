"""How long work shows itself: a bar where tqdm is installed, and otherwise a line for every tenth of the way."""

import contextlib
import sys


@contextlib.contextmanager
def shown(progress, total, unit):
    """Within the with statement, give a function ``show(done, text="")`` to call after each step, or after some.

    Parameters
    ----------
    progress : bool
        False for a function that shows nothing.
    total : int
        The number of steps that there will be at most.
    unit : str
        What one step is called, such as "epoch".
    """
    if not progress:
        yield lambda done, text="": None
        return
    try:
        from tqdm.auto import tqdm
    except ModuleNotFoundError:
        before = 0

        def line(done, text=""):
            nonlocal before
            if done * 10 // total > before * 10 // total:
                print(f"{unit} {done} of {total}" + (f", {text}" if text else ""), file=sys.stderr)
            before = done

        yield line
        return
    with tqdm(total=total, unit=unit, file=sys.stderr) as bar:

        def draw(done, text=""):
            bar.set_postfix_str(text, refresh=False)
            bar.update(done - bar.n)

        yield draw
