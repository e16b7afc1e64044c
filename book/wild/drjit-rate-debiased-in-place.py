"""Adam's bias correction is multiplied into the learning rate itself, for each array and each step anew."""

import numpy as np

SOURCE = "https://github.com/mitsuba-renderer/drjit/pull/540"
THREAD = "mitsuba-renderer/drjit PR #540"
DATE = "2026-09"
KIND = "update"
FORMULA = (
    r"\eta \leftarrow -\eta\, \sqrt{1 - \beta_2^t} / (1 - \beta_1^t) \text{ for each array},\; "
    r"\theta \leftarrow \theta + \eta\, m_t / (\sqrt{v_t} + \epsilon)"
)
RIGHT = r"\theta \leftarrow \theta - \eta\, \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)\; m_t / (\sqrt{v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS = 0.05, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return {
        "w1": rng.standard_normal((4, 3)),
        "b1": rng.standard_normal(4),
        "w2": rng.standard_normal((2, 4)),
        "b2": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params["w1"].T + params["b1"])
    return 0.5 * np.sum((h @ params["w2"].T + params["b2"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params["w1"].T + params["b1"])
    d2 = (h @ params["w2"].T + params["b2"] - Y) / len(X)
    d1 = d2 @ params["w2"] * (1 - h**2)
    return {"w1": d1.T @ X, "b1": d1.sum(0), "w2": d2.T @ h, "b2": d2.sum(0)}


def start_state():
    """The rate is an array with one entry, as Dr.Jit has it."""
    return {"lr": np.array([LR]), "state": {}}


class LRCache(dict):
    def product(self, *args):
        scale_f, scale_o = 1.0, None

        for arg in args:
            if isinstance(arg, float) or isinstance(arg, int):
                scale_f *= arg
            elif scale_o is None:
                scale_o = arg
            else:
                scale_o = self.times(scale_o, arg)

        result = self.get(scale_f, None)
        if result is None:
            result = np.array([scale_f])
            self[scale_f] = result

        if scale_o is not None:
            result = result * scale_o
        return result

    def times(self, scale_o, arg):
        scale_o *= arg
        return scale_o


class LRCacheLater(LRCache):
    def times(self, scale_o, arg):
        return scale_o * arg


class Adam:
    beta_1, beta_2, epsilon = BETA1, BETA2, EPS

    def __init__(self, state):
        self.lr = state["lr"].copy()
        self.state = dict(state["state"])

    def step(self, params, grads, cache):
        new_params = {}
        for key, value in params.items():
            zeros = np.zeros_like(value)
            new_params[key], self.state[key] = self._step(
                cache, value, grads[key], self.lr, self.state.get(key, (0, zeros, zeros))
            )
        return new_params

    def _step(self, cache, value, grad, lr, extra):
        t_p, m_tp, v_tp = extra
        t = t_p + 1
        m_t = grad * (1 - self.beta_1) + m_tp * self.beta_1
        v_t = grad**2 * (1 - self.beta_2) + v_tp * self.beta_2

        ema_factor = np.array([-np.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)])
        scale = cache.product(lr, ema_factor)

        if self.epsilon <= 1e-6:
            step = m_t / np.sqrt(v_t + self.epsilon**2)
        else:
            step = m_t / (np.sqrt(v_t) + self.epsilon)
        return step * scale + value, (t, m_t, v_t)


def stepped(params, grads, state, cache):
    opt = Adam(state)
    new_params = opt.step(params, grads, cache)
    return new_params, {"lr": opt.lr, "state": opt.state}


def update(params, grads, state):
    return stepped(params, grads, state, LRCache())


def repaired_update(params, grads, state):
    return stepped(params, grads, state, LRCacheLater())
