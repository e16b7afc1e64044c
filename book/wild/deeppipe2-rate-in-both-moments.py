"""Both means of Adam are taken with the learning rate as a factor, and the step has a rate of its own besides."""

import numpy as np

SOURCE = "https://github.com/sasagawa888/deeppipe2/commit/68bd80a"
THREAD = "sasagawa888/deeppipe2 68bd80a"
DATE = "2020-06"
KIND = "update"
FORMULA = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, \eta\, g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, \eta\, g_t^2,\; "
    r"\theta_{t+1} = \theta_t - \alpha\, \hat m_t / (\sqrt{\hat v_t} + \varepsilon)"
)
RIGHT = r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, g_t,\; v_t = \beta_2 v_{t-1} + (1 - \beta_2)\, g_t^2"
READ = "code"
LAYER = []
NAMES = []
NET = dict(sizes=(4, 5, 3), hidden="sigmoid", output="softmax", loss="cross_entropy")
SAMPLES = 8
LAM = 0.0

LR, ALPHA, BETA1, BETA2, EPSILON = 0.1, 0.01, 0.9, 0.999, 1e-6
SETTINGS = dict(like="adam", lr=ALPHA, beta1=BETA1, beta2=BETA2, eps=EPSILON)


def start(rng):
    return [rng.standard_normal((4, 5)), rng.standard_normal((1, 5)), rng.standard_normal((5, 3)), np.zeros((1, 3))]


def data(rng):
    return rng.standard_normal((SAMPLES, 4)), np.eye(3)[rng.integers(0, 3, SAMPLES)]


def forward(network, X):
    w1, b1, w2, b2 = network
    h = 1 / (1 + np.exp(-(X @ w1 + b1)))
    e = np.exp(h @ w2 + b2)
    return h, e / e.sum(1, keepdims=True)


def cost(network, X, Y):
    return -np.sum(Y * np.log(forward(network, X)[1])) / len(X)


def repaired(network, X, Y):
    """The right gradient, to train with."""
    h, y = forward(network, X)
    l2 = (y - Y) / len(X)
    l1 = l2 @ network[2].T * h * (1 - h)
    return [X.T @ l1, l1.sum(0, keepdims=True), h.T @ l2, l2.sum(0, keepdims=True)]


def adam_kernel(a, b, c, d, t, lr=1.0):
    """a is the weight, b and c are the means, d is the gradient.

    The powers of the two corrections, which were missing before and after, are as they should be.
    """
    e, f, g = np.empty_like(b), np.empty_like(c), np.empty_like(a)
    for tid in range(a.size):
        e[tid] = BETA1 * b[tid] + (1 - BETA1) * lr * d[tid]
        f[tid] = BETA2 * c[tid] + (1 - BETA2) * lr * d[tid] * d[tid]
        m2 = e[tid] / (1 - BETA1**t)
        v2 = f[tid] / (1 - BETA2**t)
        g[tid] = a[tid] - ALPHA * (m2 / (np.sqrt(v2) + EPSILON))
    return e, f, g


def start_state():
    return {"t": 0, "h": None}


def learning(network, gradients, state, kernel_rate):
    t = state["t"] + 1
    history = state["h"] or [(np.zeros(w.size), np.zeros(w.size)) for w in network]
    learned, h = [], []
    for w, w1, (m, v) in zip(network, gradients, history):
        m1, v1, w2 = adam_kernel(w.ravel(), m, v, w1.ravel(), t, **kernel_rate)
        learned.append(w2.reshape(w.shape))
        h.append((m1, v1))
    return learned, {"t": t, "h": h}


def update(params, grads, state):
    return learning(params, grads, state, {"lr": LR})


def repaired_update(params, grads, state):
    return learning(params, grads, state, {})
