"""The gradient of an energy of bonds and their angle turns radians into degrees for the first bond's term only."""

import numpy as np

SOURCE = "https://github.com/rdkit/rdkit/pull/126"
THREAD = "rdkit/rdkit PR #126, d40286761"
DATE = "2013-10"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\nabla E = c\, \bigl((\theta - \theta_0)\, \nabla (k_1 r_1 + k_2 r_2) + "
    r"(\tfrac{180}\pi k_1 (r_1 - r_1^0) + k_2 (r_2 - r_2^0))\, \tfrac\pi{180} \nabla \theta\bigr)"
)
RIGHT = (
    r"\nabla E = c\, \bigl((\theta - \theta_0)\, \nabla (k_1 r_1 + k_2 r_2) + "
    r"(k_1 (r_1 - r_1^0) + k_2 (r_2 - r_2^0))\, \nabla \theta\bigr),\; \theta \text{ in degrees}"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # a term of a force field
BLOCKS = ["pos[1]"]
SAMPLES = 2
LAM = 0.0
RAD2DEG = 180.0 / np.pi


def start(rng):
    """The places of four atoms, the bonds of which go from each to the next."""
    pos = np.array([[0.0, 1.0, 0.3], [1.1, 0.2, -0.1], [2.3, 1.2, 0.2], [3.2, 0.1, 0.9]])
    return (pos + 0.15 * rng.standard_normal((4, 3))).ravel()


def data(rng):
    """For each angle its three atoms, and the rest lengths, the rest angle and the two force constants."""
    rest = np.column_stack([rng.uniform(1.0, 1.5, (2, 2)), rng.uniform(100.0, 115.0, 2), rng.uniform(0.1, 0.4, (2, 2))])
    return np.array([[0, 1, 2], [1, 2, 3]]), rest


def distance(idx1, idx2, pos):
    d = pos[3 * idx1 : 3 * idx1 + 3] - pos[3 * idx2 : 3 * idx2 + 3]
    return np.sqrt(np.sum(d**2))


def calcCosTheta(p1, p2, p3, dist1, dist2):
    p12 = p1 - p2
    p32 = p3 - p2
    return np.sum(p12 * p32) / (dist1 * dist2)


def calcStretchBendEnergy(deltaDist1, deltaDist2, deltaTheta, forceConstants):
    factor = 2.51210 * deltaTheta
    return factor * forceConstants[0] * deltaDist1, factor * forceConstants[1] * deltaDist2


class StretchBendContrib:
    def __init__(self, idx, rest):
        self.d_at1Idx, self.d_at2Idx, self.d_at3Idx = idx
        self.d_restLen1, self.d_restLen2, self.d_theta0 = rest[:3]
        self.d_forceConstants = rest[3:]

    def places(self, pos):
        dist1 = distance(self.d_at1Idx, self.d_at2Idx, pos)
        dist2 = distance(self.d_at2Idx, self.d_at3Idx, pos)
        points = [pos[3 * i : 3 * i + 3] for i in (self.d_at1Idx, self.d_at2Idx, self.d_at3Idx)]
        return dist1, dist2, points

    def getEnergy(self, pos):
        dist1, dist2, (p1, p2, p3) = self.places(pos)
        stretchBendEnergies = calcStretchBendEnergy(
            dist1 - self.d_restLen1,
            dist2 - self.d_restLen2,
            RAD2DEG * np.arccos(calcCosTheta(p1, p2, p3, dist1, dist2)) - self.d_theta0,
            self.d_forceConstants,
        )
        return stretchBendEnergies[0] + stretchBendEnergies[1]

    def getGrad(self, pos, grad, right=False):
        dist1, dist2, (p1, p2, p3) = self.places(pos)
        g1 = grad[3 * self.d_at1Idx : 3 * self.d_at1Idx + 3]
        g2 = grad[3 * self.d_at2Idx : 3 * self.d_at2Idx + 3]
        g3 = grad[3 * self.d_at3Idx : 3 * self.d_at3Idx + 3]
        first, second = self.d_forceConstants

        p12 = (p1 - p2) / dist1
        p32 = (p3 - p2) / dist2
        cosTheta = np.sum(p12 * p32)
        sinThetaSq = 1.0 - cosTheta * cosTheta
        sinTheta = max(np.sqrt(sinThetaSq) if sinThetaSq > 0.0 else 0.0, 1.0e-8)
        angleTerm = RAD2DEG * np.arccos(cosTheta) - self.d_theta0
        if right:
            distTerm = RAD2DEG * (first * (dist1 - self.d_restLen1) + second * (dist2 - self.d_restLen2))
        else:
            distTerm = RAD2DEG * first * (dist1 - self.d_restLen1) + second * (dist2 - self.d_restLen2)
        for x in range(3):
            dCos_dS1 = 1.0 / dist1 * (p32[x] - cosTheta * p12[x])
            dCos_dS4 = 1.0 / dist2 * (p12[x] - cosTheta * p32[x])

            g1[x] += 2.51210 * (p12[x] * first * angleTerm + dCos_dS1 / (-sinTheta) * distTerm)
            g2[x] += 2.51210 * (
                (-p12[x] * first - p32[x] * second) * angleTerm + (-dCos_dS1 - dCos_dS4) / (-sinTheta) * distTerm
            )
            g3[x] += 2.51210 * (p32[x] * second * angleTerm + dCos_dS4 / (-sinTheta) * distTerm)


def contribs(X, Y):
    return [StretchBendContrib(idx, rest) for idx, rest in zip(X, Y)]


def cost(params, X, Y):
    return sum(contrib.getEnergy(params) for contrib in contribs(X, Y))


def calcGradient(params, X, Y, right):
    total = np.zeros_like(params)
    for contrib in contribs(X, Y):
        contrib.getGrad(params, total, right)
    return total


def grad(params, X, Y):
    return calcGradient(params, X, Y, False)


def repaired(params, X, Y):
    return calcGradient(params, X, Y, True)
