"""The powers of Adam's two decay rates begin with zero and stay there, so that no mean is corrected."""

import numpy as np

SOURCE = "https://github.com/CompPhysVienna/n2p2/commit/60c10f2"
THREAD = "CompPhysVienna/n2p2 60c10f2"
DATE = "2019-02"
KIND = "update"
FORMULA = (
    r"\hat m_t = m_t / (1 - b_t),\; b_{t+1} = \beta_1 b_t,\; b_1 = 0,\; "
    r"\hat v_t = v_t / (1 - c_t),\; c_{t+1} = \beta_2 c_t,\; c_1 = 0"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"no-bias-correction"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


ETA, BETA1, BETA2, EPSILON = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=ETA, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    return {
        "fc1.weight": rng.standard_normal((4, 3)),
        "fc1.bias": rng.standard_normal(4),
        "fc2.weight": rng.standard_normal((2, 4)),
        "fc2.bias": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params["fc1.weight"].T + params["fc1.bias"])
    return 0.5 * np.sum((h @ params["fc2.weight"].T + params["fc2.bias"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params["fc1.weight"].T + params["fc1.bias"])
    d2 = (h @ params["fc2.weight"].T + params["fc2.bias"] - Y) / len(X)
    d1 = d2 @ params["fc2.weight"] * (1 - h**2)
    return {"fc1.weight": d1.T @ X, "fc1.bias": d1.sum(0), "fc2.weight": d2.T @ h, "fc2.bias": d2.sum(0)}


SIZE = sum(p.size for p in start(np.random.default_rng(0)).values())


def start_state():
    return {"updater": None}


class GradientDescent:
    def __init__(self, type, size_state):
        self.eta = self.beta1 = self.beta2 = self.epsilon = 0.0
        self.beta1t = self.beta2t = 0.0
        self.state = self.error = self.derivatives = None
        self.type = type
        self.size_state = size_state
        if type == "DT_ADAM":
            self.m = np.zeros(size_state)
            self.v = np.zeros(size_state)

    def copy(self):
        other = type(self)(self.type, self.size_state)
        other.__dict__.update(self.__dict__)
        other.m, other.v = self.m.copy(), self.v.copy()
        return other

    def set_parameters_adam(self, eta, beta1, beta2, epsilon):
        self.eta = eta
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon

    def step(self, i):
        self.m[i] /= 1.0 - self.beta1t
        self.v[i] /= 1.0 - self.beta2t
        self.state[i] -= self.eta * self.m[i] / (np.sqrt(self.v[i]) + self.epsilon)

    def update(self):
        if self.type == "DT_FIXED":
            for i in range(self.size_state):
                self.state[i] -= self.eta * self.error * -self.derivatives[i]
        elif self.type == "DT_ADAM":
            for i in range(self.size_state):
                g = self.error * -self.derivatives[i]
                self.m[i] = self.beta1 * self.m[i] + (1.0 - self.beta1) * g
                self.v[i] = self.beta2 * self.v[i] + (1.0 - self.beta2) * g * g
                self.step(i)

            # Update betas.
            self.beta1t *= self.beta1
            self.beta2t *= self.beta2


class GradientDescentFixed(GradientDescent):
    """The powers are set as of 60c10f2; the means are no longer divided in place as of fd64f57."""

    def set_parameters_adam(self, eta, beta1, beta2, epsilon):
        super().set_parameters_adam(eta, beta1, beta2, epsilon)
        self.beta1t = beta1
        self.beta2t = beta2

    def step(self, i):
        mhat = self.m[i] / (1.0 - self.beta1t)
        vhat = self.v[i] / (1.0 - self.beta2t)
        self.state[i] -= self.eta * mhat / (np.sqrt(vhat) + self.epsilon)


def trained(kind, params, grads, state):
    if state["updater"] is None:
        updater = kind("DT_ADAM", SIZE)
        updater.set_parameters_adam(ETA, BETA1, BETA2, EPSILON)
    else:
        updater = state["updater"].copy()
    updater.state = np.concatenate([p.ravel() for p in params.values()])
    updater.error = 1.0
    updater.derivatives = -np.concatenate([g.ravel() for g in grads.values()])
    updater.update()
    new, at = {}, 0
    for name, p in params.items():
        new[name] = updater.state[at : at + p.size].reshape(p.shape)
        at += p.size
    return new, {"updater": updater}


def update(params, grads, state):
    return trained(GradientDescent, params, grads, state)


def repaired_update(params, grads, state):
    return trained(GradientDescentFixed, params, grads, state)
