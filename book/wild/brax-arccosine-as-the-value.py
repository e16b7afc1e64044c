"""Where an arcsine is differentiated its value is taken from the arccosine, while its slope is right."""

import numpy as np

SOURCE = "https://github.com/google/brax/pull/484"
THREAD = "google/brax #484, commit 2b95fe9"
DATE = "2024-06"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial C / \partial z_i = (\arccos z_i - y_i) / \sqrt{1 - z_i^2},\; "
    r"C = \tfrac12 \textstyle\sum_i (\arcsin z_i - y_i)^2"
)
RIGHT = (
    r"\partial C / \partial z_i = (\arcsin z_i - y_i) / \sqrt{1 - z_i^2},\; "
    r"C = \tfrac12 \textstyle\sum_i (\arcsin z_i - y_i)^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"formula"}]
NET = None  # angles of linear functions
BLOCKS = ["w[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    return 0.3 * rng.standard_normal((3, 2))


def data(rng):
    """Short inputs, so that the sines stay below one."""
    return rng.uniform(-0.6, 0.6, (SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def clip(x):
    return np.clip(x, -1 + 1e-7, 1 - 1e-7)


def safe_arcsin(x):
    return np.arcsin(x)


def safe_arccos(x):
    return np.arccos(x)


def _safe_arcsin_jvp(primal, tangent):
    (x,) = primal
    (x_dot,) = tangent
    primal_out = safe_arccos(x)
    tangent_out = x_dot / np.sqrt(1.0 - clip(x) ** 2.0)
    return primal_out, tangent_out


def _safe_arcsin_jvp_repaired(primal, tangent):
    (x,) = primal
    (x_dot,) = tangent
    primal_out = safe_arcsin(x)
    tangent_out = x_dot / np.sqrt(1.0 - clip(x) ** 2.0)
    return primal_out, tangent_out


def cost(w, X, Y):
    return 0.5 * np.sum((safe_arcsin(X @ w) - Y) ** 2)


def forward_mode(w, X, Y, jvp):
    """One direction at a time, value and tangent together."""
    g = np.zeros_like(w)
    for index in np.ndindex(w.shape):
        w_dot = np.zeros_like(w)
        w_dot[index] = 1.0
        angle, angle_dot = jvp((X @ w,), (X @ w_dot,))
        g[index] = np.sum((angle - Y) * angle_dot)
    return g


def grad(w, X, Y):
    return forward_mode(w, X, Y, _safe_arcsin_jvp)


def repaired(w, X, Y):
    return forward_mode(w, X, Y, _safe_arcsin_jvp_repaired)
