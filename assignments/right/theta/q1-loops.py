"""Counts units and connections in two loops, and adds the biases apart."""


def theta_shapes(sizes):
    shapes, total = [None], 0
    for l in range(1, len(sizes)):
        shapes.append((sizes[l], sizes[l - 1] + 1))
        for unit in range(sizes[l]):
            total += 1
            for from_unit in range(sizes[l - 1]):
                total += 1
    return shapes, total
