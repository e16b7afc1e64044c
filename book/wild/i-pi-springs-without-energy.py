"""The springs between an instanton's beads have forces and no energy, for its sum has been left behind in a comment."""

import numpy as np

SOURCE = "https://github.com/i-pi/i-pi/commit/d65908721e447ba279e52e70fa6eb60b0d7b6410"
THREAD = "i-pi/i-pi 950fbf84, d6590872"
DATE = "2024-04"
KIND = "cost"
FORMULA = r"E = \textstyle\sum_i V(q_i)"
RIGHT = (
    r"E = \textstyle\sum_i V(q_i) + \tfrac12 \sum_k \omega_k^2 \sum_j m_j \tilde q_{kj}^2,\; "
    r"\tilde q = C q,\; \omega_k = 2 \omega_n \sin \tfrac{k \pi}{2 n}"
)
READ = "reconstruction"  # SpringMapper is the author's; the potential of the physical forces is made up (a double well)
LAYER = [1]
NAMES = [{"another-cost"}, {"penalty"}]
NET = None  # a chain of beads in a potential
BLOCKS = ["q[1]"]
SAMPLES = 5
LAM = 0.0
NBEADS, DOF, OMEGAN = 5, 3, 1.7


def start(rng):
    """The positions of half a ring polymer of five beads."""
    return rng.standard_normal((NBEADS, DOF))


def data(rng):
    """The masses, and the potential's coefficients."""
    return rng.uniform(0.5, 1.5, (1, DOF)), rng.uniform(0.5, 1.5, (2, DOF))


class Beads:
    def __init__(self, m3):
        self.nbeads = NBEADS
        self.m3 = np.repeat(m3, NBEADS, 0)


def mk_o_nm_matrix(nbeads):
    """The transformation to the normal modes of an open path."""
    b2o_nm = np.zeros((nbeads, nbeads))
    b2o_nm[0, :] = np.sqrt(1.0)
    for j in range(0, nbeads):
        for i in range(1, nbeads):
            b2o_nm[i, j] = np.sqrt(2.0) * np.cos(np.pi * (j + 0.5) * i / float(nbeads))
    return b2o_nm / np.sqrt(nbeads)


def get_o_omegak(omegan, nbeads):
    return 2 * omegan * np.array([np.sin(k * np.pi / (2 * nbeads)) for k in range(nbeads)])


class PesMapper:
    """The physical potential, x^4 and x^2 for each coordinate."""

    def __init__(self, coefficients):
        self.quartic, self.quadratic = coefficients

    def __call__(self, x):
        e = np.sum(self.quartic * x**4 - self.quadratic * x**2)
        return e, 4 * self.quartic * x**3 - 2 * self.quadratic * x


class SpringMapper:
    def bind(self, beads):
        self.dbeads = beads
        if self.dbeads.nbeads > 1:
            self.C = mk_o_nm_matrix(beads.nbeads)
        else:
            self.C = 1
        self.omegak = get_o_omegak(OMEGAN, beads.nbeads)
        return self

    def __call__(self, x, right=False):
        """Computes spring energy and gradient for instanton optimization step"""
        if x.shape[0] == 1:  # only one bead
            self.dbeads.q = x
            e = 0.0
            g = np.zeros(x.shape[1])
        else:
            self.dbeads.q = x
            e = 0.00
            gq_k = np.dot(self.C, self.dbeads.q)
            if right:
                e = 0.5 * np.sum(np.power(self.omegak, 2)[:, np.newaxis] * (self.dbeads.m3 * np.power(gq_k, 2)))
            g = self.dbeads.m3[0] * np.dot(self.C.T, gq_k * (self.omegak**2)[:, np.newaxis])
        return e, g


def mappers(q, X, Y, right=False):
    """The sums that the optimiser goes by, e1 + e2 and g1 + g2, and the potential's gradient apart."""
    e1, g1 = PesMapper(Y)(q)
    e2, g2 = SpringMapper().bind(Beads(X))(q, right)
    return e1 + e2, g1 + g2, g1


def cost(q, X, Y):
    return mappers(q, X, Y)[0]


def meant(q, X, Y):
    return mappers(q, X, Y, right=True)[0]


def grad(q, X, Y):
    return mappers(q, X, Y)[1]


def repaired(q, X, Y):
    """The gradient of the energy as it was."""
    return mappers(q, X, Y)[2]
