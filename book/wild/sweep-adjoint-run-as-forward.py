"""The adjoint wave is propagated by the forward operator, which is not its own transpose where the speed varies."""

import numpy as np

SOURCE = "https://github.com/DeepWave-KAUST/sweep/pull/17"
THREAD = "DeepWave-KAUST/sweep PR #17"
DATE = "2026-05"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\lambda_t = 2 \lambda_{t+1} - \lambda_{t+2} + \Delta t^2\, v^2 \nabla^2 \lambda_{t+1} + R^T r_t"
RIGHT = r"\lambda_t = 2 \lambda_{t+1} - \lambda_{t+2} + \Delta t^2\, \nabla^2 (v^2 \lambda_{t+1}) + R^T r_t"
READ = "reconstruction"  # the thread has the operators; the grid of one dimension and the stepping are made up
LAYER = [1]
NAMES = []
NET = None  # waves in a line of cells; the thread mends a factor of the gradient too, that is right here already
BLOCKS = ["vp[1]"]
SAMPLES = 24  # steps of time
LAM = 0.0
NX, DT, DX, SOURCE_CELL, RECEIVERS = 14, 0.3, 1.0, 3, (6, 10)


def start(rng):
    """The speed in each cell, with an anomaly on the way."""
    vp = 1.5 + 0.1 * rng.standard_normal(NX)
    vp[7:10] += 0.6
    return vp


def data(rng):
    """A wavelet, and traces of another medium."""
    t = DT * np.arange(SAMPLES)
    wavelet = (1 - 2 * (t - 1.5) ** 2) * np.exp(-((t - 1.5) ** 2))
    return wavelet[:, None], 0.3 * rng.standard_normal((SAMPLES, len(RECEIVERS)))


def laplacian(u):
    """Second differences, the wave is zero beyond both ends."""
    out = -2.0 * u
    out[1:] += u[:-1]
    out[:-1] += u[1:]
    return out / DX**2


def acoustic2nd(u_now, u_pre, vp):
    """L u = v^2 laplacian(u)."""
    return 2 * u_now - u_pre + DT**2 * vp**2 * laplacian(u_now)


def acoustic2nd_adjoint(u_now, u_pre, vp):
    """L* u = laplacian(v^2 u)."""
    v2_lambda = vp**2 * u_now
    return 2 * u_now - u_pre + DT**2 * laplacian(v2_lambda)


def forward(vp, wavelet):
    u_pre, u_now = np.zeros(NX, vp.dtype), np.zeros(NX, vp.dtype)
    wavefield, records = [], []
    for it in range(len(wavelet)):
        u_next = acoustic2nd(u_now, u_pre, vp)
        u_next[SOURCE_CELL] += DT**2 * wavelet[it, 0]
        wavefield.append(u_now)
        u_pre, u_now = u_now, u_next
        records.append(u_now[list(RECEIVERS)])
    return wavefield, np.array(records)


def calculate_grad(grad, u_forward, u_adjoint, vp):
    """The derivative of a step by the speed is 2 dt^2 v laplacian(u)."""
    grad += 2 * DT**2 * vp * laplacian(u_forward) * u_adjoint


def backward(vp, wavefield, residuals, step):
    grad = np.zeros(NX)
    u_pre, u_now = np.zeros(NX), np.zeros(NX)
    for it in range(len(residuals) - 1, -1, -1):
        u_next = step(u_now, u_pre, vp)
        u_next[list(RECEIVERS)] += residuals[it]
        u_pre, u_now = u_now, u_next
        calculate_grad(grad, wavefield[it], u_now, vp)
    return grad


def cost(vp, X, Y):
    return 0.5 * np.sum((forward(vp, X)[1] - Y) ** 2)


def grad(vp, X, Y):
    wavefield, records = forward(vp, X)
    return backward(vp, wavefield, records - Y, acoustic2nd)


def repaired(vp, X, Y):
    wavefield, records = forward(vp, X)
    return backward(vp, wavefield, records - Y, acoustic2nd_adjoint)
