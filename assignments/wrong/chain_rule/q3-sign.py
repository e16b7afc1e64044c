"""The cost rises from the first step on; in one layer only, it falls more slowly or not to the end. An output below its target has been told to become
smaller still. Say aloud what a positive delta means, and look at the order of the two things that are subtracted.
"""
DEFECT = "sign"


def output_delta(z, y):
    a = sigma(z)
    return (y - a) * a * (1 - a)
