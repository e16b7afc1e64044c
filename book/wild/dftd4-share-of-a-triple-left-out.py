"""A three-body energy counts triples of an atom and its images by shares, and their gradient counts them whole."""

import numpy as np

SOURCE = "https://github.com/dftd4/dftd4/commit/f611846"
THREAD = "dftd4/dftd4 f611846, #359"
DATE = "2026-05"
KIND = "gradient"
FORMULA = r"\partial E / \partial x_i = -\sum_{jk} (g_{ij} + g_{ik})"
RIGHT = (
    r"\partial E / \partial x_i = -\sum_{jk} s_{ijk} (g_{ij} + g_{ik}),\; E = -\sum_{ijk} s_{ijk} E_{ijk},\; "
    r"s_{ijk} \in \{1, \tfrac12, \tfrac16\}"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # forces between atoms of a periodic system
BLOCKS = ["xyz[1]"]
SAMPLES = 3
LAM = 0.0
TRANS = np.array([[0.0, 0, 0], [3.5, 0, 0], [-3.5, 0, 0]])
S9, A1, A2, ALP = 1.0, 0.5, 1.0, 16.0


def start(rng):
    return np.array([[0.0, 0, 0], [1, 1.5, 0], [1.8, 0.2, 1.5]]) + 0.2 * rng.standard_normal((SAMPLES, 3))


def data(rng):
    """The atoms' sizes, and the roots of their constants."""
    return rng.uniform(1.2, 2, (SAMPLES, 1)), rng.uniform(2, 4, SAMPLES)


def triple_scale(ii, jj, kk):
    if ii == jj:
        return 1.0 / 6.0 if ii == kk else 0.5
    return 1.0 if ii != kk and jj != kk else 0.5


def get_atm_dispersion_derivs(xyz, X, Y, right):
    r4r2, c6 = X[:, 0], np.outer(Y, Y)
    alp3 = ALP / 3.0
    energy, gradient = np.zeros(len(xyz), xyz.dtype), np.zeros_like(xyz)
    tiny = np.finfo(float).eps
    for iat in range(len(xyz)):
        for jat in range(iat + 1):
            c6ij = c6[jat, iat]
            r0ij = A1 * np.sqrt(3 * r4r2[jat] * r4r2[iat]) + A2
            for tj in TRANS:
                vij = xyz[jat] + tj - xyz[iat]
                r2ij = np.sum(vij**2)
                if r2ij.real < tiny:
                    continue
                for kat in range(jat + 1):
                    c6ik, c6jk = c6[kat, iat], c6[kat, jat]
                    c9 = -S9 * np.sqrt(c6ij * c6ik * c6jk)
                    r0ik = A1 * np.sqrt(3 * r4r2[kat] * r4r2[iat]) + A2
                    r0jk = A1 * np.sqrt(3 * r4r2[kat] * r4r2[jat]) + A2
                    r0 = r0ij * r0ik * r0jk
                    triple = triple_scale(iat, jat, kat)
                    for tk in TRANS:
                        vik = xyz[kat] + tk - xyz[iat]
                        r2ik = np.sum(vik**2)
                        if r2ik.real < tiny:
                            continue
                        vjk = vik - vij
                        r2jk = np.sum(vjk**2)
                        if r2jk.real < tiny:
                            continue
                        r2 = r2ij * r2ik * r2jk
                        r1 = np.sqrt(r2)
                        r3 = r2 * r1
                        r5 = r3 * r2
                        fdmp = 1.0 / (1.0 + 6.0 * (r0 / r1) ** alp3)
                        ang = 0.375 * (r2ij + r2jk - r2ik) * (r2ij - r2jk + r2ik) * (-r2ij + r2jk + r2ik) / r5
                        ang = ang + 1.0 / r3
                        rr = ang * fdmp
                        dfdmp = -2.0 * ALP * (r0 / r1) ** alp3 * fdmp**2
                        dGij = c9 * (-dang(r2ij, r2jk, r2ik, r5) * fdmp + ang * dfdmp) / r2ij * vij
                        dGik = c9 * (-dang(r2ik, r2jk, r2ij, r5) * fdmp + ang * dfdmp) / r2ik * vik
                        dGjk = c9 * (-dang(r2jk, r2ik, r2ij, r5) * fdmp + ang * dfdmp) / r2jk * vjk
                        dE = rr * c9 * triple
                        for atom in (iat, jat, kat):
                            energy[atom] -= dE / 3.0
                        if right:
                            gradient[iat] += -(dGij + dGik) * triple
                            gradient[jat] += (dGij - dGjk) * triple
                            gradient[kat] += (dGik + dGjk) * triple
                        else:
                            gradient[iat] += -dGij - dGik
                            gradient[jat] += dGij - dGjk
                            gradient[kat] += dGik + dGjk
    return energy, gradient


def dang(a, b, c, r5):
    """With respect to the distance whose square is the first."""
    inner = a**3 + a**2 * (b + c) + a * (3.0 * b**2 + 2.0 * b * c + 3.0 * c**2) - 5.0 * (b - c) ** 2 * (b + c)
    return -0.375 * inner / r5


def cost(xyz, X, Y):
    return np.sum(get_atm_dispersion_derivs(xyz, X, Y, True)[0])


def grad(xyz, X, Y):
    return get_atm_dispersion_derivs(xyz, X, Y, False)[1]


def repaired(xyz, X, Y):
    return get_atm_dispersion_derivs(xyz, X, Y, True)[1]
