"""The learner writes the bias-corrected rate of Adam back into the shared rate, from which the next one is made."""

import numpy as np

SOURCE = "https://github.com/steveKapturowski/tensorflow-rl/issues/20"
THREAD = "steveKapturowski/tensorflow-rl #20, 728f510"
DATE = "2017-08"
KIND = "update"
FORMULA = (
    r"\eta_t = \eta_{t-1} \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t},\; "
    r"\theta \leftarrow \theta - \eta_t\, m_t / (\sqrt{v_t} + \epsilon)"
)
RIGHT = (
    r"\eta_t = \eta_0 \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t},\; "
    r"\theta \leftarrow \theta - \eta_t\, m_t / (\sqrt{v_t} + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, B1, B2, E = 0.05, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=B1, beta2=B2, eps=E)


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


SIZE = sum(p.size for p in start(np.random.default_rng(0)))


def start_state():
    return {"lr": LR, "ms": np.zeros(SIZE), "vs": np.zeros(SIZE), "step": 0}


def apply_grads_adam(m, v, g, p, p_size, lr, beta_1, beta_2, e):
    for i in range(p_size):
        m[i] = beta_1 * m[i] + (1 - beta_1) * g[i]
        v[i] = beta_2 * v[i] + (1 - beta_2) * g[i] ** 2
        p[i] -= lr * m[i] / (v[i] ** 0.5 + e)


class SharedVars:
    def __init__(self, params, step):
        self.vars = np.concatenate([p.reshape(-1) for p in params])
        self.size = self.vars.size
        self.step = step


class OptState:
    def __init__(self, state):
        self.lr, self.ms, self.vs = state["lr"], state["ms"].copy(), state["vs"].copy()


class ActorLearner:
    optimizer_type, optimizer_mode = "adam", "shared"
    b1, b2, e = B1, B2, E

    def __init__(self, opt_st):
        self.opt_st = opt_st

    def adam_lr(self, opt_st, T):
        opt_st.lr = 1.0 * opt_st.lr * (1 - self.b2**T) ** 0.5 / (1 - self.b1**T)
        return opt_st.lr

    def apply_gradients_to_shared_memory_vars(self, grads, shared_vars):
        opt_st = self.opt_st
        self.flat_grads = np.empty(shared_vars.size)

        # Flatten grads
        offset = 0
        for g in grads:
            self.flat_grads[offset : offset + g.size] = g.reshape(-1)
            offset += g.size
        g = self.flat_grads

        shared_vars.step += 1
        T = shared_vars.step

        if self.optimizer_type == "adam" and self.optimizer_mode == "shared":
            p = shared_vars.vars
            p_size = shared_vars.size
            m = opt_st.ms
            v = opt_st.vs
            lr = self.adam_lr(opt_st, T)

            apply_grads_adam(m, v, g, p, p_size, lr, self.b1, self.b2, self.e)


class ActorLearnerFixed(ActorLearner):
    def adam_lr(self, opt_st, T):
        return 1.0 * opt_st.lr * (1 - self.b2**T) ** 0.5 / (1 - self.b1**T)


def learned(learner, params, grads, state):
    shared_vars, opt_st = SharedVars(params, state["step"]), OptState(state)
    learner(opt_st).apply_gradients_to_shared_memory_vars(grads, shared_vars)
    new, offset = [], 0
    for p in params:
        new.append(shared_vars.vars[offset : offset + p.size].reshape(p.shape))
        offset += p.size
    return new, {"lr": opt_st.lr, "ms": opt_st.ms, "vs": opt_st.vs, "step": shared_vars.step}


def update(params, grads, state):
    return learned(ActorLearner, params, grads, state)


def repaired_update(params, grads, state):
    return learned(ActorLearnerFixed, params, grads, state)
