"""The potential energy of several planets is overwritten by that of the last one, and the accelerations add them up."""

import numpy as np

SOURCE = "https://github.com/AVSLab/basilisk/commit/8e94897eb"
THREAD = "AVSLab/basilisk #1041, PR #1125, 8e94897eb"
DATE = "2025-10"
KIND = "cost"
FORMULA = r"V = -\mu_P / \lVert r - r_P \rVert \text{ for the last body } P"
RIGHT = r"V = -\textstyle\sum_P \mu_P / \lVert r - r_P \rVert"
READ = "code"
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # spacecraft in the field of some planets, none of them a central body
BLOCKS = ["r_cF_N[1]"]
SAMPLES = 3
LAM = 0.0


def start(rng):
    """The positions of two spacecraft of mass one."""
    return np.array([[2.0, 0.5, -0.3], [-1.0, 1.8, 0.6]]) + rng.uniform(-0.2, 0.2, (2, 3))


def data(rng):
    """The planets' positions, and their gravitational parameters."""
    positions = np.array([[0.0, 0.0, 0.0], [4.0, 1.0, 0.0], [-2.0, -3.0, 1.0]]) + rng.uniform(-0.2, 0.2, (SAMPLES, 3))
    return positions, rng.uniform(1.0, 3.0, (SAMPLES, 1))


class PointMassGravityModel:
    def __init__(self, mu):
        self.muBody = mu

    def computeField(self, position_planetFixed):
        rMag = np.sqrt(position_planetFixed @ position_planetFixed)
        return -position_planetFixed * self.muBody / (rMag * rMag * rMag)

    def computePotentialEnergy(self, positionWrtPlanet_N):
        return -self.muBody / np.sqrt(positionWrtPlanet_N @ positionWrtPlanet_N)


class GravBodyData:
    def __init__(self, r_PN_N, mu):
        self.r_PN_N = r_PN_N
        self.gravityModel = PointMassGravityModel(mu)


class GravityEffector:
    def __init__(self, X, Y):
        self.gravBodies = [GravBodyData(r, mu[0]) for r, mu in zip(X, Y, strict=True)]

    def computeGravityField(self, r_cN_N, bodies=None):
        # acceleration of CoM of s/c wrt Frame in which it is stored/integrated in spacecraft
        rDotDot_cF_N = np.zeros(3)
        for body in self.gravBodies if bodies is None else bodies:
            # position of s/c CoM wrt planet in N
            r_cP_N = r_cN_N - body.r_PN_N
            # acceleration of c wrt N in N, due to P
            rDotDot_cF_N = rDotDot_cF_N + body.gravityModel.computeField(r_cP_N)
        return rDotDot_cF_N

    def updateEnergyContributions(self, r_cN_N):
        orbPotEnergyContr = 0.0
        for body in self.gravBodies:
            # position of c wrt P in N
            r_cP_N = r_cN_N - body.r_PN_N
            # Potential w/in current planet field
            orbPotEnergyContr = body.gravityModel.computePotentialEnergy(r_cP_N)
        return orbPotEnergyContr


class GravityEffectorNew(GravityEffector):
    def updateEnergyContributions(self, r_cN_N):
        orbPotEnergyContr = 0.0
        for body in self.gravBodies:
            r_cP_N = r_cN_N - body.r_PN_N
            orbPotEnergyContr += body.gravityModel.computePotentialEnergy(r_cP_N)
        return orbPotEnergyContr


def cost(r_cF_N, X, Y):
    effector = GravityEffector(X, Y)
    return sum(effector.updateEnergyContributions(r) for r in r_cF_N)


def meant(r_cF_N, X, Y):
    effector = GravityEffectorNew(X, Y)
    return sum(effector.updateEnergyContributions(r) for r in r_cF_N)


def grad(r_cF_N, X, Y):
    """The accelerations turned round."""
    effector = GravityEffector(X, Y)
    return -np.array([effector.computeGravityField(r) for r in r_cF_N])


def repaired(r_cF_N, X, Y):
    """The gradient of the energy as it was."""
    effector = GravityEffector(X, Y)
    return -np.array([effector.computeGravityField(r, effector.gravBodies[-1:]) for r in r_cF_N])
