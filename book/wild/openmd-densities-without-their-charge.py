"""In forces of a metal the slope of a density is not scaled by its atom's charge, although the density itself is."""

import numpy as np

SOURCE = "https://github.com/OpenMD/OpenMD/commit/7a6ab50f"
THREAD = "OpenMD/OpenMD 7a6ab50f"
DATE = "2020-12"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial V / \partial r_{ij} = F'(\rho_i)\, \rho_j'(r_{ij}) + F'(\rho_j)\, \rho_i'(r_{ij}) + \phi'(r_{ij})"
RIGHT = (
    r"\partial V / \partial r_{ij} = m_j F'(\rho_i)\, \rho_j'(r_{ij}) + m_i F'(\rho_j)\, \rho_i'(r_{ij}) "
    r"+ \phi'(r_{ij}),\; \rho_i = \textstyle\sum_j m_j \rho_j(r_{ij}),\; m_j = (N_j - q_j) / M_j"
)
# The splines of density, embedding and pair potential are exponentials and a root here; the pair potential is one that
# is explicitly set, so that no mixing of two is needed.
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # an embedded-atom potential with fluctuating charges
BLOCKS = ["pos[1]", "flucQ[1]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """Positions and charges."""
    corners = np.array([[0, 0, 0], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1.8]], float)
    return {
        "pos": 1.8 * corners + 0.15 * rng.standard_normal((SAMPLES, 3)),
        "flucQ": 0.4 * rng.standard_normal(SAMPLES),
    }


def data(rng):
    """The types of the atoms."""
    return np.array([0, 1, 0, 1, 0]), np.zeros(SAMPLES)


class EAMAtomData:
    isFluctuatingCharge = True

    def __init__(self, nValence, nMobile, fe, beta, re, A):
        self.nValence, self.nMobile = nValence, nMobile
        self.fe, self.beta, self.re, self.A = fe, beta, re, A

    def rho(self, r):
        value = self.fe * np.exp(-self.beta * (r / self.re - 1.0))
        return value, -self.beta / self.re * value

    def F(self, rho):
        return -self.A * np.sqrt(rho), -0.5 * self.A / np.sqrt(rho)


EAMdata = [EAMAtomData(2.0, 1.5, 1.0, 3.0, 2.6, 1.7), EAMAtomData(3.0, 2.5, 0.8, 3.6, 2.4, 2.2)]
oss_ = 1.0


def phi(r):
    value = 2.0 * np.exp(-2.5 * (r - 1.6))
    return value, -2.5 * value


class EAM:
    def __init__(self, pos, flucQ, types):
        self.pos, self.flucQ, self.types = pos, flucQ, types
        n = len(pos)
        self.rho, self.frho, self.dfrho = [np.zeros(n, pos.dtype) for _ in range(3)]
        self.f, self.dVdFQ, self.pot = (np.zeros(pos.shape, pos.dtype), np.zeros(n, pos.dtype), 0.0)

    def pairs(self):
        for a in range(len(self.pos)):
            for b in range(a + 1, len(self.pos)):
                d = self.pos[b] - self.pos[a]
                yield (a, b, EAMdata[self.types[a]], EAMdata[self.types[b]], d, np.sqrt(np.sum(d * d)))

    def calcDensity(self, a, b, data1, data2, rij):
        m = 1.0
        if data1.isFluctuatingCharge:
            m = (oss_ * data1.nValence - self.flucQ[a]) / (oss_ * data1.nMobile)
        self.rho[b] += m * data1.rho(rij)[0]
        m = 1.0
        if data2.isFluctuatingCharge:
            m = (oss_ * data2.nValence - self.flucQ[b]) / (oss_ * data2.nMobile)
        self.rho[a] += m * data2.rho(rij)[0]

    def calcFunctional(self, i):
        self.frho[i], self.dfrho[i] = EAMdata[self.types[i]].F(self.rho[i])
        self.pot += self.frho[i]

    def scales(self, a, b, data1, data2):
        return 1, 1

    def calcForce(self, a, b, data1, data2, d, rij):
        rhat = d / rij
        rha, drha = data1.rho(rij)
        rhb, drhb = data2.rho(rij)
        phab, dvpdr = phi(rij)

        drhoidr = drha
        drhojdr = drhb
        scalei, scalej = self.scales(a, b, data1, data2)
        dudr = drhojdr * scalej * self.dfrho[a] + drhoidr * scalei * self.dfrho[b] + dvpdr
        self.f[a] += rhat * dudr
        self.f[b] -= rhat * dudr
        self.pot += phab

        # When densities are fluctuating, the functional depends on the
        # fluctuating densities from other sites:
        if data1.isFluctuatingCharge:
            self.dVdFQ[a] -= self.dfrho[b] * rha / (oss_ * data1.nMobile)
        if data2.isFluctuatingCharge:
            self.dVdFQ[b] -= self.dfrho[a] * rhb / (oss_ * data2.nMobile)

    def calc(self):
        for a, b, data1, data2, _, rij in self.pairs():
            self.calcDensity(a, b, data1, data2, rij)
        for i in range(len(self.pos)):
            self.calcFunctional(i)
        for a, b, data1, data2, d, rij in self.pairs():
            self.calcForce(a, b, data1, data2, d, rij)
        return self


class EAMLater(EAM):
    def scales(self, a, b, data1, data2):
        scalei = scalej = 1
        if data1.isFluctuatingCharge:
            scalei = (oss_ * data1.nValence - self.flucQ[a]) / (oss_ * data1.nMobile)
        if data2.isFluctuatingCharge:
            scalej = (oss_ * data2.nValence - self.flucQ[b]) / (oss_ * data2.nMobile)
        return scalei, scalej


def cost(params, X, Y):
    """Charges and positions may each be complex."""
    pos, flucQ = params["pos"], params["flucQ"]
    kind = np.result_type(pos, flucQ)
    return EAM(pos.astype(kind), flucQ.astype(kind), X).calc().pot


def gradients(eam):
    """The forces are the negative of the positions' gradient; the charges' is kept as it is."""
    return {"pos": -eam.f, "flucQ": eam.dVdFQ}


def grad(params, X, Y):
    return gradients(EAM(params["pos"], params["flucQ"], X).calc())


def repaired(params, X, Y):
    return gradients(EAMLater(params["pos"], params["flucQ"], X).calc())
