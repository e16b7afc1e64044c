"""The arctangent of two formulas has each one's derivative made of the wrong one of them, and of the wrong sign."""

import numpy as np

SOURCE = "https://github.com/getkeops/keops/pull/155"
THREAD = "getkeops/keops PR #155, dc7a67eb"
DATE = "2021-03"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"\partial C / \partial F = -\dfrac{F g}{F^2 + G^2},\; \partial C / \partial G = \dfrac{G g}{F^2 + G^2}"
RIGHT = (
    r"\partial C / \partial F = \dfrac{G g}{F^2 + G^2},\; \partial C / \partial G = -\dfrac{F g}{F^2 + G^2},\; "
    r"z = \operatorname{atan2}(F, G),\; g = \partial C / \partial z"
)
READ = "reconstruction"  # the operators are the author's, the sum that is fitted below is made up to call them
LAYER = [1]
NAMES = []
NET = None  # a symbolic formula
BLOCKS = ["a[1]", "b[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    """Two vectors, for the two scalar products whose angle is wanted."""
    return {"a": rng.standard_normal(3), "b": rng.standard_normal(3)}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 1))


class Formula:
    def __add__(self, other):
        return Add(self, other)

    def __sub__(self, other):
        return Subtract(self, other)

    def __mul__(self, other):
        return Mult(self, other)

    def __truediv__(self, other):
        return Divide(self, other)


class Var(Formula):
    def __init__(self, value):
        self.value = value

    def __call__(self):
        return self.value

    def DiffT(self, V, GRADIN):
        return GRADIN if V is self else Zero()


class Zero(Formula):
    def __call__(self):
        return 0.0


class Binary(Formula):
    def __init__(self, F, G):
        self.F, self.G = F, G


class Add(Binary):
    def __call__(self):
        return self.F() + self.G()


class Subtract(Binary):
    def __call__(self):
        return self.F() - self.G()


class Mult(Binary):
    def __call__(self):
        return self.F() * self.G()


class Divide(Binary):
    def __call__(self):
        return self.F() / self.G()


class Square(Formula):
    def __init__(self, F):
        self.F = F

    def __call__(self):
        return self.F() ** 2


class Scalprod(Binary):
    """A parameter and a point."""

    def __call__(self):
        return np.sum(self.F() * self.G(), axis=-1, keepdims=True)

    def DiffT(self, V, GRADIN):
        return self.F.DiffT(V, GRADIN * self.G)


class Atan2(Binary):
    right = False

    def __call__(self):
        """The angle of G + iF, which takes complex numbers in F and G as well."""
        F, G = self.F(), self.G()
        if np.iscomplexobj(F) or np.iscomplexobj(G):
            f, g = np.real(F), np.real(G)
            return np.arctan2(f, g) + 1j * (g * np.imag(F) - f * np.imag(G)) / (f**2 + g**2)
        return np.arctan2(F, G)

    def DiffT(self, V, GRADIN):
        F, G = self.F, self.G
        if Atan2.right:
            partial_F = F.DiffT(V, Mult(Divide(G, Add(Square(F), Square(G))), GRADIN))
            partial_G = G.DiffT(V, Mult(Divide(F, Add(Square(F), Square(G))), GRADIN))
            return Subtract(partial_F, partial_G)
        partial_F = F.DiffT(V, Mult(Divide(F, Add(Square(F), Square(G))), GRADIN))
        partial_G = G.DiffT(V, Mult(Divide(G, Add(Square(F), Square(G))), GRADIN))
        return Subtract(partial_G, partial_F)


def formula(params, X):
    a, b, x = Var(params["a"]), Var(params["b"]), Var(X)
    return a, b, Atan2(Scalprod(a, x), Scalprod(b, x))


def cost(params, X, Y):
    """Weighted angles, so that none of them is compared across the cut."""
    return np.sum(Y * formula(params, X)[2]())


def gradients(params, X, Y, right):
    a, b, angle = formula(params, X)
    Atan2.right = right
    return {"a": angle.DiffT(a, Var(Y))().sum(0), "b": angle.DiffT(b, Var(Y))().sum(0)}


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
