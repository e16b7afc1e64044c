"""A tuner of a chess evaluation steps with Adam's running means as they are, which begin at zero."""

import numpy as np

SOURCE = "https://github.com/GediminasMasaitis/texel-tuner/commit/13227b0"
THREAD = "GediminasMasaitis/texel-tuner 13227b0"
DATE = "2026-02"
KIND = "update"
FORMULA = r"\theta \leftarrow \theta - \eta\, m_t / (\epsilon + \sqrt{v_t})"
RIGHT = r"\theta \leftarrow \theta - \eta\, \hat m_t / (\epsilon + \sqrt{\hat v_t}),\; \hat m_t = m_t / (1 - \beta_1^t)"
READ = "code"
LAYER = []
NAMES = [{"no-bias-correction"}]
NET = None  # the sigmoid of a sum whose weights for middle game and end game are mixed by the phase
BLOCKS = ["parameters[1]"]
SAMPLES = 9
LAM = 0.0


K, LEARNING_RATE, BETA1, BETA2, EPS = 2.5, 1.0, 0.9, 0.999, 1e-8
SETTINGS = dict(like="adam", lr=LEARNING_RATE, beta1=BETA1, beta2=BETA2, eps=EPS)
FEATURES = 6


def start(rng):
    """For each feature the weights in the middle game and in the end game, in hundredths of a pawn."""
    return 100.0 * rng.standard_normal((FEATURES, 2))


def data(rng):
    """Coefficients of the features and, in the last column, the phase; the results of the games."""
    coefficients = rng.integers(-2, 3, (SAMPLES, FEATURES)) + 0.5
    return np.column_stack([coefficients, rng.integers(4, 21, SAMPLES)]), rng.choice([0.0, 0.5, 1.0], SAMPLES)


def linear_eval(entry, parameters):
    midgame, endgame = 0, 0
    phase = entry[-1]
    for index, value in enumerate(entry[:-1]):
        midgame += value * parameters[index][0]
        endgame += value * parameters[index][1]
    return (midgame * phase + endgame * (24 - phase)) / 24


def sigmoid(k, ev):
    return 1 / (1 + np.exp(-k * ev / 400))


def cost(parameters, X, Y):
    """Half the mean of the squares, of which the tuner's gradient is."""
    return 0.5 * sum((wdl - sigmoid(K, linear_eval(entry, parameters))) ** 2 for entry, wdl in zip(X, Y)) / len(X)


def repaired(parameters, X, Y):
    """The right gradient, to train with."""
    gradient = np.zeros_like(parameters)
    for entry, wdl in zip(X, Y):
        sig = sigmoid(K, linear_eval(entry, parameters))
        res = (wdl - sig) * sig * (1 - sig)
        mg_base = res * (entry[-1] / 24)
        eg_base = res - mg_base
        for index, value in enumerate(entry[:-1]):
            gradient[index][0] += mg_base * value
            gradient[index][1] += eg_base * value
    return -K / 400 * gradient / len(X)


def start_state():
    return {"epoch": 1, "momentum": np.zeros((FEATURES, 2)), "velocity": np.zeros((FEATURES, 2))}


def run_epoch(parameters, gradient, state, right):
    parameters, epoch = parameters.copy(), state["epoch"]
    momentum, velocity = state["momentum"].copy(), state["velocity"].copy()
    bias_correction1 = 1 - BETA1**epoch if right else 1
    bias_correction2 = 1 - BETA2**epoch if right else 1
    for parameter_index in range(len(parameters)):
        for phase_stage in range(2):
            i = parameter_index, phase_stage
            grad = gradient[i]
            momentum[i] = BETA1 * momentum[i] + (1 - BETA1) * grad
            velocity[i] = BETA2 * velocity[i] + (1 - BETA2) * grad**2
            corrected_momentum = momentum[i] / bias_correction1
            corrected_velocity = velocity[i] / bias_correction2
            parameters[i] -= LEARNING_RATE * corrected_momentum / (EPS + np.sqrt(corrected_velocity))
    return parameters, {"epoch": epoch + 1, "momentum": momentum, "velocity": velocity}


def update(params, grads, state):
    return run_epoch(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return run_epoch(params, grads, state, right=True)
