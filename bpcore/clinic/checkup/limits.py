"""What counts as a finding of the checkup: each limit with its reason, and a test on both sides of it."""

import numpy as np

HUNDREDFOLD = 10.0
"""The curvature of the first layer grows with the square of an input, and the largest stable rate falls with it:
a column of root mean square 10 costs a factor of 100 against one of root mean square 1, and so does a mean that is
ten deviations away from zero."""
FAR = 30.0
"""A few rows lie far from the rest where they are thirty times further from the median than the quartiles are apart, as
a code such as -999 is; of a normal distribution no row of any data set is more than six such distances away."""
LARGE_TARGET = 100.0
"""A linear output begins near 0 and moves by about lr for each unit of error: targets above 100 are a long way."""
UNFINISHED = 0.5
"""A network whose cost is at least half of what a constant answer costs has most of its work before it. Only there are
dead or saturated units, small deltas or a still cost a complaint: a network that has learnt can do with few units."""
WRECKED = 10.0
"""Training has diverged where it ends with ten times the cost of its start, and of a constant answer: what its last
parameters look like is an effect of that, and a rate measured there says nothing of the rate that the start needs."""
SHALLOW = 0.05
"""A unit is saturated where its mean slope is below 5 % of the largest: the deltas behind it shrink twentyfold."""
SMALL_WEIGHTS = 0.1
"""Weights are small where they have less than a tenth of the size that net.init(seed) draws for their layer."""
TWINS = 8
"""Units whose weights agree to so many digits are copies: what is left between them grows too slowly to be of use."""
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
AT_REST = 1e-3
"""A network without hidden layer is at its minimum where no column of X goes with its errors by more than a thousandth
of their size: what such a column could still take from the cost is a millionth."""
WORSE = 0.1
"""A training is not what the checkup's trial with the same rate is where its cost, from as many epochs on, stays above
that of the trial by a tenth of what a constant answer costs: chance in the batches does less."""
FALLING = 0.05
"""A cost that is not half done still falls where the last quarter of the epochs took a twentieth of what a constant
answer costs: at that pace five times as many epochs take all of that."""
FEW = 11
"""Up to so many costs, ten epochs, say only whether the cost still falls; whether it stands still needs more."""
TRIAL = 100  # steps of the trial run with the given rate

REACH = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, np.inf), "softmax": (0.0, 1.0)}
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}
