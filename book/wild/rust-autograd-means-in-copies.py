"""The new means of Adam are copies that nobody writes back, so that each step starts from zeros while t goes on."""

import numpy as np

SOURCE = "https://github.com/raskr/rust-autograd/issues/16"
THREAD = "raskr/rust-autograd #16, a32bef1"
DATE = "2019-06"
KIND = "update"
FORMULA = (
    r"m_t = (1 - \beta_1) g_t,\; v_t = (1 - \beta_2) g_t^2,\; "
    r"\theta \leftarrow \theta - \alpha \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2,\; "
    r"\theta \leftarrow \theta - \alpha \frac{m_t / (1 - \beta_1^t)}{\sqrt{v_t / (1 - \beta_2^t)} + \epsilon}"
)
READ = "code"
LAYER = []
NAMES = [{"means-not-kept"}]
NET = dict(sizes=(3, 4, 2), hidden="relu", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


ALPHA, B1, B2, EPS = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ALPHA, beta1=B1, beta2=B2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.where(z.real > 0, z, 0)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (h > 0)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"t": [1.0] * 4, "m": [0.0] * 4, "v": [0.0] * 4}


class AdamOp:
    alpha, eps, b1, b2 = ALPHA, EPS, B1, B2

    def compute(self, ctx):
        alpha, eps, b1, b2 = self.alpha, self.eps, self.b1, self.b2
        xs = ctx.grab_assignable_inputs()

        # Make new m
        new_m = xs[2] * b1
        tmp = 1 - b1
        new_m += tmp * xs[1]

        # Make new v
        new_v = xs[3] * b2
        tmp = 1 - b2
        new_v += tmp * xs[1] * xs[1]

        # Make hat
        t = xs[4][()]
        rhs = 1 / (1 - b2**t)
        v_hat = new_v * rhs
        rhs = 1 / (1 - b1**t)
        m_hat = new_m * rhs
        m_hat /= np.sqrt(v_hat) + eps

        # Update t and param
        xs[4][()] += 1
        xs[0] += -alpha * m_hat
        return xs, new_m, new_v


class AdamOpFixed(AdamOp):
    """The new means must be set to xs[2] and xs[3], as the author replies."""

    def compute(self, ctx):
        xs, new_m, new_v = super().compute(ctx)
        xs[2][...] = new_m
        xs[3][...] = new_v


class OpComputeContext:
    """The variable, its gradient, and the stateful variables m, v and t."""

    def __init__(self, *xs):
        self.xs = [np.array(x) for x in xs]

    def grab_assignable_inputs(self):
        return self.xs


def run(op, params, grads, state):
    variables, kept = [], {"t": [], "m": [], "v": []}
    for x, g, m, v, t in zip(params, grads, state["m"], state["v"], state["t"]):
        ctx = OpComputeContext(x, g, np.zeros_like(x) + m, np.zeros_like(x) + v, t)
        op.compute(ctx)
        variables.append(ctx.xs[0])
        for name, array in zip(("m", "v", "t"), ctx.xs[2:]):
            kept[name].append(array)
    return variables, kept


def update(params, grads, state):
    return run(AdamOp(), params, grads, state)


def repaired_update(params, grads, state):
    return run(AdamOpFixed(), params, grads, state)
