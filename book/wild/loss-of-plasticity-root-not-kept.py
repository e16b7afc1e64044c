"""The root and the quotient of Adam's two corrections are worked out on a copy that nobody keeps."""

import numpy as np

SOURCE = "https://github.com/shibhansh/loss-of-plasticity/pull/13"
THREAD = "shibhansh/loss-of-plasticity #13"
DATE = "2025-09"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, (1 - \beta_2^t)\, m_t / (\sqrt{v_t} + \epsilon)"
RIGHT = r"\theta \leftarrow \theta - \eta\, \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}\, m_t / (\sqrt{v_t} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


LR, BETAS, EPS = 0.01, (0.9, 0.999), 1e-8
SETTINGS = dict(like="adam", lr=LR, beta1=BETAS[0], beta2=BETAS[1], eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(2)[rng.integers(0, 2, SAMPLES)]


def forward(params, X):
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
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
    return [{}, {}, {}, {}]


class Tensor:
    """Methods with an underscore change the tensor, those without leave it alone."""

    def __init__(self, array):
        self.array = np.array(array, dtype=float)

    def sqrt(self):
        return Tensor(np.sqrt(self.array))

    def sqrt_(self):
        self.array = np.sqrt(self.array)
        return self

    def add_(self, other):
        self.array = self.array + other
        return self

    def div_(self, other):
        self.array = self.array / other.array
        return self

    def addcdiv_(self, tensor1, tensor2, value):
        self.array = self.array + value * tensor1.array / tensor2.array
        return self


class AdamGnT:
    """Steps are counted for each entry, since units are replaced one by one."""

    def __init__(self, params, grads, state, right):
        self.params = [Tensor(p) for p in params]
        self.grads = grads
        self.state = [dict(s) for s in state]
        self.right = right

    def step(self):
        for p, grad, state in zip(self.params, self.grads, self.state):
            if len(state) == 0:
                state["step"] = np.zeros_like(p.array)
                state["exp_avg"] = np.zeros_like(p.array)
                state["exp_avg_sq"] = np.zeros_like(p.array)
            beta1, beta2 = BETAS

            state["step"] = state["step"] + 1

            state["exp_avg"] = beta1 * state["exp_avg"] + (1 - beta1) * grad
            state["exp_avg_sq"] = beta2 * state["exp_avg_sq"] + (1 - beta2) * grad * grad
            exp_avg, exp_avg_sq = Tensor(state["exp_avg"]), Tensor(state["exp_avg_sq"])
            denom = exp_avg_sq.sqrt().add_(EPS)

            bias_correction1 = Tensor(1 - beta1 ** state["step"])
            bias_correction = Tensor(1 - beta2 ** state["step"])
            if self.right:
                bias_correction.sqrt_().div_(bias_correction1)
            else:
                bias_correction.sqrt().div_(bias_correction1)

            denom.div_(exp_avg)

            p.addcdiv_(bias_correction, denom, value=-LR)


def stepped(params, grads, state, right):
    optimizer = AdamGnT(params, grads, state, right)
    optimizer.step()
    return [p.array for p in optimizer.params], optimizer.state


def update(params, grads, state):
    return stepped(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return stepped(params, grads, state, right=True)
