"""The norm for clipping is that of the weights' gradients alone, and the biases' gradients are never clipped."""

import numpy as np

SOURCE = "https://github.com/joraleoca/neural-network/commit/903f996"
THREAD = "joraleoca/neural-network 903f996"
DATE = "2025-03"
KIND = "update"
FORMULA = r"g_W \leftarrow g_W \min(1, c / \lVert g_W \rVert),\; g_b \leftarrow g_b"
RIGHT = r"g \leftarrow g \min(1, c / \lVert g \rVert),\; g = (g_W, g_b)"
READ = "code"  # the author clips at 5.0; here at 0.2, as the network is small
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0

LR, MAX_DELTA_NORM, EPSILON = 0.1, 0.2, 1e-24
SETTINGS = dict(like="sgd", lr=LR, clip_norm=MAX_DELTA_NORM)


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
    return {}


class Layer:
    def __init__(self, weights, biases, weights_grad, biases_grad):
        self.weights, self.biases = weights, biases
        self.weights_grad, self.biases_grad = weights_grad, biases_grad


class Optimizer:
    def normalized(self, weights_grad, biases_grad):
        global_norm = np.sqrt(sum(np.linalg.norm(d) ** 2 for d in weights_grad))
        if global_norm > MAX_DELTA_NORM:
            clip_factor = MAX_DELTA_NORM / (global_norm + EPSILON)
            weights_grad = [d * clip_factor for d in weights_grad]
        return weights_grad, biases_grad

    def __call__(self, lr, layers):
        weights, biases = [], []
        weights_grad, biases_grad = [], []

        for layer in layers:
            weights.append(layer.weights)
            biases.append(layer.biases)

            weights_grad.append(layer.weights_grad)
            biases_grad.append(layer.biases_grad)

        # Gradient normalization
        weights_grad, biases_grad = self.normalized(weights_grad, biases_grad)

        self._optimize_weights(lr, weights, weights_grad)
        self._optimize_biases(lr, biases, biases_grad)


class SGD(Optimizer):
    """Without momentum."""

    def _optimize_weights(self, lr, weights, gradients):
        self._apply_update(lr, weights, gradients)

    def _optimize_biases(self, lr, biases, gradients):
        self._apply_update(lr, biases, gradients)

    def _apply_update(self, lr, params, gradients):
        for i in reversed(range(len(params))):
            params[i] -= lr * gradients[i]


class SGDLater(SGD):
    def normalized(self, weights_grad, biases_grad):
        global_norm = np.sqrt(
            sum(np.linalg.norm(d) ** 2 for d in weights_grad) + sum(np.linalg.norm(d) ** 2 for d in biases_grad)
        )
        if global_norm > MAX_DELTA_NORM:
            clip_factor = MAX_DELTA_NORM / (global_norm + EPSILON)
            weights_grad = [d * clip_factor for d in weights_grad]
            biases_grad = [d * clip_factor for d in biases_grad]
        return weights_grad, biases_grad


def step(optimizer, params, grads, state):
    p = [np.array(q) for q in params]
    layers = [Layer(p[2 * i], p[2 * i + 1], grads[2 * i], grads[2 * i + 1]) for i in range(2)]
    optimizer(LR, layers)
    return [q for layer in layers for q in (layer.weights, layer.biases)], state


def update(params, grads, state):
    return step(SGD(), params, grads, state)


def repaired_update(params, grads, state):
    return step(SGDLater(), params, grads, state)
