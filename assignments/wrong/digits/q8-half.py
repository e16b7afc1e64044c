"""The biases are right, and all weights get half of what they should. The penalty has a half in front and a
square behind it. Look at what becomes of the two when you differentiate."""


def mended_penalty(Theta, lam, m):
    pull = [None]
    for T in Theta[1:]:
        P = lam / (2 * m) * T
        P[:, 0] = 0
        pull.append(P)
    return pull
