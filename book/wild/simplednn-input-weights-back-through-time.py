"""Errors go back through time by the input's weights, and those of the next state's output are added as they are."""

import numpy as np

SOURCE = "https://github.com/KotlinNLP/SimpleDNN/commit/ffd52914"
THREAD = "KotlinNLP/SimpleDNN ffd52914"
DATE = "2019-06"
KIND = "gradient"
FORMULA = (
    r"\bar y_t = \bar e_t + W_S^\top \delta_{t+1}^S + W_R^\top \delta_{t+1}^R + \bar y_{t+1},\; "
    r"a_t = \sigma(W x_t + U y_{t-1} + b)"
)
RIGHT = (
    r"\bar y_t = \bar e_t + U_S^\top \delta_{t+1}^S + U_R^\top \delta_{t+1}^R,\; "
    r"a_t = \sigma(W x_t + U y_{t-1} + b)"
)
READ = "code"
GROUP = "down"
LAYER = [1]
NAMES = []
SYMBOLS, D_SYMBOLS, ROLES, D_ROLES, STEPS = 3, 2, 2, 2, 3
OUT = D_SYMBOLS * D_ROLES
NET = None  # states that are products of symbols and roles
BLOCKS = [f"{name}[1]" for name in ["wInS", "wInR", "wRecS", "wRecR", "bS", "bR", "S", "R"]]
SAMPLES = 4
LAM = 0.0


def start(rng):
    shapes = {"wInS": (SYMBOLS, OUT), "wInR": (ROLES, OUT), "wRecS": (SYMBOLS, OUT), "wRecR": (ROLES, OUT)}
    shapes |= {"bS": SYMBOLS, "bR": ROLES, "S": (D_SYMBOLS, SYMBOLS), "R": (D_ROLES, ROLES)}
    return {name: rng.standard_normal(shape) for name, shape in shapes.items()}


def data(rng):
    """Sequences, and what the outputs should be."""
    return rng.standard_normal((SAMPLES, STEPS, OUT)), rng.standard_normal((SAMPLES, STEPS, OUT))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class TPRLayer:
    def __init__(self, params):
        self.params = params
        self.prev_state = self.next_state = None

    def forward(self, x):
        p = self.params
        self.x = x
        a_r = p["wInR"] @ x + p["bR"]
        a_s = p["wInS"] @ x + p["bS"]
        if self.prev_state is not None:
            a_r = a_r + p["wRecR"] @ self.prev_state.y
            a_s = a_s + p["wRecS"] @ self.prev_state.y
        self.a_r, self.a_s = sigmoid(a_r), sigmoid(a_s)
        self.r, self.s = p["R"] @ self.a_r, p["S"] @ self.a_s
        self.y = np.outer(self.s, self.r).ravel()
        return self.y

    def backward(self, gy, grads):
        self.gy = gy
        if self.next_state is not None:
            self.gy = self.gy + self.layer_recurrent_contribution(self.next_state)
        self.assign_gradients()
        self.assign_params_gradients(grads)

    def layer_recurrent_contribution(self, next_state):
        gy = next_state.gy
        w_rec_s, w_rec_r = self.params["wInS"], self.params["wInR"]
        g_rec_s = next_state.ga_s @ w_rec_s
        g_rec_r = next_state.ga_r @ w_rec_r
        return g_rec_s + g_rec_r + gy

    def assign_gradients(self):
        binding_errors = self.gy.reshape(D_SYMBOLS, D_ROLES)
        self.gs = binding_errors @ self.r
        self.gr = binding_errors.T @ self.s
        self.ga_s = self.gs @ self.params["S"] * self.a_s * (1 - self.a_s)
        self.ga_r = self.gr @ self.params["R"] * self.a_r * (1 - self.a_r)

    def assign_params_gradients(self, grads):
        grads["bS"] += self.ga_s
        grads["bR"] += self.ga_r
        grads["S"] += np.outer(self.gs, self.a_s)
        grads["R"] += np.outer(self.gr, self.a_r)
        if self.prev_state is not None:
            grads["wRecS"] += np.outer(self.ga_s, self.prev_state.y)
            grads["wRecR"] += np.outer(self.ga_r, self.prev_state.y)
        grads["wInS"] += np.outer(self.ga_s, self.x)
        grads["wInR"] += np.outer(self.ga_r, self.x)


class TPRLayerLater(TPRLayer):
    def layer_recurrent_contribution(self, next_state):
        g_rec_s = next_state.ga_s @ self.params["wRecS"]
        g_rec_r = next_state.ga_r @ self.params["wRecR"]
        return g_rec_s + g_rec_r


def states(params, sequence, kind):
    layers = [kind(params) for _ in sequence]
    for t, x in enumerate(sequence):
        if t > 0:
            layers[t].prev_state, layers[t - 1].next_state = layers[t - 1], layers[t]
        layers[t].forward(x)
    return layers


def cost(params, X, Y):
    total = 0.0
    for sequence, y in zip(X, Y):
        total += sum(np.sum((layer.y - out) ** 2) for layer, out in zip(states(params, sequence, TPRLayer), y))
    return 0.5 * total / len(X)


def backward(params, X, Y, kind):
    grads = {name: np.zeros_like(p) for name, p in params.items()}
    for sequence, y in zip(X, Y):
        layers = states(params, sequence, kind)
        for t in range(STEPS - 1, -1, -1):
            layers[t].backward((layers[t].y - y[t]) / len(X), grads)
    return grads


def grad(params, X, Y):
    return backward(params, X, Y, TPRLayer)


def repaired(params, X, Y):
    return backward(params, X, Y, TPRLayerLater)
