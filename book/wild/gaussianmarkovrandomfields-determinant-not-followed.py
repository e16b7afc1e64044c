"""A field's log-determinant reads a factorisation that the rules declare constant, and adds nothing to the gradient."""

import numpy as np

SOURCE = "https://github.com/timweiland/GaussianMarkovRandomFields.jl/pull/193"
THREAD = "timweiland/GaussianMarkovRandomFields.jl PR #193, b913e0b5"
DATE = "2026-07"
KIND = "gradient"
FORMULA = r"\partial C / \partial Q = \tfrac12 r r^T,\; r = z - \mu"
RIGHT = (
    r"\partial C / \partial Q = \tfrac12 (r r^T - Q^{-1}),\; C = \tfrac12 r^T Q r - \tfrac12 \log \det Q + \text{const}"
)
READ = "code"
GROUP = "blocks"
LAYER = [1]
NAMES = [{"another-cost"}, {"formula"}]
NET = None  # the density of a Gaussian Markov random field on a grid
BLOCKS = ["mu[1]", "theta[1]"]
SAMPLES = 3
LAM = 0.0
SIDE = 3


def start(rng):
    """A mean for each node, the logarithm of the precision's scale, and what is added to the Laplacian."""
    return {"mu": 0.5 * rng.standard_normal(SIDE**2), "theta": np.array([0.4, 0.3]) + 0.2 * rng.standard_normal(2)}


def data(rng):
    """X is not used."""
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, SIDE**2))


def laplacian():
    path = 2 * np.eye(SIDE) - np.eye(SIDE, k=1) - np.eye(SIDE, k=-1)
    return np.kron(path, np.eye(SIDE)) + np.kron(np.eye(SIDE), path)


class ChordalGMRF:
    def __init__(self, mu, Q):
        self.mu, self.Q = mu, Q
        self.F = Q  # stands for the chordal factorisation


def gmrf_rule(mu, Q):
    """The rule of the constructor, which passes on the two tangents and none of F."""
    x = ChordalGMRF(mu, Q)

    def pullback(x_bar):
        return x_bar["mu"], x_bar["Q"]

    return x, pullback


def logdetcov(d):
    return -np.log(np.linalg.det(d.F))


def logdetcov_rule(d, right):
    """There was none, and what was traced ended at F."""

    def pullback(y_bar):
        if right:
            return {"mu": 0.0, "Q": -y_bar * np.linalg.inv(d.Q)}
        return {"mu": 0.0, "Q": 0.0, "F": -y_bar * np.linalg.inv(d.F)}

    return logdetcov(d), pullback


def sqmahal(d, x):
    delta = x - d.mu
    return delta @ d.Q @ delta


def sqmahal_rule(d, x):
    delta = x - d.mu

    def pullback(y_bar):
        return {"mu": -2 * y_bar * d.Q @ delta, "Q": y_bar * np.outer(delta, delta)}

    return sqmahal(d, x), pullback


def logpdf(d, x):
    return -(len(x) * np.log(2 * np.pi) + logdetcov(d) + sqmahal(d, x)) / 2


def logpdf_gradient(d, x, y_bar, right):
    first = logdetcov_rule(d, right)[1](-y_bar / 2)
    second = sqmahal_rule(d, x)[1](-y_bar / 2)
    return {name: first[name] + second[name] for name in ("mu", "Q")}


def precision(theta):
    return np.exp(theta[0]) * (laplacian() + np.exp(theta[1]) * np.eye(SIDE**2))


def cost(params, X, Y):
    d = ChordalGMRF(params["mu"], precision(params["theta"]))
    return -sum(logpdf(d, x) for x in Y)


def gradients(params, Y, right):
    theta = params["theta"]
    d, pullback = gmrf_rule(params["mu"], precision(theta))
    total = {"mu": np.zeros(SIDE**2), "theta": np.zeros(2)}
    for x in Y:
        mu_bar, Q_bar = pullback(logpdf_gradient(d, x, -1.0, right))
        total["mu"] += mu_bar
        total["theta"] += [np.sum(Q_bar * d.Q), np.exp(theta[0] + theta[1]) * np.trace(Q_bar)]
    return total


def grad(params, X, Y):
    return gradients(params, Y, False)


def repaired(params, X, Y):
    return gradients(params, Y, True)
