"""Fixed thresholds count as zero in the derivatives with respect to the scales of an ordinal factor model."""

import numpy as np

SOURCE = "https://github.com/yrosseel/lavaan/commit/771901a5"
THREAD = "yrosseel/lavaan 771901a5"
DATE = "2026-07"
KIND = "gradient"
FORMULA = r"\partial \vartheta_t / \partial \delta_k = [v(t) = k]\, (0 - \nu_k - \lambda_k \alpha)"
RIGHT = (
    r"\partial \vartheta_t / \partial \delta_k = [v(t) = k]\, (\tau_t - \nu_k - \lambda_k \alpha),\; "
    r"\vartheta_t = \delta_{v(t)} (\tau_t - \nu_{v(t)} - \lambda_{v(t)} \alpha)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a factor model of ordinal variables
BLOCKS = ["delta[1]", "nu[1]", "lambda[1]", "alpha[1]"]
SAMPLES = 1
LAM = 0.0
NVAR, NLEV = 3, 2
TAU = np.array([-0.7, 0.6, -0.4, 0.9, -1.1, 0.3])  # all fixed
TH_IDX = np.repeat(np.arange(NVAR), NLEV)
LOWER = np.tril_indices(NVAR, -1)


def start(rng):
    return {
        "delta": rng.uniform(0.7, 1.3, NVAR),
        "nu": 0.4 * rng.standard_normal(NVAR),
        "lambda": rng.standard_normal(NVAR),
        "alpha": rng.standard_normal(1),
    }


def data(rng):
    """No inputs; thresholds and correlations of the sample."""
    return np.zeros((SAMPLES, 1)), np.concatenate([TAU, np.zeros(3)])[None] + 0.3 * rng.standard_normal((SAMPLES, 9))


def implied(mlist):
    delta, m = mlist["delta"], mlist["lambda"][:, None]
    pi0 = mlist["nu"] + m @ mlist["alpha"]
    th = delta[TH_IDX] * (TAU - pi0[TH_IDX])
    sigma = delta[:, None] * (m @ m.T) * delta
    return np.concatenate([th, sigma[LOWER]])


def lav_lisrel_dimplied_dx(mlist, right):
    n_th = 0  # free thresholds
    v_slot = TH_IDX
    nth_full = len(v_slot)
    ord_slots = np.arange(nth_full)
    delta, lam, a_vec = mlist["delta"], mlist["lambda"], mlist["alpha"]
    m = lam[:, None]
    delta_star = delta[v_slot]
    pi0 = mlist["nu"] + m @ a_vec
    tau_full = np.zeros(nth_full)
    if right:
        if len(TAU) > 0:
            tau_full[ord_slots] = TAU
    else:
        if n_th > 0:
            tau_full[ord_slots] = TAU
    th0 = tau_full - pi0[v_slot]
    here = (v_slot[:, None] == np.arange(NVAR)).astype(float)
    jac_th = np.hstack(
        [
            here * th0[:, None],
            -here * delta_star[:, None],
            -(here * delta_star[:, None]) * a_vec[0],
            -delta_star[:, None] * m[v_slot],
        ]
    )
    jac_sigma = np.zeros((len(LOWER[0]), 3 * NVAR + 1))
    for row, (r, s) in enumerate(zip(*LOWER)):
        jac_sigma[row, r] = lam[r] * lam[s] * delta[s]
        jac_sigma[row, s] = lam[r] * lam[s] * delta[r]
        jac_sigma[row, 2 * NVAR + r] = delta[r] * lam[s] * delta[s]
        jac_sigma[row, 2 * NVAR + s] = delta[r] * lam[r] * delta[s]
    return np.vstack([jac_th, jac_sigma])


def cost(mlist, X, Y):
    """Unweighted least squares."""
    return 0.5 * np.sum((Y[0] - implied(mlist)) ** 2)


def gradient(mlist, Y, right):
    g = -(Y[0] - implied(mlist)) @ lav_lisrel_dimplied_dx(mlist, right)
    return dict(zip(["delta", "nu", "lambda", "alpha"], np.split(g, [NVAR, 2 * NVAR, 3 * NVAR])))


def grad(mlist, X, Y):
    return gradient(mlist, Y, False)


def repaired(mlist, X, Y):
    return gradient(mlist, Y, True)
