"""Hidden layers learn at the wrong rate, and the cost flattens where it need not. The delta has the right sign and a size that is off by a factor of its
own in each output, largest where the output is saturated. Look at what the function of the slope is handed: does it expect z or the activation?
"""
DEFECT = "slope-of-a"


def output_delta(z, y):
    a = sigma(z)
    return (a - y) * sigma_slope(a)
