"""One number after the other, with the hyperbolic cosine from Python's own exponentials."""


def slopes(z):
    tanh_slope, relu_slope = np.zeros(np.shape(z)), np.zeros(np.shape(z))
    for place in np.ndindex(np.shape(z)):
        e = np.exp(-abs(z[place]))
        tanh_slope[place] = (2 * e / (1 + e * e)) ** 2
        if z[place] > 0:
            relu_slope[place] = 1
    return tanh_slope, relu_slope
