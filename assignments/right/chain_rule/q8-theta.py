"""Joins biases and weights to one matrix a layer, drops the bias column on the way back, and cuts the result in two."""


def step(W, b, z, a, y, rate):
    Theta = [np.column_stack(pair) for pair in zip(b[1:], W[1:])]
    delta, moved = (a[-1] - y) * sigma_slope(z[-1]), []
    for l in reversed(range(len(Theta))):
        moved.append(Theta[l] - rate * np.einsum("j,k->jk", delta, np.r_[1.0, a[l]]))
        if l:
            delta = np.delete(Theta[l].T @ delta, 0) * sigma_slope(z[l])
    moved.reverse()
    return [None] + [M[:, 1:] for M in moved], [None] + [M[:, 0] for M in moved]
