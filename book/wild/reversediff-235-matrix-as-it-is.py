"""The rule of a transposed vector times a matrix hands the gradient down through the matrix as it is."""

import numpy as np

SOURCE = "https://github.com/JuliaDiff/ReverseDiff.jl/issues/235"
THREAD = "JuliaDiff/ReverseDiff.jl #235"
DATE = "2023-07"
KIND = "gradient"
FORMULA = r"\delta^1 = (\delta^{2 \top} B)^\top \odot f'(z^1),\; a^{2 \top} = a^{1 \top} B"
RIGHT = r"\delta^1 = (\delta^{2 \top} B^\top)^\top \odot f'(z^1)"
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = [{"missing-transpose"}]
SIZES = (3, 4, 4)
NET = dict(sizes=SIZES, hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


def start(rng):
    return {
        "A": rng.standard_normal((4, 3)),
        "a": rng.standard_normal(4),
        "B": rng.standard_normal((4, 4)),
        "b": rng.standard_normal(4),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, SIZES[0])), rng.standard_normal((SAMPLES, SIZES[-1]))


class Tracked:
    def __init__(self, value):
        self.value = value
        self.deriv = np.zeros_like(value)


def adjoint_mul(y, B):
    """A row: a vector, turned, times a matrix."""
    return y.value[None, :] @ B.value


def reverse_mul(output_deriv, y, B):
    y.deriv += (output_deriv @ B.value).T[:, 0]
    B.deriv += y.value[:, None] @ output_deriv


def repaired_reverse_mul(output_deriv, y, B):
    y.deriv += (output_deriv @ B.value.T).T[:, 0]
    B.deriv += y.value[:, None] @ output_deriv


def cost(params, X, Y):
    total = 0.0
    for x, target in zip(X, Y):
        hidden = np.tanh(params["A"] @ x + params["a"])
        total += 0.5 * np.sum((adjoint_mul(Tracked(hidden), Tracked(params["B"]))[0] + params["b"] - target) ** 2)
    return total / len(X)


def backward(params, X, Y, rule):
    found = {name: np.zeros_like(value) for name, value in params.items()}
    for x, target in zip(X, Y):
        hidden, B = Tracked(np.tanh(params["A"] @ x + params["a"])), Tracked(params["B"])
        output_deriv = (adjoint_mul(hidden, B) + params["b"] - target) / len(X)
        rule(output_deriv, hidden, B)
        delta = hidden.deriv * (1 - hidden.value**2)
        for name, g in zip(found, (np.outer(delta, x), delta, B.deriv, output_deriv[0])):
            found[name] += g
    return found


def grad(params, X, Y):
    return backward(params, X, Y, reverse_mul)


def repaired(params, X, Y):
    return backward(params, X, Y, repaired_reverse_mul)
