"""Hidden layers learn at the wrong rate, and the cost flattens where it need not. The slope comes out near a quarter in every unit, although some units
are saturated. The pre-activation has been squashed before it was handed to the function of the slope.
"""
DEFECT = "slope-of-a"


def hidden_delta(W_above, delta_above, z):
    return W_above.T @ delta_above * sigma_slope(sigma(z))
