"""Adam's first moment is made of the gradients times the learning rate, by which the step is multiplied again."""

import numpy as np

SOURCE = "https://github.com/dichev/deep-learning-from-scratch/commit/278b3b8"
THREAD = "dichev/deep-learning-from-scratch 278b3b886"
DATE = "2024-04"
KIND = "update"
FORMULA = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, \eta\, g_t,\; "
    r"\theta \leftarrow \theta - \eta\, \hat m_t / \sqrt{\hat v_t + \epsilon}"
)
RIGHT = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t,\; "
    r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
)
READ = "code"
LAYER = []
NAMES = [{"rate-squared"}, {"rate-squared", "eps-inside-root"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LR, MOMENTUM, DECAY, EPS = 0.1, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=MOMENTUM, beta2=DECAY, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    s = h @ W2.T + b2
    e = np.exp(s - s.max(1, keepdims=True))
    return h, e / e.sum(1, keepdims=True)


def cost(params, X, Y):
    h = np.tanh(X @ params[0].T + params[1])
    s = h @ params[2].T + params[3]
    return np.sum(np.log(np.exp(s).sum(1)) - np.sum(Y * s, 1)) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, p = forward(params, X)
    d2 = (p - Y) / len(X)
    d1 = d2 @ params[2] * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"exp_avg": {}, "exp_avg_sq": {}, "steps": 0}


class Parameter:
    def __init__(self, value, grad):
        self.value, self.grad = value, grad


class Optimizer:
    def __init__(self, parameters, lr):
        self._parameters = list(parameters)
        self.lr = lr


class Adam(Optimizer):
    def __init__(self, parameters, lr):
        super().__init__(parameters, lr)
        self.eps = EPS
        self.momentum = MOMENTUM
        self.decay = DECAY
        self.exp_avg = {name: np.zeros_like(param.value) for name, param in self._parameters}  # i.e. first moment
        self.exp_avg_sq = {name: np.zeros_like(param.value) for name, param in self._parameters}  # i.e. second moment
        self.steps = 0

    def first_moment(self, name, param):
        beta1 = self.momentum
        return beta1 * self.exp_avg[name] + (1 - beta1) * self.lr * param.grad

    def step(self):
        self.steps += 1
        t = self.steps
        beta1, beta2 = self.momentum, self.decay
        bias_correction1 = 1 - beta1**t
        bias_correction2 = 1 - beta2**t

        for name, param in self._parameters:
            self.exp_avg[name] = self.first_moment(name, param)
            self.exp_avg_sq[name] = beta2 * self.exp_avg_sq[name] + (1 - beta2) * (param.grad**2)

            # bias_corrections
            exp_avg_corrected = self.exp_avg[name] / bias_correction1
            exp_avg_sq_corrected = self.exp_avg_sq[name] / bias_correction2

            param.value = param.value - self.change(exp_avg_corrected, exp_avg_sq_corrected)

        return self

    def change(self, exp_avg_corrected, exp_avg_sq_corrected):
        adjusted_lr = self.lr / np.sqrt(exp_avg_sq_corrected + self.eps)
        return adjusted_lr * exp_avg_corrected


class AdamUnified(Adam):
    def first_moment(self, name, param):
        beta1 = self.momentum
        return beta1 * self.exp_avg[name] + (1 - beta1) * param.grad

    def change(self, exp_avg_corrected, exp_avg_sq_corrected):
        return self.lr * exp_avg_corrected / (np.sqrt(exp_avg_sq_corrected) + self.eps)


def run(kind, params, grads, state):
    parameters = [(i, Parameter(params[i], grads[i])) for i in range(len(params))]
    optimizer = kind(parameters, LR)
    optimizer.exp_avg.update(state["exp_avg"])
    optimizer.exp_avg_sq.update(state["exp_avg_sq"])
    optimizer.steps = state["steps"]
    optimizer.step()
    state = {"exp_avg": optimizer.exp_avg, "exp_avg_sq": optimizer.exp_avg_sq, "steps": optimizer.steps}
    return [param.value for _, param in parameters], state


def update(params, grads, state):
    return run(Adam, params, grads, state)


def repaired_update(params, grads, state):
    return run(AdamUnified, params, grads, state)
