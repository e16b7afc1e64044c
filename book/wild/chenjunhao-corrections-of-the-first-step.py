"""Adam's moments are corrected in every step by what is right in the first step only."""

import numpy as np

SOURCE = "https://github.com/chenjunhao0315/Neural_Network/commit/806cfe3"
THREAD = "chenjunhao0315/Neural_Network 806cfe3"
DATE = "2021-07"
KIND = "update"
FORMULA = r"\hat m_t = m_t / (1 - \beta_1),\; \hat v_t = v_t / (1 - \beta_2)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-without-power"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LEARNING_RATE, BETA_1, BETA_2, EPS = 0.02, 0.9, 0.999, 1e-6
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA_1, beta2=BETA_2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((3, 4)), rng.standard_normal(3)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


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
    return {"iter": 0, "gsum": [np.zeros(n) for n in (12, 4, 12, 3)], "xsum": [np.zeros(n) for n in (12, 4, 12, 3)]}


class Trainer:
    def __init__(self, state):
        self.learning_rate, self.beta_1, self.beta_2, self.eps = LEARNING_RATE, BETA_1, BETA_2, EPS
        self.l1_decay = self.l2_decay = 0.0
        self.iter = state["iter"]
        self.gsum, self.xsum = [g.copy() for g in state["gsum"]], [x.copy() for x in state["xsum"]]

    def normalizers(self):
        return 1 - self.beta_1, 1 - self.beta_2

    def train_batch(self, weights, grads, batch_size):
        for i in range(len(weights)):
            weight, grad = weights[i], grads[i]
            for j in range(len(weight)):
                l1_grad = self.l1_decay * (1 if weight[j] > 0 else -1)
                l2_grad = self.l2_decay * weight[j]
                grad_ij = (l1_grad + l2_grad + grad[j]) / batch_size

                gsumi = self.gsum[i]
                xsumi = self.xsum[i]
                gsumi[j] = self.beta_1 * gsumi[j] + (1 - self.beta_1) * grad_ij
                xsumi[j] = self.beta_2 * xsumi[j] + (1 - self.beta_2) * grad_ij * grad_ij
                nor_g, nor_x = self.normalizers()
                nor_gsumi = gsumi[j] / nor_g
                nor_xsumi = xsumi[j] / nor_x
                delta_weight = -((nor_gsumi) / (np.sqrt(nor_xsumi) + self.eps)) * self.learning_rate
                weight[j] += delta_weight
        self.iter += 1


class TrainerLater(Trainer):
    def normalizers(self):
        return 1 - self.beta_1 ** (self.iter + 1), 1 - self.beta_2 ** (self.iter + 1)


def step(trainer, params, grads):
    """The gradients come summed over the batch."""
    weights = [p.flatten() for p in params]
    trainer.train_batch(weights, [g.ravel() * SAMPLES for g in grads], SAMPLES)
    new = [w.reshape(p.shape) for w, p in zip(weights, params)]
    return new, {"iter": trainer.iter, "gsum": trainer.gsum, "xsum": trainer.xsum}


def update(params, grads, state):
    return step(Trainer(state), params, grads)


def repaired_update(params, grads, state):
    return step(TrainerLater(state), params, grads)
