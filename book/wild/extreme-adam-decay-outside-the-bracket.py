"""A bracket closes too early, and the weight decay beside Adam's step is not multiplied by the step size."""

import numpy as np

SOURCE = "https://github.com/JacopoBandoni/neural-net-optimization/commit/c30c9adfe791f79750695de721c587426c408d23"
THREAD = "JacopoBandoni/neural-net-optimization c30c9ad"
DATE = "2021-06"
KIND = "update"
FORMULA = r"W \leftarrow W + \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon) - 2 \lambda W"
RIGHT = r"W \leftarrow W + \eta\, \bigl(\hat m_t / (\sqrt{\hat v_t} + \epsilon) - 2 \lambda W\bigr)"
READ = "code"
LAYER = []
NAMES = [{"decay-without-rate"}]
NET = None  # the first layer is drawn once and never trained
BLOCKS = ["W[2]", "b[2]"]
SAMPLES = 8
LAM = 0.0


STEPSIZE, BETA_1, BETA_2, EPSILON_ADAM, LAMBDA = 0.02, 0.9, 0.999, 1e-9, 0.02
# the biases have no decay
SETTINGS = dict(like="adamw", lr=STEPSIZE, beta1=BETA_1, beta2=BETA_2, eps=EPSILON_ADAM, weight_decay=2 * LAMBDA)


FIRST = np.random.default_rng(5)
W1, B1 = FIRST.standard_normal((3, 5)), FIRST.standard_normal((1, 5))


def start(rng):
    return {"W2": rng.standard_normal((5, 2)), "b2": rng.standard_normal((1, 2))}


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def hidden(X):
    return 1 / (1 + np.exp(-(X @ W1 + B1)))


def cost(weights, X, Y):
    """Without the penalty, which stands in the step."""
    return 0.5 * np.sum((Y - (hidden(X) @ weights["W2"] + weights["b2"])) ** 2) / len(X)


def repaired(weights, X, Y):
    """The negatives of deltaW and deltab, which the author adds."""
    output1 = hidden(X)
    deltaW, deltab = [], []
    for i in range(2):
        delta_i = Y[:, [i]] - (output1 @ weights["W2"] + weights["b2"])[:, [i]]
        deltab.append(delta_i.mean(axis=0))
        deltaW.append((output1 * delta_i).mean(axis=0))
    return {"W2": -np.array(deltaW).T, "b2": -np.array(deltab).T}


def start_state():
    return {"i": 0, "w": [np.zeros((5, 2)), np.zeros((5, 2))], "b": [np.zeros((1, 2)), np.zeros((1, 2))]}


def extreme_adam(weights, grads, state, right):
    """An epoch of one batch."""
    i = state["i"]
    momentum_1_w, momentum_2_w = state["w"]
    momentum_1_b, momentum_2_b = state["b"]
    W2, b2 = weights["W2"].copy(), weights["b2"].copy()
    deltaW, deltab = -grads["W2"], -grads["b2"]

    # update moment estimates
    momentum_1_w = (BETA_1 * momentum_1_w) + ((1 - BETA_1) * deltaW)
    momentum_2_w = (BETA_2 * momentum_2_w) + ((1 - BETA_2) * (deltaW**2))
    momentum_1_b = (BETA_1 * momentum_1_b) + ((1 - BETA_1) * deltab)
    momentum_2_b = (BETA_2 * momentum_2_b) + ((1 - BETA_2) * (deltab**2))

    # compute bias correction
    momentum_1_w_cap = momentum_1_w / (1 - (BETA_1 ** (i + 1)))
    momentum_2_w_cap = momentum_2_w / (1 - (BETA_2 ** (i + 1)))
    momentum_1_b_cap = momentum_1_b / (1 - (BETA_1 ** (i + 1)))
    momentum_2_b_cap = momentum_2_b / (1 - (BETA_2 ** (i + 1)))

    # update weight values
    if right:
        W2 += STEPSIZE * ((momentum_1_w_cap / (np.sqrt(momentum_2_w_cap) + EPSILON_ADAM)) - (2 * LAMBDA * W2))
    else:
        W2 += STEPSIZE * (momentum_1_w_cap / (np.sqrt(momentum_2_w_cap) + EPSILON_ADAM)) - 2 * LAMBDA * W2

    # update bias
    b2 += STEPSIZE * (momentum_1_b_cap / (np.sqrt(momentum_2_b_cap) + EPSILON_ADAM))
    kept = {"i": i + 1, "w": [momentum_1_w, momentum_2_w], "b": [momentum_1_b, momentum_2_b]}
    return {"W2": W2, "b2": b2}, kept


def update(params, grads, state):
    return extreme_adam(params, grads, state, right=False)


def repaired_update(params, grads, state):
    return extreme_adam(params, grads, state, right=True)
