"""The step of the bias of batch normalisation is subtracted from its weight, and the bias stays as it is."""

import numpy as np

SOURCE = "https://github.com/JocieOaks/Convolutional-Neural-Network/commit/aaf4f08"
THREAD = "JocieOaks/Convolutional-Neural-Network aaf4f08"
DATE = "2023-06"
KIND = "update"
FORMULA = (
    r"w \leftarrow w - \eta\, (\hat m_w / (\sqrt{\hat v_w} + \epsilon) + "
    r"\hat m_b / (\sqrt{\hat v_b} + \epsilon)),\; b \leftarrow b"
)
RIGHT = (
    r"w \leftarrow w - \eta\, \hat m_w / (\sqrt{\hat v_w} + \epsilon),\; "
    r"b \leftarrow b - \eta\, \hat m_b / (\sqrt{\hat v_b} + \epsilon)"
)
READ = "code"  # the layer alone, with half the squared error behind it
LAYER = []
NAMES = []
NET = None  # batch normalisation of images with three colours
BLOCKS = ["weight[1]", "bias[1]"]
SAMPLES = 5
LAM = 0.0


LR, FIRST, SECOND, ASYMPTOTE_ERROR = 0.05, 0.9, 0.999, 1e-9  # 1e-6 there, beside the root of the uncorrected mean
SETTINGS = dict(like="adam", lr=LR, beta1=FIRST, beta2=SECOND, eps=ASYMPTOTE_ERROR)
DIMENSIONS, AREA = 4, 4


def start(rng):
    """A color for each dimension."""
    return {"weight": 1 + 0.5 * rng.standard_normal((DIMENSIONS, 3)), "bias": rng.standard_normal((DIMENSIONS, 3))}


def data(rng):
    shape = (DIMENSIONS, SAMPLES, AREA, 3)
    return rng.standard_normal(shape) + 0.5, rng.standard_normal(shape)


def normalized(X, i):
    mean = X[i].mean((0, 1))
    sigma = (((X[i] - mean) ** 2).mean((0, 1)) + ASYMPTOTE_ERROR) ** 0.5
    return (X[i] - mean) / sigma


def cost(params, X, Y):
    total = 0.0
    for i in range(DIMENSIONS):
        output = normalized(X, i) * params["weight"][i] + params["bias"][i]
        total = total + 0.5 * np.sum((output - Y[i]) ** 2) / SAMPLES
    return total


def repaired(params, X, Y):
    """The right gradient, to train with."""
    weight_gradient, bias_gradient = (np.zeros((DIMENSIONS, 3)), np.zeros((DIMENSIONS, 3)))
    for i in range(DIMENSIONS):
        in_gradient = (normalized(X, i) * params["weight"][i] + params["bias"][i] - Y[i]) / SAMPLES
        weight_gradient[i] = np.sum(in_gradient * normalized(X, i), (0, 1))
        bias_gradient[i] = np.sum(in_gradient, (0, 1))
    return {"weight": weight_gradient, "bias": bias_gradient}


def start_state():
    return {"step": 0, "moments": [np.zeros((DIMENSIONS, 3)) for _ in range(4)]}


class BatchNormalization:
    def __init__(self, params, moments):
        self._weight, self._bias = params["weight"].copy(), params["bias"].copy()
        self._weight_first, self._weight_second, self._bias_first, self._bias_second = [m.copy() for m in moments]

    def backwards(self, gradients, learning_rate, first_moment_decay, second_moment_decay):
        for i in range(DIMENSIONS):
            gradient = gradients["weight"][i]
            first = first_moment_decay * self._weight_first[i] + (1 - first_moment_decay) * gradient
            second = second_moment_decay * self._weight_second[i] + (1 - second_moment_decay) * gradient**2
            self._weight_first[i], self._weight_second[i] = first, second
            self._weight[i] -= learning_rate * first / (second**0.5 + ASYMPTOTE_ERROR)

            gradient = gradients["bias"][i]
            first = first_moment_decay * self._bias_first[i] + (1 - first_moment_decay) * gradient
            second = second_moment_decay * self._bias_second[i] + (1 - second_moment_decay) * gradient**2
            self._bias_first[i], self._bias_second[i] = first, second
            self.second_of_both()[i] -= learning_rate * first / (second**0.5 + ASYMPTOTE_ERROR)

    def second_of_both(self):
        return self._weight


class BatchNormalizationLater(BatchNormalization):
    def second_of_both(self):
        return self._bias


def correction_learning_rate(learning_rate, first_moment_decay, second_moment_decay, update_step):
    return learning_rate * (1 - second_moment_decay**update_step) ** 0.5 / (1 - first_moment_decay**update_step)


def stepped(kind, params, grads, state):
    update_step = state["step"] + 1
    layer = kind(params, state["moments"])
    layer.backwards(grads, correction_learning_rate(LR, FIRST, SECOND, update_step), FIRST, SECOND)
    moments = [layer._weight_first, layer._weight_second, layer._bias_first, layer._bias_second]
    return {"weight": layer._weight, "bias": layer._bias}, {"step": update_step, "moments": moments}


def update(params, grads, state):
    return stepped(BatchNormalization, params, grads, state)


def repaired_update(params, grads, state):
    return stepped(BatchNormalizationLater, params, grads, state)
