"""The derivative of an angle between three particles takes the bonds themselves instead of their unit vectors."""

import numpy as np

SOURCE = "https://github.com/salilab/imp/commit/aaebd3db4d0a037b9aa2cc45c0712ee36118e500"
THREAD = "salilab/imp aaebd3db4d"
DATE = "2010-02"
KIND = "gradient"
GROUP = "slope"
FORMULA = (
    r"\partial C / \partial x_0 = \textstyle\sum f'(\theta)\, "
    r"(r_{ij} \cos\theta - r_{kj}) / (\sin\theta\, \lvert r_{ij} \rvert)"
)
RIGHT = (
    r"\partial C / \partial x_0 = \textstyle\sum f'(\theta)\, "
    r"(\hat r_{ij} \cos\theta - \hat r_{kj}) / (\sin\theta\, \lvert r_{ij} \rvert),\; \hat r = r / \lvert r \rvert"
)
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # angles between particles
BLOCKS = ["xyz[1]"]
SAMPLES = 3
LAM = 0.0
K = 1.5


def start(rng):
    """A zigzag of five particles."""
    return np.array([[0.0, 0, 0], [1.5, 0.9, 0.2], [2.6, -0.1, 0], [4.3, 0.8, 0.5], [5.2, -0.9, 1.0]]) + rng.uniform(
        -0.2, 0.2, (5, 3)
    )


def data(rng):
    """The mean of each angle."""
    return rng.uniform(1.0, 2.6, (SAMPLES, 1)), np.zeros((SAMPLES, 1))


class Harmonic:
    def __init__(self, mean, k):
        self.mean, self.k = mean, k

    def evaluate(self, feature):
        return self.evaluate_with_derivative(feature)[0]

    def evaluate_with_derivative(self, feature):
        e = feature - self.mean
        return 0.5 * self.k * e * e, self.k * e


class AngleTripletScore:
    def __init__(self, f):
        self.f = f

    def directions(self, rij, rkj):
        return rij, rkj

    def evaluate(self, p, da):
        """p: three positions; da: their derivatives, or None."""
        d0, d1, d2 = p
        rij = d0 - d1
        rkj = d2 - d1

        scalar_product = rij @ rkj
        mag_rij = np.sqrt(rij @ rij)
        mag_rkj = np.sqrt(rkj @ rkj)
        mag_product = mag_rij * mag_rkj

        # avoid division by zero
        cosangle = scalar_product / mag_product if abs(mag_product) > 1e-12 else 0.0
        angle = np.arccos(cosangle)

        if da is not None:
            score, deriv = self.f.evaluate_with_derivative(angle)
            sinangle = abs(np.sin(angle))
            fact_ij = max(1e-12, sinangle * mag_rij)
            fact_kj = max(1e-12, sinangle * mag_rkj)
            u, v = self.directions(rij, rkj)

            for i in range(3):
                derv0 = deriv * (u[i] * cosangle - v[i]) / fact_ij
                derv2 = deriv * (v[i] * cosangle - u[i]) / fact_kj
                da[0][i] += derv0
                da[1][i] += -derv0 - derv2
                da[2][i] += derv2
        else:
            score = self.f.evaluate(angle)
        return score


class AngleTripletScoreLater(AngleTripletScore):
    def directions(self, rij, rkj):
        unit_rij = rij / np.sqrt(rij @ rij)
        unit_rkj = rkj / np.sqrt(rkj @ rkj)
        return unit_rij, unit_rkj


def evaluate(kind, xyz, X, derivatives=None):
    score = 0.0
    for n, mean in enumerate(X[:, 0]):
        da = None if derivatives is None else derivatives[n : n + 3]
        score += kind(Harmonic(mean, K)).evaluate(xyz[n : n + 3], da)
    return score


def cost(xyz, X, Y):
    return evaluate(AngleTripletScore, xyz, X)


def grad(xyz, X, Y):
    derivatives = np.zeros_like(xyz)
    evaluate(AngleTripletScore, xyz, X, derivatives)
    return derivatives


def repaired(xyz, X, Y):
    derivatives = np.zeros_like(xyz)
    evaluate(AngleTripletScoreLater, xyz, X, derivatives)
    return derivatives
