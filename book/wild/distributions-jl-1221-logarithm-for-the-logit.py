"""The slope of a logit-normal log-density has a logarithm for the logit, and a product where a quotient belongs."""

import numpy as np

SOURCE = "https://github.com/JuliaStats/Distributions.jl/issues/1221"
THREAD = "JuliaStats/Distributions.jl #1221"
DATE = "2020-11"
KIND = "gradient"
FORMULA = r"(\log f)'(x) = -\frac{\log x - \mu}{\sigma^2 + 1}\, x\, (1 - x)"
RIGHT = r"(\log f)'(x) = \frac{\mu - \mathrm{logit}\, x + \sigma^2 (2 x - 1)}{\sigma^2\, x\, (1 - x)}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
SAMPLES = 6
NET = None  # a log-density
BLOCKS = ["points[1]"]
LAM = 0.0


class LogitNormal:
    def __init__(self, mu, sigma):
        self.mu, self.sigma = mu, sigma

    def logpdf(self, x):
        z = (np.log(x / (1 - x)) - self.mu) / self.sigma
        return -0.5 * z**2 - np.log(self.sigma) - 0.5 * np.log(2 * np.pi) - np.log(x) - np.log(1 - x)

    def gradlogpdf(self, x, right):
        mu, sigma = self.mu, self.sigma
        if not 0 < x < 1:
            return 0.0
        if right:
            return (mu - np.log(x / (1 - x)) + sigma**2 * (2 * x - 1)) / (sigma**2 * x * (1 - x))
        return -((np.log(x) - mu) / (sigma**2 + 1) * x * (1 - x))


def start(rng):
    """A point for each distribution."""
    return rng.uniform(0.1, 0.9, SAMPLES)


def data(rng):
    """The means, and the deviations."""
    return rng.standard_normal((SAMPLES, 1)), rng.uniform(0.5, 2, (SAMPLES, 1))


def distributions(X, Y):
    return [LogitNormal(mu, sigma) for (mu,), (sigma,) in zip(X, Y)]


def cost(points, X, Y):
    return -sum(d.logpdf(x) for d, x in zip(distributions(X, Y), points))


def slopes(points, X, Y, right):
    return np.array([-d.gradlogpdf(x, right) for d, x in zip(distributions(X, Y), points)])


def grad(points, X, Y):
    return slopes(points, X, Y, right=False)


def repaired(points, X, Y):
    return slopes(points, X, Y, right=True)
