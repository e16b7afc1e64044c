"""A hard sigmoid has the slope one, and not none, where it is zero or one."""

import numpy as np

SOURCE = "https://github.com/FluxML/NNlib.jl/commit/689c826"
THREAD = "FluxML/NNlib.jl 689c826"
DATE = "2026-06"
KIND = "gradient"
FORMULA = r"f'(z) = \tfrac16 \text{ for } 0 < f(z) < 1, \text{ else } 1,\; f(z) = \min(1, \max(0, (z + 3) / 6))"
RIGHT = r"f'(z) = \tfrac16 \text{ for } 0 < f(z) < 1, \text{ else } 0"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = []
INPUTS, UNITS = 3, 4
NET = None  # units with gates
BLOCKS = ["gate[1]", "gate bias[1]", "unit[1]", "unit bias[1]", "W[2]"]
SAMPLES = 9
LAM = 0.0


def hard_sigmoid(x):
    return np.where(x.real < -3, 0, np.where(x.real > 3, 1, (x + 3) / 6))


# A function, and its slope as a function of what goes in and what comes out.
UNARY_ACTS = {
    "hardsigmoid": (hard_sigmoid, lambda x, y: np.where((y > 0) & (y < 1), 1 / 6, 0)),
    "tanh": (np.tanh, lambda x, y: 1 - y**2),
}
AS_PUBLISHED = UNARY_ACTS | {"hardsigmoid": (hard_sigmoid, lambda x, y: np.where((y > 0) & (y < 1), 1 / 6, 1))}


def rrule(acts, name, x):
    """The value, and how a gradient gets through."""
    f, slope = acts[name]
    y = f(x)
    return y, lambda dy: dy * slope(x, y)


def start(rng):
    return [
        4 * rng.standard_normal((INPUTS, UNITS)),
        rng.standard_normal(UNITS),
        rng.standard_normal((INPUTS, UNITS)),
        rng.standard_normal(UNITS),
        rng.standard_normal((UNITS, 2)),
    ]


def data(rng):
    return rng.standard_normal((SAMPLES, INPUTS)), rng.standard_normal((SAMPLES, 2))


def forward(params, X, acts):
    G, g, U, u, W = params
    gate, pull_gate = rrule(acts, "hardsigmoid", X @ G + g)
    unit, pull_unit = rrule(acts, "tanh", X @ U + u)
    return gate, unit, pull_gate, pull_unit, (gate * unit) @ W


def cost(params, X, Y):
    return np.mean((forward(params, X, UNARY_ACTS)[-1] - Y) ** 2)


def pullback(params, X, Y, acts):
    gate, unit, pull_gate, pull_unit, out = forward(params, X, acts)
    d_out = 2 * (out - Y) / Y.size
    d_product = d_out @ params[-1].T
    d_gate, d_unit = pull_gate(d_product * unit), pull_unit(d_product * gate)
    return [X.T @ d_gate, d_gate.sum(0), X.T @ d_unit, d_unit.sum(0), (gate * unit).T @ d_out]


def grad(params, X, Y):
    return pullback(params, X, Y, AS_PUBLISHED)


def repaired(params, X, Y):
    return pullback(params, X, Y, UNARY_ACTS)
