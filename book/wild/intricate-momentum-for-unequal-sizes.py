"""The momentum is added only if the last update vector has another size than this one, which is never the case."""

import numpy as np

SOURCE = "https://github.com/gabrielmfern/intricate/commit/c2dc461"
THREAD = "gabrielmfern/intricate c2dc461"
DATE = "2022-08"
KIND = "update"
FORMULA = r"v_t = \eta g_t,\; \theta \leftarrow \theta - v_t"
RIGHT = r"v_t = \gamma v_{t-1} + \eta g_t,\; \theta \leftarrow \theta - v_t"
READ = "code"
LAYER = []
NAMES = [{"velocity-not-kept"}]
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LEARNING_RATE, MOMENTUM_GAMMA = 0.1, 0.9
SETTINGS = dict(like="momentum", lr=LEARNING_RATE, momentum=MOMENTUM_GAMMA)


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
    return {"last_update_vectors": {}}


class MomentumOptimizer:
    def __init__(self, learning_rate, momentum_gamma, last_update_vectors):
        self.learning_rate, self.momentum_gamma = learning_rate, momentum_gamma
        self.last_update_vectors = {layer: dict(vectors) for layer, vectors in last_update_vectors.items()}

    def applies(self, last_update_vector, normal_update_vector):
        return last_update_vector.size != normal_update_vector.size

    def compute_update_vectors(self, gradients, parameter_id, layer_index):
        normal_update_vector = gradients * self.learning_rate

        if self.last_update_vectors.get(layer_index) is None:
            self.last_update_vectors[layer_index] = {}

        layer_update_vectors = self.last_update_vectors[layer_index]

        last_update_vector = layer_update_vectors.get(parameter_id)

        if last_update_vector is not None:
            if self.applies(last_update_vector, normal_update_vector):
                scalled_last_update_vec = last_update_vector * self.momentum_gamma
                scalled_last_update_vec = scalled_last_update_vec + normal_update_vector

                update_vector = scalled_last_update_vec
            else:
                update_vector = normal_update_vector
        else:
            update_vector = normal_update_vector

        layer_update_vectors[parameter_id] = update_vector.copy()

        return update_vector


class MomentumOptimizerLater(MomentumOptimizer):
    def applies(self, last_update_vector, normal_update_vector):
        return True


def step(kind, params, grads, state):
    optimizer = kind(LEARNING_RATE, MOMENTUM_GAMMA, state["last_update_vectors"])
    new = []
    for i, (param, grad) in enumerate(zip(params, grads)):
        new.append(param - optimizer.compute_update_vectors(grad, ("weights", "biases")[i % 2], i // 2))
    return new, {"last_update_vectors": optimizer.last_update_vectors}


def update(params, grads, state):
    return step(MomentumOptimizer, params, grads, state)


def repaired_update(params, grads, state):
    return step(MomentumOptimizerLater, params, grads, state)
