"""A tape's clipping hands the shortened gradients to a setter that adds them to those that are there already."""

import numpy as np

SOURCE = "https://github.com/HomericIntelligence/Odyssey/commit/d95c23b3"
THREAD = "HomericIntelligence/Odyssey d95c23b3"
DATE = "2025-12"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, g (1 + c / \lVert g \rVert) \text{ where } \lVert g \rVert > c"
RIGHT = r"\theta \leftarrow \theta - \eta\, g\, c / \lVert g \rVert \text{ where } \lVert g \rVert > c"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0

LEARNING_RATE, MAX_NORM = 0.05, 0.8
SETTINGS = dict(like="sgd", lr=LEARNING_RATE, clip_norm=MAX_NORM)


def start(rng):
    return [rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal((4, 2)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), 2 * rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    W1, b1, W2, b2 = params
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return h, h @ W2 + b2


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, out = forward(params, X)
    d2 = (out - Y) / len(X)
    d1 = d2 @ params[2].T * h * (1 - h)
    return [X.T @ d1, d1.sum(0), h.T @ d2, d2.sum(0)]


def start_state():
    return {}


class VariableRegistry:
    def __init__(self, n):
        self.grads = [None] * n
        self.has_grad = [False] * n

    def has_gradient(self, id):
        return self.has_grad[id]

    def set_grad(self, id, grad):
        """Set or accumulate gradient for a variable."""
        if id >= len(self.grads):
            return

        if self.has_grad[id]:
            # Accumulate gradients - use typed access for float32
            existing = self.grads[id]
            existing = existing + grad
            self.grads[id] = existing
        else:
            # First gradient - copy it using typed access
            self.grads[id] = grad.copy()
            self.has_grad[id] = True

    def get_grad(self, id):
        return self.grads[id]


def clip_gradients_by_global_norm(parameters, registry, max_norm, clear):
    # Compute global L2 norm across all parameter gradients
    global_norm_squared = 0.0

    for param_id in range(len(parameters)):
        if not registry.has_gradient(param_id):
            continue

        grad = registry.get_grad(param_id)

        # Accumulate squared norm
        for val in np.ravel(grad):
            global_norm_squared += val * val

    global_norm = np.sqrt(global_norm_squared)

    # If norm exceeds threshold, scale all gradients down proportionally
    if global_norm > max_norm and global_norm > 0.0:
        scale_factor = max_norm / global_norm

        # Scale each gradient in place
        for param_id in range(len(parameters)):
            if not registry.has_gradient(param_id):
                continue

            grad = registry.get_grad(param_id)
            scaled_grad = grad * scale_factor

            if clear:
                # Clear the has_grad flag so set_grad replaces instead of accumulates
                registry.has_grad[param_id] = False

            # Update gradient in tape
            registry.set_grad(param_id, scaled_grad)

    return global_norm


class SGD:
    """Without momentum."""

    def __init__(self, learning_rate):
        self.learning_rate = learning_rate

    def step(self, parameters, registry):
        return [p - self.learning_rate * registry.get_grad(i) for i, p in enumerate(parameters)]


def train(params, grads, clear):
    registry = VariableRegistry(len(params))
    for i, g in enumerate(grads):
        registry.set_grad(i, g)  # backward
    clip_gradients_by_global_norm(params, registry, MAX_NORM, clear)
    return SGD(LEARNING_RATE).step(params, registry), {}


def update(params, grads, state):
    return train(params, grads, clear=False)


def repaired_update(params, grads, state):
    return train(params, grads, clear=True)
