"""How work that takes long is shown: a bar where tqdm is installed, and otherwise some lines."""

import contextlib
import sys


class Progress:
    """Used in a with statement around the steps of the work.

    Parameters
    ----------
    wanted : bool or int
        False or 0 shows nothing.
    total : int
        The number of steps that there will be at most. A single one has no bar.
    unit : str
        What one step is called, such as "epoch".
    file : text stream, optional
        Where to; the standard error stream by default.
    lines : int
        How many lines there are at most without a bar.
    """

    def __init__(self, wanted, total, unit, file=None, lines=10):
        self.wanted, self.total, self.unit, self.lines, self.done = wanted, total, unit, lines, 0
        self.file, self.bar = file or sys.stderr, None
        if wanted and total > 1:
            with contextlib.suppress(ModuleNotFoundError):
                from tqdm.auto import tqdm

                self.bar = tqdm(total=total, unit=f" {unit}", file=self.file)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if self.bar is not None:
            self.bar.close()

    def show(self, done, text=""):
        """To be called after each step, or after some, with the number of all that are done."""
        if self.bar is not None:
            self.bar.set_postfix_str(text, refresh=False)
            self.bar.update(done - self.bar.n)
        elif self.wanted and done * self.lines // self.total > self.done * self.lines // self.total:
            self.say(f"{self.unit} {done} of {self.total}" + (f", {text}" if text else ""))
        self.done = done

    def say(self, line):
        """Print a line, above the bar where there is one."""
        if self.bar is not None:
            self.bar.write(line, file=self.file)
        elif self.wanted:
            print(line, file=self.file)


def each(items, progress, unit):
    """The items one after the other, with the progress of what is done to them."""
    with Progress(progress, len(items), unit) as shown:
        for done, item in enumerate(items, start=1):
            yield item
            shown.show(done)
