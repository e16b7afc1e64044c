"""In an example of a rule of one's own the derivative by the second factor of a product has a minus."""

import numpy as np

SOURCE = "https://github.com/jax-ml/jax/pull/3219"
THREAD = "jax-ml/jax #3213, #3219, commit 7c90023"
DATE = "2020-05"
KIND = "gradient"
GROUP = "factor"
FORMULA = r"\partial f / \partial y = -\sin x,\; f = y \sin x"
RIGHT = r"\partial f / \partial y = \sin x,\; f = y \sin x"
READ = "code"
LAYER = [1]
NAMES = [{"sign"}]
NET = None  # a product of a sine with a linear function
BLOCKS = ["w[1]", "v[1]"]
SAMPLES = 7
LAM = 0.0


def start(rng):
    return [rng.standard_normal((3, 2)), rng.standard_normal((3, 2))]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


class custom_vjp:
    def __init__(self, fun):
        self.fun = fun

    def defvjp(self, fwd, bwd):
        self.fwd, self.bwd = fwd, bwd

    def __call__(self, *args):
        return self.fun(*args)


@custom_vjp
def f(x, y):
    return np.sin(x) * y


def f_fwd(x, y):
    return f(x, y), (np.cos(x), np.sin(x), y)


def f_bwd(res, g):
    cos_x, sin_x, y = res
    return (cos_x * g * y, -sin_x * g)


f.defvjp(f_fwd, f_bwd)


@custom_vjp
def f_repaired(x, y):
    return np.sin(x) * y


def f_bwd_repaired(res, g):
    cos_x, sin_x, y = res
    return (cos_x * g * y, sin_x * g)


f_repaired.defvjp(f_fwd, f_bwd_repaired)


def cost(params, X, Y):
    w, v = params
    return 0.5 * np.sum((f(X @ w, X @ v) - Y) ** 2) / len(X)


def gradients(params, X, Y, function):
    w, v = params
    out, res = function.fwd(X @ w, X @ v)
    x_bar, y_bar = function.bwd(res, (out - Y) / len(X))
    return [X.T @ x_bar, X.T @ y_bar]


def grad(params, X, Y):
    return gradients(params, X, Y, f)


def repaired(params, X, Y):
    return gradients(params, X, Y, f_repaired)
