"""In the embedded atom's force the density of one atom of a pair is differentiated for both of them."""

import numpy as np

SOURCE = "https://github.com/libAtoms/matscipy/pull/20"
THREAD = "libAtoms/matscipy PR #20, commit cafb0c7c"
DATE = "2019-07"
KIND = "gradient"
FORMULA = (
    r"\partial E / \partial r_{ij} = \tfrac12 \bigl((F'_i(\rho_i) + F'_j(\rho_j))\, f'_{t(j)}(r_{ij}) "
    r"+ \phi'(r_{ij})\bigr) \text{ for each ordered pair}"
)
RIGHT = (
    r"\partial E / \partial r_{ij} = \tfrac12 \bigl(F'_i(\rho_i)\, f'_{t(j)}(r_{ij}) + F'_j(\rho_j)\, f'_{t(i)}(r_{ij})"
    r" + \phi'(r_{ij})\bigr),\; \rho_i = \sum_j f_{t(j)}(r_{ij})"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # atoms of two elements
BLOCKS = ["r[1]"]
SAMPLES = 5
LAM = 0.0
NUMBERS = np.array([29, 40, 40, 29, 29])
DB_ATOMIC_NUMBERS = [29, 40]


def start(rng):
    """Positions."""
    places = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], dtype=float)
    return 1.3 * places + 0.15 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def bincount(x, weights, minlength):
    out = np.zeros(minlength, dtype=weights.dtype)
    np.add.at(out, x, weights)
    return out


def neighbour_list(r):
    i_n, j_n = np.nonzero(~np.eye(len(r), dtype=bool))
    dr_nc = r[j_n] - r[i_n]
    return i_n, j_n, dr_nc, np.sqrt(np.sum(dr_nc * dr_nc, axis=1))


def _find_indices_of_reverse_pairs(i_n, j_n):
    sorted_1 = np.lexsort(keys=(i_n, j_n))
    sorted_2 = np.lexsort(keys=(j_n, i_n))
    reverse = np.empty(i_n.size, dtype=i_n.dtype)
    reverse[sorted_1] = sorted_2
    return reverse


class EAM:
    """One column for each element: the density depends on the neighbour's element alone."""

    def __init__(self, right=False):
        self.right = right
        self._db_atomic_numbers = DB_ATOMIC_NUMBERS
        self.F = [lambda rho: -1.1 * rho**0.5, lambda rho: -0.8 * rho + 0.3 * rho**2]
        self.dF = [lambda rho: -0.55 * rho**-0.5, lambda rho: -0.8 + 0.6 * rho]
        self.f = [lambda r: 0.9 * np.exp(-0.7 * r), lambda r: 1.4 * np.exp(-1.2 * r)]
        self.df = [lambda r: -0.63 * np.exp(-0.7 * r), lambda r: -1.68 * np.exp(-1.2 * r)]
        z = [[2.0, 1.5], [1.5, 2.4]]
        self.rep = [[lambda r, c=c: c * np.exp(-r) for c in row] for row in z]
        self.drep = [[lambda r, c=c: -c * np.exp(-r) for c in row] for row in z]

    def energy_virial_and_forces(self, atomic_numbers_i, i_n, j_n, dr_nc, abs_dr_n):
        nat = len(atomic_numbers_i)

        f_n = np.zeros_like(abs_dr_n)
        df_n = np.zeros_like(abs_dr_n)
        for atidx1, atnum1 in enumerate(self._db_atomic_numbers):
            mask1 = atomic_numbers_i[j_n] == atnum1
            if mask1.sum() > 0:
                f_n[mask1] = self.f[atidx1](abs_dr_n[mask1])
                df_n[mask1] = self.df[atidx1](abs_dr_n[mask1])
        density_i = bincount(i_n, weights=f_n, minlength=nat)

        rep_n = np.zeros_like(abs_dr_n)
        drep_n = np.zeros_like(abs_dr_n)
        for atidx1, atnum1 in enumerate(self._db_atomic_numbers):
            mask1 = atomic_numbers_i[i_n] == atnum1
            for atidx2, atnum2 in enumerate(self._db_atomic_numbers):
                mask = np.logical_and(mask1, atomic_numbers_i[j_n] == atnum2)
                if mask.sum() > 0:
                    r = self.rep[atidx1][atidx2](abs_dr_n[mask]) / abs_dr_n[mask]
                    rep_n[mask] = r
                    drep_n[mask] = (self.drep[atidx1][atidx2](abs_dr_n[mask]) - r) / abs_dr_n[mask]

        epot = 0.5 * np.sum(rep_n)
        demb_i = np.zeros_like(density_i)
        for atidx, atnum in enumerate(self._db_atomic_numbers):
            mask = atomic_numbers_i == atnum
            if mask.sum() > 0:
                epot += np.sum(self.F[atidx](density_i[mask]))
                demb_i[mask] += self.dF[atidx](density_i[mask])

        if self.right:
            reverse = _find_indices_of_reverse_pairs(i_n, j_n)
            df_i_n = np.take(df_n, reverse)
            df_nc = -0.5 * ((demb_i[i_n] * df_n + demb_i[j_n] * df_i_n) + drep_n).reshape(-1, 1) * dr_nc
        else:
            df_nc = -0.5 * ((demb_i[i_n] + demb_i[j_n]) * df_n + drep_n).reshape(-1, 1) * dr_nc
        df_nc = df_nc / abs_dr_n.reshape(-1, 1)

        forces = [
            bincount(j_n, weights=df_nc[:, k], minlength=nat) - bincount(i_n, weights=df_nc[:, k], minlength=nat)
            for k in range(3)
        ]
        return epot, np.transpose(forces)


def cost(params, X, Y):
    return EAM().energy_virial_and_forces(NUMBERS, *neighbour_list(params))[0]


def grad(params, X, Y):
    return -EAM().energy_virial_and_forces(NUMBERS, *neighbour_list(params))[1]


def repaired(params, X, Y):
    return -EAM(right=True).energy_virial_and_forces(NUMBERS, *neighbour_list(params))[1]
