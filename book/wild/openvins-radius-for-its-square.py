"""In a lens's derivatives the radius stands for its square beside the second coefficient."""

import numpy as np

SOURCE = "https://github.com/rpng/open_vins/commit/9f4d3e9"
THREAD = "rpng/open_vins #169, commit 9f4d3e9"
DATE = "2021-07"
KIND = "gradient"
FORMULA = (
    r"\partial u / \partial x = f_x \bigl(1 + k_1 r^2 + k_2 r^4 + 2 k_1 x^2 + 4 k_2 x^2 r + 2 p_1 y + 6 p_2 x\bigr),\; "
    r"\partial u / \partial y = f_x \bigl(2 k_1 x y + 4 k_2 x y r + 2 p_1 x + 2 p_2 y\bigr)"
)
RIGHT = (
    r"\partial u / \partial x = f_x \bigl(1 + k_1 r^2 + k_2 r^4 + 2 k_1 x^2 + 4 k_2 x^2 r^2 + 2 p_1 y + 6 p_2 x\bigr)"
    r",\; \partial u / \partial y = f_x \bigl(2 k_1 x y + 4 k_2 x y r^2 + 2 p_1 x + 2 p_2 y\bigr)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # a camera
BLOCKS = ["uv_norm[1]", "cam_d[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Points in the normalised plane; two focal lengths, the centre, k1, k2, p1 and p2."""
    return {
        "uv_norm": rng.uniform(-1, 1, (SAMPLES, 2)),
        "cam_d": np.concatenate([rng.uniform(1, 2, 2), rng.uniform(-0.5, 0.5, 6)]),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(-1, 1, (SAMPLES, 2))


def distort(uv_norm, cam_d):
    x, y = uv_norm
    r_2 = x * x + y * y
    r_4 = r_2 * r_2
    x1 = x * (1 + cam_d[4] * r_2 + cam_d[5] * r_4) + 2 * cam_d[6] * x * y + cam_d[7] * (r_2 + 2 * x * x)
    y1 = y * (1 + cam_d[4] * r_2 + cam_d[5] * r_4) + cam_d[6] * (r_2 + 2 * y * y) + 2 * cam_d[7] * x * y
    return np.array([cam_d[0] * x1 + cam_d[2], cam_d[1] * y1 + cam_d[3]]), x1, y1


def wrt_the_camera(uv_norm, cam_d):
    (x, y), (_, x1, y1) = uv_norm, distort(uv_norm, cam_d)
    r_2 = x * x + y * y
    r_4 = r_2 * r_2
    H_dz_dzeta = np.zeros((2, 8))
    H_dz_dzeta[0, 0] = x1
    H_dz_dzeta[0, 2] = 1
    H_dz_dzeta[0, 4] = cam_d[0] * x * r_2
    H_dz_dzeta[0, 5] = cam_d[0] * x * r_4
    H_dz_dzeta[0, 6] = 2 * cam_d[0] * x * y
    H_dz_dzeta[0, 7] = cam_d[0] * (r_2 + 2 * x * x)
    H_dz_dzeta[1, 1] = y1
    H_dz_dzeta[1, 3] = 1
    H_dz_dzeta[1, 4] = cam_d[1] * y * r_2
    H_dz_dzeta[1, 5] = cam_d[1] * y * r_4
    H_dz_dzeta[1, 6] = cam_d[1] * (r_2 + 2 * y * y)
    H_dz_dzeta[1, 7] = 2 * cam_d[1] * x * y
    return H_dz_dzeta


def compute_distort_jacobian(uv_norm, cam_d):
    x, y = uv_norm
    r = np.sqrt(x * x + y * y)
    r_2 = r * r
    r_4 = r_2 * r_2
    x_2, y_2, x_y = x * x, y * y, x * y
    k = 1 + cam_d[4] * r_2 + cam_d[5] * r_4
    H = np.zeros((2, 2))
    H[0, 0] = (
        k + (2 * cam_d[4] * x_2 + 4 * cam_d[5] * x_2 * r) + 2 * cam_d[6] * y + (2 * cam_d[7] * x + 4 * cam_d[7] * x)
    )
    H[0, 1] = 2 * cam_d[4] * x_y + 4 * cam_d[5] * x_y * r + 2 * cam_d[6] * x + 2 * cam_d[7] * y
    H[1, 0] = 2 * cam_d[4] * x_y + 4 * cam_d[5] * x_y * r + 2 * cam_d[6] * x + 2 * cam_d[7] * y
    H[1, 1] = (
        k + (2 * cam_d[4] * y_2 + 4 * cam_d[5] * y_2 * r) + 2 * cam_d[7] * x + (2 * cam_d[6] * y + 4 * cam_d[6] * y)
    )
    return np.diag(cam_d[:2]) @ H


def compute_distort_jacobian_repaired(uv_norm, cam_d):
    x, y = uv_norm
    r_2 = x * x + y * y
    r_4 = r_2 * r_2
    x_2, y_2, x_y = x * x, y * y, x * y
    k = 1 + cam_d[4] * r_2 + cam_d[5] * r_4
    H = np.zeros((2, 2))
    H[0, 0] = k + (2 * cam_d[4] * x_2 + 4 * cam_d[5] * x_2 * r_2) + 2 * cam_d[6] * y + 6 * cam_d[7] * x
    H[0, 1] = 2 * cam_d[4] * x_y + 4 * cam_d[5] * x_y * r_2 + 2 * cam_d[6] * x + 2 * cam_d[7] * y
    H[1, 0] = 2 * cam_d[4] * x_y + 4 * cam_d[5] * x_y * r_2 + 2 * cam_d[6] * x + 2 * cam_d[7] * y
    H[1, 1] = k + (2 * cam_d[4] * y_2 + 4 * cam_d[5] * y_2 * r_2) + 2 * cam_d[7] * x + 6 * cam_d[6] * y
    return np.diag(cam_d[:2]) @ H


def cost(params, X, Y):
    return 0.5 * sum(np.sum((distort(uv, params["cam_d"])[0] - z) ** 2) for uv, z in zip(params["uv_norm"], Y))


def of_squares(params, Y, jacobian):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    cam_d = params["cam_d"]
    for i, uv_norm in enumerate(params["uv_norm"]):
        res = distort(uv_norm, cam_d)[0] - Y[i]
        g["uv_norm"][i] = jacobian(uv_norm, cam_d).T @ res
        g["cam_d"] += wrt_the_camera(uv_norm, cam_d).T @ res
    return g


def grad(params, X, Y):
    return of_squares(params, Y, compute_distort_jacobian)


def repaired(params, X, Y):
    return of_squares(params, Y, compute_distort_jacobian_repaired)
