"""A language that differentiates takes the square of the hyperbolic tangent for its slope."""

import numpy as np

SOURCE = "https://github.com/microsoft/knossos-ksc/pull/505"
THREAD = "microsoft/knossos-ksc PR #505"
DATE = "2020-12"
KIND = "gradient"
FORMULA = r"\tanh'(z) = \tanh^2 z"
RIGHT = r"\tanh'(z) = \frac{1}{\cosh^2 z}"
READ = "code"
GROUP = "slope"
LAYER = [1]
NAMES = [{"formula"}]
NET = dict(
    sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared"
)  # the language has no network: a small one
SAMPLES = 6
LAM = 0.0


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def rev_tanh(x, d_dr, right):
    if right:
        cosh_x = np.cosh(x)
        cosh_x_2 = cosh_x * cosh_x
        return d_dr / cosh_x_2
    tanh_x = np.tanh(x)
    tanh_x_2 = tanh_x * tanh_x
    return tanh_x_2 * d_dr


def rev_affine(W, x, b, d_dr):
    return np.outer(d_dr, x), W.T @ d_dr, d_dr


def rev_half_square(x, d_dr):
    return x * d_dr


def forward(params, x):
    W1, b1, W2, b2 = params
    z1 = W1 @ x + b1
    a1 = np.tanh(z1)
    return z1, a1, W2 @ a1 + b2


def cost(params, X, Y):
    return sum(0.5 * np.sum((forward(params, x)[-1] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def gradients(params, X, Y, right):
    W1, b1, W2, b2 = params
    grads = [np.zeros_like(p) for p in params]
    for x, y in zip(X, Y):
        z1, a1, z2 = forward(params, x)
        d_z2 = rev_half_square(z2 - y, 1.0 / len(X))
        d_W2, d_a1, d_b2 = rev_affine(W2, a1, b2, d_z2)
        d_z1 = rev_tanh(z1, d_a1, right)
        d_W1, _, d_b1 = rev_affine(W1, x, b1, d_z1)
        grads = [total + each for total, each in zip(grads, (d_W1, d_b1, d_W2, d_b2))]
    return grads


def grad(params, X, Y):
    return gradients(params, X, Y, right=False)


def repaired(params, X, Y):
    return gradients(params, X, Y, right=True)
