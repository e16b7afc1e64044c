"""Learning-rate schedules: functions of (epoch, epochs), counted from 0, that return a factor for ``lr``."""

from . import arguments


def polynomial_decay(power=0.25):
    """The factor (1 - epoch / epochs)^power; the article 《理清反向传播算法》 has power 0.25.

    Raises
    ------
    TypeError, ValueError
        For a power that is not a finite number above 0; and in the factor, for epochs that are not a whole number
        of at least 1, and an epoch that is not one from 0 to epochs.
    """
    power = arguments.number("power", power, 0, above=True)

    def factor(epoch, epochs):
        epochs = arguments.whole("epochs", epochs, 1)
        return (1 - arguments.whole("epoch", epoch, 0, epochs) / epochs) ** power

    return factor
