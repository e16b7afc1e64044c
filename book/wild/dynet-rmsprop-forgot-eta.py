"""The first version of RMSProp adds the scaled gradient to the parameters without the learning rate."""

import numpy as np

SOURCE = "https://github.com/clab/dynet/pull/427"
THREAD = "clab/dynet PR #427, 0998c9fa"
DATE = "2017-04"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - g / \sqrt{v_t + \epsilon}"
RIGHT = r"\theta \leftarrow \theta - \eta\, g / \sqrt{v_t + \epsilon}"
READ = "code"
LAYER = []
NAMES = [{"rate-missing"}]
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0


ETA, RHO, EPSILON = 0.01, 0.9, 1e-20
SETTINGS = dict(like="rmsprop", lr=ETA, beta2=RHO, eps=EPSILON)


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
    return [0.0] * 4


class RMSPropTrainer:
    rho, epsilon, eta = RHO, EPSILON, ETA

    def __init__(self, params, grads, hmsg):
        self.params, self.grads, self.hmsg = list(params), list(grads), list(hmsg)

    # Perform update of ts[0]=parameters, ts[1]=gradients
    def update_rule_dev(self, scale, gscale, ts):
        ts[1] = ts[1] * (scale * gscale)  # Scale gradient
        ts[2] = ts[2] * self.rho + ts[1] ** 2 * (1.0 - self.rho)  # Update square gradient exponential average
        ts[1] = -ts[1] / np.sqrt(ts[2] + self.epsilon)  # Divide by the RMS
        ts[0] = self.added(ts[0], ts[1])

    def added(self, values, step):
        return values + step / self.current_weight_decay()  # Apply weight decay (should we do this?)

    def current_weight_decay(self):
        return 1.0

    def update(self, scale):
        gscale = 1.0
        for idx in range(len(self.params)):
            ts = [self.params[idx], self.grads[idx], self.hmsg[idx]]
            self.update_rule_dev(scale, gscale, ts)
            self.params[idx], self.hmsg[idx] = ts[0], ts[2]


class RMSPropTrainerLater(RMSPropTrainer):
    def added(self, values, step):
        return values + self.eta * step / self.current_weight_decay()  # Apply weight decay (should we do this?)


def stepped(trainer):
    trainer.update(1.0)
    return trainer.params, trainer.hmsg


def update(params, grads, state):
    return stepped(RMSPropTrainer(params, grads, state))


def repaired_update(params, grads, state):
    return stepped(RMSPropTrainerLater(params, grads, state))
