"""An Adam increments its weights by the quotient, and then adds the corrected mean undivided as well."""

import numpy as np

SOURCE = "https://github.com/gorgonia/gorgonia/commit/d40b6ff9"
THREAD = "gorgonia/gorgonia d40b6ff9, PR #494, #120"
DATE = "2021-07"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) - \eta\, \hat m_t"
RIGHT = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

ETA, EPS, BETA1, BETA2 = 0.02, 1e-8, 0.9, 0.999
SETTINGS = dict(like="adam", lr=ETA, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 2 * rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    w0, b0, w1, b1 = params
    h = np.tanh(X @ w0 + b0)
    return h, h @ w1 + b1


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, out = forward(params, X)
    d1 = (out - Y) / len(X)
    d0 = d1 @ params[2].T * (1 - h**2)
    return [X.T @ d0, d0.sum(0), h.T @ d1, d1.sum(0)]


def start_state():
    return {"iter": 0, "cache": [None] * 4}


def mul(a, b, incr=None):
    """tensor.Mul: into a (UseUnsafe), or added to incr (WithIncr)."""
    if incr is None:
        a *= b
    else:
        incr += a * b


def div(a, b, incr=None):
    if incr is None:
        a /= b
    else:
        incr += a / b


class AdamSolver:
    eta, eps, beta1, beta2 = ETA, EPS, BETA1, BETA2

    def __init__(self, state):
        self.iter = state["iter"]
        self.cache = list(state["cache"])

    def step(self, model):
        self.iter += 1
        correction1 = 1 - self.beta1**self.iter
        correction2 = 1 - self.beta2**self.iter

        for i, (w, g) in enumerate(model):
            if self.cache[i] is None:
                self.cache[i] = (np.zeros_like(w), np.zeros_like(w))

            m, v = self.cache[i]  # means of gradients, variances of gradients

            omBeta1 = 1 - self.beta1
            omBeta2 = 1 - self.beta2
            eta = -self.eta
            correctionV1 = 1 / correction1
            correctionV2 = 1 / correction2

            # the formula is
            # 		(β_1 * m_t-1) + (1 - β_1)g_t ..................	1
            # 		(β_2 * v_t-1) + (1 - β_2)*(g_t)² .............	2

            # equation(1)
            t1 = g.copy()
            mul(t1, omBeta1)

            # equation(2)
            mul(g, g)
            mul(g, omBeta2)

            # equation (1)
            mul(m, self.beta1, incr=t1)

            # equation (2)
            mul(v, self.beta2, incr=g)

            self.cache[i] = (t1, g.copy())

            # now deal with the hats
            mHats = t1.copy()
            vHats = g.copy()

            mul(mHats, correctionV1)
            mul(vHats, correctionV2)

            # update := -eta * mHat / (sqrt(vHat) + epsilon)
            np.sqrt(vHats, out=vHats)
            vHats += self.eps

            mul(mHats, eta)

            self.last(w, mHats, vHats)

            g[:] = 0

    def last(self, w, mHats, vHats):
        div(mHats, vHats, incr=w)

        w += mHats


class AdamSolverMended(AdamSolver):
    def last(self, w, mHats, vHats):
        div(mHats, vHats)

        w += mHats


def stepped(solver, params, grads):
    model = [(p.copy(), g.copy()) for p, g in zip(params, grads)]
    solver.step(model)
    return [w for w, g in model], {"iter": solver.iter, "cache": solver.cache}


def update(params, grads, state):
    return stepped(AdamSolver(state), params, grads)


def repaired_update(params, grads, state):
    return stepped(AdamSolverMended(state), params, grads)
