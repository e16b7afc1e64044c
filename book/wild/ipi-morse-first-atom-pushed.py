"""In a diatomic molecule the force on the first atom lacks its minus, so that both atoms are pushed one way."""

import numpy as np

SOURCE = "https://github.com/i-pi/i-pi/pull/257"
THREAD = "i-pi/i-pi PR #257, commit 3c2aacdf"
DATE = "2023-05"
KIND = "gradient"
FORMULA = r"F_1 = 2 a D (e^{-a \delta} - e^{-2 a \delta})\, \frac{q_1 - q_2}{r}"
RIGHT = (
    r"F_1 = -2 a D (e^{-a \delta} - e^{-2 a \delta})\, \frac{q_1 - q_2}{r},\; V = D (e^{-2 a \delta} - 2 e^{-a \delta})"
    r",\; \delta = r - r_0,\; r = \lVert q_1 - q_2 \rVert"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # two atoms in Morse's potential
BLOCKS = ["q[1]", "q[2]"]
SAMPLES = 1
LAM = 0.0
R0, D, A = 1.1, 1.7, 0.9


def start(rng):
    """The two atoms' places."""
    return [rng.standard_normal(3), rng.standard_normal(3) + np.array([1.5, 0.0, 0.0])]


def data(rng):
    return np.zeros((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def getmorsedia(r0, D, a, q):
    diff = q[0] - q[1]
    nq = np.sqrt(diff @ diff)
    dr = nq - r0
    pot = D * (np.exp(-2.0 * a * dr) - 2.0 * np.exp(-a * dr))
    force = [
        2 * a * D * (np.exp(-a * dr) - np.exp(-2.0 * a * dr)) * diff / nq,
        2 * a * D * (np.exp(-a * dr) - np.exp(-2.0 * a * dr)) * diff / nq,
    ]
    return pot, force


def getmorsedia_later(r0, D, a, q):
    diff = q[0] - q[1]
    nq = np.sqrt(diff @ diff)
    dr = nq - r0
    pot = D * (np.exp(-2.0 * a * dr) - 2.0 * np.exp(-a * dr))
    force = [
        -2 * a * D * (np.exp(-a * dr) - np.exp(-2.0 * a * dr)) * diff / nq,
        2 * a * D * (np.exp(-a * dr) - np.exp(-2.0 * a * dr)) * diff / nq,
    ]
    return pot, force


def cost(q, X, Y):
    return getmorsedia(R0, D, A, q)[0]


def grad(q, X, Y):
    """Against the forces."""
    return [-f for f in getmorsedia(R0, D, A, q)[1]]


def repaired(q, X, Y):
    return [-f for f in getmorsedia_later(R0, D, A, q)[1]]
