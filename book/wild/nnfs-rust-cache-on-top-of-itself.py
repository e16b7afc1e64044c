"""RMSProp's cache of squares is added to what it was, instead of taking its place, and grows from step to step."""

import numpy as np

SOURCE = "https://github.com/computemachines/nnfs-rust/commit/0c6211b"
THREAD = "computemachines/nnfs-rust 0c6211b"
DATE = "2023-05"
KIND = "update"
FORMULA = (
    r"v \leftarrow (1 + \rho)\, v + (1 - \rho)\, g^2,\; \theta \leftarrow \theta - \eta\, g / (\sqrt v + \epsilon)"
)
RIGHT = r"v \leftarrow \rho\, v + (1 - \rho)\, g^2,\; \theta \leftarrow \theta - \eta\, g / (\sqrt v + \epsilon)"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, RHO, EPSILON = 0.02, 0.9, 1e-7
SETTINGS = dict(like="rmsprop", lr=LR, beta2=RHO, eps=EPSILON)


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
    return {"iterations": 0, "weight_cache": [None] * 2, "bias_cache": [None] * 2}


class LayerDense:
    def __init__(self, weights, biases, dweights, dbiases, weight_cache, bias_cache):
        self.weights, self.biases = weights.copy(), biases.copy()
        self.dweights, self.dbiases = dweights, dbiases
        self.weight_cache = np.zeros_like(weights) if weight_cache is None else weight_cache.copy()
        self.bias_cache = np.zeros_like(biases) if bias_cache is None else bias_cache.copy()


class OptimizerRMSProp:
    def __init__(self, iterations):
        self.learning_rate = self.current_learning_rate = LR
        self.decay_rate, self.epsilon, self.rho = 0.0, EPSILON, RHO
        self.iterations = iterations

    def pre_update_params(self):
        """Call once before any parameter updates."""
        if self.decay_rate != 0.0:
            self.current_learning_rate = self.learning_rate / (1.0 + self.decay_rate * self.iterations)

    def cache(self, cache_i, d):
        cache_i += (self.rho * cache_i) + (1.0 - self.rho) * d * d

    def update_params(self, layer):
        self.cache(layer.weight_cache, layer.dweights)
        layer.weights += -self.current_learning_rate * layer.dweights / (np.sqrt(layer.weight_cache) + self.epsilon)
        self.cache(layer.bias_cache, layer.dbiases)
        layer.biases += -self.current_learning_rate * layer.dbiases / (np.sqrt(layer.bias_cache) + self.epsilon)

    def post_update_params(self):
        """Call once after any parameter updates."""
        self.iterations += 1


class OptimizerRMSPropLater(OptimizerRMSProp):
    def cache(self, cache_i, d):
        cache_i[...] = (self.rho * cache_i) + (1.0 - self.rho) * d * d


def step(kind, params, grads, state):
    optimizer = kind(state["iterations"])
    optimizer.pre_update_params()
    new, weight_cache, bias_cache = [], [], []
    for i in range(2):
        layer = LayerDense(
            *params[2 * i : 2 * i + 2], *grads[2 * i : 2 * i + 2], state["weight_cache"][i], state["bias_cache"][i]
        )
        optimizer.update_params(layer)
        new += [layer.weights, layer.biases]
        weight_cache.append(layer.weight_cache)
        bias_cache.append(layer.bias_cache)
    optimizer.post_update_params()
    return new, {"iterations": optimizer.iterations, "weight_cache": weight_cache, "bias_cache": bias_cache}


def update(params, grads, state):
    return step(OptimizerRMSProp, params, grads, state)


def repaired_update(params, grads, state):
    return step(OptimizerRMSPropLater, params, grads, state)
