"""The layers below are wrong in size and direction, and the layer itself and those above it are right. That is what one sees where two layers have the
same size; here the sizes differ, and NumPy refuses the product. Forwards a unit reads a row of the matrix: along what must it read backwards?
"""
DEFECT = "missing-transpose"


def hidden_delta(W_above, delta_above, z):
    return W_above @ delta_above * sigma_slope(z)
