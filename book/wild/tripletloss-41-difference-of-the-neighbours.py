"""A reader differentiates a loss of triplets as if it had scalar products for its squared distances."""

import numpy as np

SOURCE = "https://github.com/luhaofang/tripletloss/issues/41"
THREAD = "luhaofang/tripletloss #41"
DATE = "2017-04"
KIND = "right"
FORMULA = r"\partial \ell / \partial p = -\tfrac1m a,\; \partial \ell / \partial n = \tfrac1m a"
RIGHT = (
    r"\partial \ell / \partial p = \tfrac1m (p - a),\; \partial \ell / \partial n = \tfrac1m (a - n),\; "
    r"\ell = \tfrac{1}{2 m} \textstyle\sum \max(0, \lVert a - p \rVert^2 - \lVert a - n \rVert^2 + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = []
INPUTS, WIDTH, MARGIN = 3, 2, 0.5
NET = None  # a loss of triplets
BLOCKS = ["W[1]"]
SAMPLES = 6
LAM = 0.0


def start(rng):
    return rng.standard_normal((INPUTS, WIDTH))


def data(rng):
    """A row has an anchor, one of its kind and another one; nothing is to come out."""
    return rng.standard_normal((SAMPLES, 3 * INPUTS)), np.zeros((SAMPLES, 1))


class TripletLayer:
    def forward(self, bottom):
        self.no_residual_list = []
        loss = 0.0
        for i in range(len(bottom[0])):
            a, p, n = (blob[i] for blob in bottom)
            dist = MARGIN + (a - p) @ (a - p) - (a - n) @ (a - n)
            if dist.real <= 0:
                self.no_residual_list.append(i)
            else:
                loss = loss + dist
        return loss / (2 * len(bottom[0]))

    def backward(self, bottom):
        diffs = [np.zeros_like(blob) for blob in bottom]
        num = len(bottom[0])
        for i in range(num):
            if i not in self.no_residual_list:
                x_a, x_p, x_n = (blob[i] for blob in bottom)
                diffs[0][i] = (x_n - x_p) / num
                diffs[1][i] = (x_p - x_a) / num
                diffs[2][i] = (x_a - x_n) / num
        return diffs


def cost(W, X, Y):
    return TripletLayer().forward([part @ W for part in np.split(X, 3, axis=1)])


def grad(W, X, Y):
    parts = np.split(X, 3, axis=1)
    layer, bottom = TripletLayer(), [part @ W for part in parts]
    layer.forward(bottom)
    return sum(part.T @ diff for part, diff in zip(parts, layer.backward(bottom)))


repaired = grad
