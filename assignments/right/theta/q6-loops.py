"""Adds up loss after loss and square after square with the logarithm of single numbers."""
import math


def cost(Theta, H, Y, lam, n):
    total = 0.0
    for i in range(len(Y)):
        for k in range(Y.shape[1]):
            total -= math.log(H[i, k]) if Y[i, k] == 1 else math.log(1 - H[i, k])
    squares = 0.0
    for block in Theta[1:]:
        for row in block:
            for w in row[1:]:
                squares += w ** 2
    return total / len(Y) + lam * squares / (2 * n)
