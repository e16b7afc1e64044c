"""Learning-rate schedules: functions of (epoch, epochs), counted from 0, that return a factor for ``lr``."""

from . import arguments


def polynomial_decay(power=0.25):
    """The factor (1 - epoch / epochs)^power; the article 《理清反向传播算法》 has power 0.25.

    Raises
    ------
    TypeError, ValueError
        For a power that is not a finite number above 0.
    """
    power = arguments.number("power", power, 0, above=True)
    return lambda epoch, epochs: (1 - epoch / epochs) ** power
