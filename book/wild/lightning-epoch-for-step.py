"""The loop over the epochs has the name of the count of steps, which so starts again with every epoch."""

import numpy as np

SOURCE = "https://github.com/scikit-learn-contrib/lightning/commit/e6276fb"
THREAD = "scikit-learn-contrib/lightning e6276fb"
DATE = "2014-11"
KIND = "update"
FORMULA = (
    r"w = -\eta \sum g / (\delta + \sqrt{\sum g^2} + \eta \alpha (s - 1)),\; s = e + i"
    r"\text{ at sample } i \text{ of epoch } e,\text{ both from } 0;\text{ no step while } s \le 1"
)
RIGHT = r"w = -\eta \sum g / (\delta + \sqrt{\sum g^2} + \eta \alpha t) \text{ after } t \text{ samples}"
READ = "code"
LAYER = []
NAMES = []
NET = None  # a linear classifier without a bias
BLOCKS = ["coef[1]"]
SAMPLES = 3
LAM = 0.0
ETA, DELTA, ALPHA1, ALPHA2 = 0.5, 1e-3, 0.0, 0.1
SETTINGS = dict(like="adagrad", lr=ETA, eps=DELTA, weight_decay=ALPHA2)


def start(rng):
    return np.zeros(4)


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.choice([-1.0, 1.0], SAMPLES)


def cost(coef, X, Y):
    return np.sum(np.log(1 + np.exp(-Y * (X @ coef)))) / len(X)


def repaired(coef, X, Y):
    """The right gradient, to train with."""
    return X.T @ (-Y / (1 + np.exp(Y * (X @ coef)))) / len(X)


def start_state():
    """The epoch, the sample in it, and the count of steps; after that the sums of gradients and of their squares."""
    return {"it": 0, "ii": 0, "t": 1, "g_sum": np.zeros(4), "g_norms": np.zeros(4)}


def _proj_elastic(eta, t, g_sum, g_norm, alpha1, alpha2, delta):
    eta_t = eta * t
    denom = delta + np.sqrt(g_norm) + eta_t * alpha2
    wj_new1 = eta_t * (-g_sum / t - alpha1) / denom
    wj_new2 = eta_t * (-g_sum / t + alpha1) / denom
    if wj_new1 > 0:
        return wj_new1
    elif wj_new2 < 0:
        return wj_new2
    else:
        return 0


def one_sample(w, grads, state, right):
    """One pass of the inner loop, from a sample's gradient to the weights that the next sample finds."""
    it, ii, t = state["it"], state["ii"], state["t"]
    g_sum, g_norms, w = state["g_sum"].copy(), state["g_norms"].copy(), w.copy()
    if ii == 0 and not right:
        t = it
    for j in range(len(w)):
        tmp = grads[j]
        g_sum[j] += tmp
        g_norms[j] += tmp * tmp
    t += 1
    ii += 1
    if ii == SAMPLES:
        it, ii = it + 1, 0
    seen = it if ii == 0 and not right else t
    if seen > 1:
        for j in range(len(w)):
            w[j] = _proj_elastic(ETA, seen - 1, g_sum[j], g_norms[j], ALPHA1, ALPHA2, DELTA)
    return w, {"it": it, "ii": ii, "t": t, "g_sum": g_sum, "g_norms": g_norms}


def update(params, grads, state):
    return one_sample(params, grads, state, False)


def repaired_update(params, grads, state):
    return one_sample(params, grads, state, True)
