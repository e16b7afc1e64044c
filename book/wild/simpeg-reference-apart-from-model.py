"""The smallness of a model's regularisation squares model and reference model apart, not their difference."""

import numpy as np

SOURCE = "https://github.com/simpeg/simpeg/issues/108"
THREAD = "simpeg/simpeg #108, PR #110, f9f23dfd4 and 0b5453dc9"
DATE = "2015-07"
KIND = "cost"
FORMULA = (
    r"R = \tfrac12 \lVert W m \rVert^2 + \tfrac12 \lVert W_s m_{\mathrm{ref}} \rVert^2,\; "
    r"W = (W_s; W_x; W_{xx}; W_y; W_{yy})"
)
RIGHT = (
    r"R = \tfrac12 \lVert W_{\mathrm{smooth}} m \rVert^2 + \tfrac12 \lVert W_s (m - m_{\mathrm{ref}}) \rVert^2,\; "
    r"W_{\mathrm{smooth}} = (W_x; W_{xx}; W_y; W_{yy})"
)
READ = "code"  # but for the mesh's operators, which are written anew
LAYER = [1]
NAMES = [{"another-cost"}]
NET = None  # the regularisation of an inversion on a mesh of 4 by 3 cells
BLOCKS = ["m[1]"]
SAMPLES = 12
LAM = 0.0
HX, HY = np.array([1.0, 0.8, 1.2, 1.5]), np.array([0.9, 1.1, 1.3])


def start(rng):
    """The model, a number for each cell."""
    return rng.standard_normal(SAMPLES)


def data(rng):
    """The reference model, and nothing to aim at."""
    return rng.standard_normal((SAMPLES, 1)), np.zeros((SAMPLES, 1))


def sdiag(h):
    return np.diag(h)


def ddx(h):
    """From cells to faces, with no flow through the boundary."""
    grad = np.zeros((len(h) + 1, len(h)))
    for i in range(1, len(h)):
        grad[i, i], grad[i, i - 1] = 2 / (h[i] + h[i - 1]), -2 / (h[i] + h[i - 1])
    return grad


def div(h):
    return sdiag(1 / h) @ (np.eye(len(h), len(h) + 1, 1) - np.eye(len(h), len(h) + 1))


def av(h):
    return 0.5 * (np.eye(len(h), len(h) + 1) + np.eye(len(h), len(h) + 1, 1))


class Mesh:
    def __init__(self, hx, hy):
        nx, ny = len(hx), len(hy)
        self.dim = 2
        self.vol = np.kron(hy, hx)
        self.cellGradx = np.kron(np.eye(ny), ddx(hx))
        self.cellGrady = np.kron(ddx(hy), np.eye(nx))
        self.faceDivx = np.kron(np.eye(ny), div(hx))
        self.faceDivy = np.kron(div(hy), np.eye(nx))
        self.aveF2CCx = np.kron(np.eye(ny), av(hx))
        self.aveF2CCy = np.kron(av(hy), np.eye(nx))


class IdentityMap:
    def __mul__(self, m):
        return m

    def deriv(self, m):
        return np.eye(len(m))


class Tikhonov:
    alpha_s, alpha_x, alpha_y, alpha_xx, alpha_yy = 0.6, 1.0, 0.8, 0.3, 0.2

    def __init__(self, mesh, mref):
        self.mesh, self.mapping, self.mref = mesh, IdentityMap(), mref
        self.Ws = sdiag((mesh.vol * self.alpha_s) ** 0.5)
        Ave_x_vol = mesh.aveF2CCx.T @ mesh.vol
        self.Wx = sdiag((Ave_x_vol * self.alpha_x) ** 0.5) @ mesh.cellGradx
        Ave_y_vol = mesh.aveF2CCy.T @ mesh.vol
        self.Wy = sdiag((Ave_y_vol * self.alpha_y) ** 0.5) @ mesh.cellGrady
        self.Wxx = sdiag((mesh.vol * self.alpha_xx) ** 0.5) @ mesh.faceDivx @ mesh.cellGradx
        self.Wyy = sdiag((mesh.vol * self.alpha_yy) ** 0.5) @ mesh.faceDivy @ mesh.cellGrady

    @property
    def W(self):
        """Full regularization matrix W"""
        wlist = (self.Ws, self.Wx, self.Wxx)
        if self.mesh.dim > 1:
            wlist += (self.Wy, self.Wyy)
        return np.vstack(wlist)

    def eval(self, m):
        r1 = self.W @ (self.mapping * (m))
        r2 = self.Ws @ (self.mapping * (self.mref))
        return 0.5 * (r1.dot(r1) + r2.dot(r2))

    def evalDeriv(self, m):
        mD1 = self.mapping.deriv(m)
        mD2 = self.mapping.deriv(self.mref)
        r1 = self.W @ (self.mapping * (m))
        r2 = self.Ws @ (self.mapping * (self.mref))
        out1 = mD1.T @ (self.W.T @ r1)
        out2 = mD2.T @ (self.Ws.T @ r2)
        out = out1 - out2
        return out

    def derivOfEval(self, m):
        """The reference model is a constant in the cost as it was."""
        mD1 = self.mapping.deriv(m)
        r1 = self.W @ (self.mapping * (m))
        return mD1.T @ (self.W.T @ r1)


class TikhonovMended(Tikhonov):
    @property
    def Wsmooth(self):
        """Full smoothness regularization matrix W"""
        wlist = (self.Wx, self.Wxx)
        if self.mesh.dim > 1:
            wlist += (self.Wy, self.Wyy)
        return np.vstack(wlist)

    def eval(self, m):
        r1 = self.Wsmooth @ (self.mapping * (m))
        r2 = self.Ws @ (self.mapping * (m - self.mref))
        return 0.5 * (r1.dot(r1) + r2.dot(r2))


def cost(m, X, Y):
    return Tikhonov(Mesh(HX, HY), X[:, 0]).eval(m)


def meant(m, X, Y):
    return TikhonovMended(Mesh(HX, HY), X[:, 0]).eval(m)


def grad(m, X, Y):
    return Tikhonov(Mesh(HX, HY), X[:, 0]).evalDeriv(m)


def repaired(m, X, Y):
    return Tikhonov(Mesh(HX, HY), X[:, 0]).derivOfEval(m)
