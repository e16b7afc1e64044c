"""A linear policy of an evolution strategy adds Adam's step to two names of the same array, and so takes it twice."""

import numpy as np

SOURCE = "https://github.com/jparkerholder/ASEBO/issues/1"
THREAD = "jparkerholder/ASEBO #1, 6129379"
DATE = "2020-10"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - 2 \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
RIGHT = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon)"
READ = (
    "reconstruction"  # the cost is made up for the rewards of rollouts; the norm that divides the gradient is left out
)
LAYER = []
NAMES = []
NET = None  # a policy without thresholds, whose weights are kept as a vector
BLOCKS = ["w[1]"]
SAMPLES = 7
LAM = 0.0

OB_DIM, AC_DIM = 4, 2
LEARNING_RATE, BETA1, BETA2, EPS = 0.02, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS)


def start(rng):
    return rng.random(OB_DIM * AC_DIM) / np.sqrt(OB_DIM * AC_DIM)


def data(rng):
    """Observations, and the actions that are rewarded."""
    return rng.standard_normal((SAMPLES, OB_DIM)), np.tanh(rng.standard_normal((SAMPLES, AC_DIM)))


class LinearPolicy:
    def __init__(self, w):
        self.ob_dim = OB_DIM
        self.ac_dim = AC_DIM

        self.w = w.copy()
        self.W = self.w.reshape(self.ac_dim, self.ob_dim)

        self.params = self.w
        self.N = len(self.params)

    def update(self, vec):
        self.params += vec

        self.w += vec
        self.W = self.w.reshape(self.ac_dim, self.ob_dim)

    def evaluate(self, X):
        X = X.reshape(X.size, 1)

        return np.tanh(np.dot(self.W, X))


class LinearPolicyMended(LinearPolicy):
    def __init__(self, w):
        super().__init__(w)
        self.params = self.w.copy()

    def update(self, vec):
        self.w += vec
        self.W = self.w.reshape(self.ac_dim, self.ob_dim)

        self.params = self.w.copy()


def cost(w, X, Y):
    """The reward turned round: half the distance from the rewarded actions."""
    policy = LinearPolicy(w)
    return 0.5 * sum(np.sum((policy.evaluate(x)[:, 0] - y) ** 2) for x, y in zip(X, Y)) / len(X)


def repaired(w, X, Y):
    """The right gradient, to train with."""
    actions = np.tanh(X @ w.reshape(AC_DIM, OB_DIM).T)
    return np.ravel(((actions - Y) * (1 - actions**2)).T @ X) / len(X)


def start_state():
    return {"n_iter": 1, "m": 0, "v": 0}


def Adam(dx, m, v, learning_rate, t, eps=EPS, beta1=BETA1, beta2=BETA2):
    m = beta1 * m + (1 - beta1) * dx
    mt = m / (1 - beta1**t)
    v = beta2 * v + (1 - beta2) * (dx**2)
    vt = v / (1 - beta2**t)
    update = learning_rate * mt / (np.sqrt(vt) + eps)
    return (update, m, v)


def run_asebo(get_policy, params, grads, state):
    """One turn of the loop; the gradient is that of the reward."""
    master = get_policy(params)
    gradient = -grads
    update, m, v = Adam(gradient, state["m"], state["v"], LEARNING_RATE, state["n_iter"])
    master.update(update)
    return master.w, {"n_iter": state["n_iter"] + 1, "m": m, "v": v}


def update(params, grads, state):
    return run_asebo(LinearPolicy, params, grads, state)


def repaired_update(params, grads, state):
    return run_asebo(LinearPolicyMended, params, grads, state)
