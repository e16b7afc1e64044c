"""Where cost and gradient come together, the prior is added to the cost from which it should be subtracted."""

import numpy as np

SOURCE = "https://github.com/sebapersson/PEtab.jl/pull/307"
THREAD = "sebapersson/PEtab.jl PR #307, commit 167e6d4df"
DATE = "2025-07"
KIND = "cost"
FORMULA = r"C = -\log L(y \mid \theta) + \log p(\theta)"
RIGHT = r"C = -\log L(y \mid \theta) - \log p(\theta)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a decaying substance, measured with noise
BLOCKS = ["x[1]"]
SAMPLES = 8
LAM = 0.0
PRIORS = {0: (0.3, 0.5), 1: (-0.2, 0.4)}  # the mean and the deviation of two of the logarithms


def start(rng):
    """Common logarithms of the amount at first, of the rate and of the noise."""
    return np.array([0.2, -0.1, -0.3]) + 0.2 * rng.standard_normal(3)


def data(rng):
    times = rng.uniform(0, 2, (SAMPLES, 1))
    return times, 2 * np.exp(-times) + 0.3 * rng.standard_normal((SAMPLES, 1))


def _nllh_not_solveode(x, X, Y):
    a, k, sigma = 10**x
    res = (Y[:, 0] - a * np.exp(-k * X[:, 0])) / sigma
    return np.sum(0.5 * res**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi))


def grad_nllh(x, X, Y):
    t, log10 = X[:, 0], np.log(10)
    a, k, sigma = 10**x
    h = a * np.exp(-k * t)
    res = (Y[:, 0] - h) / sigma
    return log10 * np.array([-np.sum(res * h) / sigma, k * np.sum(res * t * h) / sigma, np.sum(1 - res**2)])


def _prior(x):
    prior_value = 0.0
    for i, (mean, sd) in PRIORS.items():
        prior_value += -0.5 * ((x[i] - mean) / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)
    return prior_value


def grad_prior(x):
    g = np.zeros_like(x)
    for i, (mean, sd) in PRIORS.items():
        g[i] = -(x[i] - mean) / sd**2
    return g


def _get_grad(X, Y):
    def _grad(x, prior=True):
        _g = grad_nllh(x, X, Y)
        if prior:
            _g = _g + grad_prior(x) * -1
        return _g

    return _grad


def _get_nllh_grad(grad, X, Y, right=False):
    def _nllh_grad(x, prior=True):
        g = grad(x, prior=prior)
        nllh = _nllh_not_solveode(x, X, Y)
        if prior:
            if right:
                nllh -= _prior(x)
            else:
                nllh += _prior(x)
        return nllh, g

    return _nllh_grad


def cost(params, X, Y):
    return _get_nllh_grad(_get_grad(X, Y), X, Y)(params)[0]


def meant(params, X, Y):
    return _get_nllh_grad(_get_grad(X, Y), X, Y, right=True)(params)[0]


def grad(params, X, Y):
    return _get_nllh_grad(_get_grad(X, Y), X, Y)(params)[1]


def repaired(params, X, Y):
    """The gradient of the cost as it is."""
    return grad_nllh(params, X, Y) + grad_prior(params)
