"""In a torsion's slope the sixth term has the fifth's constant and sign, and a cosine is missing at its end."""

import numpy as np

SOURCE = "https://github.com/rdkit/rdkit/issues/8715"
THREAD = "rdkit/rdkit #8715, #9248"
DATE = "2025-08"
KIND = "gradient"
FORMULA = (
    r"\partial E / \partial \varphi = \cdots - 5 k_5 s_5 \sin \varphi\, (16 c^4 - 12 c^2 + 1) "
    r"- 6 k_5 s_5 \sin \varphi\, (32 c^5 - 32 c^3 + 6)"
)
RIGHT = (
    r"\partial E / \partial \varphi = \cdots - 5 k_5 s_5 \sin \varphi\, (16 c^4 - 12 c^2 + 1) "
    r"- 6 k_6 s_6 \sin \varphi\, (32 c^5 - 32 c^3 + 6 c),\; c = \cos \varphi,\; "
    r"E = \sum_n k_n (1 + s_n \cos n \varphi)"
)
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
NET = None  # atoms in chains of four
BLOCKS = ["pos[1]"]
SAMPLES = 5
LAM = 0.0
CONTRIBS = [
    ((0, 1, 2, 3), [0.3, 1.1, 0.7, 0.4, 0.9, 0.6], [1, -1, 1, 1, -1, -1]),
    ((1, 2, 3, 4), [0.5, 0.2, 1.2, 0.3, 0.4, 0.8], [-1, 1, 1, -1, 1, 1]),
]


def start(rng):
    """Positions, in one vector."""
    places = np.array([[0, 0, 0], [1.5, 0, 0], [2.0, 1.4, 0], [3.3, 1.7, 0.9], [3.6, 3.0, 1.5]])
    return (places + 0.2 * rng.standard_normal(places.shape)).ravel()


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def calcTorsionCosPhi(iPoint, jPoint, kPoint, lPoint):
    r1 = iPoint - jPoint
    r2 = kPoint - jPoint
    r3 = lPoint - kPoint
    t1 = np.cross(r1, r2)
    t2 = np.cross(-r2, r3)
    return t1 @ t2 / (np.sqrt(t1 @ t1) * np.sqrt(t2 @ t2))


def calcTorsionEnergy(forceConstants, signs, cosPhi):
    cosPhi2 = cosPhi * cosPhi
    cosPhi3 = cosPhi * cosPhi2
    cosPhi4 = cosPhi * cosPhi3
    cosPhi5 = cosPhi * cosPhi4
    cosPhi6 = cosPhi * cosPhi5
    cos2Phi = 2.0 * cosPhi2 - 1.0
    cos3Phi = 4.0 * cosPhi3 - 3.0 * cosPhi
    cos4Phi = 8.0 * cosPhi4 - 8.0 * cosPhi2 + 1.0
    cos5Phi = 16.0 * cosPhi5 - 20.0 * cosPhi3 + 5.0 * cosPhi
    cos6Phi = 32.0 * cosPhi6 - 48.0 * cosPhi4 + 18.0 * cosPhi2 - 1.0
    return (
        forceConstants[0] * (1.0 + signs[0] * cosPhi)
        + forceConstants[1] * (1.0 + signs[1] * cos2Phi)
        + forceConstants[2] * (1.0 + signs[2] * cos3Phi)
        + forceConstants[3] * (1.0 + signs[3] * cos4Phi)
        + forceConstants[4] * (1.0 + signs[4] * cos5Phi)
        + forceConstants[5] * (1.0 + signs[5] * cos6Phi)
    )


def calcTorsionGrad(r, t, d, g, idx, sinTerm, cosPhi):
    dCos_dT = [(t[1] - cosPhi * t[0]) / d[0], (t[0] - cosPhi * t[1]) / d[1]]
    g[idx[0]] += sinTerm * np.cross(r[1], dCos_dT[0])
    g[idx[1]] += sinTerm * (np.cross(dCos_dT[0], r[1] - r[0]) + np.cross(r[3], dCos_dT[1]))
    g[idx[2]] += sinTerm * (np.cross(dCos_dT[0], r[0]) + np.cross(dCos_dT[1], r[3] - r[2]))
    g[idx[3]] += sinTerm * np.cross(dCos_dT[1], r[2])


class TorsionAngleContribs:
    def getEnergy(self, pos):
        accum = 0.0
        p = pos.reshape(-1, 3)
        for idx, forceConstants, signs in CONTRIBS:
            accum += calcTorsionEnergy(forceConstants, signs, calcTorsionCosPhi(*[p[k] for k in idx]))
        return accum

    def getGrad(self, pos, right=False):
        p = pos.reshape(-1, 3)
        grad = np.zeros_like(p)
        for idx, k, s in CONTRIBS:
            iPoint, jPoint, kPoint, lPoint = [p[n] for n in idx]
            r = [iPoint - jPoint, kPoint - jPoint, jPoint - kPoint, lPoint - kPoint]
            t = [np.cross(r[0], r[1]), np.cross(r[2], r[3])]
            d = [np.sqrt(t[0] @ t[0]), np.sqrt(t[1] @ t[1])]
            t[0] = t[0] / d[0]
            t[1] = t[1] / d[1]
            cosPhi = t[0] @ t[1]
            sinPhi = np.sqrt(1.0 - cosPhi * cosPhi)
            cosPhi2 = cosPhi * cosPhi
            cosPhi3 = cosPhi * cosPhi2
            cosPhi4 = cosPhi * cosPhi3
            cosPhi5 = cosPhi * cosPhi4
            dE_dPhi = (
                -k[0] * s[0] * sinPhi
                - 2.0 * k[1] * s[1] * (2.0 * cosPhi * sinPhi)
                - 3.0 * k[2] * s[2] * (4.0 * cosPhi2 * sinPhi - sinPhi)
                - 4.0 * k[3] * s[3] * (8.0 * cosPhi3 * sinPhi - 4.0 * cosPhi * sinPhi)
                - 5.0 * k[4] * s[4] * (16.0 * cosPhi4 * sinPhi - 12.0 * cosPhi2 * sinPhi + sinPhi)
            )
            if right:
                end = 32.0 * cosPhi5 * sinPhi - 32.0 * cosPhi3 * sinPhi + 6.0 * cosPhi * sinPhi
                dE_dPhi -= 6.0 * k[5] * s[5] * end
            else:
                end = 32.0 * cosPhi5 * sinPhi - 32.0 * cosPhi3 * sinPhi + 6.0 * sinPhi
                dE_dPhi -= 6.0 * k[4] * s[4] * end
            sinTerm = -dE_dPhi * (1.0 / sinPhi)
            calcTorsionGrad(r, t, d, grad, idx, sinTerm, cosPhi)
        return grad.ravel()


def cost(params, X, Y):
    return TorsionAngleContribs().getEnergy(params)


def grad(params, X, Y):
    return TorsionAngleContribs().getGrad(params)


def repaired(params, X, Y):
    return TorsionAngleContribs().getGrad(params, right=True)
