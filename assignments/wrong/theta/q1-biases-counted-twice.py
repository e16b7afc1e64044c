"""The shapes are right and the number of parameters is too large, by one for every unit.
The biases are entries of the matrices already.
"""


def theta_shapes(sizes):
    shapes = [None] + [(sizes[l], 1 + sizes[l - 1]) for l in range(1, len(sizes))]
    return shapes, sum(rows * columns for rows, columns in shapes[1:]) + sum(sizes[1:])
