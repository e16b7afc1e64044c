"""Turns everything so that a sample is a column, and stacks a row of ones for the biases."""


def batch_gradient(W, Z, A, Y):
    count, depth = Y.shape[0], len(W) - 1
    weights, biases = [None] * (depth + 1), [None] * (depth + 1)
    back = (A[depth].T - Y.T) * sigma(Z[depth].T) * sigma(-Z[depth].T)
    for l in range(depth, 0, -1):
        block = back @ np.column_stack((np.ones(count), A[l - 1])) / count
        weights[l], biases[l] = block[:, 1:], block[:, 0]
        if l != 1:
            back = np.transpose(W[l]) @ back * sigma_slope(Z[l - 1]).T
    return weights, biases
