"""The vector has the right length and the right numbers in another order.
This is Octave's order, down the columns; whoever rolls it back along the rows gets another network, and nothing complains.
"""


def unroll(Theta):
    return np.concatenate([block.ravel(order="F") for block in Theta[1:]])
