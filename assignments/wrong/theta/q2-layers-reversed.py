"""Each layer is in order, and the layers are not.
The backward pass runs from the last layer to the first, the vector does not.
"""


def unroll(Theta):
    return np.concatenate([block.ravel() for block in Theta[:0:-1]])
