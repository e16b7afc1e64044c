"""The forces of the angles of methane have the wrong sign, while those of its bonds have the right one."""

import numpy as np

SOURCE = "https://github.com/libAtoms/QUIP/commit/15d5cfa50"
THREAD = "libAtoms/QUIP 15d5cfa50"
DATE = "2017-01"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"f_{ij} = -2 k_\theta (\cos\theta - c_0)(\hat r_{ik} - \hat r_{ij} \cos\theta) / r_{ij},\; "
    r"F_i \mathrel{+}= f_{ij} + f_{ik},\; F_j \mathrel{-}= f_{ij},\; F_k \mathrel{-}= f_{ik}"
)
RIGHT = r"f_{ij} = +2 k_\theta (\cos\theta - c_0)(\hat r_{ik} - \hat r_{ij} \cos\theta) / r_{ij}"
READ = "code"  # the lists of neighbours, the virial and the mask of atoms are left out
LAYER = [1]
NAMES = []
NET = None  # harmonic bonds and angles of methane
BLOCKS = ["pos[1]"]
SAMPLES = 2
LAM = 0.0
TETRAHEDRON = np.array([[0, 0, 0], [1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) / np.sqrt(3)


def start(rng):
    """The positions of the atoms of two molecules, a carbon before its four hydrogens."""
    molecules = [1.09 * TETRAHEDRON + shift for shift in ([0, 0, 0], [5, 1, -1])]
    return np.concatenate(molecules) + 0.15 * rng.standard_normal((5 * SAMPLES, 3))


def data(rng):
    """The indices of each monomer's atoms."""
    return np.arange(5 * SAMPLES).reshape(SAMPLES, 5), np.zeros(SAMPLES)


class IPModel_Custom:
    kbond, kangle, bond_r0, angle_cos0 = 5.0, 2.0, 1.09, -1.0 / 3.0
    sign = -1.0

    def neighbour(self, pos, atom_i, atom_j):
        diff = pos[atom_j] - pos[atom_i]
        distance = np.sqrt(np.sum(diff * diff))
        return distance, diff / distance

    def Calc(self, pos, monomer_index):
        e = 0.0
        f = np.zeros(pos.shape, pos.dtype)
        # First, loop over monomers.  These are also the centres of angle triplets.
        for mon_i in range(len(monomer_index)):
            atom_i = monomer_index[mon_i, 0]
            for atom_j in monomer_index[mon_i, 1:]:
                rij_mag, rij_norm = self.neighbour(pos, atom_i, atom_j)

                # Pairwise forces and energies
                e_pair = self.kbond * (rij_mag - self.bond_r0) ** 2
                d_epair_dr = 2.0 * self.kbond * (rij_mag - self.bond_r0)
                e = e + e_pair
                f[atom_j] = f[atom_j] - 1.0 * d_epair_dr * rij_norm
                f[atom_i] = f[atom_i] + 1.0 * d_epair_dr * rij_norm

                for atom_k in monomer_index[mon_i, 1:]:
                    rik_mag, rik_norm = self.neighbour(pos, atom_i, atom_k)
                    if atom_k <= atom_j:
                        continue

                    cos_ijk = np.sum(rij_norm * rik_norm)
                    e_trip = self.kangle * (cos_ijk - self.angle_cos0) ** 2
                    d_etrip_dcos = 2.0 * self.kangle * (cos_ijk - self.angle_cos0)
                    e = e + e_trip
                    fij = self.sign * d_etrip_dcos * (rik_norm - rij_norm * cos_ijk) / rij_mag
                    fik = self.sign * d_etrip_dcos * (rij_norm - rik_norm * cos_ijk) / rik_mag
                    f[atom_i] = f[atom_i] + fij + fik
                    f[atom_j] = f[atom_j] - fij
                    f[atom_k] = f[atom_k] - fik
        return e, f


class IPModel_Custom_Later(IPModel_Custom):
    """Apparently these need to have the opposite sign from what I originally thought."""

    sign = 1.0


def cost(params, X, Y):
    return IPModel_Custom().Calc(params, X)[0]


def grad(params, X, Y):
    """The negative of the forces."""
    return -IPModel_Custom().Calc(params, X)[1]


def repaired(params, X, Y):
    return -IPModel_Custom_Later().Calc(params, X)[1]
