"""The force of a ten Wolde-Frenkel pair has the sign of the energy's derivative."""

import numpy as np

SOURCE = "https://github.com/glotzerlab/hoomd-blue/commit/705b8b362"
THREAD = "glotzerlab/hoomd-blue 705b8b362"
DATE = "2021-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"F(r) / r = \dfrac{6 \sigma^2}{r^4}\, c\, \varepsilon\, (2 c^6 - \alpha c^3),\; c = 1 / (\sigma^2 / r^2 - 1)"
RIGHT = r"F(r) / r = -\dfrac{6 \sigma^2}{r^4}\, c\, \varepsilon\, (2 c^6 - \alpha c^3)"
READ = "code"  # the energy is the commit's; a later one mends the common term in energy and force alike
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # pairs of particles
BLOCKS = ["pos[1]"]
SAMPLES = 1
LAM = 0.0
N = 5


def start(rng):
    """No two particles nearer than 1.5."""
    corners = np.array([[0.0, 0, 0], [2.2, 0, 0], [0, 2.4, 0], [0, 0, 2.6], [2.1, 2.3, 2.2]])
    return corners + rng.uniform(-0.15, 0.15, (N, 3))


def data(rng):
    """Epsilon, sigma, alpha and the cut-off."""
    return np.array([[0.9, 1.0, 0.6, 9.0]]), np.zeros((SAMPLES, 1))


class param_type:
    def __init__(self, epsilon, sigma, alpha):
        self.sigma = sigma
        self.alpha = alpha
        self.prefactor = 4.0 * epsilon / (alpha * alpha)


class EvaluatorPairTWF:
    """The force divided by the distance, and the energy, of one pair."""

    def __init__(self, rsq, rcutsq, params):
        self.rsq, self.rcutsq, self.params = rsq, rcutsq, params

    def evalForceAndEnergy(self):
        params = self.params
        if self.rsq.real < self.rcutsq:
            sigma2 = params.sigma * params.sigma
            if self.rsq.real < sigma2:
                return 1e37, 1e37

            common_term = 1.0 / (sigma2 / self.rsq - 1.0)
            common_term3 = common_term**3.0
            common_term6 = common_term3 * common_term3
            pair_eng = params.prefactor * (common_term6 - params.alpha * common_term3)
            force_term = 6 * sigma2 / (self.rsq * self.rsq)
            force_divr = self.front(common_term, force_term) * (2 * common_term6 - params.alpha * common_term3)
            return force_divr, pair_eng
        return 0.0, 0.0

    def front(self, common_term, force_term):
        return self.params.prefactor * common_term * force_term


class EvaluatorPairTWFLater(EvaluatorPairTWF):
    def front(self, common_term, force_term):
        return -self.params.prefactor * common_term * force_term


def computeForces(evaluator, pos, X, force):
    """Each particle's neighbours are all others; half of a pair's energy belongs to each of the two."""
    epsilon, sigma, alpha, rcut = X[0]
    params = param_type(epsilon, sigma, alpha)
    energy = 0.0
    for i in range(N):
        for j in range(N):
            if i == j:
                continue
            dx = pos[i] - pos[j]
            rsq = dx @ dx
            force_divr, pair_eng = evaluator(rsq, rcut * rcut, params).evalForceAndEnergy()
            energy += 0.5 * pair_eng
            if force is not None:
                force[i] += dx * force_divr
    return energy


def cost(pos, X, Y):
    return computeForces(EvaluatorPairTWF, pos, X, None)


def derivative(evaluator, pos, X):
    """The forces turned round."""
    force = np.zeros_like(pos)
    computeForces(evaluator, pos, X, force)
    return -force


def grad(pos, X, Y):
    return derivative(EvaluatorPairTWF, pos, X)


def repaired(pos, X, Y):
    return derivative(EvaluatorPairTWFLater, pos, X)
