"""RMSProp's brackets leave the epsilon beside the quotient and add the decay to the step with a plus and no rate."""

import numpy as np

SOURCE = "https://github.com/apache/mxnet/pull/5043"
THREAD = "apache/mxnet PR #5043, 9ab7d32e93"
DATE = "2017-02"
KIND = "update"
FORMULA = (
    r"\Delta_t = \gamma_2 \Delta_{t-1} - \eta \left(g_t / \sqrt{n_t - \bar g_t^2} + \epsilon\right) "
    r"+ \lambda \theta,\; \theta \leftarrow \theta + \Delta_t"
)
RIGHT = (
    r"\Delta_t = \gamma_2 \Delta_{t-1} - \eta \left(g_t / (\sqrt{n_t - \bar g_t^2} + \epsilon) + \lambda \theta\right)"
)
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LR, GAMMA1, GAMMA2, EPSILON, WD = 0.005, 0.95, 0.0, 1e-8, 0.02  # the second gamma, a momentum, is 0.9 if not given
RESCALE_GRAD, CLIP_GRADIENT = 1.0, -1.0
SETTINGS = dict(like="rmsprop", lr=LR, beta2=GAMMA1, eps=EPSILON, weight_decay=WD)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1 + b1)
    d2 = (h @ W2 + b2 - Y) / len(X)
    d1 = d2 @ W2.T * (1 - h**2)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def clip(x, bound):
    return np.where(x > bound, bound, np.where(x < -bound, -bound, x))


class RMSProp:
    """After Graves: the square of the mean gradient is taken off the mean square."""

    def create_state(self, weight):
        return np.zeros_like(weight), np.zeros_like(weight), np.zeros_like(weight)

    def change(self, weight, grad, state_n, state_g, delta):
        return GAMMA2 * delta - LR * (grad / np.sqrt(state_n - state_g * state_g) + EPSILON) + WD * weight

    def rmsprop_update(self, weight, grad, state):
        state_n, state_g, delta = state
        grad = RESCALE_GRAD * grad
        if CLIP_GRADIENT >= 0.0:
            grad = clip(grad, CLIP_GRADIENT)
        state_n = (1 - GAMMA1) * (grad * grad) + GAMMA1 * state_n
        state_g = (1 - GAMMA1) * grad + GAMMA1 * state_g
        delta = self.change(weight, grad, state_n, state_g, delta)
        return weight + delta, (state_n, state_g, delta)


class RMSPropLater(RMSProp):
    def change(self, weight, grad, state_n, state_g, delta):
        return GAMMA2 * delta - LR * (grad / (np.sqrt(state_n - state_g * state_g) + EPSILON) + WD * weight)


def start_state():
    return None


def step(optimizer, params, grads, state):
    states = state or [optimizer.create_state(p) for p in params]
    results = [optimizer.rmsprop_update(*each) for each in zip(params, grads, states)]
    return [weight for weight, _ in results], [kept for _, kept in results]


def update(params, grads, state):
    return step(RMSProp(), params, grads, state)


def repaired_update(params, grads, state):
    return step(RMSPropLater(), params, grads, state)
