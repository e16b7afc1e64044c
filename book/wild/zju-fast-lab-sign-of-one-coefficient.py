"""One of seven coefficients of the gradient of a minimum snap trajectory by its durations lacks its minus."""

import numpy as np

SOURCE = "https://github.com/ZJU-FAST-Lab/large_scale_traj_optimizer/issues/5"
THREAD = "ZJU-FAST-Lab/large_scale_traj_optimizer #5, PR #6, feb5beb"
DATE = "2022-11"
KIND = "gradient"
GROUP = "factor"
FORMULA = (
    r"\partial J / \partial T_i = \bigl(\ldots + 604800\, T_i\, (v_i + v_{i+1}) \cdot (p_i - p_{i+1}) "
    r"- 705600\, \lVert p_i - p_{i+1} \rVert^2\bigr) / T_i^8"
)
RIGHT = (
    r"\partial J / \partial T_i = \bigl(\ldots - 604800\, T_i\, (v_i + v_{i+1}) \cdot (p_i - p_{i+1}) "
    r"- 705600\, \lVert p_i - p_{i+1} \rVert^2\bigr) / T_i^8"
)
READ = "code"
LAYER = [1]
NAMES = [{"formula"}, {"line"}]
NET = None  # a polynomial of the seventh degree for each piece of a flight, whose other derivatives are at their best
BLOCKS = ["ts[1]"]
SAMPLES = 4
LAM = 0.0


def start(rng):
    """The pieces' durations."""
    return rng.uniform(1.2, 2.0, SAMPLES)


def data(rng):
    """Position, velocity, acceleration and jerk where the flight begins and ends, and the points between."""
    return np.hstack([rng.standard_normal((3, 8)), np.cumsum(rng.standard_normal((3, SAMPLES - 1)), axis=1)]), np.zeros(
        (3, 1)
    )


def polyVal(coeffs, x):
    retVal = 0.0
    for i in range(len(coeffs)):
        retVal = retVal * x + coeffs[i]
    return retVal


class SnapOpt:
    def reset(self, headState, tailState, pieceNum, dtype):
        self.N = N = pieceNum
        self.Ps, self.VAJs = (np.zeros((3, N + 1), dtype), np.zeros((3, 3 * N + 3), dtype))
        self.Ps[:, 0], self.Ps[:, -1] = headState[:, 0], tailState[:, 0]
        self.VAJs[:, :3], self.VAJs[:, -3:] = headState[:, 1:], tailState[:, 1:]

    def generate(self, inPs, ts):
        """The author writes the nine coefficients of each knot out, and solves with a banded matrix."""
        N, Ps, VAJs = self.N, self.Ps, self.VAJs
        self.T = ts
        t, u = ts[:-1], ts[1:]
        c = {}
        c["v", 0] = (100800.0 / t**6, 100800.0 * (1.0 / u**6 - 1.0 / t**6), -100800.0 / u**6)
        c["a", 0] = (-20160.0 / t**5, 20160.0 * (1.0 / u**5 + 1.0 / t**5), -20160.0 / u**5)
        c["j", 0] = 1680.0 / t**4, 1680.0 * (1.0 / u**4 - 1.0 / t**4), -1680.0 / u**4
        c["v", 1] = 48960.0 / t**5, 51840.0 * (1.0 / u**5 + 1.0 / t**5), 48960.0 / u**5
        c["v", 2] = 9360.0 / t**4, 10800.0 * (1.0 / u**4 - 1.0 / t**4), -9360.0 / u**4
        c["v", 3] = 720.0 / t**3, 960.0 * (1.0 / u**3 + 1.0 / t**3), 720.0 / u**3
        c["a", 1] = -9360.0 / t**4, 10800.0 * (1.0 / u**4 - 1.0 / t**4), 9360.0 / u**4
        c["a", 2] = -1680.0 / t**3, 2400.0 * (1.0 / u**3 + 1.0 / t**3), -1680.0 / u**3
        c["a", 3] = -120.0 / t**2, 240.0 * (1.0 / u**2 - 1.0 / t**2), 120.0 / u**2
        c["j", 1] = 720.0 / t**3, 960.0 * (1.0 / u**3 + 1.0 / t**3), 720.0 / u**3
        c["j", 2] = 120.0 / t**2, 240.0 * (1.0 / u**2 - 1.0 / t**2), -120.0 / u**2
        c["j", 3] = 8.0 / t, 32.0 * (1.0 / u + 1.0 / t), 8.0 / u
        Ps[:, 1:-1] = inPs
        A, b = (np.zeros((3 * N - 3, 3 * N - 3), Ps.dtype), np.zeros((3 * N - 3, 3), Ps.dtype))
        for i in range(N - 1):
            for r, row in enumerate("vaj"):
                for side in range(3):  # the knot before, this knot, and the one behind
                    b[3 * i + r] -= c[row, 0][side][i] * Ps[:, i + side]
                    for k in range(3):
                        if 0 <= i + side - 1 < N - 1:
                            A[3 * i + r, 3 * (i + side - 1) + k] = c[row, k + 1][side][i]
                        else:
                            b[3 * i + r] -= c[row, k + 1][side][i] * VAJs[:, 3 * (i + side) + k]
        VAJs[:, 3 : 3 * N] = np.linalg.solve(A, b).T

    def sums(self, i):
        iP, iV, iA, iJ = self.Ps[:, i], *self.VAJs[:, 3 * i : 3 * i + 3].T
        fP, fV, fA, fJ = self.Ps[:, i + 1], *self.VAJs[:, 3 * i + 3 : 3 * i + 6].T
        return [
            (2.0 * iJ**2 + iJ * fJ + 2.0 * fJ**2).sum(),
            (iA * (2.0 * iJ + fJ) - fA * (iJ + 2.0 * fJ)).sum(),
            (
                5.0 * iA**2
                - 7.0 * iA * fA
                + 5.0 * fA**2
                + 4.0 * iJ * iV
                + 3.0 * fJ * iV
                + 3.0 * iJ * fV
                + 4.0 * fJ * fV
            ).sum(),
            (45.0 * iA * iV - 39.0 * fA * iV + 39.0 * iA * fV - 45.0 * fA * fV + 7.0 * (iJ + fJ) * (iP - fP)).sum(),
            (9.0 * iV**2 + 17.0 * iV * fV + 9.0 * fV**2 + 7.0 * (iA - fA) * (iP - fP)).sum(),
            ((iV + fV) * (iP - fP)).sum(),
            ((iP - fP) ** 2).sum(),
        ]

    def getObjective(self):
        objective = 0.0
        for i in range(self.N):
            coeffsSnpObjective = np.multiply([8.0, 120.0, 240.0, 240.0, 2880.0, 100800.0, 100800.0], self.sums(i))
            objective += polyVal(coeffsSnpObjective, self.T[i]) / self.T[i] ** 7
        return objective

    def getGradT(self, right):
        grad = np.zeros(self.N)
        for i in range(self.N):
            fifth = -604800.0 if right else 604800.0
            coeffsGradT = np.multiply([-8.0, -240.0, -720.0, -960.0, -14400.0, fifth, -705600.0], self.sums(i))
            grad[i] = polyVal(coeffsGradT, self.T[i]) / self.T[i] ** 8
        return grad


def snap(ts, X):
    opt = SnapOpt()
    opt.reset(X[:, :4], X[:, 4:8], len(ts), ts.dtype)
    opt.generate(X[:, 8:], ts)
    return opt


def cost(ts, X, Y):
    return snap(ts, X).getObjective()


def grad(ts, X, Y):
    return snap(ts, X).getGradT(right=False)


def repaired(ts, X, Y):
    return snap(ts, X).getGradT(right=True)
