"""The pull-back of a normal log-density by its covariance has the wrong sign, those by point and mean are right."""

import numpy as np

SOURCE = "https://github.com/HIPS/autograd/pull/412"
THREAD = "HIPS/autograd #401, PR #412, fec14ad"
DATE = "2018-06"
KIND = "gradient"
GROUP = "blocks"
FORMULA = r"\partial \log p / \partial \Sigma = -\tfrac12 (u u^T - \Sigma^{-1}),\; u = \Sigma^{-1} (x - \mu)"
RIGHT = r"\partial \log p / \partial \Sigma = \tfrac12 (u u^T - \Sigma^{-1}),\; u = \Sigma^{-1} (x - \mu)"
READ = "code"
LAYER = [2]
NAMES = [{"sign"}]
NET = None  # the likelihood of a normal distribution, whose covariance is made of a square root
BLOCKS = ["mean[1]", "root[2]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return {"mean": rng.standard_normal(3), "root": 0.6 * rng.standard_normal((3, 3))}


def data(rng):
    return 1.5 * rng.standard_normal((SAMPLES, 3)), np.zeros((SAMPLES, 1))


def covariance(root):
    return root @ root.T + np.eye(3)


def logpdf(x, mean, cov):
    solved = np.linalg.solve(cov, (x - mean).T).T
    maha = np.sum((x - mean) * solved, axis=1)
    return -0.5 * (3 * np.log(2 * np.pi) + np.log(np.linalg.det(cov)) + maha)


def generalized_outer_product(x):
    if np.ndim(x) == 1:
        return np.outer(x, x)
    return np.matmul(x, np.swapaxes(x, -1, -2))


def covgrad(x, mean, cov, allow_singular=False):
    if allow_singular:
        raise NotImplementedError(
            "The multivariate normal pdf is not differentiable w.r.t. a singular covariance matrix"
        )
    J = np.linalg.inv(cov)
    solved = np.matmul(J, np.expand_dims(x - mean, -1))
    return 1.0 / 2 * (generalized_outer_product(solved) - J)


def solve(allow_singular):
    if allow_singular:
        return lambda A, x: np.dot(np.linalg.pinv(A), x)
    else:
        return np.linalg.solve


def unbroadcast_f(target, f):
    """Sums over the axes along which the target was repeated."""

    def unbroadcast(g):
        x = f(g)
        while np.ndim(x) > np.ndim(target):
            x = np.sum(x, axis=0)
        return x

    return unbroadcast


def vjps_of_logpdf(right):
    """By point, mean and covariance."""
    sign = 1 if right else -1
    return (
        lambda ans, x, mean, cov, allow_singular=False: unbroadcast_f(
            x, lambda g: -np.expand_dims(g, 1) * solve(allow_singular)(cov, (x - mean).T).T
        ),
        lambda ans, x, mean, cov, allow_singular=False: unbroadcast_f(
            mean, lambda g: np.expand_dims(g, 1) * solve(allow_singular)(cov, (x - mean).T).T
        ),
        lambda ans, x, mean, cov, allow_singular=False: unbroadcast_f(
            cov, lambda g: sign * np.reshape(g, np.shape(g) + (1, 1)) * covgrad(x, mean, cov, allow_singular)
        ),
    )


def cost(params, X, Y):
    return -np.sum(logpdf(X, params["mean"], covariance(params["root"])))


def backward(params, X, right):
    mean, root = params["mean"], params["root"]
    cov = covariance(root)
    ans = logpdf(X, mean, cov)
    g = -np.ones(len(X))
    _, by_mean, by_cov = (vjp(ans, X, mean, cov)(g) for vjp in vjps_of_logpdf(right))
    return {"mean": by_mean, "root": (by_cov + by_cov.T) @ root}


def grad(params, X, Y):
    return backward(params, X, False)


def repaired(params, X, Y):
    return backward(params, X, True)
