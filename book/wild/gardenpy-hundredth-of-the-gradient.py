"""The optimiser subtracts a hundredth of the gradient from a tensor, whatever its method, and never calls it."""

import numpy as np

SOURCE = "https://github.com/personontheinternet1234/Machine-Learning-From-Scratch/commit/13072a2"
THREAD = "personontheinternet1234/Machine-Learning-From-Scratch 13072a2, 3274fc0"
DATE = "2025-01"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - 0.01\, g"
RIGHT = r"\theta \leftarrow \theta - \alpha\, \hat\psi / (\sqrt{\hat\omega} + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


ALPHA, BETA_1, BETA_2, EPSILON = 0.03, 0.9, 0.999, 1e-10
SETTINGS = dict(like="adam", lr=ALPHA, beta1=BETA_1, beta2=BETA_2, eps=EPSILON)


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
    return {}


class Tensor:
    def __init__(self, array, id):
        self.array, self.id = array, id


class Optimizers:
    def __init__(self, memories):
        self._hyperparams = {
            "alpha": ALPHA,
            "lambda_d": 0.0,
            "beta_1": BETA_1,
            "beta_2": BETA_2,
            "epsilon": EPSILON,
            "ams": False,
        }
        self._memories = {id: dict(memory) for id, memory in memories.items()}
        self._set_optimizer()

    def _get_memories(self, theta):
        return {"psi_p": np.zeros_like(theta), "omega_p": np.zeros_like(theta), "iota": 1.0}

    def _set_optimizer(self):
        h = self._hyperparams.copy()

        def adam(theta, nabla, m):
            gamma = nabla + h["lambda_d"] * theta

            psi = h["beta_1"] * m["psi_p"] + (1.0 - h["beta_1"]) * gamma
            omega = h["beta_2"] * m["omega_p"] + (1.0 - h["beta_2"]) * gamma**2.0
            m["psi_p"] = psi
            m["omega_p"] = omega

            psi_hat = psi / (1.0 - h["beta_1"] ** m["iota"])
            omega_hat = omega / (1.0 - h["beta_2"] ** m["iota"])

            m["iota"] += 1.0
            return theta - h["alpha"] * psi_hat / (np.sqrt(omega_hat) + h["epsilon"])

        self._alg = adam

    def result(self, theta, nabla):
        return Tensor(theta.array - 0.01 * nabla, theta.id)

    def optimize(self, theta, nabla):
        if theta.id not in self._memories.keys():
            self._memories.update({theta.id: self._get_memories(theta=theta.array)})
        return self.result(theta, nabla)


class OptimizersLater(Optimizers):
    def result(self, theta, nabla):
        return Tensor(self._alg(theta=theta.array, nabla=nabla, m=self._memories[theta.id]), theta.id)


def step(optimizer, params, grads):
    new = [optimizer.optimize(Tensor(p, i), g).array for i, (p, g) in enumerate(zip(params, grads))]
    return new, optimizer._memories


def update(params, grads, state):
    return step(Optimizers(state), params, grads)


def repaired_update(params, grads, state):
    return step(OptimizersLater(state), params, grads)
