"""With an M-estimator the cost is the squared error times its weight, and not the robust function of that square."""

import numpy as np

SOURCE = "https://github.com/ethz-asl/aslam_optimizer/issues/11"
THREAD = "ethz-asl/aslam_optimizer #11"
DATE = "2014-01"
KIND = "cost"
FORMULA = r"C = \textstyle\sum_t w(s_t)\, s_t,\; s_t = e_t^T R_t^{-1} e_t,\; w(s) = \dfrac1{1 + s / \sigma^2}"
RIGHT = r"C = \textstyle\sum_t \rho(s_t),\; \rho(s) = \sigma^2 \log(1 + s / \sigma^2),\; \rho' = w"
READ = "reconstruction"  # the error terms are made up (points seen from one another), and minus two for the right side
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a network of points with robust errors
BLOCKS = ["points[1]"]
SAMPLES = 7
LAM = 0.0
NPOINTS = 4
SIGMA2 = 1.4


def start(rng):
    return rng.uniform(-2.0, 2.0, (NPOINTS, 2))


def data(rng):
    """Two points and the inverse deviation of each measurement; the second as seen from the first, some far off."""
    pairs = np.array([(0, 1), (1, 2), (2, 3), (3, 0), (0, 2), (1, 3), (2, 1)])
    return np.column_stack([pairs, rng.uniform(0.5, 1.2, SAMPLES)]), rng.uniform(-2.0, 2.0, (SAMPLES, 2))


class CauchyMEstimator:
    def __init__(self, sigma2):
        self._sigma2 = sigma2

    def getWeight(self, error):
        se = error / self._sigma2
        return 1.0 / (1.0 + se)

    def getRho(self, error):
        return self._sigma2 * np.log1p(error / self._sigma2)


class ErrorTerm:
    def __init__(self, i, j, sqrtInvR, z, mEstimator):
        self.i, self.j, self._z = int(i), int(j), z
        self._sqrtInvR = sqrtInvR * np.eye(2)
        self._mEstimatorPolicy = mEstimator

    def evaluateError(self, points):
        self._error = (points[self.j] - points[self.i]) - self._z
        return self.getRawSquaredError()

    def getRawSquaredError(self):
        e = self._sqrtInvR.T @ self._error
        return e @ e

    def getWeightedSquaredError(self):
        s = self.getRawSquaredError()
        return self._mEstimatorPolicy.getWeight(s) * s

    def getRobustError(self):
        return self._mEstimatorPolicy.getRho(self.getRawSquaredError())

    def evaluateJacobians(self):
        return {self.i: -np.eye(2), self.j: np.eye(2)}

    def buildRhs(self, outRhs, power):
        J = self.evaluateJacobians()
        sqrtWeight = np.sqrt(self._mEstimatorPolicy.getWeight(self.getRawSquaredError()) ** power)
        weightedSqrtInvR = sqrtWeight * self._sqrtInvR
        for block, Jblock in J.items():
            outRhs[block] -= Jblock.T @ weightedSqrtInvR @ weightedSqrtInvR.T @ self._error


def errorTerms(X, Y):
    mEstimator = CauchyMEstimator(SIGMA2)
    return [ErrorTerm(i, j, sqrtInvR, z, mEstimator) for (i, j, sqrtInvR), z in zip(X, Y)]


def cost(points, X, Y):
    total = 0.0
    for term in errorTerms(X, Y):
        term.evaluateError(points)
        total += term.getWeightedSquaredError()
    return total


def meant(points, X, Y):
    total = 0.0
    for term in errorTerms(X, Y):
        term.evaluateError(points)
        total += term.getRobustError()
    return total


def rhs(points, X, Y, power):
    """The right side of the normal equations."""
    outRhs = np.zeros_like(points)
    for term in errorTerms(X, Y):
        term.evaluateError(points)
        term.buildRhs(outRhs, power)
    return outRhs


def grad(points, X, Y):
    return -2 * rhs(points, X, Y, 1)


def repaired(points, X, Y):
    """The gradient of the cost as it is."""
    return -2 * rhs(points, X, Y, 2)
