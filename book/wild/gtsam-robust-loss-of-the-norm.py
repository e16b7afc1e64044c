"""A factor's error is the robust loss of the residual's norm, where its linearisation weighs each component alone."""

import numpy as np

SOURCE = "https://github.com/borglab/gtsam/pull/2799"
THREAD = "borglab/gtsam PR #2799"
DATE = "2026-09"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_f \rho(\lVert \Sigma_f^{-1/2} r_f \rVert)"
RIGHT = r"E = \textstyle\sum_f \sum_k \rho\bigl((\Sigma_f^{-1/2} r_f)_k\bigr)"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # points in the plane, tied by factors with a Huber loss
BLOCKS = ["points[1]"]
SAMPLES = 6
LAM = 0.0
HUBER = 1.0
PAIRS = [(-1, 0), (0, 1), (1, 2), (2, 3), (0, 2), (1, 3)]


def start(rng):
    return np.array([[0.0, 0.0], [1.0, 0.5], [2.0, 0.0], [3.0, 1.0]]) + 0.2 * rng.standard_normal((4, 2))


def data(rng):
    """What was measured of each pair, with outliers, and the two sigmas."""
    true = np.array([[0.0, 0.0], [1.0, 0.5], [1.0, -0.5], [1.0, 1.0], [2.0, 0.0], [2.0, 0.5]])
    measured = true + np.array([[0.1, 0.3], [2.0, -1.6], [0.2, 0.1], [-2.5, 0.2], [1.5, 1.9], [0.3, -2.2]])
    measured = measured + 0.1 * rng.standard_normal((SAMPLES, 2))
    return measured, np.tile([0.5, 0.8], (SAMPLES, 1))


class Huber:
    def __init__(self, k):
        self.k_ = k

    def weight(self, distance):
        absError = np.sqrt(distance * distance)
        return 1.0 if absError.real <= self.k_ else self.k_ / absError

    def loss(self, distance):
        absError = np.sqrt(distance * distance)
        if absError.real <= self.k_:
            return distance * distance / 2
        return self.k_ * (absError - (self.k_ / 2))

    def reweight(self, A, error, by_block):
        """The blocks and the error vector, times the roots of the weights."""
        if by_block:
            norm = np.sqrt(error @ error)
            W = np.full(len(error), np.sqrt(self.weight(norm)))
        else:
            W = np.array([np.sqrt(self.weight(e)) for e in error])
        return [W[:, None] * Aj for Aj in A], W * error


class Robust:
    """Diagonal noise inside a robust loss; the reweighting is that by components, called Scalar."""

    def __init__(self, robust, sigmas):
        self.robust_, self.sigmas = robust, sigmas

    def squaredMahalanobisDistance(self, v):
        w = v / self.sigmas
        return w @ w

    def loss(self, squared_distance):
        return self.robust_.loss(np.sqrt(squared_distance))

    def WhitenSystem(self, A, b, by_block):
        A = [Aj / self.sigmas[:, None] for Aj in A]
        return self.robust_.reweight(A, b / self.sigmas, by_block)


class NoiseModelFactor:
    def __init__(self, keys, measured, noiseModel):
        self.keys, self.measured, self.noiseModel_ = keys, measured, noiseModel

    def unwhitenedError(self, points):
        i, j = self.keys
        return points[j] - (points[i] if i >= 0 else 0) - self.measured

    def error(self, points):
        b = self.unwhitenedError(points)
        return self.noiseModel_.loss(self.noiseModel_.squaredMahalanobisDistance(b))

    def linearize(self, points, by_block):
        """The blocks, one a key, and the right-hand side."""
        A = [-np.eye(2), np.eye(2)]
        b = -self.unwhitenedError(points)
        return self.noiseModel_.WhitenSystem(A, b, by_block)


class NoiseModelFactorLater(NoiseModelFactor):
    def error(self, points):
        b = self.unwhitenedError(points) / self.noiseModel_.sigmas
        return sum(self.noiseModel_.robust_.loss(e) for e in b)


def graph(kind, X, Y):
    return [kind(k, z, Robust(Huber(HUBER), s)) for k, z, s in zip(PAIRS, X, Y, strict=True)]


def cost(points, X, Y):
    return sum(factor.error(points) for factor in graph(NoiseModelFactor, X, Y))


def meant(points, X, Y):
    return sum(factor.error(points) for factor in graph(NoiseModelFactorLater, X, Y))


def gradientAtZero(points, X, Y, by_block):
    g = np.zeros_like(points)
    for factor in graph(NoiseModelFactor, X, Y):
        A, b = factor.linearize(points, by_block)
        for key, Aj in zip(factor.keys, A, strict=True):
            if key >= 0:
                g[key] -= Aj.T @ b
    return g


def grad(points, X, Y):
    return gradientAtZero(points, X, Y, by_block=False)


def repaired(points, X, Y):
    """The gradient of the error as it was."""
    return gradientAtZero(points, X, Y, by_block=True)
