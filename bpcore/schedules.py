"""Learning-rate schedules: each is called with (epoch, epochs), counts epochs from 0, and returns a factor for ``lr``."""

from . import arguments


def constant():
    """The factor 1 in every epoch."""
    return lambda epoch, epochs: 1.0


def polynomial_decay(power=0.25):
    """The factor (1 - epoch / epochs)^power; power 0.25 is that of 《理清反向传播算法》.

    Raises
    ------
    TypeError, ValueError
        For a power that is no finite number above 0.
    """
    power = arguments.number("power", power, 0, above=True)
    return lambda epoch, epochs: (1 - epoch / epochs) ** power


def step_decay(factor=0.5, every=10):
    """The factor ``factor`` to the power of the number of whole spans of ``every`` epochs that have passed.

    Raises
    ------
    TypeError, ValueError
        For a factor that is no number between 0 and 1, and for ``every`` that is no whole number above 0.
    """
    factor, every = arguments.number("factor", factor, 0, above=True, below=1), arguments.whole("every", every, 1)
    return lambda epoch, epochs: factor ** (epoch // every)
