"""With one unit above all is right; with several, the deltas have the right shape and wrong values. The matrix has been forced into a shape in which the
product runs, and that has put weights into places where they do not belong. Take a small matrix, print it before and after, and see where the weight
from unit 0 to unit 1 has gone.
"""


def hidden_delta(W_above, delta_above, z):
    turned = W_above.reshape(len(z), len(delta_above))
    return turned @ delta_above * sigma_slope(z)
