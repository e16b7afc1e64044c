"""A factorisation's penalty is taken from the error, so that it pulls at the other factor."""

import numpy as np

SOURCE = "https://github.com/chyikwei/recommend/issues/12"
THREAD = "chyikwei/recommend #12, commit 06cf4c3"
DATE = "2017-06"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial u_i = \textstyle\sum_j v_j (2 e_{ij} - \lambda),\; "
    r"\partial C / \partial v_j = \textstyle\sum_i u_i (2 e_{ij} - \lambda)"
)
RIGHT = (
    r"\partial C / \partial u_i = \textstyle\sum_j (2 e_{ij} v_j + \lambda u_i),\; "
    r"\partial C / \partial v_j = \textstyle\sum_i (2 e_{ij} u_i + \lambda v_j),\; "
    r"C = \textstyle\sum_{ij} \bigl(e_{ij}^2 + \tfrac\lambda2 (\lVert u_i \rVert^2 + \lVert v_j \rVert^2)\bigr)"
)
READ = "code"
GROUP = "penalty"
LAYER = [1]
NAMES = [{"penalty"}]
N_USER, N_ITEM, N_FEATURE, REG = 5, 4, 3, 0.6
NET = None  # a factorisation of ratings
BLOCKS = ["user_features[1]", "item_features[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return [rng.standard_normal((N_USER, N_FEATURE)), rng.standard_normal((N_ITEM, N_FEATURE))]


def data(rng):
    """Users and items; their ratings."""
    pairs = rng.permutation(N_USER * N_ITEM)[:SAMPLES]
    return np.stack([pairs // N_ITEM, pairs % N_ITEM], 1), rng.integers(1, 6, SAMPLES).astype(float)


class PMF:
    def __init__(self, user_features, item_features, ratings):
        self.user_features_, self.item_features_ = user_features, item_features
        self.mean_rating_ = np.mean(ratings)
        self.reg = REG
        self.n_feature = N_FEATURE

    def rows(self, data):
        u_features = self.user_features_.take(data.take(0, axis=1), axis=0)
        i_features = self.item_features_.take(data.take(1, axis=1), axis=0)
        return u_features, i_features

    def loss(self, data, ratings):
        u_features, i_features = self.rows(data)
        errs = np.sum(u_features * i_features, 1) - (ratings - self.mean_rating_)
        return np.sum(errs**2) + self.reg / 2 * (np.sum(u_features**2) + np.sum(i_features**2))

    def gradients(self, data, ratings, right):
        u_features, i_features = self.rows(data)
        preds = np.sum(u_features * i_features, 1)
        errs = preds - (ratings - self.mean_rating_)
        err_mat = np.tile(2 * errs, (self.n_feature, 1)).T
        if right:
            u_grads = i_features * err_mat + self.reg * u_features
            i_grads = u_features * err_mat + self.reg * i_features
        else:
            u_grads = i_features * (err_mat - self.reg)
            i_grads = u_features * (err_mat - self.reg)
        u_feature_grads = np.zeros_like(self.user_features_)
        i_feature_grads = np.zeros_like(self.item_features_)
        for i in range(data.shape[0]):
            row = data.take(i, axis=0)
            u_feature_grads[row[0], :] += u_grads.take(i, axis=0)
            i_feature_grads[row[1], :] += i_grads.take(i, axis=0)
        return [u_feature_grads, i_feature_grads]


def cost(params, X, Y):
    return PMF(*params, Y).loss(X, Y)


def grad(params, X, Y):
    return PMF(*params, Y).gradients(X, Y, False)


def repaired(params, X, Y):
    return PMF(*params, Y).gradients(X, Y, True)
