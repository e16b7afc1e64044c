"""Every matrix is one column too narrow.
A unit receives one weight from each unit below it, and one number more.
Draw a single unit with everything that leads into it, and count.
"""


def theta_shapes(sizes):
    shapes = [None] + [(sizes[l], sizes[l - 1]) for l in range(1, len(sizes))]
    return shapes, sum(rows * columns for rows, columns in shapes[1:])
