"""With one unit above all is right; with several, every entry is too small by the same factor, the number of units above. Over the paths one adds: look
for a mean where a sum belongs.
"""


def hidden_delta(W_above, delta_above, z):
    return np.mean(W_above * delta_above[:, None], axis=0) * sigma_slope(z)
