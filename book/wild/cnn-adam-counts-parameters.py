"""A static counter of Adam is raised in the loop over the parameters, and its powers correct the means."""

import numpy as np

SOURCE = "https://github.com/clab/dynet/issues/77"
THREAD = "clab/dynet #77"
DATE = "2016-09"
KIND = "update"
FORMULA = (
    r"\hat m^{(k)} = m^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; \hat v^{(k)} = v^{(k)} / (1 - \beta_2^{K (t - 1) + k})"
)
RIGHT = r"\hat m^{(k)} = m^{(k)} / (1 - \beta_1^t),\; \hat v^{(k)} = v^{(k)} / (1 - \beta_2^t),\; k = 1 \ldots K"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


ETA, BETA_1, BETA_2, EPS = 0.03, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ETA, beta1=BETA_1, beta2=BETA_2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"t": 0, "m": [], "v": []}


class Parameters:
    def __init__(self, values, g):
        self.values, self.g = values.copy(), g.copy()

    def clear(self):
        self.g[...] = 0


class AdamTrainer:
    eta, beta_1, beta_2, eps = ETA, BETA_1, BETA_2, EPS
    clip_threshold = 5.0
    t = 0  # static in the function

    def __init__(self, model):
        self.model = model
        self.clipping_enabled = False
        self.shadow_params_allocated = False

    def allocate_shadow_parameters(self):
        return [np.zeros_like(p.values) for p in self.model]

    def clip_gradients(self):
        gscale = 1
        if self.clipping_enabled:
            gg = np.sqrt(sum(np.sum(p.g**2) for p in self.model))
            if gg > self.clip_threshold:
                gscale = self.clip_threshold / gg
        return gscale

    def update(self, scale=1.0, once=False):
        if not self.shadow_params_allocated:
            self.m = self.allocate_shadow_parameters()
            self.v = self.allocate_shadow_parameters()
            self.shadow_params_allocated = True

        gscale = self.clip_gradients()
        pi = 0
        if once:  # per update round
            self.t += 1
        for p in self.model:
            if not once:
                self.t += 1
            g_t = (scale * gscale) * p.g
            m_t = self.m[pi]
            v_t = self.v[pi]
            m_t[...] = self.beta_1 * m_t + (1 - self.beta_1) * g_t
            g2 = g_t * g_t
            v_t[...] = self.beta_2 * v_t + (1 - self.beta_2) * g2
            s1 = 1 - self.beta_1**self.t
            s2 = 1 - self.beta_2**self.t
            mhat = m_t / s1
            vhat = v_t / s2
            delta = (-self.eta * mhat) / (np.sqrt(vhat) + self.eps)
            p.values += delta
            p.clear()
            pi += 1


def trained(params, grads, state, once):
    trainer = AdamTrainer([Parameters(values, g) for values, g in zip(params, grads)])
    trainer.t = state["t"]
    if state["m"]:
        trainer.m, trainer.v = [m.copy() for m in state["m"]], [v.copy() for v in state["v"]]
        trainer.shadow_params_allocated = True
    trainer.update(once=once)
    return [p.values for p in trainer.model], {"t": trainer.t, "m": trainer.m, "v": trainer.v}


def update(params, grads, state):
    return trained(params, grads, state, once=False)


def repaired_update(params, grads, state):
    return trained(params, grads, state, once=True)
