"""With one hidden layer the gradient is right, and with two the lower layers are wrong.
On the way back each layer has a slope of its own; here they all get that of one.
"""


def gradient(Theta, A, Y, lam, n):
    G = [None] * len(Theta)
    delta = A[-1] - Y
    for l in range(len(Theta) - 1, 0, -1):
        W = Theta[l][:, 1:]
        G[l] = np.column_stack([delta.mean(axis=0), delta.T @ A[l - 1] / len(Y) + lam / n * W])
        if l > 1:
            delta = delta @ W * A[1] * (1 - A[1])
    return G
