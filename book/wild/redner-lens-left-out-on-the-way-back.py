"""A renderer's points pass the distortion of a lens on their way to the screen, and their derivatives pass it by."""

import numpy as np

SOURCE = "https://github.com/BachiLi/redner/commit/31e8851"
THREAD = "BachiLi/redner 31e8851"
DATE = "2020-04"
KIND = "gradient"
FORMULA = r"\partial C / \partial (x, y) = \partial C / \partial s,\; \partial C / \partial k = 0"
RIGHT = (
    r"\partial C / \partial (x, y) = J^T\, \partial C / \partial s,\; "
    r"J = \partial s / \partial (x, y),\; s = \operatorname{distort}_k(x, y)"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"layer-forgotten"}, {"no-gradient"}]
NET = None  # points, seen by a camera
BLOCKS = ["pt[1]", "intrinsic_mat[1]", "distortion_params[1]"]
SAMPLES = 5
LAM = 0.0
ASPECT_RATIO = 4 / 3


def start(rng):
    """Points before the camera, its matrix, and six radial and two tangential coefficients."""
    return {
        "pt": np.column_stack([0.6 * rng.standard_normal((SAMPLES, 2)), rng.uniform(2, 3, SAMPLES)]),
        "intrinsic_mat": np.diag([1.5, 1.5, 1.0]) + 0.1 * rng.standard_normal((3, 3)),
        "distortion_params": 0.2 * rng.standard_normal(8),
    }


def data(rng):
    """Where the points should be on the screen; X is not used."""
    return np.zeros((SAMPLES, 1)), rng.uniform(0.2, 0.8, (SAMPLES, 2))


def radial(param, pos):
    k = param[:6]
    x = 2 * (pos[0] - 0.5)
    y = 2 * (pos[1] - 0.5)
    r2 = x * x + y * y
    r4 = r2 * r2
    r6 = r4 * r2
    rr_numerator = 1 + k[0] * r2 + k[1] * r4 + k[2] * r6
    rr_denominator = 1 + k[3] * r2 + k[4] * r4 + k[5] * r6
    return x, y, r2, r4, r6, rr_numerator / rr_denominator, rr_denominator


def distort(param, pos):
    p = param[6:]
    x, y, r2, _, _, rr, _ = radial(param, pos)
    xx = x * rr + 2 * p[0] * x * y + p[1] * (r2 + 2 * x * x)
    yy = y * rr + p[0] * (r2 + 2 * y * y) + 2 * p[1] * x * y
    return np.array([(xx + 1) / 2, (yy + 1) / 2])


def d_distort(param, pos, d_output, d_params):
    k, p = param[:6], param[6:]
    x, y, r2, r4, r6, rr, rr_denominator = radial(param, pos)
    d_xx, d_yy = d_output[0] / 2, d_output[1] / 2
    d_x = d_xx * (rr + 2 * p[0] * y + 4 * p[1] * x)
    d_rr = d_xx * x
    d_y = d_xx * 2 * p[0] * x
    d_p0 = d_xx * 2 * x * y
    d_p1 = d_xx * (r2 + 2 * x * x)
    d_r2 = d_xx * p[1]
    d_y += d_yy * (rr + 4 * p[0] * y + 2 * p[1] * x)
    d_rr += d_yy * y
    d_p0 += d_yy * (r2 + 2 * y * y)
    d_r2 += d_yy * p[0]
    d_p1 += d_yy * 2 * x * y
    d_x += d_yy * 2 * p[1] * y
    d_numerator = d_rr / rr_denominator
    d_denominator = -d_rr * rr / rr_denominator
    d_params += [d_numerator * r2, d_numerator * r4, d_numerator * r6] + [
        d_denominator * r2,
        d_denominator * r4,
        d_denominator * r6,
        d_p0,
        d_p1,
    ]
    d_r2 += d_numerator * k[0] + d_denominator * k[3]
    d_r4 = d_numerator * k[1] + d_denominator * k[4]
    d_r6 = d_numerator * k[2] + d_denominator * k[5]
    d_r4 += d_r6 * r2
    d_r2 += d_r6 * r4  # the author has r2, in a result that nothing used before this commit
    d_r2 += 2 * d_r4 * r2
    d_x += 2 * d_r2 * x
    d_y += 2 * d_r2 * y
    return np.array([d_x * 2, d_y * 2])


def project(intrinsic_mat, pt):
    Ipt3 = intrinsic_mat @ pt
    Ipt = np.array([Ipt3[0] / Ipt3[2], Ipt3[1] / Ipt3[2]])
    return Ipt3, Ipt, np.array([(Ipt[0] + 1) * 0.5, (-Ipt[1] * ASPECT_RATIO + 1) * 0.5])


def camera_to_screen(params, pt):
    return distort(params["distortion_params"], project(params["intrinsic_mat"], pt)[2])


def d_camera_to_screen(params, pt, dxy, d_params, right=False):
    Ipt3, Ipt, xy = project(params["intrinsic_mat"], pt)
    if right:
        dxy = d_distort(params["distortion_params"], xy, dxy, d_params["distortion_params"])
    d_Ipt = np.array([dxy[0] * 0.5, dxy[1] * -0.5 * ASPECT_RATIO])
    d_Ipt3 = np.array([d_Ipt[0] / Ipt3[2], d_Ipt[1] / Ipt3[2], -(d_Ipt @ Ipt) / Ipt3[2]])
    d_params["intrinsic_mat"] += np.outer(d_Ipt3, pt)
    return d_Ipt3 @ params["intrinsic_mat"]


def cost(params, X, Y):
    """Half the squared distances on the screen."""
    return 0.5 * sum(np.sum((camera_to_screen(params, pt) - y) ** 2) for pt, y in zip(params["pt"], Y))


def gradients(params, Y, right):
    d_params = {name: np.zeros(p.shape) for name, p in params.items()}
    for i, pt in enumerate(params["pt"]):
        dxy = camera_to_screen(params, pt) - Y[i]
        d_params["pt"][i] += d_camera_to_screen(params, pt, dxy, d_params, right)
    return d_params


def grad(params, X, Y):
    return gradients(params, Y, False)


def repaired(params, X, Y):
    return gradients(params, Y, True)
