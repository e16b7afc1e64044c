"""Rows and columns have changed places.
In the book row j holds what leads into unit j, so the rows belong to the layer that the matrix leads to.
Libraries that multiply from the other side keep the transpose; both are sound, and mixing them is not.
"""


def theta_shapes(sizes):
    shapes = [None] + [(1 + sizes[l - 1], sizes[l]) for l in range(1, len(sizes))]
    return shapes, sum(rows * columns for rows, columns in shapes[1:])
