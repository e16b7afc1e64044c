"""The history of AdaGrad begins with ones and gathers, after each step, the squares of the scaled gradients."""

import numpy as np

SOURCE = "https://github.com/deeplearning4j/nd4j/commit/a599e0209"
THREAD = "deeplearning4j/nd4j a599e02"
DATE = "2015-08"
KIND = "update"
FORMULA = (
    r"s_t = \eta\, g_t / (\sqrt{h_{t-1}} + \epsilon),\; \theta \leftarrow \theta - s_t,\; "
    r"h_t = h_{t-1} + s_t^2,\; h_0 = 1"
)
RIGHT = r"h_t = h_{t-1} + g_t^2,\; \theta \leftarrow \theta - \eta\, g_t / \sqrt{h_t + \epsilon},\; h_0 = 0"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(3, 4, 2), hidden="tanh", output="identity", loss="half_squared")
SAMPLES = 7
LAM = 0.0


MASTER_STEP_SIZE, EPS_THRESHOLD = 0.1, 1e-8
SETTINGS = dict(like="adagrad", lr=MASTER_STEP_SIZE, eps=EPS_THRESHOLD)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def cost(params, X, Y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1.T + b1) @ W2.T + b2 - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    W1, b1, W2, b2 = params
    h = np.tanh(X @ W1.T + b1)
    d2 = (h @ W2.T + b2 - Y) / len(X)
    d1 = d2 @ W2 * (1 - h**2)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def start_state():
    return {"historicalGradient": [None] * 4, "numIterations": 0}


class AdaGrad:
    def __init__(self, historical_gradient, num_iterations, gamma=MASTER_STEP_SIZE):
        self.master_step_size = gamma
        self.historical_gradient = historical_gradient
        self.num_iterations = num_iterations

    def get_gradient(self, gradient, iteration):
        historical_initialized = False
        if self.historical_gradient is None:
            self.historical_gradient = np.ones(gradient.shape)
            historical_initialized = True
        elif self.historical_gradient.size != gradient.size:
            raise ValueError("Illegal gradient")

        sqrt_history = np.sqrt(self.historical_gradient) if not historical_initialized else self.historical_gradient
        learning_rates = self.master_step_size / (sqrt_history + EPS_THRESHOLD)
        gradient *= learning_rates

        self.historical_gradient += gradient**2
        self.num_iterations += 1

        # ensure no zeros
        return gradient


class AdaGradFixed(AdaGrad):
    def get_gradient(self, gradient, iteration):
        if self.historical_gradient is None:
            self.historical_gradient = gradient**2
        else:
            self.historical_gradient += gradient**2

        sqrt_history = np.sqrt(self.historical_gradient + 1e-8)
        # lr * gradient / sqrt(sumSquaredGradients + 1e-8)
        ret = self.master_step_size / sqrt_history * gradient
        self.num_iterations += 1
        return ret


def updated(updater, params, grads, state):
    new, history = [], []
    for param, grad, historical in zip(params, grads, state["historicalGradient"]):
        ada = updater(historical if historical is None else historical.copy(), state["numIterations"])
        new.append(param - ada.get_gradient(grad.copy(), state["numIterations"]))
        history.append(ada.historical_gradient)
    return new, {"historicalGradient": history, "numIterations": ada.num_iterations}


def update(params, grads, state):
    return updated(AdaGrad, params, grads, state)


def repaired_update(params, grads, state):
    return updated(AdaGradFixed, params, grads, state)
