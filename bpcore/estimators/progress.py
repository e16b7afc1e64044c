"""How training tells what it does: a tqdm bar where tqdm is installed, one line per epoch elsewhere, or nothing."""

import sys


class Progress:
    """Used in a with statement around the epochs.

    Parameters
    ----------
    verbose : bool or int
        False or 0 for silence.
    total : int
        The most epochs that there can be.
    """

    def __init__(self, verbose, total):
        self.verbose, self.total, self.bar = verbose, total, None

    def __enter__(self):
        if self.verbose and self.total > 1:
            try:
                from tqdm.auto import tqdm
            except ModuleNotFoundError:
                return self
            self.bar = tqdm(total=self.total, desc="Iteration", file=sys.stdout)
        return self

    def __exit__(self, *error):
        if self.bar is not None:
            self.bar.close()

    def epoch(self, number, loss, score=None):
        """Show the loss after this epoch, and the validation score where there is one."""
        if self.bar is not None:
            shown = {"loss": f"{loss:.6g}"} | ({} if score is None else {"validation score": f"{score:.6g}"})
            self.bar.set_postfix(shown, refresh=False)
            self.bar.update()
        elif self.verbose:
            print(f"Iteration {number}, loss = {loss:.8f}")
            if score is not None:
                print(f"Validation score: {score:.6f}")

    def say(self, message):
        """Print a line, above the bar where there is one."""
        if self.bar is not None:
            self.bar.write(message, file=sys.stdout)
        elif self.verbose:
            print(message)
