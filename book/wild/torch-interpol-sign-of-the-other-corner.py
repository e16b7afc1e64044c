"""Where slopes of an interpolation are pushed back, the upper corner gets the lower corner's sign at the border."""

import numpy as np

SOURCE = "https://github.com/balbasty/torch-interpol/pull/7"
THREAD = "balbasty/torch-interpol PR #7, commit 13cd732"
DATE = "2022-10"
KIND = "gradient"
FORMULA = (
    r"\bar f_j = -\sum_{i: \lfloor g_i \rfloor = j} s^0_i \bar o_i "
    r"+ \sum_{i: \lfloor g_i \rfloor + 1 = j} s^0_i \bar o_i"
)
RIGHT = (
    r"\bar f_j = -\sum_{i: \lfloor g_i \rfloor = j} s^0_i \bar o_i "
    r"+ \sum_{i: \lfloor g_i \rfloor + 1 = j} s^1_i \bar o_i,\; o_i = s^1_i f_{\lfloor g_i \rfloor + 1} "
    r"- s^0_i f_{\lfloor g_i \rfloor}"
)
READ = "code"
GROUP = "factor"
LAYER = [1]
NAMES = []
NET = None  # the slopes of an interpolated line
BLOCKS = ["inp[1]"]
SAMPLES = 8
LAM = 0.0
NX = 5


def start(rng):
    """Values at the places 0, 1, 2, ...; beyond them all is nought."""
    return rng.standard_normal(NX)


def data(rng):
    """Where slopes are asked for, some at the borders, and the slopes wanted."""
    g = np.array([-0.4, 0.3, 1.6, 2.2, 3.7, 4.5, -0.8, 4.1]) + 0.05 * rng.standard_normal(SAMPLES)
    return g[:, None], rng.standard_normal(SAMPLES)


class Bound:
    """The one that is nought outside."""

    def index(self, i, n):
        return np.clip(i, 0, n - 1)

    def transform(self, i, n):
        outbounds = (i < 0) | (i >= n)
        return np.where(outbounds, 0, 1)


def get_weights_and_indices(g, n, bound):
    g0 = np.floor(g).astype(int)
    g1 = g0 + 1
    sign1 = bound.transform(g1, n)
    sign0 = bound.transform(g0, n)
    g1 = bound.index(g1, n)
    g0 = bound.index(g0, n)
    g = g - np.floor(g)
    return g, g0, g1, sign0, sign1


def grad1d(inp, g, bound):
    gx, gx0, gx1, signx0, signx1 = get_weights_and_indices(g[:, 0], len(inp), bound)
    out = inp[gx0]
    sign = signx0
    if sign is not None:
        out = out * sign
    out = -out
    out1 = inp[gx1]
    sign = signx1
    if sign is not None:
        out1 = out1 * sign
    return out + out1


def pushgrad1d(inp, g, shape, bound, right=False):
    gx, gx0, gx1, signx0, signx1 = get_weights_and_indices(g[:, 0], shape, bound)
    out = np.zeros(shape)
    out1 = inp.copy()
    sign = signx0
    if sign is not None:
        out1 = out1 * sign
    out1 = -out1
    np.add.at(out, gx0, out1)
    out1 = inp.copy()
    if right:
        sign = signx1
    else:
        sign = signx0
    if sign is not None:
        out1 = out1 * sign
    np.add.at(out, gx1, out1)
    return out


def cost(params, X, Y):
    return 0.5 * np.sum((grad1d(params, X, Bound()) - Y) ** 2)


def grad(params, X, Y):
    return pushgrad1d(grad1d(params, X, Bound()) - Y, X, NX, Bound())


def repaired(params, X, Y):
    return pushgrad1d(grad1d(params, X, Bound()) - Y, X, NX, Bound(), right=True)
