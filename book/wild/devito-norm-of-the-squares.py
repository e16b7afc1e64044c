"""The misfit of a waveform inversion is half the norm of the squared residuals instead of half their squared norm."""

import numpy as np

SOURCE = "https://github.com/devitocodes/devito/pull/853"
THREAD = "devitocodes/devito PR #853, 83057496a"
DATE = "2019-06"
KIND = "cost"
FORMULA = (
    r"\Phi = \textstyle\sum_s \tfrac12 "
    r"\bigl(\sum_{tr} (d^{\mathrm{pred}}_{str} - d^{\mathrm{true}}_{str})^4\bigr)^{1/2}"
)
RIGHT = r"\Phi = \textstyle\sum_s \tfrac12 \sum_{tr} (d^{\mathrm{pred}}_{str} - d^{\mathrm{true}}_{str})^2"
READ = "code"  # the stencils that devito generates are written out, on a smaller grid and without its damping layer
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the acoustic wave equation, for the square of the slowness at each grid point
BLOCKS = ["m[1]"]
SAMPLES = 7
LAM = 0.0
SHAPE, SPACING, DT, NT, F0 = (7, 6), 10.0, 1.6, 48, 0.035
NSHOTS = 2
SOURCE_LOCATIONS = [(1, 1), (1, 4)]
RECEIVERS = ([5, 5, 5, 5], [1, 2, 3, 4])


def start(rng):
    """The model to begin with, in (s / km)²."""
    return 1 / rng.uniform(2.3, 2.7, SHAPE) ** 2


def data(rng):
    """The true model, and nothing else."""
    vp = 2.5 + 0.2 * rng.standard_normal(SHAPE)
    vp[2:5, 2:4] += 0.5
    return 1 / vp**2, np.zeros((SAMPLES, 1))


def ricker(time):
    r = np.pi * F0 * (time - 1.0 / F0)
    return (1 - 2.0 * r**2) * np.exp(-(r**2))


def laplace(u):
    """Fourth order, with zeros outside."""
    p = np.pad(u, 2)
    centre = p[2:-2, 2:-2]

    def along(a, b, c, d):
        return (-a + 16 * b - 30 * centre + 16 * c - d) / (12 * SPACING**2)

    return along(p[:-4, 2:-2], p[1:-3, 2:-2], p[3:-1, 2:-2], p[4:, 2:-2]) + along(
        p[2:-2, :-4], p[2:-2, 1:-3], p[2:-2, 3:-1], p[2:-2, 4:]
    )


class AcousticWaveSolver:
    def forward(self, m, src_position):
        u = np.zeros((NT, *SHAPE), m.dtype)
        rec = np.zeros((NT, len(RECEIVERS[0])), m.dtype)
        src = ricker(DT * np.arange(NT))
        for time in range(1, NT - 1):
            u[time + 1] = 2 * u[time] - u[time - 1] + DT**2 / m * laplace(u[time])
            u[time + 1][src_position] += src[time] * DT**2 / m[src_position]
            rec[time] = u[time][RECEIVERS]
        return rec, u

    def gradient(self, rec, u, m, grad):
        v = np.zeros((NT, *SHAPE))
        for time in range(NT - 2, 0, -1):
            v[time - 1] = 2 * v[time] - v[time + 1] + DT**2 / m * laplace(v[time])
            v[time - 1][RECEIVERS] += rec[time] * DT**2 / m[RECEIVERS]
            u_dt2 = (u[time + 1] - 2 * u[time] + u[time - 1]) / DT**2
            grad += -u_dt2 * v[time]


def norm(x):
    return np.sqrt(np.sum(x * x))


def misfit(residual):
    return 0.5 * norm(residual.flatten() ** 2)


def misfit_mended(residual):
    return 0.5 * norm(residual.flatten()) ** 2


def slope_of_misfit(residual):
    """What would go back where the objective is as it was."""
    return residual**3 / norm(residual.flatten() ** 2)


def fwi_gradient(m_in, model, misfit=misfit, sent_back=None, with_gradient=True):
    solver = AcousticWaveSolver()
    grad = np.zeros(SHAPE)
    objective = 0.0
    for i in range(NSHOTS):
        # Update source location
        src_position = SOURCE_LOCATIONS[i]

        # Generate synthetic data from true model
        true_d, _ = solver.forward(model, src_position)

        # Compute smooth data and full forward wavefield u0
        smooth_d, u0 = solver.forward(m_in, src_position)

        # Compute gradient from data residual and update objective function
        residual = smooth_d - true_d

        objective += misfit(residual)
        if with_gradient:
            solver.gradient(sent_back(residual) if sent_back else residual, u0, m_in, grad)

    return objective, grad


def cost(m, X, Y):
    return fwi_gradient(m, X, with_gradient=False)[0]


def meant(m, X, Y):
    return fwi_gradient(m, X, misfit_mended, with_gradient=False)[0]


def grad(m, X, Y):
    return fwi_gradient(m, X)[1]


def repaired(m, X, Y):
    return fwi_gradient(m, X, sent_back=slope_of_misfit)[1]
