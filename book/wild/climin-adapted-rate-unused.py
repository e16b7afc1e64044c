"""RMSprop adapts a rate for each parameter, and steps with the rate that it was given."""

import numpy as np

SOURCE = "https://github.com/BRML/climin/commit/3f0288a"
THREAD = "BRML/climin 3f0288a"
DATE = "2013-07"
KIND = "update"
FORMULA = r"\Delta\theta = \alpha_0\, g / \sqrt{r + 10^{-8}},\; \alpha \leftarrow \alpha\,(1 \pm a)"
RIGHT = r"\Delta\theta = \alpha\, g / \sqrt{r + 10^{-8}},\; \alpha \leftarrow \alpha\,(1 \pm a)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


STEPRATE, DECAY, STEP_ADAPT = 0.01, 0.9, 0.05
SETTINGS = dict(like="rmsprop", lr=STEPRATE, beta2=DECAY, eps=1e-8)


def start(rng):
    """One vector of all parameters: W1, b1, W2, b2."""
    return rng.standard_normal(3 * 4 + 4 + 4 * 2 + 2)


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def views(wrt):
    return wrt[:12].reshape(3, 4), wrt[12:16], wrt[16:24].reshape(4, 2), wrt[24:]


def cost(wrt, X, Y):
    W1, b1, W2, b2 = views(wrt)
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(wrt, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = views(wrt)
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return np.concatenate([(X.T @ d1).ravel(), d1.sum(0), (h.T @ d2).ravel(), d2.sum(0)])


def start_state():
    return {"moving_mean_squared": 1, "step_m1": 0, "step_rate": None}


class RmsProp:
    """Without the momentum, whose default is zero."""

    def __init__(self, wrt, state, steprate, decay=0.9, step_adapt=False, step_rate_min=0, step_rate_max=np.inf):
        self.wrt = wrt.copy()
        self.steprate, self.decay, self.step_adapt = steprate, decay, step_adapt
        self.step_rate_min, self.step_rate_max = step_rate_min, step_rate_max
        self.moving_mean_squared, self.step_m1 = state["moving_mean_squared"], state["step_m1"]
        self.step_rate = state["step_rate"]
        if self.step_rate is None:
            self.step_rate = self.steprate
            if self.step_adapt:
                self.step_rate = self.step_rate * np.ones_like(wrt)

    def rate(self):
        return self.steprate

    def iterate(self, gradient):
        self.moving_mean_squared = self.decay * self.moving_mean_squared + (1 - self.decay) * gradient**2
        step = self.rate() * gradient
        step = step / np.sqrt(self.moving_mean_squared + 1e-8)
        self.wrt -= step

        if self.step_adapt:
            step_non_negative = step > 0
            step_m1_non_negative = self.step_m1 > 0
            agree = (step_non_negative == step_m1_non_negative) * 1.0
            adapt = 1 + agree * self.step_adapt * 2 - self.step_adapt
            self.step_rate = self.step_rate * adapt
            self.step_rate = np.clip(self.step_rate, self.step_rate_min, self.step_rate_max)

        self.step_m1 = step
        return self.wrt, {
            "moving_mean_squared": self.moving_mean_squared,
            "step_m1": self.step_m1,
            "step_rate": self.step_rate,
        }


class RmsPropLater(RmsProp):
    def rate(self):
        return self.step_rate


def update(params, grads, state):
    return RmsProp(params, state, STEPRATE, DECAY, STEP_ADAPT).iterate(grads)


def repaired_update(params, grads, state):
    return RmsPropLater(params, state, STEPRATE, DECAY, STEP_ADAPT).iterate(grads)
