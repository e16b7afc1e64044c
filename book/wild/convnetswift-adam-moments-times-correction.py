"""Adam's moments are multiplied by one minus the power of beta instead of divided by it."""

import numpy as np

SOURCE = "https://github.com/alexsosn/ConvNetSwift/commit/d7443f1"
THREAD = "alexsosn/ConvNetSwift d7443f1"
DATE = "2017-02"
KIND = "update"
FORMULA = r"\hat m_t = m_t (1 - \beta_1^t),\; \hat v_t = v_t (1 - \beta_2^t)"
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^t),\; \hat v_t = v_t / (1 - \beta_2^t)"
READ = "code"
LAYER = []
NAMES = [{"correction-multiplied"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, BETA1, BETA2, EPS = 0.05, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


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
    return {"k": 0, "gsum": [], "xsum": []}


class Trainer:
    """The part of the trainer that belongs to the method adam, for one example a batch and without decay."""

    batch_size = 1
    l2_decay = l1_decay = 0.0

    def __init__(self, state):
        self.k = state["k"]
        self.gsum = [g.copy() for g in state["gsum"]]
        self.xsum = [x.copy() for x in state["xsum"]]

    def corrected(self, gsumi, xsumi, j):
        bias_corr1 = gsumi[j] * (1 - BETA1**self.k)
        bias_corr2 = xsumi[j] * (1 - BETA2**self.k)
        return bias_corr1, bias_corr2

    def train(self, pglist):
        self.k += 1
        if self.k % self.batch_size == 0:
            if len(self.gsum) == 0:
                # only vanilla sgd doesn't need either list
                for p, _ in pglist:
                    self.gsum.append(np.zeros(len(p)))
                    self.xsum.append(np.zeros(len(p)))

            # perform an update for all sets of weights
            for i in range(len(pglist)):
                p, g = pglist[i]
                plen = len(p)
                for j in range(plen):
                    l1grad = self.l1_decay * (1 if p[j] > 0 else -1)
                    l2grad = self.l2_decay * p[j]
                    gij = (l2grad + l1grad + g[j]) / self.batch_size

                    gsumi = self.gsum[i]
                    xsumi = self.xsum[i]
                    gsumi[j] = gsumi[j] * BETA1 + (1 - BETA1) * gij
                    xsumi[j] = xsumi[j] * BETA2 + (1 - BETA2) * gij * gij
                    bias_corr1, bias_corr2 = self.corrected(gsumi, xsumi, j)
                    dx = -LEARNING_RATE * bias_corr1 / (np.sqrt(bias_corr2) + EPS)
                    p[j] += dx


class TrainerLater(Trainer):
    def corrected(self, gsumi, xsumi, j):
        bias_corr1 = gsumi[j] / (1 - BETA1**self.k)
        bias_corr2 = xsumi[j] / (1 - BETA2**self.k)
        return bias_corr1, bias_corr2


def step(trainer, params, grads):
    pglist = [(np.array(p).ravel(), np.array(g).ravel()) for p, g in zip(params, grads)]
    trainer.train(pglist)
    new = [p.reshape(np.shape(old)) for (p, _), old in zip(pglist, params)]
    return new, {"k": trainer.k, "gsum": trainer.gsum, "xsum": trainer.xsum}


def update(params, grads, state):
    return step(Trainer(state), params, grads)


def repaired_update(params, grads, state):
    return step(TrainerLater(state), params, grads)
