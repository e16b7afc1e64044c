"""The adjoint of a matrix exponential transposes without conjugating and keeps only the real part."""

import numpy as np

SOURCE = "https://github.com/FluxML/Zygote.jl/commit/bac69158b8d0fe182e8a7c15bcb756baee827bdd"
THREAD = "FluxML/Zygote.jl #349, bac69158"
DATE = "2019-10"
KIND = "gradient"
GROUP = "down"
FORMULA = r"\bar A = \operatorname{Re}\bigl(V^{-\top} ((V^\top \bar F V^{-\top}) \circ X) V^\top\bigr)"
RIGHT = r"\bar A = \bigl(V ((V^{-1} \bar F^\ast V) \circ X) V^{-1}\bigr)^\ast"
READ = "code"
LAYER = [1, 2]
NAMES = []
NET = None  # a complex matrix, as its two parts
BLOCKS = ["real[1]", "imag[2]"]
SAMPLES = 5
LAM = 0.0
N = 3


def start(rng):
    """The parts of a matrix."""
    return {"real": 0.6 * rng.standard_normal((N, N)), "imag": 0.6 * rng.standard_normal((N, N))}


def data(rng):
    """Complex vectors and their images, the imaginary parts behind the real ones."""
    return rng.standard_normal((SAMPLES, 2 * N)), rng.standard_normal((SAMPLES, 2 * N))


def exp_series(A):
    """Squares of a short series, of a matrix that is halved so often."""
    A, term, out = A / 32, np.eye(len(A)), np.eye(len(A))
    for k in range(1, 14):
        term = term @ A / k
        out = out + term
    for _ in range(5):
        out = out @ out
    return out


def cost(params, X, Y):
    """The squared distance of the images, all in real numbers of twice the size."""
    re, im = params["real"], params["imag"]
    F = exp_series(np.block([[re, -im], [im, re]]))
    return 0.5 * np.sum((X @ F.T - Y) ** 2)


def divided_differences(w):
    ew, n = np.exp(w), len(w)
    return np.array([[ew[i] if i == j else (ew[i] - ew[j]) / (w[i] - w[j]) for j in range(n)] for i in range(n)])


def exp_adjoint(A, dF):
    w, V = np.linalg.eig(A)
    X = divided_differences(w)
    VT = V.T
    inv = np.linalg.inv(VT)
    return np.real(inv @ ((VT @ dF @ inv) * X) @ VT)


def exp_adjoint_later(A, dF):
    w, V = np.linalg.eig(A)
    X = divided_differences(w)
    inv = np.linalg.inv(V)
    return (V @ ((inv @ dF.conj().T @ V) * X) @ inv).conj().T


def pullback(adjoint, params, X, Y):
    A = params["real"] + 1j * params["imag"]
    w, V = np.linalg.eig(A)
    F = V @ np.diag(np.exp(w)) @ np.linalg.inv(V)
    x, y = X[:, :N] + 1j * X[:, N:], Y[:, :N] + 1j * Y[:, N:]
    residual = x @ F.T - y
    dF = residual.T @ x.conj()
    dA = adjoint(A, dF)
    return {"real": np.real(dA), "imag": np.imag(dA)}


def grad(params, X, Y):
    return pullback(exp_adjoint, params, X, Y)


def repaired(params, X, Y):
    return pullback(exp_adjoint_later, params, X, Y)
