"""First all deltas from the top down, then all steps from the bottom up."""


def mended_sweep(Theta, A, S, Y, lr):
    L = len(Theta) - 1
    Delta = [None] * L + [A[L] - Y]
    for l in range(L - 1, 0, -1):
        Delta[l] = S[l] * (Delta[l + 1] @ Theta[l + 1][:, 1:])
    new = [None]
    for l in range(1, L + 1):
        received = np.hstack([np.ones((len(Y), 1)), A[l - 1]])
        new.append(Theta[l] - lr / len(Y) * Delta[l].T @ received)
    return new
