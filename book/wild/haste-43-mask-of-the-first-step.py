"""The way back through a gated unit takes the mask of the first time step at every step."""

import numpy as np

SOURCE = "https://github.com/lmnt-com/haste/issues/43"
THREAD = "lmnt-com/haste #43, PR #44"
DATE = "2021-12"
KIND = "gradient"
FORMULA = r"d_t = \mu_1 \odot g_t,\; g_{t-1} \mathrel{+}= (1 - \mu_1) \odot g_t + z_t \odot d_t"
RIGHT = r"d_t = \mu_t \odot g_t,\; g_{t-1} \mathrel{+}= (1 - \mu_t) \odot g_t + z_t \odot d_t"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS, HIDDEN, STEPS = 2, 3, 4
NET = None  # cells with gates
BLOCKS = ["W[1]", "R[1]", "bx[1]", "br[1]"]
SAMPLES = 5
LAM = 0.0

ZONEOUT_MASK = np.random.default_rng(43).integers(0, 2, (STEPS, SAMPLES, HIDDEN)).astype(float)


def start(rng):
    """The columns are those of the gates z, r and g."""
    return [
        rng.standard_normal((INPUTS, 3 * HIDDEN)),
        rng.standard_normal((HIDDEN, 3 * HIDDEN)),
        rng.standard_normal(3 * HIDDEN),
        rng.standard_normal(3 * HIDDEN),
    ]


def data(rng):
    """A sequence for each sample, and what the states should be."""
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.uniform(-1, 1, (SAMPLES, STEPS, HIDDEN))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def forward(params, X):
    W, R, bx, br = params
    h = [np.zeros((SAMPLES, HIDDEN))]
    v = []
    for i in range(STEPS):
        Wx_z, Wx_r, Wx_g = np.split(X[:, i] @ W + bx, 3, axis=1)
        Rh_z, Rh_r, Rh_g = np.split(h[i] @ R + br, 3, axis=1)
        z = sigmoid(Wx_z + Rh_z)
        r = sigmoid(Wx_r + Rh_r)
        g = np.tanh(Wx_g + r * Rh_g)
        v.append((z, r, g, Rh_g))
        cur_h_value = z * h[i] + (1.0 - z) * g
        h.append((cur_h_value - h[i]) * ZONEOUT_MASK[i] + h[i])
    return h, v


def cost(params, X, Y):
    h, _ = forward(params, X)
    return 0.5 * sum(np.sum((h[i + 1] - Y[:, i]) ** 2) for i in range(STEPS)) / len(X)


def pointwise_operations(h, v, dh_new, dh, mask):
    z, r, g, q_g = v
    dh_total = dh_new + dh
    dh = (1.0 - mask) * dh_total
    dh_total = mask * dh_total
    dh += z * dh_total
    dg = (1.0 - z) * dh_total
    dz = (h - g) * dh_total
    dp_g = (1.0 - g * g) * dg
    dq_g = dp_g * r
    dr = dp_g * q_g
    dp_r = r * (1.0 - r) * dr
    dp_z = z * (1.0 - z) * dz
    return dh, np.hstack([dp_z, dp_r, dp_g]), np.hstack([dp_z, dp_r, dq_g])


def run(params, X, Y, right):
    W, R, bx, br = params
    h, v = forward(params, X)
    dW, dR, dbx, dbr = [np.zeros_like(p) for p in params]
    dh = np.zeros((SAMPLES, HIDDEN))
    for i in range(STEPS - 1, -1, -1):
        dh_new = (h[i + 1] - Y[:, i]) / len(X)
        dh, dp, dq = pointwise_operations(h[i], v[i], dh_new, dh, ZONEOUT_MASK[i] if right else ZONEOUT_MASK[0])
        dbx += dp.sum(0)
        dbr += dq.sum(0)
        dW += X[:, i].T @ dp
        dR += h[i].T @ dq
        dh += dq @ R.T
    return [dW, dR, dbx, dbr]


def grad(params, X, Y):
    return run(params, X, Y, right=False)


def repaired(params, X, Y):
    return run(params, X, Y, right=True)
