"""Adam reads its first moment where the second one should be read, so that the mean of squares grows from the mean."""

import numpy as np

SOURCE = "https://github.com/ShigekiKarita/grain/pull/15"
THREAD = "ShigekiKarita/grain #15, 431520f"
DATE = "2021-05"
KIND = "update"
FORMULA = (
    r"v_t = \beta_2 m_{t-1} + (1 - \beta_2) g_t^2,\; m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; "
    r"\theta \leftarrow \theta - \eta\, m_t / \sqrt{v_t + \epsilon}"
)
RIGHT = (
    r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2,\; m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t,\; "
    r"\theta \leftarrow \theta - \eta\, m_t / \sqrt{v_t + \epsilon}"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="relu", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, EPS = 1e-3, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=0.9, beta2=0.999, eps=EPS)


def start(rng):
    return {
        ".fc1.weight": rng.standard_normal((3, 4)),
        ".fc1.bias": rng.standard_normal(4),
        ".fc2.weight": rng.standard_normal((4, 2)),
        ".fc2.bias": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def relu(z):
    return np.where(z.real > 0, z, 0)


def cost(params, X, Y):
    h = relu(X @ params[".fc1.weight"] + params[".fc1.bias"])
    return 0.5 * np.sum((h @ params[".fc2.weight"] + params[".fc2.bias"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = relu(X @ params[".fc1.weight"] + params[".fc1.bias"])
    d2 = (h @ params[".fc2.weight"] + params[".fc2.bias"] - Y) / len(X)
    d1 = d2 @ params[".fc2.weight"].T * (h > 0)
    return {".fc1.weight": X.T @ d1, ".fc1.bias": d1.sum(0), ".fc2.weight": h.T @ d2, ".fc2.bias": d2.sum(0)}


def start_state():
    return {"moment1": {}, "moment2": {}}


class Adam:
    """Neither this nor the repaired one corrects its moments for their start at zero."""

    lr = 1.0
    beta1 = 0.9
    beta2 = 0.999
    eps = 1e-8

    def __init__(self, target, lr, eps, state, right):
        self.target = {name: field.copy() for name, field in target.items()}
        self.lr = lr
        self.eps = eps
        self.moment1 = dict(state["moment1"])
        self.moment2 = dict(state["moment2"])
        self.right = right
        for name, field in self.target.items():
            self.init_states(name, field)

    def init_states(self, name, field):
        if name not in self.moment1:
            self.moment1[name] = np.zeros_like(field)
        if name not in self.moment2:
            self.moment2[name] = np.zeros_like(field)

    def step(self, name, field, g):
        m1 = self.moment1[name]
        m2 = self.moment2[name] if self.right else self.moment1[name]
        next_m1 = (1.0 - self.beta1) * (g - m1) + m1
        next_m2 = (1.0 - self.beta2) * (g * g - m2) + m2
        with np.errstate(invalid="ignore"):
            diff = next_m1 / (next_m2 + self.eps) ** 0.5
        self.moment1[name] = next_m1
        self.moment2[name] = next_m2
        field += -self.lr * diff

    def update(self, grads):
        for name, field in self.target.items():
            self.step(name, field, grads[name])


def stepped(params, grads, state, right):
    optim = Adam(params, LR, EPS, state, right)
    optim.update(grads)
    return optim.target, {"moment1": optim.moment1, "moment2": optim.moment2}


def update(params, grads, state):
    return stepped(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return stepped(params, grads, state, right=True)
