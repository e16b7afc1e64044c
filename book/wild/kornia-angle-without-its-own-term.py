"""The derivative of a fisheye's distortion leaves three terms out of the slope of the distorted angle."""

import numpy as np

SOURCE = "https://github.com/kornia/kornia/issues/4277"
THREAD = "kornia/kornia #4277, PR #4368"
DATE = "2026-09"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\theta_d' = k_2 \theta^6 + k_3 \theta^8 + "
    r"2 \theta^2 (k_0 + 2 k_1 \theta^2 + 3 k_2 \theta^4 + 4 k_3 \theta^6)"
)
RIGHT = (
    r"\theta_d' = 1 + k_0 \theta^2 + k_1 \theta^4 + k_2 \theta^6 + k_3 \theta^8 + "
    r"2 \theta^2 (k_0 + 2 k_1 \theta^2 + 3 k_2 \theta^4 + 4 k_3 \theta^6)"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a camera with a fisheye
BLOCKS = ["points[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    """Points on the plane z = 1."""
    return rng.choice([-1.0, 1.0], (SAMPLES, 2)) * rng.uniform(0.3, 1.5, (SAMPLES, 2))


def data(rng):
    """The camera's parameters for each point, and the pixels where they should come to lie."""
    params = np.column_stack(
        [rng.uniform(1.0, 1.5, (SAMPLES, 2)), rng.uniform(0.2, 0.4, (SAMPLES, 2)), rng.uniform(0.02, 0.2, (SAMPLES, 4))]
    )
    return params, rng.standard_normal((SAMPLES, 2))


def arctan(x):
    """The published one is the arctangent of two arguments, the second of which is one."""
    return np.arctan(x)


def distort_points_kannala_brandt(projected_points_in_camera_z1_plane, params):
    x = projected_points_in_camera_z1_plane[..., 0]
    y = projected_points_in_camera_z1_plane[..., 1]

    fx, fy = params[..., 0], params[..., 1]
    cx, cy = params[..., 2], params[..., 3]

    k0 = params[..., 4]
    k1 = params[..., 5]
    k2 = params[..., 6]
    k3 = params[..., 7]

    radius_sq = x**2 + y**2
    radius = np.sqrt(radius_sq)
    radius_inverse = 1.0 / radius
    theta = arctan(radius)
    theta2 = theta**2
    theta4 = theta2**2
    theta6 = theta2 * theta4
    theta8 = theta4**2

    r_distorted = theta * (1.0 + k0 * theta2 + k1 * theta4 + k2 * theta6 + k3 * theta8)

    scaling = r_distorted * radius_inverse

    u = fx * scaling * x + cx
    v = fy * scaling * y + cy

    return np.stack([u, v], axis=-1)


def dx_distort_points_kannala_brandt(projected_points_in_camera_z1_plane, params, right=False):
    a = projected_points_in_camera_z1_plane[..., 0]
    b = projected_points_in_camera_z1_plane[..., 1]

    fx, fy = params[..., 0], params[..., 1]

    k0 = params[..., 4]
    k1 = params[..., 5]
    k2 = params[..., 6]
    k3 = params[..., 7]

    c0 = a**2.0
    c1 = b**2.0
    c2 = c0 + c1
    c3 = c2 ** (5.0 / 2.0)
    c4 = c2 + 1.0
    c5 = arctan(np.sqrt(c2))
    c6 = c5**2.0
    c7 = c6 * k0
    c8 = c5**4.0
    c9 = c8 * k1
    c10 = c5**6.0
    c11 = c10 * k2
    c12 = c5**8.0 * k3
    c13 = 1.0 * c4 * c5 * (c11 + c12 + c7 + c9 + 1.0)
    c14 = c13 * c3
    c15 = c2 ** (3.0 / 2.0)
    c16 = c13 * c15
    c17 = 1.0 * c11 + 1.0 * c12 + 2.0 * c6 * (4.0 * c10 * k3 + 2.0 * c6 * k1 + 3.0 * c8 * k2 + k0)
    if right:
        c17 = c17 + c7 + c9 + 1.0
    c18 = c17 * c2**2.0
    c19 = 1.0 / c4
    c20 = c19 / c2**3.0
    c21 = a * b * c19 * (-c13 * c2 + c15 * c17) / c3

    return np.stack(
        [
            np.stack([c20 * fx * (-c0 * c16 + c0 * c18 + c14), c21 * fx], axis=-1),
            np.stack([c21 * fy, c20 * fy * (-c1 * c16 + c1 * c18 + c14)], axis=-1),
        ],
        axis=-2,
    )


def cost(params, X, Y):
    return np.sum((distort_points_kannala_brandt(params, X) - Y) ** 2)


def gradients(params, X, Y, right):
    err = 2 * (distort_points_kannala_brandt(params, X) - Y)
    return np.einsum("ip,ipj->ij", err, dx_distort_points_kannala_brandt(params, X, right))


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
