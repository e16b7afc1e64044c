"""The step of a ranking loss is multiplied by the loss itself, by how far the pair violates its margin."""

import numpy as np

SOURCE = "https://github.com/lyst/lightfm/commit/a79bfb7"
THREAD = "lyst/lightfm a79bfb7"
DATE = "2016-02"
KIND = "gradient"
FORMULA = (
    r"\partial C / \partial u = w v (i^- - i^+),\; \partial C / \partial i^\pm = \mp w v u,\; "
    r"v = 1 - (u \cdot i^+ + b^+) + (u \cdot i^- + b^-)"
)
RIGHT = (
    r"\partial C / \partial u = w (i^- - i^+),\; \partial C / \partial i^\pm = \mp w u,\; C = w v,\; "
    r"v = 1 - (u \cdot i^+ + b^+) + (u \cdot i^- + b^-)"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
USERS, ITEMS, COMPONENTS = 3, 9, 2
MAX_LOSS = 10.0
NET = None  # a factorisation that ranks
BLOCKS = ["user_features[1]", "item_features[1]", "item_biases[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "user_features": rng.standard_normal((USERS, COMPONENTS)),
        "item_features": rng.standard_normal((ITEMS, COMPONENTS)),
        "item_biases": rng.standard_normal(ITEMS),
    }


def data(rng):
    """A user and an item that the user likes; and the order in which other items are drawn."""
    pairs = [(user, item) for user in range(USERS) for item in range(ITEMS)]
    return np.array(pairs)[rng.permutation(len(pairs))[:SAMPLES]], rng.integers(0, ITEMS, (SAMPLES, 2 * ITEMS))


def prediction(params, user_id, item_id):
    user_repr, it_repr = params["user_features"][user_id], params["item_features"][item_id]
    return user_repr @ it_repr + params["item_biases"][item_id]


def violations(params, X, Y):
    """Of each pair the first item drawn that comes too near, its weight, and by how much it does."""
    interactions = {tuple(pair) for pair in X.tolist()}
    for (user_id, positive_item_id), drawn in zip(X.tolist(), Y.tolist()):
        positive_prediction = prediction(params, user_id, positive_item_id)
        for sampled, negative_item_id in enumerate(drawn[: ITEMS - 1], 1):
            negative_prediction = prediction(params, user_id, negative_item_id)
            if negative_prediction.real > positive_prediction.real - 1:
                if (user_id, negative_item_id) in interactions:
                    continue
                weight = np.log(np.floor((ITEMS - 1) / sampled))
                violation = 1 - positive_prediction + negative_prediction
                yield user_id, positive_item_id, negative_item_id, weight, violation
                break


def cost(params, X, Y):
    return sum(weight * violation for *_, weight, violation in violations(params, X, Y))


def warp_update(grads, loss, user_id, positive_item_id, negative_item_id, params):
    user_repr = params["user_features"][user_id]
    pos_it_repr = params["item_features"][positive_item_id]
    neg_it_repr = params["item_features"][negative_item_id]
    grads["item_biases"][positive_item_id] += -loss
    grads["item_biases"][negative_item_id] += loss
    for i in range(COMPONENTS):
        user_component = user_repr[i]
        grads["item_features"][positive_item_id, i] += -loss * user_component
        grads["item_features"][negative_item_id, i] += loss * user_component
        grads["user_features"][user_id, i] += loss * (neg_it_repr[i] - pos_it_repr[i])


def fit_warp(params, X, Y, right):
    grads = {name: np.zeros(p.shape) for name, p in params.items()}
    for user_id, positive_item_id, negative_item_id, weight, violation in violations(params, X, Y):
        loss = weight if right else weight * violation
        if loss > MAX_LOSS:
            loss = MAX_LOSS
        warp_update(grads, loss, user_id, positive_item_id, negative_item_id, params)
    return grads


def grad(params, X, Y):
    return fit_warp(params, X, Y, right=False)


def repaired(params, X, Y):
    return fit_warp(params, X, Y, right=True)
