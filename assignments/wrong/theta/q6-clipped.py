"""The cost stops growing where an output is far from its target, as if the network were nearly right there. Outputs are cut off before their logarithm is
taken. No output is exactly 0 or 1 here, so ask what the cut is for, and what it costs.
"""


def cost(Theta, H, Y, lam, n):
    H = np.clip(H, 1e-5, 1 - 1e-5)
    data = -np.sum(Y * np.log(H) + (1 - Y) * np.log(1 - H)) / len(Y)
    return data + lam / (2 * n) * sum(np.sum(block[:, 1:] ** 2) for block in Theta[1:])
