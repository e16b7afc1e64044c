"""Slot 0 of the activations holds numbers between 0 and 1, whatever the input was. Layer 0 is the input itself and computes nothing: look at what has
been done to x before the first sum.
"""


def forward(x, W, b):
    z, a = [None], [sigma(x)]
    for l in range(1, len(W)):
        z.append(W[l] @ a[l - 1] + b[l])
        a.append(sigma(z[l]))
    return z, a
