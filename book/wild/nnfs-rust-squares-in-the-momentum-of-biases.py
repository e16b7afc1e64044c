"""Adam's running mean for the biases is made of the squares of their gradients, and has lost the sign."""

import numpy as np

SOURCE = "https://github.com/computemachines/nnfs-rust/commit/b626709"
THREAD = "computemachines/nnfs-rust b626709"
DATE = "2023-06"
KIND = "update"
FORMULA = r"m_b \leftarrow \beta_1 m_b + (1 - \beta_1)\, g_b^2"
RIGHT = r"m_b \leftarrow \beta_1 m_b + (1 - \beta_1)\, g_b"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LR, BETA_1, BETA_2, EPSILON = 0.02, 0.9, 0.999, 1e-7
SETTINGS = dict(like="adam", lr=LR, beta1=BETA_1, beta2=BETA_2, eps=EPSILON)


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
    return {"iterations": 0, "buffers": [[0.0] * 4, [0.0] * 4]}


def weighted_average(weight, a, b):
    return weight * a + (1.0 - weight) * b


class LayerDense:
    def __init__(self, weights, biases, dweights, dbiases, buffers):
        self.weights, self.biases, self.dweights, self.dbiases = weights, biases, dweights, dbiases
        self.weight_cache, self.weight_momentums, self.bias_cache, self.bias_momentums = buffers

    def buffers(self):
        return [self.weight_cache, self.weight_momentums, self.bias_cache, self.bias_momentums]


class OptimizerAdam:
    def __init__(self, iterations):
        self.learning_rate = self.current_learning_rate = LR
        self.decay_rate, self.epsilon, self.beta_1, self.beta_2 = 0.0, EPSILON, BETA_1, BETA_2
        self.iterations = iterations

    def pre_update_params(self):
        if self.decay_rate != 0.0:
            self.current_learning_rate = self.learning_rate / (1.0 + self.decay_rate * self.iterations)

    def bias_momentum(self, bias_momentum, db):
        return weighted_average(self.beta_1, bias_momentum, db * db)

    def update_params(self, layer):
        momentum_correction = 1.0 / (1.0 - self.beta_1 ** (self.iterations + 1))
        cache_correction = 1.0 / (1.0 - self.beta_2 ** (self.iterations + 1))

        # weight_momentums are a moving average of the gradients
        dw = layer.dweights
        layer.weight_momentums = weighted_average(self.beta_1, layer.weight_momentums, dw)
        weight_momentum_corrected = layer.weight_momentums * momentum_correction

        # weight_cache is a moving average of the squared gradients
        layer.weight_cache = weighted_average(self.beta_2, layer.weight_cache, dw * dw)
        weight_cache_corrected = layer.weight_cache * cache_correction

        step = -self.current_learning_rate * weight_momentum_corrected
        layer.weights = layer.weights + step / (np.sqrt(weight_cache_corrected) + self.epsilon)

        # bias_momentums are a moving average of the bias gradients
        db = layer.dbiases
        layer.bias_momentums = self.bias_momentum(layer.bias_momentums, db)
        bias_momentum_corrected = layer.bias_momentums * momentum_correction

        # bias_cache is a moving average of the squared gradients
        layer.bias_cache = weighted_average(self.beta_2, layer.bias_cache, db * db)
        bias_cache_corrected = layer.bias_cache * cache_correction

        step = -self.current_learning_rate * bias_momentum_corrected
        layer.biases = layer.biases + step / (np.sqrt(bias_cache_corrected) + self.epsilon)

    def post_update_params(self):
        """Call once after any parameter updates."""
        self.iterations += 1


class OptimizerAdamLater(OptimizerAdam):
    def bias_momentum(self, bias_momentum, db):
        return weighted_average(self.beta_1, bias_momentum, db)


def step(kind, params, grads, state):
    optimizer = kind(state["iterations"])
    optimizer.pre_update_params()
    new, buffers = [], []
    for i in range(2):
        layer = LayerDense(*params[2 * i : 2 * i + 2], *grads[2 * i : 2 * i + 2], state["buffers"][i])
        optimizer.update_params(layer)
        new += [layer.weights, layer.biases]
        buffers.append(layer.buffers())
    optimizer.post_update_params()
    return new, {"iterations": optimizer.iterations, "buffers": buffers}


def update(params, grads, state):
    return step(OptimizerAdam, params, grads, state)


def repaired_update(params, grads, state):
    return step(OptimizerAdamLater, params, grads, state)
