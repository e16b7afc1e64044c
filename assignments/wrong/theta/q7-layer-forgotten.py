"""One layer's parameters never change.
One slot holds zeros where nobody has been.
"""
DEFECT = "layer-forgotten"


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        delta = delta @ W * A[l - 1] * (1 - A[l - 1])
    G[1] = np.zeros_like(G[1]) if len(G) > 2 else G[1]
    return G
