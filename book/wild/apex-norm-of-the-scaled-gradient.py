"""A gradient that is scaled against underflow is clipped by its scaled norm, and the scale is taken out of it later."""

import numpy as np

SOURCE = "https://github.com/NVIDIA/apex/pull/1512"
THREAD = "NVIDIA/apex PR #1512, 2d0bbbc8"
DATE = "2022-10"
KIND = "update"
FORMULA = r"g \leftarrow g \min\bigl(1,\, c / \lVert S g \rVert\bigr)"
RIGHT = r"g \leftarrow g \min\bigl(1,\, c / \lVert g \rVert\bigr)"
READ = "code"
LAYER = []
NAMES = [{"clip-always"}]  # each gets the length c/S, of which Adam sees no more than that it is always the same
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 8
LAM = 0.0


LR, BETA1, BETA2, EPS, MAX_NORM = 0.1, 0.9, 0.999, 1e-8, 1.0
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, clip_norm=MAX_NORM)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params[0].T + params[1])
    return 0.5 * np.sum((h @ params[2].T + params[3] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params[0].T + params[1])
    d2 = (h @ params[2].T + params[3] - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


class GradScaler:
    def __init__(self, init_scale=2.0**16):
        self._scale = init_scale
        self.unscaled = False

    def unscale_(self, optimizer):
        optimizer.unscale_grads(1 / self._scale)
        self.unscaled = True


class DistributedFusedAdam:
    """On a single device, with a bucket for each array."""

    adam_w_mode, weight_decay = True, 0.0

    def __init__(self, state, params, grads):
        self.state = {"step": state["step"], "exp_avg": list(state["exp_avg"]), "exp_avg_sq": list(state["exp_avg_sq"])}
        self.params, self.grads_shards = list(params), list(grads)
        self._grad_scale, self._grad_norm = 1.0, None

    def grad_norm(self):
        if self._grad_norm is None:
            self._grad_norm = np.sqrt(sum(np.sum(g**2) for g in self.grads_shards))
        return self._grad_norm

    def clip_grad_norm(self, max_norm):
        total_norm = self.grad_norm()
        clip_coef = max_norm / (total_norm + 1e-6)
        self._grad_scale = min(self._grad_scale, clip_coef)
        return total_norm

    def apply_scaler(self, grad_scaler):
        self._grad_scale /= grad_scaler._scale

    def step(self, grad_scaler):
        self.apply_scaler(grad_scaler)
        self.state["step"] += 1
        beta1_correction, beta2_correction = 1 - BETA1 ** self.state["step"], 1 - BETA2 ** self.state["step"]
        for i, p in enumerate(self.params):
            scaled_grad = self.grads_shards[i] * self._grad_scale
            next_m = BETA1 * self.state["exp_avg"][i] + (1 - BETA1) * scaled_grad
            next_v = BETA2 * self.state["exp_avg_sq"][i] + (1 - BETA2) * scaled_grad * scaled_grad
            denom = np.sqrt(next_v / beta2_correction) + EPS
            update = (next_m / beta1_correction) / denom + self.weight_decay * p
            self.state["exp_avg"][i], self.state["exp_avg_sq"][i] = next_m, next_v
            self.params[i] = p - LR * update


class DistributedFusedAdamMended(DistributedFusedAdam):
    def grad_norm(self):
        return super().grad_norm() * self._grad_scale

    def clip_grad_norm(self, max_norm):
        total_norm = self.grad_norm()
        clip_coef = max_norm / (total_norm + 1e-6)
        clip_coef_clamped = min(clip_coef, 1.0)
        self._grad_scale *= clip_coef_clamped
        return total_norm

    def unscale_grads(self, inv_scale):
        self._grad_scale *= inv_scale

    def apply_scaler(self, grad_scaler):
        if not grad_scaler.unscaled:
            super().apply_scaler(grad_scaler)


def start_state():
    return {"step": 0, "exp_avg": [0.0] * 4, "exp_avg_sq": [0.0] * 4}


def update(params, grads, state):
    grad_scaler = GradScaler()
    optimizer = DistributedFusedAdam(state, params, [grad_scaler._scale * g for g in grads])
    optimizer.clip_grad_norm(MAX_NORM)
    optimizer.step(grad_scaler)
    return optimizer.params, optimizer.state


def repaired_update(params, grads, state):
    grad_scaler = GradScaler()
    optimizer = DistributedFusedAdamMended(state, params, [grad_scaler._scale * g for g in grads])
    grad_scaler.unscale_(optimizer)
    optimizer.clip_grad_norm(MAX_NORM)
    optimizer.step(grad_scaler)
    return optimizer.params, optimizer.state
