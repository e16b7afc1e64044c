"""The score of a Laplace distribution takes its sign from the logarithm of the scale where the place belongs."""

import numpy as np

SOURCE = "https://github.com/stanfordmlgroup/ngboost/issues/177"
THREAD = "stanfordmlgroup/ngboost #177"
DATE = "2020-09"
KIND = "gradient"
FORMULA = (
    r"\partial S / \partial \mu = \mathrm{sign}(\log b - y) / b,\; \partial S / \partial \log b = 1 - |\log b - y| / b"
)
RIGHT = r"\partial S / \partial \mu = \mathrm{sign}(\mu - y) / b,\; \partial S / \partial \log b = 1 - |\mu - y| / b"
READ = "discussion"
GROUP = "blocks"
LAYER = [1]
NAMES = []
INPUTS = 2
NET = None  # a Laplace distribution
BLOCKS = ["loc[1]", "logscale[1]"]
SAMPLES = 9
LAM = 0.0


class Laplace:
    def __init__(self, params):
        self.loc, self.logscale = params
        self.scale = np.exp(self.logscale)

    def score(self, Y):
        """The negative log-density."""
        return np.log(2 * self.scale) + (self.loc - Y) * np.sign((self.loc - Y).real) / self.scale

    def d_score(self, Y, right):
        centre = self.loc if right else self.logscale
        D = np.zeros((len(Y), 2))
        D[:, 0] = np.sign(centre - Y) / self.scale
        D[:, 1] = 1 - np.abs(centre - Y) / self.scale
        return D


def start(rng):
    """Weights of the place, and of the logarithm of the scale."""
    return [rng.standard_normal(INPUTS), rng.standard_normal(INPUTS) / 2]


def data(rng):
    X = rng.standard_normal((SAMPLES, INPUTS))
    return X, X @ np.array([[1.0], [-2.0]]) + rng.laplace(0, 0.5, (SAMPLES, 1))


def cost(params, X, Y):
    return np.mean(Laplace([X @ p for p in params]).score(Y[:, 0]))


def gradient(params, X, Y, right):
    D = Laplace([X @ p for p in params]).d_score(Y[:, 0], right)
    return list((X.T @ D / len(X)).T)


def grad(params, X, Y):
    return gradient(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradient(params, X, Y, right=True)
