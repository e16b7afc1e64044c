"""A pairwise ranker's steps subtract twice the constant of the penalty, without the weight."""

import numpy as np

SOURCE = "https://github.com/etlundquist/rankfm/commit/6c6f93e"
THREAD = "etlundquist/rankfm 6c6f93e"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"\partial \ell / \partial w = \frac{1}{1 + e^{u}} \frac{\partial u}{\partial w} - 2 \lambda"
RIGHT = (
    r"\partial \ell / \partial w = \frac{1}{1 + e^{u}} \frac{\partial u}{\partial w} - 2 \lambda w,\; "
    r"\ell = \log \sigma(u) - \lambda \sum w^2,\; u = w_i - w_j + v_u \cdot (v_i - v_j)"
)
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = []
NET = None  # a factorisation that ranks pairs of items
BLOCKS = ["w_item[1]", "v_user[1]", "v_item[1]"]
SAMPLES = 8
LAM = 0.0
N_USERS, N_ITEMS, FACTORS = 3, 4, 2
REGULARIZATION = 0.1


def start(rng):
    return {
        "w_item": rng.standard_normal(N_ITEMS),
        "v_user": rng.standard_normal((N_USERS, FACTORS)),
        "v_item": rng.standard_normal((N_ITEMS, FACTORS)),
    }


def data(rng):
    """A user, an item that he chose, and one that he did not."""
    return np.array([[rng.integers(N_USERS), *rng.permutation(N_ITEMS)[:2]] for _ in range(SAMPLES)]), np.ones(SAMPLES)


class RankFM:
    def __init__(self, params):
        self.regularization = REGULARIZATION
        self.w_item, self.v_user, self.v_item = params["w_item"], params["v_user"], params["v_item"]

    def pairwise_utility(self, sample):
        u, i, j = sample
        return self.w_item[i] - self.w_item[j] + np.dot(self.v_user[u], self.v_item[i] - self.v_item[j])

    def log_likelihood(self, sample):
        """With the weights of the sample in the penalty."""
        u, i, j = sample
        utility = self.pairwise_utility(sample)
        likelihood = np.log(1 / (1 + np.exp(-utility)))
        weights = [self.w_item[i], self.w_item[j], self.v_user[u], self.v_item[i], self.v_item[j]]
        penalty = sum([np.sum(self.regularization * np.square(w)) for w in weights])
        return likelihood - penalty

    def weight_gradients(self, sample, step):
        """What is added to the weights, divided by the rate."""
        u, i, j = sample
        utility = self.pairwise_utility(sample)

        g_con = 1 / (1 + np.exp(utility))
        g_pen = 2 * self.regularization

        g_w_i = 1
        g_w_j = -1
        g_v_u = self.v_item[i] - self.v_item[j]
        g_v_i = self.v_user[u]
        g_v_j = -self.v_user[u]

        step["w_item"][i] += g_con * g_w_i - g_pen
        step["w_item"][j] += g_con * g_w_j - g_pen
        step["v_user"][u] += g_con * g_v_u - g_pen
        step["v_item"][i] += g_con * g_v_i - g_pen
        step["v_item"][j] += g_con * g_v_j - g_pen

    def weight_gradients_repaired(self, sample, step):
        u, i, j = sample
        utility = self.pairwise_utility(sample)

        d_con = 1 / (1 + np.exp(utility))
        d_pen = 2 * self.regularization

        d_w_i = 1
        d_w_j = -1
        d_v_u = self.v_item[i] - self.v_item[j]
        d_v_i = self.v_user[u]
        d_v_j = -self.v_user[u]

        step["w_item"][i] += (d_con * d_w_i) - (d_pen * self.w_item[i])
        step["w_item"][j] += (d_con * d_w_j) - (d_pen * self.w_item[j])
        step["v_user"][u] += (d_con * d_v_u) - (d_pen * self.v_user[u])
        step["v_item"][i] += (d_con * d_v_i) - (d_pen * self.v_item[i])
        step["v_item"][j] += (d_con * d_v_j) - (d_pen * self.v_item[j])


def cost(params, X, Y):
    model = RankFM(params)
    return -sum(model.log_likelihood(sample) for sample in X)


def gradient(params, X, name):
    step = {key: np.zeros_like(p) for key, p in params.items()}
    model = RankFM(params)
    for sample in X:
        getattr(model, name)(sample, step)
    return {key: -s for key, s in step.items()}


def grad(params, X, Y):
    return gradient(params, X, "weight_gradients")


def repaired(params, X, Y):
    return gradient(params, X, "weight_gradients_repaired")
