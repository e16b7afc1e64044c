"""What counts as a finding of the checkup: each limit with its reason, and a test on both sides of it."""

import numpy as np

HUNDREDFOLD = 10.0
"""The curvature of the first layer grows with the square of an input, and the largest stable rate falls with it:
a column of root mean square 10 costs a factor of 100 against one of root mean square 1, and so does a mean that is
ten deviations away from zero."""
LARGE_TARGET = 100.0
"""A linear output begins near 0 and moves by about lr for each unit of error: targets above 100 are a long way."""
UNFINISHED = 0.5
"""A network whose cost is at least half of what a constant answer costs has most of its work before it. Only there are
dead or saturated units, small deltas or a still cost a complaint: a network that has learnt can do with few units."""
SHALLOW = 0.05
"""A unit is saturated where its mean slope is below 5 % of the largest: the deltas behind it shrink twentyfold."""
MOST_OF_A_LAYER = 0.5
"""Some dead or saturated units are usual; a finding begins at half of a layer."""
THOUSANDFOLD = 1e3
"""A delta that is a thousand times smaller in layer 1 than at the output: what the output learns in one epoch, layer 1
learns in a thousand. The same number the other way round is called exploding."""
FLAT = 0.01
"""Predictions that vary by less than 1 % of what the targets do answer the same to everything."""
SLOW = 1e-3
"""A cost that falls by less than a thousandth of itself in an epoch needs more than a thousand epochs."""
CONFLICT = 0.01
"""Equal rows with different targets are a finding where they keep at least 1 % of the cost of a constant answer."""
PULL = 0.03
"""The penalty is too strong where its curvature λ/n is at least 3 % of the largest one of the mean loss: all directions
but the stiffest are then pulled to zero more than they are held. A tanh network on the moons, trained with that much,
ends with ten times the cost that it reaches without; digits end with more than a hundred times."""
SWING = 0.05
"""A cost oscillates where, in the second half, it rises in a quarter of the epochs, and half of the rises are above 5 %
of what a constant answer costs."""
STILL = 0.01
"""A cost stands still where the last quarter of the epochs, and at least ten, change it by less than 1 %."""
FALLING = 0.05
"""A cost that is not half done still falls where the last quarter of the epochs took a twentieth of what a constant
answer costs: at that pace five times as many epochs take all of that."""
TRIAL = 100  # steps of the trial run with the given rate

REACH = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, np.inf), "softmax": (0.0, 1.0)}
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}
