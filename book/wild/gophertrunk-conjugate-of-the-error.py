"""A complex LMS filter steps along the input times the conjugate of the error, instead of the other way round."""

import numpy as np

SOURCE = "https://github.com/MattCheramie/GopherTrunk/pull/459"
THREAD = "MattCheramie/GopherTrunk PR #459"
DATE = "2026-05"
KIND = "gradient"
GROUP = "slope"
FORMULA = r"-\nabla_{w_k} \tfrac12 \lvert e \rvert^2 = x_{n-k}\, \bar e,\; e = d - \textstyle\sum_k w_k x_{n-k}"
RIGHT = r"-\nabla_{w_k} \tfrac12 \lvert e \rvert^2 = e\, \bar x_{n-k}"
READ = "code"
LAYER = [1]
NAMES = []
NET = None  # the complex taps of an equaliser
BLOCKS = ["taps[1]"]
SAMPLES = 8
LAM = 0.0


def start(rng):
    """The taps: a spike in the centre, and noise; real and imaginary parts."""
    taps = 0.3 * rng.standard_normal((5, 2))
    taps[2, 0] += 1.0
    return taps


def data(rng):
    """Received and desired symbols, as real and imaginary parts."""
    return rng.standard_normal((SAMPLES, 2)), rng.standard_normal((SAMPLES, 2))


class LMS:
    """The taps stay where they are, and the updates, at a step size of 1, are collected."""

    def __init__(self, taps):
        self.taps = taps
        self.hist = np.zeros((len(taps), 2))
        self.histPos = 0
        self.updates = np.zeros_like(taps)

    def product(self, xr, xi, er, ei):
        # (xr + j*xi) * (er - j*ei)
        return xr * er + xi * ei, xi * er - xr * ei

    def Process(self, x, desired):
        # Push x into the history buffer.
        self.hist[self.histPos] = x
        self.histPos = (self.histPos + 1) % len(self.hist)

        # FIR output; the most recent sample is at hist[histPos - 1].
        yr, yi = 0.0, 0.0
        idx = self.histPos - 1
        if idx < 0:
            idx = len(self.hist) - 1
        for i in range(len(self.taps)):
            hr, hi = self.hist[idx]
            tr, ti = self.taps[i]
            yr += tr * hr - ti * hi
            yi += tr * hi + ti * hr
            idx -= 1
            if idx < 0:
                idx = len(self.hist) - 1

        # Error e = d - y.
        er, ei = desired[0] - yr, desired[1] - yi

        # Weight update
        idx = self.histPos - 1
        if idx < 0:
            idx = len(self.hist) - 1
        for i in range(len(self.taps)):
            xr, xi = self.hist[idx]
            ur, ui = self.product(xr, xi, er, ei)
            self.updates[i, 0] += ur
            self.updates[i, 1] += ui
            idx -= 1
            if idx < 0:
                idx = len(self.hist) - 1
        return (yr, yi), (er, ei)


class LMSLater(LMS):
    def product(self, xr, xi, er, ei):
        # (er + j*ei) * (xr - j*xi)
        return xr * er + xi * ei, xr * ei - xi * er


def cost(taps, X, Y):
    e = LMS(taps)
    total = 0.0
    for x, d in zip(X, Y):
        er, ei = e.Process(x, d)[1]
        total += 0.5 * (er * er + ei * ei)
    return total / len(X)


def updates(e, X, Y):
    for x, d in zip(X, Y):
        e.Process(x, d)
    return -e.updates / len(X)


def grad(taps, X, Y):
    return updates(LMS(taps), X, Y)


def repaired(taps, X, Y):
    return updates(LMSLater(taps), X, Y)
