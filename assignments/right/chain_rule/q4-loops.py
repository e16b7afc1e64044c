"""Two loops, over the units of the layer and over those above."""


def hidden_delta(W_above, delta_above, z):
    result = [0.0] * len(z)
    for k in range(len(z)):
        for j in range(len(delta_above)):
            result[k] += W_above[j, k] * delta_above[j]
        result[k] *= float(sigma_slope(z[k]))
    return np.array(result)
