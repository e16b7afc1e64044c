"""Right, though a reader would put the input of the tanh in: one minus the square is taken of its output."""

import numpy as np

SOURCE = "https://github.com/lazyprogrammer/facial-expression-recognition/issues/2"
THREAD = "lazyprogrammer/facial-expression-recognition #2"
DATE = "2017-11"
KIND = "right"
FORMULA = r"\delta^1 = (W^2)^\top \delta^2 \odot \bigl(1 - (a^1)^2\bigr)"
RIGHT = r"\delta^1 = (W^2)^\top \delta^2 \odot \tanh'(z^1)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "W1": rng.standard_normal((4, 5)),
        "b1": rng.standard_normal(5),
        "W2": rng.standard_normal((5, 3)),
        "b2": rng.standard_normal(3),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class ANN:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def forward(self, X):
        Z = np.tanh(X.dot(self.W1) + self.b1)
        expA = np.exp(Z.dot(self.W2) + self.b2)
        return expA / expA.sum(axis=1, keepdims=True), Z

    def gradients(self, X, T):
        pY, Z = self.forward(X)
        pY_T = pY - T
        dZ = pY_T.dot(self.W2.T) * (1 - Z * Z)
        return {"W1": X.T.dot(dZ), "b1": dZ.sum(axis=0), "W2": Z.T.dot(pY_T), "b2": pY_T.sum(axis=0)}


def cost(params, X, T):
    """The sum, to which the author's gradients belong."""
    return -np.sum(T * np.log(ANN(**params).forward(X)[0]))


def grad(params, X, T):
    return ANN(**params).gradients(X, T)


repaired = grad
