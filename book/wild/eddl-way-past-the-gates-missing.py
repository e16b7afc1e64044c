"""In a gated recurrent unit nothing goes back along the share of the old state that is kept."""

import numpy as np

SOURCE = "https://github.com/deephealthproject/eddl/commit/408c7ad5"
THREAD = "deephealthproject/eddl 408c7ad5"
DATE = "2021-01"
KIND = "gradient"
FORMULA = r"\bar h_{t-1} = U_z^\top \delta_z + U_r^\top \delta_r + r_t \odot U_h^\top \delta_h"
RIGHT = (
    r"\bar h_{t-1} = (1 - z_t) \odot \bar h_t + U_z^\top \delta_z + U_r^\top \delta_r + r_t \odot U_h^\top \delta_h,\; "
    r"h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde h_t"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
INPUTS, UNITS, STEPS = 2, 3, 3
NET = None  # cells with gates
BLOCKS = [f"{kind}{gate}[1]" for gate in "zrh" for kind in ["Wx", "Wh", "b"]]
SAMPLES = 5
LAM = 0.0


def start(rng):
    params = {}
    for gate in "zrh":
        params[f"W{gate}_x"] = rng.standard_normal((INPUTS, UNITS))
        params[f"W{gate}_hidden"] = rng.standard_normal((UNITS, UNITS))
        params[f"{gate}n_bias"] = rng.standard_normal(UNITS)
    return params


def data(rng):
    """A sequence for each sample, and what the last state should be."""
    return rng.standard_normal((SAMPLES, STEPS, INPUTS)), rng.uniform(-1, 1, (SAMPLES, UNITS))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LGRU:
    """One time step; its parent is the step before."""

    def __init__(self, params, parent=None):
        self.params, self.parent = params, parent

    def forward(self, x):
        p, parent = self.params, self.parent
        self.x = x
        zn = x @ p["Wz_x"]
        if parent:
            zn = zn + parent.state @ p["Wz_hidden"]
        self.zn = sigmoid(zn + p["zn_bias"])
        rn = x @ p["Wr_x"]
        if parent:
            rn = rn + parent.state @ p["Wr_hidden"]
        self.rn = sigmoid(rn + p["rn_bias"])
        hn = x @ p["Wh_x"]
        if parent:
            self.rn_hidden = self.rn * parent.state
            hn = hn + self.rn_hidden @ p["Wh_hidden"]
        self.hn = np.tanh(hn + p["hn_bias"])
        hidden_not_zn = (1 - self.zn) * parent.state if parent else 0.0
        self.state = hidden_not_zn + self.zn * self.hn
        self.delta = np.zeros_like(self.state)
        return self.state

    def backward(self, g):
        p, parent, delta = self.params, self.parent, self.delta
        d_z = delta * self.zn * (1 - self.hn**2)
        g["Wh_x"] += self.x.T @ d_z
        if parent:
            g["Wh_hidden"] += self.rn_hidden.T @ d_z
        g["hn_bias"] += d_z.sum(0)
        daux = np.zeros_like(delta)
        if parent:
            daux += d_z @ p["Wh_hidden"].T
            parent.delta += daux * self.rn
            daux = daux * parent.state
        daux = daux * self.rn * (1 - self.rn)
        g["Wr_x"] += self.x.T @ daux
        if parent:
            g["Wr_hidden"] += parent.state.T @ daux
        g["rn_bias"] += daux.sum(0)
        if parent:
            parent.delta += daux @ p["Wr_hidden"].T
        d_h = delta * self.hn
        d_hidden = self.past_the_gates(delta)
        daux = (d_h - d_hidden) * self.zn * (1 - self.zn)
        g["Wz_x"] += self.x.T @ daux
        if parent:
            g["Wz_hidden"] += parent.state.T @ daux
        g["zn_bias"] += daux.sum(0)
        if parent:
            parent.delta += daux @ p["Wz_hidden"].T

    def past_the_gates(self, delta):
        if self.parent:
            return delta * self.parent.state
        return np.zeros_like(delta)


class LGRULater(LGRU):
    def past_the_gates(self, delta):
        if self.parent:
            self.parent.delta += delta * (1 - self.zn)
            return delta * self.parent.state
        return np.zeros_like(delta)


def unrolled(params, X, kind):
    steps = []
    for t in range(STEPS):
        steps.append(kind(params, steps[-1] if steps else None))
        steps[-1].forward(X[:, t])
    return steps


def cost(params, X, Y):
    return 0.5 * np.sum((unrolled(params, X, LGRU)[-1].state - Y) ** 2) / len(X)


def backward(params, X, Y, kind):
    g = {name: np.zeros_like(p) for name, p in params.items()}
    steps = unrolled(params, X, kind)
    steps[-1].delta += (steps[-1].state - Y) / len(X)
    for step in reversed(steps):
        step.backward(g)
    return g


def grad(params, X, Y):
    return backward(params, X, Y, LGRU)


def repaired(params, X, Y):
    return backward(params, X, Y, LGRULater)
