"""The slope of a B-spline is scaled by the width of its domain, since the knots were scaled and not scaled back."""

import numpy as np

SOURCE = "https://github.com/msteinbeck/tinyspline/issues/162"
THREAD = "msteinbeck/tinyspline #162, PR #163, commit bc1f678"
DATE = "2020-05"
KIND = "gradient"
FORMULA = r"Q_i = \frac{p\, (P_{i+1} - P_i)\, (b - a)}{u_{i+p+1} - u_{i+1}}"
RIGHT = (
    r"Q_i = \frac{p\, (P_{i+1} - P_i)}{u_{i+p+1} - u_{i+1}},\; C(u) = \sum_i N_{i,p}(u)\, P_i,\; "
    r"C'(u) = \sum_i N_{i,p-1}(u)\, Q_i,\; u \in [a, b]"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = [{"factor"}]
NET = None  # a B-spline at points that move
BLOCKS = ["u[1]"]
SAMPLES = 6
LAM = 0.0
TS_KNOT_EPSILON = 1e-7
DEG = 3
KNOTS = np.array([1.0, 1, 1, 1, 2.0, 3.2, 4, 4, 4, 4])
CTRLP = np.array([[0.3, -0.2], [1.1, 0.9], [-0.7, 1.5], [0.4, -1.2], [1.6, 0.2], [0.1, 0.8]])


def start(rng):
    return rng.uniform(1.1, 3.9, SAMPLES)


def data(rng):
    return np.zeros((SAMPLES, 1)), rng.standard_normal((SAMPLES, 2))


def de_boor(deg, knots, ctrlp, u):
    k = min(int(np.searchsorted(knots, np.real(u), side="right")) - 1, len(ctrlp) - 1)
    d = [ctrlp[j + k - deg] for j in range(deg + 1)]
    for r in range(1, deg + 1):
        for j in range(deg, r - 1, -1):
            a = (u - knots[j + k - deg]) / (knots[j + 1 + k - r] - knots[j + k - deg])
            d[j] = (1 - a) * d[j - 1] + a * d[j]
    return d[deg]


def ts_bspline_derive(deg, knots, ctrlp, right=False):
    ctrlp = ctrlp.copy()
    num_ctrlp, dim = ctrlp.shape
    min, max = knots[deg], knots[num_ctrlp]
    span = max - min
    for i in range(num_ctrlp - 1):
        for j in range(dim):
            ctrlp[i, j] = ctrlp[i + 1, j] - ctrlp[i, j]
            if deg > 1:
                scaled_kid1 = (knots[i + deg + 1] - min) / span
                scaled_ki1 = (knots[i + 1] - min) / span
                scaled = scaled_kid1 - scaled_ki1
                if scaled < TS_KNOT_EPSILON:
                    scaled = TS_KNOT_EPSILON
                ctrlp[i, j] *= deg
                if right:
                    ctrlp[i, j] /= scaled * span
                else:
                    ctrlp[i, j] /= scaled
    return deg - 1, knots[1:-1], ctrlp[:-1]


def cost(u, X, Y):
    return 0.5 * sum(np.sum((de_boor(DEG, KNOTS, CTRLP, p) - y) ** 2) for p, y in zip(u, Y))


def of_squares(u, Y, right):
    derivative = ts_bspline_derive(DEG, KNOTS, CTRLP, right)
    return np.array([(de_boor(DEG, KNOTS, CTRLP, p) - y) @ de_boor(*derivative, p) for p, y in zip(u, Y)])


def grad(u, X, Y):
    return of_squares(u, Y, False)


def repaired(u, X, Y):
    return of_squares(u, Y, True)
