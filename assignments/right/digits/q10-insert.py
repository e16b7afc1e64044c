"""np.insert puts the biases in front of the transposed weights; other names, and einsum for the transpose."""


def theta_from_sklearn(weights, offsets):
    network = [None] * (1 + len(weights))
    for place, offset in enumerate(offsets):
        network[place + 1] = np.insert(np.einsum("kj->jk", weights[place]), 0, offset, axis=1)
    return network
