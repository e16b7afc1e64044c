"""These are the two activations, and the question asks for their slopes. Look at the values for large z: a curve
that levels off has a slope that dies away."""


def slopes(z):
    return np.tanh(z), np.maximum(z, 0)
