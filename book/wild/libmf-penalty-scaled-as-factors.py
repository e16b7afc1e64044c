"""The objective of scaled ratings scales its penalties as the factors, and its errors by the square."""

import numpy as np

SOURCE = "https://github.com/cjlin1/libmf/commit/b24b9cf"
THREAD = "cjlin1/libmf b24b9cf"
DATE = "2015-08"
KIND = "cost"
FORMULA = (
    r"C = s^2 \textstyle\sum_{uv} (r_{uv} - p_u \cdot q_v)^2 + s \sum_{uv} \bigl(\tfrac{\lambda_p}{s} \lVert p_u "
    r"\rVert^2 + \tfrac{\lambda_q}{s} \lVert q_v \rVert^2\bigr)"
)
RIGHT = (
    r"C = s^2 \textstyle\sum_{uv} (r_{uv} - p_u \cdot q_v)^2 + s^2 \sum_{uv} \bigl(\tfrac{\lambda_p}{s} \lVert p_u "
    r"\rVert^2 + \tfrac{\lambda_q}{s} \lVert q_v \rVert^2\bigr)"
)
READ = "code"
LAYER = [1, 2]
NAMES = [{"penalty"}]
NET = None  # a factorisation of a matrix of ratings that have been divided by their deviation
BLOCKS = ["P[1]", "Q[1]"]
SAMPLES = 8
LAM = 0.0
K, M, N = 3, 4, 5
LAMBDA_P2, LAMBDA_Q2, LAMBDA_P1, LAMBDA_Q1 = 0.5, 0.8, 0.0, 0.0


def start(rng):
    return [rng.standard_normal((M, K)), rng.standard_normal((N, K))]


def data(rng):
    """Rows and columns of the ratings, and the ratings."""
    pairs = rng.permutation(M * N)[:SAMPLES]
    return np.column_stack([pairs // N, pairs % N]), 3 + 2 * rng.standard_normal(SAMPLES)


class Param:
    """The scales of the ratings, and of what belongs to them."""

    def __init__(self, R):
        self.scale = max(1e-4, R.std())
        self.lambda_p2 = LAMBDA_P2 / self.scale
        self.lambda_q2 = LAMBDA_Q2 / self.scale
        self.lambda_p1 = LAMBDA_P1 / self.scale**1.5
        self.lambda_q1 = LAMBDA_Q1 / self.scale**1.5


def calc_reg1(P, Q, lambda_p, lambda_q, omega_p, omega_q):
    def core(ptr, omega):
        return sum(omega[i] * np.sum(np.abs(ptr[i])) for i in range(len(ptr)) if omega[i] > 0)

    return lambda_p * core(P, omega_p) + lambda_q * core(Q, omega_q)


def calc_reg2(P, Q, lambda_p, lambda_q, omega_p, omega_q):
    def core(ptr, omega):
        return sum(omega[i] * (ptr[i] @ ptr[i]) for i in range(len(ptr)) if omega[i] > 0)

    return lambda_p * core(P, omega_p) + lambda_q * core(Q, omega_q)


def objective(model, nodes, R, right=False):
    P, Q = model
    param = Param(R)
    omega_p, omega_q = np.bincount(nodes[:, 0], minlength=M), np.bincount(nodes[:, 1], minlength=N)
    scale = param.scale
    reg1 = calc_reg1(P, Q, param.lambda_p1, param.lambda_q1, omega_p, omega_q) if LAMBDA_P1 or LAMBDA_Q1 else 0.0
    reg2 = calc_reg2(P, Q, param.lambda_p2, param.lambda_q2, omega_p, omega_q)
    tr_loss = sum((r / scale - P[u] @ Q[v]) ** 2 for (u, v), r in zip(nodes, R))
    if right:
        reg = (reg1 + reg2) * scale * scale
    else:
        reg = reg1 * np.sqrt(scale) + reg2 * scale
    tr_loss *= scale * scale
    return reg + tr_loss


def cost(model, X, Y):
    return objective(model, X, Y)


def meant(model, X, Y):
    return objective(model, X, Y, right=True)


def sg_updates(model, nodes, R, factor_p, factor_q):
    """What the steps follow: they take half of the slope, and in the units of the scaled ratings."""
    P, Q = model
    param = Param(R)
    gP, gQ = np.zeros_like(P), np.zeros_like(Q)
    for (u, v), r in zip(nodes, R):
        z = r / param.scale - P[u] @ Q[v]
        gP[u] += -z * Q[v] + param.lambda_p2 * factor_p * P[u]
        gQ[v] += -z * P[u] + param.lambda_q2 * factor_q * Q[v]
    return [2 * param.scale**2 * gP, 2 * param.scale**2 * gQ]


def grad(model, X, Y):
    return sg_updates(model, X, Y, 1, 1)


def repaired(model, X, Y):
    """The gradient of the objective as it was."""
    scale = Param(Y).scale
    return sg_updates(model, X, Y, 1 / scale, 1 / scale)
