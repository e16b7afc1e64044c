"""Makes all arrays of zeros first, and fills the weights in afterwards, in the order of the layers."""


def glorot_start(units, generator):
    parameters = [np.zeros((units[l], units[l - 1] + 1)) if l else None for l in range(len(units))]
    for matrix in parameters[1:]:
        n, m = matrix[:, 1:].shape
        high = np.sqrt(6) / np.sqrt(n + m)
        matrix[:, 1:] = generator.uniform(low=-high, high=high, size=(n, m))
    return parameters
