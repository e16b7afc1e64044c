"""Of AdamW's step the schedule's factor multiplies the weight decay alone, and not the part of the moments."""

import numpy as np

SOURCE = "https://github.com/OverLordGoldDragon/keras-adamw/commit/8594317"
THREAD = "OverLordGoldDragon/keras-adamw 8594317"
DATE = "2020-06"
KIND = "update"
FORMULA = (
    r"\theta \leftarrow \theta - \alpha\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) - \eta_t \lambda \theta,\; "
    r"\eta_t = \tfrac12 (1 + \cos(\pi t / (T - 1)))"
)
RIGHT = (
    r"\theta \leftarrow \theta - \eta_t \bigl(\alpha\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) + \lambda \theta\bigr)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="relu", output="sigmoid", loss="binary_cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETA_1, BETA_2, EPSILON = 0.01, 0.9, 0.999, 1e-7
BATCH_SIZE, TOTAL_ITERATIONS, L2 = 6, 24, 2e-4
# Here the decay is not multiplied by the rate, but by the root of the batch's share: L2 / 2 = 0.01 LR.
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA_1, beta2=BETA_2, eps=EPSILON, weight_decay=0.01)


def start(rng):
    return {
        "dense/kernel:0": rng.standard_normal((3, 4)),
        "dense/bias:0": rng.standard_normal(4),
        "dense_1/kernel:0": rng.standard_normal((4, 2)),
        "dense_1/bias:0": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.integers(0, 2, (SAMPLES, 2)).astype(float)


def forward(params, X):
    z = X @ params["dense/kernel:0"] + params["dense/bias:0"]
    h = np.where(z.real > 0, z, 0)
    return h, 1 / (1 + np.exp(-(h @ params["dense_1/kernel:0"] + params["dense_1/bias:0"])))


def cost(params, X, Y):
    p = forward(params, X)[1]
    return -np.sum(Y * np.log(p) + (1 - Y) * np.log(1 - p)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params["dense_1/kernel:0"].T * (h > 0)
    return dict(zip(params, [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]))


def start_state():
    return {"iterations": 0, "t_cur": 0, "eta_t": 1.0, "m": {}, "v": {}}


def _apply_weight_decays(self, name, var, var_t):
    l2 = self.weight_decays[name]
    norm = np.sqrt(self.batch_size / self.total_iterations_wd)
    l2_normalized = l2 * norm
    decay = l2_normalized * var
    return var_t - self.eta_t * decay


def _compute_eta_t(self):
    t_frac = self.t_cur / (self.total_iterations - 1)
    return self.eta_min + 0.5 * (self.eta_max - self.eta_min) * (1 + np.cos(np.pi * t_frac))


class AdamW:
    eta_min, eta_max = 0.0, 1.0
    lr, beta_1, beta_2, epsilon = LR, BETA_1, BETA_2, EPSILON
    batch_size, total_iterations, total_iterations_wd = BATCH_SIZE, TOTAL_ITERATIONS, TOTAL_ITERATIONS

    def __init__(self, names, state, right):
        self.weight_decays = dict.fromkeys(names, L2)
        self.iterations, self.t_cur, self.eta_t = state["iterations"], state["t_cur"], state["eta_t"]
        self.m, self.v = dict(state["m"]), dict(state["v"])
        self.right = right

    def get_updates(self, grads, params):
        t = self.iterations + 1
        lr_t = self.lr * (np.sqrt(1.0 - self.beta_2**t) / (1.0 - self.beta_1**t))
        new = {}
        for name, p in params.items():
            g, m, v = grads[name], self.m.get(name, 0.0), self.v.get(name, 0.0)
            m_t = (self.beta_1 * m) + (1.0 - self.beta_1) * g
            v_t = (self.beta_2 * v) + (1.0 - self.beta_2) * np.square(g)
            if self.right:
                p_t = p - self.eta_t * lr_t * m_t / (np.sqrt(v_t) + self.epsilon)
            else:
                p_t = p - lr_t * m_t / (np.sqrt(v_t) + self.epsilon)
            self.m[name], self.v[name] = m_t, v_t
            if name in self.weight_decays:
                p_t = _apply_weight_decays(self, name, p, p_t)
            new[name] = p_t
        self.iterations += 1
        self.t_cur += 1
        self.eta_t = _compute_eta_t(self)
        return new


def stepped(params, grads, state, right):
    optimizer = AdamW(list(params), state, right)
    new = optimizer.get_updates(grads, params)
    names = ("iterations", "t_cur", "eta_t", "m", "v")
    return new, {name: getattr(optimizer, name) for name in names}


def update(params, grads, state):
    return stepped(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return stepped(params, grads, state, right=True)
