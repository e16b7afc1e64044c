"""The energy of harmonic walls squares the derivative of the squared distance, twice the distance itself."""

import numpy as np

SOURCE = "https://github.com/Colvars/colvars/issues/99"
THREAD = "Colvars/colvars #99, 8f55ae957"
DATE = "2017-01"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_i \tfrac12 \tfrac{k}{w_i^2} D_i^2,\; "
    r"D_i = 2 (\xi_i - \xi_i^{\mathrm{wall}}) \text{ beyond the wall, else } 0"
)
RIGHT = (
    r"E = \textstyle\sum_i \tfrac12 \tfrac{k}{w_i^2} d_i^2,\; "
    r"d_i = \xi_i - \xi_i^{\mathrm{wall}} \text{ beyond the wall, else } 0"
)
READ = "code"
LAYER = [1]
NAMES = [{"factor"}, {"another-cost"}]
NET = None  # walls on either side of collective variables
BLOCKS = ["x[1]"]
SAMPLES = 6
LAM = 0.0
FORCE_K = 0.8
WIDTHS = [0.5, 1.0, 0.7, 20.0, 15.0, 10.0]
PERIODIC = [False, False, False, True, True, True]  # three distances and three dihedral angles, in degrees


def start(rng):
    """The values of the variables, each beyond one of its walls."""
    side = rng.choice([-1.0, 1.0], SAMPLES)
    distances = 5.0 + side[:3] * rng.uniform(1.2, 2.5, 3)
    angles = side[3:] * rng.uniform(70.0, 150.0, 3)
    return np.concatenate([distances, angles])


def data(rng):
    """A lower and an upper wall for each variable, and nothing to aim at."""
    lower = np.concatenate([rng.uniform(4.0, 4.5, 3), rng.uniform(-60.0, -30.0, 3)])
    upper = np.concatenate([rng.uniform(5.5, 6.0, 3), rng.uniform(30.0, 60.0, 3)])
    return np.column_stack([lower, upper]), np.zeros((SAMPLES, 1))


class colvar:
    def __init__(self, x, width, periodic):
        self.x, self.width, self.periodic = x, width, periodic

    def difference(self, x1, x2):
        diff = x1 - x2
        if self.periodic:
            diff = diff + 360.0 if diff.real < -180.0 else diff - 360.0 if diff.real > 180.0 else diff
        return diff

    def dist2(self, x1, x2):
        diff = self.difference(x1, x2)
        return diff * diff

    def dist2_lgrad(self, x1, x2):
        return 2.0 * self.difference(x1, x2)


class colvarbias_restraint_harmonic_walls:
    def __init__(self, variables, walls):
        self.variables = variables
        self.lower_walls, self.upper_walls = walls[:, 0], walls[:, 1]
        self.force_k = FORCE_K
        self.bias_energy = 0.0
        self.colvar_forces = []

    def update(self):
        for i in range(len(self.variables)):
            self.bias_energy += self.restraint_potential(i)
            self.colvar_forces.append(self.restraint_force(i))

    def returned(self, grad):
        return grad

    def colvar_distance(self, i):
        cv = self.variables[i]
        cvv = cv.x
        if cv.periodic:
            lower_wall_dist2 = cv.dist2(cvv, self.lower_walls[i])
            upper_wall_dist2 = cv.dist2(cvv, self.upper_walls[i])
            if lower_wall_dist2.real < upper_wall_dist2.real:
                grad = cv.dist2_lgrad(cvv, self.lower_walls[i])
                if grad.real < 0.0:
                    return self.returned(grad)
            else:
                grad = cv.dist2_lgrad(cvv, self.upper_walls[i])
                if grad.real > 0.0:
                    return self.returned(grad)
            return 0.0

        grad = cv.dist2_lgrad(cvv, self.lower_walls[i])
        if grad.real < 0.0:
            return self.returned(grad)
        grad = cv.dist2_lgrad(cvv, self.upper_walls[i])
        if grad.real > 0.0:
            return self.returned(grad)
        return 0.0

    def restraint_potential(self, i):
        dist = self.colvar_distance(i)
        return 0.5 * self.force_k / (self.variables[i].width * self.variables[i].width) * dist * dist

    def restraint_force(self, i):
        dist = self.colvar_distance(i)
        return -0.5 * self.force_k / (self.variables[i].width * self.variables[i].width) * dist


class walls_mended(colvarbias_restraint_harmonic_walls):
    def returned(self, grad):
        return 0.5 * grad

    def restraint_force(self, i):
        dist = self.colvar_distance(i)
        return -self.force_k / (self.variables[i].width * self.variables[i].width) * dist


class walls_of_energy(colvarbias_restraint_harmonic_walls):
    """The force that goes with the energy as it was."""

    def restraint_force(self, i):
        dist = self.colvar_distance(i)
        return -2.0 * self.force_k / (self.variables[i].width * self.variables[i].width) * dist


def bias(kind, x, X):
    walls = kind([colvar(*cv) for cv in zip(x, WIDTHS, PERIODIC, strict=True)], X)
    walls.update()
    return walls


def cost(x, X, Y):
    return bias(colvarbias_restraint_harmonic_walls, x, X).bias_energy


def meant(x, X, Y):
    return bias(walls_mended, x, X).bias_energy


def grad(x, X, Y):
    """The forces turned round."""
    return -np.array(bias(colvarbias_restraint_harmonic_walls, x, X).colvar_forces)


def repaired(x, X, Y):
    return -np.array(bias(walls_of_energy, x, X).colvar_forces)
