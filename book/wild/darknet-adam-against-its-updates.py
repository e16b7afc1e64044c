"""The kernel of Adam subtracts its step, but what layers keep for their updates are gradients turned round."""

import numpy as np

SOURCE = "https://github.com/AlexeyAB/darknet/commit/08f0f80b"
THREAD = "AlexeyAB/darknet 08f0f80b"
DATE = "2018-12"
KIND = "update"
FORMULA = (
    r"\theta \leftarrow \theta - \eta \sqrt{1 - \beta_2^t} / (1 - \beta_1^t)\, m_t / (\sqrt{v_t} + \epsilon),\; "
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, d,\; d = -g"
)
RIGHT = (
    r"\theta \leftarrow \theta + \eta\, \hat m_t / (\sqrt{\hat v_t} + \epsilon),\; "
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1)\, d,\; d = -g"
)
READ = "code"
LAYER = []
NAMES = [{"sign"}]
NET = dict(sizes=(3, 4, 2), hidden="sigmoid", output="identity", loss="half_squared")  # of 1 by 1 convolutions
SAMPLES = 8
LAM = 0.0


RATE, B1, B2, EPS, DECAY = 0.02, 0.9, 0.999, 1e-9, 0.0
SETTINGS = dict(like="adam", lr=RATE, beta1=B1, beta2=B2, eps=EPS)


def start(rng):
    return [rng.standard_normal((4, 3)), rng.standard_normal(4), rng.standard_normal((2, 4)), rng.standard_normal(2)]


def data(rng):
    return rng.standard_normal((SAMPLES, 3)), rng.standard_normal((SAMPLES, 2))


def forward(params, X):
    h = 1 / (1 + np.exp(-(X @ params[0].T + params[1])))
    return h, h @ params[2].T + params[3]


def cost(params, X, Y):
    return 0.5 * np.sum((forward(params, X)[1] - Y) ** 2) / len(X)


def repaired(params, X, Y):
    """The right gradient, to train with."""
    h, y = forward(params, X)
    d2 = (y - Y) / len(X)
    d1 = d2 @ params[2] * h * (1 - h)
    return [d1.T @ X, d1.sum(0), d2.T @ h, d2.sum(0)]


def scal_ongpu(alpha, x):
    x *= alpha


def axpy_ongpu(alpha, x, y):
    y += alpha * x


def mul_ongpu(x, y):
    y *= x


def adam_kernel(x, m, v, rate, t):
    for index in range(len(x)):
        x[index] = x[index] - (rate * np.sqrt(1.0 - B2**t) / (1.0 - B1**t) * m[index] / (np.sqrt(v[index]) + EPS))


def adam_kernel_mended(x, m, v, rate, t):
    for index in range(len(x)):
        mhat = m[index] / (1.0 - B1**t)
        vhat = v[index] / (1.0 - B2**t)
        x[index] = x[index] + rate * mhat / (np.sqrt(vhat) + EPS)


def adam_update_gpu(w, d, m, v, decay, rate, batch, t, kernel):
    scal_ongpu(B1, m)
    scal_ongpu(B2, v)
    axpy_ongpu(-decay * batch, w, d)

    axpy_ongpu(1 - B1, d, m)
    mul_ongpu(d, d)
    axpy_ongpu(1 - B2, d, v)

    kernel(w, m, v, rate, t)
    d.fill(0)


def update_network(params, grads, state, kernel):
    """The layers' updates are sums over the batch of what goes down the error's slope."""
    t, new, ms, vs = state["t"] + 1, [], [], []
    for p, g, m, v in zip(params, grads, state["m"], state["v"]):
        w, d = p.flatten(), -SAMPLES * g.flatten()
        m, v = np.zeros(p.size) + m, np.zeros(p.size) + v
        adam_update_gpu(w, d, m, v, DECAY, RATE, SAMPLES, t, kernel)
        new.append(w.reshape(p.shape))
        ms.append(m)
        vs.append(v)
    return new, {"t": t, "m": ms, "v": vs}


def start_state():
    return {"t": 0, "m": [0.0] * 4, "v": [0.0] * 4}


def update(params, grads, state):
    return update_network(params, grads, state, adam_kernel)


def repaired_update(params, grads, state):
    return update_network(params, grads, state, adam_kernel_mended)
