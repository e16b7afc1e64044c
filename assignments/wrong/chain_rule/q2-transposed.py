"""NumPy says that the sizes do not match: a vector of the layer below has been put where one of the layer above belongs. With layers of equal size it
would have run without a word. Write the shapes of the matrix and of the vector side by side, and see which axis of the matrix belongs to which layer.
"""


def forward(x, W, b):
    z, a = [None], [x]
    for l in range(1, len(W)):
        z.append(a[l - 1] @ W[l] + b[l])
        a.append(sigma(z[l]))
    return z, a
