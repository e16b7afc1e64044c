"""A reader takes the sixths out of the gradient at a spline's end; they come of the end point's own derivative."""

import numpy as np

SOURCE = "https://github.com/HKUST-Aerial-Robotics/Fast-Planner/issues/114"
THREAD = "HKUST-Aerial-Robotics/Fast-Planner #114"
DATE = "2021-07"
KIND = "right"
FORMULA = (
    r"\partial C / \partial (q_{-3}, q_{-2}, q_{-1}) = "
    r"2\, \lambda_4\, dq\, (\tfrac16, \tfrac46, \tfrac16) + \text{jerk}"
)
RIGHT = (
    r"C = \lambda_1 \textstyle\sum_i \lVert q_{i+3} - 3 q_{i+2} + 3 q_{i+1} - q_i \rVert^2 + "
    r"\lambda_4 \lVert dq \rVert^2,\; dq = \tfrac16 (q_{-3} + 4 q_{-2} + q_{-1}) - p"
)
READ = "code"
LAYER = []
NAMES = []
NET = None  # the control points of a spline
BLOCKS = ["q[1]"]
SAMPLES = 8
LAM = 0.0
ORDER, LAMBDA1, LAMBDA4 = 3, 0.7, 1.3


def start(rng):
    """The control points that move; the first three stay."""
    return rng.standard_normal((SAMPLES - ORDER, 3)).ravel()


def data(rng):
    """The first control points, and the point where the path should end."""
    return rng.standard_normal((ORDER, 3)), rng.standard_normal((1, 3))


class BsplineOptimizer:
    def __init__(self, control_points, end_pt):
        self.control_points_, self.end_pt_ = control_points, end_pt

    def calcSmoothnessCost(self, q, gradient):
        cost = 0.0
        gradient[:] = 0.0
        for i in range(len(q) - ORDER):
            # evaluate jerk
            jerk = q[i + 3] - 3 * q[i + 2] + 3 * q[i + 1] - q[i]
            cost += jerk @ jerk
            temp_j = 2.0 * jerk
            # jerk gradient
            gradient[i + 0] += -temp_j
            gradient[i + 1] += 3.0 * temp_j
            gradient[i + 2] += -3.0 * temp_j
            gradient[i + 3] += temp_j
        return cost

    def calcEndpointCost(self, q, gradient):
        cost = 0.0
        gradient[:] = 0.0

        # zero cost and gradient in hard constraints
        q_3 = q[len(q) - 3]
        q_2 = q[len(q) - 2]
        q_1 = q[len(q) - 1]

        dq = 1 / 6.0 * (q_3 + 4 * q_2 + q_1) - self.end_pt_
        cost += dq @ dq

        gradient[len(q) - 3] += 2 * dq * (1 / 6.0)
        gradient[len(q) - 2] += 2 * dq * (4 / 6.0)
        gradient[len(q) - 1] += 2 * dq * (1 / 6.0)
        return cost

    def combineCost(self, x):
        dim = 3
        variable_num = len(x)
        g_q = np.zeros((ORDER + variable_num // dim, dim), x.dtype)
        for i in range(ORDER):
            g_q[i] = self.control_points_[i]
        for i in range(variable_num // dim):
            for j in range(dim):
                g_q[i + ORDER][j] = x[dim * i + j]

        f_combine = 0.0
        grad = np.zeros(variable_num, x.dtype)
        g_smoothness, g_endpoint = np.zeros_like(g_q), np.zeros_like(g_q)

        f_combine += LAMBDA1 * self.calcSmoothnessCost(g_q, g_smoothness)
        for i in range(variable_num // dim):
            for j in range(dim):
                grad[dim * i + j] += LAMBDA1 * g_smoothness[i + ORDER][j]
        f_combine += LAMBDA4 * self.calcEndpointCost(g_q, g_endpoint)
        for i in range(variable_num // dim):
            for j in range(dim):
                grad[dim * i + j] += LAMBDA4 * g_endpoint[i + ORDER][j]
        return f_combine, grad


def cost(params, X, Y):
    return BsplineOptimizer(X, Y[0]).combineCost(params)[0]


def grad(params, X, Y):
    return BsplineOptimizer(X, Y[0]).combineCost(params)[1]


repaired = grad
