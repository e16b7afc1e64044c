"""The slope of a hyperbolic tangent is taken as one minus the square of what goes in, at both steps of a recurrence."""

import numpy as np

SOURCE = "https://discuss.pytorch.org/t/pytorch-autograd-not-matching-with-computed-derivatives/187917"
THREAD = "PyTorch forum 187917, Pytorch autograd not matching with computed derivatives"
DATE = "2023-09"
KIND = "gradient"
FORMULA = r"\delta_t = (1 - z_t^2)\, g_t,\; z_t = w_h h_{t-1}"
RIGHT = r"\delta_t = (1 - \tanh(z_t)^2)\, g_t,\; z_t = w_h h_{t-1}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"slope-formula-of-z"}]
NET = None  # a recurrence of two steps
BLOCKS = ["w_h[1]", "w_y[2]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    return {"w_h": rng.standard_normal(1), "w_y": rng.standard_normal(1)}


def data(rng):
    """States at the start, and nothing to compare with."""
    return rng.standard_normal((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def forward(params, h0):
    w_h, w_y = params["w_h"][0], params["w_y"][0]
    h1_raw = w_h * h0
    h1 = np.tanh(h1_raw)
    h2_raw = w_h * h1
    h2 = np.tanh(h2_raw)
    y2 = w_y * h2
    return h1_raw, h1, h2_raw, h2, y2


def cost(params, X, Y):
    """What comes out is differentiated itself."""
    return sum(forward(params, h0)[-1] for h0 in X[:, 0])


def grad(params, X, Y):
    w_h, w_y = params["w_h"][0], params["w_y"][0]
    total_h, total_y = 0.0, 0.0
    for h0 in X[:, 0]:
        h1_raw, h1, h2_raw, h2, y2 = forward(params, h0)
        dw_y = h2 * 1
        dh2 = w_y * 1
        dh2_raw = (1 - h2_raw**2) * dh2
        dh1 = w_h * dh2_raw
        dh1_raw = (1 - h1_raw**2) * dh1
        dw_h = h1 * dh2_raw + h0 * dh1_raw
        total_h += dw_h
        total_y += dw_y
    return {"w_h": np.array([total_h]), "w_y": np.array([total_y])}


def repaired(params, X, Y):
    w_h, w_y = params["w_h"][0], params["w_y"][0]
    total_h, total_y = 0.0, 0.0
    for h0 in X[:, 0]:
        h1_raw, h1, h2_raw, h2, y2 = forward(params, h0)
        dw_y = h2 * 1
        dh2 = w_y * 1
        dh2_raw = (1 - h2**2) * dh2
        dh1 = w_h * dh2_raw
        dh1_raw = (1 - h1**2) * dh1
        dw_h = h1 * dh2_raw + h0 * dh1_raw
        total_h += dw_h
        total_y += dw_y
    return {"w_h": np.array([total_h]), "w_y": np.array([total_y])}
