"""A derivative by a bounded variable is divided by the slope of the map from the unbounded one, not multiplied."""

import numpy as np

SOURCE = "https://github.com/salilab/imp/commit/0ed4ce427b"
THREAD = "salilab/imp 0ed4ce427b"
DATE = "2018-08"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\partial C / \partial y = (\partial C / \partial x) \,/\, (dx / dy)"
RIGHT = r"\partial C / \partial y = (\partial C / \partial x)\, (dx / dy)"
READ = "reconstruction"  # the restraint on the nuisances
LAYER = [1]
NAMES = []
NET = None  # bounded scalars, each kept as an unbounded one
BLOCKS = ["transformed_nuisance[1]"]
SAMPLES = 6
LAM = 0.0
NONE, LOG_LOWER, LOG_UPPER, LOGIT_LOWER_UPPER = range(4)
TYPES = [LOG_LOWER, LOG_UPPER, LOGIT_LOWER_UPPER, NONE, LOG_LOWER, LOGIT_LOWER_UPPER]
LOWERS = [0.5, None, -1.0, None, 0.0, 0.3]
UPPERS = [None, 2.0, 1.5, None, None, 4.0]
K = 0.8


def start(rng):
    """The transformed nuisances."""
    return rng.standard_normal(len(TYPES)) + 0.3


def data(rng):
    return rng.standard_normal((SAMPLES, len(TYPES))), np.zeros((SAMPLES, 1))


class Nuisance:
    right = False

    def __init__(self, y, i):
        self.y, self.i = y, i
        self.transformed_derivative = 0.0

    def get_transformation_type(self):
        return TYPES[self.i]

    def get_lower(self):
        return LOWERS[self.i]

    def get_upper(self):
        return UPPERS[self.i]

    def get_transformed_nuisance(self):
        return self.y

    def get_nuisance(self):
        y = self.get_transformed_nuisance()
        kind = self.get_transformation_type()
        if kind == NONE:
            return y
        if kind == LOG_LOWER:
            return self.get_lower() + np.exp(y)
        if kind == LOG_UPPER:
            return self.get_upper() - np.exp(y)
        lo = self.get_lower()
        return lo + (self.get_upper() - lo) / (1 + np.exp(-y))

    def add_to_nuisance_derivative(self, d):
        if self.right:
            self.add_to_transformed_nuisance_derivative(d * self.get_jacobian_of_inverse_transformation())
        else:
            self.add_to_transformed_nuisance_derivative(d / self.get_jacobian_of_inverse_transformation())

    def add_to_transformed_nuisance_derivative(self, d):
        self.transformed_derivative += d

    def get_jacobian_of_inverse_transformation(self):
        if self.get_transformation_type() == LOG_UPPER:
            return -np.exp(self.get_transformed_nuisance())
        return np.exp(-self.get_negative_log_absolute_jacobian_of_inverse_transformation())

    def get_negative_log_absolute_jacobian_of_inverse_transformation(self):
        y = self.get_transformed_nuisance()
        kind = self.get_transformation_type()
        if kind == NONE:
            return 0
        if kind == LOG_LOWER:
            return -y
        if kind == LOG_UPPER:
            return -y
        return y + 2 * np.log1p(np.exp(-y)) - np.log(self.get_upper() - self.get_lower())


class NuisanceMended(Nuisance):
    right = True


def evaluate(nuisances, X, da):
    """A harmonic restraint that draws each nuisance to its observations."""
    score = 0.0
    for i, nuisance in enumerate(nuisances):
        for mean in X[:, i]:
            diff = nuisance.get_nuisance() - mean
            score = score + 0.5 * K * diff * diff
            if da:
                nuisance.add_to_nuisance_derivative(K * diff)
    return score


def cost(params, X, Y):
    return evaluate([Nuisance(y, i) for i, y in enumerate(params)], X, False)


def derivatives(kind, params, X):
    nuisances = [kind(y, i) for i, y in enumerate(params)]
    evaluate(nuisances, X, True)
    return np.array([nuisance.transformed_derivative for nuisance in nuisances])


def grad(params, X, Y):
    return derivatives(Nuisance, params, X)


def repaired(params, X, Y):
    return derivatives(NuisanceMended, params, X)
