"""All layers are off, most where the output is saturated. Between z and the loss lie two functions, and only the slope of the outer one has been taken.
For another loss, the cross-entropy, this would be right: look at which loss the question has.
"""
DEFECT = "output-slope-forgotten"


def output_delta(z, y):
    return sigma(z) - y
