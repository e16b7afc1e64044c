"""A reader finds an r too many in the slope of a smoothing kernel, but the vector that it multiplies has length one."""

import numpy as np

SOURCE = "https://github.com/dimforge/salva/issues/2"
THREAD = "dimforge/salva #2"
DATE = "2020-01"
KIND = "right"
FORMULA = r"\partial W / \partial r = -6 c\, (h^2 - r^2)^2\, r,\; \nabla W = \partial W / \partial r \cdot v / |v|"
RIGHT = r"W(r) = c\, (h^2 - r^2)^3,\; r = |v| \le h,\; c = 315 / (64 \pi h^9)"
READ = "code"  # of the kernel; the densities' constraints around it are made up
LAYER = []
NAMES = []
NET = None  # the densities of a fluid's particles
BLOCKS = ["positions[1]"]
SAMPLES = 8
LAM = 0.0
H = 1.0


def start(rng):
    """The corners of a cube, shaken."""
    corners = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)], float)
    return 0.55 * corners + 0.06 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The masses of the particles and their densities at rest."""
    return rng.uniform(0.8, 1.2, SAMPLES), rng.uniform(2.5, 3.5, SAMPLES)


class Poly6Kernel:
    """The Poly6 smoothing kernel, in three dimensions."""

    def scalar_apply(self, r, h):
        normalizer = 315.0 / 64.0 / (np.pi * h**9)

        if np.real(r) <= h:
            return normalizer * (h * h - r * r) ** 3
        return 0.0

    def scalar_apply_diff(self, r, h):
        normalizer = 315.0 / 64.0 / (np.pi * h**9)

        if np.real(r) <= h:
            return normalizer * (h * h - r * r) ** 2 * r * -6.0
        return 0.0

    def apply(self, v, h):
        return self.scalar_apply(np.sqrt(np.sum(v * v)), h)

    def apply_diff(self, v, h):
        """Differential wrt. the coordinates of `v`."""
        norm = np.sqrt(np.sum(v * v))
        if norm > np.finfo(float).eps:
            return v / norm * self.scalar_apply_diff(norm, h)
        return np.zeros(3)

    def points_apply(self, p1, p2, h):
        return self.apply(p1 - p2, h)

    def points_apply_diff1(self, p1, p2, h):
        return self.apply_diff(p1 - p2, h)

    def points_apply_diff2(self, p1, p2, h):
        return -self.apply_diff(p1 - p2, h)


def contacts(n):
    return [(i, j) for i in range(n) for j in range(n) if i != j]


def constraints(positions, masses, densities0):
    """The relative error of each particle's density."""
    kernel = Poly6Kernel()
    densities = [masses[i] * kernel.scalar_apply(0.0, H) for i in range(len(positions))]
    for i, j in contacts(len(positions)):
        densities[i] = densities[i] + masses[j] * kernel.points_apply(positions[i], positions[j], H)
    return [density / density0 - 1.0 for density, density0 in zip(densities, densities0, strict=True)]


def cost(params, X, Y):
    return 0.5 * sum(c * c for c in constraints(params, X, Y))


def grad(params, X, Y):
    kernel = Poly6Kernel()
    errors = constraints(params, X, Y)
    gradient = np.zeros(params.shape)
    for i, j in contacts(len(params)):
        factor = errors[i] * X[j] / Y[i]
        gradient[i] += factor * kernel.points_apply_diff1(params[i], params[j], H)
        gradient[j] += factor * kernel.points_apply_diff2(params[i], params[j], H)
    return gradient


repaired = grad
