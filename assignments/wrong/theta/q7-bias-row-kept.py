"""The layers below are wrong in size and direction, with every unit given its neighbour's share.
For a layer of four units the product with Θ has five entries for each sample: look which one you have cut off.
"""
DEFECT = "bias-row-kept"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = (delta @ Theta[l])[:, :-1] * A[l - 1] * (1 - A[l - 1])
    return G
