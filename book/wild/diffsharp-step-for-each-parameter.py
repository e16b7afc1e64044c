"""Adam raises its step counter in the rule that is called for each parameter, and corrects by that number."""

import numpy as np

SOURCE = "https://github.com/DiffSharp/DiffSharp/issues/292"
THREAD = "DiffSharp/DiffSharp #292, aab4602"
DATE = "2021-03"
KIND = "update"
FORMULA = (
    r"\hat m^{(k)} = m^{(k)} / (1 - \beta_1^{K (t - 1) + k}),\; \hat v^{(k)} = v^{(k)} / (1 - \beta_2^{K (t - 1) + k})"
)
RIGHT = r"\hat m^{(k)} = m^{(k)} / (1 - \beta_1^t),\; \hat v^{(k)} = v^{(k)} / (1 - \beta_2^t),\; k = 1 \ldots K"
READ = "code"
LAYER = []
NAMES = [{"step-count-per-array"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


LR, BETA1, BETA2, EPS = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS)


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


def start_state():
    return {"stateStep": 0, "stateExpAvg": {}, "stateExpAvgSq": {}}


class Optimizer:
    def __init__(self, model, derivatives):
        self.model, self.derivatives = model, derivatives

    def step(self):
        for n, p in list(self.model.items()):
            self.model[n] = self.update_rule(n, p)


class Adam(Optimizer):
    def __init__(self, model, derivatives, state, lr=LR, beta1=BETA1, beta2=BETA2, eps=EPS):
        super().__init__(model, derivatives)
        self.lr, self.beta1, self.beta2, self.eps = lr, beta1, beta2, eps
        self.state_step = state["stateStep"]
        self.state_exp_avg = dict(state["stateExpAvg"])
        self.state_exp_avg_sq = dict(state["stateExpAvgSq"])

    def count_in_rule(self):
        if self.state_step == 0:
            self.state_exp_avg = {n: np.zeros_like(t) for n, t in self.model.items()}
            self.state_exp_avg_sq = {n: np.zeros_like(t) for n, t in self.model.items()}
        self.state_step = self.state_step + 1

    def update_rule(self, name, t):
        d = self.derivatives[name]
        self.count_in_rule()
        exp_avg = self.state_exp_avg[name] * self.beta1 + d * (1.0 - self.beta1)
        exp_avg_sq = self.state_exp_avg_sq[name] * self.beta2 + d * d * (1.0 - self.beta2)
        self.state_exp_avg[name] = exp_avg
        self.state_exp_avg_sq[name] = exp_avg_sq
        bias_correction1 = 1.0 - self.beta1**self.state_step
        bias_correction2 = 1.0 - self.beta2**self.state_step
        denom = np.sqrt(exp_avg_sq) / np.sqrt(bias_correction2) + self.eps
        step_size = self.lr / bias_correction1
        return t - step_size * (exp_avg / denom)


class AdamFixed(Adam):
    """The counter has moved to Optimizer.step, the zeros to the constructor."""

    def step(self):
        super().count_in_rule()
        super().step()

    def count_in_rule(self):
        pass


def stepped(optimizer):
    optimizer.step()
    return optimizer.model, {
        "stateStep": optimizer.state_step,
        "stateExpAvg": optimizer.state_exp_avg,
        "stateExpAvgSq": optimizer.state_exp_avg_sq,
    }


def update(params, grads, state):
    return stepped(Adam(dict(params), grads, state))


def repaired_update(params, grads, state):
    return stepped(AdamFixed(dict(params), grads, state))
