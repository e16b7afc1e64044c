"""AdamW's update of a batch of arrays calls that of a single one, which counts a step each time."""

import numpy as np

SOURCE = "https://github.com/mlx-node/mlx-node/pull/11"
THREAD = "mlx-node/mlx-node #11"
DATE = "2026-01"
KIND = "update"
FORMULA = (
    r"\hat m_t^{(k)} = m_t^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; "
    r"\hat v_t^{(k)} = v_t^{(k)} / (1 - \beta_2^{K (t - 1) + k}),\; k = 1 \ldots K \text{ the arrays}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS, WD = 0.01, 0.9, 0.999, 1e-8, 0.01
SETTINGS = dict(like="adamw", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS, weight_decay=WD)


def start(rng):
    return {
        "layer1.weight": rng.standard_normal((4, 3)),
        "layer1.bias": rng.standard_normal(4),
        "layer2.weight": rng.standard_normal((2, 4)),
        "layer2.bias": rng.standard_normal(2),
    }


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    h = np.tanh(X @ params["layer1.weight"].T + params["layer1.bias"])
    return 0.5 * np.sum((h @ params["layer2.weight"].T + params["layer2.bias"] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h = np.tanh(X @ params["layer1.weight"].T + params["layer1.bias"])
    d2 = (h @ params["layer2.weight"].T + params["layer2.bias"] - Y) / len(X)
    d1 = d2 @ params["layer2.weight"] * (1 - h**2)
    return {"layer1.weight": d1.T @ X, "layer1.bias": d1.sum(0), "layer2.weight": d2.T @ h, "layer2.bias": d2.sum(0)}


def start_state():
    return {"step": 0, "arrays": {}}


class AdamW:
    learning_rate, beta1, beta2, eps, weight_decay = LR, BETA1, BETA2, EPS, WD
    bias_correction = True

    def __init__(self, state):
        self.step = state["step"]
        self.state = dict(state["arrays"])

    def count_single(self):
        self.step += 1

    def count_batch(self):
        pass

    def update_single_internal(self, param_name, param, grad):
        if param_name not in self.state:
            self.state[param_name] = (np.zeros_like(param), np.zeros_like(param))

        self.count_single()

        m, v = self.state[param_name]
        decay_factor = 1.0 - self.learning_rate * self.weight_decay
        decayed_param = param * decay_factor

        new_m = m * self.beta1 + grad * (1.0 - self.beta1)
        new_v = v * self.beta2 + grad**2 * (1.0 - self.beta2)

        if self.bias_correction:
            bias_correction1 = 1.0 / (1.0 - self.beta1**self.step)
            bias_correction2 = 1.0 / (1.0 - self.beta2**self.step)
            corrected_m, corrected_v = new_m * bias_correction1, new_v * bias_correction2
        else:
            corrected_m, corrected_v = new_m, new_v

        update = corrected_m / (np.sqrt(corrected_v) + self.eps)
        new_param = decayed_param - update * self.learning_rate
        self.state[param_name] = (new_m, new_v)
        return new_param

    def update_batch(self, param_names, params, grads):
        self.count_batch()
        updated_params = []
        for name, param, grad in zip(param_names, params, grads):
            updated_params.append(self.update_single_internal(name, param, grad))
        return updated_params


class AdamWLater(AdamW):
    """As the reviewer proposes: one step for each batch."""

    def count_single(self):
        pass

    def count_batch(self):
        self.step += 1


def stepped(optimizer, params, grads):
    names = list(params)
    updated = optimizer.update_batch(names, [params[n] for n in names], [grads[n] for n in names])
    return dict(zip(names, updated)), {"step": optimizer.step, "arrays": optimizer.state}


def update(params, grads, state):
    return stepped(AdamW(state), params, grads)


def repaired_update(params, grads, state):
    return stepped(AdamWLater(state), params, grads)
