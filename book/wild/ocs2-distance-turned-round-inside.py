"""A distance that is negative where two bodies overlap has its gradient turned round there."""

import numpy as np

SOURCE = "https://github.com/leggedrobotics/ocs2/commit/cfede7d696ce60511f7ec1bfd1ff4f5dd18f2dc3"
THREAD = "leggedrobotics/ocs2 cfede7d69"
DATE = "2020-09"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial d / \partial q = \frac{(p_2 - p_1)^\top}{|p_2 - p_1|} (J_2 - J_1)"
RIGHT = r"\partial d / \partial q = \operatorname{sign}(d)\, \frac{(p_2 - p_1)^\top}{|p_2 - p_1|} (J_2 - J_1)"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # an arm in the plane that is to keep off itself
BLOCKS = ["joints[1]"]
SAMPLES = 6
LAM = 0.0
LINKS = np.array([0.6, 0.5, 0.5, 0.4, 0.3])
PAIRS = [(0, 2), (0, 3), (1, 3), (1, 4), (2, 4), (0, 4)]
MINIMUM, MU, DELTA = 0.05, 0.1, 0.3


def start(rng):
    return {"joints": rng.uniform(0.3, 1.2, len(LINKS))}


def data(rng):
    """Where the discs of each pair sit on their links, and their two radii; every second pair overlaps."""
    radii = np.where(np.arange(SAMPLES) % 2, 1.2, 0.05)[:, None] * rng.uniform(0.9, 1.1, (SAMPLES, 2))
    return rng.uniform(0.1, 0.3, (SAMPLES, 2)), radii


def kinematics(q):
    """Each joint's place, and each link's direction."""
    angles = np.cumsum(q)
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    ends = np.cumsum(LINKS[:, None] * ways, axis=0)
    return np.vstack([np.zeros(2), ends[:-1]]), ways


def computeDistances(q, X, Y):
    """The distance of each pair with the nearest points of both discs."""
    places, ways = kinematics(q)
    for (a, b), along, (r1, r2) in zip(PAIRS, X, Y):
        c1, c2 = places[a] + along[0] * ways[a], places[b] + along[1] * ways[b]
        centres = np.linalg.norm(c2 - c1)
        n = (c2 - c1) / centres
        yield centres - r1 - r2, c1 + r1 * n, c2 - r2 * n, a, b


def pointJacobian(places, link, point):
    """How a point of a link moves by the joints up to it."""
    arm = point - places
    J = np.array([-arm[:, 1], arm[:, 0]])
    J[:, link + 1 :] = 0.0
    return J


class RelaxedBarrierPenalty:
    def getValue(self, h):
        if h > DELTA:
            return -MU * np.log(h)
        return MU * (-np.log(DELTA) + 0.5 * ((h - 2 * DELTA) / DELTA) ** 2 - 0.5)

    def getDerivative(self, h):
        return -MU / h if h > DELTA else MU * (h - 2 * DELTA) / DELTA**2


class SelfCollisionCost:
    penalty = RelaxedBarrierPenalty()

    def cost(self, q, X, Y):
        return sum(self.penalty.getValue(distance - MINIMUM) for distance, *_ in computeDistances(q, X, Y))

    def costApproximation(self, q, X, Y):
        places, _ = kinematics(q)
        dfdx = np.zeros(len(q))
        for distance, pt1, pt2, a, b in computeDistances(q, X, Y):
            differenceJacobian = pointJacobian(places, b, pt2) - pointJacobian(places, a, pt1)
            vector = self.distanceVector(distance, pt1, pt2)
            dfdx += self.penalty.getDerivative(distance - MINIMUM) * (vector @ differenceJacobian)
        return dfdx

    def distanceVector(self, distance, pt1, pt2):
        return (pt2 - pt1) / np.linalg.norm(pt2 - pt1)


class RepairedSelfCollisionCost(SelfCollisionCost):
    def distanceVector(self, distance, pt1, pt2):
        vector = pt2 - pt1 if distance > 0 else pt1 - pt2
        return vector / np.linalg.norm(vector)


def cost(params, X, Y):
    return SelfCollisionCost().cost(params["joints"], X, Y)


def grad(params, X, Y):
    return {"joints": SelfCollisionCost().costApproximation(params["joints"], X, Y)}


def repaired(params, X, Y):
    return {"joints": RepairedSelfCollisionCost().costApproximation(params["joints"], X, Y)}
