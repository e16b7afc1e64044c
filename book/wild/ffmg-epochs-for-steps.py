"""AdamW corrects its moments with the number of the epoch, which stands still during the steps of an epoch."""

import numpy as np

SOURCE = "https://github.com/FFMG/neural-network/commit/0bebeeb"
THREAD = "FFMG/neural-network 0bebeeb, c394c03"
DATE = "2025-07"
KIND = "update"
FORMULA = (
    r"\hat m_t = m_t / (1 - \beta_1^{e}),\; \hat v_t = v_t / (1 - \beta_2^{e}),\; "
    r"e = \lfloor (t - 1) / B \rfloor + 1 \text{ with } B \text{ batches an epoch}"
)
RIGHT = r"\hat m_t = m_t / (1 - \beta_1^{t}),\; \hat v_t = v_t / (1 - \beta_2^{t})"
READ = "code"  # the number of batches in an epoch is set
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 3), hidden="tanh", output="softmax", loss="cross_entropy")
SAMPLES = 7
LAM = 0.0


LEARNING_RATE, BETA1, BETA2, EPSILON, WEIGHT_DECAY = 0.05, 0.9, 0.999, 1e-8, 0.01
SETTINGS = dict(like="adamw", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPSILON, weight_decay=WEIGHT_DECAY)
BATCHES = 4


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
    return {"batch": 0, "timestep": [0] * 4, "first": [0.0] * 4, "second": [0.0] * 4}


class WeightParam:
    def __init__(self, value, timestep, first_moment_estimate, second_moment_estimate):
        self.value, self.timestep = value, timestep
        self.first_moment_estimate, self.second_moment_estimate = first_moment_estimate, second_moment_estimate

    def increment_timestep(self):
        self.timestep += 1


class Neuron:
    def apply_weight_gradients(self, weight_params, gradients, learning_rate, epoch):
        for weight_param, gradient in zip(weight_params, gradients):
            self.apply_adamw_update(
                weight_param, gradient, learning_rate, WEIGHT_DECAY, BETA1, BETA2, EPSILON, epoch + 1
            )

    def time(self, weight_param, time_step):
        return time_step

    def apply_adamw_update(
        self, weight_param, raw_gradient, learning_rate, weight_decay, beta1, beta2, epsilon, time_step
    ):
        # Update timestep
        weight_param.increment_timestep()
        time_step = self.time(weight_param, time_step)

        # Update biased first and second moment estimates
        first = beta1 * weight_param.first_moment_estimate + (1.0 - beta1) * raw_gradient
        second = beta2 * weight_param.second_moment_estimate + (1.0 - beta2) * (raw_gradient * raw_gradient)
        weight_param.first_moment_estimate, weight_param.second_moment_estimate = first, second

        # Compute bias-corrected moments
        m_hat = first / (1.0 - beta1**time_step)
        v_hat = second / (1.0 - beta2**time_step)

        # AdamW update rule
        weight_update = learning_rate * (m_hat / (np.sqrt(v_hat) + epsilon))

        # Decoupled weight decay
        new_weight = weight_param.value
        new_weight = new_weight * (1.0 - learning_rate * weight_decay)

        # Apply update
        weight_param.value = new_weight - weight_update


class NeuronLater(Neuron):
    def time(self, weight_param, time_step):
        return weight_param.timestep


def step(neuron, params, grads, state):
    weight_params = [WeightParam(*each) for each in zip(params, state["timestep"], state["first"], state["second"])]
    epoch = state["batch"] // BATCHES
    neuron.apply_weight_gradients(weight_params, grads, LEARNING_RATE, epoch)
    return [w.value for w in weight_params], {
        "batch": state["batch"] + 1,
        "timestep": [w.timestep for w in weight_params],
        "first": [w.first_moment_estimate for w in weight_params],
        "second": [w.second_moment_estimate for w in weight_params],
    }


def update(params, grads, state):
    return step(Neuron(), params, grads, state)


def repaired_update(params, grads, state):
    return step(NeuronLater(), params, grads, state)
