"""In the forces between charges and screened dipoles the terms of the screening have the wrong sign."""

import numpy as np

SOURCE = "https://github.com/glotzerlab/hoomd-blue/commit/88bd1ddf3607c0a331a2422e0f6749dfefe0f734"
THREAD = "glotzerlab/hoomd-blue 88bd1ddf3, 486b6b3ab"
DATE = "2018-05"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"f_i = A e^{-\kappa r} q_j "
    r"\bigl( p_i r^{-3} - 3 (p_i \cdot r) r^{-5} \vec r + \kappa (p_i \cdot r) r^{-4} \vec r \bigr) "
    r"+ A e^{-\kappa r} q_i "
    r"\bigl( 3 (p_j \cdot r) r^{-5} \vec r - p_j r^{-3} - \kappa (p_j \cdot r) r^{-4} \vec r \bigr) + \ldots"
)
RIGHT = (
    r"f_i = A e^{-\kappa r} q_j "
    r"\bigl( p_i r^{-3} - 3 (p_i \cdot r) r^{-5} \vec r - \kappa (p_i \cdot r) r^{-4} \vec r \bigr) "
    r"+ A e^{-\kappa r} q_i "
    r"\bigl( 3 (p_j \cdot r) r^{-5} \vec r - p_j r^{-3} + \kappa (p_j \cdot r) r^{-4} \vec r \bigr) + \ldots"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # charges and dipoles, with fixed orientations
BLOCKS = ["pos[1]"]
SAMPLES = 4
LAM = 0.0
A, KAPPA, MU = 1.4, 0.6, 0.8


def start(rng):
    """The particles' positions."""
    return np.array([[0.0, 0, 0], [1.2, 0.1, 0], [0.2, 1.3, 0.3], [0.9, 1.0, 1.2]]) + rng.uniform(-0.1, 0.1, (4, 3))


def data(rng):
    """Each particle's charge, and the direction of its dipole."""
    p = rng.standard_normal((SAMPLES, 3))
    p /= np.linalg.norm(p, axis=1)[:, None]
    return np.column_stack([rng.uniform(0.5, 1.5, SAMPLES), p]), np.zeros((SAMPLES, 1))


class EvaluatorPairDipole:
    def __init__(self, dr, q_i, q_j, n_i, n_j):
        self.dr, self.q_i, self.q_j = dr, q_i, q_j
        self.n_i, self.n_j = n_i, n_j
        self.mu, self.A, self.kappa = MU, A, KAPPA

    def dipole_charge(self, pre1, pre2, pre3, rvec, p_i):
        return pre2 * p_i - pre1 * rvec + pre3 * rvec

    def charge_dipole(self, pre1, pre2, pre3, rvec, p_j):
        return pre1 * rvec - pre2 * p_j - pre3 * rvec

    def evaluate(self):
        rvec = self.dr
        q_i, q_j, mu, kappa = self.q_i, self.q_j, self.mu, self.kappa
        rsq = np.dot(rvec, rvec)
        rinv = 1 / np.sqrt(rsq)
        r2inv = 1.0 / rsq
        r3inv = r2inv * rinv
        r5inv = r3inv * r2inv

        # dipole vectors in the space frame
        p_i = mu * self.n_i
        p_j = mu * self.n_j

        f = np.zeros(3)
        e = 0.0
        r = 1.0 / rinv
        prefactor = self.A * np.exp(-kappa * r)

        # dipole-dipole
        if mu != 0:
            r7inv = r5inv * r2inv
            pidotpj = np.dot(p_i, p_j)
            pidotr = np.dot(p_i, rvec)
            pjdotr = np.dot(p_j, rvec)
            pre1 = prefactor * (3.0 * r5inv * pidotpj - 15.0 * r7inv * pidotr * pjdotr)
            pre2 = prefactor * 3.0 * r5inv * pjdotr
            pre3 = prefactor * 3.0 * r5inv * pidotr
            pre5 = prefactor * (r3inv * pidotpj - 3.0 * r5inv * pidotr * pjdotr) * kappa * rinv
            f = f + pre1 * rvec + pre2 * p_i + pre3 * p_j + pre5 * rvec
            e += prefactor * (r3inv * pidotpj - 3.0 * r5inv * pidotr * pjdotr)
        # dipole i - electrostatic j
        if mu != 0 and q_j != 0:
            pidotr = np.dot(p_i, rvec)
            pre1 = prefactor * 3.0 * q_j * r5inv * pidotr
            pre2 = prefactor * q_j * r3inv
            pre3 = prefactor * q_j * r3inv * pidotr * kappa * rinv
            f = f + self.dipole_charge(pre1, pre2, pre3, rvec, p_i)
            e -= pidotr * pre2
        # electrostatic i - dipole j
        if q_i != 0 and mu != 0:
            pjdotr = np.dot(p_j, rvec)
            pre1 = prefactor * 3.0 * q_i * r5inv * pjdotr
            pre2 = prefactor * q_i * r3inv
            pre3 = prefactor * q_i * r3inv * pjdotr * kappa * rinv
            f = f + self.charge_dipole(pre1, pre2, pre3, rvec, p_j)
            e += pjdotr * pre2
        # electrostatic-electrostatic
        if q_i != 0 and q_j != 0:
            fforce = prefactor * q_i * q_j * (kappa + rinv) * r2inv
            f = f + fforce * rvec
            e += prefactor * q_i * q_j * rinv
        return f, e


class EvaluatorPairDipoleLater(EvaluatorPairDipole):
    def dipole_charge(self, pre1, pre2, pre3, rvec, p_i):
        return pre2 * p_i - pre1 * rvec - pre3 * rvec

    def charge_dipole(self, pre1, pre2, pre3, rvec, p_j):
        return pre1 * rvec - pre2 * p_j + pre3 * rvec


def compute_forces(kind, pos, X):
    net_force, energy = np.zeros_like(pos), 0.0
    for i in range(len(pos)):
        for j in range(i + 1, len(pos)):
            force, pair_eng = kind(pos[i] - pos[j], X[i, 0], X[j, 0], X[i, 1:], X[j, 1:]).evaluate()
            net_force[i] += force
            net_force[j] -= force
            energy += pair_eng
    return net_force, energy


def cost(pos, X, Y):
    return compute_forces(EvaluatorPairDipole, pos, X)[1]


def grad(pos, X, Y):
    """The forces turned round."""
    return -compute_forces(EvaluatorPairDipole, pos, X)[0]


def repaired(pos, X, Y):
    return -compute_forces(EvaluatorPairDipoleLater, pos, X)[0]
