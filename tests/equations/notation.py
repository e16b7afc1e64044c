"""The equation of the notation page: the cost, which bpcore's `Network.cost` has to be."""
import numpy as np

from bpcore import Network

from .registry import equation
from .rounding import gamma, network


@equation("eq-cost", mutants={
    "biases penalised": ("for W in p.W[1:] for row", "for W in p.Theta[1:] for row"),
    "half dropped": ("lam / (2 * n)", "lam / n"),
    "batch for training set": ("lam / (2 * n)", "lam / (2 * m)"),
    "sum for mean": ("losses / m", "losses"),
    "sign of the penalty": (" + lam", " - lam"),
    "weights not squared": ("w ** 2 for", "w for"),
})
def cost(rng, sizes):
    """bpcore's Network.cost against the definition in loops, with biases that are not zero and a batch smaller than the training set."""
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
    left, right = net.cost(theta, X, Y, lam=lam, n=n), losses / m + lam / (2 * n) * squares
    # The outputs are wrong by `error`, and so are half their squared distances to the targets; the sums have no negative term.
    outputs = net.predict(theta, X)
    error = network(p.W, p.b, X, [np.tanh] * (net.L - 1) + [np.array], [1] * net.L)
    moved = (abs(outputs - Y) * error + error ** 2).sum() / m
    return left, right, 2 * (moved / right + gamma(Y.size + sum(W.size for W in p.W[1:]) + 9))
