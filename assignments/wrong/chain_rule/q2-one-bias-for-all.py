"""The first unit of each layer is right, and the others are off by a constant. All units of a layer have been given the bias of the first one. Some
worked examples do share one bias in a layer; this network has one for each unit.
"""


def forward(x, W, b):
    z, a = [None], [x]
    for l in range(1, len(W)):
        z.append(W[l] @ a[l - 1] + b[l][0])
        a.append(sigma(z[l]))
    return z, a
