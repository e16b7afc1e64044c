"""The equation of the notation page: the cost, which bpcore's `Network.cost` has to be."""
import numpy as np

from bpcore import Network

from .registry import equation


@equation("eq-cost")
def cost(rng, sizes):
    net = Network(sizes, hidden="tanh", output="identity", loss="half_squared")
    theta = net.init(rng, scheme="standard_normal")
    theta += 0.1 * rng.standard_normal(theta.size)      # biases that are not zero, so that a penalty on them would show
    m, n, lam = 6, 17, 0.7
    X, Y = rng.standard_normal((m, sizes[0])), rng.standard_normal((m, sizes[-1]))
    p, losses = net.params(theta), 0.0
    for x, y in zip(X, Y):
        a = x
        for l in range(1, net.L + 1):
            z = p.W[l] @ a + p.b[l]
            a = np.tanh(z) if l < net.L else z
        losses += sum((a[k] - y[k]) ** 2 / 2 for k in range(len(y)))
    squares = sum(w ** 2 for W in p.W[1:] for row in W for w in row)
    return net.cost(theta, X, Y, lam=lam, n=n), losses / m + lam / (2 * n) * squares
