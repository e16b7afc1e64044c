"""In the derivative of a singular value decomposition the rows of the right vectors are taken for their columns."""

from functools import partial

import numpy as np

SOURCE = "https://github.com/Jittor/jittor/commit/91ad170a"
THREAD = "Jittor/jittor 91ad170a"
DATE = "2026-06"
KIND = "gradient"
GROUP = "down"
FORMULA = (
    r"\bar A = U \bigl( S (F \odot (M - M^T)) \bigr) V^T,\; M = V^T \bar{V^T},\; "
    r"F_{ij} = 1 / (s_j^2 - s_i^2)"
)
RIGHT = r"\bar A = U \bigl( S (F \odot (M - M^T)) \bigr) V^T,\; M = V^T (\bar{V^T})^T"
READ = "reconstruction"  # the loss, of the samples' projections onto the plane of the first two right vectors
LAYER = [1]
NAMES = []
NET = None  # a matrix, the plane of its first two right singular vectors and projections onto it
BLOCKS = ["A[1]"]
SAMPLES = 7
LAM = 0.0
PLANE = 2


def start(rng):
    return rng.standard_normal((4, 4)) + np.diag([4.0, 2.5, 1.2, 0.3])


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), rng.standard_normal((SAMPLES, 4))


def forward_code(a):
    tu, ts, tv = np.linalg.svd(a, full_matrices=0)
    return tu, ts, tv


def backward_code(inp, f_outputs, dout, out_index, right):
    def T(x):
        return np.swapaxes(x, -1, -2)

    _dot = partial(np.einsum, "...ij,...jk->...ik")
    u, s, v = f_outputs
    v = T(v)
    m, n = inp.shape[-2:]
    k = min(m, n)
    i = np.reshape(np.eye(k), (1,) * (inp.ndim - 2) + (k, k))
    if out_index == 0:
        f = 1 / (s[..., np.newaxis, :] ** 2 - s[..., :, np.newaxis] ** 2 + i)
        gu = dout
        utgu = _dot(T(u), gu)
        t = (f * (utgu - T(utgu))) * s[..., np.newaxis, :]
        t = _dot(_dot(u, t), T(v))
    elif out_index == 1:
        gs = dout
        t = i * gs[..., :, np.newaxis]
        t = _dot(_dot(u, t), T(v))
    elif out_index == 2:
        f = 1 / (s[..., np.newaxis, :] ** 2 - s[..., :, np.newaxis] ** 2 + i)
        gv = dout
        if right:
            vtgv = _dot(T(v), T(gv))
        else:
            vtgv = _dot(T(v), gv)
        t = s[..., :, np.newaxis] * (f * (vtgv - T(vtgv)))
        t = _dot(_dot(u, t), T(v))
    return t


def loss(v, X, Y):
    plane = v[:PLANE]
    return 0.5 * np.sum((X @ plane.T @ plane - Y) ** 2) / len(X)


def loss_grad(v, X, Y):
    """By the right vectors, which are the rows of v."""
    plane = v[:PLANE]
    d = (X @ plane.T @ plane - Y) / len(X)
    gv = np.zeros_like(v)
    gv[:PLANE] = plane @ (X.T @ d + d.T @ X)
    return gv


def cost(A, X, Y):
    return loss(forward_code(A)[2], X, Y)


def backward(A, X, Y, right):
    outputs = forward_code(A)
    return backward_code(A, outputs, loss_grad(outputs[2], X, Y), 2, right)


def grad(A, X, Y):
    return backward(A, X, Y, right=False)


def repaired(A, X, Y):
    return backward(A, X, Y, right=True)
