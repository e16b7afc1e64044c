"""Room 1 of the museum: the right numbers at the wrong time."""

import weakref

import numpy as np

from ..backward import every_layer, hidden_layers
from .table import gradient_defect, program_defect


@gradient_defect(
    "stale-weights",
    "from_above",
    hidden_layers,
    exhibit=True,
    title="Hidden deltas from weights that have moved already",
    symptom="The gradient of the last layer is right, and all layers below it are off by an amount that grows "
    "with the learning rate.",
    survives="A step is small, so the new weights are nearly the old ones, and the cost falls as before.",
    cure="Compute all deltas and all gradients first, and change the weights after that.",
)
def updated_too_soon(s, l):
    moved = s.W[l + 1] - s.lr * s.delta[l + 1].T @ s.a[l] / s.m
    return s.delta[l + 1] @ moved


def added_up(tape):
    gradient = {tape[-1][0]: 1.0}
    for value, parents in reversed(tape):
        for parent, slope in parents:
            gradient[parent] = gradient.get(parent, 0.0) + gradient[value] * slope
    return gradient


def check_used_twice(program):
    """c = b·b with b = a + a is 4a², whose derivative at a = 3 is 24."""
    slope = program([("a", []), ("b", [("a", 1.0), ("a", 1.0)]), ("c", [("b", 6.0), ("b", 6.0)])])["a"]
    assert slope == 24, f"the derivative of (a + a)² at a = 3 comes out as {slope:g}, and it is 24"
    return slope


@program_defect(
    "gradient-overwritten",
    check_used_twice,
    added_up,
    title="A value is used twice, and its gradient is overwritten",
    symptom="Gradients are right where every value is used once, and too small or of the wrong sign elsewhere.",
    survives="In a chain of layers without branches, every array is used once.",
    cure="Add what arrives to what is there (+=), and clear it before each backward pass.",
)
def overwritten(tape):
    gradient = {tape[-1][0]: 1.0}
    for value, parents in reversed(tape):
        for parent, slope in parents:
            gradient[parent] = gradient[value] * slope
    return gradient


@gradient_defect(
    "fan-out-overwritten",
    "from_above",
    hidden_layers,
    title="Of all units above, only the last one is heard",
    symptom="The last layer's gradient is right, and the layers below get the share of one unit of the layer above.",
    survives="With a single output nothing is lost in the layer below it.",
    cure="Add up over all units of the layer above (+= in the loop, or the matrix product).",
)
def last_unit_only(s, l):
    return s.delta[l + 1][:, -1:] * s.W[l + 1][-1]


@gradient_defect(
    "samples-overwritten",
    "weight_sum",
    every_layer,
    title="Of all samples, only the last one counts",
    symptom="The weights' gradient is that of the last sample divided by m; the biases', if any, may be right.",
    survives="One sample's gradient points roughly downhill, as in stochastic gradient descent.",
    cure="Add up over the samples: += in the loop, or the matrix product over all rows.",
)
def last_sample_only(s, l):
    for i in range(s.m):
        total = np.outer(s.delta[l][i], s.a[l - 1][i])
    return total


KEPT = weakref.WeakKeyDictionary()


@gradient_defect(
    "accumulated",
    "hand_over",
    every_layer,
    exhibit=True,
    title="The gradient is never cleared between steps",
    symptom="The first call is right; every further call adds to what was there, and the steps grow.",
    survives="A gradient check calls once, and summed gradients act like momentum that never fades.",
    cure="Set the gradient to zero at the start of every backward pass.",
)
def never_cleared(s, l, block):
    kept = KEPT.setdefault(s.net, {})
    kept[l] = kept.get(l, 0) + block
    return kept[l]


@gradient_defect(
    "argument-changed",
    "prepare",
    every_layer,
    exhibit=True,
    title="The gradient changes the parameters that it is given",
    symptom="Cost and gradient belong to different parameters, and an optimiser that compares them gives up.",
    survives="A check that looks at the parameters after the call finds everything in order, at the damaged place.",
    cure="Run the whole pass with theta as it came: change a copy, as for a penalty without biases, and make the step "
    "outside.",
)
def zero_the_biases(s, l):
    s.Theta[l][:, 0] = 0
