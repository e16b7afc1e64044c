"""The energy between two kinds of molecules is tapered with one pair's weight, the one of the same number."""

import numpy as np

SOURCE = "https://github.com/rosswhitfield/ase/commit/d1cccc3f79d2f9dfb322e82a348612ea06b29163"
THREAD = "rosswhitfield/ase (mirror of ase/ase) d1cccc3f7"
DATE = "2018-01"
KIND = "cost"
FORMULA = (
    r"E = \textstyle\sum_q t_q(d_{qq}) \sum_{a \in q} \sum_m \sum_{b \in m} 4 \epsilon_{ab} "
    r"\bigl((\sigma_{ab}/r_{ab})^{12} - (\sigma_{ab}/r_{ab})^6\bigr)"
)
RIGHT = (
    r"E = \textstyle\sum_q \sum_m t(d_{qm}) \sum_{a \in q} \sum_{b \in m} 4 \epsilon_{ab} "
    r"\bigl((\sigma_{ab}/r_{ab})^{12} - (\sigma_{ab}/r_{ab})^6\bigr),\; "
    r"d_{qm} = \text{distance of the first atoms}"
)
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # Lennard-Jones interactions between molecules, tapered off
BLOCKS = ["qm[1]", "mm[1]"]
SAMPLES = 3
LAM = 0.0
APM1, APM2 = 2, 3
RC, WIDTH = 6.0, 3.0


def start(rng):
    """Positions of two molecules of the one kind and of three of the other, each of the three beside them."""
    qm = np.array([[0.0, 0.0, 0.0], [3.0, 0.0, 0.0]])[:, None] + rng.uniform(-0.5, 0.5, (2, APM1, 3))
    mm = np.array([[0.5, 3.3, 0.4], [3.4, -3.5, 0.3], [1.0, 0.5, 4.2]])[:, None] + rng.uniform(
        -0.5, 0.5, (SAMPLES, APM2, 3)
    )
    return {"qm": qm.reshape(-1, 3), "mm": mm.reshape(-1, 3)}


def data(rng):
    """Epsilon and sigma of the atoms of either molecule, and nothing to aim at."""
    return np.column_stack([rng.uniform(0.1, 0.3, 5), rng.uniform(2.0, 3.0, 5)]), np.zeros((5, 1))


def combine_lj_lorenz_berthelot(sigmaqm, sigmamm, epsilonqm, epsilonmm):
    sigma_c = np.zeros((len(sigmaqm), len(sigmamm)))
    epsilon_c = np.zeros_like(sigma_c)
    for ii in range(len(sigmaqm)):
        sigma_c[ii, :] = (sigmaqm[ii] + sigmamm) / 2
        epsilon_c[ii, :] = (epsilonqm[ii] * epsilonmm) ** 0.5
    return sigma_c, epsilon_c


class LJInteractionsGeneral:
    def __init__(self, sigmaqm, epsilonqm, sigmamm, epsilonmm, qm_molecule_size, mm_molecule_size, rc, width):
        self.apm1 = qm_molecule_size
        self.apm2 = mm_molecule_size
        self.rc = rc
        self.width = width
        self.sigma, self.epsilon = combine_lj_lorenz_berthelot(sigmaqm, sigmamm, epsilonqm, epsilonmm)

    def calculate(self, qmatoms, mmatoms, right=False, forces_of_energy=False):
        mmpositions = mmatoms.reshape((-1, self.apm2, 3))
        qmforces = np.zeros_like(qmatoms)
        mmforces = np.zeros_like(mmatoms)
        energy = 0.0

        qmpositions = qmatoms.reshape((-1, self.apm1, 3))

        for q, qmpos in enumerate(qmpositions):  # molwise loop
            eps = self.epsilon
            sig = self.sigma

            # cutoff from first atom of each mol
            R00 = mmpositions[:, 0] - qmpos[0, :]
            d002 = (R00**2).sum(1)
            d00 = d002**0.5
            x1 = d00.real > self.rc - self.width
            x2 = d00.real < self.rc
            x12 = np.logical_and(x1, x2)
            y = (d00[x12] - self.rc + self.width) / self.width
            t = np.zeros(len(d00), d00.dtype)
            t[x2] = 1.0
            t[x12] -= y**2 * (3.0 - 2.0 * y)
            dt = np.zeros(len(d00), d00.dtype)
            dt[x12] -= 6.0 / self.width * y * (1.0 - y)
            for qa in range(len(qmpos)):
                if ~np.any(eps[qa, :]):
                    continue
                R = mmpositions - qmpos[qa, :]
                d2 = (R**2).sum(2)
                c6 = (sig[qa, :] ** 2 / d2) ** 3
                c12 = c6**2
                e = 4 * eps[qa, :] * (c12 - c6)
                energy += np.dot(e.sum(1), t) if right else e.sum() * t[q]
                weights, slopes = t[:, None, None], e.sum(1) * dt
                if forces_of_energy:
                    weights, slopes = (t[q], np.where(np.arange(len(t)) == q, e.sum() * dt[q], 0.0))
                f = weights * (24 * eps[qa, :] * (2 * c12 - c6) / d2)[:, :, None] * R
                f00 = -(slopes / d00)[:, None] * R00
                mmforces += f.reshape((-1, 3))
                qmforces[q * self.apm1 + qa, :] -= f.sum(0).sum(0)
                qmforces[q * self.apm1, :] -= f00.sum(0)
                mmforces[:: self.apm2, :] += f00

        return energy, qmforces, mmforces


def interactions(params, X, **how):
    epsilon, sigma = X.T
    lj = LJInteractionsGeneral(sigma[:APM1], epsilon[:APM1], sigma[APM1:], epsilon[APM1:], APM1, APM2, RC, WIDTH)
    return lj.calculate(params["qm"], params["mm"], **how)


def cost(params, X, Y):
    return interactions(params, X)[0]


def meant(params, X, Y):
    return interactions(params, X, right=True)[0]


def grad(params, X, Y):
    """The forces turned round."""
    _, qmforces, mmforces = interactions(params, X)
    return {"qm": -qmforces, "mm": -mmforces}


def repaired(params, X, Y):
    """The gradient of the energy as it was."""
    _, qmforces, mmforces = interactions(params, X, forces_of_energy=True)
    return {"qm": -qmforces, "mm": -mmforces}
