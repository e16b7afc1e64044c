"""The gradient of a Morse bond's share in a coupled term has the bond's vector in the denominator."""

import numpy as np

SOURCE = "https://github.com/qusers/Q6/commit/a6c2e65"
THREAD = "qusers/Q6 #17, a6c2e65"
DATE = "2022-04"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial \gamma / \partial x_i = 2 a (f - f^2)\, \lambda / (\vec r\, r) \text{ component by component}"
RIGHT = (
    r"\partial \gamma / \partial x_i = 2 a (f - f^2)\, \lambda\, \vec r / r,\; "
    r"\gamma = 2 f - f^2,\; f = e^{-a (r - r_0)},\; E = \lambda \textstyle\sum (D (f^2 - 2 f) + \gamma k (u - u_0)^2)"
)
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = None  # reacting atoms, with Morse bonds and Urey-Bradley terms that fade as the bonds break
BLOCKS = ["x[1]"]
SAMPLES = 2
LAM = 0.0
LAMBDA = 0.7
DMZ, AMZ, R0, FK = 1.3, 0.8, 1.0, 0.4
UREYFK, UREYR0 = 0.9, 1.6


def start(rng):
    """Two atoms bound for longer than r0 and two more, for each of the two groups."""
    x = 1.2 * rng.standard_normal((4 * SAMPLES, 3))
    for i in range(0, 4 * SAMPLES, 4):
        r = rng.uniform(0.5, 1.0, 3) * rng.choice([-1, 1], 3)
        x[i + 1] = x[i] + r * rng.uniform(1.3, 1.9) / np.linalg.norm(r)
    return x


def data(rng):
    """The atoms of each bond, and those of the term that is coupled to it."""
    first = 4 * np.arange(SAMPLES)
    return np.column_stack([first, first + 1, first + 1, first + 2, first + 3, first]), np.zeros((SAMPLES, 1))


class BondVal:
    pass


def bond_calc(a, b):
    calc = BondVal()
    calc.a_vec = b - a
    calc.dist = np.sqrt(np.sum(calc.a_vec**2))
    return calc


class QAtoms:
    def __init__(self, x, qbnd, qang, right):
        self.x, self.qbnd, self.qang, self.right = x, qbnd, qang, right
        self.d = np.zeros_like(x)
        self.EMorseD = np.zeros(len(qbnd), x.dtype)
        self.dMorse_i, self.dMorse_j = (np.zeros((len(qbnd), 3), x.dtype), np.zeros((len(qbnd), 3), x.dtype))

    def qbond(self, lam):
        x, d, E_loc = self.x, self.d, 0.0
        for ib in range(len(self.qbnd)):
            i, j = self.qbnd[ib]
            calc = bond_calc(x[i], x[j])
            db = calc.dist - R0

            fexp = np.exp(-AMZ * db)
            be = DMZ * (fexp * fexp - 2.0 * fexp) + 0.5 * FK * db**2
            self.EMorseD[ib] = -(fexp * fexp - 2.0 * fexp)
            E_loc = E_loc + be
            dv = (2.0 * DMZ * AMZ * (fexp - fexp * fexp) + FK * db) * lam / calc.dist

            d[i] = d[i] - calc.a_vec * dv
            d[j] = d[j] + calc.a_vec * dv

            # Force scaling factor to be 1 when distance is smaller than r0
            if db.real > 0:
                self.EMorseD[ib] = -(fexp * fexp - 2.0 * fexp)
                if self.right:
                    self.dMorse_i[ib] = 2.0 * AMZ * (fexp - fexp * fexp) * lam / calc.dist * calc.a_vec
                    self.dMorse_j[ib] = -2.0 * AMZ * (fexp - fexp * fexp) * lam / calc.dist * calc.a_vec
                else:
                    self.dMorse_i[ib] = 2.0 * AMZ * (fexp - fexp * fexp) * lam / (calc.a_vec * calc.dist)
                    self.dMorse_j[ib] = -2.0 * AMZ * (fexp - fexp * fexp) * lam / (calc.a_vec * calc.dist)
            else:
                self.EMorseD[ib] = 1.0
                self.dMorse_i[ib] = self.dMorse_i[ib] * 0.0
                self.dMorse_j[ib] = self.dMorse_j[ib] * 0.0
        return E_loc

    def qurey_bradley(self, lam):
        x, d, E_loc = self.x, self.d, 0.0
        for ia in range(len(self.qang)):
            ib = ia // 2  # iang_coupl: two terms for each bond
            gamma = self.EMorseD[ib]

            i, k = self.qang[ia]
            calc = bond_calc(x[i], x[k])
            ru = calc.dist - UREYR0
            Eurey = UREYFK * ru**2
            E_loc = E_loc + Eurey * gamma
            du = gamma * 2.0 * (UREYFK * ru / calc.dist) * lam

            d[i] = d[i] - calc.a_vec * du
            d[k] = d[k] + calc.a_vec * du

            i, j = self.qbnd[ib]
            d[i] = d[i] + self.dMorse_i[ib] * Eurey
            d[j] = d[j] + self.dMorse_j[ib] * Eurey
        return E_loc


def qatoms(x, X, right=False):
    q = QAtoms(x, X[:, :2], X[:, 2:].reshape(-1, 2), right)
    E = q.qbond(LAMBDA) + q.qurey_bradley(LAMBDA)
    return LAMBDA * E, q.d


def cost(x, X, Y):
    return qatoms(x, X)[0]


def grad(x, X, Y):
    return qatoms(x, X)[1]


def repaired(x, X, Y):
    return qatoms(x, X, right=True)[1]
