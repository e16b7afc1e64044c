"""RMSProp hands its weight decay to an attribute of the kernel that the kernel does not use."""

import numpy as np

SOURCE = "https://github.com/Oneflow-Inc/oneflow/commit/bf618bacb2aff7e800ce52028c8127de6c5dc068"
THREAD = "Oneflow-Inc/oneflow #5755, bf618bacb2"
DATE = "2021-08"
KIND = "update"
FORMULA = r"v_t = \alpha v_{t-1} + (1 - \alpha) g_t^2,\; \theta \leftarrow \theta - \eta\, g_t / \sqrt{v_t + \epsilon}"
RIGHT = (
    r"g'_t = g_t + \lambda \theta,\; v_t = \alpha v_{t-1} + (1 - \alpha) g_t'^2,\; "
    r"\theta \leftarrow \theta - \eta\, g'_t / \sqrt{v_t + \epsilon}"
)
READ = "code"
LAYER = []
NAMES = [{"decay-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, ALPHA, EPS, WEIGHT_DECAY = 0.02, 0.9, 1e-12, 0.05  # epsilon stands under the root; a small one
SETTINGS = dict(like="rmsprop", lr=LR, beta2=ALPHA, eps=EPS, weight_decay=WEIGHT_DECAY)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    z = X @ W1.T + b1
    h = np.tanh(z)
    e = np.exp(h @ W2.T + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    return -np.sum(Y * np.log(forward(params, X)[1])) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"step": 0, "square_avg": [np.zeros((4, 3)), np.zeros(4), np.zeros((2, 4)), np.zeros(2)]}


def rmsprop_update(
    model, model_diff, mean_square, learning_rate_val, scale, epsilon, decay_rate, weight_decay=0.0, l1=0.0, l2=0.0
):
    """The kernel with CastScaleRegularizeGradientFunctor, not centered."""
    model_val = model.copy()
    model_diff_t = model_diff * scale + l1 * ((model >= 0) * 1.0 - (model <= 0) * 1.0) + l2 * model
    mean_square_val = (1 - decay_rate) * model_diff_t * model_diff_t + decay_rate * mean_square
    mean_square[...] = mean_square_val
    denom_t = mean_square
    model[...] = model_val - learning_rate_val * model_diff_t * (1 / np.sqrt(denom_t + epsilon))


class RMSprop:
    attribute = "weight_decay"

    def __init__(self, params, state):
        self.params = [p.copy() for p in params]
        self._state = {"step": state["step"], "square_avg": [s.copy() for s in state["square_avg"]]}
        self.param_groups = [dict(lr=LR, scale=1.0, eps=EPS, alpha=ALPHA, weight_decay=WEIGHT_DECAY)]

    def step(self, grads):
        for param_group in self.param_groups:
            kwargs = {
                "learning_rate_val": param_group["lr"],
                "scale": param_group["scale"],
                "epsilon": param_group["eps"],
                "decay_rate": param_group["alpha"],
                self.attribute: param_group["weight_decay"],
            }
            for param, grad, ms_tensor in zip(self.params, grads, self._state["square_avg"]):
                rmsprop_update(param, grad, ms_tensor, **kwargs)
        self._state["step"] = self._state["step"] + 1
        return self.params, self._state


class RMSpropLater(RMSprop):
    attribute = "l2"


def update(params, grads, state):
    return RMSprop(params, state).step(grads)


def repaired_update(params, grads, state):
    return RMSpropLater(params, state).step(grads)
