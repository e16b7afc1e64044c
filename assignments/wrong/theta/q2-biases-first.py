"""The right numbers, with all biases of a layer in front of its weights.
The bias of a unit stands at the head of the unit's row, and there it is in the vector too.
"""


def unroll(Theta):
    return np.concatenate([part.ravel() for block in Theta[1:] for part in (block[:, 0], block[:, 1:])])
