"""The derivative of a fisheye lens's radius is written into another one's place, which leaves it zero itself."""

import numpy as np

SOURCE = "https://github.com/rpng/open_vins/commit/211bcf3"
THREAD = "rpng/open_vins 211bcf3"
DATE = "2019-07"
KIND = "gradient"
FORMULA = r"\partial z / \partial n = \mathrm{diag}(f)\, \frac{\theta_d}{r} I"
RIGHT = (
    r"\partial z / \partial n = \mathrm{diag}(f) \Bigl(\frac{\theta_d}{r} I + \Bigl(-\frac{\theta_d}{r^2}\, n + "
    r"\frac{\theta_d'}{1 + r^2}\, \frac{n}{r}\Bigr) \frac{n^\top}{r}\Bigr),\; z = f \odot \frac{\theta_d}{r} n + c,\; "
    r"\theta = \arctan r,\; \theta_d = \theta + k_1 \theta^3 + \dots"
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
    """Points in the normalised plane; two focal lengths, the centre and four coefficients."""
    return {
        "uv_norm": rng.uniform(-1, 1, (SAMPLES, 2)),
        "cam_d": np.concatenate([rng.uniform(1, 2, 2), rng.uniform(-0.5, 0.5, 6)]),
    }


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.uniform(-1, 1, (SAMPLES, 2))


def angle(uv_norm, cam_d):
    r = np.sqrt(uv_norm[0] * uv_norm[0] + uv_norm[1] * uv_norm[1])
    theta = np.arctan(r)
    theta_d = theta + cam_d[4] * theta**3 + cam_d[5] * theta**5 + cam_d[6] * theta**7 + cam_d[7] * theta**9
    return r, theta, theta_d


def project(uv_norm, cam_d):
    r, theta, theta_d = angle(uv_norm, cam_d)
    cdist = theta_d / r
    x1 = uv_norm[0] * cdist
    y1 = uv_norm[1] * cdist
    return np.array([cam_d[0] * x1 + cam_d[2], cam_d[1] * y1 + cam_d[3]])


def wrt_the_camera(uv_norm, cam_d):
    r, theta, theta_d = angle(uv_norm, cam_d)
    dz_dzeta = np.zeros((2, 8))
    for row in range(2):
        dz_dzeta[row, row] = uv_norm[row] * theta_d / r
        dz_dzeta[row, 2 + row] = 1
        dz_dzeta[row, 4:] = cam_d[row] * uv_norm[row] / r * theta ** np.array([3, 5, 7, 9])
    return dz_dzeta


def get_feature_jacobian_intrinsics(uv_norm, cam_d):
    r, theta, theta_d = angle(uv_norm, cam_d)
    inv_r = 1.0 / r
    duv_dxy1 = np.diag(cam_d[:2])
    dxy1_dxy = np.diag([theta_d * inv_r, theta_d * inv_r])
    dxy1_dr = np.array([[-uv_norm[0] * theta_d * inv_r * inv_r], [-uv_norm[1] * theta_d * inv_r * inv_r]])
    dr_dxy = np.zeros((1, 2))
    dxy1_dr = np.array([[-uv_norm[0] * inv_r], [-uv_norm[1] * inv_r]])
    dxy1_dthd = dr_dxy.T
    dthd_dth = 1 + 3 * cam_d[4] * theta**2 + 5 * cam_d[5] * theta**4 + 7 * cam_d[6] * theta**6 + 9 * cam_d[7] * theta**8
    dth_dr = 1 / (r * r + 1)
    return duv_dxy1 @ (dxy1_dxy + (dxy1_dr + dxy1_dthd * dthd_dth * dth_dr) @ dr_dxy)


def get_feature_jacobian_intrinsics_repaired(uv_norm, cam_d):
    r, theta, theta_d = angle(uv_norm, cam_d)
    inv_r = 1.0 / r
    duv_dxy = np.diag(cam_d[:2])
    dxy_dxyn = np.diag([theta_d * inv_r, theta_d * inv_r])
    dxy_dr = np.array([[-uv_norm[0] * theta_d * inv_r * inv_r], [-uv_norm[1] * theta_d * inv_r * inv_r]])
    dr_dxyn = np.array([[uv_norm[0] * inv_r, uv_norm[1] * inv_r]])
    dxy_dthd = np.array([[uv_norm[0] * inv_r], [uv_norm[1] * inv_r]])
    dthd_dth = 1 + 3 * cam_d[4] * theta**2 + 5 * cam_d[5] * theta**4 + 7 * cam_d[6] * theta**6 + 9 * cam_d[7] * theta**8
    dth_dr = 1 / (r * r + 1)
    return duv_dxy @ (dxy_dxyn + (dxy_dr + dxy_dthd * dthd_dth * dth_dr) @ dr_dxyn)


def cost(params, X, Y):
    return 0.5 * sum(np.sum((project(uv, params["cam_d"]) - z) ** 2) for uv, z in zip(params["uv_norm"], Y))


def of_squares(params, Y, jacobian):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    cam_d = params["cam_d"]
    for i, uv_norm in enumerate(params["uv_norm"]):
        res = project(uv_norm, cam_d) - Y[i]
        g["uv_norm"][i] = jacobian(uv_norm, cam_d).T @ res
        g["cam_d"] += wrt_the_camera(uv_norm, cam_d).T @ res
    return g


def grad(params, X, Y):
    return of_squares(params, Y, get_feature_jacobian_intrinsics)


def repaired(params, X, Y):
    return of_squares(params, Y, get_feature_jacobian_intrinsics_repaired)
