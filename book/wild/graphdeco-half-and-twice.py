"""A renderer's gradient by the middle entry of a conic is halved, and doubled again where the conic is inverted."""

import numpy as np

SOURCE = "https://github.com/graphdeco-inria/diff-gaussian-rasterization/issues/94"
THREAD = "graphdeco-inria/diff-gaussian-rasterization #94, graphdeco-inria/gaussian-splatting #551"
DATE = "2025-09"
KIND = "right"
FORMULA = (
    r"g_y = -\tfrac12 G d_x d_y\, \partial C / \partial G,\; "
    r"\partial C / \partial b = \frac2{D^2} \bigl(b c\, g_x - (D + 2 b^2)\, g_y + a b\, g_z\bigr),\; D = a c - b^2"
)
RIGHT = (
    r"G = \exp\bigl(-\tfrac12 (x\, d_x^2 + z\, d_y^2) - y\, d_x d_y\bigr),\; "
    r"(x, y, z) = (c, -b, a) / (a c - b^2)"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # Gaussians in space that are drawn on a plane
BLOCKS = ["cov3D[1]", "opacity[1]"]
SAMPLES = 8
LAM = 0.0
P = 3


def start(rng):
    """The upper right of each Gaussian's covariance, row by row."""
    M = rng.standard_normal((P, 3, 3))
    Sigma = np.einsum("pij,pkj->pik", M, M) + 2.0 * np.eye(3)
    return {"cov3D": Sigma[:, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]], "opacity": rng.uniform(0.3, 0.8, P)}


def data(rng):
    """Pixels, and how bright they should be."""
    return rng.uniform(-2.5, 2.5, (SAMPLES, 2)), rng.random(SAMPLES)


POINTS_XY = np.array([[-0.6, 0.4], [0.5, 0.7], [0.2, -0.8]])
COLORS = np.array([0.9, 0.35, 0.6])
T = (
    np.array([[[0.9, 0.2, -0.3], [-0.1, 1.1, 0.25]]] * P) * np.array([1.0, 0.85, 1.2])[:, None, None]
)  # W * J, two columns


def computeCov2D(cov3D, T):
    Vrk = np.array([[cov3D[0], cov3D[1], cov3D[2]], [cov3D[1], cov3D[3], cov3D[4]], [cov3D[2], cov3D[4], cov3D[5]]])
    cov = T @ Vrk.T @ T.T
    # Apply low-pass filter: every Gaussian should be at least one pixel wide/high.
    return cov[0, 0] + 0.3, cov[0, 1], cov[1, 1] + 0.3


def preprocess(params):
    conics = []
    for idx in range(P):
        a, b, c = computeCov2D(params["cov3D"][idx], T[idx])
        det_inv = 1.0 / (a * c - b * b)
        conics.append((c * det_inv, -b * det_inv, a * det_inv))
    return conics


def gaussian(con, xy, pixf):
    d = xy - pixf
    power = -0.5 * (con[0] * d[0] * d[0] + con[2] * d[1] * d[1]) - con[1] * d[0] * d[1]
    return d, np.exp(power)


def render(params, conics, pixf):
    color, T = 0.0, 1.0
    for j in range(P):
        alpha = params["opacity"][j] * gaussian(conics[j], POINTS_XY[j], pixf)[1]
        color += COLORS[j] * alpha * T
        T = T * (1 - alpha)
    return color, T


def backward_render(params, conics, pixf, T, dL_dpixel, dL_dconic2D, dL_dopacity):
    accum_rec, last_alpha, last_color = 0.0, 0.0, 0.0
    for j in reversed(range(P)):
        d, G = gaussian(conics[j], POINTS_XY[j], pixf)
        alpha = params["opacity"][j] * G
        T = T / (1.0 - alpha)
        accum_rec = last_alpha * last_color + (1.0 - last_alpha) * accum_rec
        last_color = COLORS[j]
        dL_dalpha = (COLORS[j] - accum_rec) * dL_dpixel
        dL_dalpha *= T
        last_alpha = alpha

        dL_dG = params["opacity"][j] * dL_dalpha
        gdx, gdy = G * d[0], G * d[1]
        # Update gradients w.r.t. 2D covariance (2x2 matrix, symmetric)
        dL_dconic2D[j, 0] += -0.5 * gdx * d[0] * dL_dG
        dL_dconic2D[j, 1] += -0.5 * gdx * d[1] * dL_dG
        dL_dconic2D[j, 2] += -0.5 * gdy * d[1] * dL_dG
        dL_dopacity[j] += G * dL_dalpha


def computeCov2DCUDA(cov3D, T, dL_dconic):
    a, b, c = computeCov2D(cov3D, T)
    x, y, z = dL_dconic
    denom = a * c - b * b
    denom2inv = 1.0 / (denom * denom)  # the author adds 0.0000001

    dL_da = denom2inv * (-c * c * x + 2 * b * c * y + (denom - a * c) * z)
    dL_dc = denom2inv * (-a * a * z + 2 * a * b * y + (denom - a * c) * x)
    dL_db = denom2inv * 2 * (b * c * x - (denom + 2 * b * b) * y + a * b * z)

    # Off-diagonal elements appear twice --> double the gradient.
    dL_dcov = np.zeros(6)
    for k, i in ((0, 0), (3, 1), (5, 2)):
        dL_dcov[k] = T[0, i] * T[0, i] * dL_da + T[0, i] * T[1, i] * dL_db + T[1, i] * T[1, i] * dL_dc
    for k, i, j in ((1, 0, 1), (2, 0, 2), (4, 2, 1)):
        dL_dcov[k] = (
            2 * T[0, i] * T[0, j] * dL_da
            + (T[0, i] * T[1, j] + T[0, j] * T[1, i]) * dL_db
            + 2 * T[1, i] * T[1, j] * dL_dc
        )
    return dL_dcov


def cost(params, X, Y):
    conics = preprocess(params)
    return 0.5 * sum((render(params, conics, x)[0] - y) ** 2 for x, y in zip(X, Y, strict=True))


def grad(params, X, Y):
    conics = preprocess(params)
    dL_dconic2D, dL_dopacity = np.zeros((P, 3)), np.zeros(P)
    for x, y in zip(X, Y, strict=True):
        color, T_final = render(params, conics, x)
        backward_render(params, conics, x, T_final, color - y, dL_dconic2D, dL_dopacity)
    dL_dcov = [computeCov2DCUDA(params["cov3D"][idx], T[idx], dL_dconic2D[idx]) for idx in range(P)]
    return {"cov3D": np.array(dL_dcov), "opacity": dL_dopacity}


repaired = grad
