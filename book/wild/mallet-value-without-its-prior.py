"""A maximum entropy trainer adds the Gaussian prior to the value that it keeps, and returns the one without it."""

import numpy as np

SOURCE = "https://github.com/mimno/Mallet/commit/912c4e0f343193461eebfbffdb3f1b691830fab7"
THREAD = "mimno/Mallet 912c4e0"
DATE = "2011-08"
KIND = "cost"
FORMULA = r"C = \omega \textstyle\sum_f \gamma_f \sum_l t_{fl} \bigl(\log t_{fl} - \log \tfrac{e_{fl}}{n_f}\bigr)"
RIGHT = (
    r"C = \omega \textstyle\sum_f \gamma_f \sum_l t_{fl} \bigl(\log t_{fl} - \log \tfrac{e_{fl}}{n_f}\bigr) "
    r"+ \tfrac1{2 \sigma^2} \lVert \theta \rVert^2,\; e_{fl} = \sum_{i: x_{if} \ne 0} p_{il}"
)
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # it has no labels, only what their shares shall be where a feature fires
BLOCKS = ["parameters[1]"]
SAMPLES = 9
LAM = 0.0
NUM_FEATURES, NUM_LABELS = 4, 3
GAUSSIAN_PRIOR_VARIANCE, OBJ_WEIGHT, TEMPERATURE = 2.0, 1.5, 1.0


def start(rng):
    """For each label the features' weights, and then its own."""
    return rng.standard_normal((NUM_FEATURES + 1) * NUM_LABELS)


def data(rng):
    """Which features fire, and the shares of the labels for the first two of them."""
    X = (rng.random((SAMPLES, NUM_FEATURES)) < 0.6).astype(float)
    X[:2] = 1.0
    return X, rng.dirichlet(5.0 * np.ones(NUM_LABELS), 2)


class MaxEntKLFLGEConstraint:
    def __init__(self, target, weight):
        self.target, self.weight = target, weight
        self.expectation, self.count = None, 0.0

    def get_value(self, li):
        return self.weight * (self.target[li] / self.expectation[li])


class MaxEntKLFLGEConstraints:
    def __init__(self, targets):
        self.constraints = {fi: MaxEntKLFLGEConstraint(target, 1.0 + 0.5 * fi) for fi, target in enumerate(targets)}

    def pre_process_all(self, data):
        for x in data:
            for fi in np.flatnonzero(x):
                if fi in self.constraints:
                    self.constraints[fi].count += 1.0

    def pre_process(self, x):
        self.index_cache = [fi for fi in np.flatnonzero(x) if fi in self.constraints]

    def zero_expectations(self, dtype):
        for constraint in self.constraints.values():
            constraint.expectation = np.zeros(NUM_LABELS, dtype)

    def compute_expectations(self, x, dist):
        self.pre_process(x)
        for li in range(NUM_LABELS):
            for fi in self.index_cache:
                self.constraints[fi].expectation[li] += dist[li]

    def get_composite_constraint_feature_value(self, label):
        return sum(self.constraints[fi].get_value(label) for fi in self.index_cache)

    def get_value(self):
        value = 0.0
        for constraint in self.constraints.values():
            if constraint.count > 0.0:
                constraint_value = 0.0
                for li in range(NUM_LABELS):
                    # p*log(q) - p*log(p), negative KL
                    constraint_value += constraint.target[li] * (
                        np.log(constraint.expectation[li] / constraint.count) - np.log(constraint.target[li])
                    )
                value += constraint_value * constraint.weight
        return value


class MaxEntOptimizableByGE:
    def __init__(self, parameters, training_list, targets):
        self.parameters, self.training_list = parameters, training_list
        self.constraint = MaxEntKLFLGEConstraints(targets)
        self.constraint.pre_process_all(training_list)
        self.cached_gradient = np.zeros_like(parameters)
        self.cached_value = 0.0
        self.cache_stale = True

    def scores(self, x):
        weights = self.parameters.reshape(NUM_LABELS, NUM_FEATURES + 1)
        e = np.exp((weights[:, :-1] @ x + weights[:, -1]) / TEMPERATURE)
        return e / e.sum()

    def get_value(self, prior=True):
        if not self.cache_stale:
            return self.cached_value
        self.constraint.zero_expectations(self.parameters.dtype)
        # pass 1: calculate model distribution
        scores = [self.scores(x) for x in self.training_list]
        for x, score in zip(self.training_list, scores):
            self.constraint.compute_expectations(x, score)
        # compute value
        value = self.constraint.get_value() * OBJ_WEIGHT
        # pass 2: determine per example gradient
        for x, score in zip(self.training_list, scores):
            self.constraint.pre_process(x)
            constraint_value = np.zeros(NUM_LABELS, self.parameters.dtype)
            instance_expectation = 0.0
            for label in range(NUM_LABELS):
                val = self.constraint.get_composite_constraint_feature_value(label)
                constraint_value[label] += val
                instance_expectation += val * score[label]
            for label in range(NUM_LABELS):
                weight = OBJ_WEIGHT * score[label] * (constraint_value[label] - instance_expectation) / TEMPERATURE
                row = (NUM_FEATURES + 1) * label
                self.cached_gradient[row : row + NUM_FEATURES] += weight * x
                self.cached_gradient[row + NUM_FEATURES] += weight
        self.cached_value = value
        self.cache_stale = False
        if prior:
            self.get_regularization()
        return value

    def get_regularization(self):
        regularization = 0.0
        for pi in range(len(self.parameters)):
            p = self.parameters[pi]
            regularization -= p * p / (2 * GAUSSIAN_PRIOR_VARIANCE)
            self.cached_gradient[pi] -= p / GAUSSIAN_PRIOR_VARIANCE
        self.cached_value += regularization
        return regularization


def cost(parameters, X, Y):
    """The value is maximised; asked once more, it would have the prior."""
    return -MaxEntOptimizableByGE(parameters, X, Y).get_value()


def meant(parameters, X, Y):
    optimizable = MaxEntOptimizableByGE(parameters, X, Y)
    optimizable.get_value()
    return -optimizable.cached_value


def grad(parameters, X, Y):
    optimizable = MaxEntOptimizableByGE(parameters, X, Y)
    optimizable.get_value()
    return -optimizable.cached_gradient


def repaired(parameters, X, Y):
    """The gradient of the value that is returned."""
    optimizable = MaxEntOptimizableByGE(parameters, X, Y)
    optimizable.get_value(prior=False)
    return -optimizable.cached_gradient
