"""A conditional random field weights its instances in the gradient, and forgets the weights in the objective."""

import numpy as np

SOURCE = "https://github.com/chokkan/crfsuite/commit/668a038"
THREAD = "chokkan/crfsuite 668a038"
DATE = "2012-05"
KIND = "cost"
FORMULA = r"f = -\textstyle\sum_i \log p(y_i \mid x_i; w) + c_2 \lVert w \rVert^2"
RIGHT = r"f = -\textstyle\sum_i \omega_i \log p(y_i \mid x_i; w) + c_2 \lVert w \rVert^2"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # a linear chain
BLOCKS = ["w[1]"]
SAMPLES = 5
LAM = 0.0
L, A, T, C2 = 3, 2, 4, 0.2


def start(rng):
    """A weight for each feature: each attribute and label, and then each pair of labels."""
    return rng.standard_normal(A * L + L * L)


def data(rng):
    """For each sequence its weight, and then its items' attributes; the labels of its items."""
    weights = rng.uniform(0.3, 3.0, (SAMPLES, 1))
    return np.hstack([weights, rng.standard_normal((SAMPLES, T * A))]), rng.integers(0, L, (SAMPLES, T))


class Crf1dContext:
    def __init__(self, items, w):
        self.state = items @ w[: A * L].reshape(A, L)
        self.trans = w[A * L :].reshape(L, L)
        self.exp_state = np.exp(self.state)
        self.exp_trans = np.exp(self.trans)

    def alpha_score(self):
        self.alpha_score_, self.scale_factor = [], []
        for t in range(len(self.state)):
            cur = self.exp_state[t]
            if t > 0:
                cur = (self.alpha_score_[t - 1] @ self.exp_trans) * cur
            scale = 1.0 / cur.sum()
            self.scale_factor.append(scale)
            self.alpha_score_.append(cur * scale)
        self.log_norm = -sum(np.log(scale) for scale in self.scale_factor)

    def beta_score(self):
        n = len(self.state)
        self.beta_score_ = [None] * n
        self.beta_score_[n - 1] = np.ones(L) * self.scale_factor[n - 1]
        for t in range(n - 2, -1, -1):
            row = self.beta_score_[t + 1] * self.exp_state[t + 1]
            self.beta_score_[t] = (self.exp_trans @ row) * self.scale_factor[t]

    def marginals(self):
        self.mexp_state = [a * b / s for a, b, s in zip(self.alpha_score_, self.beta_score_, self.scale_factor)]
        self.mexp_trans = np.zeros((L, L))
        for t in range(len(self.state) - 1):
            row = self.beta_score_[t + 1] * self.exp_state[t + 1]
            self.mexp_trans += self.alpha_score_[t][:, None] * self.exp_trans * row[None]

    def score(self, labels):
        ret = self.state[0][labels[0]]
        for t in range(1, len(self.state)):
            ret = ret + self.trans[labels[t - 1]][labels[t]] + self.state[t][labels[t]]
        return ret


def objective_and_gradients_batch(w, X, Y, right=False, gradients=True, gradient_weights=True):
    g = np.zeros(A * L + L * L)
    g_state, g_trans = g[: A * L].reshape(A, L), g[A * L :].reshape(L, L)
    weights = X[:, 0] if gradient_weights else np.ones(len(X))

    # Initialize the gradients with observation expectations.
    for seq, labels, weight in zip(X, Y, weights):
        items = seq[1:].reshape(-1, A)
        for t in range(len(items)):
            g_state[:, labels[t]] -= weight * items[t]
            if t > 0:
                g_trans[labels[t - 1], labels[t]] -= weight

    # Compute model expectations.
    logl = 0.0
    for seq, labels, weight in zip(X, Y, weights):
        items = seq[1:].reshape(-1, A)
        ctx = Crf1dContext(items, w)
        ctx.alpha_score()

        # Compute the probability of the input sequence on the model.
        logp = ctx.score(labels) - ctx.log_norm
        # Update the log-likelihood.
        if right:
            logl = logl + logp * seq[0]
        else:
            logl = logl + logp

        # Update the model expectations of features.
        if gradients:
            ctx.beta_score()
            ctx.marginals()
            for t in range(len(items)):
                g_state += items[t][:, None] * ctx.mexp_state[t][None] * weight
            g_trans += ctx.mexp_trans * weight
    return -logl, g


def lbfgs_evaluate(w, X, Y, **how):
    f, g = objective_and_gradients_batch(w, X, Y, **how)
    norm = 0.0
    for i in range(len(w)):
        g[i] += C2 * 2.0 * w[i].real
        norm = norm + w[i] * w[i]
    return f + C2 * norm, g


def cost(params, X, Y):
    return lbfgs_evaluate(params, X, Y, gradients=False)[0]


def meant(params, X, Y):
    return lbfgs_evaluate(params, X, Y, gradients=False, right=True)[0]


def grad(params, X, Y):
    return lbfgs_evaluate(params, X, Y)[1]


def repaired(params, X, Y):
    """The gradient of the objective as it was."""
    return lbfgs_evaluate(params, X, Y, gradient_weights=False)[1]
