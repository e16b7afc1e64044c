"""A bundle adjustment compares squares times their robust weights, not the robust loss that the weights derive from."""

import numpy as np

SOURCE = "https://github.com/kornia/kornia-rs/pull/1094"
THREAD = "kornia/kornia-rs PR #1094, 10cf81dfe"
DATE = "2026-08"
KIND = "cost"
FORMULA = r"C = \tfrac12 \textstyle\sum_i w(s_i)\, s_i,\; w(s) = \min(1, k / \sqrt s),\; s_i = \lVert r_i \rVert^2"
RIGHT = (
    r"C = \tfrac12 \textstyle\sum_i \rho(s_i),\; \rho' = w,\; "
    r"\rho(s) = s \text{ if } s \le k^2, \text{ else } 2 k \sqrt s - k^2"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # points seen by cameras that stay where they are
BLOCKS = ["xyz[1]"]
SAMPLES = 12
LAM = 0.0
FX, FY, CX, CY, MIN_Z = 100.0, 110.0, 32.0, 24.0, 1e-3
ROBUST_SCALE_SQ, DEPTH_SIGMA = 5.99, 0.05
POINTS = np.array([[0.5, -0.3, 4.0], [-0.7, 0.2, 5.0], [0.1, 0.6, 4.5], [-0.2, -0.5, 6.0]])


def pose(angle, t):
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]]), np.array(t)


POSES = [pose(0.0, (0.0, 0.0, 0.0)), pose(0.1, (-0.4, 0.1, 0.2)), pose(-0.15, (0.5, -0.1, 0.1))]


def start(rng):
    return POINTS + 0.05 * rng.standard_normal(POINTS.shape)


def data(rng):
    """The number of a pose and of a point, the pixel, and the depth that was measured."""
    observations = []
    for pose_idx, (R, t) in enumerate(POSES):
        for point_idx in range(len(POINTS)):
            pc = R @ POINTS[point_idx] + t
            noise = rng.choice([0.5, 4.0], 2) * rng.standard_normal(2)
            depth = pc[2] + rng.choice([0.03, 0.3]) * rng.standard_normal()
            observations.append(
                [pose_idx, point_idx, FX * pc[0] / pc[2] + CX + noise[0], FY * pc[1] / pc[2] + CY + noise[1], depth]
            )
    return np.array(observations), np.zeros((SAMPLES, 1))


def residual_and_jacobians(se3, point_w, pixel):
    R, t = se3
    pc = R @ point_w + t
    z = pc[2]
    if abs(z.real) < MIN_Z:
        z = MIN_Z if z.real >= 0.0 else -MIN_Z
    inv_z = 1.0 / z
    u = FX * pc[0] * inv_z + CX
    v = FY * pc[1] * inv_z + CY
    r = np.array([u - pixel[0], v - pixel[1]])
    j_proj = np.array([[FX * inv_z, 0.0, -FX * pc[0] * inv_z**2], [0.0, FY * inv_z, -FY * pc[1] * inv_z**2]])
    return r, j_proj @ R


def huber_w(r_sq, robust_scale):
    r_norm = np.sqrt(r_sq)
    return 1.0 if r_norm.real <= robust_scale else robust_scale / r_norm


def robust_cost(r_sq, robust_scale):
    """The loss that was added later."""
    if r_sq.real <= robust_scale * robust_scale:
        return 0.5 * r_sq
    return robust_scale * np.sqrt(r_sq) - 0.5 * robust_scale * robust_scale


def linearise(xyz, observations, right=False, of_surrogate=False):
    """The cost, and the gradient with regard to the points; poses are fixed anchors."""
    robust_scale = max(np.sqrt(ROBUST_SCALE_SQ), 1e-6)
    cost, g_point = 0.0, np.zeros_like(xyz)
    for obs in observations:
        point_idx = int(obs[1])
        R, t = POSES[int(obs[0])]
        r, j_point = residual_and_jacobians((R, t), xyz[point_idx], obs[2:4])
        r_sq = r[0] * r[0] + r[1] * r[1]
        w = huber_w(r_sq, robust_scale)
        slope = 0.5 if of_surrogate and r_sq.real > robust_scale**2 else 1.0
        sw = np.sqrt(w)
        r, j_point = r * sw, j_point * sw
        cost += robust_cost(r_sq, robust_scale) if right else 0.5 * (r[0] * r[0] + r[1] * r[1])
        g_point[point_idx] += slope * (j_point.T @ r)

        # Depth residual (optional metric anchor)
        inv_sigma = 1.0 / max(DEPTH_SIGMA, 1e-6)
        r_z = ((R @ xyz[point_idx] + t)[2] - obs[4]) * inv_sigma
        r_sq_d = r_z * r_z
        w_d = huber_w(r_sq_d, robust_scale)
        slope = 0.5 if of_surrogate and r_sq_d.real > robust_scale**2 else 1.0
        cost += robust_cost(r_sq_d, robust_scale) if right else 0.5 * w_d * r_sq_d
        g_point[point_idx] += slope * w_d * r_z * inv_sigma * R[2]
    return cost, g_point


def cost(xyz, X, Y):
    return linearise(xyz, X)[0]


def meant(xyz, X, Y):
    return linearise(xyz, X, right=True)[0]


def grad(xyz, X, Y):
    """The right side of the normal equations."""
    return linearise(xyz, X)[1]


def repaired(xyz, X, Y):
    """The gradient of what was compared: half of it beyond the knee."""
    return linearise(xyz, X, of_surrogate=True)[1]
